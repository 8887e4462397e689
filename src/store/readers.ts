// What readers do themselves, by the links in their mails: each is named by the opaque name that only those hold.

import type { Subscription } from '../match/profile.ts';
import { dropLetters } from './letters.ts';
import { DROPPED, listNotices } from './notices.ts';
import type { DbOrTrx } from './schema.ts';
import { columnsOf, type Subscriber, toSubscriber } from './subscribers.ts';
import { findSuppression, forgetUnsubscribed } from './suppressions.ts';

/** A reader as they see themselves. `changedAt` tells one state from the next. */
export type ReaderState = Subscriber & { changedAt: string };

/** `undefined`: nobody has this name, or nobody any more. */
export async function findReader(db: DbOrTrx, key: string): Promise<ReaderState | undefined> {
  const row = await db.selectFrom('subscribers').selectAll().where('key', '=', key).executeTakeFirst();
  return row && { ...toSubscriber(row), changedAt: row.changed_at };
}

/**
 * The reader wants what stands there, as it was at `changedAt`: from now on it is sent. `changed`: somebody signed the
 * address up anew meanwhile, so that it is not what was read.
 */
export async function confirmReader(
  trx: DbOrTrx,
  key: string,
  changedAt: string,
  at: string,
): Promise<'confirmed' | 'already' | 'changed' | 'gone'> {
  const reader = await findReader(trx, key);
  if (!reader) return 'gone';
  if (reader.status !== 'pending') return reader.status === 'suppressed' ? 'gone' : 'already';
  if (reader.changedAt !== changedAt) return 'changed';
  // Whoever left and comes back wants messages again; who may not even be asked does not come this far.
  const suppression = await findSuppression(trx, reader.email);
  if (suppression && suppression.reason !== 'unsubscribed') return 'gone';
  await forgetUnsubscribed(trx, reader.email);
  await dropLetters(trx, reader.id, 'confirm', at);
  await trx
    .updateTable('subscribers')
    .set({ status: 'active', consent_at: at, changed_at: at })
    .where('id', '=', reader.id)
    .execute();
  return 'confirmed';
}

/** What a reader tells anew; consent and address stay. `false`: there is nobody to change anything of. */
export async function changeReader(
  db: DbOrTrx,
  key: string,
  told: Omit<Subscription, 'email'>,
  at: string,
): Promise<boolean> {
  const row = await db
    .updateTable('subscribers')
    .set({ ...columnsOf(told), changed_at: at })
    .where('key', '=', key)
    .where('status', 'in', ['active', 'paused'])
    .returning('id')
    .executeTakeFirst();
  if (row) await dropLetters(db, row.id, 'renew-score', at);
  return row !== undefined;
}

/** Nothing is sent while it is paused, nor later of what happens meanwhile. */
export async function pauseReader(trx: DbOrTrx, key: string, pause: boolean, at: string): Promise<boolean> {
  const row = await trx
    .updateTable('subscribers')
    .set({ status: pause ? 'paused' : 'active', paused_at: pause ? at : null, changed_at: at })
    .where('key', '=', key)
    .where('status', 'in', ['active', 'paused'])
    .returning('id')
    .executeTakeFirst();
  if (!row) return false;
  if (!pause) return true;
  await trx
    .updateTable('outbox')
    .set(DROPPED(at))
    .where('subscriber_id', '=', row.id)
    .where('status', '=', 'queued')
    // Their own page they asked for.
    .where((either) => either.or([either('letter', 'is', null), either('letter', '!=', 'manage')]))
    .execute();
  return true;
}

/**
 * Everything that is kept about one person, as `subscribers import` takes it but for who has not confirmed; `undefined`:
 * nobody has this name. The number and the opaque name are this installation's own.
 */
export async function exportReader(db: DbOrTrx, key: string) {
  const row = await db.selectFrom('subscribers').selectAll().where('key', '=', key).executeTakeFirst();
  if (!row) return undefined;
  const subscriber = toSubscriber(row);
  const { reason, detail = null, at: since } = (await findSuppression(db, subscriber.email)) ?? {};
  const notices = await listNotices(db, {
    recipient: { subscriber: subscriber.id },
    status: 'sent',
    limit: null,
  });
  return {
    ...toEntry(subscriber),
    ...(subscriber.status === 'pending' ? { pending: true } : {}),
    suppressed: reason === undefined ? null : { reason, detail, since },
    kept: { since: row.created_at, changedAt: row.changed_at, remindedAt: row.reminded_at },
    sent: notices.map(({ event, outcome, settledAt }) => ({ event, outcome, at: settledAt })),
  };
}

/** The entry of a subscribers file. */
export function toEntry({ email, locale, notify, profile, pausedAt, ...subscriber }: Subscriber) {
  const { consentAt: at, consentHow: how, consentWords: words, consentVersion: version } = subscriber;
  return {
    email,
    locale,
    notify,
    ...profile,
    ...(pausedAt === null ? {} : { paused: true as const }),
    consent: { at, how, words, version, askedAt: subscriber.askedAt },
  };
}
