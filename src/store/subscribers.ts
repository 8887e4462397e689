// Subscribers: who asked to be told, and their profiles.

import { randomBytes } from 'node:crypto';
import type { ExpressionBuilder, Selectable } from 'kysely';
import type { ConsentHow, Locale } from '../match/notice.ts';
import type { Consent, Profile, Subscription } from '../match/profile.ts';
import { dropLetters } from './letters.ts';
import { oneOf } from './one-of.ts';
import type { DbOrTrx, Schema, SubscriberStatus } from './schema.ts';
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
  /** Of the words on a page; `null` where they were none of ours. */
  consentVersion: string | null;
  /** When they asked for messages on a page; `null`: they did not. */
  askedAt: string | null;
  /** Since when they want a pause; `null`: they want none. */
  pausedAt: string | null;
  /** Whether anything is sent to them. */
  status: SubscriberStatus;
}

/**
 * What is stored of one. A consent that is left out is, of somebody new, attested by the operator as of now. `paused`:
 * they want a pause; left out, that stays as it is.
 */
export type ConsentingSubscription = Subscription & {
  consent?: Consent | undefined;
  paused?: true | undefined;
};

/** `suppressed` are those left out, `leftOut` their places in the list, the first being 0. */
export interface Saved {
  added: number;
  changed: number;
  suppressed: number;
  leftOut: number[];
}

/** What is recorded where nothing else was agreed to. */
export const ATTESTED = 'The operator attests that this person asked for these messages.';

/**
 * Adds each subscriber, or replaces what the one with the same address told before; consent stays as it was, unless
 * another is given, or they had not confirmed theirs. Whoever is to get nothing is left out. `keyOf`: the opaque name of
 * somebody new.
 */
export async function saveSubscribers(
  db: DbOrTrx,
  subscriptions: readonly ConsentingSubscription[],
  at: string,
  keyOf: (address: string) => string = newKey,
): Promise<Saved> {
  const emails = subscriptions.map(({ email }) => email);
  const suppressed = await suppressedAmong(db, emails);
  const pending = await pendingAmong(db, emails);
  const leftOut: number[] = [];
  let added = 0;
  for (const [index, { email, locale, notify, consent, paused, ...profile }] of subscriptions.entries()) {
    const address = addressOf(email);
    if (suppressed.has(address)) {
      leftOut.push(index);
      continue;
    }
    const told = {
      email,
      ...columnsOf({ locale, notify, ...profile }),
      changed_at: at,
      ...(consent ? proofOf(consent, at) : {}),
      ...(paused ? { status: 'paused' as const, paused_at: at } : {}),
    };
    const asked = pending.get(address);
    if (asked !== undefined) {
      added += 1;
      await db
        .updateTable('subscribers')
        .set({ ...attestedAt(at), status: 'active', ...told })
        .where('id', '=', asked)
        .execute();
      await dropLetters(db, asked, 'confirm', at);
      continue;
    }
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
        ...attestedAt(at),
        status: 'active',
        ...told,
        key: keyOf(address),
        address,
        created_at: at,
      })
      .execute();
  }
  const changed = subscriptions.length - leftOut.length - added;
  return { added, changed, suppressed: leftOut.length, leftOut };
}

/** An opaque name that nobody guesses. */
export function newKey(): string {
  return randomBytes(12).toString('hex');
}

/** What somebody tells of themselves, but for the address, as it is stored. */
export function columnsOf({ locale, notify, ...profile }: Omit<Subscription, 'email'>) {
  return {
    locale,
    notify: JSON.stringify(notify),
    crs: profile.crs ?? null,
    profile: JSON.stringify(profile),
  };
}

/** The rows of those among them who have not confirmed their sign-up. */
async function pendingAmong(db: DbOrTrx, emails: readonly string[]): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('subscribers')
    .select(['id', 'address'])
    .where('status', '=', 'pending')
    .where(oneOf('address', emails.map(addressOf)))
    .execute();
  return new Map(rows.map(({ id, address }) => [address, id]));
}

function attestedAt(at: string) {
  return {
    consent_at: at,
    consent_how: 'operator' as const,
    consent_words: ATTESTED,
    consent_version: null,
    asked_at: null,
  };
}

function proofOf({ at: agreedAt, how, words, version, askedAt }: Consent, now: string) {
  return {
    consent_at: agreedAt ?? now,
    consent_how: how,
    asked_at: askedAt ?? null,
    ...(words === undefined ? {} : { consent_words: words, consent_version: version ?? null }),
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

export function toSubscriber(row: Selectable<Schema['subscribers']>): Subscriber {
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
    consentVersion: row.consent_version,
    askedAt: row.asked_at,
    pausedAt: row.paused_at,
    status: row.status,
  };
}

/** The language of the reader with this opaque name; `undefined`: nobody has it, or nobody any more. */
export async function readerLocale(db: DbOrTrx, key: string): Promise<Locale | undefined> {
  const row = await db.selectFrom('subscribers').select('locale').where('key', '=', key).executeTakeFirst();
  return row?.locale;
}
