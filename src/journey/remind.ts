// old scores -> letters that ask for newer ones: loaded only on the first run of a day.

import { setImmediate } from 'node:timers/promises';
import { DAY, toDate } from '../draw/calendar.ts';
import { noteDone } from '../store/chores.ts';
import { hasOldScores, lastNumber, queueReminders } from '../store/letters.ts';
import { inTransaction } from '../store/open.ts';
import { readReference } from '../store/reference.ts';
import type { Deps } from './deps.ts';

/** A score is old after so many days. */
const OLD = 90;
/** Nobody is asked for a newer one twice within so many days. */
const QUARTER = 91;
/** So many subscribers are looked at in one go. */
const PAGE = 10_000;

/** Returns how many letters are queued. */
export async function remindOfOldScores({ db, now }: Pick<Deps, 'db' | 'now'>): Promise<number> {
  const present = now();
  const at = present.toISOString();
  const ago = (days: number) => new Date(present.getTime() - days * DAY);
  const { gridChanges } = await readReference();
  const inForce = gridChanges.map(({ on }) => on).filter((on) => on <= toDate(present.getTime()));
  // What is older than either is old.
  const notedBefore = [toDate(ago(OLD).getTime()), ...inForce].reduce((one, other) =>
    one > other ? one : other,
  );
  const old = { notedBefore, askedBefore: ago(QUARTER).toISOString() };
  const last = await lastNumber(db);
  let queued = 0;
  for (let after = 0; after < last; after += PAGE) {
    const range = { after, upTo: after + PAGE };
    // Most often there is nobody, and nothing need be written.
    if (await hasOldScores(db, old, range))
      queued += await inTransaction(db, (trx) => queueReminders(trx, old, range, at));
    // Who asks for a page, or another process that writes, must not wait until everybody was looked at.
    await setImmediate();
  }
  // At the end: cut off before, it begins again, and whoever was asked is not asked twice.
  await noteDone(db, 'remind', at);
  return queued;
}
