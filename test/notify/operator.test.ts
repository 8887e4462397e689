// The mail to whoever runs the installation: over a real SMTP server, or as files.

import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { describe, expect, it, onTestFinished } from 'vitest';
import { describeEvent } from '../../src/cli/describe.ts';
import type { Fault, Trouble } from '../../src/errors.ts';
import { SERVICE_EVENT_TYPES, SOURCE_EVENT_TYPES, type SourceEvent } from '../../src/event/event.ts';
import { HOLD_REASONS } from '../../src/event/quarantine.ts';
import type { NoticeOf } from '../../src/match/notice.ts';
import { type CarrierOptions, openCarrier } from '../../src/notify/carrier.ts';
import type { Channel } from '../../src/notify/channel.ts';
import { openChannels } from '../../src/notify/index.ts';
import { type OperatorOptions, openOperator } from '../../src/notify/operator.ts';
import { writeOperatorMessage } from '../../src/notify/text/operator.ts';
import { HOLD_WORDS, TROUBLES } from '../../src/notify/text/operator-words.ts';
import { emptyFolder, mailServer } from './mail-world.ts';
import { DRAW, SOURCE_DATA, sampleNotice, serviceEvent, sourceEvent } from './sample-notices.ts';

const NOW = new Date('2024-05-31T15:05:00Z');
const KEY = 'msg_0123456789abcdef';
const EVIL = `<b>x</b>\r\nBcc: victim@example.net\r\n\r\n- RUN rm -rf\u202e\u2028\u0007${'y'.repeat(10_000)}`;
const SERVICE_EVENTS = SERVICE_EVENT_TYPES.map((type) => serviceEvent(type));
const EVENTS = SOURCE_EVENT_TYPES.map((type) => sourceEvent(type));

type Options = OperatorOptions & CarrierOptions;

const OPTIONS: Options = {
  smtpUrl: null,
  smtpLimits: { connections: 4, perSecond: null },
  dkim: null,
  mailDir: '/nowhere/to/write',
  from: 'Drawbell <draws@lists.example.org>',
  sender: 'Drawbell of Example Town',
  operator: 'mailto:operator@example.org',
  now: () => NOW,
  warn: () => undefined,
};

async function openChannel(options: Partial<Options>): Promise<Channel<'operator'>> {
  const given = { ...OPTIONS, ...options };
  const carrier = await openCarrier(given);
  onTestFinished(() => carrier.close());
  return openOperator(given, carrier);
}

function noticeOf(event: SourceEvent): NoticeOf<'operator'> {
  return { channel: 'operator', key: KEY, event };
}

/** A round kept apart, with text of a page in every part. */
function hostileEvent(): SourceEvent {
  const faults: Fault[] = Array.from({ length: 50 }, () => ({ where: EVIL, expected: EVIL, found: EVIL }));
  const round = { id: `ircc:${EVIL}`, reason: 'unreadable' as const, faults, draw: { ...DRAW, label: EVIL } };
  const rounds = Array.from({ length: 20 }, () => ({ ...round, since: '2024-05-31T15:00:00Z', looks: 1 }));
  return sourceEvent('source.quarantined', { count: 9_000, rounds });
}

