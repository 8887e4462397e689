// The pages of types: all there ever were, and each with its returns, records, versions and draws.

import { describe, expect, it } from 'vitest';
import type { Draw } from '../../src/draw/draw.ts';
import { writePage } from '../../src/web/pages/frame.ts';
import { typePage } from '../../src/web/pages/type.ts';
import { recordMoves } from '../../src/web/pages/type-records.ts';
import { typesPage } from '../../src/web/pages/types.ts';
import { PATHS } from '../../src/web/paths.ts';
import { type Site, viewOf } from '../../src/web/site.ts';
import { shippedDraw, shippedDraws } from '../draw/history.ts';
import { openArchiveWorld, sectionOf, shippedArchive, textOf } from './archive-world.ts';
import { headingOf } from './world.ts';

const STATIC: Site = { kind: 'static', origin: null, sender: null, operator: null };
const ON_297 = () => shippedDraws().filter(({ date }) => date <= '2024-05-31');

function clockAt(instant: string) {
  return { now: () => new Date(instant) };
}

/** The row of a table that leads to this path. */
function rowOf(html: string, path: string): string {
  return textOf(html.split('<tr>').find((row) => row.includes(path)) ?? '').trim();
}

describe('the page of all types', () => {
  it('has each with its latest draw, the days since, and how many there were', async () => {
    const { page } = await openArchiveWorld(ON_297(), clockAt('2024-06-10T16:00:00Z'));

    const html = await page('/en/types/');

    expect(headingOf(html)).toBe('Types of draws');
    expect(html.match(/<th scope="row">/g)).toHaveLength(11);
    expect(rowOf(html, '/types/cec/')).toBe('Canadian Experience Class May 31, 2024 10 3,000 522 29');
    expect(rowOf(html, '/types/fsw/')).toBe(
      'Federal Skilled Worker dormant February 2, 2023 494 3,300 489 1',
    );
  });

  it('calls dormant what was not drawn for long before the newest draw, and says what that means', async () => {
    const { page } = await openArchiveWorld(ON_297(), clockAt('2025-06-10T16:00:00Z'));

    const [en, fr] = [await page('/en/types/'), await page('/fr/types/')];

    expect(rowOf(en, '/types/general/')).not.toContain('dormant');
    expect(rowOf(en, '/types/trades/')).not.toContain('dormant');
    expect(rowOf(en, '/types/fst/')).toContain('dormant');
    expect(textOf(en)).toContain('more than 180 days before the newest draw of all');
    expect(rowOf(fr, '/types/fst/')).toContain('en sommeil');
  });

  it('names announced categories that were never drawn', async () => {
    const { page } = await openArchiveWorld();

    const html = await page('/en/types/');

    expect(textOf(html)).toContain(
      'Announced categories of which no draw is known: Researchers with Canadian work experience.',
    );
  });

  it('counts the days in Ottawa, where it is still yesterday for some hours, and anew each day', async () => {
    let now = '2024-06-01T03:59:00Z';
    const { page } = await openArchiveWorld(ON_297(), { now: () => new Date(now) });

    const first = rowOf(await page('/en/types/'), '/types/cec/');
    now = '2024-06-01T04:01:00Z';
    const second = rowOf(await page('/en/types/'), '/types/cec/');

    expect(first).toContain('May 31, 2024 0 3,000');
    expect(second).toContain('May 31, 2024 1 3,000');
  });

  it('says nothing on a static site that ages', () => {
    const archive = shippedArchive();
    const view = viewOf(STATIC, 'en', PATHS.types('en'));

    const html = writePage(view, typesPage(view, archive, null));

    expect(html).toContain('Canadian Experience Class');
    expect(html).not.toContain('Days since');
  });

  it('is there without a draw', async () => {
    const { page } = await openArchiveWorld([]);

    const html = await page('/fr/types/');

    expect(textOf(html)).toContain('Aucune ronde n’est encore connue.');
    expect(html).not.toContain('<table');
  });
});

