// Every page in a real browser: both languages, narrow and wide, light and dark, held to what axe knows and to its width.
// What they looked like is kept in artefacts/.

import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Locale } from '../../src/match/notice.ts';
import { openBrowser } from '../support/browser.ts';
import { type ArchiveWorld, openArchiveWorld, TODAY } from './archive-world.ts';
import { letterLink, signUp } from './forms.ts';
import { linkOf, serveApp } from './world.ts';

/** Half the size of the other file: every page reads it. */
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const ARTEFACTS = fileURLToPath(new URL('../../artefacts/pages/', import.meta.url));

let browser: Browser;
beforeAll(async () => {
  mkdirSync(ARTEFACTS, { recursive: true });
  browser = await openBrowser();
});
afterAll(() => browser.close());

/** Where a page is, or how one comes to it. */
type Way = (page: Page, locale: Locale, world: ArchiveWorld, origin: string) => Promise<unknown>;

function at(path: string): Way {
  return (page, locale, _world, origin) => page.goto(`${origin}/${locale}/${path}`);
}

/** Sent as it stands, also where the browser itself would ask for more first. */
async function send(page: Page, button?: string): Promise<void> {
  const form = button === undefined ? 'main form' : `main form:has(button[value="${button}"])`;
  await Promise.all([
    page.waitForNavigation(),
    page.evaluate(
      `(() => { const form = document.querySelector(${JSON.stringify(form)}); form.noValidate = true;` +
        ` form.requestSubmit(form.querySelector('button')); })()`,
    ),
  ]);
}

const own = (world: ArchiveWorld, locale: Locale) => (locale === 'en' ? world.amina : world.bruno);

/** How one comes to each page, and its heading in both languages. */
const PAGES: Record<string, readonly [way: Way, en: string, fr: string]> = {
  home: [
    at(''),
    'Express Entry draws, and what each one means for you',
    'Les rondes d’Entrée express, et ce que chacune veut dire pour vous',
  ],
  history: [at('history/'), 'History of draws', 'Historique des rondes'],
  'history of a type and a year': [
    at('history/cec/2021/lowest/'),
    'Canadian Experience Class: draws of 2021',
    'Catégorie de l’expérience canadienne : rondes de 2021',
  ],
  draw: [
    at('draws/ircc-422/'),
    'Draw #422, Healthcare and social services occupations, June 25, 2026',
    'Ronde n° 422, Professions de la santé et des services sociaux, 25 juin 2026',
  ],
  'withdrawn draw': [
    async (page, locale, world, origin) => {
      await world.take({ withdrawn: ['ircc:426'] });
      await page.goto(`${origin}/${locale}/draws/ircc-426/`);
    },
    'Draw #426, Senior managers with Canadian work experience, July 10, 2026',
    'Ronde n° 426, Cadres supérieurs/cadres supérieures ayant de l’expérience de travail au Canada, 10 juillet 2026',
  ],
  types: [at('types/'), 'Types of draws', 'Types de rondes'],
  type: [
    at('types/healthcare/'),
    'Healthcare and social services occupations',
    'Professions de la santé et des services sociaux',
  ],
  check: [at('check/'), 'Would I have been invited?', 'Aurais-je été invité ou invitée ?'],
  'check, answered for every type': [
    async (page, locale, _world, origin) => {
      await page.goto(`${origin}/${locale}/check/`);
      await page.fill('[name=crs]', '515');
      await send(page);
    },
    'Would I have been invited?',
    'Aurais-je été invité ou invitée ?',
  ],
  'check, answered for one draw': [
    async (page, locale, _world, origin) => {
      await page.goto(`${origin}/${locale}/check/?draw=ircc:297`);
      await page.fill('[name=crs]', '522');
      await page.fill('[name=profileSubmittedAt]', '2024-03-19 18:58:57');
      await page.check('[name=programs][value=cec]');
      await send(page);
    },
    'Would I have been invited?',
    'Aurais-je été invité ou invitée ?',
  ],
  'check, with faults': [
    async (page, locale, _world, origin) => {
      await page.goto(`${origin}/${locale}/check/`);
      await page.fill('[name=crs]', 'many');
      await page.fill('[name=profileSubmittedAt]', 'yesterday');
      await send(page);
    },
    'Would I have been invited?',
    'Aurais-je été invité ou invitée ?',
  ],
  'sign-up': [at('subscribe/'), 'Get told what each draw means for you', 'S’abonner aux messages'],
  'sign-up, with faults': [
    async (page, locale, _world, origin) => {
      await page.goto(`${origin}/${locale}/subscribe/`);
      await send(page);
    },
    'Get told what each draw means for you',
    'S’abonner aux messages',
  ],
  'sign-up, sent': [
    async (page, locale, _world, origin) => {
      await page.goto(`${origin}/${locale}/subscribe/`);
      await page.fill('[name=email]', 'dana@example.org');
      await page.check('[name=consent]');
      await send(page);
    },
    'Now look into your mail',
    'Consultez maintenant votre courriel',
  ],
  confirmation: [
    async (page, locale, { db, app }, origin) => {
      const { key } = await signUp(db, app, { locale });
      await page.goto(origin + letterLink('confirm', key, TODAY));
    },
    'Confirm your sign-up',
    'Confirmer votre inscription',
  ],
  confirmed: [
    async (page, locale, { db, app }, origin) => {
      const { key } = await signUp(db, app, { locale });
      await page.goto(origin + letterLink('confirm', key, TODAY));
      await send(page);
    },
    'You are signed up',
    'Inscription confirmée',
  ],
  'own page': [
    (page, locale, world, origin) => page.goto(origin + letterLink('manage', own(world, locale), TODAY)),
    'Your subscription',
    'Votre abonnement',
  ],
  'own page, paused': [
    async (page, locale, world, origin) => {
      await page.goto(origin + letterLink('manage', own(world, locale), TODAY));
      await send(page, 'pause');
    },
    'Your subscription',
    'Votre abonnement',
  ],
  'own page, its link too old': [
    (page, locale, world, origin) =>
      page.goto(origin + letterLink('manage', own(world, locale), '2026-01-01T00:00:00.000Z')),
    'This link has expired',
    'Ce lien a expiré',
  ],
  'unsubscribe, asked': [
    (page, locale, world, origin) => page.goto(origin + linkOf(own(world, locale))),
    'Unsubscribe',
    'Se désabonner',
  ],
  unsubscribed: [
    async (page, locale, world, origin) => {
      await page.goto(origin + linkOf(own(world, locale)));
      await send(page);
    },
    'You are unsubscribed',
    'Désabonnement effectué',
  ],
  about: [
    at('about/'),
    'About these pages, and what is kept about you',
    'À propos de ces pages, et de ce qui est gardé sur vous',
  ],
  api: [at('api/'), 'Feeds and API', 'Fils et API'],
  'no such page': [at('no/such/page/'), 'There is no such page', 'Cette page n’existe pas'],
};

