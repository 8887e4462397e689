// What must hold for every profile and every draw ever held.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canadianDay, dayStart, toInstant } from '../../src/draw/calendar.ts';
import type { Draw } from '../../src/draw/draw.ts';
import type { Profile } from '../../src/match/profile.ts';
import { judge, type Outcome } from '../../src/match/verdict.ts';
import { shippedDraws } from '../draw/history.ts';
import { profileNear, without } from './profiles.ts';

const RUNS = { numRuns: 2000 };
const WORST_FIRST: readonly Outcome[] = ['not-invited', 'cannot-tell', 'invited'];

const history = shippedDraws();
/** Real draws, and real draws as they might have been: no tie-break, no time, a type nobody knows. */
const anyDraw: fc.Arbitrary<Draw> = fc
  .tuple(
    fc.constantFrom(...history),
    fc.constantFrom({}, {}, {}, { tieBreakAt: null }, { issuedAt: null }, { type: 'other:new' as const }),
  )
  .map(([draw, change]) => ({ ...draw, ...change }));
const anyCase = anyDraw.chain((draw) => fc.tuple(fc.constant(draw), profileNear(draw)));
const someFields = fc.subarray([
  'crs',
  'crsAsOf',
  'profileSubmittedAt',
  'programs',
  'nominated',
  'frenchNclc7',
  'experience',
] as (keyof Profile)[]);

describe('a verdict', () => {
  it('gets no worse by a higher score', () => {
    fc.assert(
      fc.property(anyCase, someFields, fc.integer({ min: 1, max: 600 }), ([draw, full], hidden, more) => {
        const profile = { ...without(full, hidden), crs: full.crs };

        const lower = judge(draw, profile);
        const higher = judge(draw, { ...profile, crs: full.crs + more });

        expect(WORST_FIRST.indexOf(higher.outcome)).toBeGreaterThanOrEqual(
          WORST_FIRST.indexOf(lower.outcome),
        );
      }),
      RUNS,
    );
  });

  it('once definite, stays what it is when more becomes known', () => {
    fc.assert(
      fc.property(anyCase, someFields, ([draw, full], hidden) => {
        const before = judge(draw, without(full, hidden)).outcome;

        const after = judge(draw, full).outcome;

        if (before !== 'cannot-tell') expect(after).toBe(before);
      }),
      RUNS,
    );
  });

  it('once definite by the day of submission, stays what it is at any instant of that day in Canada', () => {
    const anyDay = anyCase.filter(([, { profileSubmittedAt }]) => dayStart(profileSubmittedAt) !== null);

    fc.assert(
      fc.property(anyDay, fc.double({ min: 0, max: 1, noNaN: true }), ([draw, profile], share) => {
        const { from, to } = canadianDay(profile.profileSubmittedAt);
        const profileSubmittedAt = toInstant(from + share * (to - from));

        const before = judge(draw, profile).outcome;
        const after = judge(draw, { ...profile, profileSubmittedAt }).outcome;

        if (before !== 'cannot-tell') expect(after).toBe(before);
      }),
      RUNS,
    );
  });

  it('is the same in whatever order programmes and experience are told', () => {
    const work = [
      { noc: '31301', months: 14, continuous: true, inCanada: true },
      { noc: '21231', months: 30 },
    ];

    fc.assert(
      fc.property(anyCase, ([draw, full]) => {
        const profile = { ...full, experience: work };
        const reversed = {
          ...profile,
          programs: [...profile.programs].reverse(),
          experience: [...work].reverse(),
        };

        expect(judge(draw, reversed)).toEqual(judge(draw, profile));
      }),
      RUNS,
    );
  });

  it('says what is missing only where it is missing, and why whenever it is not a yes', () => {
    fc.assert(
      fc.property(anyCase, someFields, ([draw, full], hidden) => {
        const profile = without(full, hidden);

        const { outcome, reasons } = judge(draw, profile);

        expect(reasons.length).toBeGreaterThan(0);
        expect(new Set(reasons.map(({ code }) => code)).size).toBe(reasons.length);
        const missing = reasons.flatMap((reason) => reason.missing ?? []);
        if (outcome !== 'cannot-tell') expect(missing).toEqual([]);
        for (const field of missing) {
          const vague = field === 'profileSubmittedAt' && dayStart(profile[field] ?? '') !== null;
          expect(field in profile && !vague).toBe(false);
        }
      }),
      RUNS,
    );
  });

  it('is never yes below the cut-off, nor for a programme the draw did not invite', () => {
    fc.assert(
      fc.property(anyCase, ([draw, profile]) => {
        fc.pre(judge(draw, profile).outcome === 'invited');

        const invited = draw.programs ?? [];
        const has = [...profile.programs, ...(profile.nominated ? (['pnp'] as const) : [])];
        expect(profile.crs).toBeGreaterThanOrEqual(draw.cutoff as number);
        expect(has.filter((program) => invited.includes(program))).not.toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
