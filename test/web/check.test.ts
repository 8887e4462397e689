// "Would I have been invited?" as a form: what it answers, how it refuses, and that it keeps nothing.

import { describe, expect, it } from 'vitest';
import type { Draw } from '../../src/draw/draw.ts';
import type { Profile } from '../../src/match/profile.ts';
import { LANGUAGES } from '../../src/notify/text/languages.ts';
import { CHECK_WORDS } from '../../src/web/text/check.ts';
import { PAGE_WORDS } from '../../src/web/text/index.ts';
import { PROFILE_WORDS } from '../../src/web/text/profile.ts';
import { shippedDraw, shippedDraws } from '../draw/history.ts';
import { judgeDraw } from '../match/reference.ts';
import { readTables } from '../support/look.ts';
import { textOf } from './archive-world.ts';
import { AMINA, formWith, RECENT, SCORE_ONLY, TODAY } from './check-forms.ts';
import { openCheckWorld } from './check-world.ts';
import { headingOf } from './world.ts';

function answerOf(page: string): string {
  return /<section class="answer"[\s\S]*?<\/section>/.exec(page)?.[0] ?? '';
}

/** Draw and outcome of each row. */
function rowsOf(page: string): [string, string][] {
  const rows = page.matchAll(
    /<tr><th scope="row"><a[^>]*>([^<]*)<\/a>[\s\S]*?<span class="verdict ([a-z-]+)">/g,
  );
  return [...rows].map(([, draw = '', outcome = '']) => [draw, outcome]);
}

function chosenIn(page: string): string[] {
  const list = /<select id="draw"[\s\S]*?<\/select>/.exec(page)?.[0] ?? '';
  return [...list.matchAll(/<option value="([^"]*)" selected>/g)].map(([, value = '']) => value);
}

