// Whether a person would have been invited: the decision table and its edges.

import { describe, expect, it } from 'vitest';
import type { Draw } from '../../src/draw/draw.ts';
import type { Profile } from '../../src/match/profile.ts';
import { judge } from '../../src/match/verdict.ts';
import { shippedDraw } from '../draw/history.ts';
import { soundProfile, without } from './profiles.ts';

const cec = shippedDraw(297); // 3,000 at 522; tie-break 2024-03-19T18:58:58Z
const other: Draw = { ...cec, id: 'ircc:9001', type: 'other:hospitality-occupations' };

/** Real draws, one of each type that was held, by the name the table uses. */
const DRAWS: Record<string, Draw> = {
  general: shippedDraw(294),
  cec,
  fsw: shippedDraw(240),
  fst: shippedDraw(159),
  pnp: shippedDraw(296),
  french: shippedDraw(425),
  healthcare: shippedDraw(422),
  stem: shippedDraw(293),
  trades: shippedDraw(408),
  transport: shippedDraw(289),
  agriculture: shippedDraw(285),
  education: shippedDraw(367),
  physicians: shippedDraw(421),
  'senior-managers': shippedDraw(426),
  other,
};

/** What people tell us, beyond a score above the cut-off and a profile in the pool. */
const SHAPES: Record<string, Partial<Profile>> = {
  cec: { programs: ['cec'] },
  fsw: { programs: ['fsw'] },
  fst: { programs: ['fst'] },
  none: { programs: [] },
  nominee: { programs: [], nominated: true },
  'nominee?': { programs: [], nominated: undefined as never },
  'program?': { programs: undefined as never },
};

/** Everybody here has NCLC 7 in French; `?` is cannot-tell. */
const TABLE = `
                  | cec | fsw | fst | none | nominee | nominee? | program? |
  general         | yes | yes | yes | no   | yes     | ?        | ?        |
  cec             | yes | no  | no  | no   | no      | no       | ?        |
  fsw             | no  | yes | no  | no   | no      | no       | ?        |
  fst             | no  | no  | yes | no   | no      | no       | ?        |
  pnp             | no  | no  | no  | no   | yes     | ?        | no       |
  french          | yes | yes | yes | no   | no      | no       | ?        |
  healthcare      | ?   | ?   | ?   | no   | no      | no       | ?        |
  stem            | ?   | ?   | ?   | no   | no      | no       | ?        |
  trades          | ?   | ?   | ?   | no   | no      | no       | ?        |
  transport       | ?   | ?   | ?   | no   | no      | no       | ?        |
  agriculture     | ?   | ?   | ?   | no   | no      | no       | ?        |
  education       | ?   | ?   | ?   | no   | no      | no       | ?        |
  physicians      | ?   | ?   | ?   | no   | no      | no       | ?        |
  senior-managers | ?   | ?   | ?   | no   | no      | no       | ?        |
  other           | ?   | ?   | ?   | ?    | ?       | ?        | ?        |
`;
const OUTCOMES = { yes: 'invited', no: 'not-invited', '?': 'cannot-tell' } as const;

function rowsOf(table: string): [draw: string, shape: string, outcome: keyof typeof OUTCOMES][] {
  const [head = [], ...rows] = table
    .trim()
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()));
  const shapes = head.slice(1, -1);
  return rows.flatMap(([draw = '', ...cells]) =>
    shapes.map((shape, index): [string, string, keyof typeof OUTCOMES] => [
      draw,
      shape,
      cells[index] as keyof typeof OUTCOMES,
    ]),
  );
}

function judged(draw: Draw, change: Partial<Profile> = {}): string {
  const { outcome, reasons } = judge(draw, soundProfile(draw, change));
  return [outcome, ...reasons.map(({ code }) => code)].join(' ');
}

