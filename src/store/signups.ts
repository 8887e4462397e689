// What was sent from the sign-up page, until it is dealt with.

import type { Subscription } from '../match/profile.ts';
import type { DbOrTrx } from './schema.ts';

/** Who asks to be told of what, and the words they agreed to. */
export interface SignUp {
  subscription: Subscription;
  /** In the language they were read in. */
  consentWords: string;
  consentVersion: string;
}

/**
 * Notes that somebody signed up. One row, whoever the address belongs to: how long it takes says nothing of whether
 * it is known here.
 */
export async function noteSignUp(
  db: DbOrTrx,
  { subscription: { email, ...subscription }, consentWords, consentVersion }: SignUp,
  at: string,
): Promise<void> {
  await db
    .insertInto('signups')
    .values({
      email,
      subscription: JSON.stringify(subscription),
      consent_words: consentWords,
      consent_version: consentVersion,
      at,
    })
    .execute();
}

/** The oldest of those that wait, taken out: whoever asks for them deals with them in the same transaction. */
export async function takeSignUps(trx: DbOrTrx, most: number): Promise<(SignUp & { at: string })[]> {
  const rows = await trx.selectFrom('signups').selectAll().orderBy('id').limit(most).execute();
  const last = rows.at(-1);
  if (last) await trx.deleteFrom('signups').where('id', '<=', last.id).execute();
  return rows.map(({ email, subscription, consent_words, consent_version, at }) => ({
    subscription: { email, ...JSON.parse(subscription) },
    consentWords: consent_words,
    consentVersion: consent_version,
    at,
  }));
}

/** Whether somebody waits to be dealt with. */
export async function hasSignUps(db: DbOrTrx): Promise<boolean> {
  return (await db.selectFrom('signups').select('id').limit(1).executeTakeFirst()) !== undefined;
}
