// Feeds: valid, the same for the same draws, harmless whatever a publisher writes, and new where something is corrected.

import { describe, expect, it } from 'vitest';
import type { Draw } from '../../src/draw/draw.ts';
import type { Archive } from '../../src/web/archive.ts';
import { allFeeds, feedFile } from '../../src/web/feeds/index.ts';
import { feedsOf } from '../../src/web/feeds/list.ts';
import type { FeedFormat } from '../../src/web/paths.ts';
import type { Site } from '../../src/web/site.ts';
import { shippedDraw, shippedDraws } from '../draw/history.ts';
import { openArchiveWorld, shippedArchive } from './archive-world.ts';
import { readAtom, readCalendar, readRss, unescaped } from './feeds-reading.ts';
import { archiveWith, drawLike } from './history-draws.ts';

const ORIGIN = 'https://draws.example.org';
const SITE: Site = { kind: 'served', origin: ORIGIN, sender: null, operator: null };
const NOWHERE: Site = { ...SITE, origin: null };
const ARCHIVE = shippedArchive();
const EMPTY = archiveWith([]);

function feed(
  archive: Archive,
  format: FeedFormat,
  { locale = 'en', of = 'draws', site = SITE }: { locale?: 'en' | 'fr'; of?: string; site?: Site } = {},
): string {
  const found = feedsOf(archive, locale).find((one) => one.of === of);
  if (!found) throw new Error(`no feed of ${of}`);
  return feedFile(archive, site, locale, format, found).body;
}

function read(archive: Archive, format: 'atom' | 'rss', options = {}) {
  return (format === 'atom' ? readAtom : readRss)(feed(archive, format, options));
}

describe.each(['atom', 'rss'] as const)('a feed in %s', (format) => {
  it('holds the newest 50 draws, each with a title, a link and an id of its own', () => {
    const { entries } = read(ARCHIVE, format);

    expect(entries.map(({ link }) => link)).toEqual(
      shippedDraws()
        .toReversed()
        .slice(0, 50)
        .map(({ number }) => `${ORIGIN}/en/draws/ircc-${number}/`),
    );
    expect(new Set(entries.map(({ id }) => id)).size).toBe(50);
    expect(
      entries.every(({ id }) =>
        /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id),
      ),
    ).toBe(true);
    expect(entries[0]?.title).toBe(
      'Senior managers with Canadian work experience draw #426: 500 invited, cut-off 392',
    );
  });

  it('says in its language what is special about a draw, and what its figures are', () => {
    const { entries, language } = read(ARCHIVE, format, { locale: 'fr', of: 'trades' });

    const returned = entries.find(({ link }) => link.endsWith('/ircc-408/'));

    expect(language).toBe('fr');
    expect(returned?.title).toMatch(/^Ronde n°\s408, .*\s: 3\s000\sinvitations, seuil\s477$/);
    expect(returned?.content).toMatch(/en 196\sjours/);
    expect(returned?.content).toMatch(/<li>Départage\u00a0: 14 février 2026/);
    expect(returned?.content).toContain('Information, et non conseil');
  });

  it('holds the draws of one type, and of no other', () => {
    const { title, page, self, entries } = read(ARCHIVE, format, { of: 'fst' });

    expect(title).toBe('Express Entry draws: Federal Skilled Trades');
    expect(page).toBe(`${ORIGIN}/en/types/fst/`);
    expect(self).toBe(`${ORIGIN}/feeds/en/fst.${format}`);
    expect(entries).toHaveLength(shippedDraws().filter(({ type }) => type === 'fst').length);
  });

  it('is valid without a draw, and has no date that comes from a clock', () => {
    const { entries, updated } = read(EMPTY, format, { of: 'military' });

    expect(entries).toEqual([]);
    expect(new Date(updated).getTime()).toBe(0);
  });

  it('leads to the official pages where the address of ours is not known', () => {
    const { self, page, entries } = read(ARCHIVE, format, { site: NOWHERE });

    expect(self).toBeUndefined();
    expect(page).toMatch(/^https:\/\/www\.canada\.ca\//);
    expect(entries.every(({ link }) => link.startsWith('https://www.canada.ca/'))).toBe(true);
  });
});

