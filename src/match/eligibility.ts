// Whether a profile is of the kind a draw selects for. Three-valued, pure.

import type { Draw, Program } from '../draw/draw.ts';
import { isKnownDrawType, type KnownDrawType } from '../draw/draw-type.ts';
import type { Profile } from './profile.ts';
import { all, any, type Finding } from './three-valued.ts';

const FEDERAL: readonly Program[] = ['fsw', 'cec', 'fst'];

/** The programmes each draw type invites from, and what its category asks for beyond them. */
const RULES: Record<
  KnownDrawType,
  { programs: readonly Program[]; category?: (profile: Profile) => Finding }
> = {
  general: { programs: [...FEDERAL, 'pnp'] },
  cec: { programs: ['cec'] },
  fsw: { programs: ['fsw'] },
  fst: { programs: ['fst'] },
  pnp: { programs: ['pnp'] },
  french: { programs: FEDERAL, category: french },
  healthcare: { programs: FEDERAL, category: undecided },
  stem: { programs: FEDERAL, category: undecided },
  trades: { programs: FEDERAL, category: undecided },
  transport: { programs: FEDERAL, category: undecided },
  agriculture: { programs: FEDERAL, category: undecided },
  education: { programs: FEDERAL, category: undecided },
  physicians: { programs: FEDERAL, category: undecided },
  'senior-managers': { programs: FEDERAL, category: undecided },
  researchers: { programs: FEDERAL, category: undecided },
  military: { programs: FEDERAL, category: undecided },
};

/** Whether the draw was for people like this one, apart from score and time. */
export function eligibility(draw: Draw, profile: Profile): Finding {
  if (!isKnownDrawType(draw.type)) return { holds: null, reasons: [{ code: 'draw-type-unknown' }] };
  const { programs, category } = RULES[draw.type];
  const ways: Finding[] = [];
  const federal = programs.filter((program) => program !== 'pnp');
  if (federal.length > 0) ways.push(eligibleForOneOf(federal, profile));
  if (programs.includes('pnp')) ways.push(nominated(profile));
  return all([any(ways), ...(category ? [category(profile)] : [])]);
}

function eligibleForOneOf(programs: readonly Program[], profile: Profile): Finding {
  if (profile.programs === undefined) {
    return { holds: null, reasons: [{ code: 'programs-unknown', missing: 'programs' }] };
  }
  const eligible = profile.programs.some((program) => programs.includes(program));
  return { holds: eligible, reasons: eligible ? [] : [{ code: 'programs-not-eligible' }] };
}

function nominated(profile: Profile): Finding {
  if (profile.nominated === undefined) {
    return { holds: null, reasons: [{ code: 'nomination-unknown', missing: 'nominated' }] };
  }
  return { holds: profile.nominated, reasons: profile.nominated ? [] : [{ code: 'not-nominated' }] };
}

function french(profile: Profile): Finding {
  if (profile.frenchNclc7 === undefined) {
    return { holds: null, reasons: [{ code: 'french-unknown', missing: 'frenchNclc7' }] };
  }
  return { holds: profile.frenchNclc7, reasons: profile.frenchNclc7 ? [] : [{ code: 'french-below-nclc7' }] };
}

/** The occupations and months a category asks for are not known to this version. */
function undecided(): Finding {
  return { holds: null, reasons: [{ code: 'category-rules-unknown' }] };
}
