// Profiles to judge, draws to judge them by, and a way to make any profile around any draw.

import fc from 'fast-check';
import { canadianDay, dayStart, toDate, toInstant } from '../../src/draw/calendar.ts';
import type { Draw } from '../../src/draw/draw.ts';
import { readDrawType } from '../../src/draw/draw-type.ts';
import type { Profile } from '../../src/match/profile.ts';
import { categoryOf } from '../../src/match/reference.ts';
import { shippedDraw, shippedDraws } from '../draw/history.ts';
import { reference } from './reference.ts';

export type Work = NonNullable<Profile['experience']>[number];

/** A score above the cut-off, in the pool on the day, everything told, and not a nominee. */
export function soundProfile(draw: Draw, change: Partial<Profile> = {}): Profile {
  return {
    crs: (draw.cutoff ?? 0) + 5,
    crsAsOf: draw.date,
    profileSubmittedAt: toInstant((dayStart(draw.date) as number) - 30 * 86_400_000),
    programs: ['cec'],
    nominated: false,
    frenchNclc7: false,
    experience: [{ noc: '31301', months: 14, continuous: true, inCanada: true }],
    militaryRecruit: false,
    ...change,
  };
}

/** The same profile with some of its facts not told. */
export function without(profile: Profile, fields: readonly (keyof Profile)[]): Profile {
  return Object.fromEntries(
    Object.entries(profile).filter(([key]) => !fields.includes(key as keyof Profile)),
  );
}

/** A draw for candidates of any programme, as one with this name would have been held on the day of #426. */
export function drawNamed(label: string, change: Partial<Draw> = {}): Draw {
  return { ...shippedDraw(426), id: 'ircc:9426', number: '9426', label, ...readDrawType(label), ...change };
}

/** A name for each list there is, as `2026-Version 3` or, where that is not how it is written, `(Version 1)`. */
const ONE_OF_EACH_LIST = reference.categories.flatMap((category) =>
  category.inNames.map((version) =>
    drawNamed(`${category.type} ${version}`, { type: category.type, version }),
  ),
);

/** What may be missing from a draw, or be wrong with it. */
const FLAWS: Partial<Draw>[] = [
  { tieBreakAt: null },
  { issuedAt: null },
  { issuedAt: '2020-01-01T12:00:00Z' },
  { cutoff: null },
  { type: 'other:new' },
  { version: null },
  { version: '9' },
  { programs: null },
  { programs: ['fst', 'pnp'] },
];

/** Real draws and one of each list, one in three of them as it might have been: something left out, or wrong. */
export const anyDraw: fc.Arbitrary<Draw> = fc
  .tuple(
    fc.oneof(fc.constantFrom(...shippedDraws()), fc.constantFrom(...ONE_OF_EACH_LIST)),
    fc.oneof({ weight: 2, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: fc.constantFrom(...FLAWS) }),
  )
  .map(([draw, flaw]) => ({ ...draw, ...flaw }));

export type FullProfile = { [Field in keyof Profile]-?: NonNullable<Profile[Field]> } & {
  experience: Required<Work>[];
};

/** Complete profiles that come close to the edges of the draw: its cut-off, tie-break, day, twelve months, list. */
export function profileNear(draw: Draw): fc.Arbitrary<FullProfile> {
  const cutoff = draw.cutoff ?? 500;
  const moment = momentNear(draw);
  return fc.record({
    crs: fc.oneof(
      fc.integer({ min: Math.max(0, cutoff - 1), max: cutoff + 1 }),
      fc.integer({ min: 0, max: 1200 }),
    ),
    crsAsOf: fc.constantFrom(draw.date, '2025-03-24', '2025-03-25', '2026-11-03'),
    profileSubmittedAt: fc.oneof(moment.map(toInstant), moment.map(toDate)),
    programs: fc.subarray(['cec', 'fsw', 'fst'] as const).map((programs) => [...programs]),
    nominated: fc.boolean(),
    frenchNclc7: fc.boolean(),
    experience: fc.array(workNear(draw), { maxLength: 3 }),
    militaryRecruit: fc.boolean(),
  });
}

function momentNear(draw: Draw): fc.Arbitrary<number> {
  const edges = [draw.tieBreakAt, draw.issuedAt].flatMap((instant) => (instant ? [Date.parse(instant)] : []));
  const start = dayStart(draw.date) as number;
  const { to } = canadianDay(draw.date);
  const year = 366 * 86_400_000;
  return fc.oneof(
    fc
      .tuple(fc.constantFrom(...edges, start, to, start - year, to - year), fc.integer({ min: -3, max: 3 }))
      .map(([edge, seconds]) => Math.floor(edge / 1000) * 1000 + seconds * 1000),
    fc.integer({ min: -360, max: 10 }).map((days) => start + days * 86_400_000),
  );
}

/** Work in an occupation of the draw's list or in another, around the months it asks for. */
export function workNear(draw: Draw): fc.Arbitrary<Required<Work>> {
  const category = categoryOf(reference.categories, draw);
  const listed = category?.occupations.slice(0, 2).map(({ noc }) => noc) ?? [];
  const required = category?.rule.kind === 'experience' ? category.rule.months : 12;
  return fc.record({
    noc: fc.constantFrom(...listed, ...listed, '63200', '31204'),
    months: fc.oneof(
      fc.integer({ min: required - 1, max: required + 1 }),
      fc.constantFrom(Math.floor(required / 2), 0, 5, 30),
    ),
    continuous: fc.boolean(),
    inCanada: fc.boolean(),
  });
}

type Detail = 'continuous' | 'inCanada';
export interface Hidden {
  fields: (keyof Profile)[];
  /** Of each piece of work. */
  details: Detail[][];
}

export const FIELDS: readonly (keyof Profile)[] = [
  'crs',
  'crsAsOf',
  'profileSubmittedAt',
  'programs',
  'nominated',
  'frenchNclc7',
  'experience',
  'militaryRecruit',
];

/** What somebody may leave out, at most so many of the fields. */
export function anyHidden(maxLength = FIELDS.length): fc.Arbitrary<Hidden> {
  const details = fc.subarray<Detail>(['continuous', 'inCanada']);
  return fc.record({
    fields: fc.subarray([...FIELDS], { maxLength }),
    details: fc.array(details, { minLength: 3, maxLength: 3 }),
  });
}

/** The same profile with less of it told. */
export function hide(profile: Profile, { fields, details }: Hidden): Profile {
  const experience = profile.experience?.map((work, index) => {
    const told = Object.entries(work).filter(([key]) => !details[index]?.includes(key as Detail));
    return Object.fromEntries(told) as Work;
  });
  return without(experience ? { ...profile, experience } : profile, fields);
}

/** A draw, and a complete profile that comes close to its edges. */
export const anyCase: fc.Arbitrary<[Draw, FullProfile]> = anyDraw.chain((draw) =>
  fc.tuple(fc.constant(draw), profileNear(draw)),
);
