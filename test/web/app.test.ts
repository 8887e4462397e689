// Which page is where, what every answer tells the browser, and what the operator hears of a fault.

import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { countRows } from '../support/store.ts';
import { exchange, headingOf, linkOf, openWebWorld, serveApp } from './world.ts';

const STRICT = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
};
const FOR_ONE = { 'cache-control': 'no-store', 'x-robots-tag': 'noindex' };
const FOR_ALL = { 'cache-control': 'public, max-age=60', 'x-robots-tag': 'all' };

describe('every answer', () => {
  it.each([
    ['GET', '/', 302, FOR_ONE],
    ['GET', '/en/', 200, FOR_ALL],
    ['HEAD', '/fr/', 200, FOR_ALL],
    ['GET', '/fr/about/', 200, FOR_ALL],
    ['GET', '/robots.txt', 200, FOR_ALL],
    ['GET', '/healthz', 200, FOR_ONE],
    ['GET', '/nowhere', 404, FOR_ONE],
    ['GET', '/en/about', 308, FOR_ONE],
    ['POST', '/en/', 405, FOR_ONE],
    ['GET', '/unsubscribe/wrong', 404, FOR_ONE],
    ['GET', 'link', 200, FOR_ONE],
    ['POST', 'link', 200, FOR_ONE],
    ['GET', '/\\', 400, FOR_ONE],
  ])(
    'to %s %s forbids scripts, frames and strangers, and keeps to itself what is for one',
    async (method, path, status, kept) => {
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
      expect(Object.fromEntries(headers)).toMatchObject({ ...STRICT, ...kept });
      expect(['set-cookie', 'server', 'x-powered-by'].filter((name) => headers.has(name))).toEqual([]);
      expect(headers.has('location')).toBe(status === 302 || status === 308);
    },
  );
});

describe('the way in', () => {
  it.each([
    ['fr-CA,fr;q=0.9,en;q=0.8', 'fr/'],
    ['en-CA,fr;q=0.5', 'en/'],
    ['de, fr;q=0.1', 'fr/'],
    ['fr;q=0', 'en/'],
    ['de', 'en/'],
    [undefined, 'en/'],
  ])('for a browser that asks for %s leads to %s', async (asked, location) => {
    const { app } = await openWebWorld();

    const answer = await app.request('/', {
      headers: asked === undefined ? {} : { 'Accept-Language': asked },
    });

    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toBe(location);
    expect(answer.headers.get('vary')).toBe('Accept-Language');
  });

  it.each([
    ['/drawbell', '/drawbell/en/'],
    ['/drawbell/', '/drawbell/en/'],
    ['/drawbell/fr', '/drawbell/fr/'],
    ['/en', '/en/'],
    ['/en?a=b', '/en/?a=b'],
    ['/fr/about', '/fr/about/'],
    ['/fr/about?a=b&c', '/fr/about/?a=b&c'],
  ])('from %s comes out at %s', async (path, target) => {
    const { app } = await openWebWorld({ publicUrl: 'https://example.org/drawbell' });

    const answer = await app.request(path);

    const location = answer.headers.get('location') ?? '';
    expect(new URL(location, `https://example.org${path}`).href).toBe(`https://example.org${target}`);
    expect((await app.request(target)).status).toBe(200);
  });

  it.each([
    '/en//evil.example',
    '/en/https:evil.example',
    '/en/https:evil',
    '/en/http:evil',
    '/en/javascript:alert(1)',
    '/en//evil',
    '//evil.example/en/x',
    '/en/%5C%5Cevil',
    '/en/%2F%2Fevil',
    '/en/%zz',
    '/en/%E0%A4%A',
    '/en/a%0d%0aSet-Cookie:b=c',
    '/en/../..//evil',
    '/fr/%2e%2e/%2e%2e/evil',
  ])('by %s leads to no other site, and is no fault of ours', async (path) => {
    const { app, warnings } = await openWebWorld();
    const origin = await serveApp(app);

    const answer = await exchange(origin, `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);

    const location = /^location: (.*)$/im.exec(answer)?.[1]?.trim() ?? '.';
    expect(answer).toMatch(/^HTTP\/1\.1 (308|404) /);
    expect(new URL(location, `https://x${path}`).host).toBe('x');
    expect(answer).not.toMatch(/^set-cookie/im);
    expect(warnings).toEqual([]);
  });

  it('does not add a slash to the name of a file, nor to what was posted', async () => {
    const { app } = await openWebWorld();

    const answers = [
      await app.request('/en/draws.csv2'),
      await app.request('/en/nowhere', { method: 'POST' }),
      await app.request('/nowhere'),
      await app.request('/feeds/en/draws'),
      await app.request('/api/en/draws'),
      await app.request('/nowhere/fr/history'),
    ];

    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404));
  });
});

