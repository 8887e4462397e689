// stored draws -> events: compares what was known with what was read. Pure; the clock is an argument.

import { daysBetween } from '../draw/calendar.ts';
import { compareDraws, type Draw, sameFacts } from '../draw/draw.ts';
import type { DrawType } from '../draw/draw-type.ts';
import {
  briefOf,
  type Change,
  type CorrectableField,
  type DrawEventType,
  type Event,
  type EventData,
  type RecordKind,
  type Special,
} from './event.ts';

/** A draw as the store holds it; `revision` is 1 until its publisher changes it. */
export interface KnownDraw {
  draw: Draw;
  revision: number;
  /** The publisher has taken it back. */
  withdrawn?: boolean;
}

export interface DetectOptions {
  /** RFC 3339: the moment of detection. */
  now: string;
  /** The first look at a source: everything is recorded, nothing announced. */
  baseline: boolean;
  /** Whether a correction of a known draw is news (not when the known draws came with the program). */
  tellCorrections: boolean;
  /** A type that was away for more days than this has returned. */
  dormantDays: number;
  /** A round older than this many days when first seen is recorded, not announced. */
  newsDays: number;
  /** Known draws that the publisher has just taken back. */
  withdrawn?: readonly { id: string; missingSince: string }[];
}

export interface ChangedDraw {
  before: Draw;
  after: Draw;
  /** Of the new state: one more than the known one. */
  revision: number;
  /** Empty when only what the publisher's wording does not decide changed (link, pool, our own rules). */
  changes: Change[];
}

export interface Detection {
  /** Oldest first. */
  fresh: Draw[];
  changed: ChangedDraw[];
  /** Draw by draw, oldest first; the publication before what is special about it. */
  events: Event[];
}

/** A type's first few draws break a "record" nearly every time; that is no news. */
const RECORD_NEEDS_EARLIER_DRAWS = 3;

/** What is new in `read`, given what was `known`. The order of either does not matter. */
export function detect(
  known: readonly KnownDraw[],
  read: readonly Draw[],
  options: DetectOptions,
): Detection {
  const byId = new Map(known.map((entry) => [entry.draw.id, entry]));
  const fresh = read.filter((draw) => !byId.has(draw.id)).sort(compareDraws);
  const changed: ChangedDraw[] = [];
  for (const after of read) {
    const entry = byId.get(after.id);
    if (!entry || (sameFacts(entry.draw, after) && !entry.withdrawn)) continue;
    changed.push({
      before: entry.draw,
      after,
      revision: entry.revision + 1,
      changes: correctionsBetween(entry, after),
    });
  }
  changed.sort((a, b) => compareDraws(a.after, b.after));

  const listed = known.filter(({ withdrawn }) => !withdrawn).map(({ draw }) => draw);
  const current = new Map([...listed, ...read].map((draw) => [draw.id, draw]));
  const timeline = [...current.values()].sort(compareDraws);
  return {
    fresh,
    changed,
    events: [
      ...publications(timeline, fresh, options),
      ...corrections(changed, options),
      ...withdrawals(byId, options),
    ],
  };
}

function publications(timeline: readonly Draw[], fresh: readonly Draw[], options: DetectOptions): Event[] {
  const freshIds = new Set(fresh.map((draw) => draw.id));
  const earlierOfType = new Map<DrawType, Draw[]>();
  const events: Event[] = [];
  for (const [position, draw] of timeline.entries()) {
    const earlier = earlierOfType.get(draw.type) ?? [];
    if (freshIds.has(draw.id)) {
      const previous = earlier.at(-1);
      const drawsBetween = previous ? position - timeline.indexOf(previous) - 1 : 0;
      events.push(...publication(draw, specialsOf(draw, earlier, drawsBetween, options), options));
    }
    earlierOfType.set(draw.type, [...earlier, draw]);
  }
  return events;
}

function publication(draw: Draw, special: Special[], options: DetectOptions): Event[] {
  const at = options.baseline ? (draw.issuedAt ?? `${draw.date}T00:00:00Z`) : options.now;
  const age = daysBetween(draw.date, options.now.slice(0, 10));
  const told = !options.baseline && age <= options.newsDays;
  const events: Event[] = [makeEvent('draw.published', '', draw, at, told, { draw, special })];
  for (const { type, ...facts } of special) {
    const suffix = 'record' in facts ? `/${facts.record}` : '';
    events.push(makeEvent(type, suffix, draw, at, told, { draw, ...facts } as EventData[typeof type]));
  }
  return events;
}

