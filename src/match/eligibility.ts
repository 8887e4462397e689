// Whether a profile is of the kind a draw selects for. Three-valued, pure.

import { type Criteria, programsOf } from './criteria.ts';
import { experienced } from './experience.ts';
import type { Profile } from './profile.ts';
import type { Reason } from './reason.ts';
import type { Category } from './reference.ts';
import { all, any, type Finding, HOLDS, no, unknown, yes } from './three-valued.ts';

/** Whether the draw was for people like this one, apart from score and time. */
export function eligibility(criteria: Criteria, profile: Profile): Finding {
  const { audience, contradiction, category } = criteria;
  if (audience === null) return unknown({ code: 'draw-type-unknown' });
  if (contradiction) return unknown({ code: 'programs-contradictory', published: contradiction });
  const ways: Finding[] = [];
  if (audience.federal.length > 0) ways.push(ofProgram(audience, profile));
  if (audience.nominees) ways.push(nominated(audience.federal.length === 0, profile));
  if (!audience.category) return any(ways);
  const asked = category
    ? ofCategory(category, profile)
    : unknown({ code: 'category-rules-unknown', version: criteria.version });
  return all([any(ways), asked]);
}

function ofProgram(audience: NonNullable<Criteria['audience']>, { programs }: Profile): Finding {
  if (programs?.some((program) => audience.federal.includes(program))) return HOLDS;
  const invited = programsOf(audience);
  return programs === undefined
    ? unknown({ code: 'programs-unknown', missing: 'programs', invited })
    : no({ code: 'programs-not-eligible', programs: [...new Set(programs)].sort(), invited });
}

function nominated(nomineesOnly: boolean, profile: Profile): Finding {
  if (profile.nominated === undefined) return unknown({ code: 'nomination-unknown', missing: 'nominated' });
  return profile.nominated ? HOLDS : no({ code: 'not-nominated', nomineesOnly });
}

function ofCategory({ rule, occupations }: Category, profile: Profile): Finding {
  if (rule.kind === 'experience') return experienced(rule, occupations, profile.experience);
  if (rule.kind === 'military') {
    return answered(profile.militaryRecruit, {
      yes: { code: 'military-met' },
      no: { code: 'military-not-met' },
      unknown: { code: 'military-unknown', missing: 'militaryRecruit' },
    });
  }
  return answered(profile.frenchNclc7, {
    yes: { code: 'french-met' },
    no: { code: 'french-below-nclc7' },
    unknown: { code: 'french-unknown', missing: 'frenchNclc7' },
  });
}

function answered(answer: boolean | undefined, reasons: Record<'yes' | 'no' | 'unknown', Reason>): Finding {
  if (answer === undefined) return unknown(reasons.unknown);
  return answer ? yes(reasons.yes) : no(reasons.no);
}
