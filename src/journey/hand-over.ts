// outbox -> delivered, as a whole: many lanes side by side, each attempt settled within moments of its end.

import type { DueNotice, Ended, Settlement } from '../match/notice.ts';
import { attempt } from '../notify/deliver.ts';
import { LONGEST_PAUSE } from '../notify/retry.ts';
import { findLanes, forgiveClock, type Lane, LEASE } from '../store/lanes.ts';
import { type Books, openBooks } from './books.ts';
import type { Deps } from './deps.ts';

/** How many notices were last heard of as sent, waiting for another attempt, or given up. */
export type Tally = Record<'sent' | 'queued' | 'failed', number>;

/** Hands over whatever is due, for as long as a process lives. */
export interface HandOver {
  /** Begins with everything that is due now. What is under way goes on; nothing is begun twice. */
  wake(): void;
  /**
   * What was handed over since the last time, once nothing is due any more and everything is settled. Rejects with a
   * fault of ours, after what was in flight has ended: what could not be settled is due again when its lease ends.
   */
  idle(): Promise<Tally>;
}

/** Notices of one endpoint under way at a time; of one that is failing, one. */
export const AT_A_TIME = 4;
/** Lanes under way at a time: endpoints that never answer leave room for the others. */
const LANES = 500;
/** Claimed of a lane at a time: few enough that none waits for long. The first time there may be many lanes. */
const BATCH = 100;
const FIRST = 16;
/** What is claimed must be begun while so much of its lease is left, in milliseconds: an attempt takes less. */
const LONGEST_ATTEMPT = 95_000;
/** After so many failures in a row a lane rests until it is woken: its receiver is not there. */
const PATIENCE = 3;

export function openHandOver(deps: Deps, onProgress?: (tally: Tally) => void): HandOver {
  let tally: Tally = { sent: 0, queued: 0, failed: 0 };
  /** Rows that wait for another attempt: one that succeeds after all is no longer counted as waiting. */
  let waiting = new Set<number>();
  let running: Promise<void> | null = null;
  let woken = false;
  let fault: { error: unknown } | null = null;

  function count({ notice, settlement: { status } }: Ended): void {
    if (waiting.delete(notice.row)) tally.queued -= 1;
    if (status === 'queued') waiting.add(notice.row);
    tally[status] += 1;
    onProgress?.(tally);
  }

  const isOver = () => fault !== null || deps.signal?.aborted === true;
  const fail = (error: unknown) => {
    fault ??= { error };
  };

  async function runWhileWoken(): Promise<void> {
    do await runAll();
    while (woken && !isOver());
  }

  async function runAll(): Promise<void> {
    const now = deps.now();
    await forgiveClock(deps.db, now, new Date(now.getTime() + LONGEST_PAUSE).toISOString());
    const books = openBooks(deps, count);
    const active = new Map<string, Promise<void>>();
    const rested = new Set<string>();
    while (!isOver()) {
      if (woken) rested.clear();
      woken = false;
      const found = await findLanes(deps.db, deps.now());
      const idle = found.filter((lane) => !rested.has(nameOf(lane)) && !active.has(nameOf(lane)));
      const begun = idle.slice(0, LANES - active.size);
      for (const lane of begun) {
        const name = nameOf(lane);
        const run = runLane(lane, books)
          .then((rests) => {
            if (rests) rested.add(name);
          }, fail)
          .finally(() => active.delete(name));
        active.set(name, run);
      }
      if (active.size === 0) break;
      // Somebody called while we were looking.
      if (woken) continue;
      const ends = begun.length < idle.length ? Promise.race(active.values()) : Promise.all(active.values());
      await Promise.race([ends, nextWake()]);
    }
    await Promise.all(active.values());
    await books.flush();
  }

  /** Hands over what is due in a lane, until there is nothing; `true`: something is, but it should rest. */
  async function runLane(lane: Lane, books: Books): Promise<boolean> {
    /** In hand, each with the time until which it must be begun. */
    const claimed: { notice: DueNotice; begunBy: number }[] = [];
    let size = lane.failing ? 1 : FIRST;
    let refill: Promise<void> | null = null;
    let empty = false;
    let failures = 0;
    let rests = false;

    const isDone = () => rests || isOver();

    async function next(): Promise<DueNotice | undefined> {
      while (!isDone()) {
        // More is asked for before the last is taken, so that nobody waits for the disk.
        if (claimed.length <= size / 2 && !empty) {
          refill ??= takeMore()
            .catch(fail)
            .finally(() => {
              refill = null;
            });
        }
        const first = claimed.shift();
        if (first === undefined) {
          if (refill === null) return undefined;
          await refill;
        } else if (performance.now() < first.begunBy) {
          return first.notice;
        } else {
          // It may soon be another's.
          books.release([first.notice]);
          empty = false;
        }
      }
      return undefined;
    }

    async function takeMore(): Promise<void> {
      const count = lane.failing ? 1 : size;
      const notices = await books.claim(lane, count);
      const begunBy = performance.now() + LEASE - LONGEST_ATTEMPT;
      for (const notice of notices) claimed.push({ notice, begunBy });
      empty = notices.length < count;
      size = BATCH;
    }

    async function handOver(): Promise<void> {
      for (let notice = await next(); notice !== undefined; notice = await next()) {
        const settlement = await attempt(notice, deps);
        const { outcome } = settlement.delivery;
        failures = outcome === 'sent' ? 0 : failures + 1;
        if (isDown(lane, settlement) || (lane.channel === 'webhook' && failures >= PATIENCE)) rests = true;
        lane.failing &&= outcome !== 'sent';
        await books.settle({ notice, settlement });
      }
    }

    // Whatever happens to one, the others settle what they have in hand before it is told.
    const workers = await Promise.allSettled(Array.from({ length: atATime(lane) }, handOver));
    await refill;
    books.release(claimed.splice(0).map(({ notice }) => notice));
    await books.flush();
    for (const worker of workers) if (worker.status === 'rejected') throw worker.reason;
    return rests;
  }

  function atATime(lane: Lane): number {
    if (lane.channel === 'email') return lane.failing ? 1 : deps.mailsAtATime;
    return lane.channel !== 'webhook' || lane.failing ? 1 : AT_A_TIME;
  }

  let wakeUp: () => void = () => undefined;
  function nextWake(): Promise<void> {
    return new Promise((resolve) => {
      wakeUp = resolve;
    });
  }

  return {
    wake() {
      woken = true;
      wakeUp();
      running ??= runWhileWoken()
        .catch(fail)
        .finally(() => {
          running = null;
        });
    },
    async idle() {
      while (running) await running;
      const told = tally;
      tally = { sent: 0, queued: 0, failed: 0 };
      waiting = new Set();
      const found = fault;
      fault = null;
      if (found) throw found.error;
      return told;
    },
  };
}

/** Whether it is not worth trying another of the same lane now. */
function isDown({ channel }: Lane, { cause, delivery: { outcome } }: Settlement): boolean {
  if (channel === 'webhook') return cause === 'busy' || cause === 'gone';
  return outcome === 'stopped' || cause === 'policy' || cause === 'unreachable';
}

function nameOf(lane: Lane): string {
  return lane.channel === 'webhook' ? `webhook ${lane.endpoint}` : lane.channel;
}
