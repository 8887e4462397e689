// Events, as they were detected.

import type { Selectable } from 'kysely';
import type { Event } from '../event/event.ts';
import { insertMany } from './insert-many.ts';
import type { DbOrTrx, Schema } from './schema.ts';

export interface EventFilter {
  type?: string;
  draw?: string;
  since?: string;
}

/** Stores events in the order given. One that is known by its id is the same happening, detected again. */
export async function saveEvents(db: DbOrTrx, events: readonly Event[]): Promise<void> {
  const rows = events.map(({ id, type, source, draw, at, told, data }) => {
    return { id, type, source, draw_id: draw, at, told: told ? 1 : 0, data: JSON.stringify(data) };
  });
  await insertMany(db, 'events', rows, 'stays as it is');
}

/** Newest first. `since` is a day or an instant. */
export async function listEvents(db: DbOrTrx, filter: EventFilter = {}): Promise<Event[]> {
  let query = db.selectFrom('events').selectAll();
  if (filter.type !== undefined) query = query.where('type', '=', filter.type);
  if (filter.draw !== undefined) query = query.where('draw_id', '=', filter.draw);
  if (filter.since !== undefined) query = query.where('at', '>=', filter.since);
  const rows = await query.orderBy('seq', 'desc').execute();
  return rows.map(toEvent);
}

/** The row of an event, or one joined with it. */
export function toEvent(row: Omit<Selectable<Schema['events']>, 'seq'>): Event {
  return {
    id: row.id,
    type: row.type,
    source: row.source,
    draw: row.draw_id,
    at: row.at,
    told: row.told === 1,
    data: JSON.parse(row.data),
  } as Event;
}
