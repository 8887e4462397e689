// Why a verdict is what it is, and with what care to read it: closed lists of codes, each with its values.

import type { Program } from '../draw/draw.ts';
import type { Profile } from './profile.ts';
import type { Certainty, GridChange, Occupation } from './reference.ts';

/** What a profile leaves open: a field, or a detail of an occupation in it. */
export type MissingField = keyof Profile | 'experience.continuous' | 'experience.inCanada';

/** Nothing to say beyond the code. */
type Bare = Record<never, never>;
/** Work in a listed occupation, against the months asked for. */
interface Work {
  occupation: Occupation;
  months: number;
  required: number;
}

/**
 * Every reason a verdict can have, in the order a person would give them: whom the draw was for, whether the
 * profile was in the pool, the score, the tie-break. `missing` names what would decide it. Instants are
 * RFC 3339, `submittedAt` may be a plain day.
 */
const REASONS_IN_ORDER = {
  'draw-type-unknown': {} as Bare,
  /** The draw's name and the programmes published with it contradict each other. */
  'programs-contradictory': {} as { published: Program[] },
  /** The version in the draw's name is `null` or one whose list is not known. */
  'category-rules-unknown': {} as { version: string | null },
  'programs-not-eligible': {} as { programs: Program[]; invited: Program[] },
  'programs-unknown': {} as { missing: 'programs'; invited: Program[] },
  'not-nominated': {} as { nomineesOnly: boolean },
  'nomination-unknown': {} as { missing: 'nominated' },
  'french-met': {} as Bare,
  'french-below-nclc7': {} as Bare,
  'french-unknown': {} as { missing: 'frenchNclc7' },
  'occupation-met': {} as Work,
  /** `nocs`: all the occupations of the profile. */
  'occupation-not-listed': {} as { nocs: string[] },
  'experience-unknown': {} as { missing: 'experience'; required: number },
  'months-short': {} as Work,
  'months-not-continuous': {} as Work,
  'continuity-unknown': {} as Work & { missing: 'experience.continuous' },
  /** `months`: those in Canada. */
  'work-not-in-canada': {} as Work,
  'work-place-unknown': {} as Work & { missing: 'experience.inCanada' },
  'military-met': {} as Bare,
  'military-not-met': {} as Bare,
  'military-unknown': {} as { missing: 'militaryRecruit' },
  'submitted-after-draw': {} as { submittedAt: string },
  'profile-expired': {} as { submittedAt: string },
  /** `tieBreakAt`: it would have to be compared with that too. */
  'submission-unknown': {} as { missing: 'profileSubmittedAt'; tieBreakAt: string | null },
  /** Nothing is missing where the instant is told: then it is the draw's own time that is not known. */
  'submission-day-too-close': {} as { submittedAt: string; missing?: 'profileSubmittedAt' },
  'cutoff-not-published': {} as Bare,
  'score-unknown': {} as { missing: 'crs' },
  'below-cutoff': {} as { score: number; cutoff: number },
  'above-cutoff': {} as { score: number; cutoff: number },
  'tie-break-not-published': {} as { score: number },
  'tie-break-met': {} as { score: number; submittedAt: string; tieBreakAt: string },
  'tie-break-missed': {} as { score: number; submittedAt: string; tieBreakAt: string },
  'tie-break-day-too-close': {} as {
    score: number;
    submittedAt: string;
    tieBreakAt: string;
    missing: 'profileSubmittedAt';
  },
};
export type Reasons = typeof REASONS_IN_ORDER;
export type ReasonCode = keyof Reasons;
export const REASON_CODES = Object.keys(REASONS_IN_ORDER) as readonly ReasonCode[];

export type ReasonOf<Code extends ReasonCode> = { code: Code } & Reasons[Code];
export type Reason = { [Code in ReasonCode]: ReasonOf<Code> }[ReasonCode];

/** What would decide it, each once; empty where nothing the reader could give would. */
export function missingFields(reasons: readonly Reason[]): MissingField[] {
  return [...new Set(reasons.flatMap((reason) => ('missing' in reason ? (reason.missing ?? []) : [])))];
}

const PLACES = new Map(REASON_CODES.map((code, index) => [code, index]));

/** In the order a person would give them, each code once: of two findings with the same, the first. */
export function inOrder(reasons: readonly Reason[]): Reason[] {
  const place = ({ code }: Reason) => PLACES.get(code) ?? 0;
  const ordered = reasons.every(
    (reason, index) => index === 0 || place(reasons[index - 1] as Reason) < place(reason),
  );
  if (ordered) return [...reasons];
  return reasons
    .filter(({ code }, index) => reasons.findIndex((other) => other.code === code) === index)
    .sort((a, b) => place(a) - place(b));
}

/** With what care to read a verdict, whatever its outcome. */
export interface Cautions {
  /** The score was noted before a change of the points grid, and the draw came after it. */
  'points-grid-changed': {
    scoreAsOf: string;
    changedOn: string;
    what: GridChange['what'];
    certainty: Certainty;
    source: string | null;
  };
  /** What the category asks for is not known first-hand. */
  'category-rules-uncertain': { certainty: Certainty; source: string };
}
export type CautionCode = keyof Cautions;
export type Caution = { [Code in CautionCode]: { code: Code } & Cautions[Code] }[CautionCode];
