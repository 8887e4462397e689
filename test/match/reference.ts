// The facts that come with the program, and a verdict by them.

import type { Draw } from '../../src/draw/draw.ts';
import { criteriaOf } from '../../src/match/criteria.ts';
import type { Profile } from '../../src/match/profile.ts';
import { judge, type Verdict } from '../../src/match/verdict.ts';
import { readReference } from '../../src/store/reference.ts';

export const reference = await readReference();

export function judgeDraw(draw: Draw, profile: Profile): Verdict {
  return judge(criteriaOf(draw, reference), profile);
}

/** Outcome and reasons in one line: `invited above-cutoff`. */
export function judgedInWords(draw: Draw, profile: Profile): string {
  const { outcome, reasons } = judgeDraw(draw, profile);
  return [outcome, ...reasons.map(({ code }) => code)].join(' ');
}
