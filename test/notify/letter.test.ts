// Letters: what no event is behind, in both languages, and as they leave.

import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { LETTER_KINDS, type LetterKind, type Locale, type NoticeOf } from '../../src/match/notice.ts';
import { openCarrier } from '../../src/notify/carrier.ts';
import type { Channel } from '../../src/notify/channel.ts';
import { openLetter } from '../../src/notify/letter.ts';
import { createHtmlWriter, type HtmlWriter, loadMjml } from '../../src/notify/text/html.ts';
import { type LetterLinks, letterMessage } from '../../src/notify/text/letter.ts';
import type { Message } from '../../src/notify/text/message.ts';
import { plainText } from '../../src/notify/text/plain.ts';
import { LINK_DAYS, linkEnd, readLink, signLink, signUnsubscribe } from '../../src/notify/tokens.ts';
import { headersOf, type MailOptions, mailServer, NOW, OPTIONS, SECRET } from './mail-world.ts';
import { READER_ID } from './sample-notices.ts';

const SENDER = 'Drawbell of Example Town, 1 Main Street, Example Town ON K1A 0A0, +1 555 010 0199';
const SITE = 'https://draws.example.org';
const ASKED = '2024-05-31T17:05:00.000Z';
const LINKS: LetterLinks = {
  wayOut: { page: `${SITE}/unsubscribe/${signUnsubscribe(READER_ID, SECRET)}` },
  manage: `${SITE}/manage/${signLink('manage', READER_ID, SECRET, NOW)}`,
  manageUntil: linkEnd('manage', NOW),
  confirm: `${SITE}/confirm/${signLink('confirm', READER_ID, SECRET, new Date(ASKED))}`,
  confirmUntil: linkEnd('confirm', new Date(ASKED)),
};
const BY_MAIL: LetterLinks = {
  ...LINKS,
  wayOut: { address: 'operator@example.org', subject: 'unsubscribe 4f9c' },
  manage: null,
  confirm: null,
};
const LOCALES: Locale[] = ['en', 'fr'];

function letterTo(
  letter: LetterKind,
  reader: Partial<NoticeOf<'letter'>['reader']> = {},
): NoticeOf<'letter'> {
  return {
    channel: 'letter',
    key: 'msg_5b',
    letter,
    askedAt: ASKED,
    reader: {
      id: READER_ID,
      email: 'amina@example.org',
      locale: 'en',
      profile: { crs: 522, crsAsOf: '2024-02-15' },
      consentAt: '2024-02-20T08:30:00.000Z',
      consentHow: 'sign-up',
      ...reader,
    },
  };
}

const GOLDEN: [string, LetterKind, LetterLinks][] = [
  ...LETTER_KINDS.map((kind): [string, LetterKind, LetterLinks] => [kind, kind, LINKS]),
  ['renew-score-by-mail', 'renew-score', BY_MAIL],
];

let writeHtml: HtmlWriter;
beforeAll(async () => {
  writeHtml = createHtmlWriter(await loadMjml());
});

describe('golden copies', () => {
  for (const locale of LOCALES) {
    for (const [name, kind, links] of GOLDEN) {
      it(`say the same as ever: ${name}, ${locale}`, async () => {
        const message = letterMessage(letterTo(kind, { locale }), SENDER, links) as Message;

        const text = `${message.subject}\n\n${plainText(message)}`;
        const html = writeHtml(message);

        await expect(text).toMatchFileSnapshot(`../../fixtures/messages/letter-${name}.${locale}.txt`);
        await expect(html).toMatchFileSnapshot(`../../fixtures/messages/letter-${name}.${locale}.html`);
      });
    }
  }
});

describe('every letter', () => {
  it.each(LETTER_KINDS)('says who sends it, what it is not, and how to get no more: %s', (kind) => {
    for (const locale of LOCALES) {
      const message = letterMessage(letterTo(kind, { locale }), SENDER, LINKS) as Message;

      for (const text of [plainText(message), writeHtml(message)]) {
        expect(text).toContain(SENDER);
        expect(text).toMatch(/not advice|non conseil/);
        expect(text).toContain('page' in LINKS.wayOut ? LINKS.wayOut.page : '');
        expect(text).not.toContain('amina@example.org');
        expect(text).not.toMatch(/undefined|null|NaN|please|veuillez/i);
      }
    }
  });

  it.each([
    ['confirm', LINKS.confirm],
    ['manage', LINKS.manage],
    ['renew-score', LINKS.manage],
  ] as const)('leads where it is about: %s', (kind, page) => {
    const message = letterMessage(letterTo(kind), SENDER, LINKS) as Message;

    const button = message.sections.find((section) => section.kind === 'button');

    expect(button?.href).toBe(page);
    expect(plainText(message)).toContain(`${button?.text}\n${page}\n`);
  });
});

