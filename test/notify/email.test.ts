// E-mail as it leaves: a real SMTP server receives it, or a directory does.

import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import type { SMTPServerOptions } from 'smtp-server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type MailServer, openMailServer } from '../../src/demo/mail-server.ts';
import type { Draw } from '../../src/draw/draw.ts';
import { InputError } from '../../src/errors.ts';
import type { Event } from '../../src/event/event.ts';
import type { Channel } from '../../src/notify/channel.ts';
import { type EmailOptions, openEmail } from '../../src/notify/email.ts';
import { correctedNotice, DRAW, PROFILES, sampleNotice, withdrawnNotice } from './sample-notices.ts';

const NOW = new Date('2024-05-31T17:05:00Z');

let directory: string;
let closing: (() => Promise<unknown>)[];
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'drawbell-mail-'));
  closing = [() => rm(directory, { recursive: true, force: true })];
});
afterEach(async () => {
  for (const close of closing.reverse()) await close();
});

/** A mail server that accepts everything, unless told otherwise. */
async function mailServer(options: SMTPServerOptions = {}): Promise<MailServer> {
  const server = await openMailServer(options);
  closing.push(server.close);
  return server;
}

async function openChannel(options: Partial<EmailOptions> = {}): Promise<Channel<'email'>> {
  const channel = await openEmail({
    smtpUrl: null,
    mailDir: join(directory, 'mail'),
    from: 'Drawbell <draws@lists.example.org>',
    sender: 'Drawbell of Example Town, 1 Main Street, Example Town ON K1A 0A0',
    operator: 'mailto:operator@example.org',
    now: () => NOW,
    warn: () => undefined,
    ...options,
  });
  closing.push(() => channel.close());
  return channel;
}

/** Header names and values of a raw message, unfolded. */
function headersOf(raw: string): Map<string, string> {
  const [head = ''] = raw.split('\r\n\r\n');
  const lines = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  return new Map(lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]));
}

/** A refusal as a server gives it, with the address in its text as servers do. */
function refusal(responseCode: number, text = ''): Error {
  return Object.assign(new Error(`${text} <amina@example.org> user amina@example.org not welcome`), {
    responseCode,
  });
}

