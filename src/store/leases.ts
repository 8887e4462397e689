// Leases: who does what only one process may do, and until when. One that dies lets go by itself.

import { inTransaction } from './open.ts';
import type { Db, DbOrTrx } from './schema.ts';

/** Instants are RFC 3339 in UTC with milliseconds, as `toISOString` writes them. */
export interface Lease {
  name: string;
  holder: string;
  since: string;
  until: string;
}

export async function readLease(db: DbOrTrx, name: string): Promise<Lease | undefined> {
  return db.selectFrom('leases').selectAll().where('name', '=', name).executeTakeFirst();
}

/** Takes the lease, or renews it, from `now` until `until`; `false` while another has it. */
export function takeLease(
  db: Db,
  name: string,
  holder: string,
  now: string,
  until: string,
): Promise<boolean> {
  return inTransaction(db, async (trx) => {
    const lease = await readLease(trx, name);
    const mine = lease?.holder === holder;
    if (!mine && isHeld(lease, now, until)) return false;
    const since = lease && mine ? lease.since : now;
    await trx
      .insertInto('leases')
      .values({ name, holder, since, until })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ holder, since, until }))
      .execute();
    return true;
  });
}

/** Lets go of the lease; nothing happens when another has it. */
export async function releaseLease(db: DbOrTrx, name: string, holder: string): Promise<void> {
  await db.deleteFrom('leases').where('name', '=', name).where('holder', '=', holder).execute();
}

/** Whether a process has it at this moment; `until`: when one that is taken now would end. */
export function isHeld(lease: Lease | undefined, now: string, until: string): lease is Lease {
  return lease !== undefined && lease.until > now && !isAbsurd(lease, now, until);
}

/** One that ends later than any can was taken while the clock was wrong, and would keep everybody out. */
function isAbsurd(lease: Lease, now: string, until: string): boolean {
  return Date.parse(lease.until) - Date.parse(now) > 2 * (Date.parse(until) - Date.parse(now));
}
