// Forms from elsewhere: refused with a page, whatever they hold.

import { describe, expect, it } from 'vitest';
import { PAGE_WORDS } from '../../src/web/text/index.ts';
import { formWith, SCORE_ONLY } from './check-forms.ts';
import { openCheckWorld } from './check-world.ts';
import { exchange, headingOf, serveApp } from './world.ts';

const FORM = formWith(SCORE_ONLY, 'ircc:297');

describe('a form', () => {
  it.each([
    ['says that it is from here', { 'Sec-Fetch-Site': 'same-origin' }],
    ['has the published origin', { Origin: 'https://draws.example.org' }],
    ['has the origin that was asked', { Origin: 'http://localhost' }],
    [
      'has it and an old browser behind it',
      { Origin: 'https://draws.example.org', 'Sec-Fetch-Site': 'cross-site' },
    ],
  ])('is answered when it %s', async (_why, headers) => {
    const { check } = await openCheckWorld();

    const answer = await check(FORM, { headers });

    expect(answer.status).toBe(200);
  });

  it.each([
    ['is from another site', { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' }],
    ['is from a sibling', { Origin: 'https://evil.example.org', 'Sec-Fetch-Site': 'same-site' }],
    ['is from another port', { Origin: 'https://draws.example.org:8443' }],
    ['is from a name that begins alike', { Origin: 'https://draws.example.org.evil.example' }],
    ['has an origin without a name', { Origin: 'null' }],
    ['is from an address that was typed', { 'Sec-Fetch-Site': 'none' }],
    ['says something else', { 'Sec-Fetch-Site': 'same-origin, cross-site' }],
    ['does not say where it is from', {}],
    ['is text', { Origin: 'https://evil.example', 'Content-Type': 'text/plain' }],
  ])('is refused when it %s: 403, with a page', async (_why, headers) => {
    const { check } = await openCheckWorld();

    const english = await check(FORM, { headers });
    const french = await check(FORM, { headers, locale: 'fr' });

    expect([english.status, french.status]).toEqual([403, 403]);
    expect(headingOf(await english.text())).toBe(PAGE_WORDS.en.foreign.title);
    expect(headingOf(await french.text())).toBe(PAGE_WORDS.fr.foreign.title);
    expect(english.headers.get('Content-Security-Policy')).toContain("default-src 'none'");
  });

  it.each([
    ['under the published name, but without its lock', 'draws.example.org', 'http://draws.example.org', 403],
    ['under the published name', 'draws.example.org', 'https://draws.example.org', 200],
    ['under another name that it was asked by', 'localhost:8080', 'http://localhost:8080', 200],
    ['from another name than it was asked by', 'localhost:8080', 'http://draws.example.org', 403],
  ])('that comes over a connection %s is answered accordingly', async (_what, host, from, status) => {
    const { app } = await openCheckWorld();
    const origin = await serveApp(app);
    const head = [`Host: ${host}`, `Origin: ${from}`, 'Content-Length: 7', 'Connection: close'];

    const answer = await exchange(origin, `POST /en/check/ HTTP/1.1\r\n${head.join('\r\n')}\r\n\r\ncrs=500`);

    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  });

  it('is not taken for a page that is only read', async () => {
    const { app } = await openCheckWorld();

    const answer = await app.request('/en/check/', { headers: { Origin: 'https://evil.example' } });

    expect(answer.status).toBe(200);
  });
});
