// Leaving by a link: the POST does it, nothing else does, and nobody can do it for another.

import { describe, expect, it } from 'vitest';
import { suppressedAmong } from '../../src/store/suppressions.ts';
import { countRows } from '../support/store.ts';
import { exchange, headingOf, linkOf, ONE_CLICK, openWebWorld, SECRET, serveApp } from './world.ts';

const BOTH = ['amina@example.org', 'bruno@example.org'];
const [DONE, DONE_FR] = ['You are unsubscribed', 'Désabonnement effectué'];

/** A one-click POST as it stands in RFC 8058, section 8. */
function oneClick(path: string, type: string, body: string): string {
  return [
    `POST ${path} HTTP/1.1`,
    'Host: draws.example.org',
    `Content-Type: ${type}`,
    `Content-Length: ${body.length}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n');
}

const MULTIPART = [
  '-----FormBoundaryjWmhtjORrn',
  'Content-Disposition: form-data; name="List-Unsubscribe"',
  '',
  'One-Click',
  '-----FormBoundaryjWmhtjORrn--',
  '',
].join('\r\n');

describe('a one-click POST', () => {
  it.each([
    ['application/x-www-form-urlencoded', ONE_CLICK],
    ['application/x-www-form-urlencoded; charset=UTF-8', `${ONE_CLICK}\r\n`],
    ['multipart/form-data; boundary=---FormBoundaryjWmhtjORrn', MULTIPART],
  ])('of %s ends the messages at once, without a redirect or a cookie', async (type, body) => {
    const { app, amina, db, readers } = await openWebWorld();
    const origin = await serveApp(app);

    const answer = await exchange(origin, oneClick(linkOf(amina), type, body));

    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(answer).not.toMatch(/^(location|set-cookie|server|x-powered-by):/im);
    expect(headingOf(answer)).toBe(DONE);
    expect(await readers()).toEqual(['bruno@example.org']);
    expect(await suppressedAmong(db, BOTH)).toEqual(new Set(['amina@example.org']));
  });

  it('is answered alike the second time, and for a reader who never was', async () => {
    const { amina, post, db } = await openWebWorld();

    const first = await post(linkOf(amina));
    const kept = await countRows(db);
    const second = await post(linkOf(amina));
    const never = await post(linkOf('0123456789abcdef01234567'));

    const texts = await Promise.all([first, second, never].map((answer) => answer.text()));
    expect([first, second, never].map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(texts[1]).toBe(texts[0]);
    expect(texts[2]).toBe(texts[0]);
    expect(await countRows(db)).toEqual(kept);
  });

  it('comes twice at the same moment, and beside that of another reader, without harm', async () => {
    const { app, amina, bruno, readers, db, warnings } = await openWebWorld();
    const origin = await serveApp(app);
    const post = (path: string) =>
      fetch(origin + path, { method: 'POST', body: new URLSearchParams(ONE_CLICK) });

    const answers = await Promise.all([amina, amina, bruno, bruno].map((reader) => post(linkOf(reader))));

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(await readers()).toEqual([]);
    expect((await countRows(db)).suppressions).toBe(2);
    expect(warnings).toEqual([]);
  });

  it('is taken from any origin: mail programs are none', async () => {
    const { amina, post, readers } = await openWebWorld();

    const { status } = await post(linkOf(amina), { headers: { Origin: 'https://mail.example.com' } });

    expect(status).toBe(200);
    expect(await readers()).toEqual(['bruno@example.org']);
  });

  it.each([
    ['an empty form', { body: new URLSearchParams() }],
    ['no body at all', { body: null }],
    ['the field without a type', { body: Buffer.from(ONE_CLICK) }],
  ])('may also be %s', async (_what, init) => {
    const { amina, post, readers } = await openWebWorld();

    const { status } = await post(linkOf(amina), init);

    expect(status).toBe(200);
    expect(await readers()).toEqual(['bruno@example.org']);
  });

  it.each([
    ['another value', { body: new URLSearchParams('List-Unsubscribe=No') }],
    ['another field', { body: new URLSearchParams('email=amina@example.org') }],
    ['the field twice', { body: new URLSearchParams(`${ONE_CLICK}&${ONE_CLICK}`) }],
    ['the field and another', { body: new URLSearchParams(`${ONE_CLICK}&a=b`) }],
    ['JSON', { body: '{"List-Unsubscribe":"One-Click"}', headers: { 'Content-Type': 'application/json' } }],
    ['plain text', { body: ONE_CLICK }],
    [
      'a multipart form that is cut off',
      {
        body: MULTIPART.slice(0, 90),
        headers: { 'Content-Type': 'multipart/form-data; boundary=---FormBoundaryjWmhtjORrn' },
      },
    ],
    [
      'a multipart form without its boundary',
      { body: MULTIPART, headers: { 'Content-Type': 'multipart/form-data' } },
    ],
  ])('that holds %s is refused with 400 and the button, and changes nothing', async (_what, init) => {
    const { bruno, post, readers } = await openWebWorld();

    const answer = await post(linkOf(bruno), init as RequestInit);

    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('<form method="post">');
    expect(await readers()).toEqual(BOTH);
  });

  it('over 64 KB is refused with 413, whether it tells its length or not', async () => {
    const { app, amina, readers } = await openWebWorld();
    const origin = await serveApp(app);
    const post = (body: Blob | ReadableStream) =>
      fetch(origin + linkOf(amina), {
        method: 'POST',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        body,
        duplex: 'half',
      } as RequestInit);
    const bytes = (size: number) => new Blob([`${ONE_CLICK}&a=`.padEnd(size, 'a')]);

    const answers = [
      await post(bytes(64 * 1024)),
      await post(bytes(64 * 1024 + 1)),
      await post(bytes(64 * 1024).stream()),
      await post(bytes(64 * 1024 + 1).stream()),
    ];

    expect(answers.map(({ status }) => status)).toEqual([400, 413, 400, 413]);
    expect(await readers()).toEqual(BOTH);
  });
});

describe('what mail scanners do', () => {
  it.each(['GET', 'HEAD', 'OPTIONS', 'PROPFIND', 'PUT', 'DELETE', 'PATCH', 'TRACE'])(
    '%s changes nothing',
    async (method) => {
      const { app, amina, readers, db } = await openWebWorld();
      const origin = await serveApp(app);
      const before = await countRows(db);

      const answer = await exchange(
        origin,
        `${method} ${linkOf(amina)}?${ONE_CLICK} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
      );

      const [head = '', body] = answer.split('\r\n\r\n');
      if (method === 'GET' || method === 'HEAD') expect(head).toMatch(/^HTTP\/1\.1 200 /);
      else expect(head).toMatch(/^HTTP\/1\.1 405 [\s\S]*^allow: GET, HEAD, POST\r$/im);
      if (method === 'HEAD') expect(body).toBe('');
      expect(await readers()).toEqual(BOTH);
      expect(await countRows(db)).toEqual(before);
    },
  );

  it('sees a button, what it will do, and nothing of anybody', async () => {
    const { app, amina } = await openWebWorld();

    const page = await (await app.request(linkOf(amina))).text();

    expect(headingOf(page)).toBe('Unsubscribe');
    expect(page).toContain(
      '<button name="List-Unsubscribe" value="One-Click">Send me no more messages</button>',
    );
    expect(page).toContain('A message that is already on its way may still arrive.');
    expect(page).not.toMatch(/amina|example\.org|<script|(?:src|href)="(?:\w+:|\/)/);
    expect(page).not.toContain(amina);
  });
});

