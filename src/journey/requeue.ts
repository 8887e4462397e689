// outbox -> outbox: what was given up or taken back is told after all, by what its reader says now.

import { type Event, isOperatorEvent } from '../event/event.ts';
import { criteriaOf } from '../match/criteria.ts';
import type { Profile } from '../match/profile.ts';
import { judge, type Verdict } from '../match/verdict.ts';
import { inTransaction } from '../store/open.ts';
import { readReference } from '../store/reference.ts';
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

type Verdicts = Pick<Requeued, 'verdict' | 'verdictBefore'>;
/** `told`: what is still known of the verdicts that were to be told. */
type JudgeAgain = (profile: Profile, told: NonNullable<EndedNotice['reader']>) => Verdicts;

function anew({ id, disabled, reader }: EndedNotice, judgeAgain: JudgeAgain): Requeued {
  const status = disabled ? 'held' : 'queued';
  if (reader === null) return { id, status, verdict: null, verdictBefore: null, profile: null };
  return { id, status, ...judgeAgain(reader.profile, reader), profile: reader.profile };
}

/** What a profile means by this event. The reasons that were to be told are forgotten as soon as a notice is settled. */
async function judgeBy(event: Event): Promise<JudgeAgain> {
  if (isOperatorEvent(event)) return asTold;
  const reference = await readReference();
  const { draw } = event.data;
  const criteria = criteriaOf(draw, reference);
  const is = (profile: Profile): Verdict => judge(criteria, profile);
  if (event.type === 'draw.published') return (profile) => ({ verdict: is(profile), verdictBefore: null });
  if (event.type !== 'draw.corrected') return asTold;
  const { changes } = event.data;
  // Of a draw that had been taken back nothing could be said before: that holds whatever the profile.
  if (changes.some(({ field }) => field === 'withdrawn'))
    return (profile, { verdictBefore }) => ({ verdict: is(profile), verdictBefore });
  const before = Object.fromEntries(changes.map(({ field, before }) => [field, before]));
  const criteriaBefore = criteriaOf({ ...draw, ...before }, reference);
  return (profile) => ({ verdict: is(profile), verdictBefore: judge(criteriaBefore, profile) });
}

/** What they were told of a draw that is taken back is what matters, not what would hold. */
function asTold(_profile: Profile, { verdict, verdictBefore }: NonNullable<EndedNotice['reader']>): Verdicts {
  return { verdict, verdictBefore };
}
