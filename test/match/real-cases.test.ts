// Real rounds and the people they were told about: what a naive program gets wrong.

import { describe, expect, it } from 'vitest';
import type { Draw } from '../../src/draw/draw.ts';
import type { Profile } from '../../src/match/profile.ts';
import { shippedDraw, shippedDraws } from '../draw/history.ts';
import { drawNamed, soundProfile, without } from './profiles.ts';
import { judgeDraw, judgedInWords, reference } from './reference.ts';

function judged(draw: Draw, facts: Partial<Profile>): string {
  return judgedInWords(draw, soundProfile(draw, facts));
}

/** A year in one occupation, in a row, in Canada. */
function aYearAs(noc: string): Partial<Profile> {
  return { experience: [{ noc, months: 12, continuous: true, inCanada: true }] };
}

describe('#176 of 13 February 2021: 27,332 of the Canadian Experience Class at 75', () => {
  const draw = shippedDraw(176);

  it.each<[who: string, facts: Partial<Profile>, said: string]>([
    ['with 76', { crs: 76 }, 'invited above-cutoff'],
    ['with 74', { crs: 74 }, 'not-invited below-cutoff'],
    [
      'with 75, at the tie-break',
      { crs: 75, profileSubmittedAt: '2020-09-12T15:31:40Z' },
      'invited tie-break-met',
    ],
    [
      'with 75, a second late',
      { crs: 75, profileSubmittedAt: '2020-09-12T15:31:41Z' },
      'not-invited tie-break-missed',
    ],
    ['with 470, but FSW only', { crs: 470, programs: ['fsw'] }, 'not-invited programs-not-eligible'],
    [
      'with 670, a nominee of no programme',
      { crs: 670, programs: [], nominated: true },
      'not-invited programs-not-eligible',
    ],
  ])('a person %s', (_, facts, said) => {
    expect(judged(draw, facts)).toBe(said);
  });
});

describe('#297 of 31 May 2024, at 522: the tie-break of 19 March, 18:58:58 UTC', () => {
  const draw = shippedDraw(297);

  it.each([
    ['2024-03-19T18:58:57Z', 'invited tie-break-met'],
    ['2024-03-19T18:58:58Z', 'invited tie-break-met'],
    ['2024-03-19T18:58:59Z', 'not-invited tie-break-missed'],
    // The same instant on the clocks of Toronto, Vancouver, St. John's, Delhi, Manila and Honolulu.
    ['2024-03-19T14:58:58-04:00', 'invited tie-break-met'],
    ['2024-03-19T11:58:58-07:00', 'invited tie-break-met'],
    ['2024-03-19T16:28:58-02:30', 'invited tie-break-met'],
    ['2024-03-20T00:28:58+05:30', 'invited tie-break-met'],
    ['2024-03-20T02:58:58+08:00', 'invited tie-break-met'],
    ['2024-03-19T08:58:58-10:00', 'invited tie-break-met'],
    ['2024-03-19T18:58:58.000Z', 'invited tie-break-met'],
    ['2024-03-19t18:58:58z', 'invited tie-break-met'],
    ['2024-03-19T18:58:58+00:00', 'invited tie-break-met'],
    // A second later on the same clocks: reading them as texts would say yes to the first.
    ['2024-03-19T14:58:59-04:00', 'not-invited tie-break-missed'],
    ['2024-03-20T00:28:59+05:30', 'not-invited tie-break-missed'],
    // Days: the 18th lasts until 08:00 UTC of the 19th in Vancouver, the 20th begins at 02:30 UTC in St. John's.
    ['2024-03-17', 'invited tie-break-met'],
    ['2024-03-18', 'cannot-tell tie-break-day-too-close'],
    ['2024-03-19', 'cannot-tell tie-break-day-too-close'],
    ['2024-03-20', 'not-invited tie-break-missed'],
  ])('submitted %s: %s', (profileSubmittedAt, said) => {
    expect(judged(draw, { crs: 522, profileSubmittedAt })).toBe(said);
  });

  it('is told with the instants compared, as they were given', () => {
    const profileSubmittedAt = '2024-03-19T14:58:59-04:00';

    const { margin, reasons } = judgeDraw(draw, soundProfile(draw, { crs: 522, profileSubmittedAt }));

    expect(margin).toBe(0);
    expect(reasons).toEqual([
      {
        code: 'tie-break-missed',
        score: 522,
        submittedAt: profileSubmittedAt,
        tieBreakAt: '2024-03-19T18:58:58Z',
      },
    ]);
  });

  it('asks for the submission because of the tie-break too', () => {
    const { reasons } = judgeDraw(draw, without(soundProfile(draw, { crs: 522 }), ['profileSubmittedAt']));

    expect(reasons).toEqual([
      { code: 'submission-unknown', missing: 'profileSubmittedAt', tieBreakAt: '2024-03-19T18:58:58Z' },
    ]);
  });

  it('cannot be told by a day that begins after it in UTC, when it is of that day there', () => {
    const late = { ...draw, tieBreakAt: '2024-03-20T01:00:00Z' };

    expect(judged(late, { crs: 522, profileSubmittedAt: '2024-03-20' })).toBe(
      'cannot-tell tie-break-day-too-close',
    );
    expect(judged(late, { crs: 522, profileSubmittedAt: '2024-03-21' })).toBe('not-invited tie-break-missed');
  });
});

