// What `serve` does beside answering: readers are tended and what is due is handed over, while nobody watches.

import { openRounds } from '../journey/rounds.ts';
import { isHeld, readLease, releaseLease, takeLease } from '../store/leases.ts';
import { endsWithin, type Happening, LEASE_LENGTH, PATIENCE, WATCH_LEASE } from '../worker.ts';
import type { Session } from './session.ts';

/** Among several that serve, the one that delivers. */
export const SERVE_LEASE = 'serve';
/** So much before its end the lease is renewed, in milliseconds: what is done every few seconds need not write each time. */
const RENEWED = 30_000;

/** Nothing here looks at a clock of its own: `deliver` is called from outside. */
export interface Deliverer {
  /** Tends readers and hands over what is due, unless a watch or another one does. Never rejects: a fault is noted. */
  deliver(): Promise<void>;
  /** Waits for what is in flight, and lets go of the lease. `forced`: something was still in flight after all. */
  stop(): Promise<'clean' | 'forced'>;
}

export interface DelivererDeps {
  /** Names this process among all that share the database. */
  holder: string;
  note(happening: Extract<Happening, { type: 'delivered' | 'fault' }>): void;
  /** Milliseconds. */
  patience?: number;
}

export function openDeliverer(
  session: Session,
  { holder, note, patience = PATIENCE }: DelivererDeps,
): Deliverer {
  const { db } = session;
  const stopping = new AbortController();
  const rounds = openRounds(
    { ...session, signal: stopping.signal },
    { guard: keepGoing, delivered: (notices) => note({ type: 'delivered', notices }) },
  );
  let asking: Promise<boolean> | null = null;

  async function isOurs(): Promise<boolean> {
    const now = session.now();
    const at = now.toISOString();
    const until = new Date(now.getTime() + LEASE_LENGTH).toISOString();
    if (isHeld(await readLease(db, WATCH_LEASE), at, until)) return false;
    const mine = await readLease(db, SERVE_LEASE);
    const soon = new Date(now.getTime() + RENEWED).toISOString();
    if (mine?.holder === holder && mine.until > soon && isHeld(mine, at, until)) return true;
    return takeLease(db, SERVE_LEASE, holder, at, until);
  }

  async function keepGoing(task: () => Promise<void>): Promise<void> {
    try {
      await task();
    } catch (error) {
      note({ type: 'fault', error });
    }
  }

  async function deliver(): Promise<void> {
    if (stopping.signal.aborted) return;
    asking ??= isOurs()
      .catch((error: unknown) => {
        note({ type: 'fault', error });
        return false;
      })
      .finally(() => {
        asking = null;
      });
    if ((await asking) && !stopping.signal.aborted) await rounds.run();
  }

  async function stop(): Promise<'clean' | 'forced'> {
    stopping.abort();
    const ended = await endsWithin(Promise.all([asking, rounds.ended()]), patience);
    await keepGoing(() => releaseLease(db, SERVE_LEASE, holder));
    return ended ? 'clean' : 'forced';
  }

  return { deliver, stop };
}
