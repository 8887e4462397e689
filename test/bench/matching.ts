// One round against a million subscribers: full verdicts into the outbox, beside SQLite writing the same rows bare.

import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { median, runMeasured } from './measure.ts';

const PART = fileURLToPath(new URL('./matching-part.ts', import.meta.url));

const SUBSCRIBERS = 1_000_000;
/** A programme, a category with occupations, and a type that returned, of which everybody hears. */
const ROUNDS = ['297', '422', '297 returned'];

export async function benchMatching(
  rounds: number,
  line: (title: string, ...cells: string[]) => void,
): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'drawbell-bench-'));
  const prepared = path.join(folder, 'prepared.db');
  const ready = path.join(folder, 'ready.db');
  const used = path.join(folder, 'used.db');
  try {
    await run('prepare', prepared, String(SUBSCRIBERS));
    for (const round of ROUNDS) {
      // The answers, ready beside the subscribers.
      copyFileSync(prepared, ready);
      await run('match', ready, round);
      await run('keep', ready);
      const samples: { matched: Part; bare: Part }[] = [];
      for (let index = 0; index < rounds; index += 1) {
        copyFileSync(prepared, used);
        const matched = await run('match', used, round);
        copyFileSync(ready, used);
        const bare = await run('bare', used);
        if (bare.rows !== matched.rows) throw new Error(`${bare.rows} rows bare, ${matched.rows} matched`);
        samples.push({ matched, bare });
      }
      const rows = samples[0]?.matched.rows ?? 0;
      line(
        `\n#${round}: ${rows} of ${SUBSCRIBERS} told (${rounds} of each)`,
        'median',
        'least',
        'ratio',
        'memory',
      );
      for (const [name, part] of [
        ['INSERT ... SELECT of the same rows, verdicts ready', 'bare'],
        ['judged and written', 'matched'],
      ] as const) {
        const seconds = samples.map((sample) => sample[part].milliseconds / 1000);
        const ratios = samples.map(({ matched, bare }) => matched.milliseconds / bare.milliseconds);
        line(
          name,
          `${median(seconds).toFixed(2)} s`,
          `${Math.min(...seconds).toFixed(2)} s`,
          part === 'bare' ? '1.0' : median(ratios).toFixed(2),
          `${Math.max(...samples.map((sample) => sample[part].megabytes)).toFixed(0)} MB`,
        );
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Part {
  milliseconds: number;
  rows: number;
  megabytes: number;
}

async function run(...args: string[]): Promise<Part> {
  const { code, stdout, megabytes } = await runMeasured([PART, ...args]);
  if (code !== 0) throw new Error(`${args[0]} ended with ${code}`);
  return { ...JSON.parse(stdout), megabytes };
}
