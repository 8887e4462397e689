// sign-ups -> subscribers who may confirm, and a letter that asks them: loaded only when somebody signed up.

import { setImmediate } from 'node:timers/promises';
import { DAY } from '../draw/calendar.ts';
import type { LetterKind } from '../match/notice.ts';
import { lettersSince, queueLetter } from '../store/letters.ts';
import { inTransaction } from '../store/open.ts';
import { addPending, type DatedSignUp, findByAddress, replacePending } from '../store/pending.ts';
import type { DbOrTrx } from '../store/schema.ts';
import { takeSignUps } from '../store/signups.ts';
import { removeSubscriber } from '../store/subscribers.ts';
import { findSuppression, noteAsked } from '../store/suppressions.ts';
import type { Deps } from './deps.ts';

/** Dealt with in one transaction. */
export const PAGE = 500;
/** Pages at a time: a flood must not keep what else there is to do from being done. */
const PAGES = 20;

const MINUTE = 60_000;
/** Letters of one kind to one address: no sooner after the last than this, and so many in a day. */
const SOONEST = 5 * MINUTE;
const A_DAY = 3;
/** Whoever has unsubscribed is asked again no oftener than this. */
const ASKED_AGAIN = 30 * DAY;

/** Returns how many letters are queued. */
export async function admitSignUps({ db, now }: Pick<Deps, 'db' | 'now'>): Promise<number> {
  let queued = 0;
  for (let page = 0; page < PAGES; page += 1) {
    const { taken, letters } = await inTransaction(db, async (trx) => {
      const signUps = await takeSignUps(trx, PAGE);
      let count = 0;
      for (const signUp of signUps) count += (await admit(trx, signUp, now())) ? 1 : 0;
      return { taken: signUps.length, letters: count };
    });
    queued += letters;
    if (taken < PAGE) break;
    // Who asks for a page meanwhile must not wait for all of them.
    await setImmediate();
  }
  return queued;
}

/** Whether a letter is queued. Whatever is known of the address, whoever signed it up sees nothing of it. */
async function admit(trx: DbOrTrx, signUp: DatedSignUp, now: Date): Promise<boolean> {
  const { email } = signUp.subscription;
  const at = now.toISOString();
  const suppression = await findSuppression(trx, email);
  if (suppression && suppression.reason !== 'unsubscribed') return false;
  const known = await findByAddress(trx, email);
  switch (known?.status) {
    case 'active':
    case 'paused':
      return queueWithinLimits(trx, known.id, 'manage', now);
    case 'pending':
      await replacePending(trx, known, signUp, at);
      break;
    case 'suppressed':
      // Nothing of who unsubscribed was to be kept.
      if (!suppression) return false;
      await removeSubscriber(trx, String(known.id));
      break;
  }
  const isAsked = isWithin(suppression?.askedAt ?? null, ASKED_AGAIN, now);
  // Of whoever left and cannot be asked yet, nothing new is kept.
  if (isAsked && known?.status !== 'pending') return false;
  const id = known?.status === 'pending' ? known.id : await addPending(trx, signUp, at);
  if (isAsked) return false;
  const written = await queueWithinLimits(trx, id, 'confirm', now);
  if (written && suppression) await noteAsked(trx, email, at);
  return written;
}

/** `false`: there were enough of them already. */
export async function queueWithinLimits(
  trx: DbOrTrx,
  subscriber: number,
  letter: LetterKind,
  now: Date,
): Promise<boolean> {
  const at = now.toISOString();
  const since = new Date(now.getTime() - DAY).toISOString();
  const before = await lettersSince(trx, subscriber, letter, { since, now: at });
  if (before.length >= A_DAY || isWithin(before[0] ?? null, SOONEST, now)) return false;
  await queueLetter(trx, subscriber, letter, at);
  return true;
}

/** Whether that was within so many milliseconds. What is still to come was noted while the clock was wrong. */
function isWithin(at: string | null, milliseconds: number, now: Date): boolean {
  if (at === null) return false;
  const ago = now.getTime() - Date.parse(at);
  return ago >= 0 && ago < milliseconds;
}
