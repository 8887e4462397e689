// The outbox as it is carried from one database to another.

import { type Selectable, sql } from 'kysely';
import type { LetterKind, NoticeStatus } from '../match/notice.ts';
import type { Outcome } from '../match/verdict.ts';
import { messageIdOf } from './claims.ts';
import { insertMany } from './insert-many.ts';
import { isInHand } from './lanes.ts';
import { FORGOTTEN } from './notices.ts';
import type { DbOrTrx, Schema } from './schema.ts';

/** Letters that answer what somebody did on a page are this installation's own affair: links in them lead here. */
export const CARRIED_LETTER = 'renew-score' satisfies LetterKind;

/** A notice with its recipient's own address. */
export interface CarriedNotice {
  /** The event's id; `null`: it is a letter that asks for a newer score. */
  event: string | null;
  recipient: { address: string } | { endpoint: number } | 'operator';
  channel: Selectable<Schema['outbox']>['channel'];
  /** What its message carries. */
  messageId: string;
  status: NoticeStatus;
  outcome: Outcome | null;
  attempts: number;
  ambiguous: number;
  createdAt: string;
  dueAt: string;
  /** Until when a process may be handing it over; `null`: none is. */
  inHandUntil: string | null;
  settledAt: string | null;
}

/** Those that wait, and those that were settled since then. */
export async function carriedNotices(db: DbOrTrx, since: string, now: Date): Promise<CarriedNotice[]> {
  const rows = await db
    .selectFrom('outbox')
    .leftJoin('subscribers', 'subscribers.id', 'outbox.subscriber_id')
    .leftJoin('endpoints', 'endpoints.id', 'outbox.endpoint_id')
    .select(['outbox.id', 'outbox.event_id', 'outbox.letter', 'outbox.channel', 'outbox.endpoint_id'])
    .select(['outbox.status', 'outbox.attempts', 'outbox.ambiguous', 'outbox.created_at', 'outbox.due_at'])
    .select(['outbox.lease_until', 'outbox.settled_at', 'outbox.message_id'])
    .select(['subscribers.address', 'subscribers.key as reader', 'endpoints.key as endpoint'])
    .select(sql<Outcome | null>`outbox.verdict ->> '$.outcome'`.as('outcome'))
    .where((either) =>
      either.or([either('outbox.letter', 'is', null), either('outbox.letter', '=', CARRIED_LETTER)]),
    )
    .where((either) =>
      either.or([either('outbox.settled_at', 'is', null), either('outbox.settled_at', '>=', since)]),
    )
    .execute();
  return rows.map((row) => ({
    event: row.event_id,
    recipient:
      row.address !== null
        ? { address: row.address }
        : row.endpoint_id !== null
          ? { endpoint: row.endpoint_id }
          : 'operator',
    channel: row.channel,
    messageId: messageIdOf(row),
    status: row.status,
    outcome: row.outcome,
    attempts: row.attempts,
    ambiguous: row.ambiguous,
    createdAt: row.created_at,
    dueAt: row.due_at,
    inHandUntil: isInHand(row.lease_until, now) ? row.lease_until : null,
    settledAt: row.settled_at,
  }));
}

/** A row of the outbox as it was elsewhere; without the id of an event it is a letter that asks for a newer score. */
export type TakenNotice = Omit<Selectable<Schema['outbox']>, 'id' | 'letter' | 'lease_until'>;

/** Puts them into the outbox, in this order. */
export async function takeNotices(trx: DbOrTrx, notices: readonly TakenNotice[]): Promise<void> {
  const letterOf = ({ event_id }: TakenNotice) => (event_id === null ? CARRIED_LETTER : null);
  await insertMany(
    trx,
    'outbox',
    notices.map((notice) => ({ ...notice, letter: letterOf(notice) })),
  );
}

export type PresentNotice = Pick<
  Selectable<Schema['outbox']>,
  'id' | 'subscriber_id' | 'endpoint_id' | 'operator' | 'status'
>;

/** Those of an event, or the letters that were queued at an instant. */
export async function presentNotices(
  db: DbOrTrx,
  of: { event: string } | { lettersAt: string },
): Promise<PresentNotice[]> {
  const query = db.selectFrom('outbox').select(['id', 'subscriber_id', 'endpoint_id', 'operator', 'status']);
  return 'event' in of
    ? query.where('event_id', '=', of.event).execute()
    : query.where('letter', '=', CARRIED_LETTER).where('created_at', '=', of.lettersAt).execute();
}

/** Whether there is any notice at all. */
export async function hasNotices(db: DbOrTrx): Promise<boolean> {
  return (await db.selectFrom('outbox').select('id').limit(1).executeTakeFirst()) !== undefined;
}

/** A notice was sent elsewhere, in a message with this id. */
export async function noteSent(
  trx: DbOrTrx,
  id: number,
  { at, messageId }: { at: string; messageId: string },
): Promise<void> {
  await trx
    .updateTable('outbox')
    .set({ status: 'sent', settled_at: at, lease_until: null, message_id: messageId, ...FORGOTTEN })
    .where('id', '=', id)
    .execute();
}

/** How many letters there are that answer what somebody did on a page. */
export async function countOwnLetters(db: DbOrTrx): Promise<number> {
  const { count } = await db
    .selectFrom('outbox')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('letter', 'is not', null)
    .where('letter', '!=', CARRIED_LETTER)
    .executeTakeFirstOrThrow();
  return count;
}
