// outbox -> delivered: what is due, and to whom, at this moment.

import type { ExpressionBuilder } from 'kysely';
import type { Db, DbOrTrx, Schema } from './schema.ts';
import { readStop } from './stops.ts';

/**
 * Notices that are handed over one after the other, or a few at a time: those for readers, letters to them, those for
 * the operator, those for one endpoint. No lane waits for another.
 */
export type Lane =
  | { channel: 'email' | 'letter' | 'operator'; failing: boolean }
  /** `endpoint`: its row. */
  | { channel: 'webhook'; endpoint: number; failing: boolean };

/** Claims last so long, in milliseconds: longer than any attempt. */
export const LEASE = 120_000;

/**
 * Every lane with something to hand over at this moment, and whether the last attempt in it failed; endpoints that
 * are failing come last.
 */
export async function findLanes(db: DbOrTrx, now: Date): Promise<Lane[]> {
  const lanes: Lane[] = [];
  const stop = await readStop(db, 'email');
  const mail: Lane[] = [
    { channel: 'operator', failing: false },
    // Mail that is stopped is left alone until it is tried again.
    ...(stop && stop.resumeAt > now.toISOString()
      ? []
      : (['letter', 'email'] as const).map((channel) => ({ channel, failing: stop !== undefined }))),
  ];
  for (const lane of mail) if (await dueIn(db, lane, now).limit(1).executeTakeFirst()) lanes.push(lane);
  const endpoints = await db
    .selectFrom('endpoints')
    .select(['id', 'failing_since'])
    .where((either) =>
      either.or([either('resume_at', 'is', null), either('resume_at', '<=', now.toISOString())]),
    )
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('outbox')
          .select('outbox.id')
          .whereRef('outbox.endpoint_id', '=', 'endpoints.id')
          .where('status', '=', 'queued')
          .where('due_at', '<=', now.toISOString())
          .where(unclaimed(now)),
      ),
    )
    .orderBy((order) => order('failing_since', 'is not', null))
    .orderBy('id')
    .execute();
  for (const { id, failing_since } of endpoints)
    lanes.push({ channel: 'webhook', endpoint: id, failing: failing_since !== null });
  return lanes;
}

/** The opposite of `isInHand`, as a condition. */
function unclaimed(now: Date) {
  const latest = latestLease(now);
  return (either: ExpressionBuilder<Schema, 'outbox'>) =>
    either.or([
      either('lease_until', 'is', null),
      either('lease_until', '<=', now.toISOString()),
      either('lease_until', '>', latest),
    ]);
}

/** A claim that ends later than this was made while the clock was wrong. */
export function latestLease(now: Date): string {
  return new Date(now.getTime() + LEASE).toISOString();
}

/** Whether a process may be handing over what is claimed until then. */
export function isInHand(leaseUntil: string | null, now: Date): boolean {
  return leaseUntil !== null && leaseUntil > now.toISOString() && leaseUntil <= latestLease(now);
}

/** What of a lane is due and in nobody's hands. */
export function dueIn(db: DbOrTrx, lane: Lane, now: Date) {
  const due = db
    .selectFrom('outbox')
    .select('id')
    .where('status', '=', 'queued')
    .where('due_at', '<=', now.toISOString())
    .where(unclaimed(now));
  // Each has an index of its own.
  switch (lane.channel) {
    case 'email':
      return due.where('subscriber_id', 'is not', null).where('letter', 'is', null);
    case 'letter':
      return due.where('letter', 'is not', null);
    case 'operator':
      return due.where('operator', 'is not', null);
    case 'webhook':
      return due.where('endpoint_id', '=', lane.endpoint);
  }
}

/**
 * Makes good for a clock that was set back: what was queued or put off by the later time must not wait for it to come
 * again. `longest`: no pause ends later than this.
 */
export async function forgiveClock(db: Db, now: Date, longest: string): Promise<void> {
  const at = now.toISOString();
  // Each has an index of its own.
  const ofReaders = (either: ExpressionBuilder<Schema, 'outbox'>) =>
    either.and([either('subscriber_id', 'is not', null), either('letter', 'is', null)]);
  const kinds = [
    ofReaders,
    ...(['letter', 'endpoint_id', 'operator'] as const).map(
      (column) => (either: ExpressionBuilder<Schema, 'outbox'>) => either(column, 'is not', null),
    ),
  ];
  const tooLate = (either: ExpressionBuilder<Schema, 'outbox'>) =>
    either.and([
      either('status', '=', 'queued'),
      either('due_at', '>', at),
      either.or([
        either('attempts', '=', 0),
        either('due_at', '>', longest),
        either('lease_until', '>', latestLease(now)),
      ]),
    ]);
  for (const kind of kinds) {
    // Most often there is none, and nothing need be written.
    const found = db.selectFrom('outbox').select('id').where(kind).where(tooLate);
    if (!(await found.limit(1).executeTakeFirst())) continue;
    await db.updateTable('outbox').set({ due_at: at }).where(kind).where(tooLate).execute();
  }
  for (const table of ['endpoints', 'stops'] as const) {
    const found = db.selectFrom(table).select('resume_at').where('resume_at', '>', longest);
    if (!(await found.limit(1).executeTakeFirst())) continue;
    await db.updateTable(table).set({ resume_at: at }).where('resume_at', '>', longest).execute();
  }
}
