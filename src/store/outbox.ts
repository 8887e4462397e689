// The outbox: one row for each thing to tell one recipient, until it is told or given up.

import { createHash } from 'node:crypto';
import { type Selectable, sql } from 'kysely';
import type { Event } from '../event/event.ts';
import type { ChannelName, DueNotice, NoticeStatus, Settlement } from '../match/notice.ts';
import { wantsEvent } from '../match/preference.ts';
import type { Profile } from '../match/profile.ts';
import type { Verdict } from '../match/verdict.ts';
import { toEvent } from './events.ts';
import { inTransaction } from './open.ts';
import type { Db, DbOrTrx, Schema } from './schema.ts';

/** Puts a notice for each endpoint that wants the event into the outbox; returns how many. */
export async function enqueueForEndpoints(db: DbOrTrx, event: Event, at: string): Promise<number> {
  const endpoints = await db.selectFrom('endpoints').select(['id', 'events']).orderBy('id').execute();
  const wanting = endpoints.filter(({ events }) => wantsEvent(events && JSON.parse(events), event.type));
  return enqueue(
    db,
    wanting.map(({ id }) => ({ ...BARE, event_id: event.id, channel: 'webhook', endpoint_id: id })),
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
>;

/** Of every kind of notice, what most of them leave out. */
const BARE = {
  subscriber_id: null,
  endpoint_id: null,
  operator: null,
  verdict: null,
  verdict_before: null,
  profile: null,
};

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
    .select([
      'outbox.attempts',
      'outbox.operator',
      'outbox.verdict',
      'outbox.verdict_before',
      'outbox.profile',
    ])
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
  const recipient = row.reader ?? row.endpoint ?? 'operator';
  const base = { row: id, event, attempt: row.attempts, key: noticeKey(event.id, recipient) };
  if (row.operator !== null) return { ...base, channel: 'operator' };
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
  const verdictBefore = row.verdict_before === null ? null : JSON.parse(row.verdict_before);
  return { ...base, channel: 'email', reader, verdict: JSON.parse(present(row.verdict)), verdictBefore };
}

/** A joined column that the table's constraints say is there. */
function present<Value>(value: Value | null): Value {
  if (value === null) throw new Error('a notice without its recipient: the outbox is damaged');
  return value;
}

function noticeKey(eventId: string, recipient: string): string {
  return `msg_${createHash('sha256').update(`${eventId}\n${recipient}`).digest('hex').slice(0, 32)}`;
}

/** What a person told is kept here only as long as a message may still have to speak of it: of a verdict, outcome and margin stay. */
const FORGOTTEN = {
  profile: null,
  verdict: withoutReasons('verdict'),
  verdict_before: withoutReasons('verdict_before'),
};

function withoutReasons(column: 'verdict' | 'verdict_before') {
  return sql<string>`json_set(${sql.ref(column)}, '$.reasons', json('[]'), '$.cautions', json('[]'))`;
}

/** Records an attempt and what follows from it, and gives the claim back. */
export async function settle(
  db: Db,
  { row, attempt }: Pick<DueNotice, 'row' | 'attempt'>,
  { status, dueAt, delivery }: Settlement,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const settled =
      status === 'queued' ? { due_at: dueAt ?? delivery.at } : { settled_at: delivery.at, ...FORGOTTEN };
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
    recipient: row.endpoint ?? (row.operator === null ? `subscriber ${row.subscriber}` : 'operator'),
    outcome: row.verdict === null ? null : (JSON.parse(row.verdict) as Verdict).outcome,
    status: row.status,
    attempts: row.attempts,
    dueAt: row.status === 'queued' ? row.due_at : null,
    settledAt: row.settled_at,
    detail: row.detail,
  }));
}

/** How many notices there are of each status, and when the oldest that waits was queued. */
export async function countNotices(
  db: DbOrTrx,
): Promise<{ counts: Record<NoticeStatus, number>; oldestQueuedAt: string | null }> {
  const rows = await db
    .selectFrom('outbox')
    .select((select) => ['status', select.fn.countAll<number>().as('count')])
    .groupBy('status')
    .execute();
  const oldest = await db
    .selectFrom('outbox')
    .select((select) => select.fn.min('created_at').as('at'))
    .where('status', '=', 'queued')
    .executeTakeFirst();
  const count = (status: NoticeStatus) => rows.find((row) => row.status === status)?.count ?? 0;
  return {
    counts: { queued: count('queued'), sent: count('sent'), failed: count('failed') },
    oldestQueuedAt: oldest?.at ?? null,
  };
}