describe('above the cut-off and in the pool', () => {
  it.each(rowsOf(TABLE))('a draw of type %s and a person with programme %s: %s', (draw, shape, outcome) => {
    const held = DRAWS[draw] as Draw;
    const { frenchNclc7, ...told } = { ...soundProfile(held), ...SHAPES[shape], frenchNclc7: true };
    const profile = without({ ...told, frenchNclc7 }, [
      ...(told.programs === undefined ? (['programs'] as const) : []),
      ...(told.nominated === undefined ? (['nominated'] as const) : []),
    ]);

    expect(judge(held, profile).outcome).toBe(OUTCOMES[outcome]);
  });

  it('names what is missing where it cannot tell', () => {
    const nothingTold = judge(cec, {});

    expect(nothingTold).toEqual({
      draw: 'ircc:297',
      outcome: 'cannot-tell',
      margin: null,
      reasons: [
        { code: 'score-unknown', missing: 'crs' },
        { code: 'programs-unknown', missing: 'programs' },
        { code: 'submission-unknown', missing: 'profileSubmittedAt' },
      ],
    });
  });

  it('gives the margin in points', () => {
    expect(judge(cec, soundProfile(cec)).margin).toBe(5);
    expect(judge(cec, soundProfile(cec, { crs: 500 })).margin).toBe(-22);
  });

  it('says no to an FSW-only person in a CEC round, with the reason', () => {
    expect(judged(cec, { programs: ['fsw'] })).toBe('not-invited programs-not-eligible');
  });

  it('says yes to a person of several programmes when one of them fits', () => {
    expect(judged(cec, { programs: ['fst', 'fsw', 'cec'] })).toBe('invited above-cutoff');
  });

  it('says no to one who is no nominee in a PNP round', () => {
    expect(judged(shippedDraw(296), { nominated: false })).toBe('not-invited not-nominated');
  });

  it('does not tell a nominee yes in a CEC round', () => {
    expect(judged(cec, { programs: [], nominated: true })).toBe('not-invited programs-not-eligible');
  });
});

describe('below the cut-off', () => {
  it.each(Object.entries(DRAWS))('is no in a draw of type %s, whatever else is unknown', (_, draw) => {
    const below = { crs: (draw.cutoff as number) - 1 };

    expect(judge(draw, below)).toEqual({
      draw: draw.id,
      outcome: 'not-invited',
      margin: -1,
      reasons: [{ code: 'below-cutoff' }],
    });
  });
});

describe('French', () => {
  const draw = shippedDraw(425);

  it.each([
    [true, 'invited above-cutoff'],
    [false, 'not-invited french-below-nclc7'],
  ])('NCLC 7 %s: %s', (frenchNclc7, expected) => {
    expect(judged(draw, { frenchNclc7 })).toBe(expected);
  });

  it('unknown cannot be told, and is what is missing', () => {
    const verdict = judge(draw, without(soundProfile(draw), ['frenchNclc7']));

    expect(verdict.outcome).toBe('cannot-tell');
    expect(verdict.reasons).toEqual([{ code: 'french-unknown', missing: 'frenchNclc7' }]);
  });
});

describe('a category of occupations', () => {
  const draw = shippedDraw(422);

  it('cannot be told without its list', () => {
    expect(judged(draw)).toBe('cannot-tell category-rules-unknown');
  });

  it('is no for a person of no programme', () => {
    expect(judged(draw, { programs: [] })).toBe('not-invited programs-not-eligible');
  });
});

it('a type nobody taught us cannot be told', () => {
  expect(judged(other)).toBe('cannot-tell draw-type-unknown');
});

it('a draw without a cut-off cannot be told', () => {
  const verdict = judge({ ...cec, cutoff: null }, soundProfile(cec));

  expect(verdict).toMatchObject({ outcome: 'cannot-tell', margin: null });
  expect(verdict.reasons).toEqual([{ code: 'cutoff-not-published' }]);
});

