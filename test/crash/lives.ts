// One life of the program after the other on one stage, each with what it left behind.

import { TOGETHER } from '../../src/journey/books.ts';
import { AT_A_TIME } from '../../src/journey/hand-over.ts';
import type { Ended } from '../support/cli.ts';
import { type Evidence, readEvidence } from './evidence.ts';
import { type Program, startProgram } from './program.ts';
import { type Findings, holdToPromises } from './promises.ts';
import type { Stage } from './stage.ts';

/** `run` is told the instant, `watch` finds it on its clock. */
export type Command = 'run' | 'watch';

export interface Lives {
  /** Starts the program anew, lets things happen to it, and waits for its end. */
  live(now: Date, happening?: Happening): Promise<Ended>;
  /** Notices that have arrived by now. */
  arrived(): number;
  /** A promise of a scenario's own that was broken. */
  blame(fault: string): void;
  /** What all lives together come to. Every notice that is due must have been told by now. */
  judge(): Outcome;
}

export interface Happening {
  during?(program: Program): Promise<unknown>;
  start?: typeof startProgram;
  /** The exit code it is to end with, if it is not killed. */
  code?: number;
}

export interface Outcome extends Findings {
  notices: number;
  kills: number;
}

/** From one start to the next, on the program's clock: longer than any claim lasts, in milliseconds. */
export const BETWEEN = 180_000;

export function openLives(stage: Stage, command: Command = 'run'): Lives {
  const { ledger } = stage;
  const remains = new Map<number, Evidence>();
  const faults: string[] = [];
  let kills = 0;
  let last: Evidence | undefined;
  let program: Program | undefined;
  stage.closing(() => program?.signal('SIGKILL'));
  return {
    async live(now, { during = async () => undefined, start = startProgram, code = 0 } = {}) {
      ledger.nextLife();
      const instant = now.toISOString();
      const started =
        command === 'run'
          ? start(stage, ['run', '--json', '--now', instant])
          : start(stage, ['watch', '--json'], { clock: instant });
      program = started;
      // The end of a process that ended too early is the one to tell of.
      await Promise.race([during(started), started.ended]);
      const ended = await started.ended;
      await stage.quiet();
      last = readEvidence(stage.database, instant);
      remains.set(ledger.life(), last);
      if (ended.code === null) kills += 1;
      else if (ended.code !== code)
        faults.push(`ended with ${ended.code}, not ${code}: ${ended.stderr.trim().slice(0, 300)}`);
      return ended;
    },
    arrived: () => new Set(ledger.arrivals.map(({ notice }) => notice)).size,
    blame(fault) {
      faults.push(fault);
    },
    judge() {
      if (!last) throw new Error('nothing has happened that could be judged');
      const expected = stage.expected(last.told);
      // What each lane had under way, what had ended, and what was being settled.
      const mayRepeat = AT_A_TIME * (stage.endpoints + 1) + 2 * TOGETHER;
      const findings = holdToPromises(expected, ledger.arrivals, remains, mayRepeat);
      const { sent = 0, ...others } = last.statuses;
      if (expected.size !== stage.count) faults.push(`${expected.size} notices meant, not ${stage.count}`);
      if (sent !== expected.size || Object.keys(others).length > 0)
        faults.push(`the outbox says ${JSON.stringify(last.statuses)} of ${expected.size} notices`);
      return { ...findings, notices: expected.size, kills, broken: [...faults, ...findings.broken] };
    },
  };
}