describe('the style', () => {
  it('is one small file whose name changes with what is in it, kept for good', async () => {
    const { app } = await openWebWorld();
    const page = await (await app.request('/en/')).text();
    const [link = ''] = page.match(/(?<=<link rel="stylesheet" href="\.\.)[^"]+/) ?? [];

    const answer = await app.request(link);

    const style = await answer.text();
    const hash = createHash('sha256').update(style).digest('hex').slice(0, 12);
    expect(link).toBe(`/style-${hash}.css`);
    expect(answer.headers.get('content-type')).toBe('text/css; charset=utf-8');
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(Buffer.byteLength(style)).toBeLessThan(20 * 1024);
    expect(gzipSync(style).length).toBeLessThan(6 * 1024);
    expect(style).not.toMatch(/@import|url\(|expression/);
  });

  it('is all there is: no page has a script, a style of its own, or anything from elsewhere', async () => {
    const { app, amina } = await openWebWorld();
    const paths = ['/en/', '/fr/', '/en/about/', linkOf(amina), '/nowhere'];

    const pages = await Promise.all(paths.map(async (path) => (await app.request(path)).text()));

    for (const page of pages) {
      expect(page).not.toMatch(/<script|<style|\sstyle=|\son\w+=|<iframe|<form[^>]+action=/i);
      expect([...page.matchAll(/(?:src|<link[^>]+href)="([^"]*)"/g)].map((match) => match[1])).not.toContain(
        expect.stringMatching(/^(https?:)?\/\//),
      );
    }
  });
});

describe('the pages', () => {
  it.each(['https://example.org/drawbell', 'https://example.org/drawbell/'])(
    'of %s are found with the path and without',
    async (publicUrl) => {
      const { app, amina } = await openWebWorld({ publicUrl });
      const paths = ['', '/drawbell'].flatMap((base) => [
        `${base}/en/`,
        base + linkOf(amina),
        `${base}/nowhere`,
      ]);

      const answers = await Promise.all(paths.map((path) => app.request(path)));

      expect(answers.map(({ status }) => status)).toEqual([200, 200, 404, 200, 200, 404]);
    },
  );

  it.each(['/nowhere', '/a/b/c/', '/en/a/b/', '/drawbell/nowhere/deep', '/drawbell/fr/x/y/', '//a//b'])(
    'link from %s to pages that are there, wherever a proxy has put them',
    async (place) => {
      const publicUrl = 'https://example.org/drawbell';
      const { app } = await openWebWorld({ publicUrl });
      const page = await (await app.request(`https://example.org${place}`)).text();
      const at = new URL(`https://example.org${place}`);

      const links = [...page.matchAll(/ (?:href|src)="([^"]*)"/g)].map(
        (match) => new URL(match[1] as string, at),
      );
      const homes = links.filter(({ pathname }) =>
        /(style-\w+\.css|icon\.svg|\/(en|fr)\/(about\/)?)$/.test(pathname),
      );
      const answers = await Promise.all(homes.map(({ pathname }) => app.request(pathname)));

      expect(homes.length).toBeGreaterThan(4);
      expect(new Set(homes.map(({ origin }) => origin))).toEqual(new Set(['https://example.org']));
      expect(answers.map(({ status }) => status)).toEqual(homes.map(() => 200));
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
    ['DELETE', '/en/', 405, 'GET, HEAD'],
    ['OPTIONS', '/fr/about/', 405, 'GET, HEAD'],
    ['DELETE', '/drawbell/unsubscribe/x', 405, 'GET, HEAD, POST'],
    ['POST', '/nowhere', 404, null],
    ['PUT', '/nowhere', 404, null],
  ])('answer %s %s with %i', async (method, path, status, allow) => {
    const { app } = await openWebWorld({ publicUrl: 'https://example.org/drawbell' });

    const answer = await app.request(path, { method });

    expect(answer.status).toBe(status);
    expect(answer.headers.get('allow')).toBe(allow);
    expect(await answer.text()).toContain('<main id="main">');
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

  it.each([
    ['/en/nowhere/', 'fr', 'There is no such page'],
    ['/fr/nowhere/', 'en', 'Cette page n’existe pas'],
    ['/drawbell/fr/nowhere/', 'en', 'Cette page n’existe pas'],
    ['/french/', 'en', 'There is no such page'],
  ])('below %s speak its language, whatever the browser asks for (%s)', async (path, asked, heading) => {
    const { app } = await openWebWorld({ publicUrl: 'https://example.org/drawbell' });

    const answer = await app.request(path, { headers: { 'Accept-Language': asked } });

    expect(answer.status).toBe(404);
    expect(headingOf(await answer.text())).toBe(heading);
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

    const answers = [await app.request(linkOf(amina)), await app.request('/fr/about/')];

    expect(answers.map(({ status }) => status)).toEqual([500, 200]);
    expect(warnings).toEqual([expect.stringContaining('a page could not be served: ')]);
    expect(warnings.join()).not.toContain(amina);
  });
});
