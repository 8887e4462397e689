// Which page is where, what every answer tells the browser, and what the operator hears of a fault.

import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { countRows } from '../support/store.ts';
import { exchange, headingOf, linkOf, openWebWorld, serveApp } from './world.ts';

describe('every answer', () => {
  it.each([
    ['GET', '/', 200],
    ['HEAD', '/', 200],
    ['GET', '/nowhere', 404],
    ['POST', '/', 405],
    ['GET', '/unsubscribe/wrong', 404],
    ['GET', 'link', 200],
    ['POST', 'link', 200],
    ['GET', '/\\', 400],
  ])('to %s %s forbids scripts, frames, strangers, caches and referrers', async (method, path, status) => {
    const { app, amina } = await openWebWorld();
    const origin = await serveApp(app);
    const target = path === 'link' ? linkOf(amina) : path;

    const answer = await exchange(
      origin,
      `${method} ${target} HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`,
    );

    const [head = ''] = answer.split('\r\n\r\n');
    const headers = new Headers(
      head
        .split('\r\n')
        .slice(1)
        .map((line) => line.split(': ') as [string, string]),
    );
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(Object.fromEntries(headers)).toMatchObject({
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-robots-tag': 'noindex',
    });
    const policy = headers.get('content-security-policy')?.split('; ') ?? [];
    expect(policy.map((directive) => directive.replace(/sha256-[\w+/=]{44}/, 'HASH'))).toEqual([
      "default-src 'none'",
      "style-src 'HASH'",
      "form-action 'self'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
    ]);
    expect(['set-cookie', 'server', 'x-powered-by', 'location'].filter((name) => headers.has(name))).toEqual(
      [],
    );
  });
});

describe('the pages', () => {
  it.each(['https://example.org/drawbell', 'https://example.org/drawbell/'])(
    'of %s are found with the path and without',
    async (publicUrl) => {
      const { app, amina } = await openWebWorld({ publicUrl });
      const paths = ['', '/drawbell'].flatMap((base) => [
        `${base}/`,
        base + linkOf(amina),
        `${base}/nowhere`,
      ]);

      const answers = await Promise.all(paths.map((path) => app.request(path)));

      expect(answers.map(({ status }) => status)).toEqual([200, 200, 404, 200, 200, 404]);
    },
  );

  it.each([
    ['https://example.org/unsubscribe', '/unsubscribe'],
    ['https://example.org/caf%C3%A9/a%20b', '/caf%C3%A9/a%20b'],
    ['https://example.org', ''],
    ['https://example.org/?a=b#c', ''],
  ])('of %s are found, whatever the path is called', async (publicUrl, base) => {
    const { app, amina } = await openWebWorld({ publicUrl });

    const answers = await Promise.all([linkOf(amina), base + linkOf(amina)].map((path) => app.request(path)));

    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  });

  it('are there without a public URL', async () => {
    const { app, amina } = await openWebWorld({ publicUrl: null });

    const { status } = await app.request(linkOf(amina));

    expect(status).toBe(200);
  });

  it('post to where they stand, so that no proxy can lose the path', async () => {
    const { app, amina } = await openWebWorld({ publicUrl: 'https://example.org/drawbell' });

    const page = await (await app.request(linkOf(amina))).text();

    expect(page).toContain('<form method="post">');
  });

  it.each([
    ['PUT', '/', 405, 'GET, HEAD'],
    ['POST', '/drawbell', 405, 'GET, HEAD'],
    ['OPTIONS', '/', 405, 'GET, HEAD'],
    ['DELETE', '/drawbell/unsubscribe/x', 405, 'GET, HEAD, POST'],
    ['POST', '/nowhere', 404, null],
    ['PUT', '/nowhere', 404, null],
  ])('answer %s %s with %i', async (method, path, status, allow) => {
    const { app } = await openWebWorld({ publicUrl: 'https://example.org/drawbell' });

    const answer = await app.request(path, { method });

    expect(answer.status).toBe(status);
    expect(answer.headers.get('allow')).toBe(allow);
    expect(await answer.text()).toContain('<main>');
  });

  it('say in both languages what is not there', async () => {
    const { app } = await openWebWorld();

    const pages = ['en', 'fr'].map((language) =>
      app.request('/nowhere/<b>', { headers: { 'Accept-Language': language } }),
    );

    const texts = await Promise.all(pages.map(async (page) => (await page).text()));
    expect(texts.map(headingOf)).toEqual(['There is no such page', 'Cette page n’existe pas']);
    expect(texts.join()).not.toContain('nowhere');
  });
});

describe('a fault of ours', () => {
  it('is a page with 500, changes nothing, and reaches the operator without the link or an address', async () => {
    const clock = {
      now(): Date {
        throw new RangeError(`no date at ${link} nor ${token}, for <amina@example.org>`);
      },
    };
    const { amina, post, readers, warnings } = await openWebWorld(clock);
    const link = linkOf(amina);
    const token = link.split('/').at(-1);

    const answer = await post(link);

    const page = await answer.text();
    expect(answer.status).toBe(500);
    expect(headingOf(page)).toBe('Something went wrong here');
    expect(page).not.toContain('RangeError');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(warnings).toEqual(['a page could not be served: RangeError: no date at … nor … for <<address>>']);
    expect(await readers()).toEqual(['amina@example.org', 'bruno@example.org']);
  });

  it('in the middle of unsubscribing leaves everything as it was, so that it can be tried again', async () => {
    const { amina, post, readers, db } = await openWebWorld();
    await sql`CREATE TRIGGER stuck BEFORE DELETE ON subscribers BEGIN SELECT raise(ABORT, 'stuck'); END`.execute(
      db,
    );

    const first = await post(linkOf(amina));
    const before = await countRows(db);
    await sql`DROP TRIGGER stuck`.execute(db);
    const second = await post(linkOf(amina));

    expect([first.status, second.status]).toEqual([500, 200]);
    expect(before).toMatchObject({ subscribers: 2, suppressions: 0 });
    expect(await readers()).toEqual(['bruno@example.org']);
  });

  it('is told when the database is gone, and the next page is served', async () => {
    const { app, amina, db, warnings } = await openWebWorld();
    await db.destroy();

    const answers = [await app.request(linkOf(amina)), await app.request('/')];

    expect(answers.map(({ status }) => status)).toEqual([500, 200]);
    expect(warnings).toEqual([expect.stringContaining('a page could not be served: ')]);
    expect(warnings.join()).not.toContain(amina);
  });
});
