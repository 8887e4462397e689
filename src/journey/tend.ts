// readers -> letters: what is to be done for those who signed up, did not confirm, or told us a score long ago. On
// most runs that is nothing, and finding that out takes three small reads.

import { DAY } from '../draw/calendar.ts';
import { CONFIRM_DAYS } from '../match/notice.ts';
import { lastDone } from '../store/chores.ts';
import { inTransaction } from '../store/open.ts';
import { forgetUnconfirmed, hasUnconfirmed } from '../store/pending.ts';
import { hasSignUps } from '../store/signups.ts';
import type { Deps } from './deps.ts';

type TendDeps = Pick<Deps, 'db' | 'now'>;

/** Returns how many letters are queued. */
export async function admitWhoSignedUp(deps: TendDeps): Promise<number> {
  if (!(await hasSignUps(deps.db))) return 0;
  return (await import('./admit.ts')).admitSignUps(deps);
}

/** Nothing is kept of whoever did not confirm in time. */
export async function forgetWhoDidNotConfirm({ db, now }: TendDeps): Promise<void> {
  const askedBefore = new Date(now().getTime() - CONFIRM_DAYS * DAY).toISOString();
  if (await hasUnconfirmed(db, askedBefore))
    await inTransaction(db, (trx) => forgetUnconfirmed(trx, askedBefore));
}

/** Once a day; returns how many letters are queued. */
export async function askForNewScores(deps: TendDeps): Promise<number> {
  const today = deps.now().toISOString().slice(0, 10);
  // A clock that is set back brings a day again, but nobody a second letter: each is asked once a quarter.
  if ((await lastDone(deps.db, 'remind'))?.slice(0, 10) === today) return 0;
  return (await import('./remind.ts')).remindOfOldScores(deps);
}
