// The outbox: one row for each thing to tell one recipient, until it is told or given up.

import { createHash } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { Event } from '../event/event.ts';
import type { ChannelName, DueNotice, NoticeStatus, Settlement } from '../match/notice.ts';
import type { Profile } from '../match/profile.ts';
import type { Verdict } from '../match/verdict.ts';
import { toEvent } from './events.ts';
import { inTransaction } from './open.ts';
import type { Db, DbOrTrx, Schema } from './schema.ts';

/** Puts a notice for each endpoint that wants the event into the outbox; returns how many. */
export async function enqueueForEndpoints(db: DbOrTrx, event: Event, at: string): Promise<number> {
  const endpoints = await db.selectFrom('endpoints').select(['id', 'events']).orderBy('id').execute();
  const wanting = endpoints.filter(
    ({ events }) => events === null || JSON.parse(events).includes(event.type),
  );
  return enqueue(
    db,
    wanting.map(({ id }) => ({
      event_id: event.id,
      channel: 'webhook' as const,
      endpoint_id: id,
      subscriber_id: null,
      verdict: null,
      profile: null,
    })),
    at,
  );
}

/** Puts a notice with verdict and profile into the outbox for each of these subscribers; returns how many. */
export async function enqueueForReaders(
  db: DbOrTrx,
  event: Event,
  judged: readonly { subscriber: number; verdict: Verdict; profile: Profile }[],
  at: string,
): Promise<number> {
  return enqueue(
    db,
    judged.map(({ subscriber, verdict, profile }) => ({
      event_id: event.id,
      channel: 'email' as const,
      endpoint_id: null,
      subscriber_id: subscriber,
      verdict: JSON.stringify(verdict),
      profile: JSON.stringify(profile),
    })),
    at,
  );
}

type NewNotice = Pick<
  Selectable<Schema['outbox']>,
  'event_id' | 'channel' | 'endpoint_id' | 'subscriber_id' | 'verdict' | 'profile'
>;

async function enqueue(db: DbOrTrx, notices: readonly NewNotice[], at: string): Promise<number> {
  let queued = 0;
  // SQLite binds at most 32,766 values a statement.
  for (let start = 0; start < notices.length; start += 1_000) {
    const rows = notices.slice(start, start + 1_000);
    const result = await db
      .insertInto('outbox')
      .values(rows.map((row) => ({ ...row, status: 'queued' as const, due_at: at, created_at: at })))
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    queued += Number(result.numInsertedOrUpdatedRows ?? 0n);
  }
  return queued;
}

/** Whether anything waits to be handed over at this moment. */
export async function isAnythingDue(db: DbOrTrx, now: string): Promise<boolean> {
  return (await nextDue(db, now)) !== undefined;
}

/**
 * Claims the notice that has waited longest until `leaseUntil`: no other process gets it before. One that is
 * killed meanwhile leaves its claim behind; the notice is due again when the lease has ended.
 */
export async function claimNext(db: Db, now: string, leaseUntil: string): Promise<DueNotice | undefined> {
  return inTransaction(db, async (trx) => {
    const next = await nextDue(trx, now);
    if (!next) return undefined;
    await trx
      .updateTable('outbox')
      .set((update) => ({ lease_until: leaseUntil, attempts: update('attempts', '+', 1) }))
      .where('id', '=', next.id)
      .execute();
    return readNotice(trx, next.id);
  });
}

function nextDue(db: DbOrTrx, now: string): Promise<{ id: number } | undefined> {
  return db
    .selectFrom('outbox')
    .select('id')
    .where('status', '=', 'queued')
    .where('due_at', '<=', now)
    .where((either) => either.or([either('lease_until', 'is', null), either('lease_until', '<=', now)]))
    .orderBy('due_at')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
}