describe('over SMTP', () => {
  it('brings the answer in the subject and on the first line of both parts', async () => {
    const server = await mailServer();
    const channel = await openChannel({ smtpUrl: server.url });

    const result = await channel.send(sampleNotice());

    const [message] = server.received;
    expect(result).toEqual({ outcome: 'sent', detail: 'taken by the mail server' });
    expect(message?.subject).toBe(
      'You would have been invited: #297 Canadian Experience Class, May 31, 2024, cut-off 522, you 530 (+8), first in 990 days',
    );
    expect(message?.text?.split('\n')[0]).toBe(
      'You would have been invited in draw #297 (Canadian Experience Class, May 31, 2024): the cut-off was 522, your score is 530 (+8). It was the first Canadian Experience Class draw in 990 days.',
    );
    expect(message?.html).toContain('You would have been invited in draw #297');
  });

  it('brings French with its accents, spaces and signs', async () => {
    const server = await mailServer();
    const channel = await openChannel({ smtpUrl: server.url });

    await channel.send(sampleNotice({ locale: 'fr', profile: PROFILES['cannot-tell'] }));

    const [message] = server.received;
    expect(message?.subject).toContain('Impossible de dire si vous auriez reçu une invitation\u00a0:');
    expect(message?.text).toContain('Catégorie de l’expérience canadienne');
    expect(message?.html).toContain('«\u00a0Catégorie de l’expérience canadienne\u00a0»');
  });

  it('brings corrections and withdrawals with both parts and the same headers', async () => {
    const server = await mailServer();
    const channel = await openChannel({ smtpUrl: server.url });

    await channel.send(correctedNotice());
    await channel.send({ ...withdrawnNotice(), key: 'ntc_8' });

    const [corrected, withdrawn] = server.received;
    expect(corrected?.subject).toMatch(/^Corrected: you would have been invited after all: #297 /);
    expect(withdrawn?.subject).toMatch(/^Withdrawn: draw #297, /);
    for (const mail of server.received) {
      expect(mail.recipients).toEqual(['amina@example.org']);
      expect(mail.html).toContain('<html lang="en"');
      expect(headersOf(mail.raw).get('List-Unsubscribe')).toContain('unsubscribe%20sub_4f9c21');
    }
  });

  it('has the headers that mailbox providers and mailing lists go by', async () => {
    const server = await mailServer();
    const channel = await openChannel({ smtpUrl: server.url });

    await channel.send(sampleNotice());

    const [message] = server.received;
    const headers = headersOf(message?.raw ?? '');
    expect(message).toMatchObject({
      envelopeFrom: 'draws@lists.example.org',
      recipients: ['amina@example.org'],
    });
    expect(Object.fromEntries(headers)).toMatchObject({
      From: 'Drawbell <draws@lists.example.org>',
      To: 'amina@example.org',
      'Reply-To': 'operator@example.org',
      Date: 'Fri, 31 May 2024 17:05:00 +0000',
      'Message-ID': '<ntc_7Hq2Zk9@lists.example.org>',
      'Auto-Submitted': 'auto-generated',
      'List-ID': 'drawbell <drawbell.lists.example.org>',
      'List-Unsubscribe': '<mailto:operator@example.org?subject=unsubscribe%20sub_4f9c21>',
    });
    expect(headers.has('List-Unsubscribe-Post')).toBe(false);
  });

  it('takes answers and unsubscriptions at its own address where the operator has no mailto:', async () => {
    const server = await mailServer();
    const channel = await openChannel({ smtpUrl: server.url, operator: 'https://example.org/contact' });

    await channel.send(sampleNotice());

    const headers = headersOf(server.received[0]?.raw ?? '');
    expect(headers.get('List-Unsubscribe')).toBe(
      '<mailto:draws@lists.example.org?subject=unsubscribe%20sub_4f9c21>',
    );
    expect(headers.has('Reply-To')).toBe(false);
  });

  it('gives a repeat of a notice the same Message-ID', async () => {
    const server = await mailServer();
    const first = await openChannel({ smtpUrl: server.url });
    const second = await openChannel({ smtpUrl: server.url, now: () => new Date('2024-06-01T03:00:00Z') });

    await first.send(sampleNotice());
    await second.send(sampleNotice());

    const ids = server.received.map((mail) => mail.messageId);
    expect(ids).toEqual(['<ntc_7Hq2Zk9@lists.example.org>', '<ntc_7Hq2Zk9@lists.example.org>']);
  });

  it('lets no text from a page or a profile into the headers', async () => {
    const evil = `x\r\nBcc: victim@example.net\r\n\r\n<script>alert(1)</script>\u202e${'y'.repeat(10_000)}`;
    const draw: Draw = { ...DRAW, type: 'other:x', label: evil, number: `1\r\nBcc: victim@example.net` };
    const notice = sampleNotice({ draw, special: [{ type: 'draw_type.new', drawType: 'other:x' }] });
    const server = await mailServer();
    const channel = await openChannel({ smtpUrl: server.url, sender: evil });

    await channel.send({ ...notice, reader: { ...notice.reader, id: 'sub_1\r\nBcc: victim@example.net' } });

    const [message] = server.received;
    const headers = headersOf(message?.raw ?? '');
    expect(message?.recipients).toEqual(['amina@example.org']);
    expect(headers.has('Bcc')).toBe(false);
    expect(headers.has('Cc')).toBe(false);
    expect(message?.subject).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(message?.subject?.length).toBeLessThanOrEqual(145);
    expect(message?.html).not.toContain('<script');
  });
});

describe('trouble on the way', () => {
  async function sendTo(url: string) {
    const channel = await openChannel({ smtpUrl: url });
    return channel.send(sampleNotice());
  }

  it('is worth another attempt when the server puts the recipient off', async () => {
    const { url } = await mailServer({ onRcptTo: (_address, _session, done) => done(refusal(450, '4.2.1')) });

    expect(await sendTo(url)).toEqual({ outcome: 'refused', detail: '450 4.2.1 put off by the mail server' });
  });

  it('ends the notice when the server refuses the recipient for good', async () => {
    const { url } = await mailServer({ onRcptTo: (_address, _session, done) => done(refusal(550)) });

    expect(await sendTo(url)).toEqual({ outcome: 'failed', detail: '550 refused by the mail server' });
  });

  it('ends the notice when the mailbox turns out not to exist after the message was handed over', async () => {
    const { url } = await mailServer({
      onData(stream, _session, done) {
        stream.resume();
        stream.on('end', () => done(refusal(550, '5.1.1')));
      },
    });

    expect(await sendTo(url)).toEqual({ outcome: 'failed', detail: '550 5.1.1 refused by the mail server' });
  });

  it('leaves it to the operator when the server refuses by policy, not for the recipient', async () => {
    const { url } = await mailServer({ onRcptTo: (_address, _session, done) => done(refusal(554, '5.7.1')) });

    expect(await sendTo(url)).toEqual({
      outcome: 'refused',
      detail: '554 5.7.1 refused by the mail server (policy)',
    });
  });

  it('leaves it to the operator when the server refuses the sender', async () => {
    const { url } = await mailServer({ onMailFrom: (_address, _session, done) => done(refusal(553)) });

    expect(await sendTo(url)).toEqual({
      outcome: 'refused',
      detail: '553 refused by the mail server (sender)',
    });
  });

  it('leaves it to the operator when the server refuses the message', async () => {
    const { url } = await mailServer({
      onData(stream, _session, done) {
        stream.resume();
        stream.on('end', () => done(refusal(552)));
      },
    });

    expect(await sendTo(url)).toEqual({
      outcome: 'refused',
      detail: '552 refused by the mail server (message)',
    });
  });

  it('leaves it to the operator when the server refuses the session', async () => {
    const { url } = await mailServer({ onConnect: (_session, done) => done(refusal(554)) });

    const result = await sendTo(url);

    expect(result.outcome).toBe('refused');
    expect(result.detail).toMatch(/^554 refused by the mail server/);
  });

  it('leaves it to the operator when the sign-in is refused', async () => {
    const { url } = await mailServer({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: (_auth, _session, done) => done(refusal(535, '5.7.8')),
    });

    const result = await sendTo(url.replace('smtp://', 'smtp://user:hunter2@'));

    expect(result).toEqual({ outcome: 'refused', detail: '535 5.7.8 refused by the mail server (sign-in)' });
  });

  it('is worth another attempt when nobody listens', async () => {
    const server = createServer();
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    const { port } = server.address() as { port: number };
    await new Promise((closed) => server.close(closed));

    expect(await sendTo(`smtp://127.0.0.1:${port}`)).toEqual({
      outcome: 'refused',
      detail: 'connection refused',
    });
  });

  it('is worth another attempt when the connection breaks, and tries only once by itself', async () => {
    let connections = 0;
    const server = createServer((socket) => {
      connections += 1;
      socket.end('220 hello\r\n');
      socket.resume().on('error', () => {});
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    closing.push(() => new Promise((closed) => server.close(closed)));
    const { port } = server.address() as { port: number };

    const result = await sendTo(`smtp://127.0.0.1:${port}`);

    expect(result).toEqual({ outcome: 'refused', detail: 'connection lost' });
    expect(connections).toBe(1);
  });

  it('never names the address, the score or the server in its detail', async () => {
    for (const code of [421, 450, 550, 554]) {
      const { url } = await mailServer({ onRcptTo: (_address, _session, done) => done(refusal(code)) });
      const { detail } = await sendTo(url);
      expect(detail).not.toMatch(/amina|example|530|127\.0|:\/\//);
    }
  });
});

describe('without an SMTP server', () => {
  it('writes one file a notice, for its owner only', async () => {
    const channel = await openChannel();

    const result = await channel.send(sampleNotice());

    const path = join(directory, 'mail', 'ntc_7Hq2Zk9.eml');
    const mail = await PostalMime.parse(await readFile(path));
    expect(result).toEqual({ outcome: 'sent', detail: 'written to the mail directory' });
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(mail.messageId).toBe('<ntc_7Hq2Zk9@lists.example.org>');
    expect(mail.to).toEqual([{ name: '', address: 'amina@example.org' }]);
    expect(mail.text).toContain('the cut-off was 522, your score is 530 (+8)');
    expect(mail.html).toContain('<html lang="en"');
  });

  it('overwrites the file on a repeat and leaves nothing unfinished behind', async () => {
    const channel = await openChannel();
    await mkdir(join(directory, 'mail'));
    await writeFile(join(directory, 'mail', 'ntc_7Hq2Zk9.eml'), 'half a mess');

    await channel.send(sampleNotice());
    await channel.send(sampleNotice());

    expect(await readdir(join(directory, 'mail'))).toEqual(['ntc_7Hq2Zk9.eml']);
    const mail = await PostalMime.parse(await readFile(join(directory, 'mail', 'ntc_7Hq2Zk9.eml')));
    expect(mail.text).toContain('You would have been invited');
  });

  it('is worth another attempt when the directory cannot be written', async () => {
    const mailDir = join(directory, 'a-file');
    await writeFile(mailDir, '');
    const channel = await openChannel({ mailDir });

    const result = await channel.send(sampleNotice());

    expect(result.outcome).toBe('refused');
    expect(result.detail).toMatch(/^the mail directory cannot be written \(E[A-Z]+\)$/);
  });

  it('writes nowhere but into the directory', async () => {
    const channel = await openChannel();

    const result = await channel.send({ ...sampleNotice(), key: '../escaped' });

    expect(result.outcome).toBe('failed');
    expect(await readdir(directory)).toEqual([]);
  });
});

describe('an e-mail channel', () => {
  it('gives up a notice of an event that no e-mail is written for', async () => {
    const notice = sampleNotice();
    const event: Event = { ...notice.event, type: 'draw_type.new', data: { draw: DRAW, drawType: 'cec' } };
    const channel = await openChannel();

    const result = await channel.send({ ...notice, event });

    expect(result).toEqual({ outcome: 'failed', detail: 'no e-mail is written for draw_type.new' });
  });

  it('gives up a correction that changes nothing for the reader', async () => {
    const notice = correctedNotice();
    const channel = await openChannel();

    const result = await channel.send({ ...notice, verdictBefore: notice.verdict });

    expect(result).toEqual({ outcome: 'failed', detail: 'no e-mail is written for draw.corrected' });
  });

  it.each(['nobody', 'a@b@c', 'x@[127.0.0.1', ''])(
    'is not opened with a sender that is no address: "%s"',
    async (from) => {
      await expect(openChannel({ from })).rejects.toThrow(InputError);
    },
  );
});