describe('the language', () => {
  it.each([
    ['bruno', 'en-CA', 'Se désabonner', DONE_FR],
    ['amina', 'fr-CA', 'Unsubscribe', DONE],
  ] as const)(
    'is that of the reader %s, whatever the browser asks for',
    async (reader, language, ask, done) => {
      const world = await openWebWorld();
      const path = linkOf(world[reader]);
      const headers = { 'Accept-Language': language };

      const asked = await world.app.request(path, { headers });
      const answered = await world.post(path, { headers });

      expect(headingOf(await asked.text())).toBe(ask);
      expect(headingOf(await answered.text())).toBe(done);
    },
  );

  it.each([
    ['fr-CA,fr;q=0.9,en;q=0.8', 'fr'],
    ['en;q=0.5, FR-ca;q=0.7', 'fr'],
    ['de,fr;q=0.5', 'fr'],
    ['fry,en', 'en'],
    ['de, fr;q=0', 'en'],
    ['de', 'en'],
    ['*', 'en'],
    ['', 'en'],
    [';;,q=fr', 'en'],
  ])('follows Accept-Language "%s" once the reader is forgotten: %s', async (language, locale) => {
    const { bruno, post } = await openWebWorld();
    await post(linkOf(bruno));

    const answer = await post(linkOf(bruno), { headers: { 'Accept-Language': language } });

    expect(answer.headers.get('content-language')).toBe(locale);
    const page = await answer.text();
    expect(page).toContain(`<html lang="${locale}">`);
    expect(headingOf(page)).toBe(locale === 'fr' ? DONE_FR : DONE);
  });
});

