// What is read alike of a round of `ircc`, whether from its feed or from the page people read.

import { DAY, dayStart, instantMs, toDate } from '../draw/calendar.ts';
import { type Draw, sameFacts } from '../draw/draw.ts';
import { readTypedInstant } from '../draw/tie-break.ts';
import { type Fault, quote } from '../errors.ts';
import type { UnreadableRound } from './source.ts';

export const SITE = 'https://www.canada.ca';
/** Twice the longest official name: what is longer is no name. */
export const LONGEST_NAME = 200;

/** One round as it was read; `draw` is `null` where it has faults. */
export interface ReadRound {
  id: string;
  draw: Draw | null;
  faults: Fault[];
}

/** Each number once: exact repeats are one round; of two that differ neither is believed. */
export function onceEach(
  rounds: readonly ReadRound[],
  numberField: string,
): { draws: Map<string, Draw>; unreadable: Map<string, UnreadableRound> } {
  const draws = new Map<string, Draw>();
  const unreadable = new Map<string, UnreadableRound>();
  for (const { id, draw, faults } of rounds) {
    const twin = draws.get(id);
    if (twin && draw && sameFacts(twin, draw)) continue;
    if (!draw && sameFacts(unreadable.get(id)?.faults, faults)) continue;
    if (twin || unreadable.has(id)) {
      // Which of the two is right nobody can say.
      draws.delete(id);
      const others = unreadable.get(id)?.faults ?? [];
      const expected = 'each number once';
      const twice = { where: `${id} ${numberField}`, expected, found: 'it twice, with different content' };
      unreadable.set(id, { id, faults: [...others, twice] });
    } else if (draw) draws.set(id, draw);
    else unreadable.set(id, { id, faults });
  }
  return { draws, unreadable };
}

/** Where an instant was typed, and what the place is called in messages. */
export interface Typed {
  field: string;
  text: string;
}

/** A draw whose instants cannot be read is still a draw; what is not certain stays unknown. */
export function readInstants(id: string, date: string, typed: { issuedAt: Typed; tieBreakAt: Typed }) {
  const doubts: Fault[] = [];
  const doubt = ({ field, text }: Typed, expected: string) =>
    doubts.push({ where: `${id} ${field}`, expected, found: quote(text) });

  const issued = readTypedInstant(typed.issuedAt.text, date);
  const tieBreak = readTypedInstant(typed.tieBreakAt.text, date);
  let issuedAt: string | null = null;
  // A year inferred for the draw itself would be the wrong one: on its own day, the year before.
  if (issued === 'unreadable' || (issued !== 'blank' && issued.inferred))
    doubt(typed.issuedAt, 'an instant or nothing');
  else if (issued !== 'blank') issuedAt = issued.at;
  let tieBreakAt: string | null = null;
  if (tieBreak === 'unreadable') doubt(typed.tieBreakAt, 'an instant or nothing');
  else if (tieBreak !== 'blank' && isAfterDay(tieBreak.at, date))
    doubt(typed.tieBreakAt, 'an instant before the draw');
  else if (tieBreak !== 'blank') tieBreakAt = tieBreak.at;
  return {
    issuedAt,
    tieBreakAt,
    inferred: tieBreakAt !== null && typeof tieBreak === 'object' && tieBreak.inferred,
    doubts,
  };
}

/** Later than the draw's day in every Canadian time zone (a Canadian day ends on the next one in UTC). */
function isAfterDay(instant: string, date: string): boolean {
  const start = dayStart(date);
  const at = instantMs(instant);
  return start !== null && at !== null && toDate(at) > toDate(start + DAY);
}

/** The round's own page. Only a link into the official site is believed. */
export function officialUrl(href: string | undefined): string | null {
  if (!href) return null;
  // The site's inner path is what is linked; people read the same page without it.
  const url = URL.parse(href.replace(/^\/content\/canadasite\//, '/'), SITE);
  return url && url.origin === SITE && url.username === '' && url.password === '' ? url.href : null;
}
