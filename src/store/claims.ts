// outbox -> delivered: which notices a process has in hand, and how each attempt ended.

import { createHash } from 'node:crypto';
import { type ExpressionBuilder, sql } from 'kysely';
import type { Event } from '../event/event.ts';
import type { DueNotice, Settlement } from '../match/notice.ts';
import { validSecrets } from './endpoints.ts';
import { toEvent } from './events.ts';
import { FORGOTTEN } from './notices.ts';
import { oneOf } from './one-of.ts';
import { present } from './outbox.ts';
import type { Db, DbOrTrx, Schema } from './schema.ts';
import { readStop } from './stops.ts';

/**
 * Notices that are handed over one after the other, or a few at a time: those for readers, those for the operator,
 * those for one endpoint. No lane waits for another.
 */
export type Lane =
  | { channel: 'email' | 'operator'; failing: boolean }
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
  for (const channel of ['operator', 'email'] as const) {
    const stop = await readStop(db, channel);
    const lane: Lane = { channel, failing: stop !== undefined };
    if (stop && stop.resumeAt > now.toISOString()) continue;
    if (await dueIn(db, lane, now).limit(1).executeTakeFirst()) lanes.push(lane);
  }
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

function dueIn(db: DbOrTrx, lane: Lane, now: Date) {
  const due = db
    .selectFrom('outbox')
    .select('id')
    .where('status', '=', 'queued')
    .where('due_at', '<=', now.toISOString())
    .where(unclaimed(now));
  // Each has an index of its own.
  switch (lane.channel) {
    case 'email':
      return due.where('subscriber_id', 'is not', null);
    case 'operator':
      return due.where('operator', 'is not', null);
    case 'webhook':
      return due.where('endpoint_id', '=', lane.endpoint);
  }
}

/**
 * Claims those of a lane that have waited longest: until the lease ends no other process gets them. One that is
 * killed meanwhile leaves its claims behind; the notices are due again when the lease has ended. `known` remembers
 * the events from one claim to the next.
 */
export async function claim(
  trx: DbOrTrx,
  lane: Lane,
  count: number,
  now: Date,
  known: KnownEvents = new Map(),
): Promise<DueNotice[]> {
  const next = await dueIn(trx, lane, now).orderBy('due_at').orderBy('id').limit(count).execute();
  if (next.length === 0) return [];
  const ids = next.map(({ id }) => id);
  await trx
    .updateTable('outbox')
    .set((column) => ({ lease_until: latestLease(now), attempts: column('attempts', '+', 1) }))
    .where(oneOf('id', ids))
    .execute();
  return readNotices(trx, ids, now.toISOString(), known);
}

