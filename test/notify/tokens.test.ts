// Tokens that end one reader's messages: nobody else can make one, and nothing of the reader is in it.

import { describe, expect, it } from 'vitest';
import { wayOut, wayOutLink } from '../../src/notify/text/way-out.ts';
import { readUnsubscribe, signUnsubscribe } from '../../src/notify/tokens.ts';
import { READER_ID } from './sample-notices.ts';

const SECRET = 'a secret of the tests';
const TOKEN = signUnsubscribe(READER_ID, SECRET);
const OTHER = '0123456789abcdef01234567';

describe('a token', () => {
  it('says who it is for, to whoever has the secret, now and later', () => {
    const readers = [[SECRET], ['a newer secret', SECRET], ['another secret']].map((secrets) =>
      readUnsubscribe(TOKEN, secrets),
    );

    expect(readers).toEqual([READER_ID, READER_ID, null]);
  });

  it('is found in a link, in a subject and in an answer to it', () => {
    const page = wayOutLink(wayOut('https://draws.example.org/a/', 'x@example.org', TOKEN));
    const mail = decodeURIComponent(wayOutLink(wayOut(null, 'x@example.org', TOKEN)));

    for (const text of [page, `${page}?utm=1`, mail, `Re: Unsubscribe ${TOKEN}`, `<${TOKEN}>`, `${TOKEN}.`])
      expect(readUnsubscribe(text, [SECRET])).toBe(READER_ID);
  });

  it.each([
    ['for another reader', TOKEN.replace(READER_ID, OTHER)],
    ['changed', `${TOKEN.slice(0, -2)}${TOKEN.endsWith('AA') ? 'BB' : 'AA'}`],
    ['cut', TOKEN.slice(0, -1)],
    ['longer', `${TOKEN}x`],
    ['part of a longer name', `0${TOKEN}`],
    ['without a signature', READER_ID],
    ['empty', ''],
  ])('is nothing when it is %s', (_, text) => {
    expect(readUnsubscribe(text, [SECRET])).toBeNull();
  });

  it('is found behind others that are none', () => {
    const text = `${TOKEN.replace(READER_ID, OTHER)} ${'0.'.repeat(50_000)} ${TOKEN}`;

    expect(readUnsubscribe(text, [SECRET])).toBe(READER_ID);
  });

  it('needs no coding in an address', () => {
    expect(encodeURIComponent(TOKEN)).toBe(TOKEN);
  });
});
