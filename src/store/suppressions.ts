// Addresses that get nothing, until the operator lifts it or their owner signs up again. Kept as keyed hashes: they
// outlive their subscriber.

import { createHmac } from 'node:crypto';
import { sql } from 'kysely';
import { installationKey } from './keys.ts';
import { DROPPED } from './notices.ts';
import { oneOf } from './one-of.ts';
import type { DbOrTrx, SuppressionReason } from './schema.ts';

/** So many hexadecimal digits of a hash are no other's. */
const ID_LENGTH = 12;

export interface Suppression {
  /** Beginning of the hash: names it on the command line. */
  id: string;
  reason: SuppressionReason;
  detail: string | null;
  at: string;
  /** The number of the subscriber it keeps from getting anything; `null` where there is none any more. */
  subscriber: number | null;
}

/** The address as it is told apart from others: in lower case. */
export function addressOf(email: string): string {
  return email.trim().toLowerCase();
}

/** By the installation's own key: says nothing to whoever sees it. */
function hashOf(key: string, email: string): string {
  return createHmac('sha256', key)
    .update(`address\n${addressOf(email)}`)
    .digest('hex');
}

/** Which of these get nothing; addresses as `addressOf` writes them. */
export async function suppressedAmong(db: DbOrTrx, emails: readonly string[]): Promise<Set<string>> {
  const key = await installationKey(db);
  const byHash = new Map(emails.map((email) => [hashOf(key, email), addressOf(email)]));
  const rows = await db
    .selectFrom('suppressions')
    .select('address_hash')
    .where(oneOf('address_hash', [...byHash.keys()]))
    .execute();
  return new Set(rows.map((row) => byHash.get(row.address_hash) as string));
}

/**
 * Which reasons give way to which. The will of its owner counts for more than a mail server's; who must not even be
 * asked stays so.
 */
const GIVES_WAY: Record<SuppressionReason, readonly SuppressionReason[]> = {
  unsubscribed: ['unsubscribed', 'bounced'],
  bounced: ['unsubscribed'],
  operator: ['unsubscribed'],
  complained: ['unsubscribed', 'bounced'],
};

/**
 * From now on nothing is sent there; returns how many notices that waited for its subscriber are dropped. The first
 * reason stays, unless it gives way to this one. Of whoever had not confirmed a sign-up nothing else is kept.
 */
export async function suppress(
  db: DbOrTrx,
  email: string,
  { reason, detail = null }: { reason: SuppressionReason; detail?: string | null },
  at: string,
): Promise<number> {
  const told = { reason, detail, at };
  await db
    .insertInto('suppressions')
    .values({ address_hash: hashOf(await installationKey(db), email), ...told })
    .onConflict((conflict) =>
      conflict.column('address_hash').doUpdateSet(told).where('suppressions.reason', 'in', GIVES_WAY[reason]),
    )
    .execute();
  const subscriber = await db
    .selectFrom('subscribers')
    .select(['id', 'status'])
    .where('address', '=', addressOf(email))
    .executeTakeFirst();
  if (!subscriber) return 0;
  const { numUpdatedRows } = await db
    .updateTable('outbox')
    .set(DROPPED(at))
    .where('subscriber_id', '=', subscriber.id)
    .where('status', '=', 'queued')
    .executeTakeFirst();
  if (subscriber.status === 'pending')
    await db.deleteFrom('subscribers').where('id', '=', subscriber.id).execute();
  else
    await db
      .updateTable('subscribers')
      .set({ status: 'suppressed', changed_at: at })
      .where('id', '=', subscriber.id)
      .execute();
  return Number(numUpdatedRows);
}

