// The pages of the history: what is where, what stands on them, and the same draws as files.

import { describe, expect, it } from 'vitest';
import { listDraws, withdrawDraws } from '../../src/store/draws.ts';
import { inTransaction } from '../../src/store/open.ts';
import { writePage } from '../../src/web/pages/frame.ts';
import { historyPage } from '../../src/web/pages/history.ts';
import { PATHS, relative } from '../../src/web/paths.ts';
import { ALL_DRAWS, type Selection, selectDraws, staticSelections } from '../../src/web/selection.ts';
import { type Site, viewOf } from '../../src/web/site.ts';
import { shippedDraws } from '../draw/history.ts';
import { archiveWith, drawLike, shippedArchive, storeDraws } from './history-draws.ts';
import { headingOf, openWebWorld, type WebWorld } from './world.ts';

const LARGEST_PAGE = 100_000;

async function openHistory(draws = shippedDraws()): Promise<WebWorld> {
  const world = await openWebWorld();
  await storeDraws(world.db, draws);
  return world;
}

function write(
  archive: ReturnType<typeof shippedArchive>,
  selection: Selection,
  kind: Site['kind'] = 'served',
  locale: 'en' | 'fr' = 'en',
): string {
  const view = viewOf(
    { kind, origin: null, sender: null, operator: null },
    locale,
    PATHS.history(locale, selection),
  );
  return writePage(view, historyPage(view, archive, selection, selectDraws(archive, selection)));
}

/** The cells of each row of the table of draws, as text. */
function rowsOf(page: string): string[][] {
  const body = /<table class="draws">.*?<tbody>(.*?)<\/tbody>/s.exec(page)?.[1] ?? '';
  return [...body.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = '']) =>
    [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/g)].map(([, cell = '']) => cell.replace(/<[^>]+>/g, '')),
  );
}

