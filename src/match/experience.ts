// Whether work in an occupation is what a category asks for. Three-valued, pure.

import type { Profile } from './profile.ts';
import type { Reason } from './reason.ts';
import type { ExperienceRule, Occupation } from './reference.ts';
import { type Finding, no, unknown } from './three-valued.ts';

type Work = NonNullable<Profile['experience']>[number];

/**
 * Enough months in one of these occupations, where and as the rule wants them. Told is the work of the years
 * that count; the list is taken as whole, a detail left out of it as unknown.
 */
export function experienced(
  rule: ExperienceRule,
  occupations: readonly Occupation[],
  experience: Profile['experience'],
): Finding {
  const required = rule.months;
  if (experience === undefined) {
    return unknown({ code: 'experience-unknown', missing: 'experience', required });
  }
  const found: Worked[] = [];
  for (const { noc } of experience) {
    const occupation = occupations.find((one) => one.noc === noc);
    if (!occupation || found.some((one) => one.noc === noc)) continue;
    const work = experience.filter((one) => one.noc === noc);
    found.push(worked(rule, occupation, work));
  }
  found.sort(closestFirst);
  // The one that comes closest says it for all: one of them is enough.
  const [best] = found;
  if (best) return best;
  const nocs = [...new Set(experience.map((one) => one.noc))].sort();
  return no({ code: 'occupation-not-listed', nocs });
}

type Worked = Finding & { months: number; noc: string };

/** Of one occupation: a stretch without a break where the rule wants one, else all the months together. */
function worked(rule: ExperienceRule, occupation: Occupation, work: readonly Work[]): Worked {
  const required = rule.months;
  const measure = (counts: (one: Work) => boolean) => {
    let months = 0;
    for (const one of work) {
      if (counts(one)) months = rule.continuous ? Math.max(months, one.months) : months + one.months;
    }
    return months;
  };
  const inPlace = (one: Work) => rule.where === 'anywhere' || one.inCanada;
  const inOneGo = (one: Work) => !rule.continuous || one.continuous;
  const say = (holds: boolean | null, months: number, reasons: Reason[]): Worked => ({
    holds,
    months,
    noc: occupation.noc,
    reasons,
  });

  const met = measure((one) => inPlace(one) === true && inOneGo(one) === true);
  if (met >= required) return say(true, met, [{ code: 'occupation-met', occupation, months: met, required }]);

  const told = measure(() => true);
  const facts = { occupation, months: told, required };
  const perhaps = (one: Work) => inPlace(one) !== false && inOneGo(one) !== false;
  if (measure(perhaps) >= required) {
    const open = work.filter((one) => perhaps(one) && (!rule.continuous || one.months >= required));
    const reasons: Reason[] = [];
    if (open.some((one) => inOneGo(one) === undefined))
      reasons.push({ code: 'continuity-unknown', ...facts, missing: 'experience.continuous' });
    if (open.some((one) => inPlace(one) === undefined))
      reasons.push({ code: 'work-place-unknown', ...facts, missing: 'experience.inCanada' });
    return say(null, told, reasons);
  }
  if (told < required) return say(false, told, [{ code: 'months-short', ...facts }]);
  if (measure((one) => inPlace(one) !== false) >= required)
    return say(false, told, [{ code: 'months-not-continuous', ...facts }]);
  const months = measure((one) => inPlace(one) === true);
  return say(false, months, [{ code: 'work-not-in-canada', occupation, months, required }]);
}

/** Yes before perhaps before no, then the most months. The order in which they were told does not matter. */
function closestFirst(a: Worked, b: Worked): number {
  const rank = ({ holds }: Finding) => (holds === true ? 0 : holds === null ? 1 : 2);
  return rank(a) - rank(b) || b.months - a.months || (a.noc < b.noc ? -1 : 1);
}