describe('over SMTP', () => {
  it('goes to the operator, with the answer in the subject and on the first line', async () => {
    const server = await mailServer();
    const channel = await openChannel({ smtpUrl: server.url });

    const result = await channel.send(noticeOf(sourceEvent('source.failing')));

    const [mail] = server.received;
    expect(result).toEqual({ outcome: 'sent', detail: 'taken by the mail server' });
    expect(mail?.recipients).toEqual(['operator@example.org']);
    expect(mail?.subject).toBe(
      'drawbell: ircc has been failing since May 31, 2024 at 15:00:00 UTC (3 in a row)',
    );
    expect(mail?.text?.split('\n')[0]).toBe(
      'ircc has been failing since May 31, 2024 at 15:00:00 UTC (3 in a row).',
    );
    expect(mail?.html).toBeUndefined();
  });

  it('is marked as made by a program, is no list, and keeps its Message-ID', async () => {
    const server = await mailServer();
    const channel = await openChannel({ smtpUrl: server.url });

    await channel.send(noticeOf(sourceEvent('source.failing')));
    await channel.send(noticeOf(sourceEvent('source.failing')));

    const [first, second] = server.received;
    expect(first?.messageId).toBe(`<${KEY}@lists.example.org>`);
    expect(second?.messageId).toBe(first?.messageId);
    expect(first?.raw).toMatch(/^Auto-Submitted: auto-generated\r$/m);
    expect(first?.raw).not.toMatch(/^List-/m);
    expect(first?.date).toBe(NOW.toISOString());
  });

  it('lets no text of a page into the headers or onto lines of its own', async () => {
    const server = await mailServer();
    const channel = await openChannel({ smtpUrl: server.url });

    const result = await channel.send(noticeOf(hostileEvent()));

    const [mail] = server.received;
    const [head = ''] = (mail?.raw ?? '').split('\r\n\r\n');
    expect(result.outcome).toBe('sent');
    expect(mail?.recipients).toEqual(['operator@example.org']);
    expect(head).not.toMatch(/^B?cc:/im);
    expect(mail?.text).not.toMatch(/^(Bcc:|- RUN)/m);
  });

  it.each([null, 'https://example.org/contact'])(
    'has nowhere to go when the operator is %s',
    async (operator) => {
      const server = await mailServer();
      const channel = await openChannel({ smtpUrl: server.url, operator });

      const result = await channel.send(noticeOf(sourceEvent('source.quiet')));

      expect(result).toEqual({ outcome: 'failed', detail: 'DRAWBELL_OPERATOR holds no mailto: address' });
      expect(server.received).toEqual([]);
    },
  );

  it('never brings what is about a draw', async () => {
    const server = await mailServer();
    const channel = await openChannel({ smtpUrl: server.url });
    const { event } = sampleNotice();

    const result = await channel.send({ channel: 'operator', key: KEY, event });

    expect(result).toEqual({
      outcome: 'failed',
      detail: 'no mail to the operator is written for draw.published',
    });
    expect(server.received).toEqual([]);
  });
});

describe('without an SMTP server', () => {
  it('is one file a notice, for its owner only', async () => {
    // Not there yet: it is made for the first mail.
    const mailDir = join(await emptyFolder(), 'mail');
    const channel = await openChannel({ mailDir });

    const result = await channel.send(noticeOf(sourceEvent('source.quarantined')));

    const path = join(mailDir, `${KEY}.eml`);
    const mail = await PostalMime.parse(await readFile(path));
    expect(result).toEqual({ outcome: 'sent', detail: 'written to the mail directory' });
    expect(await readdir(mailDir)).toEqual([`${KEY}.eml`]);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(mail.subject).toBe(
      'drawbell: ircc has 2 rounds kept apart and announced to nobody: ircc:298, ircc:296',
    );
    expect(mail.to).toEqual([{ name: '', address: 'operator@example.org' }]);
  });

  it('says once that nothing is sent, whichever channels are used', async () => {
    const warnings: string[] = [];
    const warn = (message: string) => void warnings.push(message);
    const channels = openChannels({
      ...OPTIONS,
      userAgent: 'drawbell/test',
      publicUrl: null,
      signingSecret: async () => 'a secret of the tests',
      allowPrivate: [],
      warn,
    });
    onTestFinished(() => channels.close());

    await channels.open('operator');
    await channels.open('email');

    expect(warnings).toEqual([expect.stringContaining('DRAWBELL_SMTP_URL is not set')]);
  });
});

