// Notices that are taken back before they were told, and those that were given up or taken back and are queued anew.

import { type ExpressionBuilder, sql } from 'kysely';
import type { Event } from '../event/event.ts';
import type { LetterKind, NoticeStatus } from '../match/notice.ts';
import type { Profile } from '../match/profile.ts';
import type { Verdict } from '../match/verdict.ts';
import { toEvent } from './events.ts';
import { isInHand, latestLease } from './lanes.ts';
import { DROPPED } from './notices.ts';
import { oneOf } from './one-of.ts';
import type { DbOrTrx, Schema, SubscriberStatus } from './schema.ts';

/** Which notices: by their numbers, all of an event, or all that were given up. */
export type Which = { ids: readonly number[] } | { event: string } | 'failed';

/** Those that can be taken back, and those that can be queued anew. */
export const OPEN = ['queued', 'held', 'failed'] as const satisfies readonly NoticeStatus[];
export const ENDED = ['failed', 'dropped'] as const satisfies readonly NoticeStatus[];

function among(which: Which, statuses: readonly NoticeStatus[]) {
  return (where: ExpressionBuilder<Schema, 'outbox'>) => {
    if (which === 'failed') return where('outbox.status', '=', 'failed');
    const open = where('outbox.status', 'in', statuses);
    return where.and([
      open,
      'event' in which ? where('outbox.event_id', '=', which.event) : oneOf('outbox.id', which.ids),
    ]);
  };
}

/** The status of each of these notices that there is. */
export async function statusesOf(db: DbOrTrx, ids: readonly number[]): Promise<Map<number, NoticeStatus>> {
  const rows = await db.selectFrom('outbox').select(['id', 'status']).where(oneOf('id', ids)).execute();
  return new Map(rows.map(({ id, status }) => [id, status]));
}

/**
 * Takes notices back that were not handed over. Of those that a process has in hand at this moment (`inHand`), each is
 * handed over, and then counts as sent, or is not tried again.
 */
export async function dropNotices(
  db: DbOrTrx,
  which: Which,
  at: string,
): Promise<{ dropped: number; inHand: number }> {
  const { inHand } = await db
    .selectFrom('outbox')
    .select((select) => select.fn.countAll<number>().as('inHand'))
    .where(among(which, ['queued']))
    .where('lease_until', '>', at)
    .where('lease_until', '<=', latestLease(new Date(at)))
    .executeTakeFirstOrThrow();
  const { numUpdatedRows } = await db
    .updateTable('outbox')
    .set(DROPPED(at))
    .where(among(which, OPEN))
    .executeTakeFirst();
  return { dropped: Number(numUpdatedRows), inHand };
}

/** How many of an event were handed over; `undefined`: there is no such event. */
export async function countTold(db: DbOrTrx, event: string): Promise<number | undefined> {
  const known = await db.selectFrom('events').select('id').where('id', '=', event).executeTakeFirst();
  if (!known) return undefined;
  const { told } = await db
    .selectFrom('outbox')
    .select((select) => select.fn.countAll<number>().as('told'))
    .where('event_id', '=', event)
    .where('status', '=', 'sent')
    .executeTakeFirstOrThrow();
  return told;
}

/** A notice that was given up or taken back. What its reader told is what holds now; verdicts are without reasons. */
export interface EndedNotice {
  id: number;
  /** Whether a process may still be handing it over. */
  inHand: boolean;
  /** Whether its endpoint is disabled. */
  disabled: boolean;
  reader: {
    suppressed: boolean;
    profile: Profile;
    verdict: Verdict;
    verdictBefore: Verdict | null;
  } | null;
}

/** The events that some of them are of. */
export async function eventsEnded(db: DbOrTrx, which: Which): Promise<Event[]> {
  const rows = await db
    .selectFrom('events')
    .selectAll()
    .where('id', 'in', (query) => query.selectFrom('outbox').select('event_id').where(among(which, ENDED)))
    .orderBy('seq')
    .execute();
  return rows.map(toEvent);
}

