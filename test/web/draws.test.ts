// The page of a draw: everything that is known of it, in both languages, however it is asked for.

import { describe, expect, it } from 'vitest';
import { drawPage } from '../../src/web/pages/draw.ts';
import { writePage } from '../../src/web/pages/frame.ts';
import { PATHS } from '../../src/web/paths.ts';
import { type Site, viewOf } from '../../src/web/site.ts';
import { shippedDraw } from '../draw/history.ts';
import { openArchiveWorld, sectionOf, shippedArchive, TODAY, textOf } from './archive-world.ts';
import { headingOf } from './world.ts';

const DRAW = '/en/draws/ircc-297/';
const LATER = '2026-12-02T12:00:00.000Z';
const STATIC: Site = { kind: 'static', origin: null, sender: null, operator: null };

describe('the page of a draw', () => {
  it('begins with the numbers, and says what was special and how it compares', async () => {
    const { page } = await openArchiveWorld();

    const html = await page(DRAW);

    const text = textOf(html);
    expect(headingOf(html)).toBe('Draw #297, Canadian Experience Class, May 31, 2024');
    expect(text).toContain(
      'Invitations 3,000 Cut-off 522 Tie-break March 19, 2024 at 18:58:58 UTC Date May 31, 2024 ',
    );
    expect(text).toContain(
      'The first Canadian Experience Class draw in 990 days (previous: September 14, 2021, 2,000 invitations at 462; 92 draws of other types in between).',
    );
    expect(text).toContain('This draw was for candidates of the Canadian Experience Class.');
    expect(text).toContain('with a cut-off 60 points higher and 1,000 more invitations. Draw #204 (');
    expect(html).toContain('<a href="../../../en/draws/ircc-204/">Draw #204</a>');
  });

  it('says the same in French', async () => {
    const { page } = await openArchiveWorld();

    const html = await page('/fr/draws/ircc-297/');

    const text = textOf(html);
    expect(html).toContain('<html lang="fr">');
    expect(headingOf(html)).toBe('Ronde n°\u00a0297, Catégorie de l’expérience canadienne, 31 mai 2024');
    expect(text).toContain('La première ronde « Catégorie de l’expérience canadienne » en 990 jours');
    expect(text).toContain('Cette ronde visait les candidats de la Catégorie de l’expérience canadienne.');
    expect(text).toContain('501 à 600 seuil 522 14 211 17 129');
    expect(text).not.toMatch(/cut-off|invited|\bdraw\b/i);
  });

  it('shows the pool with the band of the cut-off marked, in words too, and who stood at or above it', async () => {
    const { page } = await openArchiveWorld();

    const html = await page(DRAW);

    expect(textOf(html)).toContain(
      'About 14,100 of these 224,404 candidates had the cut-off score of 522 or a higher one (an estimate',
    );
    expect(html.match(/<tr class="here">/g)).toHaveLength(1);
    expect(textOf(/<tr class="here">.*/.exec(html)?.[0] ?? '')).toBe(
      ' 501 to 600 cut-off 522 14,211 17,129 ',
    );
  });

  it('says what was not published, and what of it is odd', async () => {
    const { page } = await openArchiveWorld();

    const [first, odd, mistyped] = await Promise.all(
      ['1', '247', '357'].map(async (number) => textOf(await page(`/en/draws/ircc-${number}/`))),
    );

    expect(first).toContain('Tie-break not published');
    expect(first).toContain('Candidates in the pool not published');
    expect(first).toContain('No earlier one is known.');
    expect(first).not.toContain('This or higher');
    expect(odd).toContain('the bands add up to 230,009, which is not the total.');
    expect(mistyped).toMatch(/Time given July 12, 2025 at [\d:]+ UTC, which contradicts the date/);
  });

  it('lists the occupations of its category in the language of the page, with certainty and source', async () => {
    const { page } = await openArchiveWorld();

    const [en, fr] = [await page('/en/draws/ircc-422/'), await page('/fr/draws/ircc-422/')];

    expect(textOf(en)).toContain('31301 Registered nurses and registered psychiatric nurses');
    expect(textOf(fr)).toContain('31301 Infirmiers autorisés/infirmières autorisées');
    expect(textOf(en)).toContain('What this category asks for is known to us with certainty: where the');
    expect(en).toMatch(/<details>\s*<summary>37 occupations<\/summary>/);
    expect(en).toMatch(/<a href="https:\/\/www\.canada\.ca\/[^"]+category-based-selection\.html">/);
  });

  it('leads to the draws before and after it, of all and of its type, and to its type', async () => {
    const { page } = await openArchiveWorld();

    const html = await page(DRAW);

    const ways = /<nav class="around"[\s\S]*?<\/nav>/.exec(html)?.[0] ?? '';
    expect([...ways.matchAll(/href="([^"]+)"/g)].map(([, href]) => href)).toEqual(
      ['296', '298', '204', '304'].map((number) => `../../../en/draws/ircc-${number}/`),
    );
    expect(html).toContain('<a href="../../../en/types/cec/">Canadian Experience Class</a>');
    expect(html).toContain('hreflang="fr" href="../../../fr/draws/ircc-297/"');
    expect(html).toContain('type="application/atom+xml"');
  });

  it.each(['served', 'static'] as const)('leads to the checker for this draw, %s', (kind) => {
    const archive = shippedArchive();
    const record = archive.records.get('ircc-297');
    if (!record) throw new Error('no draw 297');
    const view = viewOf({ ...STATIC, kind }, 'en', DRAW);

    const html = writePage(view, drawPage(view, archive, record));

    expect(html).toContain('<a class="button" href="../../../en/check/?draw=ircc%3A297">');
  });

  it('is there for every draw in both languages, small, and with links that stay within', () => {
    const archive = shippedArchive();

    const faults = (['en', 'fr'] as const).flatMap((locale) =>
      [...archive.records.values()].flatMap((record) => {
        const view = viewOf(STATIC, locale, PATHS.draw(locale, record.draw.id));
        const html = writePage(view, drawPage(view, archive, record));
        const links = [...html.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, to = '']) => to);
        const wrong = links.filter((to) => !/^(\.\.\/|#|https:)/.test(to));
        return html.length > 60_000 || wrong.length > 0 || / style=|undefined|NaN|\[object/.test(html)
          ? [`${view.at}: ${html.length} ${wrong}`]
          : [];
      }),
    );

    expect(archive.records.size).toBeGreaterThan(400);
    expect(faults).toEqual([]);
  });

  it('is kept by a browser until something about the draw changes', async () => {
    const { app, take } = await openArchiveWorld();
    const first = await app.request(DRAW);
    const etag = first.headers.get('etag') ?? '';

    const same = await app.request(DRAW, { headers: { 'If-None-Match': etag } });
    await take({ draws: [{ ...shippedDraw(297), cutoff: 520 }], at: LATER });
    const changed = await app.request(DRAW, { headers: { 'If-None-Match': etag } });

    expect(first.headers.get('cache-control')).toBe('public, max-age=60');
    expect([same.status, changed.status]).toEqual([304, 200]);
  });
});

describe('a draw that was corrected', () => {
  it('says what was changed and when, and shows what holds now', async () => {
    const { page, take } = await openArchiveWorld();
    await take({ draws: [{ ...shippedDraw(297), cutoff: 520 }], at: TODAY });
    await take({ draws: [{ ...shippedDraw(297), cutoff: 520, invitations: 3100 }], at: LATER });

    const [en, fr] = [await page(DRAW), await page('/fr/draws/ircc-297/')];

    expect(textOf(en)).toContain(
      'December 1, 2026 at 12:00:00 UTC Cut-off 522 became 520 December 2, 2026 at 12:00:00 UTC Invitations 3,000 became 3,100 ',
    );
    expect(textOf(en)).toContain('Invitations 3,100 Cut-off 520 ');
    expect(textOf(fr)).toContain('Seuil 522 avant, 520 maintenant');
    expect(textOf(en)).toContain('Revision 3');
  });

  it('names the document it was read from, but nothing private of it', async () => {
    const { page, take } = await openArchiveWorld();
    const read = async (url: string, cutoff: number, at: string) => {
      await take({ draws: [{ ...shippedDraw(297), cutoff }], at, url });
      return sectionOf(await page(DRAW), 'Where it was read');
    };

    const official = await read('https://www.canada.ca/feed.json?key=sesame', 521, LATER);
    const mirror = await read('http://10.0.0.7:8080/feed.json', 520, '2026-12-03T12:00:00.000Z');
    const copy = await read('https://copy.example.org/s3cret/feed.json', 519, '2026-12-04T12:00:00.000Z');

    expect(official).toContain('Read from www.canada.ca/feed.json Fetched December 2, 2026 at 12:00:00 UTC');
    expect(official).not.toContain('sesame');
    expect(mirror + copy).not.toMatch(/10\.0\.0\.7|copy\.example|s3cret|Read from/);
    expect(mirror).toContain('Fetched December 3, 2026');
  });
});

describe('a draw that was withdrawn', () => {
  it('has its page, which says so and is not for search engines', async () => {
    const { app, take } = await openArchiveWorld();
    await take({ withdrawn: ['ircc:297'], at: LATER });

    const answer = await app.request(DRAW);

    const html = await answer.text();
    expect(answer.status).toBe(200);
    expect(textOf(html)).toContain(
      'Withdrawn: since December 2, 2026 at 12:00:00 UTC it counts as taken back',
    );
    expect(html).toContain('<section class="banner">');
    expect(html).toContain('<meta name="robots" content="noindex">');
    expect(answer.headers.get('x-robots-tag')).toBe('noindex');
    expect(html).not.toContain('/check/?');
    expect(html).toContain('href="../../../en/draws/ircc-298/"');
  });

  it('stands between the others no longer', async () => {
    const { page, take } = await openArchiveWorld();
    await take({ withdrawn: ['ircc:297'], at: LATER });

    const pages = [await page('/en/draws/ircc-296/'), await page('/en/draws/ircc-304/')];

    expect(pages.join('')).not.toContain('ircc-297');
    expect(pages.join('')).not.toContain('noindex');
    expect(textOf(pages[1] ?? '')).toContain('Draw #204 (September 14, 2021');
  });

  it('does not lead to a type that has no draw left', async () => {
    const { page, take, app } = await openArchiveWorld();
    await take({ withdrawn: ['ircc:240'], at: LATER });

    const html = await page('/en/draws/ircc-240/');

    expect(html).not.toContain('/types/fsw/');
    expect((await app.request('/en/types/fsw/')).status).toBe(404);
  });
});

describe('a draw asked for in other words', () => {
  it.each([
    ['/en/draws/297/', '../../../en/draws/ircc-297/'],
    ['/fr/draws/ircc:297/', '../../../fr/draws/ircc-297/'],
    ['/en/draws/IRCC-297/', '../../../en/draws/ircc-297/'],
    ['/en/draws/91A/', '../../../en/draws/ircc-91a/'],
    ['/drawbell/en/draws/297/', '../../../en/draws/ircc-297/'],
    ['/en/draws/297', '297/'],
    ['/en/draws/', '../../en/history/'],
  ])('at %s leads to %s', async (path, location) => {
    const { app } = await openArchiveWorld('shipped', { publicUrl: 'https://example.org/drawbell' });

    const answer = await app.request(path);

    expect([answer.status, answer.headers.get('location')]).toEqual([308, location]);
  });

  it('by a number that several have, leads to each of them', async () => {
    const { app } = await openArchiveWorld();

    const answer = await app.request('/en/draws/91/');

    const html = await answer.text();
    expect(answer.status).toBe(404);
    expect(html).toContain('href="../../../en/draws/ircc-91a/"');
    expect(html).toContain('href="../../../en/draws/ircc-91b/"');
  });

  it('by a number of two publishers, leads to both', async () => {
    const other = { ...shippedDraw(297), id: 'other:297', source: 'other' };
    const { app } = await openArchiveWorld([shippedDraw(297), other]);

    const answer = await app.request('/en/draws/297/');

    const html = await answer.text();
    expect(answer.status).toBe(404);
    expect(html).toContain('href="../../../en/draws/ircc-297/"');
    expect(html).toContain('href="../../../en/draws/other-297/"');
  });

  it.each([
    ['/en/draws/9999/', 'No such draw is known'],
    ['/fr/draws/9999/', 'Aucune ronde de ce numéro n’est connue'],
    ['/en/draws/%3Cscript%3Ealert(1)%3C%2Fscript%3E/', 'No such draw is known'],
    ['/en/draws/..%2f..%2fetc%2fpasswd/', 'No such draw is known'],
    ['/en/draws/%ff%00/', 'No such draw is known'],
    [`/en/draws/${'9'.repeat(500)}/`, 'No such draw is known'],
    ['/en/draws/__proto__/', 'No such draw is known'],
  ])('that is not known, at %s, gets a page that helps and does not repeat it', async (path, heading) => {
    const { app, warnings } = await openArchiveWorld();

    const answer = await app.request(path);

    const html = await answer.text();
    expect(answer.status).toBe(404);
    expect(headingOf(html)).toBe(heading);
    expect(html).toMatch(/href="(\.\.\/)+(en|fr)\/draws\/ircc-\d+\/"/);
    expect(html).not.toMatch(/9999|<script|passwd/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(warnings).toEqual([]);
  });
});

describe('what a publisher writes', () => {
  it('cannot become marks, turn the text around, or lead anywhere but to its own page', async () => {
    const hostile = {
      ...shippedDraw(297),
      label: '</h1><script>alert("x")</script>\u202e<img src=x onerror=1>',
      type: 'other:script-alert' as const,
      version: '"><b>9</b>',
      url: 'javascript:alert(1)',
    };
    const { page } = await openArchiveWorld([shippedDraw(1), hostile]);

    const html = `${await page(DRAW)}${await page('/fr/draws/ircc-297/')}`;

    expect(html).not.toMatch(/<script|<img src=x|<b>9|\u202e|javascript:/);
    expect(textOf(html)).toContain('</h1><script>alert("x")</script>');
    expect(textOf(html)).toContain('This kind of draw is new to drawbell');
  });

  it.each(['http://www.canada.ca/page', 'https://user:word@example.org/', 'not a page'])(
    'as its page, %s, is no link',
    async (url) => {
      const { page } = await openArchiveWorld([{ ...shippedDraw(297), url }]);

      const html = await page(DRAW);

      expect(html).not.toContain(url);
      expect(html).not.toContain('This draw on the official page');
    },
  );

  it('as its page over https is a link', async () => {
    const { page } = await openArchiveWorld();

    const html = await page(DRAW);

    expect(html).toMatch(/<a href="https:\/\/www\.canada\.ca\/[^"]+\?q=297">This draw on the official page</);
  });
});
