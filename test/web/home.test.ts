// The home page: what is newest, how the watch is doing, and the latest draw of each type.

import { describe, expect, it } from 'vitest';
import type { Draw } from '../../src/draw/draw.ts';
import type { Health } from '../../src/event/health.ts';
import { saveHealth } from '../../src/store/health.ts';
import { takeLease } from '../../src/store/leases.ts';
import { readReference } from '../../src/store/reference.ts';
import { archiveOf } from '../../src/web/archive.ts';
import { writePage } from '../../src/web/pages/frame.ts';
import { homePage } from '../../src/web/pages/home.ts';
import { type Watch, watchLine } from '../../src/web/pages/watch.ts';
import { PATHS } from '../../src/web/paths.ts';
import { type Site, viewOf } from '../../src/web/site.ts';
import { shippedDraw, shippedDraws } from '../draw/history.ts';
import { openArchiveWorld, textOf } from './archive-world.ts';

const NOW = '2024-05-31T17:00:00.000Z';
const HEALTH: Health = {
  source: 'ircc',
  triedAt: NOW,
  succeededAt: NOW,
  failures: 0,
  failing: null,
  quiet: null,
  retryAt: null,
  browserAt: null,
  unconditional: false,
  moved: null,
};
const WELL: Watch = {
  running: true,
  state: 'well',
  seenAt: NOW,
  failingSince: null,
  nextLookAt: '2024-05-31T17:01:00Z',
};

/** A moment so many minutes from now, in milliseconds. */
const later = (minutes: number) => Date.parse(NOW) + minutes * 60_000;

function siteOf(kind: Site['kind']): Site {
  return { kind, origin: null, sender: null, operator: null };
}

function lineOf(
  watch: Partial<Watch>,
  minutes: number,
  locale: 'en' | 'fr' = 'en',
  kind: Site['kind'] = 'served',
) {
  const view = viewOf(siteOf(kind), locale, PATHS.home(locale));
  return watchLine(view, { ...WELL, ...watch }, later(minutes));
}