describe('at exactly the cut-off', () => {
  const at = (profileSubmittedAt: string, draw = cec) => judged(draw, { crs: 522, profileSubmittedAt });

  it.each([
    ['a second before the tie-break', '2024-03-19T18:58:57Z', 'invited tie-break-met'],
    ['at the tie-break', '2024-03-19T18:58:58Z', 'invited tie-break-met'],
    ['at the tie-break, on a Toronto clock', '2024-03-19T14:58:58-04:00', 'invited tie-break-met'],
    ['a second after the tie-break', '2024-03-19T18:58:59Z', 'not-invited tie-break-missed'],
    ['a split second after the tie-break', '2024-03-19T18:58:58.001Z', 'not-invited tie-break-missed'],
  ])('submitted %s (%s): %s', (_, submitted, expected) => {
    expect(at(submitted)).toBe(expected);
  });

  it.each([
    ['2024-03-17', 'invited tie-break-met'],
    // Ends at 08:00 UTC on the 19th in the Pacific zone.
    ['2024-03-18', 'cannot-tell tie-break-day-too-close'],
    ['2024-03-19', 'cannot-tell tie-break-day-too-close'],
    // Begins at 02:30 UTC on the 20th in Newfoundland.
    ['2024-03-20', 'not-invited tie-break-missed'],
  ])('submitted on %s, at an unknown time: %s', (submitted, expected) => {
    expect(at(submitted)).toBe(expected);
  });

  it('cannot be told by a day that touches the day of the tie-break in UTC, though it begins after it', () => {
    const draw = { ...cec, tieBreakAt: '2024-03-20T01:00:00Z' };

    expect(at('2024-03-20', draw)).toBe('cannot-tell tie-break-day-too-close');
    expect(at('2024-03-21', draw)).toBe('not-invited tie-break-missed');
  });

  it('cannot be told when the tie-break was left blank', () => {
    expect(at('2024-03-01T00:00:00Z', { ...cec, tieBreakAt: null })).toBe(
      'cannot-tell tie-break-not-published',
    );
  });

  it('cannot be told when the submission is unknown', () => {
    const { outcome, reasons } = judge(cec, without(soundProfile(cec, { crs: 522 }), ['profileSubmittedAt']));

    expect(outcome).toBe('cannot-tell');
    expect(reasons).toEqual([{ code: 'submission-unknown', missing: 'profileSubmittedAt' }]);
  });
});

describe('the tie-break', () => {
  it('does not matter above the cut-off', () => {
    expect(judged(cec, { crs: 523, profileSubmittedAt: '2024-05-30T00:00:00Z' })).toBe(
      'invited above-cutoff',
    );
  });

  it('does not matter below the cut-off', () => {
    expect(judged(cec, { crs: 521, profileSubmittedAt: '2024-01-01T00:00:00Z' })).toBe(
      'not-invited below-cutoff',
    );
  });
});

describe('the pool on the day of #297, held at 2024-05-31T12:48:30Z', () => {
  const submitted = (profileSubmittedAt: string, draw = cec) => judged(draw, { profileSubmittedAt });

  it.each([
    ['a year and a second before', '2023-05-31T12:48:29Z', 'not-invited profile-expired'],
    ['a year before', '2023-05-31T12:48:30Z', 'invited above-cutoff'],
    ['at the moment of the draw', '2024-05-31T12:48:30Z', 'invited above-cutoff'],
    ['a second after the draw', '2024-05-31T12:48:31Z', 'not-invited submitted-after-draw'],
    ['a year and a day before, by its day', '2023-05-29', 'not-invited profile-expired'],
    ['a year before, by its day', '2023-05-31', 'cannot-tell submission-day-too-close'],
    ['the day before', '2024-05-30', 'invited above-cutoff'],
    ['on the day', '2024-05-31', 'cannot-tell submission-day-too-close'],
    ['the day after', '2024-06-01', 'not-invited submitted-after-draw'],
  ])('holds a profile submitted %s (%s)? %s', (_, when, expected) => {
    expect(submitted(when)).toBe(expected);
  });

  it.each([
    ['is not known', null],
    ['contradicts its day', '2024-05-21T12:48:30Z'],
  ])('cannot be told of a profile submitted that day when the time of the draw %s', (_, issuedAt) => {
    const draw = { ...cec, issuedAt };

    expect(submitted('2024-05-31T12:00:00Z', draw)).toBe('cannot-tell submission-day-too-close');
    expect(submitted('2024-05-30T12:00:00Z', draw)).toBe('invited above-cutoff');
    expect(submitted('2024-06-02T12:00:00Z', draw)).toBe('not-invited submitted-after-draw');
  });

  it('cannot be told when the submission is unknown', () => {
    const verdict = judge(cec, without(soundProfile(cec), ['profileSubmittedAt']));

    expect(verdict.outcome).toBe('cannot-tell');
    expect(verdict.reasons).toEqual([{ code: 'submission-unknown', missing: 'profileSubmittedAt' }]);
  });
});