/** Why this address gets nothing, and when its owner was last asked; `undefined`: nothing keeps it from anything. */
export async function findSuppression(
  db: DbOrTrx,
  email: string,
): Promise<(Pick<Suppression, 'reason' | 'detail' | 'at'> & { askedAt: string | null }) | undefined> {
  const row = await db
    .selectFrom('suppressions')
    .selectAll()
    .where('address_hash', '=', hashOf(await installationKey(db), email))
    .executeTakeFirst();
  return row && { reason: row.reason, detail: row.detail, at: row.at, askedAt: row.asked_at };
}

/** Notes that the owner of a suppressed address is asked whether they want messages again. */
export async function noteAsked(db: DbOrTrx, email: string, at: string): Promise<void> {
  await db
    .updateTable('suppressions')
    .set({ asked_at: at })
    .where('address_hash', '=', hashOf(await installationKey(db), email))
    .execute();
}

/** The owner of this address, who had unsubscribed, wants messages again. What else keeps them away stays. */
export async function forgetUnsubscribed(db: DbOrTrx, email: string): Promise<void> {
  await db
    .deleteFrom('suppressions')
    .where('address_hash', '=', hashOf(await installationKey(db), email))
    .where('reason', '=', 'unsubscribed')
    .execute();
}

/** Every address that gets nothing, by its id; the latest first. */
export async function listSuppressions(db: DbOrTrx): Promise<Suppression[]> {
  return (await readSuppressions(db)).map(({ hash: _, ...suppression }) => suppression);
}

/**
 * Lets messages be sent again; `who` is the address, the number of its subscriber, or the id. `null`: nothing keeps
 * them from being sent.
 */
export async function liftSuppression(db: DbOrTrx, who: string, at: string): Promise<Suppression | null> {
  const wanted = who.includes('@') ? hashOf(await installationKey(db), who) : null;
  const found = (await readSuppressions(db)).find(({ hash, id, subscriber }) =>
    wanted === null
      ? id === who.toLowerCase() || (subscriber !== null && String(subscriber) === who)
      : hash === wanted,
  );
  if (!found) return null;
  const { hash, ...suppression } = found;
  await db.deleteFrom('suppressions').where('address_hash', '=', hash).execute();
  if (suppression.subscriber !== null)
    await db
      .updateTable('subscribers')
      // Whoever wanted a pause still does.
      .set({ status: sql`iif(paused_at IS NULL, 'active', 'paused')`, changed_at: at })
      .where('id', '=', suppression.subscriber)
      .execute();
  return suppression;
}

async function readSuppressions(db: DbOrTrx): Promise<(Suppression & { hash: string })[]> {
  const subscribers = await suppressedSubscribers(db);
  const rows = await db
    .selectFrom('suppressions')
    .selectAll()
    .orderBy('at', 'desc')
    .orderBy('address_hash')
    .execute();
  return rows.map(({ address_hash: hash, reason, detail, at }) => {
    const id = hash.slice(0, ID_LENGTH);
    return { hash, id, reason, detail, at, subscriber: subscribers.get(hash) ?? null };
  });
}

/** The numbers of those who get nothing, by the hashes of their addresses. */
async function suppressedSubscribers(db: DbOrTrx): Promise<Map<string, number>> {
  const key = await installationKey(db);
  const rows = await db
    .selectFrom('subscribers')
    .select(['id', 'address'])
    .where('status', '=', 'suppressed')
    .execute();
  return new Map(rows.map(({ id, address }) => [hashOf(key, address), id]));
}

/**
 * Ends the messages to the reader with this opaque name, who is forgotten but for the hash; `false`: nobody has it.
 * Whoever was only asked whether they want messages does not want to be asked again either.
 */
export async function unsubscribe(db: DbOrTrx, reader: string, at: string): Promise<boolean> {
  const row = await db
    .selectFrom('subscribers')
    .select(['id', 'email', 'status'])
    .where('key', '=', reader)
    .executeTakeFirst();
  if (!row) return false;
  await suppress(db, row.email, { reason: row.status === 'pending' ? 'complained' : 'unsubscribed' }, at);
  await db.deleteFrom('subscribers').where('id', '=', row.id).execute();
  return true;
}
