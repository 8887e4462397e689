// One round against a million subscribers: full verdicts into the outbox, beside SQLite writing the same rows bare.

import { spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));
const PART = here('./matching-part.ts');
const MEMORY = here('./memory.cjs');

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

/** A part as a process of its own, so that its memory is its own. */
function run(...args: string[]): Promise<Part> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--require', MEMORY, PART, ...args], {
      stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
    });
    let [said, kilobytes] = ['', ''];
    child.stdout?.on('data', (chunk) => {
      said += chunk;
    });
    child.stdio[3]?.on('data', (chunk) => {
      kilobytes += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve({ ...JSON.parse(said), megabytes: Number(kilobytes) / 1024 });
      else reject(new Error(`${args[0]} ended with ${code}`));
    });
  });
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}
