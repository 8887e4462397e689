// Recipients as far as what is carried from one database to another has to do with them.

import { disableEndpoint } from './endpoint-health.ts';
import type { DbOrTrx, DisabledWhy, SubscriberStatus } from './schema.ts';

export interface CarriedReader {
  /** The row's number. */
  id: number;
  /** Opaque name to the outside. */
  key: string;
  email: string;
  /** In lower case. */
  address: string;
  status: SubscriberStatus;
  /** JSON. */
  profile: string;
  remindedAt: string | null;
}

export interface CarriedEndpoint {
  /** The row's number. */
  id: number;
  /** `ep_...` */
  key: string;
  url: string;
  failingSince: string | null;
  resumeAt: string | null;
  disabled: { at: string; why: DisabledWhy } | null;
}

export async function carriedReaders(db: DbOrTrx): Promise<CarriedReader[]> {
  const rows = await db
    .selectFrom('subscribers')
    .select(['id', 'key', 'email', 'address', 'status', 'profile', 'reminded_at'])
    .orderBy('id')
    .execute();
  return rows.map(({ reminded_at: remindedAt, ...row }) => ({ ...row, remindedAt }));
}

export async function carriedEndpoints(db: DbOrTrx): Promise<CarriedEndpoint[]> {
  const rows = await db
    .selectFrom('endpoints')
    .select(['id', 'key', 'url', 'failing_since', 'resume_at', 'disabled_at', 'disabled_why'])
    .orderBy('id')
    .execute();
  return rows.map(({ id, key, url, failing_since, resume_at, disabled_at: at, disabled_why: why }) => ({
    id,
    key,
    url,
    failingSince: failing_since,
    resumeAt: resume_at,
    disabled: at === null || why === null ? null : { at, why },
  }));
}

/** Notes that a reader was asked for a newer score then, unless that was so later on. */
export async function noteReminded(trx: DbOrTrx, subscriber: number, at: string): Promise<void> {
  await trx
    .updateTable('subscribers')
    .set({ reminded_at: at })
    .where('id', '=', subscriber)
    .where((either) => either.or([either('reminded_at', 'is', null), either('reminded_at', '<', at)]))
    .execute();
}

/** Takes in that an endpoint fails of which no trouble is known here, unless it has taken something since. */
export async function takeTrouble(
  trx: DbOrTrx,
  { id, key }: Pick<CarriedEndpoint, 'id' | 'key'>,
  { failingSince, resumeAt, disabled }: Pick<CarriedEndpoint, 'failingSince' | 'resumeAt' | 'disabled'>,
): Promise<void> {
  const taken = await trx
    .selectFrom('outbox')
    .select('id')
    .where('endpoint_id', '=', id)
    .where('status', '=', 'sent')
    .where('settled_at', '>', failingSince ?? disabled?.at ?? '')
    .limit(1)
    .executeTakeFirst();
  if (taken) return;
  await trx
    .updateTable('endpoints')
    .set({ failing_since: failingSince, resume_at: resumeAt })
    .where('id', '=', id)
    .execute();
  if (disabled) await disableEndpoint(trx, key, disabled.why, disabled.at);
}

/** How many addresses get nothing whose owners are forgotten but for a hash of this installation's own. */
export async function countForgotten(db: DbOrTrx): Promise<number> {
  const { count } = await db
    .selectFrom('suppressions')
    .select((select) => select.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  const { known } = await db
    .selectFrom('subscribers')
    .select((select) => select.fn.countAll<number>().as('known'))
    .where('status', '=', 'suppressed')
    .executeTakeFirstOrThrow();
  return Math.max(count - known, 0);
}