function corrections(changed: readonly ChangedDraw[], options: DetectOptions): Event[] {
  return changed
    .filter(({ changes }) => changes.length > 0)
    .map(({ after, revision, changes }) =>
      makeEvent('draw.corrected', `/${revision}`, after, options.now, options.tellCorrections, {
        draw: after,
        changes,
      }),
    );
}

function withdrawals(byId: ReadonlyMap<string, KnownDraw>, options: DetectOptions): Event[] {
  return (options.withdrawn ?? []).flatMap(({ id, missingSince }) => {
    const entry = byId.get(id);
    if (!entry) return [];
    const data = { draw: entry.draw, missingSince };
    return makeEvent(
      'draw.withdrawn',
      `/${entry.revision}`,
      entry.draw,
      options.now,
      options.tellCorrections,
      data,
    );
  });
}

function specialsOf(
  draw: Draw,
  earlier: readonly Draw[],
  drawsBetween: number,
  options: DetectOptions,
): Special[] {
  const drawType = draw.type;
  const last = earlier.at(-1);
  if (!last) return [{ type: 'draw_type.new', drawType }];
  const special: Special[] = [];
  const previous = briefOf(last);

  const dormantDays = daysBetween(last.date, draw.date);
  if (dormantDays > options.dormantDays) {
    special.push({ type: 'draw_type.returned', drawType, previous, dormantDays, drawsBetween });
  }
  // A name without a version says nothing about it: neither that it changed nor what it was.
  const versioned = earlier.findLast((other) => other.version !== null);
  const seenBefore = earlier.some((other) => other.version === draw.version);
  if (versioned?.version && draw.version !== null && !seenBefore) {
    const previousVersion = versioned.version;
    const facts = { drawType, version: draw.version, previousVersion, previous: briefOf(versioned) };
    special.push({ type: 'category.revised', ...facts });
  }
  for (const { record, value, holder } of recordsOf(draw, earlier)) {
    special.push({ type: 'record.set', drawType, record, value, previous: briefOf(holder) });
  }
  return special;
}

function recordsOf(draw: Draw, earlier: readonly Draw[]) {
  const contests: [RecordKind, 'cutoff' | 'invitations', 1 | -1][] = [
    ['lowest-cutoff', 'cutoff', -1],
    ['highest-cutoff', 'cutoff', 1],
    ['largest-round', 'invitations', 1],
  ];
  const records: { record: RecordKind; value: number; holder: Draw }[] = [];
  for (const [record, field, sign] of contests) {
    const value = draw[field];
    const contenders = earlier.filter((other) => other[field] !== null);
    if (value === null || contenders.length < RECORD_NEEDS_EARLIER_DRAWS) continue;
    const rank = (other: Draw) => sign * (other[field] as number);
    const holder = contenders.reduce((best, other) => (rank(other) > rank(best) ? other : best));
    if (sign * value > rank(holder)) records.push({ record, value, holder });
  }
  return records;
}

/**
 * What the publisher corrected. The type and version are our reading of the label, so they count only
 * when the label changed: teaching drawbell a new name must not look like a correction.
 */
function correctionsBetween({ draw: before, withdrawn }: KnownDraw, after: Draw): Change[] {
  const published: Exclude<CorrectableField, 'withdrawn'>[] = [
    'date',
    'issuedAt',
    'label',
    'programs',
    'invitations',
    'cutoff',
    'tieBreakAt',
  ];
  const fields =
    before.label === after.label ? published : [...published, 'type' as const, 'version' as const];
  const back: Change[] = withdrawn ? [{ field: 'withdrawn', before: true, after: false }] : [];
  return fields
    .filter((field) => !sameFacts(before[field], after[field]))
    .map((field): Change => ({ field, before: before[field], after: after[field] }))
    .concat(back);
}

function makeEvent<Type extends DrawEventType>(
  type: Type,
  suffix: string,
  draw: Draw,
  at: string,
  told: boolean,
  data: EventData[Type],
): Event {
  const event = {
    id: `${type}/${draw.id}${suffix}`,
    type,
    source: draw.source,
    draw: draw.id,
    at,
    told,
    data,
  };
  return event as unknown as Event;
}