/** Evaluated as text, as it is the browser's and not ours. `rules`: those of axe, all of them where none is named. */
function faultsBy(rules: readonly string[]): string {
  return `axe.run(${rules.length === 0 ? '' : JSON.stringify({ runOnly: rules })}).then(({ violations }) => {
  const root = document.documentElement;
  const over = root.scrollWidth - root.clientWidth;
  const low = (selector, least) =>
    [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < least);
  return [
    ...violations.map(({ id, nodes }) => id + ': ' + nodes[0].html + ' ' + nodes[0].failureSummary),
    ...(over > 0 ? ['overflows by ' + over] : []),
    ...[...low('header a:not(.skip)', 24), ...low('button, .button', 44)].map((one) => 'too low for a finger: ' + one.outerHTML),
    ...(document.querySelector('.brand img').naturalWidth > 0 ? [] : ['has no bell']),
  ];
})`;
}

/** Of the card that the text stands on. */
const PAPER = 'getComputedStyle(document.querySelector("main")).backgroundColor';
/** All of what the theme of a page changes is colours. */
const LIGHTS = {
  light: { rules: [], paper: 'rgb(255, 255, 255)' },
  dark: { rules: ['color-contrast', 'link-in-text-block'], paper: 'rgb(30, 35, 43)' },
} as const;

const LOOKS = [320, 1280].flatMap((width) =>
  (['light', 'dark'] as const).map((colorScheme) => ({ width, colorScheme })),
);

describe.each(Object.entries(PAGES))('%s', (name, [way, en, fr]) => {
  const headings = { en, fr };

  it.each(['en', 'fr'] as const)(
    'in %s, is open to everybody, at any width, in any light',
    async (locale) => {
      const world = await openArchiveWorld();
      const origin = await serveApp(world.app);
      const context = await browser.newContext({ locale: `${locale}-CA` });
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('console', (message) => {
        // That a page is refused is also said there.
        if (message.type() === 'error' && !/status of 4\d\d/.test(message.text()))
          complaints.push(message.text());
      });
      const found: string[] = [];
      try {
        await way(page, locale, world, origin);
        await page.evaluate(AXE);
        for (const { width, colorScheme } of LOOKS) {
          await page.setViewportSize({ width, height: 800 });
          await page.emulateMedia({ colorScheme });
          const { rules, paper } = LIGHTS[colorScheme];
          const faults: string[] = await page.evaluate(faultsBy(rules));
          if ((await page.evaluate(PAPER)) !== paper) faults.push('is not of this theme');
          found.push(...faults.map((fault) => `${width} ${colorScheme}: ${fault}`));
          const file = `${name.replace(/\W+/g, '-')}.${locale}.${width}.${colorScheme}.png`;
          await page.screenshot({ path: ARTEFACTS + file });
        }
        const language = await page.locator('html').getAttribute('lang');
        const said = await page.getByRole('heading', { level: 1 }).allInnerTexts();

        expect(found).toEqual([]);
        expect(complaints).toEqual([]);
        expect(language).toBe(locale);
        expect(said.map((text) => text.replace(/\s/g, ' '))).toEqual([headings[locale]]);
        expect(await page.title()).toMatch(/Drawbell$/);
        expect(await context.cookies()).toEqual([]);
      } finally {
        await context.close();
      }
    },
  );
});
