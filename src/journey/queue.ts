// events -> verdicts -> outbox: who is told of what. Runs inside the transaction that stores the events.

import type { ChangedDraw } from '../event/detect.ts';
import { type Event, type EventOf, isSourceEvent } from '../event/event.ts';
import { wantsCorrection, wantsDraw } from '../match/preference.ts';
import { judge, type Verdict } from '../match/verdict.ts';
import {
  enqueueForEndpoints,
  enqueueForOperator,
  enqueueForReaders,
  type ReaderNotice,
  readersTold,
} from '../store/outbox.ts';
import type { DbOrTrx } from '../store/schema.ts';
import { activeSubscribers } from '../store/subscribers.ts';

/** Queues a notice of each event for everybody it is meant for; returns how many. */
export async function queueNotices(
  trx: DbOrTrx,
  events: readonly Event[],
  changed: readonly ChangedDraw[],
  operatorMail: boolean,
  at: string,
): Promise<number> {
  let queued = 0;
  const corrections: Correction[] = [];
  for (const event of events) {
    if (!event.told) continue;
    queued += await enqueueForEndpoints(trx, event, at);
    if (isSourceEvent(event)) {
      if (operatorMail) queued += await enqueueForOperator(trx, event, at);
    } else if (event.type === 'draw.published') queued += await queueForReaders(trx, event, at);
    else if (event.type === 'draw.withdrawn') queued += await queueWithdrawal(trx, event, at);
    else if (event.type === 'draw.corrected') {
      const change = changed.find(({ after }) => after.id === event.draw);
      if (change) corrections.push({ event, ...change, ...(await backOf(trx, event)) });
    }
  }
  return queued + (await queueCorrections(trx, corrections, at));
}

type Correction = Pick<ChangedDraw, 'before' | 'after'> & {
  event: EventOf<'draw.corrected'>;
  /** The draw had been taken back: only those who were told of it are to hear that it is there again. */
  back?: { toldTo: ReadonlySet<number> };
};

async function backOf(trx: DbOrTrx, event: EventOf<'draw.corrected'>): Promise<Pick<Correction, 'back'>> {
  if (!event.data.changes.some(({ field }) => field === 'withdrawn')) return {};
  const told = await readersTold(trx, event.draw);
  return { back: { toldTo: new Set(told.map(({ subscriber }) => subscriber)) } };
}

async function queueForReaders(trx: DbOrTrx, event: EventOf<'draw.published'>, at: string): Promise<number> {
  const { draw, special } = event.data;
  let queued = 0;
  for await (const subscribers of activeSubscribers(trx)) {
    const judged = subscribers
      .map(({ id, profile, notify }) => ({ subscriber: id, profile, notify, verdict: judge(draw, profile) }))
      .filter(({ verdict, notify }) => wantsDraw(notify, verdict, special));
    queued += await enqueueForReaders(trx, event, judged, at);
  }
  return queued;
}

/** Those whose verdict changes hear of it, nobody else. Everyone is read once, however many draws changed. */
async function queueCorrections(
  trx: DbOrTrx,
  corrections: readonly Correction[],
  at: string,
): Promise<number> {
  if (corrections.length === 0) return 0;
  let queued = 0;
  for await (const subscribers of activeSubscribers(trx)) {
    for (const { event, before, after, back } of corrections) {
      const judged = subscribers.flatMap(({ id, profile, notify }): ReaderNotice[] => {
        const verdict = judge(after, profile);
        // Of a draw that had been taken back, nothing could be said.
        const verdictBefore: Verdict = back
          ? { draw: after.id, outcome: 'cannot-tell', margin: null, reasons: [] }
          : judge(before, profile);
        if (!wantsCorrection(notify, verdictBefore, verdict) || back?.toldTo.has(id) === false) return [];
        return [{ subscriber: id, profile, verdict, verdictBefore }];
      });
      queued += await enqueueForReaders(trx, event, judged, at);
    }
  }
  return queued;
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