describe('the words', () => {
  it.each(EVENTS)('are the same as ever: $type', async (event) => {
    const { subject, text } = writeOperatorMessage(event);

    const path = `../../fixtures/messages/operator.${event.type}.txt`;
    await expect(`${subject}\n\n${text}`).toMatchFileSnapshot(path);
  });

  it.each(EVENTS)('say what happened, what drawbell does and what can be done: $type', (event) => {
    const { subject, text } = writeOperatorMessage(event);

    const blocks = text.trimEnd().split('\n\n');
    const headings = blocks.slice(1).map((block) => block.split('\n')[0]);
    expect(subject).toMatch(/^drawbell: ircc \S/);
    expect(subject.length).toBeLessThanOrEqual(145);
    expect(blocks[0]).toBe(`${subject.slice('drawbell: '.length)}.`);
    expect(headings).toEqual(['WHAT HAPPENED', 'WHAT DRAWBELL DOES MEANWHILE', 'WHAT YOU CAN DO']);
    expect(text).toContain('"drawbell ');
    expect(`${subject}${text}`).not.toMatch(/undefined|null|NaN|\[object/);
    expect(describeEvent(event)).toBe(subject.slice('drawbell: '.length));
  });

  it.each(SERVICE_EVENTS)('are there for what is about the telling itself: $type', async (event) => {
    const { subject, text } = writeOperatorMessage(event);

    const path = `../../fixtures/messages/operator.${event.type}.txt`;
    await expect(`${subject}\n\n${text}`).toMatchFileSnapshot(path);
    const headings = text.split('\n').filter((line) => /^[A-Z ]+$/.test(line) && line !== '');
    expect(headings).toEqual(['WHAT HAPPENED', 'WHAT DRAWBELL DOES MEANWHILE', 'WHAT YOU CAN DO']);
    expect(subject.length).toBeLessThanOrEqual(145);
    expect(`${subject}${text}`).not.toMatch(/undefined|null|NaN|\[object|@/);
  });

  it.each(EVENTS)('hold nothing of a reader: $type', (event) => {
    const { reader } = sampleNotice();

    const { subject, text } = writeOperatorMessage(event);

    for (const secret of [reader.email, reader.id, '530', '@'])
      expect(`${subject}${text}`).not.toContain(secret);
  });

  it('list each round that is kept apart: its id, the reason, the faults and since when', () => {
    const { text } = writeOperatorMessage(sourceEvent('source.quarantined'));

    expect(text).toContain(
      '- ircc:298: it has more invitations than were ever sent at once (size), since June 19, 2024 at 16:00:00 UTC; ircc:298 invitations: expected at most 50000, found 300000\n',
    );
    expect(text).toContain('- ircc:296: it is known, and no longer listed (vanished), since');
    for (const command of ['list', 'show', 'release', 'drop'])
      expect(text).toContain(`"drawbell quarantine ${command}`);
  });

  it('say how many rounds there are beyond those listed', () => {
    const { rounds } = SOURCE_DATA['source.quarantined'];

    const { subject, text } = writeOperatorMessage(sourceEvent('source.quarantined', { count: 31, rounds }));

    expect(subject).toContain('31 rounds kept apart and announced to nobody: ircc:298, ircc:296, ...');
    expect(text).toContain('- And 29 more.\n');
  });

  it('tell a failure that goes on from a new one, and that it has never worked', () => {
    const event = sourceEvent('source.failing', { telling: 2, failures: 400, lastSuccessAt: null });

    const { subject, text } = writeOperatorMessage(event);

    expect(subject).toBe('drawbell: ircc is still failing since May 31, 2024 at 15:00:00 UTC (400 in a row)');
    expect(text).toContain('It has never been read here.');
  });

  it('tell a recovery from failing and from being quiet', () => {
    const [failing, quiet] = (['failing', 'quiet'] as const).map(
      (from) => writeOperatorMessage(sourceEvent('source.recovered', { from })).subject,
    );

    expect(failing).toBe('drawbell: ircc works again, after failing since May 31, 2024 at 15:00:00 UTC');
    expect(quiet).toBe(
      'drawbell: ircc is no longer quiet, as it had been since May 31, 2024 at 15:00:00 UTC',
    );
  });

  it('are there for every trouble and every reason', () => {
    for (const trouble of Object.keys(TROUBLES) as Trouble[])
      expect(writeOperatorMessage(sourceEvent('source.failing', { trouble })).text).toContain(
        TROUBLES[trouble],
      );
    expect(Object.keys(HOLD_WORDS)).toEqual([...HOLD_REASONS]);
  });

  it.each([
    ['a reason', sourceEvent('source.failing', { reason: EVIL })],
    ['faults', hostileEvent()],
    ['an address', sourceEvent('source.moved', { to: EVIL, from: EVIL })],
    ['a detail', serviceEvent('endpoint.disabled', { endpoint: EVIL, detail: EVIL })],
    ['an answer', serviceEvent('mail.stopped', { reason: EVIL })],
    ['a draw', sourceEvent('source.quiet', { last: { ...DRAW, id: EVIL } })],
  ])('make hostile text harmless in %s', (_, event) => {
    const { subject, text } = writeOperatorMessage(event);

    expect(subject).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}]/u);
    expect(subject.length).toBeLessThanOrEqual(200);
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}]/u);
    expect(text).not.toMatch(/^(Bcc:|- RUN)/m);
    expect(text.length).toBeLessThan(40_000);
    expect(describeEvent(event)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}]/u);
  });
});
