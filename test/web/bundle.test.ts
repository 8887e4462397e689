// The script of a static site: how large it is, what is in it, and that a browser answers with it as a server would.

import type { Browser, BrowserContext, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Locale } from '../../src/match/notice.ts';
import { readOccupations } from '../../src/store/reference.ts';
import type { Archive } from '../../src/web/archive.ts';
import { CHECK_DATA_PATH, checkData } from '../../src/web/browser/data.ts';
import { bundleChecker } from '../../src/web/bundle.ts';
import { checkPage } from '../../src/web/pages/check.ts';
import { answerForm, openForm } from '../../src/web/pages/check-answer.ts';
import { checkBody } from '../../src/web/pages/check-body.ts';
import { writePage } from '../../src/web/pages/frame.ts';
import type { RawForm } from '../../src/web/profile-form.ts';
import { type Site, viewOf } from '../../src/web/site.ts';
import { STYLE, STYLE_PATH } from '../../src/web/style/index.ts';
import { CHECK_WORDS } from '../../src/web/text/check.ts';
import { PROFILE_WORDS } from '../../src/web/text/profile.ts';
import type { SiteFile } from '../../src/web/write-site.ts';
import { shippedDraw } from '../draw/history.ts';
import { openBrowser } from '../support/browser.ts';
import { serve } from '../support/http.ts';
import { AMINA, archiveWith, formWith, RECENT, SCORE_ONLY, TODAY } from './check-forms.ts';

const SITE: Site = { kind: 'static', origin: null, sender: null, operator: null };
const archive = archiveWith();
const occupations = new Set((await readOccupations()).map(({ code }) => code));

/** Bytes by gzip that a script may have. */
const LIMIT = 60 * 1024;

let files: SiteFile[];
let browser: Browser;
beforeAll(async () => {
  files = await checkFiles(archive);
  browser = await openBrowser();
});
afterAll(() => browser.close());

