// Subscribers: who asked to be told, and their profiles.

import { randomBytes } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { ConsentHow, Locale } from '../match/notice.ts';
import type { Profile, Subscription } from '../match/profile.ts';
import type { DbOrTrx, Schema } from './schema.ts';

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
}

/** Adds each subscriber, or replaces what the one with the same address told before; consent stays as it was. */
export async function saveSubscribers(
  db: DbOrTrx,
  subscriptions: readonly Subscription[],
  at: string,
): Promise<{ added: number; changed: number }> {
  let added = 0;
  for (const { email, locale, notify, ...profile } of subscriptions) {
    const address = addressOf(email);
    const told = {
      email,
      locale,
      notify: JSON.stringify(notify),
      crs: profile.crs ?? null,
      profile: JSON.stringify(profile),
      changed_at: at,
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
        ...told,
        key: randomBytes(12).toString('hex'),
        address,
        status: 'active',
        consent_at: at,
        consent_how: 'operator',
        created_at: at,
      })
      .execute();
  }
  return { added, changed: subscriptions.length - added };
}

/** By the number the list shows, or by the address. Whatever is still to be sent to them goes too. */
export async function removeSubscriber(db: DbOrTrx, who: string): Promise<boolean> {
  const query = db.deleteFrom('subscribers');
  const byId = /^\d+$/.test(who)
    ? query.where('id', '=', Number(who))
    : query.where('address', '=', addressOf(who));
  const result = await byId.executeTakeFirst();
  return result.numDeletedRows > 0n;
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
  };
}

function addressOf(email: string): string {
  return email.trim().toLowerCase();
}
