// profile x draw -> verdict. Three-valued: what is unknown never turns into yes or no. Pure.

import { canadianDay, instantMs, type Span, toDate } from '../draw/calendar.ts';
import type { Criteria } from './criteria.ts';
import { eligibility } from './eligibility.ts';
import type { Profile } from './profile.ts';
import { type Caution, inOrder, type Reason } from './reason.ts';
import { all, type Finding, HOLDS, no, unknown, yes } from './three-valued.ts';

export type Outcome = 'invited' | 'not-invited' | 'cannot-tell';

export interface Verdict {
  draw: string;
  outcome: Outcome;
  /** The reader's score less the cut-off, in points; `null` when either is unknown. */
  margin: number | null;
  /** Those that decide, in the order a person would give them. */
  reasons: Reason[];
  cautions: Caution[];
}

/**
 * Whether this profile would have been invited in the draw with these criteria.
 *
 * Invited is: in the pool that day, eligible for the draw, and above the cut-off, or at it with a profile
 * submitted by the tie-break instant. Below the cut-off is `not-invited` whatever else is unknown.
 */
export function judge(criteria: Criteria, profile: Profile): Verdict {
  const margin = profile.crs === undefined || criteria.cutoff === null ? null : profile.crs - criteria.cutoff;
  const { holds, reasons } = all([
    eligibility(criteria, profile),
    inPool(criteria, profile),
    scored(criteria, profile),
  ]);
  return {
    draw: criteria.draw,
    outcome: holds === null ? 'cannot-tell' : holds ? 'invited' : 'not-invited',
    margin,
    reasons: inOrder(reasons),
    cautions: cautionsOf(criteria, profile),
  };
}

function scored(criteria: Criteria, profile: Profile): Finding {
  const { cutoff } = criteria;
  const { crs: score } = profile;
  if (cutoff === null) return unknown({ code: 'cutoff-not-published' });
  if (score === undefined) return unknown({ code: 'score-unknown', missing: 'crs' });
  if (score < cutoff) return no({ code: 'below-cutoff', score, cutoff });
  if (score > cutoff) return yes({ code: 'above-cutoff', score, cutoff });
  return tieBroken(criteria, score, profile);
}

/** At exactly the cut-off. */
function tieBroken(criteria: Criteria, score: number, profile: Profile): Finding {
  const { tieBreakAt } = criteria;
  const { profileSubmittedAt: submittedAt } = profile;
  const tieBreak = tieBreakAt === null ? null : instantMs(tieBreakAt);
  if (tieBreakAt === null || tieBreak === null) return unknown({ code: 'tie-break-not-published', score });
  if (submittedAt === undefined) return submissionUnknown(criteria, profile);
  const facts = { score, submittedAt, tieBreakAt };
  const met = yes({ code: 'tie-break-met', ...facts });
  const missed = no({ code: 'tie-break-missed', ...facts });
  const instant = instantMs(submittedAt);
  if (instant !== null) return instant <= tieBreak ? met : missed;

  const day = canadianDay(submittedAt);
  const tieBreakDay = toDate(tieBreak);
  if (toDate(day.to) < tieBreakDay) return met;
  if (toDate(day.from) > tieBreakDay) return missed;
  return unknown({ code: 'tie-break-day-too-close', ...facts, missing: 'profileSubmittedAt' });
}

/** In the pool that day: submitted before the draw, and no more than twelve months before. */
function inPool(criteria: Criteria, profile: Profile): Finding {
  const { held, validFrom } = criteria;
  const { profileSubmittedAt: submittedAt } = profile;
  if (submittedAt === undefined) return submissionUnknown(criteria, profile);
  const submitted = submissionSpan(submittedAt);
  if (submitted.from > held.to) return no({ code: 'submitted-after-draw', submittedAt });
  if (submitted.to < validFrom.from) return no({ code: 'profile-expired', submittedAt });
  const surelyBefore = submitted.to <= held.from;
  const surelyValid = submitted.from >= validFrom.to;
  if (surelyBefore && surelyValid) return HOLDS;
  // With the instant told, it is the draw's own time that is not known.
  const told = submitted.from === submitted.to;
  return unknown({
    code: 'submission-day-too-close',
    submittedAt,
    ...(told ? {} : { missing: 'profileSubmittedAt' }),
  });
}

function submissionUnknown({ cutoff, tieBreakAt }: Criteria, { crs }: Profile): Finding {
  return unknown({
    code: 'submission-unknown',
    missing: 'profileSubmittedAt',
    tieBreakAt: crs === cutoff ? tieBreakAt : null,
  });
}

function submissionSpan(submittedAt: string): Span {
  const instant = instantMs(submittedAt);
  return instant === null ? canadianDay(submittedAt) : { from: instant, to: instant };
}

/** They hold whatever the outcome: both a yes and a no may rest on what is not quite sure. */
function cautionsOf({ category, gridChanges }: Criteria, { crs, crsAsOf }: Profile): Caution[] {
  const cautions: Caution[] = [];
  if (crs !== undefined && crsAsOf !== undefined) {
    for (const { on, what, certainty, source } of gridChanges) {
      if (crsAsOf >= on) continue;
      const change = { changedOn: on, what, certainty, source };
      cautions.push({ code: 'points-grid-changed', scoreAsOf: crsAsOf, ...change });
    }
  }
  if (category && category.certainty !== 'high') {
    const { certainty, source } = category;
    cautions.push({ code: 'category-rules-uncertain', certainty, source });
  }
  return cautions;
}
