// The outbox as an operator sees it: no address and no score, recipients by their opaque names.

import { type Selectable, sql } from 'kysely';
import {
  byChannel,
  type ChannelName,
  type Delivery,
  LETTER_KINDS,
  NOTICE_STATUSES,
  type NoticeStatus,
} from '../match/notice.ts';
import type { Verdict } from '../match/verdict.ts';
import type { DbOrTrx, Schema } from './schema.ts';

/** What a person told is kept here only as long as a message may still have to speak of it: of a verdict, outcome and margin stay. */
export const FORGOTTEN = {
  profile: null,
  verdict: withoutReasons('verdict'),
  verdict_before: withoutReasons('verdict_before'),
};

/** What becomes of a notice that is taken back before it was told. Whoever has it in hand keeps it until its lease ends. */
export const DROPPED = (at: string) => ({ status: 'dropped', settled_at: at, ...FORGOTTEN }) as const;

function withoutReasons(column: 'verdict' | 'verdict_before') {
  return sql<string>`json_set(${sql.ref(column)}, '$.reasons', json('[]'), '$.cautions', json('[]'))`;
}

export interface NoticeFilter {
  status?: NoticeStatus;
  /** By its id; or a kind of letter, as a line names it. */
  event?: string;
  recipient?: Recipient;
  /** 100 where it is left out; `null`: every one. */
  limit?: number | null;
}

/** `subscriber`: by number; `endpoint`: by its opaque name. */
export type Recipient = { subscriber: number } | { endpoint: string } | 'operator';

/** A notice as an operator sees it: the recipient by its opaque name, never by address or URL. */
export interface NoticeLine {
  id: number;
  /** The event's id; of a letter, its kind: `letter/confirm`. */
  event: string;
  channel: ChannelName;
  recipient: string;
  outcome: Verdict['outcome'] | null;
  status: NoticeStatus;
  attempts: number;
  /** Attempts that were cut off when the message may have been taken already. */
  ambiguous: number;
  dueAt: string | null;
  settledAt: string | null;
  /** Of the last attempt. */
  detail: string | null;
}

/** Newest first. */
export async function listNotices(db: DbOrTrx, filter: NoticeFilter = {}): Promise<NoticeLine[]> {
  const { status, event, recipient, limit = 100 } = filter;
  let query = noticeLines(db).orderBy('outbox.id', 'desc');
  if (status !== undefined) query = query.where('outbox.status', '=', status);
  const letter = LETTER_KINDS.find((kind) => event === `letter/${kind}`);
  if (letter) query = query.where('outbox.letter', '=', letter);
  else if (event !== undefined) query = query.where('outbox.event_id', '=', event);
  if (recipient === 'operator') query = query.where('outbox.operator', 'is not', null);
  else if (recipient && 'endpoint' in recipient)
    query = query.where('endpoints.key', '=', recipient.endpoint);
  else if (recipient) query = query.where('outbox.subscriber_id', '=', recipient.subscriber);
  if (limit !== null) query = query.limit(limit);
  return (await query.execute()).map(toLine);
}

/** One attempt to hand over a notice; `attempt` is 1 for the first, and again after it was queued anew. */
export type Attempt = Delivery & { attempt: number };

/** A notice with everything that was tried, the earliest first; `undefined`: there is none of this number. */
export async function findNotice(
  db: DbOrTrx,
  id: number,
): Promise<{ notice: NoticeLine; attempts: Attempt[] } | undefined> {
  const row = await noticeLines(db).where('outbox.id', '=', id).executeTakeFirst();
  if (!row) return undefined;
  const attempts = await db
    .selectFrom('deliveries')
    .select(['attempt', 'at', 'milliseconds', 'outcome', 'detail', 'status', 'answer'])
    .where('notice_id', '=', id)
    .orderBy('id')
    .execute();
  return { notice: toLine(row), attempts };
}

function noticeLines(db: DbOrTrx) {
  return db
    .selectFrom('outbox')
    .leftJoin('endpoints', 'endpoints.id', 'outbox.endpoint_id')
    .selectAll('outbox')
    .select('endpoints.key as endpoint')
    .select((select) =>
      select
        .selectFrom('deliveries')
        .select('detail')
        .whereRef('deliveries.notice_id', '=', 'outbox.id')
        .orderBy('deliveries.id', 'desc')
        .limit(1)
        .as('detail'),
    );
}

function toLine(
  row: Selectable<Schema['outbox']> & { endpoint: string | null; detail: string | null },
): NoticeLine {
  return {
    id: row.id,
    event: row.event_id ?? `letter/${row.letter}`,
    channel: row.channel,
    recipient: row.endpoint ?? (row.operator === null ? `subscriber ${row.subscriber_id}` : 'operator'),
    outcome: row.verdict === null ? null : (JSON.parse(row.verdict) as Verdict).outcome,
    status: row.status,
    attempts: row.attempts,
    ambiguous: row.ambiguous,
    dueAt: row.status === 'queued' ? row.due_at : null,
    settledAt: row.settled_at,
    detail: row.detail,
  };
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
    counts: Object.fromEntries(NOTICE_STATUSES.map((status) => [status, count(status)])) as Record<
      NoticeStatus,
      number
    >,
    oldestQueuedAt: oldest?.at ?? null,
  };
}

/** Notices of a channel, by what became of them. */
export interface Told {
  /** Put into the outbox. */
  queued: number;
  sent: number;
  /** Tried, and to be tried again. */
  retrying: number;
  failed: number;
}

/** What this database has told, by channel: notices queued since then, and those that it has tried to hand over. */
export async function toldByChannel(db: DbOrTrx, since: string): Promise<Record<ChannelName, Told>> {
  const { rows } = await sql<Told & { channel: ChannelName }>`
    SELECT channel, count(*) FILTER (WHERE created_at >= ${since}) AS queued,
      count(*) FILTER (WHERE status = 'sent' AND tried) AS sent,
      count(*) FILTER (WHERE status = 'queued' AND tried) AS retrying,
      count(*) FILTER (WHERE status = 'failed' AND tried) AS failed
    FROM (
      SELECT channel, created_at, status,
        EXISTS (SELECT 1 FROM deliveries WHERE deliveries.notice_id = outbox.id) AS tried
      FROM outbox
    )
    GROUP BY channel`.execute(db);
  return byChannel((channel) => {
    const {
      queued = 0,
      sent = 0,
      retrying = 0,
      failed = 0,
    } = rows.find((row) => row.channel === channel) ?? {};
    return { queued, sent, retrying, failed };
  });
}