describe('a token', () => {
  it('with any one character changed is nobody’s, for GET and for POST', async () => {
    const { app, amina, post, readers } = await openWebWorld();
    const link = linkOf(amina);
    const start = '/unsubscribe/'.length;
    const changed = [...link.slice(start)].map((character, index) => {
      const other = character === 'a' ? 'b' : 'a';
      return link.slice(0, start + index) + other + link.slice(start + index + 1);
    });

    const statuses: number[] = [];
    for (const path of changed) {
      statuses.push((await app.request(path)).status, (await post(path)).status);
    }

    expect(statuses).toHaveLength(2 * (24 + 1 + 43));
    expect(statuses.filter((status) => status !== 404)).toEqual([]);
    expect(await readers()).toEqual(BOTH);
  });

  it.each<[string, (own: string, others: string) => string]>([
    ['with another reader’s signature', (own, others) => own.slice(0, 24) + others.slice(24)],
    [
      'signed with another secret',
      (own) => linkOf(own.slice(0, 24), `${SECRET}.`).slice('/unsubscribe/'.length),
    ],
    ['that is the name alone', (own) => own.slice(0, 24)],
    ['that is the name and a dot', (own) => own.slice(0, 25)],
    ['cut by a character', (own) => own.slice(0, -1)],
    ['with a character more', (own) => `${own}A`],
    ['with a tail', (own) => `${own}.x`],
    ['with a head', (own) => `x.${own}`],
    ['in capitals', (own) => own.toUpperCase()],
    ['twice', (own) => `${own}${own}`],
    ['twice in a list', (own) => `${own},${own}`],
    ['behind a path', (own) => `..%2f${own}`],
    ['behind a climb', (own) => `%2e%2e/%2e%2e/${own}`],
    ['before a NUL', (own) => `${own}%00`],
    ['before a line break', (own) => `${own}%0d%0aSet-Cookie:%20a=b`],
    ['encoded twice', (own) => own.replace('.', '%252e')],
    ['with a broken encoding', (own) => own.replace('.', '%2')],
    ['that is no UTF-8', (own) => own.replace('.', '%c0%ae')],
    ['that is empty', () => ''],
    ['that is a space', () => '%20'],
    ['that is very long', (own) => `${own}${'A'.repeat(6_000)}`],
    ['that is a path of this machine', () => '..%2f..%2fetc%2fpasswd'],
  ])('%s is nobody’s: 404, a page that helps, nothing about anybody', async (_how, tamper) => {
    const { app, amina, bruno, readers, warnings } = await openWebWorld();
    const tokenOf = (reader: string) => linkOf(reader).slice('/unsubscribe/'.length);
    const origin = await serveApp(app);
    const url = `${origin}/unsubscribe/${tamper(tokenOf(amina), tokenOf(bruno))}`;

    const answers = [
      await fetch(url),
      await fetch(url, { method: 'POST', body: new URLSearchParams(ONE_CLICK) }),
    ];

    for (const answer of answers) {
      const page = await answer.text();
      expect(answer.status).toBe(404);
      expect(page).toMatch(/answer any of the messages and ask for no more|use the link in any of them/);
      expect(page).not.toContain('<form');
      expect(page).not.toMatch(/amina|bruno|passwd/);
      expect(answer.headers.get('set-cookie')).toBeNull();
    }
    expect(await readers()).toEqual(BOTH);
    expect(warnings).toEqual([]);
  });

  it('with its unreserved characters encoded is the same token', async () => {
    const { app, amina } = await openWebWorld();
    const [, , token = ''] = linkOf(amina).split('/');
    const encoded = [...token].map((character) => `%${character.charCodeAt(0).toString(16)}`).join('');

    const { status } = await app.request(`/unsubscribe/${encoded}`);

    expect(status).toBe(200);
  });

  it('signed with the key of before a secret was set still holds', async () => {
    const { app, amina, readers } = await openWebWorld({ secrets: ['a secret of today', SECRET] });

    const { status } = await app.request(linkOf(amina), { method: 'POST' });

    expect(status).toBe(200);
    expect(await readers()).toEqual(['bruno@example.org']);
  });
});