async function readNotice(db: DbOrTrx, id: number): Promise<DueNotice> {
  const row = await db
    .selectFrom('outbox')
    .innerJoin('events', 'events.id', 'outbox.event_id')
    .leftJoin('subscribers', 'subscribers.id', 'outbox.subscriber_id')
    .leftJoin('endpoints', 'endpoints.id', 'outbox.endpoint_id')
    .select([
      'events.id',
      'events.type',
      'events.source',
      'events.draw_id',
      'events.at',
      'events.told',
      'events.data',
    ])
    .select(['outbox.attempts', 'outbox.verdict', 'outbox.profile'])
    .select([
      'subscribers.key as reader',
      'subscribers.email',
      'subscribers.locale',
      'subscribers.consent_at',
      'subscribers.consent_how',
    ])
    .select(['endpoints.key as endpoint', 'endpoints.url', 'endpoints.kind', 'endpoints.secret'])
    .where('outbox.id', '=', id)
    .executeTakeFirstOrThrow();
  const event = toEvent(row);
  const recipient = row.reader ?? row.endpoint;
  const base = { row: id, event, attempt: row.attempts, key: noticeKey(event.id, String(recipient)) };
  if (row.endpoint !== null) {
    const endpoint = {
      id: row.endpoint,
      url: present(row.url),
      kind: present(row.kind),
      secret: present(row.secret),
    };
    return { ...base, channel: 'webhook', endpoint };
  }
  const reader = {
    id: present(row.reader),
    email: present(row.email),
    locale: present(row.locale),
    profile: JSON.parse(present(row.profile)),
    consentAt: present(row.consent_at),
    consentHow: present(row.consent_how),
  };
  return { ...base, channel: 'email', reader, verdict: JSON.parse(present(row.verdict)) };
}

/** A joined column that the table's constraints say is there. */
function present<Value>(value: Value | null): Value {
  if (value === null) throw new Error('a notice without its recipient: the outbox is damaged');
  return value;
}

function noticeKey(eventId: string, recipient: string): string {
  return `msg_${createHash('sha256').update(`${eventId}\n${recipient}`).digest('hex').slice(0, 32)}`;
}

/** Records an attempt and what follows from it, and gives the claim back. */
export async function settle(
  db: Db,
  { row, attempt }: Pick<DueNotice, 'row' | 'attempt'>,
  { status, dueAt, delivery }: Settlement,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    // A profile is kept here only as long as a message may still have to speak of it.
    const settled =
      status === 'queued' ? { due_at: dueAt ?? delivery.at } : { settled_at: delivery.at, profile: null };
    const { numUpdatedRows } = await trx
      .updateTable('outbox')
      .set({ status, lease_until: null, ...settled })
      .where('id', '=', row)
      .executeTakeFirst();
    // Gone when its recipient was removed while it was in flight: then nothing is kept of it.
    if (numUpdatedRows === 0n) return;
    await trx
      .insertInto('deliveries')
      .values({ notice_id: row, attempt, ...delivery })
      .execute();
  });
}

export interface NoticeFilter {
  status?: NoticeStatus;
  event?: string;
  limit?: number;
}

/** A notice as an operator sees it: the recipient by its opaque name, never by address or URL. */
export interface NoticeLine {
  id: number;
  event: string;
  channel: ChannelName;
  recipient: string;
  outcome: Verdict['outcome'] | null;
  status: NoticeStatus;
  attempts: number;
  dueAt: string | null;
  settledAt: string | null;
  /** Of the last attempt. */
  detail: string | null;
}

/** Newest first. */
export async function listNotices(db: DbOrTrx, filter: NoticeFilter = {}): Promise<NoticeLine[]> {
  let query = db
    .selectFrom('outbox')
    .leftJoin('subscribers', 'subscribers.id', 'outbox.subscriber_id')
    .leftJoin('endpoints', 'endpoints.id', 'outbox.endpoint_id')
    .selectAll('outbox')
    .select(['subscribers.id as subscriber', 'endpoints.key as endpoint'])
    .select((select) =>
      select
        .selectFrom('deliveries')
        .select('detail')
        .whereRef('deliveries.notice_id', '=', 'outbox.id')
        .orderBy('deliveries.id', 'desc')
        .limit(1)
        .as('detail'),
    )
    .orderBy('outbox.id', 'desc')
    .limit(filter.limit ?? 100);
  if (filter.status !== undefined) query = query.where('outbox.status', '=', filter.status);
  if (filter.event !== undefined) query = query.where('outbox.event_id', '=', filter.event);
  const rows = await query.execute();
  return rows.map((row) => ({
    id: row.id,
    event: row.event_id,
    channel: row.channel,
    recipient: row.endpoint ?? `subscriber ${row.subscriber}`,
    outcome: row.verdict === null ? null : (JSON.parse(row.verdict) as Verdict).outcome,
    status: row.status,
    attempts: row.attempts,
    dueAt: row.status === 'queued' ? row.due_at : null,
    settledAt: row.settled_at,
    detail: row.detail,
  }));
}
