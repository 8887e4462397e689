// readers -> tended, outbox -> delivered: one round at a time, however often it is asked for.

import { tendReaders } from '../journey.ts';
import type { Deps } from './deps.ts';
import { openHandOver, type Tally } from './hand-over.ts';

export interface Rounds {
  /**
   * Tends readers, then hands over what is due. While a round is under way it is joined, and what has become due
   * meanwhile is begun. Rejects with what `guard` lets through.
   */
  run(): Promise<void>;
  /** Resolves, or rejects as `run` does, when nothing is under way. */
  ended(): Promise<unknown>;
}

export interface RoundsDeps {
  /** Does a part of a round, and decides what becomes of a fault in it: the other part is done all the same. */
  guard(task: () => Promise<void>): Promise<void>;
  /** What was handed over, where there was something. */
  delivered(notices: Tally): void;
}

/** Begins nothing once `deps.signal` is aborted. */
export function openRounds(deps: Deps, { guard, delivered }: RoundsDeps): Rounds {
  const handOver = openHandOver(deps);
  let tending: Promise<void> | null = null;
  let delivering: Promise<void> | null = null;
  return {
    async run() {
      tending ??= guard(async () => {
        await tendReaders(deps);
      }).finally(() => {
        tending = null;
      });
      await tending;
      if (deps.signal?.aborted) return;
      handOver.wake();
      delivering ??= guard(async () => {
        const notices = await handOver.idle();
        if (Object.values(notices).some((count) => count > 0)) delivered(notices);
      }).finally(() => {
        delivering = null;
      });
      await delivering;
    },
    ended: () => Promise.all([tending, delivering]),
  };
}
