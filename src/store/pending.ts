// People who signed up and have not confirmed yet.

import type { DbOrTrx } from './schema.ts';
import type { SignUp } from './signups.ts';
import { columnsOf, newKey } from './subscribers.ts';
import { addressOf } from './suppressions.ts';

/** A sign-up and when it came. */
export type DatedSignUp = SignUp & { at: string };

/** Whoever has this address, as far as a sign-up has to do with them. */
export async function findByAddress(db: DbOrTrx, email: string) {
  return db
    .selectFrom('subscribers')
    .select(['id', 'status', 'changed_at'])
    .where('address', '=', addressOf(email))
    .executeTakeFirst();
}

/** Keeps what somebody unknown signed up with, until they confirm it or time runs out; returns the row. */
export async function addPending(trx: DbOrTrx, signUp: DatedSignUp, now: string): Promise<number> {
  const { id } = await trx
    .insertInto('subscribers')
    .values({
      ...pendingColumns(signUp),
      key: newKey(),
      address: addressOf(signUp.subscription.email),
      status: 'pending',
      created_at: now,
      changed_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** What was asked for last is what can be confirmed; links that are out already lead there too. */
export async function replacePending(
  trx: DbOrTrx,
  { id, changed_at: before }: { id: number; changed_at: string },
  signUp: DatedSignUp,
  now: string,
): Promise<void> {
  // Whatever the clock does, no two states of somebody have the same name.
  const changedAt = now > before ? now : new Date(Date.parse(before) + 1).toISOString();
  await trx
    .updateTable('subscribers')
    .set({ ...pendingColumns(signUp), changed_at: changedAt })
    .where('id', '=', id)
    .execute();
}

function pendingColumns({ subscription: { email, ...told }, consentWords, consentVersion, at }: DatedSignUp) {
  return {
    email,
    ...columnsOf(told),
    consent_at: at,
    consent_how: 'sign-up' as const,
    consent_words: consentWords,
    consent_version: consentVersion,
    asked_at: at,
  };
}

/** Whether somebody who has not confirmed asked that long ago. */
export async function hasUnconfirmed(db: DbOrTrx, askedBefore: string): Promise<boolean> {
  const row = await unconfirmed(db, askedBefore).limit(1).executeTakeFirst();
  return row !== undefined;
}

/** Forgets everybody who has not confirmed and asked that long ago, and the letters to them. */
export async function forgetUnconfirmed(trx: DbOrTrx, askedBefore: string): Promise<void> {
  await trx.deleteFrom('subscribers').where('id', 'in', unconfirmed(trx, askedBefore)).execute();
}

function unconfirmed(db: DbOrTrx, askedBefore: string) {
  return db
    .selectFrom('subscribers')
    .select('id')
    .where('status', '=', 'pending')
    .where('asked_at', '<=', askedBefore);
}