describe.each(['en', 'fr'] as const)('the page in %s', (locale) => {
  it('shows an empty form with the latest draw of each type first, the same for everybody', async () => {
    const { app } = await openCheckWorld();

    const answer = await app.request(`/${locale}/check/`);
    const page = await answer.text();
    const again = await app.request(`/${locale}/check/`, {
      headers: { 'If-None-Match': answer.headers.get('ETag') ?? '' },
    });

    expect([answer.status, again.status]).toEqual([200, 304]);
    expect(answer.headers.get('Cache-Control')).toContain('public');
    expect(headingOf(page)).toBe(CHECK_WORDS[locale].title);
    expect(/<option value="([^"]*)"/.exec(page)?.[1]).toBe('latest');
    expect(page.match(/<option value="ircc:/g)).toHaveLength(shippedDraws().length);
    expect(page).not.toContain('class="answer"');
    expect(page.length).toBeLessThan(60_000);
  });

  it('answers for one draw: the outcome first, then what it rests on', async () => {
    const { check } = await openCheckWorld();

    const answer = await check(formWith(AMINA, 'ircc:297'), { locale });
    const page = await answer.text();

    const words = LANGUAGES[locale];
    expect([answer.status, answer.headers.get('Content-Type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.indexOf('class="answer"')).toBeLessThan(page.indexOf('<form'));
    expect(answerOf(page)).toContain(`<h2 class="verdict invited">${words.outcomes.invited}.</h2>`);
    const said = textOf(answerOf(page));
    expect(said).toContain(words.day('2024-05-31').replace(/\s/g, ' '));
    expect(said).toContain(words.mail.headings.why);
    expect(said).toContain(words.mail.headings.standing);
    expect(answerOf(page)).toContain(`href="../../${locale}/draws/ircc-297/"`);
    expect(chosenIn(page)).toEqual(['ircc:297']);
  });

  it('names what is missing, and leads to the field for it', async () => {
    const { check } = await openCheckWorld();

    const page = await (await check(formWith({ crs: 530 }, 'ircc:297'), { locale })).text();

    const { labels } = PROFILE_WORDS[locale];
    const links = [...answerOf(page).matchAll(/<a href="#([^"]+)">([^<]*)<\/a>/g)].map(([, id, text]) => [
      id,
      text,
    ]);
    expect(answerOf(page)).toContain('class="verdict cannot-tell"');
    expect(links).toEqual([
      ['programs', labels.programs],
      ['profileSubmittedAt', labels.profileSubmittedAt],
    ]);
    for (const [id] of links) expect(page).toContain(` id="${id}"`);
  });

  it('answers for all draws: what it comes to, near misses, and a row for each of the newest thirty', async () => {
    const { check } = await openCheckWorld();
    const profile: Profile = { ...RECENT, crs: 505, frenchNclc7: false };

    const page = await (await check(formWith(profile, 'all'), { locale })).text();

    const newest = shippedDraws().toReversed().slice(0, 30);
    expect(rowsOf(page)).toEqual(newest.map((draw) => [draw.number, judgeDraw(draw, profile).outcome]));
    const near = answerOf(page).match(/<li><a href="[./a-z]*\/draws\/[^"]*">[^<]*<\/a><\/li>/g) ?? [];
    expect(near).toHaveLength(5);
    expect(near[0]).toContain('ircc-404');
    const older = shippedDraws().length - 30;
    const invited = shippedDraws().filter((draw) => judgeDraw(draw, profile).outcome === 'invited').length;
    const shown = rowsOf(page).filter(([, outcome]) => outcome === 'invited').length;
    const rest = CHECK_WORDS[locale].rest({
      draws: older,
      invited: invited - shown,
      'not-invited': older - (invited - shown),
      'cannot-tell': 0,
    });
    expect(page).toContain(rest.replaceAll("'", '&#39;'));
    expect(page.length).toBeLessThan(100_000);
  });

  it('says of what was written what is wrong, beside its field and above the form, and keeps all of it', async () => {
    const { check } = await openCheckWorld();

    const answer = await check('draw=all&crs=abc&crsAsOf=2024-05-01&noc-2=3012&months-2=14&nominated=yes', {
      locale,
    });
    const page = await answer.text();

    const words = PROFILE_WORDS[locale];
    expect(answer.status).toBe(422);
    expect(page).not.toContain('class="answer"');
    const summary = /<div class="faults"[\s\S]*?<\/div>/.exec(page)?.[0] ?? '';
    expect(summary).toContain('role="alert"');
    expect(summary).toContain(words.faultsHeading(2));
    expect([...summary.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id)).toEqual(['crs', 'noc-2']);
    expect(page).toContain(`<p class="fault" id="crs-fault">${words.faults.crs.wrong}</p>`);
    expect(page).toMatch(/<input id="crs"[^>]* value="abc"[^>]* aria-invalid="true"/);
    expect(page).toContain('value="2024-05-01"');
    expect(page).toMatch(/<select id="nominated"[^>]*>.*<option value="yes" selected>/);
    expect(chosenIn(page)).toEqual(['all']);
  });
});

describe('which draws are asked about', () => {
  it('is the latest of each type, unless something else is', async () => {
    const { check } = await openCheckWorld();

    const [left, said] = await Promise.all(
      [formWith(RECENT), formWith(RECENT, 'latest')].map(async (form) => (await check(form)).text()),
    );

    const types = new Set(shippedDraws().map(({ type }) => type));
    expect(rowsOf(left ?? '')).toHaveLength(types.size);
    expect(rowsOf(said ?? '')).toEqual(rowsOf(left ?? ''));
    expect(textOf(answerOf(left ?? ''))).toContain(`in the latest draw of 3 of ${types.size} types`);
  });

  it('is chosen by a link, and one that is not known is told with what there is: 404', async () => {
    const { app } = await openCheckWorld();

    const known = await app.request('/en/check/?draw=ircc:91a');
    const byNumber = await app.request('/en/check/?draw=297');
    const unknown = await app.request('/en/check/?draw=ircc:9999');

    expect([known.status, byNumber.status, unknown.status]).toEqual([200, 200, 404]);
    expect(chosenIn(await known.text())).toEqual(['ircc:91a']);
    expect(chosenIn(await byNumber.text())).toEqual(['ircc:297']);
    const page = await unknown.text();
    expect(page).toContain('id="draw-fault"');
    expect(page).not.toContain('9999');
  });

  it('must be one that is known: 422', async () => {
    const { check } = await openCheckWorld();

    const answer = await check(formWith(AMINA, 'ircc:9999'));

    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain(CHECK_WORDS.en.draws.unknown);
  });

  it('is none that is still to come', async () => {
    const draw = shippedDraw(297);
    const { check } = await openCheckWorld([
      draw,
      { ...draw, id: 'ircc:298', number: '298', date: '2026-12-02' },
    ]);

    const page = await (await check(formWith(AMINA, 'all'))).text();

    expect(TODAY < '2026-12-02').toBe(true);
    expect(rowsOf(page)).toEqual([['297', 'invited']]);
  });

  it('may be none at all, before the first is known', async () => {
    const { app, check } = await openCheckWorld([]);

    const pages = [
      await app.request('/en/check/'),
      await check(formWith(AMINA)),
      await check(formWith(AMINA, 'all')),
    ];

    expect(pages.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await pages[1]?.text()).toContain(CHECK_WORDS.en.noDraw);
  });
});

describe('an answer', () => {
  it('about nothing but a score is no guess: what is not below a cut-off cannot be told', async () => {
    const { check } = await openCheckWorld();

    const page = await (await check(formWith(SCORE_ONLY, 'all'))).text();

    const outcomes = new Set(rowsOf(page).map(([, outcome]) => outcome));
    expect(outcomes).toEqual(new Set(['not-invited', 'cannot-tell']));
  });

  it('to an empty form names everything that is missing', async () => {
    const { check } = await openCheckWorld();

    const answer = await check('draw=');
    const page = answerOf(await answer.text());

    expect(answer.status).toBe(200);
    const fields = [...page.matchAll(/<a href="#([^"]+)">/g)].map(([, id]) => id);
    expect(fields).toEqual(
      expect.arrayContaining([
        'crs',
        'programs',
        'nominated',
        'frenchNclc7',
        'experience',
        'profileSubmittedAt',
      ]),
    );
  });

  it('says that nothing is missing where nothing that could be filled in would decide', async () => {
    const draw: Draw = { ...shippedDraw(297), tieBreakAt: null };
    const { check } = await openCheckWorld([draw]);

    const page = await (await check(formWith(AMINA, 'ircc:297'))).text();

    expect(answerOf(page)).toContain('class="verdict cannot-tell"');
    expect(textOf(answerOf(page))).toContain(LANGUAGES.en.mail.nothingToGive);
  });

  it('tells outcomes by words, not only by colours', async () => {
    const { check } = await openCheckWorld();

    const page = await (await check(formWith(SCORE_ONLY, 'all'))).text();

    for (const [, outcome, words] of page.matchAll(/<span class="verdict ([a-z-]+)">([^<]*)</g))
      expect(words).toBe(CHECK_WORDS.en.outcomes[outcome as 'invited']);
  });

  it('says with what care to read it', async () => {
    const { check } = await openCheckWorld();

    const one = textOf(answerOf(await (await check(formWith(RECENT, 'ircc:422'))).text()));
    const all = textOf(answerOf(await (await check(formWith(RECENT, 'all'))).text()));

    expect(one).toMatch(/Read this with care Your score was noted on May 1, 2024/);
    expect(all).toMatch(/All of these draws: Your score was noted on May 1, 2024/);
  });

  it('has hostile names of draws as text', async () => {
    const draw: Draw = {
      ...shippedDraw(297),
      type: 'other:evil',
      label: '<img src=x onerror=alert(1)>"\u202e',
      number: '<b>1</b>',
      id: 'ircc:"><script>',
    };
    const { check, app } = await openCheckWorld([draw]);

    const one = await (await check(formWith(AMINA, draw.id))).text();
    const all = await (await check(formWith(AMINA, 'all'))).text();
    const form = await (await app.request('/fr/check/')).text();

    for (const page of [one, all, form]) {
      expect(page).not.toMatch(/<img src=x|<script|<b>|\u202e/);
      expect(page).toContain('&lt;');
    }
  });
});

describe('what is sent', () => {
  it('is neither stored nor logged, and sets no cookie', async () => {
    const { db, check, warnings } = await openCheckWorld();
    const before = await readTables(db);

    const answers = [await check(formWith(AMINA, 'ircc:297')), await check('crs=4711')];

    expect(await readTables(db)).toEqual(before);
    expect(warnings).toEqual([]);
    for (const { headers } of answers) {
      expect(headers.get('Set-Cookie')).toBeNull();
      expect(headers.get('Cache-Control')).toBe('no-store');
      expect(headers.get('ETag')).toBeNull();
    }
  });

  it.each([
    [
      'more than 64 KB',
      413,
      { body: `crs=${'5'.repeat(65_536)}`, type: 'application/x-www-form-urlencoded' },
    ],
    ['no form', 400, { body: '{"crs":522}', type: 'application/json' }],
  ])('is refused when it is %s: %i', async (_what, status, { body, type }) => {
    const { check } = await openCheckWorld();

    const answer = await check('', {
      body,
      headers: { 'Content-Type': type, 'Sec-Fetch-Site': 'same-origin' },
    });

    expect(answer.status).toBe(status);
    expect(headingOf(await answer.text())).toBe(
      status === 413 ? PAGE_WORDS.en.tooLarge.title : CHECK_WORDS.en.title,
    );
  });

  it('is refused for a while when a network sends very many, and nothing of it is lost: 429', async () => {
    let now = new Date(TODAY);
    const { check } = await openCheckWorld([shippedDraw(297)], { now: () => now });
    for (let time = 0; time < 120; time += 1) await check('crs=500');

    const refused = await check('crs=522&draw=ircc:297', { locale: 'fr' });
    now = new Date(now.getTime() + 60_000);
    const later = await check('crs=522&draw=ircc:297');

    expect([refused.status, refused.headers.get('Retry-After'), later.status]).toEqual([429, '60', 200]);
    const page = await refused.text();
    expect(page).toContain(CHECK_WORDS.fr.tooMany);
    expect(page).toMatch(/<input id="crs"[^>]* value="522"/);
    expect(chosenIn(page)).toEqual(['ircc:297']);
  });

  it('is answered whichever path the pages are below', async () => {
    const { app } = await openCheckWorld(shippedDraws(), { publicUrl: 'https://example.org/draws/' });

    const answer = await app.request('/draws/en/check/', {
      method: 'POST',
      body: new URLSearchParams('crs=500&draw=ircc:297'),
      headers: { Origin: 'https://example.org' },
    });

    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('class="verdict not-invited"');
  });
});
