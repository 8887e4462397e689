// Events and verdicts in sentences, for a terminal.

import type { Draw } from '../draw/draw.ts';
import { printable, quote } from '../errors.ts';
import type { Event, EventOf, EventType, Special, SpecialType } from '../event/event.ts';
import type { Profile } from '../match/profile.ts';
import type { Outcome, Verdict } from '../match/verdict.ts';
import { drawTypeName, reasonSentence, specialSentence } from '../notify/text/describe.ts';
import { en } from '../notify/text/en.ts';
import { sourceHeadline } from '../notify/text/source-words.ts';

type Describe = { [Type in EventType]: (event: Extract<Event, { type: Type }>) => string };

const special = (event: { [Type in SpecialType]: EventOf<Type> }[SpecialType]): string => {
  const { draw, ...facts } = event.data;
  return specialSentence(en, { type: event.type, ...facts } as Special, draw);
};

const DESCRIBE: Describe = {
  'draw.published': ({ data: { draw } }) => describeDraw(draw),
  'draw.corrected': ({ data: { changes } }) =>
    changes.map(({ field, before, after }) => `${field}: ${quote(before)} became ${quote(after)}`).join('; '),
  'draw.withdrawn': ({ data: { draw, missingSince } }) =>
    `no longer on the official page since ${en.moment(missingSince)}: ${describeDraw(draw)}`,
  'draw_type.new': special,
  'draw_type.returned': special,
  'category.revised': special,
  'record.set': special,
  'source.failing': sourceHeadline,
  'source.recovered': sourceHeadline,
  'source.quiet': sourceHeadline,
  'source.quarantined': sourceHeadline,
  'source.moved': sourceHeadline,
};

/** What happened, in one line. The table takes each event by its type, which the compiler cannot follow. */
export function describeEvent(event: Event): string {
  return printable((DESCRIBE[event.type] as (event: Event) => string)(event));
}

/** `Canadian Experience Class, 3,000 invited, cut-off 522`. */
export function describeDraw(draw: Draw): string {
  const invited =
    draw.invitations === null ? 'invitations not published' : `${en.number(draw.invitations)} invited`;
  const cutoff = draw.cutoff === null ? 'no cut-off published' : `cut-off ${draw.cutoff}`;
  return printable(`${drawTypeName(en, draw).name}, ${invited}, ${cutoff}`);
}

/** A draw's type as one names it in options, with the version of its category: `healthcare 2`. */
export function describeType({ type, version }: Draw): string {
  return version === null ? type : `${type} ${version}`;
}

export const OUTCOME_COLOURS = {
  invited: 'green',
  'not-invited': 'red',
  'cannot-tell': 'yellow',
} as const satisfies Record<Outcome, string>;

/** Why a verdict is what it is, a sentence each. */
export function describeReasons(draw: Draw, verdict: Verdict, profile: Profile): string[] {
  return verdict.reasons.map((reason) => reasonSentence(en, reason, draw, profile));
}

/** How a profile would have fared: in the last so many draws, and when last. Draws newest first. */
export function describeStanding(judged: readonly { draw: Draw; verdict: Verdict }[], last: number): string {
  const recent = judged.slice(0, last);
  const count = (outcome: Outcome) => recent.filter(({ verdict }) => verdict.outcome === outcome).length;
  const open = count('cannot-tell');
  const latest = judged.find(({ verdict }) => verdict.outcome === 'invited')?.draw;
  return [
    `Would have been invited in ${count('invited')} of the last ${recent.length} draws`,
    open > 0 ? ` (${open} more cannot be told)` : '',
    latest
      ? `; last on ${en.day(latest.date)}, ${latest.id}, ${drawTypeName(en, latest).name}.`
      : `, nor in any of the ${judged.length} known.`,
  ].join('');
}
