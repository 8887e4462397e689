// Addresses that get nothing, ever, until the operator lifts it. Kept as keyed hashes: they outlive their subscriber.

import { createHmac } from 'node:crypto';
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
 * From now on nothing is sent there; returns how many notices that waited for its subscriber are dropped. The first
 * reason stays, unless it is the person who wants nothing any more.
 */
export async function suppress(
  db: DbOrTrx,
  email: string,
  { reason, detail = null }: { reason: SuppressionReason; detail?: string | null },
  at: string,
): Promise<number> {
  const row = { address_hash: hashOf(await installationKey(db), email), reason, detail, at };
  await db
    .insertInto('suppressions')
    .values(row)
    .onConflict((conflict) =>
      reason === 'unsubscribed' ? conflict.column('address_hash').doUpdateSet(row) : conflict.doNothing(),
    )
    .execute();
  const subscriber = await db
    .updateTable('subscribers')
    .set({ status: 'suppressed', changed_at: at })
    .where('address', '=', addressOf(email))
    .returning('id')
    .executeTakeFirst();
  if (!subscriber) return 0;
  const { numUpdatedRows } = await db
    .updateTable('outbox')
    .set(DROPPED(at))
    .where('subscriber_id', '=', subscriber.id)
    .where('status', '=', 'queued')
    .executeTakeFirst();
  return Number(numUpdatedRows);
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
      .set({ status: 'active', changed_at: at })
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

/** Ends the messages to the reader with this opaque name, who is forgotten but for the hash; `false`: nobody has it. */
export async function unsubscribe(db: DbOrTrx, reader: string, at: string): Promise<boolean> {
  const row = await db
    .selectFrom('subscribers')
    .select(['id', 'email'])
    .where('key', '=', reader)
    .executeTakeFirst();
  if (!row) return false;
  await suppress(db, row.email, { reason: 'unsubscribed' }, at);
  await db.deleteFrom('subscribers').where('id', '=', row.id).execute();
  return true;
}
