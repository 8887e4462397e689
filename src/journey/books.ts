// outbox -> delivered: what is claimed and how each attempt ended, written together, a few at a time.

import type { DueNotice, Ended } from '../match/notice.ts';
import { claim, type KnownEvents, release } from '../store/claims.ts';
import type { Lane } from '../store/lanes.ts';
import { inTransaction } from '../store/open.ts';
import { settle } from '../store/settlements.ts';
import { followUp } from './consequences.ts';
import type { Deps } from './deps.ts';

/** Once the database could not be written, it is not any more: every promise rejects with that. */
export interface Books {
  /** Resolves with what was claimed, at the next write. */
  claim(lane: Lane, count: number): Promise<DueNotice[]>;
  /** Resolves at once, or when what ended before is settled, if that is much. */
  settle(ended: Ended): Promise<void>;
  /** Gives claims back that nothing was made of, at the next write. */
  release(notices: readonly DueNotice[]): void;
  /** Resolves when all of it is written. */
  flush(): Promise<void>;
}

/** Attempts that are settled together at most. */
export const TOGETHER = 512;
/**
 * A write waits for the disk, and nothing else is done meanwhile: the next one comes after so many times as long,
 * within these milliseconds.
 */
const SHARE = 10;
const SOONEST = 5;
const LATEST = 100;
/** A write that finds the database locked or the disk full is tried again, so often and after so many milliseconds. */
const TRIES = 20;
const WAIT = 500;

interface Wanted {
  lane: Lane;
  count: number;
  resolve(claimed: DueNotice[]): void;
  reject(error: unknown): void;
}

/** `done` is told of each attempt that is settled. */
export function openBooks(deps: Deps, done: (ended: Ended) => void): Books {
  let ended: Ended[] = [];
  let released: DueNotice[] = [];
  let wanted: Wanted[] = [];
  let writing: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let pause = 0;
  const known: KnownEvents = new Map();

  async function write(): Promise<void> {
    const page = { ended, released, wanted };
    [ended, released, wanted] = [[], [], []];
    if (page.ended.length + page.released.length + page.wanted.length === 0) return;
    const started = performance.now();
    let claimed: DueNotice[][];
    try {
      claimed = await patiently(() => writePage(page));
    } catch (error) {
      for (const { reject } of page.wanted) reject(error);
      throw error;
    }
    pause = Math.min(Math.max(SHARE * (performance.now() - started), SOONEST), LATEST);
    for (const one of page.ended) done(one);
    await giveOut(page.wanted, claimed);
  }

  /** Where others may not hear of it, it is given back: what is in hand already is settled all the same. */
  async function giveOut(asked: readonly Wanted[], claimed: readonly DueNotice[][]): Promise<void> {
    try {
      if (claimed.some((notices) => notices.length > 0)) await deps.beforeHandOver?.();
      for (const [index, { resolve }] of asked.entries()) resolve(claimed[index] ?? []);
    } catch (error) {
      released.push(...claimed.flat());
      for (const { reject } of asked) reject(error);
    }
  }

  function writePage(page: { ended: Ended[]; released: DueNotice[]; wanted: Wanted[] }) {
    return inTransaction(deps.db, async (trx) => {
      if (page.ended.length > 0) {
        await settle(trx, page.ended);
        await followUp(trx, page.ended, deps);
      }
      const rows = page.released.map(({ row }) => row);
      await release(trx, rows);
      const claimed: DueNotice[][] = [];
      for (const { lane, count } of page.wanted)
        claimed.push(await claim(trx, lane, count, deps.now(), known));
      return claimed;
    });
  }

  function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    writing = writing.then(write);
    return writing;
  }

  function writeSoon(): void {
    timer ??= setTimeout(() => {
      flush().catch((error) => {
        // Heard of by whoever settles or flushes next, and by those who wait for a claim that is not written now.
        for (const { reject } of wanted) reject(error);
      });
    }, pause);
  }

  return {
    claim(lane, count) {
      return new Promise((resolve, reject) => {
        wanted.push({ lane, count, resolve, reject });
        writeSoon();
      });
    },
    async settle(one) {
      ended.push(one);
      if (ended.length >= TOGETHER) return flush();
      writeSoon();
    },
    release(notices) {
      released.push(...notices);
      writeSoon();
    },
    flush,
  };
}

/** What passes by itself, as a lock of another process or a full disk, must not lose what was found out. */
async function patiently<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      const { code = '' } = error as { code?: string };
      if (tries >= TRIES || !/^SQLITE_(BUSY|LOCKED|FULL|IOERR)/.test(code)) throw error;
      await new Promise((resolve) => setTimeout(resolve, WAIT));
    }
  }
}
