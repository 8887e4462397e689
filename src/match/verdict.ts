// profile x draw -> verdict. Three-valued: what is unknown never turns into yes or no. Pure.

import { canadianDay, dayStart, instantMs, type Span, toDate } from '../draw/calendar.ts';
import type { Draw } from '../draw/draw.ts';
import { eligibility } from './eligibility.ts';
import type { Profile } from './profile.ts';
import { all, type Finding } from './three-valued.ts';

export type Outcome = 'invited' | 'not-invited' | 'cannot-tell';

/** Every reason a verdict can have. A new one fails to compile until each language has words for it. */
export const REASON_CODES = [
  'below-cutoff',
  'above-cutoff',
  'tie-break-met',
  'tie-break-missed',
  'tie-break-not-published',
  'tie-break-day-too-close',
  'cutoff-not-published',
  'score-unknown',
  'submission-unknown',
  'submission-day-too-close',
  'submitted-after-draw',
  'profile-expired',
  'programs-not-eligible',
  'programs-unknown',
  'not-nominated',
  'nomination-unknown',
  'french-below-nclc7',
  'french-unknown',
  'category-rules-unknown',
  'draw-type-unknown',
] as const;
export type ReasonCode = (typeof REASON_CODES)[number];

/** Why a verdict is what it is. `missing` names the profile's field that would decide it. */
export interface Reason {
  code: ReasonCode;
  missing?: keyof Profile;
}

export interface Verdict {
  draw: string;
  outcome: Outcome;
  /** The reader's score less the cut-off, in points; `null` when either is unknown. */
  margin: number | null;
  reasons: Reason[];
}

/**
 * Whether this profile would have been invited in this draw.
 *
 * Invited is: in the pool that day, eligible for the draw, and above the cut-off, or at it with a profile
 * submitted by the tie-break instant. Below the cut-off is `not-invited` whatever else is unknown.
 */
export function judge(draw: Draw, profile: Profile): Verdict {
  const margin = profile.crs === undefined || draw.cutoff === null ? null : profile.crs - draw.cutoff;
  const found = all([scored(draw, profile, margin), eligibility(draw, profile), inPool(draw, profile)]);
  const outcome = found.holds === null ? 'cannot-tell' : found.holds ? 'invited' : 'not-invited';
  return { draw: draw.id, outcome, margin, reasons: found.reasons };
}

function scored(draw: Draw, profile: Profile, margin: number | null): Finding {
  if (draw.cutoff === null) return unknown('cutoff-not-published');
  if (margin === null) return unknown('score-unknown', 'crs');
  if (margin < 0) return { holds: false, reasons: [{ code: 'below-cutoff' }] };
  if (margin > 0) return { holds: true, reasons: [{ code: 'above-cutoff' }] };
  return tieBroken(draw.tieBreakAt, profile.profileSubmittedAt);
}

function tieBroken(tieBreakAt: string | null, submittedAt: string | undefined): Finding {
  const met: Finding = { holds: true, reasons: [{ code: 'tie-break-met' }] };
  const missed: Finding = { holds: false, reasons: [{ code: 'tie-break-missed' }] };
  const tieBreak = tieBreakAt === null ? null : instantMs(tieBreakAt);
  if (tieBreak === null) return unknown('tie-break-not-published');
  if (submittedAt === undefined) return unknown('submission-unknown', 'profileSubmittedAt');
  const instant = instantMs(submittedAt);
  if (instant !== null) return instant <= tieBreak ? met : missed;

  const day = canadianDay(submittedAt);
  const tieBreakDay = toDate(tieBreak);
  if (toDate(day.to) < tieBreakDay) return met;
  if (toDate(day.from) > tieBreakDay) return missed;
  return unknown('tie-break-day-too-close', 'profileSubmittedAt');
}

/** In the pool that day: submitted before the draw, and no more than twelve months before. */
function inPool(draw: Draw, profile: Profile): Finding {
  if (profile.profileSubmittedAt === undefined) return unknown('submission-unknown', 'profileSubmittedAt');
  const submitted = submissionSpan(profile.profileSubmittedAt);
  const held = drawSpan(draw);
  if (submitted.from > held.to) return { holds: false, reasons: [{ code: 'submitted-after-draw' }] };
  if (twelveMonthsAfter(submitted.to) < held.from)
    return { holds: false, reasons: [{ code: 'profile-expired' }] };
  const surelyBefore = submitted.to <= held.from;
  const surelyValid = twelveMonthsAfter(submitted.from) >= held.to;
  if (surelyBefore && surelyValid) return { holds: true, reasons: [] };
  // With the instant told, it is the draw's own time that is not known.
  const told = submitted.from === submitted.to;
  return unknown('submission-day-too-close', told ? undefined : 'profileSubmittedAt');
}

function submissionSpan(submittedAt: string): Span {
  const instant = instantMs(submittedAt);
  return instant === null ? canadianDay(submittedAt) : { from: instant, to: instant };
}

/** The published instant where it agrees with the published day (it is typed by hand), else the whole day. */
function drawSpan(draw: Draw): Span {
  const start = dayStart(draw.date);
  if (start === null) throw new RangeError(`${draw.id}: not a day: ${draw.date}`);
  const day = { from: start, to: canadianDay(draw.date).to };
  const issued = draw.issuedAt === null ? null : instantMs(draw.issuedAt);
  return issued !== null && issued >= day.from && issued <= day.to ? { from: issued, to: issued } : day;
}

function twelveMonthsAfter(ms: number): number {
  const date = new Date(ms);
  return date.setUTCFullYear(date.getUTCFullYear() + 1);
}

function unknown(code: ReasonCode, missing?: keyof Profile): Finding {
  return { holds: null, reasons: [missing ? { code, missing } : { code }] };
}
