// Stored profiles in bulk: the short cuts must come to what `judge` and `wantsDraw` come to, one by one.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Draw } from '../../src/draw/draw.ts';
import type { SpecialType } from '../../src/event/event.ts';
import { judgeStored } from '../../src/match/bulk.ts';
import { criteriaOf } from '../../src/match/criteria.ts';
import { wantsDraw } from '../../src/match/preference.ts';
import type { Profile } from '../../src/match/profile.ts';
import { shippedDraw } from '../draw/history.ts';
import { anyDraw, anyHidden, drawNamed, hide, profileNear, soundProfile } from './profiles.ts';
import { judgeDraw, reference } from './reference.ts';

type Special = { type: SpecialType }[];

/** The slow way: a profile at a time. */
function oneByOne(draw: Draw, special: Special, profile: Profile, notify: readonly string[]): string | null {
  const verdict = judgeDraw(draw, profile);
  return wantsDraw(notify, verdict, special) ? JSON.stringify(verdict) : null;
}

/** Written anew: an accent may be written in several ways. */
function reread(json: string | null): string | null {
  return json === null ? null : JSON.stringify(JSON.parse(json));
}

const NOTICES = ['invited', 'cannot-tell', 'draw-type', 'every-draw', 'near-miss:10', 'correction'];
const TYPES: SpecialType[] = ['draw_type.new', 'draw_type.returned', 'category.revised', 'record.set'];
const anySpecial = fc.subarray(TYPES).map((types) => types.map((type) => ({ type })));

describe('profiles judged in bulk', () => {
  it('get what they would get one by one, a dozen of them after each other', () => {
    const anyCrowd = anyDraw.chain((draw) => {
      // Half of them well above the cut-off: there the verdicts are shared.
      const anyPerson = fc
        .tuple(profileNear(draw), anyHidden(3), fc.subarray(NOTICES), fc.boolean())
        .map(([full, hidden, notify, above]) => {
          const profile = hide(full, hidden);
          return { profile: above ? { ...profile, ...soundScore(draw, full.crs) } : profile, notify };
        });
      return fc.tuple(
        fc.constant(draw),
        anySpecial,
        fc.array(anyPerson, { minLength: 6, maxLength: 12 }),
        fc.integer({ min: 1, max: 5 }),
      );
    });

    fc.assert(
      fc.property(anyCrowd, ([draw, special, people, more]) => {
        const stored = judgeStored(criteriaOf(draw, reference), special);
        // Everybody twice, the second time with a few points more.
        const crowd = people.flatMap(({ profile, notify }) => [
          { profile, notify },
          { profile: profile.crs === undefined ? profile : { ...profile, crs: profile.crs + more }, notify },
        ]);

        for (const { profile, notify } of crowd) {
          const told = reread(stored(JSON.stringify(inStoredOrder(profile)), JSON.stringify(notify)));

          expect(told).toBe(oneByOne(draw, special, profile, notify));
        }
      }),
      { numRuns: 250 },
    );
  });

  it('never share what depends on score, day of the score or submission', () => {
    const draw = { ...shippedDraw(297), date: '2026-11-20', issuedAt: '2026-11-20T15:00:00Z' };
    const stored = judgeStored(criteriaOf(draw, reference), []);
    const people: Partial<Profile>[] = [
      { crs: 540 },
      { crs: 560 },
      { crs: 522 },
      { crs: 521 },
      { crs: 540, crsAsOf: '2026-11-02' },
      { crs: 540, crsAsOf: '2025-01-01' },
      { crs: 540, crsAsOf: '2026-11-03' },
      { crs: 540, profileSubmittedAt: '2026-11-20' },
      { crs: 540, profileSubmittedAt: '2026-11-21T00:00:00Z' },
      { crs: 540, profileSubmittedAt: '2025-11-20T14:59:59Z' },
      { crs: 540, programs: ['fsw'] },
    ];

    for (const facts of [...people, ...people]) {
      const profile = soundProfile(draw, facts);
      expect(reread(stored(JSON.stringify(inStoredOrder(profile)), '["every-draw"]'))).toBe(
        oneByOne(draw, [], profile, ['every-draw']),
      );
    }
  });

  it('never share where it is not sure that the profile was in the pool', () => {
    // Without its instant the draw may have been held at any time of its day.
    const draw = { ...shippedDraw(297), date: '2026-06-25', issuedAt: null };
    const stored = judgeStored(criteriaOf(draw, reference), []);
    const hours = ['00:00:00', '07:59:59', '08:00:00', '12:00:00', '23:59:59'];
    const days = [
      '2025-06-24',
      '2025-06-25',
      '2025-06-26',
      '2025-06-27',
      '2026-06-23',
      '2026-06-24',
      '2026-06-25',
    ];
    const moments = [...days, ...days.flatMap((day) => hours.map((hour) => `${day}T${hour}Z`))];

    for (const profileSubmittedAt of [...moments, ...moments.reverse()]) {
      const profile = soundProfile(draw, { profileSubmittedAt });
      expect(reread(stored(JSON.stringify(inStoredOrder(profile)), '["every-draw"]'))).toBe(
        oneByOne(draw, [], profile, ['every-draw']),
      );
    }
  });

  it('are read whatever the order of what was told', () => {
    const draw = drawNamed('Skilled Military Recruits, 2026-Version 1');
    const stored = judgeStored(criteriaOf(draw, reference), []);
    const profile = soundProfile(draw, { militaryRecruit: true });
    const turned = Object.fromEntries(Object.entries(profile).reverse());

    const told = [profile, turned].map((one) => JSON.parse(stored(JSON.stringify(one), '["invited"]') ?? ''));

    expect(told[0]).toEqual(judgeDraw(draw, profile));
    expect(told[1]).toEqual(told[0]);
  });
});

/** As a profile is kept: what is asked for in one order. */
function inStoredOrder(profile: Profile): Profile {
  const { crs, crsAsOf, profileSubmittedAt, ...rest } = profile;
  return JSON.parse(JSON.stringify({ crs, crsAsOf, profileSubmittedAt, ...rest }));
}

function soundScore(draw: Draw, crs: number): Profile {
  const { profileSubmittedAt } = soundProfile(draw);
  return {
    crs: (draw.cutoff ?? 500) + 1 + (crs % 50),
    ...(profileSubmittedAt ? { profileSubmittedAt } : {}),
  };
}
