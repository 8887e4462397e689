// Events and draws in sentences, for a terminal.

import type { Draw } from '../draw/draw.ts';
import { printable, quote } from '../errors.ts';
import type { Event, EventOf, EventType, Special, SpecialType } from '../event/event.ts';
import type { Outcome } from '../match/verdict.ts';
import { drawTypeName, specialSentence } from '../notify/text/describe.ts';
import { en } from '../notify/text/en.ts';
import { operatorHeadline } from '../notify/text/operator-words.ts';

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
  'source.failing': operatorHeadline,
  'source.recovered': operatorHeadline,
  'source.quiet': operatorHeadline,
  'source.quarantined': operatorHeadline,
  'source.moved': operatorHeadline,
  'endpoint.disabled': operatorHeadline,
  'mail.stopped': operatorHeadline,
  'mail.resumed': operatorHeadline,
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