describe('two rounds of one day: 91a for the trades programme at 288, 91b for nominees at 902', () => {
  const trades = shippedDraw('91a');
  const nominees = shippedDraw('91b');
  const tradesperson: Partial<Profile> = { crs: 300, programs: ['fst'], nominated: false };
  const nominee: Partial<Profile> = { crs: 910, programs: ['fsw'], nominated: true };

  it('invite the tradesperson to the one only', () => {
    expect(judged(trades, tradesperson)).toBe('invited above-cutoff');
    expect(judged(nominees, tradesperson)).toBe('not-invited not-nominated below-cutoff');
  });

  it('and the nominee to the other only', () => {
    expect(judged(trades, nominee)).toBe('not-invited programs-not-eligible');
    expect(judged(nominees, nominee)).toBe('invited above-cutoff');
  });

  it('take the 600 points of a nomination as part of the score, and add none', () => {
    expect(judged(nominees, { ...nominee, crs: 310 })).toBe('not-invited below-cutoff');
  });
});

describe('a programme is no category', () => {
  it('a carpenter of the Canadian Experience Class is not invited to a round of the trades programme', () => {
    const carpenter = { ...aYearAs('72310'), programs: ['cec'] satisfies Profile['programs'] };

    expect(judged(shippedDraw(159), carpenter)).toBe('not-invited programs-not-eligible');
    expect(judged(shippedDraw(321), carpenter)).toBe('invited occupation-met above-cutoff');
  });
});