describe('the page of a type', () => {
  it('has its first and its latest draw, and each return with how long it was away', async () => {
    const { page } = await openArchiveWorld(ON_297(), clockAt('2024-06-10T16:00:00Z'));

    const html = await page('/en/types/cec/');

    const text = textOf(html);
    expect(headingOf(html)).toBe('Canadian Experience Class');
    expect(text).toContain('Draws 29 Latest invitations 3,000 Latest cut-off 522 Days since then 10 ');
    expect(text).toContain('First draw Draw #3 (February 20, 2015, 849 invited, cut-off 808).');
    expect(text).toContain('Latest draw Draw #297 (May 31, 2024, 3,000 invited, cut-off 522).');
    const returns = sectionOf(html, 'Returns after a long time');
    expect(returns).toMatch(/Draw #297 , May 31, 2024\. The first .+ draw in 990 days \(previous: September/);
    expect(returns).toMatch(/Draw #140 , .+ in 1,858 days/);
    expect(returns.match(/Draw #/g)).toHaveLength(2);
  });

  it('does not call a return what a correction has given to another type', async () => {
    const { page, take } = await openArchiveWorld();
    await take({ draws: [{ ...shippedDraw(297), label: 'General', type: 'general' }] });

    const html = await page('/en/types/general/');

    expect(textOf(html)).not.toContain('990 days');
  });

  it('shows its records, and each step by which they moved', async () => {
    const { page } = await openArchiveWorld();

    const html = await page('/en/types/cec/');

    const text = sectionOf(html, 'Records');
    expect(text).toContain('Lowest cut-off 75 Draw #176 , February 13, 2021');
    expect(text).toMatch(
      /Largest round 27,332 Draw #176 , February 13, 2021 How it moved, in \d+ steps 849 /,
    );
    expect(text).toContain('Highest cut-off');
  });

  it('has what each version of its category asks for, and what is new on its list and what no longer', async () => {
    const { page } = await openArchiveWorld();

    const [healthcare, transport, physicians] = await Promise.all(
      ['healthcare', 'transport', 'physicians'].map(async (type) =>
        sectionOf(await page(`/en/types/${type}/`), 'Versions of the category'),
      ),
    );

    expect(healthcare).toMatch(
      /Version 2026-3 In force since February 18, 2026\. .*Version 2025-2 .*Version 2023-1 /,
    );
    expect(healthcare).toContain('at least 12 months of work, not necessarily without a break');
    expect(healthcare).toContain('Its list names the same occupations as the version before.');
    expect(healthcare).toMatch(/New on its list: \d+ occupations .*41300 Social workers/);
    expect(transport).toMatch(/No longer on its list: 8 occupations (\d{5} [^\d]+)*73300 /);
    expect(physicians).toContain('In force since December 2025.');
    expect(healthcare).toMatch(
      /Its draws are named “Healthcare occupations \(Version 1\)”\. \d+ draws were held under it/,
    );
  });

  it('says of a version whose list was never used that no draw is known, with how sure the list is', async () => {
    const { page } = await openArchiveWorld();

    const text = sectionOf(await page('/en/types/agriculture/'), 'Versions of the category');

    expect(text).toContain('Version 2025-2 In force from February 27, 2025 until February 18, 2026.');
    expect(text).toContain('No draw held under it is known here.');
    expect(text).toContain('with good, but not full, certainty');
  });

  it('does not guess what a version asks for whose list is not known', async () => {
    const draw: Draw = {
      ...shippedDraw(422),
      number: '999',
      id: 'ircc:999',
      date: '2026-12-01',
      version: '2027-4',
    };
    const { page } = await openArchiveWorld([...shippedDraws(), draw]);

    const text = sectionOf(await page('/en/types/healthcare/'), 'Versions of the category');

    expect(text).toContain(
      'Version 2027-4 This draw was held under version 2027-4 of its category, and what that version asks for is not known to us.',
    );
  });

  it('has no versions, and no such column, where the type is no category', async () => {
    const { page } = await openArchiveWorld();

    const html = await page('/en/types/pnp/');

    expect(html).not.toContain('Versions of the category');
    expect(html).not.toContain('<th scope="col">Version</th>');
  });

  it('leads to the checker for its latest draw', async () => {
    const { page } = await openArchiveWorld();

    const [en, fr] = [await page('/en/types/cec/'), await page('/fr/types/cec/')];

    expect(en).toContain('<a class="button" href="../../../en/check/?draw=ircc%3A');
    expect(fr).toContain('<a class="button" href="../../../fr/check/?draw=ircc%3A');
  });

  it('lists all its draws, with the days from one to the next, and leads to its feeds', async () => {
    const { page } = await openArchiveWorld();

    const html = await page('/en/types/pnp/');

    const count = shippedDraws().filter(({ type }) => type === 'pnp').length;
    const table = html.slice(html.indexOf('All its draws'));
    expect(count).toBeGreaterThan(100);
    expect(table.match(/<th scope="row">/g)).toHaveLength(count);
    expect(rowOf(table, 'draws/ircc-296/')).toBe('296 May 30, 2024 2,985 676 219');
    for (const format of ['atom', 'rss', 'json', 'ics'])
      expect(html.split(`href="../../../feeds/en/pnp.${format}"`)).toHaveLength(3);
  });

  it('is there for every type in both languages, small, and does not age on a static site', () => {
    const archive = shippedArchive();

    const faults = (['en', 'fr'] as const).flatMap((locale) =>
      [...archive.types.values()].flatMap((history) => {
        const view = viewOf(STATIC, locale, PATHS.type(locale, history.type));
        const html = writePage(view, typePage(view, archive, history, null));
        const wrong = / style=|undefined|NaN|\[object|Days since then|Jours écoulés/.exec(html)?.[0];
        return Buffer.byteLength(html) > 100_000 || wrong ? [`${view.at}: ${html.length} ${wrong}`] : [];
      }),
    );

    expect(archive.types.size).toBeGreaterThan(13);
    expect(faults).toEqual([]);
  });

  it('speaks French on its French page', async () => {
    const { page } = await openArchiveWorld();

    const text = textOf((await page('/fr/types/transport/')).split('<main')[1] ?? '');

    expect(text).toContain('En vigueur depuis le 18 février 2026. Sa catégorie demande au moins 12 mois');
    expect(text).toContain('Ne figure plus sur sa liste : ');
    expect(text).toContain('En vigueur du 31 mai 2023 jusqu’au 27 février 2025.');
    expect(text).not.toMatch(/\b(draw|invited|since|latest|until)\b/);
  });
});

describe('a record', () => {
  const draws = [480, 470, null, 470, 490].map((cutoff, index) => ({
    ...shippedDraw(297),
    id: `ircc:${index}`,
    cutoff,
  }));

  it('is held by the first that reached it', () => {
    const moves = recordMoves(draws, 'lowest-cutoff');

    expect(moves.map(({ draw, value }) => [draw.id, value])).toEqual([
      ['ircc:4', 490],
      ['ircc:3', 470],
    ]);
  });

  it('does not move by what was not published', () => {
    const moves = recordMoves(draws.slice(2, 3), 'highest-cutoff');

    expect(moves).toEqual([]);
  });
});

describe('a type that nobody taught us', () => {
  it('has a page under its name, which stays text', async () => {
    const label = 'Aviators <img src=x> & "co"\u202e';
    const hostile: Draw = { ...shippedDraw(297), label, type: 'other:aviators-img-src-x' };
    const { page } = await openArchiveWorld([shippedDraw(1), hostile]);

    const [list, html] = [await page('/en/types/'), await page('/en/types/other-aviators-img-src-x/')];

    expect(list).toContain('href="../../en/types/other-aviators-img-src-x/"');
    expect(`${list}${html}`).not.toMatch(/<img src=x|\u202e/);
    expect(textOf(html)).toContain('“Aviators <img src=x> & "co"”');
    expect(textOf(html)).toContain('This kind of draw is new to drawbell');
  });
});

describe('a type asked for in other words', () => {
  it('leads to its page', async () => {
    const { app } = await openArchiveWorld();

    const answers = [await app.request('/fr/types/PNP/'), await app.request('/fr/types/pnp')];

    expect(answers.map(({ status, headers }) => [status, headers.get('location')])).toEqual([
      [308, '../../../fr/types/pnp/'],
      [308, 'pnp/'],
    ]);
  });

  it.each(['/en/types/nothing/', '/en/types/%3Cscript%3E/', '/en/types/..%2f/', '/en/types/%ff/'])(
    'that is not known, at %s, gets a page that leads to all there are',
    async (path) => {
      const { app, warnings } = await openArchiveWorld();

      const answer = await app.request(path);

      const html = await answer.text();
      expect(answer.status).toBe(404);
      expect(headingOf(html)).toBe('No such type is known');
      expect(html).toContain('href="../../../en/types/cec/"');
      expect(html).not.toContain('<script');
      expect(warnings).toEqual([]);
    },
  );
});
