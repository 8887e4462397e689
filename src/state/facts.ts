// JSON -> what is public: draws, and what is noted of them and of events. Pure.

import { dayStart } from '../draw/calendar.ts';
import { type Draw, PROGRAMS } from '../draw/draw.ts';
import { type DrawType, isKnownDrawType } from '../draw/draw-type.ts';
import type { Band, Pool } from '../draw/pool.ts';
import type { Event, EventType } from '../event/event.ts';
import {
  ifThere,
  instant,
  listOf,
  numberFrom,
  objectOf,
  oneOf,
  orNull,
  type Reader,
  someText,
  textOf,
  wrong,
  yesOrNo,
} from './read.ts';

/** A source's id: also a name of a file, and of a field, of which each object has one with this name anyway. */
export const SOURCE_ID = /^(?!constructor$)[a-z][a-z0-9-]{0,39}$/;

export const day: Reader<string> = textOf('a day as YYYY-MM-DD', (text) => dayStart(text) !== null);

/** What could make a line look otherwise than it is. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/** As sources read it, so that no page has to expect anything else. */
const name = textOf('text on one line', (text) => /\S/.test(text) && !UNSEEN.test(text));
const number = textOf('a number such as 297 or 91a', (text) => /^[\w.-]{1,40}$/.test(text));
const drawType = textOf(
  'a type of draws, or other: and a name',
  (text) => isKnownDrawType(text) || /^other:[a-z0-9-]+$/.test(text),
) as Reader<DrawType>;
/** Pages link to it. */
const webAddress = textOf('an http or https URL', (text) => /^https?:\/\/[^\s"'<>\\]+$/.test(text));

const band = objectOf<Band>({ from: numberFrom(0), to: numberFrom(0), candidates: numberFrom(0) });
const pool = objectOf<Pool>({ asOf: orNull(day), total: numberFrom(0), bands: listOf(band) });

export function drawOf(source: string): Reader<Draw> {
  const fields = objectOf<Draw>({
    id: someText,
    source: oneOf([source]),
    number,
    date: day,
    issuedAt: orNull(instant),
    label: name,
    type: drawType,
    version: orNull(name),
    programs: orNull(listOf(oneOf(PROGRAMS))),
    // Never 0 for what is not known: everybody would be invited.
    invitations: orNull(numberFrom(1)),
    scoreSystem: oneOf(['crs']),
    cutoff: orNull(numberFrom(1)),
    tieBreakAt: orNull(instant),
    pool: orNull(pool),
    url: orNull(webAddress),
    inferred: ifThere(listOf(oneOf(['tieBreakAt']))),
  });
  return (value, sheet) => {
    const draw = fields(value, sheet);
    const id = `${source}:${draw?.number}`;
    return draw?.number === undefined || draw.id === id ? draw : wrong(sheet, id, draw.id, ['id']);
  };
}

/** Of an event no more is looked at than the program goes by. */
export function eventOf<Some extends Event>(parts: {
  types: readonly (Some['type'] & EventType)[];
  source: Reader<string>;
  draw: Reader<string | null>;
  data: Reader<Record<string, unknown>>;
}): Reader<Some> {
  const fields = objectOf<Record<keyof Event, unknown>>({
    id: name,
    type: oneOf(parts.types),
    source: parts.source,
    draw: parts.draw,
    at: instant,
    told: yesOrNo,
    data: parts.data,
  });
  // Of each type the data goes by its own shape, which the compiler cannot follow.
  return (value, sheet) => fields(value, sheet) as unknown as Some;
}
