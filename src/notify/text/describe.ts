// verdict -> words: what a draw, a reason and a special are called, for a message as for a terminal.

import { instantMs } from '../../draw/calendar.ts';
import type { Draw } from '../../draw/draw.ts';
import { isKnownDrawType } from '../../draw/draw-type.ts';
import { cut, printable } from '../../errors.ts';
import type { Special, SpecialType } from '../../event/event.ts';
import type { Profile } from '../../match/profile.ts';
import type { Reason } from '../../match/verdict.ts';
import type { Facts, SpecialWords, TypeName, Words } from './words.ts';

/** Longest first part of a publisher's label that is shown, in characters; in a subject, where space is dear. */
const LABEL = 120;
const SHORT_LABEL = 40;

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

/** The number as published, on one line and of a sensible length. */
export function drawNumber(draw: Pick<Draw, 'number'>): string {
  return cut(printable(draw.number), 12);
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
export function reasonSentence(words: Words, reason: Reason, draw: Draw, profile: Profile): string {
  return words.reasons[reason.code](factsOf(words, draw, profile));
}

/** The versions of a category come from a page. */
function harmless(special: Special): Special {
  if (special.type !== 'category.revised') return special;
  const shown = (version: string) => cut(printable(version), 20);
  return {
    ...special,
    version: shown(special.version),
    previousVersion: shown(special.previousVersion),
  };
}

function factsOf(words: Words, draw: Draw, profile: Profile): Facts {
  const { notKnown, notPublished } = words.mail;
  const { crs, profileSubmittedAt: submitted, programs } = profile;
  const margin = crs === undefined || draw.cutoff === null ? null : crs - draw.cutoff;
  return {
    cutoff: draw.cutoff === null ? notPublished : words.number(draw.cutoff),
    score: crs === undefined ? notKnown : words.number(crs),
    points: words.points(Math.abs(margin ?? 0)),
    tieBreak: draw.tieBreakAt === null ? notPublished : words.moment(draw.tieBreakAt),
    submitted: submitted === undefined ? notKnown : words.moment(submitted),
    atTieBreak:
      submitted !== undefined &&
      draw.tieBreakAt !== null &&
      instantMs(submitted) !== null &&
      instantMs(submitted) === instantMs(draw.tieBreakAt),
    atCutoff: margin === 0,
    programs: programs?.length ? words.list(programs.map((program) => words.programs[program])) : null,
    nomineesOnly: draw.type === 'pnp',
  };
}
