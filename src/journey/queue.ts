// events -> verdicts -> outbox: who is told of what. Runs inside the transaction that stores the events.

import { sameFacts } from '../draw/draw.ts';
import type { ChangedDraw } from '../event/detect.ts';
import { type Event, type EventOf, isOperatorEvent } from '../event/event.ts';
import { judgeStored } from '../match/bulk.ts';
import { criteriaOf } from '../match/criteria.ts';
import { wantsCorrection, whateverNotices } from '../match/preference.ts';
import type { Profile } from '../match/profile.ts';
import { judge, type Verdict } from '../match/verdict.ts';
import { enqueueJudged, type Judge } from '../store/judging.ts';
import { enqueueForEndpoints, enqueueForOperator, enqueueForReaders, readersTold } from '../store/outbox.ts';
import { readReference } from '../store/reference.ts';
import type { DbOrTrx } from '../store/schema.ts';

/** Queues a notice of each event for everybody it is meant for; returns how many. */
export async function queueNotices(
  trx: DbOrTrx,
  events: readonly Event[],
  changed: readonly ChangedDraw[],
  operatorMail: boolean,
  at: string,
): Promise<number> {
  let queued = 0;
  for (const event of events) {
    if (!event.told) continue;
    queued += await enqueueForEndpoints(trx, event, at);
    if (isOperatorEvent(event)) {
      if (operatorMail) queued += await enqueueForOperator(trx, event, at);
    } else if (event.type === 'draw.published') queued += await queueForReaders(trx, event, at);
    else if (event.type === 'draw.withdrawn') queued += await queueWithdrawal(trx, event, at);
    else if (event.type === 'draw.corrected') {
      const change = changed.find(({ after }) => after.id === event.draw);
      if (change) queued += await queueCorrection(trx, event, change, at);
    }
  }
  return queued;
}

async function queueForReaders(trx: DbOrTrx, event: EventOf<'draw.published'>, at: string): Promise<number> {
  const { draw, special } = event.data;
  const criteria = criteriaOf(draw, await readReference());
  const shortlist = { score: criteria.cutoff, notices: whateverNotices(special) };
  return enqueueJudged(trx, event, { shortlist, verdict: judgeStored(criteria, special) }, at);
}

/** Those whose verdict changes hear of it, nobody else. */
async function queueCorrection(
  trx: DbOrTrx,
  event: EventOf<'draw.corrected'>,
  { before: drawBefore, after: draw }: Pick<ChangedDraw, 'before' | 'after'>,
  at: string,
): Promise<number> {
  const reference = await readReference();
  const [was, is] = [criteriaOf(drawBefore, reference), criteriaOf(draw, reference)];
  const back = event.data.changes.some(({ field }) => field === 'withdrawn');
  // Most corrections are of a name: nobody need be asked.
  if (!back && sameFacts(was, is)) return 0;
  // Of a draw that had been taken back, nothing could be said, and only those who were told of it are to hear.
  const told = back && new Set((await readersTold(trx, event.draw)).map(({ subscriber }) => subscriber));
  const judgeBefore = (profile: Profile) => (back ? nothingSaid(event.draw) : judge(was, profile));
  const verdict: Judge = (stored, notify, id) => {
    if (told && !told.has(id)) return null;
    const profile = JSON.parse(stored);
    const judged = judge(is, profile);
    return wantsCorrection(JSON.parse(notify), judgeBefore(profile), judged) ? JSON.stringify(judged) : null;
  };
  const before: Judge = (stored) => JSON.stringify(judgeBefore(JSON.parse(stored)));
  return enqueueJudged(trx, event, { shortlist: null, verdict, before }, at);
}

function nothingSaid(draw: string): Verdict {
  return { draw, outcome: 'cannot-tell', margin: null, reasons: [], cautions: [] };
}

/** What was told of a draw that is taken back no longer holds: whoever was told it must know. */
async function queueWithdrawal(trx: DbOrTrx, event: EventOf<'draw.withdrawn'>, at: string): Promise<number> {
  const told = await readersTold(trx, event.draw);
  return enqueueForReaders(
    trx,
    event,
    told.filter(({ notify }) => notify.includes('correction')),
    at,
  );
}
