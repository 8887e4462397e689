// Profiles to judge, and a way to make any profile around a real draw.

import fc from 'fast-check';
import { canadianDay, dayStart, toDate, toInstant } from '../../src/draw/calendar.ts';
import type { Draw } from '../../src/draw/draw.ts';
import type { Profile } from '../../src/match/profile.ts';

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
    ...change,
  };
}

/** The same profile with some of its facts not told. */
export function without(profile: Profile, fields: readonly (keyof Profile)[]): Profile {
  return Object.fromEntries(
    Object.entries(profile).filter(([key]) => !fields.includes(key as keyof Profile)),
  );
}

export type FullProfile = { [Field in keyof Profile]-?: NonNullable<Profile[Field]> };

/** Complete profiles that come close to the edges of the draw: its cut-off, tie-break, day and twelve months. */
export function profileNear(draw: Draw): fc.Arbitrary<FullProfile> {
  const edges = [draw.tieBreakAt, draw.issuedAt].flatMap((instant) => (instant ? [Date.parse(instant)] : []));
  const start = dayStart(draw.date) as number;
  const { to } = canadianDay(draw.date);
  const year = 366 * 86_400_000;
  const moment = fc.oneof(
    fc
      .tuple(fc.constantFrom(...edges, start, to, start - year, to - year), fc.integer({ min: -3, max: 3 }))
      .map(([edge, seconds]) => Math.floor(edge / 1000) * 1000 + seconds * 1000),
    fc.integer({ min: -500, max: 10 }).map((days) => start + days * 86_400_000),
  );
  const cutoff = draw.cutoff ?? 500;
  return fc.record({
    crs: fc.oneof(
      fc.integer({ min: Math.max(0, cutoff - 1), max: cutoff + 1 }),
      fc.integer({ min: 0, max: 1200 }),
    ),
    crsAsOf: fc.constant(draw.date),
    profileSubmittedAt: fc.oneof(moment.map(toInstant), moment.map(toDate)),
    programs: fc.subarray(['cec', 'fsw', 'fst'] as const).map((programs) => [...programs]),
    nominated: fc.boolean(),
    frenchNclc7: fc.boolean(),
    experience: fc.constant([{ noc: '31301', months: 14 }]),
  });
}
