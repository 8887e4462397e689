// What a window is called, and what is read first, once a profile has been compared.

import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/notify/text/languages.ts';
import { CHECK_WORDS } from '../../src/web/text/check.ts';
import { AMINA, formWith, RECENT } from './check-forms.ts';
import { openCheckWorld } from './check-world.ts';
import { headingOf } from './world.ts';

function titleOf(page: string): string | undefined {
  return /<title>([^<]*)<\/title>/.exec(page)?.[1]?.replaceAll('&#39;', "'");
}

/** What the part of the page is called that the focus is moved to. */
function answerName(page: string): string | undefined {
  return /<section class="answer"[^>]* aria-label="([^"]*)"/.exec(page)?.[1];
}

describe.each(['en', 'fr'] as const)('the answer in %s', (locale) => {
  const words = CHECK_WORDS[locale];

  it('about one draw is what the title of the window begins with, and what its part of the page is called', async () => {
    const { check } = await openCheckWorld();

    const page = await (await check(formWith(AMINA, 'ircc:297'), { locale })).text();

    const { invited } = LANGUAGES[locale].outcomes;
    expect(titleOf(page)).toBe(`${invited} · ${words.title} · Drawbell`);
    expect(answerName(page)).toBe(invited);
    expect(headingOf(page)).toBe(words.title);
  });

  it('about many draws says in how many of them there was an invitation', async () => {
    const { check } = await openCheckWorld();

    const page = await (await check(formWith({ ...RECENT, crs: 720 }), { locale })).text();

    const rows = [...page.matchAll(/<span class="verdict ([a-z-]+)">/g)].map(([, outcome]) => outcome);
    const [invited = 0, not = 0, open = 0] = ['invited', 'not-invited', 'cannot-tell'].map(
      (outcome) => rows.filter((one) => one === outcome).length,
    );
    const counted = words.inAll({ draws: 14, invited, 'not-invited': not, 'cannot-tell': open });
    expect(invited).toBeGreaterThan(0);
    expect(titleOf(page)).toBe(`${counted} · ${words.title} · Drawbell`);
    expect(page).toContain(`<h2>${counted}</h2>`);
    expect(answerName(page)).toBe(counted);
  });

  it('is in the title only when there is one', async () => {
    const { app, check } = await openCheckWorld();

    const open = await (await app.request(`/${locale}/check/`)).text();
    const faulty = await (await check(new Map([['crs', ['many']]]), { locale })).text();

    expect([titleOf(open), titleOf(faulty)]).toEqual(Array(2).fill(`${words.title} · Drawbell`));
  });
});

it('about many draws names those of which it cannot tell', () => {
  const counts = { draws: 1427, invited: 1, 'not-invited': 1415, 'cannot-tell': 11 };

  expect(CHECK_WORDS.en.inAll(counts)).toBe('Invited in 1 of 1,427 draws; 11 cannot be told');
  expect(CHECK_WORDS.fr.inAll(counts)).toBe(
    'Invitation dans 1\u00a0ronde sur 1\u00a0427; impossible à dire pour 11',
  );
});