/** The cards: what stands on each, by the type it is of. */
function cardsOf(page: string): Map<string, string> {
  const cards = [...page.matchAll(/<li>\n<h3>[\s\S]*?<\/li>/g)].map(([card]) => card);
  return new Map(cards.map((card) => [/types\/([\w-]+)\//.exec(card)?.[1] ?? '', card]));
}

function asOf(date: string): Draw[] {
  return shippedDraws().filter((draw) => draw.date <= date);
}

describe('the watch', () => {
  it.each([
    [0, 'less than a minute ago'],
    [-5, 'less than a minute ago'],
    [0.99, 'less than a minute ago'],
    [1, '1 minute ago'],
    [2.5, '2 minutes ago'],
    [59.9, '59 minutes ago'],
    [60, 'about 1 hour ago'],
    [23.9 * 60, 'about 23 hours ago'],
    [24 * 60, 'on May 31, 2024 at 17:00:00 UTC'],
  ])('that looked %d minutes ago says "%s"', (minutes, words) => {
    const line = lineOf({ nextLookAt: null }, minutes);

    expect(line).toEqual({ tone: 'well', text: `Watching the official page: last looked ${words}.` });
  });

  it.each<[string, Partial<Watch>, number, string, string]>([
    [
      'that nobody runs, but somebody did lately',
      { running: false },
      59,
      'well',
      'Last looked at the official page 59 minutes ago.',
    ],
    [
      'that nobody runs',
      { running: false },
      61,
      'care',
      'The official page is not being watched at present: last looked about 1 hour ago.',
    ],
    [
      'that is due since a while',
      {},
      12,
      'care',
      'The next look at the official page is late: last looked 12 minutes ago.',
    ],
    [
      'that has heard nothing for long',
      { state: 'quiet' },
      2,
      'well',
      'Watching the official page: last looked 2 minutes ago. There has been no draw for longer than usual.',
    ],
    [
      'that has never looked',
      { state: 'never', seenAt: null, nextLookAt: null },
      0,
      'care',
      'The official page has not been looked at yet: the newest draws may be missing here.',
    ],
    [
      'that cannot read',
      { state: 'failing', failingSince: '2024-05-31T16:00:00Z', seenAt: '2024-05-31T15:59:00Z' },
      0,
      'care',
      'The official page cannot be read (since May 31, 2024 at 16:00:00 UTC), and it is tried again and again. Last read about 1 hour ago: a draw since then would be missing here.',
    ],
    [
      'that could never read',
      { state: 'failing', failingSince: '2024-05-31T16:00:00Z', seenAt: null },
      0,
      'care',
      'The official page cannot be read (since May 31, 2024 at 16:00:00 UTC), and it is tried again and again.',
    ],
  ])('%s says so', (_what, watch, minutes, tone, text) => {
    const line = lineOf(watch, minutes);

    expect(line).toEqual({ tone, text });
  });

  it('speaks French', () => {
    const lines = [
      lineOf({}, 2, 'fr'),
      lineOf({ running: false, state: 'quiet' }, 120, 'fr'),
      lineOf({ state: 'failing', failingSince: NOW }, 0, 'fr'),
    ];

    expect(lines.map(({ text }) => text)).toEqual([
      'La page officielle est surveillée\u00a0: dernière consultation il y a 2\u00a0minutes.',
      'La page officielle n’est pas surveillée en ce moment\u00a0: dernière consultation il y a environ 2\u00a0heures. Il n’y a pas eu de ronde depuis plus longtemps que d’habitude.',
      'La page officielle ne peut pas être lue (depuis le 31 mai 2024 à 17\u00a0h\u00a000\u00a0min\u00a000\u00a0s UTC); de nouveaux essais se poursuivent. Dernière lecture il y a moins d’une minute\u00a0: une ronde tenue depuis n’apparaîtrait pas ici.',
    ]);
  });

  it('is told on a static site by the moment, as a file does not know when it is read', () => {
    const lines = [0, 5, 5_000].map(
      (minutes) => lineOf({ running: minutes === 5 }, minutes, 'en', 'static').text,
    );

    expect(new Set(lines)).toEqual(
      new Set(['Last looked at the official page on May 31, 2024 at 17:00:00 UTC.']),
    );
  });

  it('is read from the database, and the page is printed anew as the minutes go by', async () => {
    let now = new Date(NOW);
    const world = await openArchiveWorld(asOf('2024-05-31'), { now: () => now });
    await saveHealth(world.db, HEALTH);
    await takeLease(world.db, 'watch', 'me', NOW, '2024-05-31T18:00:00.000Z');
    const seen: string[] = [];

    for (const minutes of [0, 2, 2.9, 3]) {
      now = new Date(later(minutes));
      const page = await world.page('/en/');
      seen.push(/role="status">(.*?)</.exec(page)?.[1] ?? '');
    }

    expect(seen).toEqual([
      'Watching the official page: last looked less than a minute ago.',
      'Watching the official page: last looked 2 minutes ago.',
      'Watching the official page: last looked 2 minutes ago.',
      'Watching the official page: last looked 3 minutes ago.',
    ]);
  });

  it('is that of the last look that was read, and says when nobody runs it', async () => {
    const world = await openArchiveWorld(asOf('2024-05-31'), { now: () => new Date(NOW) });
    await saveHealth(world.db, { ...HEALTH, failures: 1, succeededAt: '2024-05-31T14:30:00.000Z' });

    const page = await world.page('/en/');

    expect(page).toContain(
      'The official page is not being watched at present: last looked about 2 hours ago.',
    );
  });

  it('tells visitors nothing of why it fails or where it looks', async () => {
    const world = await openArchiveWorld(asOf('2024-05-31'), { now: () => new Date(NOW) });
    const failing = {
      since: NOW,
      told: 1,
      toldAt: NOW,
      trouble: 'unreachable' as const,
      reason: 'ECONNREFUSED 10.0.0.7',
    };
    await saveHealth(world.db, {
      ...HEALTH,
      failing,
      moved: { from: 'https://a.example/x', to: 'https://b.example/y' },
    });

    const page = await world.page('/en/');

    expect(page).toContain('<p class="watch care" role="status">The official page cannot be read (since ');
    expect(page).not.toMatch(/ECONNREFUSED|10\.0\.0\.7|a\.example|b\.example/);
  });

  it('lets a browser keep the page while nothing changes', async () => {
    const { app } = await openArchiveWorld(asOf('2024-05-31'), { now: () => new Date(NOW) });
    const first = await app.request('/en/');
    const etag = first.headers.get('etag') ?? '';

    const again = await app.request('/en/', { headers: { 'If-None-Match': etag } });

    expect([first.status, again.status]).toEqual([200, 304]);
    expect(await again.text()).toBe('');
  });
});

describe('the newest', () => {
  it('is a draw with what is special about it, in a sentence that leads to its page', async () => {
    const { page } = await openArchiveWorld(asOf('2024-05-31'));

    const [english, french] = [await page('/en/'), await page('/fr/')];

    expect(english).toContain(
      '<p class="lead"><a href="../en/draws/ircc-297/">Canadian Experience Class draw #297: 3,000 invited, cut-off 522</a></p>',
    );
    expect(textOf(english)).toContain(
      'The first Canadian Experience Class draw in 990 days (previous: September 14, 2021, 2,000 invitations at 462; 92 draws of other types in between). Draw of May 31, 2024.',
    );
    expect(textOf(french)).toContain(
      'Ronde n° 297, Catégorie de l’expérience canadienne : 3 000 invitations, seuil 522',
    );
  });

  it('is a correction, with what it corrects and when it was noticed', async () => {
    const world = await openArchiveWorld(asOf('2024-05-31'));
    await world.take({ draws: [{ ...shippedDraw(297), cutoff: 520 }], at: '2024-06-02T10:00:00.000Z' });

    const text = textOf(await world.page('/en/'));

    expect(text).toContain('Corrected: Canadian Experience Class draw #297 of May 31, 2024');
    expect(text).toMatch(/520.*Noticed on June 2, 2024 at 10:00:00 UTC\./);
  });

  it('is a withdrawal, and the type shows the draw before', async () => {
    const world = await openArchiveWorld(asOf('2024-05-31'));
    await world.take({ withdrawn: ['ircc:297'], at: '2024-06-02T10:00:00.000Z' });

    const page = await world.page('/en/');

    expect(textOf(page)).toContain(
      'Withdrawn: Canadian Experience Class draw #297 of May 31, 2024 is no longer on the official page',
    );
    expect(textOf(cardsOf(page).get('cec') ?? '')).toContain('Draw #204, September 14, 2021');
  });
});

describe('the latest draw of each type', () => {
  it('stands on a card with its figures and what is special about it', async () => {
    const { page } = await openArchiveWorld(asOf('2024-05-31'));

    const card = cardsOf(await page('/en/')).get('cec') ?? '';

    expect(card).toContain('<a href="../en/types/cec/">Canadian Experience Class</a>');
    expect(card).toContain('<dt>Cut-off</dt><dd>522</dd>');
    expect(card).toContain('<dt>Invitations</dt><dd>3,000</dd>');
    expect(card).toContain('<a href="../en/draws/ircc-297/">Draw #297, May 31, 2024</a>');
    expect(textOf(card)).toContain(
      'First in 990 days (previous: September 14, 2021, 2,000 invitations at 462; 92 draws of other types in between)',
    );
  });

  it('is there for every type, and those not drawn for 180 days come last', async () => {
    const { page } = await openArchiveWorld(asOf('2024-05-31'));

    const html = await page('/en/');

    const [current = '', dormant = ''] = html.split('Types that have not been drawn for long');
    expect([...cardsOf(current).keys()]).toEqual([
      'cec',
      'pnp',
      'french',
      'general',
      'stem',
      'transport',
      'agriculture',
      'healthcare',
      'trades',
    ]);
    expect([...cardsOf(dormant).keys()]).toEqual(['fsw', 'fst']);
  });

  it('says nothing special that a correction has made untrue', async () => {
    const world = await openArchiveWorld(shippedDraws());
    const draw = shippedDraw(408);
    const before = cardsOf(await world.page('/en/')).get('trades') ?? '';
    await world.take({ draws: [{ ...draw, invitations: 300 }], at: '2026-12-01T13:00:00.000Z' });

    const after = cardsOf(await world.page('/en/')).get('trades') ?? '';

    expect(before).toContain('Largest so far');
    expect(after).not.toContain('Largest so far');
    expect(after).toContain('First in 196 days');
  });

  it('says nothing of a type that the draw turned out not to be of', async () => {
    const world = await openArchiveWorld(asOf('2024-05-31'));
    const draw: Draw = { ...shippedDraw(297), type: 'general', label: 'General' };
    await world.take({ draws: [draw], at: '2024-06-02T10:00:00.000Z' });

    const card = cardsOf(await world.page('/en/')).get('general') ?? '';

    expect(card).toContain('Draw #297');
    expect(card).not.toContain('990');
  });

  it('says what was not published', async () => {
    const { page } = await openArchiveWorld([{ ...shippedDraw(297), cutoff: null, invitations: null }]);

    const card = cardsOf(await page('/en/')).get('cec') ?? '';

    expect(card.match(/<dd class="absent">not published<\/dd>/g)).toHaveLength(2);
  });

  it('shows what a publisher calls a type as text, whatever stands in it', async () => {
    const label = '"><script>alert(1)</script>\u202e';
    const { page } = await openArchiveWorld([
      { ...shippedDraw(297), type: 'other:script', label, number: '<b>', id: 'ircc:<b>' },
    ]);

    const html = await page('/en/');

    expect(html).not.toMatch(/<script|<b>|\u202e/);
    expect(html).toContain('&lt;script&gt;');
  });

  it('is none where no draw is known', async () => {
    const { page } = await openArchiveWorld([]);

    const pages = [await page('/en/'), await page('/fr/')].map(textOf);

    expect(pages[0]).toContain('No draw is known yet.');
    expect(pages[1]).toContain('Aucune ronde n’est encore connue.');
  });
});

describe('the page', () => {
  it.each(['en', 'fr'] as const)('offers mails, the checker and the history, in %s', async (locale) => {
    const { page } = await openArchiveWorld();

    const html = await page(`/${locale}/`);

    for (const path of ['subscribe/', 'check/', 'history/', 'about/'])
      expect(html).toContain(`href="../${locale}/${path}"`);
    expect(html).toContain(`<html lang="${locale}">`);
    expect(html.match(/<h1>/g)).toHaveLength(1);
    expect(html.match(/aria-current="page"/g)).toHaveLength(1);
    expect(html).toMatch(
      /<link rel="alternate" type="application\/atom\+xml" title="[^"]+" href="\.\.\/feeds\/\w\w\/draws\.atom">/,
    );
    expect(Buffer.byteLength(html)).toBeLessThan(30_000);
  });

  it('offers its feeds where it is a file, as files send no mails', async () => {
    const archive = archiveOf([], [], await readReference());
    const view = viewOf(siteOf('static'), 'en', PATHS.home('en'));

    const html = writePage(view, homePage(view, archive, watchLine(view, WELL, later(0))));

    expect(html).not.toContain('subscribe/');
    expect(html).not.toContain('is not kept');
    for (const format of ['atom', 'rss', 'json', 'ics'])
      expect(html).toMatch(new RegExp(`<a href="../feeds/en/draws.${format}">`));
    expect(html).toContain('what you enter does not leave your browser');
  });
});