describe('the bundle', () => {
  it.each([
    ['en', CHECK_WORDS.en.lead, CHECK_WORDS.fr.lead],
    ['fr', CHECK_WORDS.fr.lead, CHECK_WORDS.en.lead],
  ] as const)('in %s is small, and holds the words of no other language', async (locale, own, other) => {
    const { path, code, bytes, compressed } = await bundleChecker(locale);

    expect(compressed).toBeLessThan(LIMIT);
    expect(bytes).toBe(Buffer.byteLength(code));
    expect(code).toContain(own.slice(0, 20));
    expect(code).not.toContain(other.slice(0, 20));
    expect(code).not.toMatch(/\bimport\s*[("'{*]|\brequire\(|\bprocess\./);
    expect(path).toMatch(/^\/check-[0-9a-f]{12}\.js$/);
  });

  it('has another name in each language, and the same name each time', async () => {
    const paths = await Promise.all(
      (['en', 'fr', 'en'] as const).map(async (locale) => (await bundleChecker(locale)).path),
    );

    expect(paths[2]).toBe(paths[0]);
    expect(paths[1]).not.toBe(paths[0]);
  });

  it('stands where the pages look for it', () => {
    const names = files.map(({ path }) => path);

    expect(names).toHaveLength(5);
    expect(new Set(names)).toContain('/check.json');
    for (const { path, body } of files.filter(({ path }) => path.endsWith('/'))) {
      const script = /<script type="module" src="\.\.\/\.\.(\/check-[0-9a-f]+\.js)">/.exec(String(body))?.[1];
      expect(names, path).toContain(script);
      expect(String(body).length).toBeLessThan(100_000);
    }
  });
});

describe('in a browser', () => {
  it.each([
    ['en', 'one draw', formWith(AMINA, 'ircc:297')],
    ['en', 'all draws', formWith({ ...RECENT, crs: 505 }, 'all')],
    ['fr', 'all draws', formWith(RECENT, 'all')],
    ['fr', 'the latest of each type', formWith(SCORE_ONLY, 'latest')],
    ['en', 'nothing filled in', formWith({}, 'latest')],
    ['en', 'no programme and no work', formWith({ ...AMINA, programs: [], experience: [] }, 'all')],
  ] as const)(
    'the answer in %s to %s is the one a server gives, and the focus goes to it',
    async (locale, _what, form) => {
      const { page, complaints } = await openStatic(locale);

      await fill(page, form);
      await page.locator('main button').click();
      await page.locator('#answer').waitFor();

      const focused = await page.evaluate('document.activeElement.id');
      const said = squeezed(await page.locator('#check').innerText());
      expect(said).toBe(await textAsServed(page, locale, form));
      expect(focused).toBe('answer');
      expect(complaints).toEqual([]);
    },
  );

  it.each(['en', 'fr'] as const)(
    'in %s each fault stands beside its field, and the focus goes to the summary',
    async (locale) => {
      const { page, complaints } = await openStatic(locale);

      await page.fill('#crs', '1201');
      await page.fill('#noc-2', '99999');
      await page.fill('#months-2', '3');
      await page.locator('main button').click();
      await page.locator('#faults').waitFor();

      const { faults } = PROFILE_WORDS[locale];
      expect(await page.locator('#crs-fault').innerText()).toBe(faults.crs.wrong);
      expect(await page.locator('#noc-2-fault').innerText()).toBe(faults.noc.unknown);
      expect(await page.inputValue('#crs')).toBe('1201');
      expect(await page.evaluate('document.activeElement.id')).toBe('faults');
      await page.fill('#crs', '522');
      await page.fill('#noc-2', '31301');
      await page.locator('main button').click();
      await page.locator('#answer').waitFor();
      expect(await page.locator('#faults').count()).toBe(0);
      expect(complaints).toEqual([]);
    },
  );

  it('a draw is chosen by a link, if there is one', async () => {
    const known = await openStatic('en', { search: '?draw=ircc:297' });
    const unknown = await openStatic('en', { search: '?draw=%22%3E%3Cimg%20src=x%3E' });

    expect(await known.page.inputValue('#draw')).toBe('ircc:297');
    expect(await unknown.page.inputValue('#draw')).toBe('latest');
  });

  it('without the data nothing is lost, and it is said', async () => {
    const { page } = await openStatic('fr', { without: '/check.json' });

    await page.fill('#crs', '522');
    for (let time = 0; time < 2; time += 1) {
      await page.locator('main button').click();
      // A click leads to the button, and the second answer finds the words of the first there.
      await page.locator('#no-data:focus').waitFor();
    }

    expect(await page.locator('[role=alert]').allInnerTexts()).toEqual([CHECK_WORDS.fr.noData]);
    expect(await page.inputValue('#crs')).toBe('522');
  });

  it('without JavaScript the page says what it needs', async () => {
    const { page } = await openStatic('en', { javaScriptEnabled: false });

    expect(await page.locator('.notice').innerText()).toBe(CHECK_WORDS.en.noScript);
  });

  it('names of draws are text', async () => {
    const evil = {
      ...shippedDraw(297),
      type: 'other:evil' as const,
      label: '<img src=x onerror="document.title=1">',
    };
    const evilFiles = await checkFiles(archiveWith([evil]));
    const { page, complaints } = await openStatic('en', { from: evilFiles });

    await page.selectOption('#draw', 'all');
    await page.locator('main button').click();
    await page.locator('#answer').waitFor();

    expect(await page.locator('#check img').count()).toBe(0);
    expect(await page.locator('#answer td').nth(1).innerText()).toContain('<img');
    expect(await page.title()).toContain('Drawbell');
    expect(complaints).toEqual([]);
  });

  it('the clock of the reader decides what is still to come', async () => {
    const { page } = await openStatic('en', { now: '2024-05-30T12:00:00Z' });

    await fill(page, formWith(AMINA, 'all'));
    await page.locator('main button').click();
    await page.locator('#answer').waitFor();

    expect(await page.locator('#answer tbody th').first().innerText()).toBe('296');
  });
});

/** Of a site, those that the checker is made of. */
async function checkFiles(known: Archive): Promise<SiteFile[]> {
  const ofLanguages = await Promise.all(
    (['en', 'fr'] as const).map(async (locale) => {
      const { path: script, code } = await bundleChecker(locale);
      const path = `/${locale}/check/`;
      const page = checkPage(viewOf(SITE, locale, path), known, openForm(known, null), script);
      return [
        { path, body: writePage(viewOf(SITE, locale, path), page) },
        { path: script, body: code },
      ];
    }),
  );
  return [
    ...ofLanguages.flat(),
    { path: CHECK_DATA_PATH, body: JSON.stringify(checkData(known, occupations)) },
  ];
}

interface Stage {
  search?: string;
  /** A file that is not there. */
  without?: string;
  from?: SiteFile[];
  javaScriptEnabled?: boolean;
  now?: string;
}

/** The page of a site that stands below a path, as on most hosts of files; closed when the test is done. */
async function openStatic(
  locale: Locale,
  { search = '', without, from = files, javaScriptEnabled = true, now = TODAY }: Stage = {},
): Promise<{ page: Page; complaints: string[] }> {
  const origin = await serveFiles(from.filter(({ path }) => path !== without));
  const context: BrowserContext = await browser.newContext({ javaScriptEnabled });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  if (javaScriptEnabled) await page.clock.setFixedTime(new Date(now));
  await page.goto(`${origin}/draws/${locale}/check/${search}`);
  return { page, complaints };
}

const TYPES: Record<string, string> = {
  js: 'text/javascript',
  json: 'application/json',
  css: 'text/css',
  svg: 'image/svg+xml',
};

async function serveFiles(site: readonly SiteFile[]): Promise<string> {
  const icon = '<svg xmlns="http://www.w3.org/2000/svg"/>';
  const bodies = new Map(
    [...site, { path: STYLE_PATH, body: STYLE }, { path: '/icon.svg', body: icon }].map(({ path, body }) => [
      `/draws${path}`,
      body,
    ]),
  );
  return serve(onTestFinished, (request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const body = bodies.get(path);
    response.writeHead(body === undefined ? 404 : 200, {
      'Content-Type': `${TYPES[path.split('.').at(-1) ?? ''] ?? 'text/html'}; charset=utf-8`,
    });
    response.end(body);
  });
}

/** As a person would. */
async function fill(page: Page, form: RawForm): Promise<void> {
  for (const [name, values] of form) {
    if (name === 'programs' || name === 'experience') {
      for (const value of values) await page.check(`#${name}-${value}`);
    } else if ((await page.locator(`select#${name}`).count()) > 0) {
      await page.selectOption(`#${name}`, [...values]);
    } else await page.fill(`#${name}`, values[0] ?? '');
  }
}

/** What the same functions make on a server, read as a browser reads it. */
async function textAsServed(page: Page, locale: Locale, form: RawForm): Promise<string> {
  const present = { now: new Date(TODAY), occupations };
  const view = viewOf(SITE, locale, `/${locale}/check/`);
  const body = String(checkBody(view, archive, answerForm(form, archive, present)));
  await page.setContent(`<main>${body}</main>`);
  return squeezed(await page.locator('main').innerText());
}

function squeezed(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
