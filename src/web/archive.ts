// draws and events -> everything that pages, feeds and the API are made of. Pure.

import type { Draw } from '../draw/draw.ts';
import type { DrawType } from '../draw/draw-type.ts';
import type { DrawRecord } from '../draw/record.ts';
import { type DrawEvent, type Event, isOperatorEvent } from '../event/event.ts';
import type { Reference } from '../match/reference.ts';
import { slugOf } from './paths.ts';

/** All that is known of the draws, at one moment. */
export interface Archive {
  /** Newest first, without those that were withdrawn. */
  draws: readonly Draw[];
  /** Each draw with how it came to be known, by the name it has in paths; those that were withdrawn too. */
  records: ReadonlyMap<string, DrawRecord>;
  /** What happened about each draw, by its id; oldest first. */
  events: ReadonlyMap<string, readonly DrawEvent[]>;
  /** By their latest draw, newest first; by the name in paths. */
  types: ReadonlyMap<string, TypeHistory>;
  /** In which there were draws, newest first. */
  years: readonly string[];
  /** The latest publication, correction or withdrawal. */
  newest: DrawEvent | null;
  reference: Reference;
}

export interface TypeHistory {
  type: DrawType;
  /** Newest first, never empty. */
  draws: readonly [Draw, ...Draw[]];
}

/** `records` newest draw first, `events` newest first, as the store lists them. */
export function archiveOf(
  records: readonly DrawRecord[],
  events: readonly Event[],
  reference: Reference,
): Archive {
  const draws = records.filter(({ withdrawnAt }) => withdrawnAt === null).map(({ draw }) => draw);
  const types = new Map<string, TypeHistory>();
  for (const [type, ofType] of Map.groupBy(draws, (draw) => draw.type)) {
    const [latest, ...earlier] = ofType;
    if (latest) types.set(slugOf(type), { type, draws: [latest, ...earlier] });
  }
  const ofDraws = events.filter((event): event is DrawEvent => !isOperatorEvent(event));
  return {
    draws,
    records: new Map(records.map((record) => [slugOf(record.draw.id), record])),
    events: Map.groupBy(ofDraws.toReversed(), (event) => event.draw),
    types,
    years: [...new Set(draws.map(({ date }) => date.slice(0, 4)))],
    newest: ofDraws.find(({ type }) => NEWS.has(type)) ?? null,
    reference,
  };
}

/** Of a type; none where it has no draw that counts. */
export function historyOf({ types }: Archive, type: DrawType): TypeHistory | undefined {
  return types.get(slugOf(type));
}

/** What is special about a draw is said with its publication. */
const NEWS: ReadonlySet<Event['type']> = new Set(['draw.published', 'draw.corrected', 'draw.withdrawn']);
