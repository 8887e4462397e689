// What must hold for every profile and every draw, held, announced or flawed.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canadianDay, dayStart, toInstant } from '../../src/draw/calendar.ts';
import type { Draw } from '../../src/draw/draw.ts';
import { criteriaOf } from '../../src/match/criteria.ts';
import type { Profile } from '../../src/match/profile.ts';
import { missingFields, REASON_CODES, type ReasonCode } from '../../src/match/reason.ts';
import { judge, type Outcome, type Verdict } from '../../src/match/verdict.ts';
import { anyCase, anyHidden, type FullProfile, hide, workNear } from './profiles.ts';
import { judgeDraw, reference } from './reference.ts';

const RUNS = { numRuns: 1000 };
const WORST_FIRST: readonly Outcome[] = ['not-invited', 'cannot-tell', 'invited'];
const rank = ({ outcome }: Verdict) => WORST_FIRST.indexOf(outcome);

/** A draw, a complete profile, and the same with some of it not told. */
const anyTelling = fc
  .tuple(anyCase, anyHidden())
  .map(([[draw, full], hidden]) => ({ draw, full, told: hide(full, hidden) }));

/** Where the fault lies with the draw: nothing that a person could tell would help. */
const OF_THE_DRAW: readonly ReasonCode[] = [
  'draw-type-unknown',
  'programs-contradictory',
  'category-rules-unknown',
  'cutoff-not-published',
  'tie-break-not-published',
];

