// Subscribers: who asked to be told, and their profiles.

import { randomBytes } from 'node:crypto';
import type { ExpressionBuilder, Selectable } from 'kysely';
import type { ConsentHow, Locale } from '../match/notice.ts';
import type { Consent, Profile, Subscription } from '../match/profile.ts';
import type { DbOrTrx, Schema } from './schema.ts';
import { addressOf, suppressedAmong } from './suppressions.ts';

export interface Subscriber {
  /** The row's number: what an operator names a subscriber by. */
  id: number;
  /** Opaque name to the outside. */
  key: string;
  email: string;
  locale: Locale;
  profile: Profile;
  notify: string[];
  consentAt: string;
  consentHow: ConsentHow;
  consentWords: string;
  /** Whether anything is sent to them. */
  status: 'active' | 'suppressed';
}

/** What is stored of one; a consent that is left out is, of somebody new, attested by the operator as of now. */
export type ConsentingSubscription = Subscription & { consent?: Consent | undefined };

/** `suppressed` are those left out, `leftOut` their places in the list, the first being 0. */
export interface Saved {
  added: number;
  changed: number;
  suppressed: number;
  leftOut: number[];
}

/**
 * Adds each subscriber, or replaces what the one with the same address told before; consent stays as it was, unless
 * another is given. Whoever is to get nothing is left out.
 */
export async function saveSubscribers(
  db: DbOrTrx,
  subscriptions: readonly ConsentingSubscription[],
  at: string,
): Promise<Saved> {
  const suppressed = await suppressedAmong(
    db,
    subscriptions.map(({ email }) => email),
  );
  const leftOut: number[] = [];
  let added = 0;
  for (const [index, { email, locale, notify, consent, ...profile }] of subscriptions.entries()) {
    const address = addressOf(email);
    if (suppressed.has(address)) {
      leftOut.push(index);
      continue;
    }
    const told = {
      email,
      locale,
      notify: JSON.stringify(notify),
      crs: profile.crs ?? null,
      profile: JSON.stringify(profile),
      changed_at: at,
      ...(consent ? proofOf(consent, at) : {}),
    };
    const known = await db
      .updateTable('subscribers')
      .set(told)
      .where('address', '=', address)
      .executeTakeFirst();
    if (known.numUpdatedRows > 0n) continue;
    added += 1;
    await db
      .insertInto('subscribers')
      .values({
        consent_at: at,
        consent_how: 'operator',
        ...told,
        key: randomBytes(12).toString('hex'),
        address,
        status: 'active',
        created_at: at,
      })
      .execute();
  }
  const changed = subscriptions.length - leftOut.length - added;
  return { added, changed, suppressed: leftOut.length, leftOut };
}

function proofOf({ at: agreedAt, how, words }: Consent, now: string) {
  return {
    consent_at: agreedAt ?? now,
    consent_how: how,
    ...(words === undefined ? {} : { consent_words: words }),
  };
}

/** By the number the list shows, or by the address. Whatever is still to be sent to them goes too. */
export async function removeSubscriber(db: DbOrTrx, who: string): Promise<boolean> {
  const result = await db.deleteFrom('subscribers').where(named(who)).executeTakeFirst();
  return result.numDeletedRows > 0n;
}

/** By the number the list shows, or by the address. */
export async function findSubscriber(db: DbOrTrx, who: string): Promise<Subscriber | undefined> {
  const row = await db.selectFrom('subscribers').selectAll().where(named(who)).executeTakeFirst();
  return row && toSubscriber(row);
}

function named(who: string) {
  return (either: ExpressionBuilder<Schema, 'subscribers'>) =>
    /^\d+$/.test(who) ? either('id', '=', Number(who)) : either('address', '=', addressOf(who));
}

export async function listSubscribers(db: DbOrTrx): Promise<Subscriber[]> {
  const rows = await db.selectFrom('subscribers').selectAll().orderBy('id').execute();
  return rows.map(toSubscriber);
}

function toSubscriber(row: Selectable<Schema['subscribers']>): Subscriber {
  return {
    id: row.id,
    key: row.key,
    email: row.email,
    locale: row.locale,
    profile: JSON.parse(row.profile),
    notify: JSON.parse(row.notify),
    consentAt: row.consent_at,
    consentHow: row.consent_how,
    consentWords: row.consent_words,
    status: row.status,
  };
}

/** The language of the reader with this opaque name; `undefined`: nobody has it, or nobody any more. */
export async function readerLocale(db: DbOrTrx, key: string): Promise<Locale | undefined> {
  const row = await db.selectFrom('subscribers').select('locale').where('key', '=', key).executeTakeFirst();
  return row?.locale;
}
