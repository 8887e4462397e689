// outbox -> delivered: which notices a process has in hand.

import { createHash } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { Event } from '../event/event.ts';
import type { ConsentHow, DueNotice, Locale, Reader } from '../match/notice.ts';
import { validSecrets } from './endpoints.ts';
import { toEvent } from './events.ts';
import { dueIn, type Lane, latestLease } from './lanes.ts';
import { oneOf } from './one-of.ts';
import { present } from './outbox.ts';
import type { DbOrTrx, Schema } from './schema.ts';

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
  const due = dueIn(trx, lane, now);
  // Whoever waits for a link gets it before all who are only asked for a newer score: the kinds are in that order.
  const first = lane.channel === 'letter' ? due.orderBy('letter') : due;
  const next = await first.orderBy('due_at').orderBy('id').limit(count).execute();
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
      'outbox.letter',
      'outbox.created_at',
      'outbox.attempts',
      'outbox.ambiguous',
      'outbox.operator',
      'outbox.message_id',
      'outbox.verdict',
      'outbox.verdict_before',
    ])
    // A letter is of what holds now; a verdict was made from what was told then.
    .select((select) =>
      select
        .case()
        .when('outbox.letter', 'is', null)
        .then(select.ref('outbox.profile'))
        .else(select.ref('subscribers.profile'))
        .end()
        .as('profile'),
    )
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
  const events = await readEvents(db, new Set(rows.flatMap(({ event_id }) => event_id ?? [])), known);
  return rows.map((row): DueNotice => {
    const { id, attempts: attempt, ambiguous, letter } = row;
    const inHand = { row: id, attempt, ambiguous, key: messageIdOf(row) };
    if (letter !== null) {
      const reader = readerOf(row);
      return { ...inHand, channel: 'letter', letter, reader, askedAt: row.created_at };
    }
    const event = present(events.get(row.event_id ?? '') ?? null);
    const base = { ...inHand, event };
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
    const reader = readerOf(row);
    const verdict = JSON.parse(present(row.verdict));
    const verdictBefore = row.verdict_before === null ? null : JSON.parse(row.verdict_before);
    return { ...base, channel: 'email', reader, verdict, verdictBefore };
  });
}

interface ReaderColumns {
  reader: string | null;
  email: string | null;
  locale: Locale | null;
  consent_at: string | null;
  consent_how: ConsentHow | null;
  profile: string | null;
}

function readerOf(row: ReaderColumns): Reader {
  return {
    id: present(row.reader),
    email: present(row.email),
    locale: present(row.locale),
    profile: JSON.parse(present(row.profile)),
    consentAt: present(row.consent_at),
    consentHow: present(row.consent_how),
  };
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

interface NamedRow
  extends Pick<Selectable<Schema['outbox']>, 'id' | 'event_id' | 'letter' | 'created_at' | 'message_id'> {
  /** Opaque names; the operator has neither. */
  reader: string | null;
  endpoint: string | null;
}

/** The id that the message of a row carries: the one it had where it was first told, or that of its event or letter. */
export function messageIdOf({
  id,
  event_id,
  letter,
  created_at,
  message_id,
  reader,
  endpoint,
}: NamedRow): string {
  const told = event_id ?? `${letter}/${created_at}/${id}`;
  return message_id ?? noticeKey(told, reader ?? endpoint ?? 'operator');
}

/** The id that a message carries, over all retries; `recipient`: an opaque name. */
export function noticeKey(eventId: string, recipient: string): string {
  return `msg_${createHash('sha256').update(`${eventId}\n${recipient}`).digest('hex').slice(0, 32)}`;
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