describe('a verdict', () => {
  it('gets no worse by a higher score', () => {
    fc.assert(
      fc.property(anyTelling, fc.integer({ min: 1, max: 600 }), ({ draw, full, told }, more) => {
        const lower = judgeDraw(draw, { ...told, crs: full.crs });
        const higher = judgeDraw(draw, { ...told, crs: full.crs + more });

        expect(rank(higher)).toBeGreaterThanOrEqual(rank(lower));
      }),
      RUNS,
    );
  });

  it('gets no worse by more work', () => {
    const anyMore = anyTelling
      .filter(({ told }) => told.experience !== undefined)
      .chain(({ draw, told }) =>
        fc.tuple(fc.constant(draw), fc.constant(told), workNear(draw), anyHidden(0)),
      );

    fc.assert(
      fc.property(anyMore, ([draw, told, work, hidden]) => {
        const { experience: more = [] } = hide({ experience: [work] }, hidden);

        const before = judgeDraw(draw, told);
        const after = judgeDraw(draw, { ...told, experience: [...(told.experience ?? []), ...more] });

        expect(rank(after)).toBeGreaterThanOrEqual(rank(before));
      }),
      RUNS,
    );
  });

  it('gets no worse by more months of the same work', () => {
    const anyWork = anyTelling.filter(({ told }) => (told.experience ?? []).length > 0);

    fc.assert(
      fc.property(anyWork, fc.integer({ min: 1, max: 24 }), ({ draw, told }, more) => {
        const [first, ...others] = told.experience ?? [];
        const longer = first ? [{ ...first, months: first.months + more }, ...others] : [];

        const before = judgeDraw(draw, told);
        const after = judgeDraw(draw, { ...told, experience: longer });

        expect(rank(after)).toBeGreaterThanOrEqual(rank(before));
      }),
      RUNS,
    );
  });

  it('gets no worse by one more programme, by a nomination where there was none, or by French', () => {
    fc.assert(
      fc.property(anyCase, ([draw, full]) => {
        const before = judgeDraw(draw, full);
        const better: Profile[] = [
          { ...full, programs: ['cec', 'fsw', 'fst'] },
          { ...full, nominated: true },
          { ...full, frenchNclc7: true },
          { ...full, militaryRecruit: true },
        ];

        for (const profile of better)
          expect(rank(judgeDraw(draw, profile))).toBeGreaterThanOrEqual(rank(before));
      }),
      RUNS,
    );
  });

  it('once definite, stays what it is when more becomes known', () => {
    fc.assert(
      fc.property(anyTelling, ({ draw, full, told }) => {
        const before = judgeDraw(draw, told);

        const after = judgeDraw(draw, full);

        if (before.outcome !== 'cannot-tell') expect(after.outcome).toBe(before.outcome);
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

        const before = judgeDraw(draw, profile);
        const after = judgeDraw(draw, { ...profile, profileSubmittedAt });

        if (before.outcome !== 'cannot-tell') expect(after.outcome).toBe(before.outcome);
      }),
      RUNS,
    );
  });

  it('is the same in whatever order the facts are told, and however often', () => {
    fc.assert(
      fc.property(anyTelling, fc.integer({ min: 0, max: 3 }), ({ draw, told }, turn) => {
        const turned = turnedAround(told, turn);

        expect(JSON.stringify(judgeDraw(draw, turned))).toBe(JSON.stringify(judgeDraw(draw, told)));
      }),
      RUNS,
    );
  });

  it('depends on nothing of a draw but its criteria: not on its name, size, pool or address', () => {
    fc.assert(
      fc.property(anyTelling, ({ draw, told }) => {
        const corrected: Draw = { ...draw, label: 'renamed', invitations: 1, pool: null, url: null };

        const criteria = criteriaOf(corrected, reference);

        expect(criteria).toEqual(criteriaOf(draw, reference));
        expect(judge(criteria, told)).toEqual(judgeDraw(draw, told));
      }),
      { numRuns: 500 },
    );
  });

  it('has a reason, each once, in the order a person would give them', () => {
    fc.assert(
      fc.property(anyTelling, ({ draw, told }) => {
        const places = judgeDraw(draw, told).reasons.map(({ code }) => REASON_CODES.indexOf(code));

        expect(places.length).toBeGreaterThan(0);
        expect(places).toEqual([...new Set(places)].sort((a, b) => a - b));
      }),
      RUNS,
    );
  });

  it('asks for what is missing only where it cannot tell, and only for what is missing', () => {
    fc.assert(
      fc.property(anyTelling, ({ draw, told }) => {
        const { outcome, reasons } = judgeDraw(draw, told);

        const missing = missingFields(reasons);
        if (outcome !== 'cannot-tell') expect(missing).toEqual([]);
        for (const field of missing) expect(isMissing(told, field)).toBe(true);
      }),
      RUNS,
    );
  });

  it('where it cannot tell, names what is missing or what is wrong with the draw', () => {
    fc.assert(
      fc.property(anyTelling, ({ draw, told }) => {
        const { outcome, reasons } = judgeDraw(draw, told);
        fc.pre(outcome === 'cannot-tell');

        for (const reason of reasons) {
          const named = missingFields([reason]).length > 0;
          const ofDraw =
            OF_THE_DRAW.includes(reason.code) ||
            (reason.code === 'submission-day-too-close' && timeIsUnknown(draw));
          expect(named || ofDraw, reason.code).toBe(true);
        }
      }),
      RUNS,
    );
  });

  it('can be told once everything it asks for is told, unless it is for the draw to tell', () => {
    const anyInstant = anyTelling.filter(
      ({ full }) => dayStart(full.profileSubmittedAt) === null && dayStart(full.crsAsOf) !== null,
    );

    fc.assert(
      fc.property(anyInstant, ({ draw, full, told }) => {
        let profile = told;
        let verdict = judgeDraw(draw, profile);
        // Work comes occupation by occupation: of three, each may be the closest in turn.
        for (let round = 0; round < 8 && missingFields(verdict.reasons).length > 0; round += 1) {
          for (const field of missingFields(verdict.reasons)) profile = tell(profile, field, full);
          verdict = judgeDraw(draw, profile);
        }

        expect(missingFields(verdict.reasons)).toEqual([]);
        if (verdict.outcome === 'cannot-tell')
          expect(judgeDraw(draw, full).outcome, 'it lies with the draw').toBe('cannot-tell');
      }),
      RUNS,
    );
  });

  it('is no below the cut-off, always, and says so', () => {
    fc.assert(
      fc.property(anyTelling, fc.integer({ min: 1, max: 1200 }), ({ draw, told }, less) => {
        fc.pre(draw.cutoff !== null && draw.cutoff - less >= 0);
        const crs = (draw.cutoff as number) - less;

        const { outcome, margin, reasons } = judgeDraw(draw, { ...told, crs });

        expect(outcome).toBe('not-invited');
        expect(margin).toBe(-less);
        expect(reasons).toContainEqual({ code: 'below-cutoff', score: crs, cutoff: draw.cutoff });
      }),
      RUNS,
    );
  });

  it('is never yes for a programme the draw did not invite', () => {
    fc.assert(
      fc.property(anyTelling, ({ draw, told }) => {
        fc.pre(judgeDraw(draw, told).outcome === 'invited' && draw.programs !== null);

        const has = [...(told.programs ?? []), ...(told.nominated ? (['pnp'] as const) : [])];
        expect(has.filter((program) => draw.programs?.includes(program))).not.toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('changes nothing of what it was given', () => {
    fc.assert(
      fc.property(anyTelling, ({ draw, told }) => {
        const before = JSON.stringify([draw, told]);

        judgeDraw(draw, told);

        expect(JSON.stringify([draw, told])).toBe(before);
      }),
      { numRuns: 200 },
    );
  });
});

/** Other orders of programmes, work, and keys; each programme told twice. */
function turnedAround(profile: Profile, turn: number): Profile {
  const turned: Profile = { ...profile };
  if (profile.programs) turned.programs = [...profile.programs, ...profile.programs].reverse();
  if (profile.experience) {
    const work = profile.experience.map((one) => Object.fromEntries(Object.entries(one).reverse()));
    turned.experience = [...work.slice(turn), ...work.slice(0, turn)].reverse() as typeof profile.experience;
  }
  return Object.fromEntries(Object.entries(turned).reverse());
}

function isMissing(told: Profile, field: ReturnType<typeof missingFields>[number]): boolean {
  if (field === 'experience.continuous' || field === 'experience.inCanada') {
    const detail = field === 'experience.continuous' ? 'continuous' : 'inCanada';
    return (told.experience ?? []).some((work) => work[detail] === undefined);
  }
  // A day may be too coarse.
  if (field === 'profileSubmittedAt')
    return dayStart(told[field] ?? '') !== null || told[field] === undefined;
  return told[field] === undefined;
}

/** The profile with one thing more told, of which the whole is known. */
function tell(told: Profile, field: ReturnType<typeof missingFields>[number], full: FullProfile): Profile {
  if (field !== 'experience.continuous' && field !== 'experience.inCanada')
    return { ...told, [field]: full[field] };
  const detail = field === 'experience.continuous' ? 'continuous' : 'inCanada';
  const experience = full.experience.map((work, index) => ({
    ...(told.experience?.[index] ?? work),
    [detail]: work[detail],
  }));
  return { ...told, experience };
}

function timeIsUnknown({ date, issuedAt }: Draw): boolean {
  const issued = issuedAt === null ? Number.NaN : Date.parse(issuedAt);
  return !(issued >= (dayStart(date) as number) && issued <= canadianDay(date).to);
}
