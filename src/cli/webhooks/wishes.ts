// What an endpoint is to get, from options: all that is wrong with them is told at once.

import { DRAW_TYPES, type DrawType, isKnownDrawType } from '../../draw/draw-type.ts';
import { type Fault, InputError, quote } from '../../errors.ts';
import { EVENT_TYPES, type EventType } from '../../event/event.ts';
import { ENDPOINT_KINDS, type EndpointKind, type Locale } from '../../match/notice.ts';
import { urlProblem } from '../../notify/addresses.ts';
import { SOURCES } from '../../sources/index.ts';

const LOCALES: readonly Locale[] = ['en', 'fr'];
export const SOURCE_IDS: readonly string[] = SOURCES.map(({ id }) => id);
/** A draw type by a name nobody has taught us. */
export const OTHER_DRAW_TYPE = /^other:[a-z0-9]+(-[a-z0-9]+)*$/;

/** Options of more than one subcommand, as commander takes them. */
export const EVENT_OPTION = ['--event <type...>', `only these types, of ${EVENT_TYPES.join(', ')}`] as const;
export const SOURCE_OPTION = [
  '--source <id...>',
  `only of these sources, of ${SOURCE_IDS.join(', ')}`,
] as const;
export const DRAW_TYPE_OPTION = [
  '--draw-type <type...>',
  `only of these draw types, of ${DRAW_TYPES.join(', ')}, and other:NAME for a name nobody has taught us`,
] as const;
export const LOCALE_OPTION = ['--locale <language>', 'of what is written for people: en or fr'] as const;

/** As commander hands them over; `undefined` where an option was not given. */
export interface Given {
  url?: string;
  kind?: string;
  event?: string[];
  source?: string[];
  drawType?: string[];
  locale?: string;
}

/** The same, checked. */
export interface Read {
  url: string | undefined;
  kind: EndpointKind | undefined;
  events: EventType[] | undefined;
  sources: string[] | undefined;
  drawTypes: DrawType[] | undefined;
  locale: Locale | undefined;
}

/** What was given, checked. Throws `InputError` with every fault; no URL is in it. */
export function readGiven(what: string, given: Given, allowPrivate: readonly string[]): Read {
  const faults: Fault[] = [];

  function oneOf<Value extends string>(
    where: string,
    allowed: readonly Value[],
    text: string,
  ): text is Value {
    if ((allowed as readonly string[]).includes(text)) return true;
    faults.push({ where, expected: `one of ${allowed.join(', ')}`, found: quote(text) });
    return false;
  }

  function drawType(text: string): text is DrawType {
    if (isKnownDrawType(text) || OTHER_DRAW_TYPE.test(text)) return true;
    const expected = `one of ${DRAW_TYPES.join(', ')}, or other:NAME as in other:agri-food`;
    faults.push({ where: '--draw-type', expected, found: quote(text) });
    return false;
  }

  const { url, kind, locale } = given;
  const problem = url === undefined ? null : urlProblem(url, allowPrivate);
  if (problem !== null) faults.push({ where: 'url', expected: problem, found: 'something else' });
  const read: Read = {
    url: url === undefined || problem !== null ? undefined : new URL(url).href,
    kind: kind !== undefined && oneOf('--kind', ENDPOINT_KINDS, kind) ? kind : undefined,
    events: once(given.event)?.filter((text) => oneOf('--event', EVENT_TYPES, text)),
    sources: once(given.source)?.filter((text) => oneOf('--source', SOURCE_IDS, text)),
    drawTypes: once(given.drawType)?.filter(drawType),
    locale: locale !== undefined && oneOf('--locale', LOCALES, locale) ? locale : undefined,
  };
  if (faults.length > 0) throw new InputError(what, faults);
  return read;
}

/** What is posted to an ntfy server's root names its topic, which is what stands behind the host. */
export function checkTopic(what: string, kind: EndpointKind | undefined, url: string | undefined): void {
  if (kind !== 'ntfy' || url === undefined || /^\/[\w-]+$/.test(new URL(url).pathname)) return;
  const expected = 'a topic behind the host, as in https://ntfy.sh/topic';
  throw new InputError(what, [{ where: 'url', expected, found: 'none, or more than that' }]);
}

/**
 * What a service where people read gets without `--event`: one message a happening. What is special about a draw is
 * said in the message about the draw.
 */
export const FOR_PEOPLE: EventType[] = ['draw.published', 'draw.corrected', 'draw.withdrawn'];

function once(values: readonly string[] | undefined): string[] | undefined {
  return values && [...new Set(values)];
}