/** Those of one event, so many of them, from the one after the number `after`. */
export async function readEnded(
  db: DbOrTrx,
  which: Which,
  event: string,
  { after, limit, now }: { after: number; limit: number; now: string },
): Promise<EndedNotice[]> {
  const rows = await db
    .selectFrom('outbox')
    .leftJoin('subscribers', 'subscribers.id', 'outbox.subscriber_id')
    .leftJoin('endpoints', 'endpoints.id', 'outbox.endpoint_id')
    .select(['outbox.id', 'outbox.lease_until', 'outbox.verdict', 'outbox.verdict_before'])
    .select(['subscribers.status', 'subscribers.profile', 'endpoints.disabled_at'])
    .where(among(which, ENDED))
    .where('outbox.event_id', '=', event)
    .where('outbox.id', '>', after)
    .orderBy('outbox.id')
    .limit(limit)
    .execute();
  return rows.map(({ id, lease_until, verdict, verdict_before, status, profile, disabled_at }) => ({
    id,
    inHand: isInHand(lease_until, new Date(now)),
    disabled: disabled_at !== null,
    reader:
      profile === null || verdict === null
        ? null
        : {
            suppressed: status !== 'active',
            profile: JSON.parse(profile),
            verdict: JSON.parse(verdict),
            verdictBefore: verdict_before === null ? null : JSON.parse(verdict_before),
          },
  }));
}

/** A notice as it waits again. `held`: until its endpoint is enabled. */
export interface Requeued {
  id: number;
  status: 'queued' | 'held';
  verdict: Verdict | null;
  verdictBefore: Verdict | null;
  profile: Profile | null;
}

/** Queues them as if they had never been tried, due now. What was tried stays recorded. */
export async function putBack(db: DbOrTrx, notices: readonly Requeued[], at: string): Promise<void> {
  const json = JSON.stringify(notices);
  await sql`
    UPDATE outbox SET
      status = new.status, attempts = 0, ambiguous = 0, due_at = ${at}, lease_until = NULL, settled_at = NULL,
      verdict = new.verdict, verdict_before = new.verdict_before, profile = new.profile
    FROM (
      SELECT value ->> '$.id' AS id, value ->> '$.status' AS status, value ->> '$.verdict' AS verdict,
        value ->> '$.verdictBefore' AS verdict_before, value ->> '$.profile' AS profile
      FROM json_each(${json})
    ) AS new
    WHERE outbox.id = new.id`.execute(db);
}

/** How many letters are queued anew, have no purpose any more, and may still be handed over by some process. */
export type Letters = Record<'queued' | 'suppressed' | 'inHand', number>;

/** Queues letters as `putBack` does, where what they ask of their reader is still to be done. */
export async function putLettersBack(db: DbOrTrx, which: Which, at: string): Promise<Letters> {
  const rows = await db
    .selectFrom('outbox')
    .innerJoin('subscribers', 'subscribers.id', 'outbox.subscriber_id')
    .select(['outbox.id', 'outbox.letter', 'outbox.lease_until', 'subscribers.status'])
    .where('outbox.letter', 'is not', null)
    .where(among(which, ENDED))
    .execute();
  const left: Letters = { queued: 0, suppressed: 0, inHand: 0 };
  const again: number[] = [];
  for (const { id, letter, lease_until, status } of rows) {
    if (isInHand(lease_until, new Date(at))) left.inHand += 1;
    else if (letter === null || !ADDRESSEES[letter].includes(status)) left.suppressed += 1;
    else again.push(id);
  }
  await db
    .updateTable('outbox')
    .set({ status: 'queued', attempts: 0, ambiguous: 0, due_at: at, lease_until: null, settled_at: null })
    .where(oneOf('id', again))
    .execute();
  return { ...left, queued: again.length };
}

/** Whom a letter has something to say to. */
const ADDRESSEES: Record<LetterKind, readonly SubscriberStatus[]> = {
  confirm: ['pending'],
  manage: ['active', 'paused'],
  'renew-score': ['active'],
};
