// verdicts -> outbox: one row for each thing to tell one recipient, until it is told or given up.

import { type Selectable, sql } from 'kysely';
import type { Event } from '../event/event.ts';
import type { NoticeStatus } from '../match/notice.ts';
import { wantsEvent } from '../match/preference.ts';
import type { Profile } from '../match/profile.ts';
import type { Verdict } from '../match/verdict.ts';
import { toWishes, WISHES } from './endpoints.ts';
import { toEvent } from './events.ts';
import { insertMany } from './insert-many.ts';
import { oneOf } from './one-of.ts';
import type { DbOrTrx, Schema } from './schema.ts';

/**
 * Puts a notice for each endpoint that wants the event into the outbox; returns how many. For one that is disabled
 * it is kept, until the operator has it sent.
 */
export async function enqueueForEndpoints(db: DbOrTrx, event: Event, at: string): Promise<number> {
  const endpoints = await db
    .selectFrom('endpoints')
    .select(['id', 'disabled_at', ...WISHES])
    .orderBy('id')
    .execute();
  const wanting = endpoints.filter((endpoint) => wantsEvent(toWishes(endpoint), event));
  return enqueue(
    db,
    wanting.map(({ id, disabled_at }) => ({
      ...BARE,
      event_id: event.id,
      channel: 'webhook',
      endpoint_id: id,
      status: disabled_at === null ? 'queued' : 'held',
    })),
    at,
  );
}

/** Puts a notice for the operator into the outbox. */
export async function enqueueForOperator(db: DbOrTrx, event: Event, at: string): Promise<number> {
  return enqueue(db, [{ ...BARE, event_id: event.id, channel: 'operator', operator: 1 }], at);
}

/** What to tell a reader; `verdictBefore` is the one that a correction changed. */
export interface ReaderNotice {
  subscriber: number;
  verdict: Verdict;
  verdictBefore?: Verdict;
  profile: Profile;
}

/** Puts a notice with verdict and profile into the outbox for each of these subscribers; returns how many. */
export async function enqueueForReaders(
  db: DbOrTrx,
  event: Event,
  judged: readonly ReaderNotice[],
  at: string,
): Promise<number> {
  return enqueue(
    db,
    judged.map(({ subscriber, verdict, verdictBefore, profile }) => ({
      ...BARE,
      event_id: event.id,
      channel: 'email',
      subscriber_id: subscriber,
      verdict: JSON.stringify(verdict),
      verdict_before: verdictBefore ? JSON.stringify(verdictBefore) : null,
      profile: JSON.stringify(profile),
    })),
    at,
  );
}

/** Those who were told of a draw, or are about to be, each with the verdict they were told. */
export async function readersTold(
  db: DbOrTrx,
  drawId: string,
): Promise<(Pick<ReaderNotice, 'subscriber' | 'verdict' | 'profile'> & { notify: string[] })[]> {
  const rows = await db
    .selectFrom('outbox')
    .innerJoin('events', 'events.id', 'outbox.event_id')
    .innerJoin('subscribers', 'subscribers.id', 'outbox.subscriber_id')
    .select(['subscribers.id', 'subscribers.profile', 'subscribers.notify', 'outbox.verdict'])
    .where('events.draw_id', '=', drawId)
    .where('subscribers.status', '=', 'active')
    // What was given up or taken back told nobody anything, unless it may have arrived all the same.
    .where((either) =>
      either.or([either('outbox.status', 'in', ['queued', 'sent']), either('outbox.ambiguous', '>', 0)]),
    )
    .orderBy('outbox.id')
    .execute();
  // Of several notices about one draw, the last says what holds.
  const last = new Map(rows.map((row) => [row.id, row]));
  return [...last.values()].map((row) => ({
    subscriber: row.id,
    verdict: JSON.parse(present(row.verdict)),
    profile: JSON.parse(row.profile),
    notify: JSON.parse(row.notify),
  }));
}

/** A joined column that the table's constraints say is there. */
export function present<Value>(value: Value | null): Value {
  if (value === null) throw new Error('a notice without its recipient: the outbox is damaged');
  return value;
}

