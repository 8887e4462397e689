// The page about feeds and the API: made of the document itself, in both languages, for both kinds of site.

import { load } from 'cheerio';
import { describe, expect, it } from 'vitest';
import { EVENT_TYPES } from '../../src/event/event.ts';
import type { Locale } from '../../src/match/notice.ts';
import { apiDocument } from '../../src/web/api/static.ts';
import type { Archive } from '../../src/web/archive.ts';
import { allFeeds } from '../../src/web/feeds/index.ts';
import { apiPage } from '../../src/web/pages/api.ts';
import { writePage } from '../../src/web/pages/frame.ts';
import { PATHS } from '../../src/web/paths.ts';
import { type Site, viewOf } from '../../src/web/site.ts';
import { API_WORDS } from '../../src/web/text/api.ts';
import { openArchiveWorld, shippedArchive } from './archive-world.ts';
import { archiveWith, drawLike } from './history-draws.ts';

const SERVED: Site = { kind: 'served', origin: 'https://draws.example.org', sender: null, operator: null };
const STATIC: Site = { ...SERVED, kind: 'static', origin: null };
const LOCALES = ['en', 'fr'] as const;

function pageOf(site: Site, locale: Locale, archive: Archive = shippedArchive()): string {
  const view = viewOf(site, locale, PATHS.api(locale));
  return writePage(view, apiPage(view, archive, apiDocument(site)));
}

/** Where its links to other pages lead, from the root. */
function pathsOf(page: string, locale: Locale): string[] {
  const html = load(page);
  return html('main a[href]:not([href^="#"])')
    .toArray()
    .map(
      (link) => new URL(html(link).attr('href') ?? '', `https://here.example.org/${locale}/api/`).pathname,
    );
}

describe.each(LOCALES)('the page in %s', (locale) => {
  it('leads to every feed of its language, and to the document', () => {
    const feeds = [...allFeeds(shippedArchive(), SERVED)].map(({ path }) => path);

    expect(pathsOf(pageOf(SERVED, locale), locale)).toEqual([
      ...feeds.filter((path) => path.startsWith(`/feeds/${locale}/`)),
      '/api/openapi.json',
    ]);
  });

  it.each([SERVED, STATIC])(
    'begins with links to its parts, and lists the operations of each (%#)',
    (site) => {
      const html = load(pageOf(site, locale));

      const parts = html('nav.contents a').toArray();
      const listed = html('.operations a').toArray();

      expect(parts.map((link) => [html(link).attr('href')?.slice(1), html(link).text()])).toEqual(
        html('main h2')
          .toArray()
          .map((heading) => [html(heading).attr('id'), html(heading).text()]),
      );
      expect(listed.length).toBeGreaterThan(3);
      for (const link of listed) expect(html(html(link).attr('href')).text()).toBe(html(link).text());
    },
  );

  it('tells of every operation with a command that can be tried', () => {
    const html = load(pageOf(SERVED, locale));

    const operations = Object.entries(apiDocument(SERVED).paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );

    expect(
      html('h3 code')
        .toArray()
        .map((code) => html(code).text())
        .sort(),
    ).toEqual(operations.sort());
    const commands = html('h4 + pre')
      .toArray()
      .map((code) => html(code).text());
    expect(commands).toHaveLength(operations.length);
    expect(commands).toContain('curl "https://draws.example.org/api/draws?type=cec&limit=2"');
    expect(commands).toContain('curl "https://draws.example.org/api/draws/ircc-297"');
    expect(commands.every((command) => !/[{}]/.test(command.replace(/-d '.*'/s, '')))).toBe(true);
    expect(html('main').text()).toContain('304');
  });

  it('has one heading of the first rank, ids of their own, and stays below 100 KB', () => {
    const page = pageOf(SERVED, locale);
    const html = load(page);

    const ids = html('[id]')
      .toArray()
      .map((one) => html(one).attr('id'));

    expect(html('h1').text()).toBe(API_WORDS[locale].title);
    expect(new Set(ids).size).toBe(ids.length);
    expect(html('[style], script').length).toBe(0);
    expect(html('table').length).toBe(html('table > caption').length);
    expect(Buffer.byteLength(page)).toBeLessThan(100_000);
  });

  it('names every event that webhooks are sent', () => {
    const html = load(pageOf(SERVED, locale));

    expect(
      html('#webhooks ~ table th[scope=row]')
        .toArray()
        .map((one) => html(one).text()),
    ).toEqual([...EVENT_TYPES]);
  });

  it('tells of a static site only what is there', () => {
    const page = pageOf(STATIC, locale);
    const html = load(page);

    expect(
      html('h3 code')
        .toArray()
        .map((code) => html(code).text()),
    ).toEqual([
      'GET /api/draws.json',
      'GET /api/draws/{id}.json',
      'GET /api/types.json',
      'GET /api/pool.json',
    ]);
    expect(html('h4 + pre').first().text()).toBe('curl "$DRAWBELL/api/draws.json"');
    expect(html('main').text()).toContain('$DRAWBELL');
    expect(page).not.toMatch(/webhook-id|POST|Bearer|ETag/);
  });

  it('has the name of a type that nobody knows, as text', () => {
    const draw = drawLike('500', { type: 'other:odd', label: '<b>Odd</b>' });

    const page = pageOf(SERVED, locale, archiveWith([draw]));

    expect(page).toContain('&lt;b&gt;Odd&lt;/b&gt;');
    expect(page).not.toContain('<b>');
  });
});

it('has words in French for every operation', () => {
  const ids = Object.values(apiDocument(SERVED).paths).flatMap((methods) =>
    Object.values(methods).map(({ operationId = '' }) => operationId),
  );

  expect(ids.filter((id) => !(id in API_WORDS.fr.summaries))).toEqual([]);
});

it('marks what stays English in French', () => {
  const html = load(pageOf(SERVED, 'fr'));

  expect(html('dd span[lang=en]').length).toBeGreaterThan(20);
  expect(load(pageOf(SERVED, 'en'))('[lang=en] [lang=en]').length).toBe(0);
});

it('is served, and printed once for as long as the draws are the same', async () => {
  const { app, page } = await openArchiveWorld();

  const text = await page('/fr/api/');
  const answer = await app.request('/fr/api/');
  const again = await app.request('/fr/api/', {
    headers: { 'If-None-Match': answer.headers.get('ETag') ?? '' },
  });

  expect(text).toBe(pageOf({ ...SERVED, sender: 'Draws of Example', operator: null }, 'fr'));
  expect(again.status).toBe(304);
});
