// Letters: mails to one person that no event is behind, in the outbox like any notice.

import { type RawBuilder, sql } from 'kysely';
import type { LetterKind } from '../match/notice.ts';
import { DROPPED } from './notices.ts';
import type { DbOrTrx } from './schema.ts';

/** Queues a letter to this subscriber, named by the row's number. */
export async function queueLetter(
  db: DbOrTrx,
  subscriber: number,
  letter: LetterKind,
  at: string,
): Promise<void> {
  await db
    .insertInto('outbox')
    .values({
      letter,
      channel: 'letter',
      subscriber_id: subscriber,
      status: 'queued',
      due_at: at,
      created_at: at,
    })
    .execute();
}

/** When letters of this kind to this subscriber were queued since then and until `now`, the latest first. */
export async function lettersSince(
  db: DbOrTrx,
  subscriber: number,
  letter: LetterKind,
  { since, now }: { since: string; now: string },
): Promise<string[]> {
  const rows = await db
    .selectFrom('outbox')
    .select('created_at')
    .where('subscriber_id', '=', subscriber)
    .where('letter', '=', letter)
    .where('created_at', '>', since)
    // What was queued while the clock was wrong counts for nothing.
    .where('created_at', '<=', now)
    .orderBy('created_at', 'desc')
    .execute();
  return rows.map((row) => row.created_at);
}

/** The numbers of the letters of this kind to this subscriber that were not handed over yet. */
export function waitingLetters(db: DbOrTrx, subscriber: number, letter: LetterKind) {
  return (
    db
      .selectFrom('outbox')
      .select('id')
      .where('subscriber_id', '=', subscriber)
      // With the plus SQLite does not look through all that wait of this kind, of which there may be very many.
      .where(sql`+letter`, '=', letter)
      .where('status', '=', 'queued')
  );
}

/** Takes letters of this kind back that were not handed over yet: what they ask for is done. */
export async function dropLetters(
  db: DbOrTrx,
  subscriber: number,
  letter: LetterKind,
  at: string,
): Promise<void> {
  await db
    .updateTable('outbox')
    .set(DROPPED(at))
    .where('id', 'in', waitingLetters(db, subscriber, letter))
    .execute();
}

/** A score is old that was noted before this day; whoever was asked for a newer one after that instant is not again. */
export interface Old {
  notedBefore: string;
  askedBefore: string;
}

/** Subscribers by their numbers: those after the one, up to the other. */
export interface Range {
  after: number;
  upTo: number;
}

/** The highest number that a subscriber has; 0: there are none. */
export async function lastNumber(db: DbOrTrx): Promise<number> {
  const row = await db
    .selectFrom('subscribers')
    .select((select) => select.fn.max<number | null>('id').as('last'))
    .executeTakeFirst();
  return row?.last ?? 0;
}

/** Whether anybody of these is to be asked for a newer score. */
export async function hasOldScores(db: DbOrTrx, old: Old, range: Range): Promise<boolean> {
  const { rows } =
    await sql`SELECT 1 FROM subscribers NOT INDEXED WHERE ${isOld(old, range)} LIMIT 1`.execute(db);
  return rows.length > 0;
}

/** Queues a letter to those of them whose score is old, and notes that they were asked; returns how many. */
export async function queueReminders(trx: DbOrTrx, old: Old, range: Range, at: string): Promise<number> {
  await sql`
    INSERT INTO outbox (letter, channel, subscriber_id, status, due_at, created_at)
    SELECT ${'renew-score' satisfies LetterKind}, 'letter', id, 'queued', ${at}, ${at}
    FROM subscribers NOT INDEXED WHERE ${isOld(old, range)}`.execute(trx);
  const { numAffectedRows } = await sql`
    UPDATE subscribers NOT INDEXED SET reminded_at = ${at} WHERE ${isOld(old, range)}`.execute(trx);
  return Number(numAffectedRows ?? 0n);
}

/** By the numbers, one row after the other: by the index of the scores each would be looked up on its own. */
function isOld({ notedBefore, askedBefore }: Old, { after, upTo }: Range): RawBuilder<unknown> {
  // A score without its day was noted when it was told, at the latest.
  return sql`id > ${after} AND id <= ${upTo} AND status = 'active' AND crs IS NOT NULL AND notify <> '[]'
    AND (reminded_at IS NULL OR reminded_at <= ${askedBefore})
    AND coalesce(profile ->> '$.crsAsOf', substr(changed_at, 1, 10)) < ${notedBefore}`;
}
