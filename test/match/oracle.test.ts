// The verdict held against the slow way: every world that what is told leaves possible.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantMs } from '../../src/draw/calendar.ts';
import type { Draw } from '../../src/draw/draw.ts';
import type { Profile } from '../../src/match/profile.ts';
import { shippedDraw } from '../draw/history.ts';
import { outcomeByWorlds } from './oracle.ts';
import { anyCase, anyHidden, hide, soundProfile, type Work } from './profiles.ts';
import { judgeDraw } from './reference.ts';

/**
 * A verdict that is definite must be so in every world, always. A cannot-tell must leave both answers possible,
 * but for a score at exactly the cut-off and a submission not told to the second: there the rule of the field is
 * broader (whole days in UTC), and one time is held against two edges, each by itself.
 */
function disagreement(draw: Draw, profile: Profile): string | null {
  const { outcome, reasons } = judgeDraw(draw, profile);
  const expected = outcomeByWorlds(draw, profile);
  const broader =
    profile.crs === draw.cutoff &&
    (profile.profileSubmittedAt === undefined || instantMs(profile.profileSubmittedAt) === null);
  if (outcome === expected || (broader && outcome === 'cannot-tell')) return null;
  const why = reasons.map(({ code }) => code).join(' ');
  return `${draw.label} (${draw.id}) ${JSON.stringify(profile)}: ${outcome} ${why}, but ${expected}`;
}

describe('the verdict and all possible worlds agree', () => {
  it('of any draw and any profile, a little of it hidden', () => {
    fc.assert(
      fc.property(anyCase, anyHidden(2), ([draw, full], hidden) => {
        expect(disagreement(draw, hide(full, hidden))).toBeNull();
      }),
      { numRuns: 2500 },
    );
  });

  it('of a nominee and programmes nobody told, in every type of programme draw', () => {
    for (const number of [294, 297, 240, 159, 296]) {
      const draw = shippedDraw(number);
      const { programs: _, nominated: __, ...rest } = soundProfile(draw);
      for (const programs of [undefined, [], ['cec'], ['fsw'], ['fst'], ['cec', 'fst']] as const) {
        for (const nominated of [undefined, true, false]) {
          const profile: Profile = {
            ...rest,
            ...(programs ? { programs: [...programs] } : {}),
            ...(nominated === undefined ? {} : { nominated }),
          };

          expect(disagreement(draw, profile)).toBeNull();
        }
      }
    }
  });

  // Six in a row; twelve in all; twelve in all, in Canada. Two occupations of each list and one of neither.
  it.each([
    ['healthcare 2', shippedDraw(385), ['31301', '31102']],
    ['healthcare 3', shippedDraw(422), ['31301', '31102']],
    ['physicians', shippedDraw(421), ['31101', '31102']],
  ])('of %s and any two pieces of work', (_, draw, nocs) => {
    const works = allWork([...nocs, '63200'], [5, 6, 12]);
    const sound = soundProfile(draw);

    const wrong: string[] = [];
    for (const [index, one] of works.entries()) {
      // Each pair in one order: that the order does not matter is a property of its own.
      for (const other of works.slice(index)) {
        const said = disagreement(draw, { ...sound, experience: [one, other] });
        if (said) wrong.push(said);
      }
    }

    expect(wrong).toEqual([]);
  });
});

function allWork(nocs: readonly string[], months: readonly number[]): Work[] {
  const answers = [{}, { is: true }, { is: false }] as { is?: boolean }[];
  return nocs.flatMap((noc) =>
    months.flatMap((count) =>
      answers.flatMap((continuous) =>
        answers.map((inCanada) => ({
          noc,
          months: count,
          ...(continuous.is === undefined ? {} : { continuous: continuous.is }),
          ...(inCanada.is === undefined ? {} : { inCanada: inCanada.is }),
        })),
      ),
    ),
  );
}