type NewNotice = Pick<
  Selectable<Schema['outbox']>,
  | 'event_id'
  | 'channel'
  | 'endpoint_id'
  | 'subscriber_id'
  | 'operator'
  | 'verdict'
  | 'verdict_before'
  | 'profile'
  | 'status'
>;

/** Of every kind of notice, what most of them leave out. */
const BARE = {
  subscriber_id: null,
  endpoint_id: null,
  operator: null,
  verdict: null,
  verdict_before: null,
  profile: null,
  status: 'queued',
} as const;

function enqueue(db: DbOrTrx, notices: readonly NewNotice[], at: string): Promise<number> {
  const rows = notices.map((notice) => ({ ...notice, due_at: at, created_at: at }));
  return insertMany(db, 'outbox', rows, 'stays as it is');
}

/** Something that happened, and what became of the notice of it for one endpoint; `null`: none was ever made. */
export interface Happening {
  event: Event;
  notice: { status: NoticeStatus; leaseUntil: string | null } | null;
}

/** Every event that was told since an instant or a day, oldest first, as far as this endpoint has to do with it. */
export async function happeningsFor(db: DbOrTrx, endpoint: string, since: string): Promise<Happening[]> {
  const rows = await db
    .selectFrom('events')
    .innerJoin('endpoints', (join) => join.on('endpoints.key', '=', endpoint))
    .leftJoin('outbox', (join) =>
      join
        .onRef('outbox.endpoint_id', '=', 'endpoints.id')
        .onRef('outbox.event_id', '=', 'events.id')
        .on('outbox.endpoint_id', 'is not', null),
    )
    .select(['events.id', 'events.type', 'events.source', 'events.draw_id', 'events.at', 'events.told'])
    .select(['events.data', 'outbox.status', 'outbox.lease_until'])
    .where('events.at', '>=', since)
    .where('events.told', '=', 1)
    .orderBy('events.seq')
    .execute();
  return rows.map((row) => ({
    event: toEvent(row),
    notice: row.status && { status: row.status, leaseUntil: row.lease_until },
  }));
}

/**
 * Queues a notice of each of these events for an endpoint, as if none had been tried, to be handed over in the order
 * given; returns their rows. One that was there keeps its row, and what was recorded of it.
 */
export async function queueAfresh(
  db: DbOrTrx,
  endpoint: string,
  events: readonly string[],
  now: Date,
): Promise<number[]> {
  // A millisecond between any two: what is due first goes first.
  const due = (index: number) => new Date(now.getTime() - (events.length - 1 - index)).toISOString();
  const notices = JSON.stringify(events.map((event, index) => ({ event, due: due(index) })));
  const { rows } = await sql<{ id: number }>`
    INSERT INTO outbox (event_id, channel, endpoint_id, status, due_at, created_at)
    SELECT value ->> '$.event', 'webhook', endpoints.id, 'queued', value ->> '$.due', ${now.toISOString()}
    FROM json_each(${notices}) JOIN endpoints ON endpoints.key = ${endpoint}
    WHERE true ORDER BY json_each.key
    ON CONFLICT (endpoint_id, event_id) WHERE endpoint_id IS NOT NULL DO UPDATE SET
      status = 'queued', attempts = 0, ambiguous = 0, due_at = excluded.due_at, lease_until = NULL, settled_at = NULL
    RETURNING id`.execute(db);
  return rows.map(({ id }) => id);
}

/** What has become of these notices, by their rows. */
export async function countOutcomes(
  db: DbOrTrx,
  rows: readonly number[],
): Promise<Record<NoticeStatus, number>> {
  const found = await db
    .selectFrom('outbox')
    .select((select) => ['status', select.fn.countAll<number>().as('count')])
    .where(oneOf('id', rows))
    .groupBy('status')
    .execute();
  const counts = { queued: 0, held: 0, sent: 0, failed: 0, dropped: 0 };
  for (const { status, count } of found) counts[status] = count;
  return counts;
}
