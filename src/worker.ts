// The watch: looks when it is time to, hands over what is due meanwhile, and is the only one to do so.

import { isDue, WHILE_UNCONDITIONAL } from './cadence.ts';
import { type LookReport, lookAtAll } from './cli/run.ts';
import type { Session } from './cli/session.ts';
import { openRounds } from './journey/rounds.ts';
import type { Tally } from './journey.ts';
import { isDamage } from './store/check.ts';
import { isAnyUnconditional } from './store/health.ts';
import { releaseLease, takeLease } from './store/leases.ts';

/** The lease that only the watching process has. */
export const WATCH_LEASE = 'watch';
/** How long a process that died keeps the others out, and how often one that lives says so. Milliseconds. */
export const LEASE_LENGTH = 60_000;
export const HEARTBEAT = 20_000;
/** How long to wait at the end for what is in flight: an orchestrator kills after ten seconds. Milliseconds. */
export const PATIENCE = 9_000;

/** Nothing here looks at a clock of its own: `tick`, `deliver` and `heartbeat` are called from outside. */
export interface Worker {
  /**
   * Looks, if it is time to, and hands over what is due. Looks are not held up by a long delivery: the next call
   * looks while the last one still waits for it. Does nothing while a look is under way. Rejects only when the
   * database is damaged: then the watch is over.
   */
  tick(): Promise<void>;
  /** Does what is to be done for readers and hands over what is due, if this is the process that watches. Rejects as `tick` does. */
  deliver(): Promise<void>;
  /** Keeps the lease, also during a long look, or tries to take it over from one that died. Rejects as `tick` does. */
  heartbeat(): Promise<void>;
  /** Waits for what is in flight, lets go of the lease. `forced`: something was still in flight after all. */
  stop(): Promise<'clean' | 'forced'>;
  state(): WorkerState;
}

export interface WorkerState {
  role: 'starting' | 'watching' | 'standby' | 'stopping';
  /** When the last look was begun, in milliseconds; `null` before the first of this process. */
  lastLook: number | null;
  /** What the last look came to that did not end in a fault of ours. */
  lastReport: LookReport | null;
}

/** What the operator may want to know of; there is a line in the log for each. */
export type Happening =
  | { type: 'watching' }
  | { type: 'standby' }
  | { type: 'looked'; report: LookReport; milliseconds: number }
  | { type: 'delivered'; notices: Tally }
  | { type: 'fault'; error: unknown };

export interface WorkerDeps {
  /** Names this process among all that share the database. */
  holder: string;
  note(happening: Happening): void;
  /** After each tick of the process that watches. */
  afterTick?(now: Date): Promise<void>;
  /** Whether a server ignores what it is asked conditionally. */
  isUnconditional?(): Promise<boolean>;
  /** Milliseconds. */
  patience?: number;
}

export function openWorker(session: Session, deps: WorkerDeps): Worker {
  const { db } = session;
  const { holder, note, patience = PATIENCE, isUnconditional = () => isAnyUnconditional(db) } = deps;
  const stopping = new AbortController();
  const stoppable: Session = {
    ...session,
    signal: session.signal ? AbortSignal.any([session.signal, stopping.signal]) : stopping.signal,
  };
  const state: WorkerState = { role: 'starting', lastLook: null, lastReport: null };
  const rounds = openRounds(stoppable, {
    guard: keepGoing,
    delivered: (notices) => note({ type: 'delivered', notices }),
  });
  let looking: Promise<void> | null = null;
  let beating = false;

  async function holdLease(): Promise<boolean> {
    const now = session.now();
    const until = new Date(now.getTime() + LEASE_LENGTH).toISOString();
    const role = (await takeLease(db, WATCH_LEASE, holder, now.toISOString(), until))
      ? 'watching'
      : 'standby';
    if (stopping.signal.aborted) return false;
    if (role !== state.role) {
      state.role = role;
      // Whoever watched until now may have died long after its last look.
      state.lastLook = null;
      note({ type: role });
    }
    return role === 'watching';
  }

  async function look(now: number): Promise<void> {
    // Also when it fails: the next try is for the cadence to say.
    state.lastLook = now;
    const report = await lookAtAll(stoppable);
    state.lastReport = report;
    note({ type: 'looked', report, milliseconds: session.now().getTime() - now });
  }

  async function work(): Promise<void> {
    if (!(await holdLease())) return;
    const now = session.now().getTime();
    const atLeast = (await isUnconditional()) ? WHILE_UNCONDITIONAL : 1;
    if (isDue(session.config.cadence, state.lastLook, now, atLeast)) await keepGoing(() => look(now));
    if (!stopping.signal.aborted) await deps.afterTick?.(session.now());
  }

  /** A fault is told and the watch goes on, except where going on could only make things worse. */
  async function keepGoing(task: () => Promise<void>): Promise<void> {
    try {
      await task();
    } catch (error) {
      if (isDamage(error)) throw error;
      note({ type: 'fault', error });
    }
  }

  async function tick(): Promise<void> {
    if (looking || stopping.signal.aborted) return;
    looking = keepGoing(work).finally(() => {
      looking = null;
    });
    await looking;
    await deliver();
  }

  async function deliver(): Promise<void> {
    if (state.role !== 'watching' || stopping.signal.aborted) return;
    await rounds.run();
  }

  async function heartbeat(): Promise<void> {
    if (state.role === 'standby') return tick();
    if (state.role !== 'watching' || beating || stopping.signal.aborted) return;
    beating = true;
    try {
      await keepGoing(async () => {
        await holdLease();
      });
    } finally {
      beating = false;
    }
  }

  async function stop(): Promise<'clean' | 'forced'> {
    state.role = 'stopping';
    stopping.abort();
    const ended = await endsWithin(Promise.all([looking, rounds.ended()]), patience);
    try {
      await releaseLease(db, WATCH_LEASE, holder);
    } catch (error) {
      // That the database is damaged is why the watch ends, and has been told.
      if (!isDamage(error)) note({ type: 'fault', error });
    }
    return ended ? 'clean' : 'forced';
  }

  return { tick, deliver, heartbeat, stop, state: () => ({ ...state }) };
}

/** Whether it ended, well or not, before so many milliseconds were over. */
export function endsWithin(work: Promise<unknown>, milliseconds: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), milliseconds);
    const end = () => {
      clearTimeout(timer);
      resolve(true);
    };
    work.then(end, end);
  });
}