async function readNotices(
  db: DbOrTrx,
  ids: readonly number[],
  now: string,
  known: KnownEvents,
): Promise<DueNotice[]> {
  const rows = await db
    .selectFrom('outbox')
    .leftJoin('subscribers', 'subscribers.id', 'outbox.subscriber_id')
    .leftJoin('endpoints', 'endpoints.id', 'outbox.endpoint_id')
    .select([
      'outbox.id',
      'outbox.event_id',
      'outbox.attempts',
      'outbox.ambiguous',
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
    .select(['endpoints.locale as endpoint_locale', 'endpoints.previous_secret', 'endpoints.previous_until'])
    .where(oneOf('outbox.id', ids))
    .orderBy('outbox.due_at')
    .orderBy('outbox.id')
    .execute();
  const events = await readEvents(db, new Set(rows.map(({ event_id }) => event_id)), known);
  return rows.map((row): DueNotice => {
    const event = present(events.get(row.event_id) ?? null);
    const { id, attempts: attempt, ambiguous } = row;
    const key = noticeKey(event.id, row.reader ?? row.endpoint ?? 'operator');
    const base = { row: id, event, attempt, ambiguous, key };
    if (row.operator !== null) return { ...base, channel: 'operator' };
    if (row.endpoint !== null) {
      const secrets = validSecrets({ ...row, secret: present(row.secret) }, now);
      const endpoint = {
        id: row.endpoint,
        url: present(row.url),
        kind: present(row.kind),
        locale: present(row.endpoint_locale),
        secrets,
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
    const verdict = JSON.parse(present(row.verdict));
    const verdictBefore = row.verdict_before === null ? null : JSON.parse(row.verdict_before);
    return { ...base, channel: 'email', reader, verdict, verdictBefore };
  });
}

/** What was read of events already, by id: they never change. */
export type KnownEvents = Map<string, Event>;
/** More than so many are forgotten and read again. */
const KNOWN = 500;

/** Most notices in hand are of the same few events, and an event's data is the largest part of them. */
async function readEvents(
  db: DbOrTrx,
  ids: ReadonlySet<string>,
  known: KnownEvents,
): Promise<ReadonlyMap<string, Event>> {
  const unknown = [...ids].filter((id) => !known.has(id));
  if (unknown.length === 0) return known;
  if (known.size + unknown.length > KNOWN) {
    known.clear();
    unknown.splice(0, unknown.length, ...ids);
  }
  const rows = await db
    .selectFrom('events')
    .select(['id', 'type', 'source', 'draw_id', 'at', 'told', 'data'])
    .where(oneOf('id', unknown))
    .execute();
  for (const row of rows) known.set(row.id, toEvent(row));
  return known;
}

function noticeKey(eventId: string, recipient: string): string {
  return `msg_${createHash('sha256').update(`${eventId}\n${recipient}`).digest('hex').slice(0, 32)}`;
}

/** A notice that was handed over, or tried to be, and how that ended. */
export interface Settled {
  notice: Pick<DueNotice, 'row' | 'attempt'>;
  settlement: Settlement;
}

/**
 * Records attempts and what follows from each for its own notice, and gives the claims back. Of a notice whose
 * recipient was removed while it was in flight nothing is kept; one that was taken back meanwhile stays so, unless it
 * was sent after all.
 */
export async function settle(trx: DbOrTrx, settled: readonly Settled[]): Promise<void> {
  const sent = settled.filter(({ settlement }) => settlement.status === 'sent');
  const last = sent.at(-1);
  // Most are: for those one statement does it all.
  if (last) {
    await trx
      .updateTable('outbox')
      .set({ status: 'sent', lease_until: null, settled_at: last.settlement.delivery.at, ...FORGOTTEN })
      .where(oneOf('id', rowsOf(sent)))
      .execute();
  }
  for (const { notice, settlement } of settled)
    if (settlement.status !== 'sent') await settleUnsent(trx, notice.row, settlement);
  const deliveries = settled.map(({ notice: { row, attempt }, settlement: { delivery } }) => {
    const { at, milliseconds, outcome, detail, status, answer } = delivery;
    return [row, attempt, at, milliseconds, outcome, detail, status, answer];
  });
  await sql`
    INSERT INTO deliveries (notice_id, attempt, at, milliseconds, outcome, detail, status, answer)
    SELECT outbox.id, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7
    FROM json_each(${JSON.stringify(deliveries)}) JOIN outbox ON outbox.id = value ->> 0`.execute(trx);
}

async function settleUnsent(
  trx: DbOrTrx,
  row: number,
  { status, dueAt, delivery: { at, outcome } }: Settlement,
): Promise<void> {
  await trx
    .updateTable('outbox')
    .set((column) => ({
      lease_until: null,
      // What could not even be tried does not count.
      ...(outcome === 'stopped' && { attempts: column('attempts', '-', 1) }),
      ...(outcome === 'ambiguous' && { ambiguous: column('ambiguous', '+', 1) }),
      ...(dueAt !== null && { due_at: dueAt }),
    }))
    .where('id', '=', row)
    .execute();
  if (status !== 'failed') return;
  await trx
    .updateTable('outbox')
    .set({ status, settled_at: at, ...FORGOTTEN })
    .where('id', '=', row)
    .where('status', '=', 'queued')
    .execute();
}

function rowsOf(settled: readonly Settled[]): number[] {
  return settled.map(({ notice }) => notice.row);
}

/** The ids of the endpoints whose last attempt failed, or that asked to be left alone. */
export async function troubledEndpoints(db: DbOrTrx): Promise<string[]> {
  const rows = await db
    .selectFrom('endpoints')
    .select('key')
    .where((either) =>
      either.or([either('failing_since', 'is not', null), either('resume_at', 'is not', null)]),
    )
    .execute();
  return rows.map(({ key }) => key);
}

/** How many endpoints there are that are sent to, that fail, and that are sent nothing. */
export async function countEndpoints(
  db: DbOrTrx,
): Promise<{ well: number; failing: number; disabled: number }> {
  const rows = await db.selectFrom('endpoints').select(['disabled_at', 'failing_since']).execute();
  const enabled = rows.filter(({ disabled_at }) => disabled_at === null);
  const failing = enabled.filter(({ failing_since }) => failing_since !== null).length;
  return { well: enabled.length - failing, failing, disabled: rows.length - enabled.length };
}

/** Gives claims back that nothing was made of. */
export async function release(trx: DbOrTrx, rows: readonly number[]): Promise<void> {
  if (rows.length === 0) return;
  await trx
    .updateTable('outbox')
    .set((column) => ({ lease_until: null, attempts: column('attempts', '-', 1) }))
    .where(oneOf('id', rows))
    .execute();
}

/**
 * Makes good for a clock that was set back: what was queued or put off by the later time must not wait for it to come
 * again. `longest`: no pause ends later than this.
 */
export async function forgiveClock(db: Db, now: Date, longest: string): Promise<void> {
  const at = now.toISOString();
  // Each has an index of its own.
  const recipients = ['subscriber_id', 'endpoint_id', 'operator'] as const;
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
  for (const recipient of recipients) {
    // Most often there is none, and nothing need be written.
    const found = db.selectFrom('outbox').select('id').where(recipient, 'is not', null).where(tooLate);
    if (!(await found.limit(1).executeTakeFirst())) continue;
    await db
      .updateTable('outbox')
      .set({ due_at: at })
      .where(recipient, 'is not', null)
      .where(tooLate)
      .execute();
  }
  for (const table of ['endpoints', 'stops'] as const) {
    const found = db.selectFrom(table).select('resume_at').where('resume_at', '>', longest);
    if (!(await found.limit(1).executeTakeFirst())) continue;
    await db.updateTable(table).set({ resume_at: at }).where('resume_at', '>', longest).execute();
  }
}
