// verdict -> words: what a draw, a reason and a special are called, for a message as for a terminal.

import { daysBetween } from '../../draw/calendar.ts';
import type { Draw } from '../../draw/draw.ts';
import { isKnownDrawType } from '../../draw/draw-type.ts';
import { cut, printable } from '../../errors.ts';
import type { DrawBrief, Special, SpecialType } from '../../event/event.ts';
import { type Criteria, programsOf } from '../../match/criteria.ts';
import type { Caution, Reason } from '../../match/reason.ts';
import type { Category } from '../../match/reference.ts';
import type { Standing } from '../../match/standing.ts';
import type { SpecialWords, TypeName, Words } from './words.ts';

/** Longest first part of a publisher's label that is shown, in characters; in a subject, where space is dear. */
const LABEL = 120;
const SHORT_LABEL = 40;
/** Longest part of a version that is shown. */
const VERSION = 20;
/** Longest name, postal address and contact of whoever sends, together. */
const SENDER = 500;

/** Which of several specials is told first. */
const IMPORTANCE: Record<SpecialType, number> = {
  'draw_type.new': 1,
  'draw_type.returned': 2,
  'record.set': 3,
  'category.revised': 4,
};

/** What a draw's type is called; a type nobody taught us keeps the publisher's own name, in quotation marks. */
export function drawTypeName(words: Words, draw: Pick<Draw, 'type' | 'label'>): TypeName {
  if (isKnownDrawType(draw.type)) return words.drawTypes[draw.type];
  return {
    name: words.otherDrawType(publishedLabel(draw)),
    short: words.otherDrawType(cut(printable(draw.label), SHORT_LABEL)),
  };
}

/** The publisher's name for a draw, on one line and of a sensible length. */
export function publishedLabel(draw: Pick<Draw, 'label'>): string {
  return cut(printable(draw.label), LABEL);
}

/** Whoever sends, on one line and of a sensible length. */
export function senderName(sender: string): string {
  return cut(printable(sender), SENDER);
}

/** The number as published, on one line and of a sensible length. */
export function drawNumber(draw: Pick<Draw, 'number'>): string {
  return cut(printable(draw.number), 12);
}

/** A number as published, or that it was not. */
export function publishedNumber(words: Words, value: number | null): string {
  return value === null ? words.mail.notPublished : words.number(value);
}

/** The tie-break as published; that its year had to be inferred is said. */
export function publishedTieBreak(words: Words, { tieBreakAt, inferred }: Draw): string {
  if (tieBreakAt === null) return words.mail.notPublished;
  const instant = words.moment(tieBreakAt);
  return inferred?.includes('tieBreakAt') ? words.mail.yearInferred(instant) : instant;
}

/** The most important first. */
export function byImportance(specials: readonly Special[]): Special[] {
  return [...specials].sort((a, b) => IMPORTANCE[a.type] - IMPORTANCE[b.type]);
}

export function specialWords(
  words: Words,
  special: Special,
  draw: Pick<Draw, 'type' | 'label'>,
): SpecialWords {
  // Each entry takes the special of its own type, which the compiler cannot follow through the look-up.
  const say = words.specials[special.type] as (special: Special, typeName: string) => SpecialWords;
  return say(harmless(special), drawTypeName(words, draw).name);
}

/** `the first Canadian Experience Class draw in 990 days (previous: September 14, 2021, ...)`. */
export function specialSentence(words: Words, special: Special, draw: Pick<Draw, 'type' | 'label'>): string {
  const { what, detail } = specialWords(words, special, draw);
  return detail === null ? what : `${what} (${detail})`;
}

/** Why a verdict is what it is: one sentence. */
export function reasonSentence(words: Words, reason: Reason): string {
  // Each entry takes the facts of its own code, which the compiler cannot follow through the look-up.
  const say = words.reasons[reason.code] as (facts: Reason) => string;
  return say(
    reason.code === 'category-rules-unknown' ? { ...reason, version: shownVersion(reason.version) } : reason,
  );
}

/** With what care to read a verdict: one sentence. */
export function cautionSentence(words: Words, caution: Caution): string {
  const say = words.cautions[caution.code] as (facts: Caution) => string;
  return say(caution);
}

/** Where a score stands among all candidates, and what it would have taken to reach it. */
export function standingSentences(words: Words, standing: Standing, score: number): string[] {
  const { total, asOf } = standing;
  const atOrAbove = estimate(standing.atOrAbove);
  const needed = estimate(standing.invitationsNeeded);
  return [
    words.standing.candidates({ score, atOrAbove, total, asOf }),
    ...(needed === 0 ? [] : [words.standing.invitationsNeeded(needed)]),
  ];
}

/** Whom a draw was for. */
export function audienceSentences(words: Words, criteria: Criteria): string[] {
  const { audience, contradiction: published, category, version } = criteria;
  const say = words.audience;
  if (audience === null) return [reasonSentence(words, { code: 'draw-type-unknown' })];
  if (published !== null) return [reasonSentence(words, { code: 'programs-contradictory', published })];
  const invited = programsOf(audience);
  if (!audience.category) return [say.programs(invited)];
  return [
    say.category(invited),
    category === null
      ? reasonSentence(words, { code: 'category-rules-unknown', version })
      : ruleSentence(words, category),
  ];
}

/** Against the last draw of its type: how much later, and what differs as far as it was published. */
export function comparisonSentence(words: Words, draw: Draw, previous: DrawBrief): string {
  return words.comparison({
    days: daysBetween(previous.date, draw.date),
    previousDay: previous.date,
    cutoff: difference(draw.cutoff, previous.cutoff),
    invitations: difference(draw.invitations, previous.invitations),
  });
}

/** What a version of a category asks for: one sentence. */
export function ruleSentence(words: Words, { rule, occupations }: Category): string {
  const say = words.audience.rules[rule.kind] as (
    rule: Category['rule'],
    occupations: Category['occupations'],
  ) => string;
  return say(rule, occupations);
}

function difference(now: number | null, before: number | null): number | null {
  return now === null || before === null ? null : now - before;
}

/** To three significant digits: more would claim to know what is only estimated. */
function estimate(value: number): number {
  return Number(value.toPrecision(3));
}

/** The versions of a category come from a page. */
function harmless(special: Special): Special {
  if (special.type !== 'category.revised') return special;
  return {
    ...special,
    version: shownVersion(special.version),
    previousVersion: shownVersion(special.previousVersion),
  };
}

function shownVersion<Version extends string | null>(version: Version): Version | string {
  return version === null ? version : cut(printable(version), VERSION);
}
