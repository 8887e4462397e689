// The page about these pages: what it claims is what the program does.

import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { LINK_DAYS } from '../../src/notify/tokens.ts';
import { SOURCES } from '../../src/sources/index.ts';
import { aboutPage } from '../../src/web/pages/about.ts';
import { writePage } from '../../src/web/pages/frame.ts';
import { PATHS } from '../../src/web/paths.ts';
import { type Site, viewOf } from '../../src/web/site.ts';
import { ABOUT_WORDS } from '../../src/web/text/about.ts';
import { openTestStore } from '../support/store.ts';
import { textOf } from './archive-world.ts';
import { openWebWorld } from './world.ts';

const SITE: Site = {
  kind: 'served',
  origin: 'https://draws.example.org',
  sender: 'Draws of Example, 1 Example Street, Ottawa',
  operator: 'mailto:operator@example.org',
};

function pageOf(site: Partial<Site>, locale: 'en' | 'fr' = 'en'): string {
  const view = viewOf({ ...SITE, ...site }, locale, PATHS.about(locale));
  return writePage(view, aboutPage(view));
}

/** What the page says of each thing that is kept of a subscriber; `null`: no news of the person. */
const KEPT: Record<string, string | null> = {
  id: null,
  key: 'a random name',
  email: 'your e-mail address',
  address: 'your e-mail address',
  locale: 'your language',
  crs: 'your score, its day',
  profile: 'whatever else of your profile you gave',
  notify: 'what you want to be told of',
  status: 'whether you have confirmed, or paused',
  paused_at: 'whether you have confirmed, or paused',
  consent_at: 'when and how you agreed',
  consent_how: 'when and how you agreed',
  consent_words: 'the words you agreed to',
  consent_version: 'the words you agreed to',
  reminded_at: 'were last asked for a newer score',
  created_at: 'when you signed up',
  asked_at: 'when you signed up',
  changed_at: 'when you last changed something',
};

describe('what the page says is kept', () => {
  it('is all that is kept of a subscriber', async () => {
    const { rows } = await sql<{ name: string }>`SELECT name FROM pragma_table_info('subscribers')`.execute(
      openTestStore(),
    );
    const text = textOf(pageOf({}));

    const untold = rows.filter(({ name }) => {
      const told = KEPT[name];
      return told !== null && (told === undefined || !text.includes(told));
    });

    expect(rows.length).toBeGreaterThan(10);
    expect(untold).toEqual([]);
  });

  it('is kept for as long as the program keeps it', () => {
    const text = textOf(pageOf({}));

    expect(text).toContain(`A sign-up that is not confirmed is deleted after ${LINK_DAYS.confirm} days.`);
    expect(text).toContain('the last seven are kept');
    expect(readConfig({}, SOURCES).backups).toBe(7);
  });

  it('is left out where nobody can sign up, and so is what only a server does', () => {
    const texts = (['en', 'fr'] as const).map((locale) => textOf(pageOf({ kind: 'static' }, locale)));

    expect(texts[0]).not.toMatch(/sign-up|subscribers|no scripts/i);
    expect(texts[1]).not.toMatch(/inscription|personnes inscrites|pas de scripts/i);
    expect(texts[0]).toContain('stays in your browser');
  });
});

describe('the page', () => {
  it.each(['en', 'fr'] as const)('is served in %s, for everybody', async (locale) => {
    const { app } = await openWebWorld();

    const answer = await app.request(PATHS.about(locale));

    const page = await answer.text();
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toContain('public');
    expect(answer.headers.get('set-cookie')).toBeNull();
    expect(page).toContain(`<html lang="${locale}">`);
    expect(page).toContain(SOURCES[0]?.pageUrl);
    expect(page).toMatch(new RegExp(`\\b${LINK_DAYS.confirm}\\s(days|jours)`));
    expect(Buffer.byteLength(page)).toBeLessThan(20_000);
  });

  it('says in both languages the same things', () => {
    const shapes = [ABOUT_WORDS.en, ABOUT_WORDS.fr].map((words) =>
      [
        words.what,
        words.figures,
        words.verdict,
        words.subscribers(7),
        words.visitors,
        words.visitorsOfFiles,
      ].map(({ lines, items = [] }) => [lines.length, items.length]),
    );

    expect(shapes[1]).toEqual(shapes[0]);
  });

  it.each([
    ['mailto:operator@example.org', '<a href="mailto:operator@example.org">operator@example.org</a>'],
    ['https://example.org/contact/', '<a href="https://example.org/contact/">example.org/contact</a>'],
  ])('names who runs it: %s', (operator, link) => {
    const page = pageOf({ operator });

    expect(page).toContain(link);
    expect(page).toContain('The messages are sent by Draws of Example, 1 Example Street, Ottawa.');
  });

  it('says that nobody said so where nobody did', () => {
    const page = pageOf({ operator: null, sender: null });

    expect(page).toContain('Whoever runs this has not said who they are.');
    expect(page).not.toContain('mailto:');
  });

  it('shows what the operator wrote as text, on one line and of a sensible length', () => {
    const page = pageOf({ sender: `<img src=x onerror=alert(1)>\n\u202e${'a'.repeat(5_000)}` });

    expect(page).not.toMatch(/<img src=x|\u202e/);
    expect(page).toContain('&lt;img src=x');
    expect(Buffer.byteLength(page)).toBeLessThan(20_000);
  });
});