function linksOf(page: string): string[] {
  return [...page.matchAll(/ href="([^"#]*)"/g)].map(([, href = '']) => href);
}

describe('a page of the history', () => {
  it.each([
    ['/en/history/', 'History of draws', 100],
    ['/fr/history/', 'Historique des rondes', 100],
    ['/en/history/page-5/', 'History of draws, page 5', 27],
    ['/en/history/cec/2024/lowest/', 'Canadian Experience Class: draws of 2024', 10],
    ['/fr/history/2016/', 'Rondes de 2016', 27],
  ])('at %s shows its draws', async (path, heading, rows) => {
    const { app } = await openHistory();

    const answer = await app.request(path);

    const page = await answer.text();
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('public, max-age=60');
    expect(headingOf(page)).toBe(heading);
    expect(rowsOf(page)).toHaveLength(rows);
  });

  it('has of each draw what was published, and links to its page and its type', async () => {
    const { app } = await openHistory();

    const page = await (await app.request('/en/history/cec/2024/')).text();

    const row = rowsOf(page).find(([number]) => number === '297');
    expect(row).toEqual([
      '297',
      'May 31, 2024',
      'Canadian Experience Class',
      '522',
      '3,000',
      '224,404 as of May 29, 2024',
    ]);
    expect(page).toContain('<a href="../../../../en/draws/ircc-297/">297</a>');
    expect(page).toContain('<a href="../../../../en/types/cec/">');
  });

  it('says what was not published, and makes no zero of it', () => {
    const draws = [drawLike('900', { cutoff: null, invitations: null, pool: null }), drawLike('901')];

    const rows = rowsOf(write(archiveWith(draws), ALL_DRAWS));

    expect(rows.find(([number]) => number === '900')?.slice(3)).toEqual([
      'not published',
      'not published',
      'not published',
    ]);
  });

  it('says by which figure it is ordered, and its headings lead to the other orders', async () => {
    const { app } = await openHistory();

    const page = await (await app.request('/en/history/cec/lowest/')).text();

    const headings = [...page.matchAll(/<th scope="col"[^>]*><a.*?<\/th>/g)].map(([heading]) => heading);
    expect(headings.map((heading) => /aria-sort="(\w+)"/.exec(heading)?.[1])).toEqual([
      undefined,
      'ascending',
      undefined,
    ]);
    expect(headings.map((heading) => /href="([^"]+)"/.exec(heading)?.[1])).toEqual(
      ['cec/', 'cec/highest/', 'cec/largest/'].map((path) => `../../../../en/history/${path}`),
    );
    const cutoffs = rowsOf(page).map((row) => Number(row[3]));
    expect(cutoffs).toEqual(cutoffs.toSorted((a, b) => a - b));
  });

  it('leads to the pages before and after it, in the same order', async () => {
    const { app } = await openHistory();

    const page = await (await app.request('/en/history/oldest/page-2/')).text();

    const pager = /<nav class="pages".*?<\/nav>/s.exec(page)?.[0] ?? '';
    expect(linksOf(pager)).toEqual(
      ['', '', 'page-3/', 'page-4/', 'page-5/', 'page-3/'].map(
        (path) => `../../../../en/history/oldest/${path}`,
      ),
    );
    expect(pager).toContain('<span aria-current="page">Page 2</span>');
  });

  it('has the chart of all draws selected where there are several pages, on the first', async () => {
    const { app } = await openHistory();

    const pages = await Promise.all(
      ['', 'lowest/', 'page-2/'].map(async (path) => (await app.request(`/en/history/${path}`)).text()),
    );

    expect(pages.map((page) => page.includes('<figure class="chart">'))).toEqual([true, true, false]);
    expect(pages[0]).toContain('427 draws with cut-offs');
  });

  it.each([
    ['/en/history', '/en/history/'],
    ['/draws/fr/history?type=cec', '/draws/fr/history/?type=cec'],
  ])('is not at %s, where its links would lead elsewhere, but at %s', async (path, target) => {
    const world = await openWebWorld({ publicUrl: 'https://example.org/draws' });
    await storeDraws(world.db, shippedDraws());

    const answer = await world.app.request(path);

    const location = answer.headers.get('location') ?? '';
    expect(answer.status).toBe(308);
    expect(new URL(location, `https://example.org${path}`).href).toBe(`https://example.org${target}`);
  });

  it('is the same in the other language', async () => {
    const { app } = await openHistory();

    const page = await (await app.request('/en/history/cec/2024/')).text();

    expect(page).toContain('<a class="language" href="../../../../fr/history/cec/2024/"');
  });

  it('is made anew when a draw comes or goes, and not before', async () => {
    let now = Date.parse('2024-06-01T12:00:00Z');
    const { app, db } = await openWebWorld({ now: () => new Date(now) });
    await storeDraws(db, [drawLike('900'), drawLike('901', { date: '2024-05-30' })]);
    const first = await app.request('/en/history/');
    const etag = first.headers.get('etag') ?? '';

    const again = await app.request('/en/history/', { headers: { 'If-None-Match': etag } });
    await inTransaction(db, (trx) => withdrawDraws(trx, ['ircc:900'], '2024-06-01T12:00:01.000Z'));
    now += 5_000;
    const later = await app.request('/en/history/', { headers: { 'If-None-Match': etag } });

    expect(again.status).toBe(304);
    expect(later.status).toBe(200);
    expect(rowsOf(await later.text()).map(([number]) => number)).toEqual(['901']);
  });

  it.each([
    'nothing/',
    '2014/',
    'french/2016/',
    'newest/',
    'page-1/',
    'page-6/',
    'cec/page-2/',
    '2024/cec/',
    'cec/2024/nothing/',
    'cec//',
    '%63ec/x/',
    '%E0%A4%A/',
    '..%2f..%2fetc/',
  ])('at /en/history/%s is not there, and the page says so and helps', async (path) => {
    const { app, warnings } = await openHistory();

    const answer = await app.request(`/en/history/${path}`);

    const page = await answer.text();
    expect(answer.status).toBe(404);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(headingOf(page)).toBe('There are no such draws');
    expect(page).toContain('<form class="filter"');
    expect(warnings).toEqual([]);
  });

  it('without draws keeps what was asked for', async () => {
    const { app } = await openHistory();

    const page = await (await app.request('/fr/history/french/2016/')).text();

    expect(page).toContain('Aucune ronde n’est connue du type Compétence linguistique en français en 2016.');
    expect(page).toContain('<option value="french" selected>');
    expect(page).toContain('<option value="2016" selected>');
  });

  it('is a page that helps while no draw is known', async () => {
    const { app } = await openWebWorld();

    const answer = await app.request('/en/history/');

    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain('No draw is known.');
  });

  it('makes text of whatever a publisher calls a draw', () => {
    const label = '"><script>alert(1)</script>\u202e';
    const draws = [
      drawLike('900', { type: 'other:script', label, number: '<b>' }),
      drawLike('901', { type: 'other:script', label }),
    ];

    const pages = [ALL_DRAWS, { ...ALL_DRAWS, type: 'other:script' as const }].map((selection) =>
      write(archiveWith(draws), selection),
    );

    for (const page of pages) {
      expect(page).not.toMatch(/<script|<b>|\u202e/);
      expect(page).toContain('&lt;script&gt;');
    }
  });

  it.each(['en', 'fr'] as const)(
    'stays under 100 KB in %s, also with three times the draws and long names',
    (locale) => {
      const label = '“A category with a name that never ends & goes on and on”'.repeat(5);
      const more = Array.from({ length: 1_000 }, (_, index) =>
        drawLike(`9${index}`, {
          type: 'other:a-category-with-a-name-that-never-ends-goes-on-and-on',
          label,
          date: new Date(Date.UTC(2026, 6, 11 + 2 * index)).toISOString().slice(0, 10),
          cutoff: 300 + (index % 300),
        }),
      );
      const archive = archiveWith([...shippedDraws(), ...more]);

      const sizes = staticSelections(archive).map((one) =>
        Buffer.byteLength(write(archive, one, 'served', locale)),
      );

      expect(Math.max(...sizes)).toBeLessThan(LARGEST_PAGE);
    },
    90_000,
  );
});

describe('the form', () => {
  it.each([
    ['?type=cec&year=2024&sort=lowest', '/en/history/cec/2024/lowest/'],
    ['?type=&year=&sort=newest', '/en/history/'],
    ['?year=2016', '/en/history/2016/'],
    ['?type=french&year=2016', '/en/history/french/2016/'],
    ['?type=cec&type=pnp', '/en/history/cec/'],
  ])('leads with %s to the path of the page', async (query, path) => {
    const { app } = await openHistory();

    const answer = await app.request(`/en/history/${query}`);

    expect(answer.status).toBe(302);
    const location = answer.headers.get('location') ?? '';
    expect(location).not.toMatch(/^\/|:/);
    expect(new URL(location, 'https://example.org/below/en/history/').pathname).toBe(`/below${path}`);
  });

  it.each(['?type=poets', '?year=1', '?sort=best', '?type=<script>', '?type=constructor'])(
    'helps whoever asks for %s',
    async (query) => {
      const { app } = await openHistory();

      const answer = await app.request(`/en/history/${query}`);

      expect(answer.status).toBe(404);
      const page = await answer.text();
      expect(page).toContain('<form class="filter"');
      expect(page).not.toMatch(/poets|best|<script/);
    },
  );

  it('shows what is selected, and asks the page of all draws', async () => {
    const { app } = await openHistory();

    const page = await (await app.request('/en/history/cec/2024/lowest/')).text();

    expect(page).toContain('<form class="filter" method="get" action="../../../../../en/history/"');
    const chosen = [...page.matchAll(/<option value="([^"]*)" selected>/g)].map(([, value]) => value);
    expect(chosen).toEqual(['cec', '2024', 'lowest']);
  });

  it('leaves alone what is not its own', async () => {
    const { app } = await openHistory();

    const { status } = await app.request('/en/history/?utm_source=x');

    expect(status).toBe(200);
  });
});

describe('the draws as files', () => {
  it('hold all that are selected, newest first, whichever page they are asked from', async () => {
    const { app, db } = await openHistory();

    const answers = await Promise.all(
      ['', 'cec/', '2024/', 'cec/2024/'].map((path) => app.request(`/en/history/${path}draws.json`)),
    );

    const known = await listDraws(db);
    const files = await Promise.all(answers.map((answer) => answer.json()));
    expect(files).toEqual([
      { draws: known },
      { draws: known.filter(({ type }) => type === 'cec') },
      { draws: known.filter(({ date }) => date.startsWith('2024')) },
      { draws: known.filter(({ type, date }) => type === 'cec' && date.startsWith('2024')) },
    ]);
    expect(answers.map(({ headers }) => headers.get('content-type'))).toEqual(
      Array(4).fill('application/json'),
    );
  });

  it('come under a name that says what is in them, and may be read from anywhere', async () => {
    const { app } = await openHistory();

    const answer = await app.request('/fr/history/cec/2024/draws.csv');

    const { headers } = answer;
    expect(headers.get('content-disposition')).toBe('attachment; filename="draws-cec-2024.csv"');
    expect(headers.get('content-type')).toMatch(/^text\/csv; charset=utf-8/);
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('etag')).not.toBeNull();
    const lines = (await answer.text()).split('\r\n');
    expect(lines[0]).toMatch(/^id,source,number,date,/);
    expect(lines).toHaveLength(1 + 10 + 1);
  });

  it('are no formula to a spreadsheet', async () => {
    const draws = [drawLike('900', { type: 'other:sum', label: '=SUM(1,"2")' })];
    const { app } = await openHistory(draws);

    const csv = await (await app.request('/en/history/draws.csv')).text();

    expect(csv).toContain(`,"'=SUM(1,""2"")",`);
  });

  it('are where the page says, also from the other pages of the table', async () => {
    const { app } = await openHistory();

    const page = await (await app.request('/en/history/general/lowest/page-2/')).text();

    const files = linksOf(page).filter((href) => /history\/.*draws\./.test(href));
    expect(files).toEqual(
      ['csv', 'json'].map((format) => `../../../../../en/history/general/draws.${format}`),
    );
    expect(page).toContain('download="draws-general.csv"');
  });

  it.each([
    'lowest/draws.csv',
    'page-2/draws.csv',
    'nothing/draws.csv',
    'french/2016/draws.json',
    'draws.xls',
    'draws.csv.bak',
  ])('are not at %s', async (path) => {
    const { app } = await openHistory();

    const { status } = await app.request(`/en/history/${path}`);

    expect(status).toBe(404);
  });
});