describe('an occupation on one list and not on another', () => {
  // Version 1: #252 to #327; version 2: #345 to #385; version 3: #398 and #422.
  it.each([
    ['a kinesiologist (31204)', '31204', [301, 327], [345, 385, 398, 422]],
    ['an educational counsellor (41320)', '41320', [252, 284], [362, 422]],
    ['a pharmacist (31120)', '31120', [345, 385, 398, 422], [252, 301, 327]],
    ['a social worker (41300)', '41300', [379, 422], [255, 301]],
    ['a registered nurse (31301)', '31301', [252, 301, 345, 385, 398, 422], []],
    ['a cook (63200)', '63200', [368], [300, 321, 408]],
    ['a butcher (63201)', '63201', [267, 285, 408], [321, 368]],
    ['a bricklayer (72320)', '72320', [368, 408], [261, 321]],
    ['a truck driver (73300)', '73300', [264, 277, 289], []],
    ['a software developer (21232)', '21232', [254, 274, 293], []],
  ])('%s', (_, noc, invited, not) => {
    for (const number of invited)
      expect(judged(shippedDraw(number), aYearAs(noc))).toBe('invited occupation-met above-cutoff');
    for (const number of not)
      expect(judged(shippedDraw(number), aYearAs(noc))).toBe('not-invited occupation-not-listed');
  });

  it('drivers of trucks were on the list of 2023 and are not on that of 2026, aircraft mechanics on both', () => {
    const of2026 = drawNamed('Transport Occupations, 2026-Version 2');

    expect(judged(of2026, aYearAs('73300'))).toBe('not-invited occupation-not-listed');
    expect(judged(of2026, aYearAs('72404'))).toBe('invited occupation-met above-cutoff');
    expect(judged(shippedDraw(264), aYearAs('72404'))).toBe('invited occupation-met above-cutoff');
  });

  it('is told with the title of the occupation, the months and what was asked for', () => {
    const { reasons } = judgeDraw(
      shippedDraw(368),
      soundProfile(shippedDraw(368), { experience: [{ noc: '63200', months: 5 }] }),
    );

    const occupation = { noc: '63200', en: 'Cooks', fr: 'Cuisiniers/cuisinières' };
    expect(reasons).toEqual([{ code: 'months-short', occupation, months: 5, required: 6 }]);
  });
});

describe('French rounds', () => {
  const french: Partial<Profile> = { programs: ['fsw'], frenchNclc7: true, experience: [] };
  const rounds = shippedDraws().filter(({ type }) => type === 'french');

  it('were held as Version 1 until 17 December 2025 and as 2026-Version 2 from 6 February 2026', () => {
    const last = rounds.findLast(({ version }) => version === '1');
    const first = rounds.find(({ version }) => version === '2026-2');

    expect([last?.date, first?.date]).toEqual(['2025-12-17', '2026-02-06']);
  });

  it('invite every speaker of French above the cut-off, without any occupation', () => {
    for (const draw of rounds) expect(judged(draw, french)).toBe('invited french-met above-cutoff');
  });

  it('invite nobody else, whatever their occupation', () => {
    for (const draw of rounds)
      expect(judged(draw, { ...aYearAs('31301'), frenchNclc7: false })).toBe(
        'not-invited french-below-nclc7',
      );
  });
});

describe('renamed rounds', () => {
  const past = shippedDraws().filter(({ version, date }) => version === '1' && date < '2025-02-27');

  it('are told the same under "(2023-1)", "(2024-1)" and "(Version 1)"', () => {
    for (const draw of past) {
      for (const noc of ['31301', '31204', '72310', '73300', '21232', '63201']) {
        const profile = soundProfile(draw, { ...aYearAs(noc), frenchNclc7: true });
        const now = judgeDraw(draw, profile);
        const before = ['2023-1', '2024-1'].map((version) => {
          const label = draw.label.replace('(Version 1)', `(${version})`);
          return judgeDraw({ ...draw, label, version }, profile);
        });

        expect(now.outcome).not.toBe('cannot-tell');
        expect(before).toEqual([now, now]);
      }
    }
  });

  it('are those of all six categories of 2023', () => {
    expect([...new Set(past.map(({ type }) => type))].sort()).toEqual([
      'agriculture',
      'french',
      'healthcare',
      'stem',
      'trades',
      'transport',
    ]);
  });
});