describe('the letter that asks for a confirmation', () => {
  it('says nothing of what was typed in, but for the language it is in', () => {
    const typed = { profile: { crs: 777, crsAsOf: '1999-09-09', programs: ['fst' as const] } };
    const plain = letterMessage(letterTo('confirm'), SENDER, LINKS);

    const told = letterMessage(letterTo('confirm', typed), SENDER, LINKS);

    expect(told).toEqual(plain);
    expect(JSON.stringify(told)).not.toMatch(/777|1999/);
  });

  it('names the days after which an address is forgotten as they are', () => {
    const message = letterMessage(letterTo('confirm'), SENDER, LINKS) as Message;

    expect(plainText(message)).toContain(`${LINK_DAYS.confirm} days after the last sign-up`);
    expect(plainText(message)).toContain('The link works until June 7, 2024 at 17:05:00 UTC.');
  });
});

describe('the letter that asks for a newer score', () => {
  it('names the score, and its day where that is known', () => {
    const dated = letterMessage(letterTo('renew-score'), SENDER, LINKS) as Message;
    const undated = letterMessage(
      letterTo('renew-score', { profile: { crs: 522 } }),
      SENDER,
      LINKS,
    ) as Message;

    expect(dated.subject).toBe('Is 522 still your score? It was noted on February 15, 2024');
    expect(undated.subject).toBe('Is 522 still your score?');
    expect(undated.lead).toBe('Is 522 still your score? The day it was noted is not known here.');
  });

  it('asks for an answer where there is no page', () => {
    const message = letterMessage(letterTo('renew-score'), SENDER, BY_MAIL) as Message;

    expect(message.sections.some(({ kind }) => kind === 'button')).toBe(false);
    expect(plainText(message)).toContain('- An answer to this mail is enough');
    expect(plainText(message)).not.toContain('https:');
  });
});

describe('a letter on its way', () => {
  async function openLetters(options: Partial<MailOptions>): Promise<Channel<'letter'>> {
    const given = { ...OPTIONS, ...options };
    const carrier = await openCarrier(given);
    onTestFinished(() => carrier.close());
    return openLetter(given, carrier);
  }

  it('has the headers that end the messages, and its address in the envelope and in To only', async () => {
    const server = await mailServer();
    const channel = await openLetters({ smtpUrl: server.url, publicUrl: SITE });

    const result = await channel.send(letterTo('confirm', { locale: 'fr' }));

    const [message] = server.received;
    const headers = headersOf(message?.raw ?? '');
    expect(result.outcome).toBe('sent');
    expect(headers.get('Message-ID')).toBe('<msg_5b@lists.example.org>');
    expect(headers.get('List-Unsubscribe')).toBe(
      `<${SITE}/unsubscribe/${signUnsubscribe(READER_ID, SECRET)}>`,
    );
    expect(headers.get('List-Unsubscribe-Post')).toBe('List-Unsubscribe=One-Click');
    expect(headers.get('Feedback-ID')).toBe('letter:confirm:fr:drawbell');
    expect(message?.raw.match(/^.*amina.*$/gm)).toEqual(['To: amina@example.org']);
    expect(message?.html).toContain('<html lang="fr"');
  });

  it('leads to a confirmation for as long as what was asked for is kept, however late it leaves', async () => {
    const server = await mailServer();
    const late = new Date('2024-06-05T00:00:00Z');
    const channel = await openLetters({ smtpUrl: server.url, publicUrl: SITE, now: () => late });

    await channel.send(letterTo('confirm'));

    const token = /\/confirm\/(\S+)/.exec(server.received[0]?.text ?? '')?.[1] ?? '';
    const before = readLink('confirm', token, [SECRET], new Date('2024-06-07T17:04:59Z'));
    const after = readLink('confirm', token, [SECRET], new Date('2024-06-07T17:05:00Z'));
    expect(before).toEqual({ reader: READER_ID, expired: false });
    expect(after).toEqual({ reader: READER_ID, expired: true });
  });

  it.each(['confirm', 'manage'] as const)(
    'is given up where there is no page over https: %s',
    async (kind) => {
      const server = await mailServer();
      const channel = await openLetters({ smtpUrl: server.url, publicUrl: 'http://draws.example.org' });

      const result = await channel.send(letterTo(kind));

      expect(result.outcome).toBe('failed');
      expect(result.detail).toContain('DRAWBELL_PUBLIC_URL names none over https');
      expect(server.received).toEqual([]);
    },
  );
});