describe('on a site of files', () => {
  const archive = shippedArchive();

  it('there is no form, and every link within the history leads to a page that was made', () => {
    const selections = staticSelections(archive);
    const made = new Set(
      selections.flatMap((one) => (['en', 'fr'] as const).map((locale) => PATHS.history(locale, one))),
    );

    for (const selection of selections) {
      const page = write(archive, selection, 'static');
      const at = `https://example.org${PATHS.history('en', selection)}`;
      const paths = linksOf(page).map((href) => new URL(href, at).pathname);
      const inHistory = paths.filter(
        (path) => path.includes('/history/') && !path.endsWith('draws.csv') && !path.endsWith('draws.json'),
      );
      expect(inHistory.filter((path) => !made.has(path))).toEqual([]);
      expect(page).not.toContain('<form');
    }
  });

  it('another order begins with its first page', () => {
    const page = write(archive, { ...ALL_DRAWS, page: 2 }, 'static');

    const filter = /<nav class="filter".*?<\/nav>/s.exec(page)?.[0] ?? '';
    expect(linksOf(filter).filter((href) => href.includes('page-'))).toEqual([]);
    expect(linksOf(filter)).toContain('../../../en/history/oldest/');
  });

  it('the links say what is chosen', () => {
    const page = write(archive, { ...ALL_DRAWS, type: 'cec', sort: 'lowest' }, 'static');

    const chosen = [...page.matchAll(/aria-current="true">([^<]+)</g)].map(([, text]) => text);
    expect(chosen).toEqual(['Canadian Experience Class', 'All years', 'Lowest cut-off first']);
    expect(page).toContain(`href="${relative('/en/history/cec/lowest/', '/en/history/2024/lowest/')}"`);
  });
});