describe('work that must have been in Canada', () => {
  it.each<[who: string, number: number, noc: string, place: boolean | undefined, said: string]>([
    ['a senior manager in Canada', 426, '00012', true, 'invited occupation-met above-cutoff'],
    ['a senior manager abroad', 426, '00012', false, 'not-invited work-not-in-canada'],
    ['a senior manager nobody knows where', 426, '00012', undefined, 'cannot-tell work-place-unknown'],
    ['a family physician in Canada', 421, '31102', true, 'invited occupation-met above-cutoff'],
    ['a family physician abroad', 421, '31102', false, 'not-invited work-not-in-canada'],
    ['a surgeon in Canada', 397, '31101', true, 'invited occupation-met above-cutoff'],
    [
      'a surgeon abroad, in a round of healthcare',
      422,
      '31101',
      false,
      'invited occupation-met above-cutoff',
    ],
    ['a nurse in Canada, in a round of physicians', 421, '31301', true, 'not-invited occupation-not-listed'],
  ])('%s (#%s)', (_, number, noc, inCanada, said) => {
    const place = inCanada === undefined ? {} : { inCanada };

    expect(judged(shippedDraw(number), { experience: [{ noc, months: 12, ...place }] })).toBe(said);
  });

  it('counts the months in Canada only, and says how many', () => {
    const experience = [
      { noc: '00012', months: 7, inCanada: true },
      { noc: '00012', months: 30, inCanada: false },
    ];

    const { reasons } = judgeDraw(shippedDraw(426), soundProfile(shippedDraw(426), { experience }));

    expect(reasons).toMatchObject([{ code: 'work-not-in-canada', months: 7, required: 12 }]);
  });
});

