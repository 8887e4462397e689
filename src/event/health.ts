// looks -> events about a source: when it fails, is quiet for too long, or is well again. Pure.

import { daysBetween, elapsed } from '../draw/calendar.ts';
import type { Trouble } from '../errors.ts';
import {
  type DrawBrief,
  type EventOf,
  makeOperatorEvent,
  type SourceEvent,
  type SourceEventType,
} from './event.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Something that goes on: since when, and how often and when last the operator was told. RFC 3339. */
export interface Spell {
  since: string;
  told: number;
  toldAt: string | null;
}

/** How looking at a source goes. Instants are RFC 3339. */
export interface Health {
  source: string;
  /** The last look, whatever came of it. */
  triedAt: string;
  /** The last look at which the draws could be read. */
  succeededAt: string | null;
  /** In a row, until its own address answers again. */
  failures: number;
  failing: (Spell & { trouble: Trouble; reason: string }) | null;
  quiet: Spell | null;
  /** Until when it asked to be left alone. */
  retryAt: string | null;
  /** When a browser last looked for its document. */
  browserAt: string | null;
  /** It answers in full what it was asked to answer only if changed. */
  unconditional: boolean;
  /** Where its document was found instead of the configured address. */
  moved: { from: string; to: string } | null;
}

/** When the operator is told of failures. */
export interface Alarm {
  failures: number;
  hours: number;
}

export interface Failure {
  trouble: Trouble;
  message: string;
  retryAt: string | null;
}

export interface Diagnosis {
  health: Health;
  /** For the operator. */
  events: SourceEvent[];
}

export function freshHealth(source: string, now: string): Health {
  return {
    source,
    triedAt: now,
    succeededAt: null,
    failures: 0,
    failing: null,
    quiet: null,
    retryAt: null,
    browserAt: null,
    unconditional: false,
    moved: null,
  };
}

/** Whether a source wants to be left alone at this moment. */
export function isLeftAlone({ retryAt }: Pick<Health, 'retryAt'>, now: string): boolean {
  return retryAt !== null && elapsed(now, retryAt) > 0;
}

/**
 * A look failed, or there was none as the source is left alone: that is no failure more.
 * Told when it has failed often or long enough, then once a day.
 */
export function afterFailure(
  before: Health,
  { trouble, message, retryAt }: Failure,
  alarm: Alarm,
  now: string,
): Diagnosis {
  const failures = before.failures + (isLeftAlone(before, now) ? 0 : 1);
  const spell = { ...(before.failing ?? { since: now, told: 0, toldAt: null }), trouble, reason: message };
  const health = { ...before, triedAt: now, failures, failing: spell, retryAt };
  const due = failures >= alarm.failures || elapsed(spell.since, now) >= alarm.hours * HOUR;
  if (!due || !isDue(spell, now)) return { health, events: [] };

  const told = tell(spell, now);
  const data = {
    source: before.source,
    since: spell.since,
    failures,
    trouble,
    reason: message,
    lastSuccessAt: before.succeededAt,
    telling: told.told,
  };
  const event = makeEvent('source.failing', `${spell.since}/${told.told}`, before.source, now, data);
  return { health: { ...health, failing: { ...spell, ...told } }, events: [event] };
}

/**
 * A look succeeded. `byBrowser`: only by opening the page people read; its own address still fails, so it is
 * not well again. `recent`: its draws of the last two years, oldest first.
 */
export function afterSuccess(
  before: Health,
  { byBrowser, recent }: { byBrowser: boolean; recent: readonly DrawBrief[] },
  now: string,
): Diagnosis {
  const { source } = before;
  const events: SourceEvent[] = [];
  const health = { ...before, triedAt: now, succeededAt: now, retryAt: null };
  if (!byBrowser) {
    const { failing } = before;
    Object.assign(health, { failures: 0, failing: null });
    // Whoever was not told of the failure need not hear of its end.
    if (failing && failing.told > 0) events.push(recovered(source, 'failing', failing, now));
  }

  const silence = quietness(recent, now);
  if (silence === null) {
    health.quiet = null;
    if (before.quiet) events.push(recovered(source, 'quiet', before.quiet, now));
    return { health, events };
  }
  const spell = before.quiet ?? { since: now, told: 0, toldAt: null };
  health.quiet = spell;
  if (isDue(spell, now)) {
    health.quiet = tell(spell, now);
    const data = { source, since: spell.since, ...silence, telling: health.quiet.told };
    events.push(makeEvent('source.quiet', `${spell.since}/${health.quiet.told}`, source, now, data));
  }
  return { health, events };
}

/** How long there has been no new draw, when that is longer than ever in the last two years; else `null`. */
export function quietness(
  recent: readonly DrawBrief[],
  now: string,
): { last: DrawBrief; quietDays: number; longestDays: number } | null {
  const last = recent.at(-1);
  // Of a source that has hardly begun nobody can say what is usual.
  if (!last || recent.length < 10) return null;
  const gaps = recent.slice(1).map(({ date }, index) => daysBetween((recent[index] as DrawBrief).date, date));
  const longestDays = Math.max(...gaps);
  const quietDays = daysBetween(last.date, now.slice(0, 10));
  return quietDays > longestDays ? { last, quietDays, longestDays } : null;
}

function recovered(source: string, from: 'failing' | 'quiet', { since }: Spell, now: string): SourceEvent {
  return makeEvent('source.recovered', `${from}/${since}`, source, now, { source, from, since });
}

/** Never told, or a day ago. */
function isDue({ toldAt }: Spell, now: string): boolean {
  return toldAt === null || elapsed(toldAt, now) >= DAY;
}

function tell({ since, told }: Spell, now: string): Spell {
  return { since, told: told + 1, toldAt: now };
}

/** `what` makes the id the same however often the same thing is found. */
export function makeEvent<Type extends SourceEventType>(
  type: Type,
  what: string,
  source: string,
  at: string,
  data: EventOf<Type>['data'],
): SourceEvent {
  return makeOperatorEvent(type, `${source}/${what}`, source, at, data) as SourceEvent;
}