describe('JSON Feed', () => {
  it('has all that version 1.1 asks for', () => {
    const json = JSON.parse(feed(ARCHIVE, 'json', { locale: 'fr' }));

    expect(json).toMatchObject({
      version: 'https://jsonfeed.org/version/1.1',
      title: 'Rondes d’Entrée express',
      home_page_url: `${ORIGIN}/fr/history/`,
      feed_url: `${ORIGIN}/feeds/fr/draws.json`,
      language: 'fr',
      authors: [{ name: 'Drawbell' }],
    });
    expect(json.items).toHaveLength(50);
    for (const item of json.items) {
      expect(item).toMatchObject({
        id: expect.stringMatching(/^urn:uuid:/),
        url: expect.stringMatching(/^https:/),
        title: expect.any(String),
        content_html: expect.stringContaining('<li>'),
        date_published: expect.stringMatching(/Z$/),
        date_modified: expect.stringMatching(/Z$/),
      });
    }
  });

  it('is valid without a draw, and without an address', () => {
    const json = JSON.parse(feed(EMPTY, 'json', { site: NOWHERE }));

    expect(json).toMatchObject({ version: 'https://jsonfeed.org/version/1.1', items: [] });
    expect(json).not.toHaveProperty('feed_url');
  });
});

describe('a calendar', () => {
  it('holds every draw on its day, as nothing that fills the day', () => {
    const { properties, events } = readCalendar(feed(ARCHIVE, 'ics'));

    expect(properties).toMatchObject({ VERSION: '2.0', PRODID: '-//Drawbell//draws//EN' });
    expect(events).toHaveLength(427);
    expect(new Set(events.map(({ UID }) => UID)).size).toBe(427);
    expect(
      events.find(({ URL: url, ...rest }) => rest['URL;VALUE=URI']?.endsWith('/ircc-297/')),
    ).toMatchObject({
      'DTSTART;VALUE=DATE': '20240531',
      DTSTAMP: expect.stringMatching(/^20240531T\d{6}Z$/),
      TRANSP: 'TRANSPARENT',
      SUMMARY: 'Canadian Experience Class draw #297: 3\\,000 invited\\, cut-off 522',
      DESCRIPTION: expect.stringContaining('in 990 days'),
    });
  });

  it('has a name that may hold what separates values', () => {
    const draw = drawLike('500', { type: 'other:odd', label: 'Odd; one, of \\ a kind' });

    const { properties } = readCalendar(feed(archiveWith([draw]), 'ics', { of: 'other:odd' }));

    expect(properties.NAME).toContain('Odd\\; one\\, of \\\\ a kind');
    expect(unescaped(properties['X-WR-CALNAME'])).toContain('Odd; one, of \\ a kind');
  });

  it('is valid without a draw', () => {
    expect(readCalendar(feed(EMPTY, 'ics')).events).toEqual([]);
  });
});

describe('what a publisher writes', () => {
  const LABELS = [
    ']]><script>alert(1)</script><![CDATA[',
    'A & B < C > D "quoted" \'single\' &amp; &lt;b&gt;',
    'line\r\nBEGIN:VEVENT\r\nbreaks\u2028and\u0000controls\u0008',
    'turned \u202e\u2066 around \u200f, broken \ud800 in half, \ufffe\uffff nothing',
    '日本語のとても長い名前'.repeat(10),
  ];
  const draws = LABELS.map((label, index) =>
    drawLike(`${500 + index}`, { label, type: `other:odd-${index}`, url: 'javascript:alert(1)' }),
  );
  const archive = archiveWith(draws);

  it.each(['atom', 'rss'] as const)('stays text in %s', (format) => {
    const text = feed(archive, format);

    const { entries } = read(archive, format);

    expect(entries).toHaveLength(LABELS.length);
    expect(
      [...text].filter((sign) => /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cn}]/u.test(sign) && sign !== '\n'),
    ).toEqual([]);
    expect(text.isWellFormed()).toBe(true);
    expect(text).not.toMatch(/<script|javascript:/);
    expect(entries.map(({ title }) => title).join()).toContain(']]><script>alert(1)</script><![CDATA[');
    expect(entries.map(({ title }) => title).join()).toContain(
      'A & B < C > D "quoted" \'single\' &amp; &lt;b&gt;',
    );
  });

  it('stays text in JSON Feed', () => {
    const { items } = JSON.parse(feed(archive, 'json'));

    expect(items).toHaveLength(LABELS.length);
    expect(JSON.stringify(items.map((item: { content_html: string }) => item.content_html))).not.toMatch(
      /<script|javascript:/,
    );
  });

  it('stays text in a calendar, and opens no event of its own', () => {
    const { events } = readCalendar(feed(archive, 'ics'));

    expect(events).toHaveLength(LABELS.length);
    expect(events.map(({ SUMMARY }) => unescaped(SUMMARY)).join()).toContain(
      'line BEGIN:VEVENT breaks and controls',
    );
  });

  it('may be a page of its own, whose address has signs that separate values', () => {
    const url = 'https://example.org/a,b;c?q=1&r=<2>';
    const odd = archiveWith([drawLike('500', { url })]);

    const { entries } = read(odd, 'atom', { site: NOWHERE });
    const { events } = readCalendar(feed(odd, 'ics', { site: NOWHERE }));

    expect(entries[0]?.link).toBe('https://example.org/a,b;c?q=1&r=%3C2%3E');
    expect(events[0]?.['URL;VALUE=URI']).toBe('https://example.org/a%2Cb%3Bc?q=1&r=%3C2%3E');
  });
});

