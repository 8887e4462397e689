// outbox -> outbox: what was given up or taken back is told after all, by what its reader says now.

import { inTransaction } from '../store/open.ts';
import {
  type EndedNotice,
  eventsEnded,
  putBack,
  putLettersBack,
  type Requeued,
  readEnded,
  type Which,
} from '../store/retries.ts';
import type { Db } from '../store/schema.ts';
import { type JudgeAgain, judgeBy } from './judge-again.ts';

/** How many were queued, are held for an endpoint that is disabled, and were left as they were, and why. */
export interface Requeuing {
  queued: number;
  held: number;
  /** Their readers get nothing, or need not be asked any more. */
  suppressed: number;
  /** A process may still be handing them over. */
  inHand: number;
}

/** Read and written at a time: few enough to be held in memory, however many there are. */
const PAGE = 1_000;

/**
 * Queues notices anew that were given up or taken back, due at once; all of it, or nothing. Whoever is suppressed is
 * told nothing, and what was sent stays so.
 */
export async function requeue(db: Db, which: Which, now: Date): Promise<Requeuing> {
  const at = now.toISOString();
  return inTransaction(db, async (trx) => {
    const done: Requeuing = { held: 0, ...(await putLettersBack(trx, which, at)) };
    for (const event of await eventsEnded(trx, which)) {
      const judgeAgain = await judgeBy(event);
      let after = 0;
      for (;;) {
        const page = await readEnded(trx, which, event.id, { after, limit: PAGE, now: at });
        const last = page.at(-1);
        if (!last) break;
        after = last.id;
        const requeued: Requeued[] = [];
        for (const notice of page) {
          const left = notice.inHand ? 'inHand' : notice.reader?.suppressed ? 'suppressed' : null;
          if (left === null) requeued.push(anew(notice, judgeAgain));
          done[left ?? (notice.disabled ? 'held' : 'queued')] += 1;
        }
        await putBack(trx, requeued, at);
      }
    }
    return done;
  });
}

function anew({ id, disabled, reader }: EndedNotice, judgeAgain: JudgeAgain): Requeued {
  const status = disabled ? 'held' : 'queued';
  if (reader === null) return { id, status, verdict: null, verdictBefore: null, profile: null };
  return { id, status, ...judgeAgain(reader.profile, reader), profile: reader.profile };
}