describe('cautions', () => {
  const held = (date: string) => ({ ...shippedDraw(297), date, issuedAt: `${date}T14:00:00Z` });
  const changed = (draw: Draw, facts: Partial<Profile>) =>
    judgeDraw(draw, soundProfile(draw, facts)).cautions.map((caution) =>
      caution.code === 'points-grid-changed' ? caution.changedOn : caution.code,
    );

  it.each<[noted: string, round: string, on: string[]]>([
    ['2025-03-24', '2025-03-24', []],
    ['2025-03-24', '2025-03-25', ['2025-03-25']],
    ['2025-03-24', '2025-05-12', ['2025-03-25']],
    ['2025-03-25', '2025-05-12', []],
    ['2025-03-26', '2025-05-12', []],
    ['2024-05-01', '2024-05-31', []],
    ['2026-11-02', '2026-11-02', []],
    ['2026-11-02', '2026-11-03', ['2026-11-03']],
    ['2026-11-02', '2026-11-20', ['2026-11-03']],
    ['2026-11-03', '2026-11-20', []],
    ['2025-03-24', '2026-11-02', ['2025-03-25']],
    ['2025-03-24', '2026-11-03', ['2025-03-25', '2026-11-03']],
    ['2025-03-25', '2026-11-03', ['2026-11-03']],
  ])('a score noted on %s and a round of %s: changes of %j', (crsAsOf, round, on) => {
    expect(changed(held(round), { crsAsOf })).toEqual(on);
  });

  it('come with a real round after the points for a job offer went away, and not before', () => {
    expect(changed(shippedDraw(341), { crsAsOf: '2025-03-01', frenchNclc7: true })).toEqual([]);
    expect(changed(shippedDraw(344), { crsAsOf: '2025-03-01' })).toEqual(['2025-03-25']);
  });

  it.each([
    ['a yes', 550],
    ['a no', 500],
    ['a tie', 522],
  ])('come with %s', (_, crs) => {
    expect(changed(held('2025-05-12'), { crs, crsAsOf: '2025-03-24' })).toEqual(['2025-03-25']);
  });

  it('say how sure the change is and where it stands', () => {
    const draw = held('2026-11-20');

    const { cautions } = judgeDraw(draw, soundProfile(draw, { crsAsOf: '2025-01-31' }));

    expect(cautions).toEqual([
      {
        code: 'points-grid-changed',
        scoreAsOf: '2025-01-31',
        changedOn: '2025-03-25',
        what: 'job-offer-points-removed',
        certainty: 'high',
        source: expect.stringMatching(/^https:\/\/www\.canada\.ca\//),
      },
      {
        code: 'points-grid-changed',
        scoreAsOf: '2025-01-31',
        changedOn: '2026-11-03',
        what: 'points-not-known-here',
        certainty: 'second-hand',
        source: null,
      },
    ]);
  });

  it('are not made up where the score or the day it was noted is not told', () => {
    const draw = held('2026-11-20');
    const profile = soundProfile(draw, { crsAsOf: '2025-01-31' });

    expect(judgeDraw(draw, without(profile, ['crs'])).cautions).toEqual([]);
    expect(judgeDraw(draw, without(profile, ['crsAsOf'])).cautions).toEqual([]);
  });

  it('tell that the rule for military recruits is not known first-hand, whatever the outcome', () => {
    const draw = drawNamed('Skilled Military Recruits, 2026-Version 1');
    const answers = [true, false].map((militaryRecruit) => soundProfile(draw, { militaryRecruit }));

    const cautions = [...answers, {}].map((profile) => judgeDraw(draw, profile).cautions);

    const caution = {
      code: 'category-rules-uncertain',
      certainty: 'medium',
      source: expect.stringMatching(/^https:\/\/www\.canada\.ca\//),
    };
    expect(cautions).toEqual([[caution], [caution], [caution]]);
  });

  it('are given for no list that is known with high certainty', () => {
    const sure = reference.categories.filter(({ certainty }) => certainty === 'high');
    const cautions = sure.flatMap(({ type, inNames }) => {
      const draw = drawNamed(type, { type, version: inNames[0] ?? null });
      return judgeDraw(draw, soundProfile(draw)).cautions;
    });

    expect(sure.length).toBe(19);
    expect(cautions).toEqual([]);
  });
});

describe('the day of the round', () => {
  // Published as 2024-06-01T01:30:00Z: the evening of 31 May in Canada, an hour before 1 June begins in St. John's.
  const evening = { ...shippedDraw(297), issuedAt: '2024-06-01T01:30:00Z' };

  it.each([
    ['2024-05-30', 'invited above-cutoff'],
    ['2024-05-31', 'cannot-tell submission-day-too-close'],
    ['2024-06-01', 'not-invited submitted-after-draw'],
  ])('held in the evening: submitted %s, %s', (profileSubmittedAt, said) => {
    expect(judged(evening, { profileSubmittedAt })).toBe(said);
  });

  it('is not over in Vancouver when the next has begun in UTC', () => {
    const morning = { ...shippedDraw(297), issuedAt: '2024-05-31T07:30:00Z' };

    expect(judged(morning, { profileSubmittedAt: '2024-05-30' })).toBe(
      'cannot-tell submission-day-too-close',
    );
    expect(judged(morning, { profileSubmittedAt: '2024-05-29' })).toBe('invited above-cutoff');
  });
});

describe('twelve months', () => {
  const leap = { ...shippedDraw(297), date: '2024-02-29', issuedAt: '2024-02-29T15:58:53Z' };

  it.each([
    ['2023-02-28T23:59:59Z', 'not-invited profile-expired'],
    ['2023-03-01T00:00:00Z', 'invited above-cutoff'],
  ])('before 29 February: submitted %s, %s', (profileSubmittedAt, said) => {
    expect(judged(leap, { profileSubmittedAt })).toBe(said);
  });

  it('are counted to the time of the round, which may be the next day in UTC', () => {
    // Published as 2024-05-02T01:30:00Z: the evening of the 1st in Canada.
    const evening = { ...shippedDraw(297), date: '2024-05-01', issuedAt: '2024-05-02T01:30:00Z' };

    expect(judged(evening, { profileSubmittedAt: '2024-05-02T01:00:00Z' })).toBe('invited above-cutoff');
    expect(judged(evening, { profileSubmittedAt: '2023-05-02T01:00:00Z' })).toBe(
      'not-invited profile-expired',
    );
  });
});
