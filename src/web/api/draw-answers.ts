// archive -> what the API answers about draws. Pure.

import { compareDraws, type Draw } from '../../draw/draw.ts';
import type { DrawRecord } from '../../draw/record.ts';
import type { DrawEvent } from '../../event/event.ts';
import { explanationOf } from '../../match/explain.ts';
import { isShipped } from '../../notify/text/explaining.ts';
import { publicAddress } from '../../sources/public-address.ts';
import type { Archive } from '../archive.ts';

export interface DrawsAsked {
  type?: string;
  /** First and last day, both included. */
  since?: string;
  until?: string;
  source?: string;
  limit?: number;
}

/** Newest first. */
export function drawsAnswer({ draws }: Archive, asked: DrawsAsked = {}): { draws: Draw[] } {
  return { draws: draws.filter((draw) => isAsked(draw, asked)).slice(0, asked.limit) };
}

/** As `drawbell explain --json`, but for the address of its document: the world is told no more of that than on a page. */
export function explanationAnswer({ events, draws, reference }: Archive, record: DrawRecord) {
  const { explanation } = explanationOf(record, events.get(record.draw.id) ?? [], draws, reference);
  const { document } = explanation;
  const url = isShipped(document) ? document.url : publicAddress(document.url);
  return { ...explanation, document: { ...document, url } };
}

type PoolOfDraw = Pick<Draw, 'date'> & { draw: string; pool: NonNullable<Draw['pool']> };

/** `latest` is the latest of all, whatever is asked for. */
export function poolAnswer(
  { draws }: Archive,
  asked: Pick<DrawsAsked, 'since' | 'until' | 'limit'> = {},
): { latest: PoolOfDraw | null; pools: PoolOfDraw[] } {
  const pools = draws.filter((draw) => isAsked(draw, asked)).flatMap(poolOf);
  return { latest: draws.flatMap(poolOf)[0] ?? null, pools: pools.slice(0, asked.limit) };
}

export interface EventsAsked {
  type?: DrawEvent['type'];
  draw?: string;
  /** First day. */
  since?: string;
  limit?: number;
}

/** Newest first; nothing that is for the operator. */
export function eventsAnswer({ events, records }: Archive, asked: EventsAsked = {}) {
  // Of what was noticed at one moment, the event of the newest draw comes first, and of one draw the last.
  const newestFirst = [...records.values()]
    .map(({ draw }) => draw)
    .sort((a, b) => compareDraws(b, a))
    .flatMap(({ id }) => (events.get(id) ?? []).toReversed())
    .filter(
      ({ type, draw, at }) =>
        (asked.type === undefined || type === asked.type) &&
        (asked.draw === undefined || draw === asked.draw) &&
        (asked.since === undefined || at >= asked.since),
    )
    .sort((a, b) => (a.at === b.at ? 0 : a.at < b.at ? 1 : -1));
  return {
    events: newestFirst
      .slice(0, asked.limit)
      .map(({ id, type, draw, at, told, data }) => ({ id, type, draw, timestamp: at, told, data })),
  };
}

function isAsked(draw: Draw, { type, since, until, source }: DrawsAsked): boolean {
  return (
    (type === undefined || draw.type === type) &&
    (since === undefined || draw.date >= since) &&
    (until === undefined || draw.date <= until) &&
    (source === undefined || draw.source === source)
  );
}

function poolOf({ id, date, pool }: Draw): PoolOfDraw[] {
  return pool === null ? [] : [{ draw: id, date, pool }];
}