describe('the same draws', () => {
  it('make the same bytes', () => {
    const [first, second] = [ARCHIVE, shippedArchive()].map((archive) =>
      [...allFeeds(archive, SITE)].map(({ path, body }) => [path, body]),
    );

    expect(first).toEqual(second);
  });

  it('are in a feed for every type, in every language and form, each at a path of its own', () => {
    const paths = [...allFeeds(ARCHIVE, SITE)].map(({ path }) => path);

    expect(new Set(paths).size).toBe(paths.length);
    // 16 types and all of them, in two languages and four forms.
    expect(paths).toHaveLength(17 * 2 * 4);
    expect(paths).toEqual(expect.arrayContaining(['/feeds/fr/military.ics', '/feeds/en/draws.rss']));
  });

  it('have the same ids in every feed and wherever the pages stand', () => {
    const elsewhere = { ...SITE, origin: 'https://elsewhere.example.org/draws' };

    const ids = [SITE, elsewhere, NOWHERE].map((site) => read(ARCHIVE, 'atom', { site }).entries[0]?.id);

    // For life: whoever changes it makes every reader show every draw again.
    expect(new Set(ids)).toEqual(new Set(['urn:uuid:57a7faf3-3d54-8313-88eb-9bdd5f078d10']));
  });
});

describe('what happens to a draw', () => {
  const corrected: Draw = { ...shippedDraw(426), tieBreakAt: '2026-03-16T01:46:05Z' };

  it('is told by a new date where it was corrected, and by nothing else of its entry', async () => {
    const { page, take } = await openArchiveWorld();
    const before = readAtom(await page('/feeds/en/draws.atom'));

    await take({ draws: [corrected], at: '2026-12-01T10:00:00.000Z' });

    const after = readAtom(await page('/feeds/en/draws.atom'));
    const { events } = readCalendar(await page('/feeds/en/draws.ics'));
    expect(after.updated).toBe('2026-12-01T10:00:00.000Z');
    expect(after.entries[0]).toMatchObject({
      id: before.entries[0]?.id,
      title: before.entries[0]?.title,
      published: before.entries[0]?.published,
      updated: '2026-12-01T10:00:00.000Z',
    });
    expect(after.entries[0]?.content).toContain('March 16, 2026');
    expect(after.entries.slice(1)).toEqual(before.entries.slice(1));
    expect(events[0]).toMatchObject({ SEQUENCE: '1', DTSTAMP: '20261201T100000Z' });
  });

  it('is told by its absence where it was withdrawn', async () => {
    const { page, take } = await openArchiveWorld();

    await take({ withdrawn: ['ircc:426'], at: '2026-12-01T10:00:00.000Z' });

    const { entries, updated } = readAtom(await page('/feeds/en/draws.atom'));
    expect(entries[0]?.link).toMatch(/ircc-425\/$/);
    expect(updated).toBe('2026-12-01T10:00:00.000Z');
    expect(readCalendar(await page('/feeds/en/draws.ics')).events).toHaveLength(426);
  });
});

describe('asking for a feed', () => {
  it.each([
    ['atom', 'application/atom+xml; charset=utf-8'],
    ['rss', 'application/rss+xml; charset=utf-8'],
    ['json', 'application/feed+json'],
    ['ics', 'text/calendar; charset=utf-8'],
  ])('answers .%s as %s, to pages anywhere, and not twice to whoever has it', async (format, type) => {
    const { app } = await openArchiveWorld();
    const path = `/feeds/en/cec.${format}`;

    const answer = await app.request(path);
    const again = await app.request(path, { headers: { 'If-None-Match': answer.headers.get('ETag') ?? '' } });

    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': type,
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': 'public, max-age=60',
      'x-content-type-options': 'nosniff',
    });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe('');
  });

  it.each([
    '/feeds/de/draws.atom',
    '/feeds/en/draws.xml',
    '/feeds/en/draws/',
    '/feeds/en/nothing.atom',
    '/feeds/en/__proto__.atom',
    '/feeds/en/..%2Fdraws.atom',
    '/feeds/en/',
  ])('answers 404 to %s', async (path) => {
    const { app } = await openArchiveWorld([shippedDraw(297)]);

    const answer = await app.request(path);

    expect(answer.status).toBe(404);
  });

  it('is the same as the file of an export', async () => {
    const { page } = await openArchiveWorld();

    const served = await page('/feeds/fr/french.rss');

    expect(served).toBe(feed(ARCHIVE, 'rss', { locale: 'fr', of: 'french' }));
  });
});
