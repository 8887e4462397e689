// What the benches measure with: a part as a process of its own, with the most memory it held, and the median.

import { type SpawnOptions, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const MEMORY = fileURLToPath(new URL('./memory.cjs', import.meta.url));

export interface Measured {
  /** From start to end of the process. */
  milliseconds: number;
  megabytes: number;
  code: number | null;
  stdout: string;
}

export function runMeasured(
  args: readonly string[],
  options: Pick<SpawnOptions, 'cwd' | 'env'> = {},
): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(process.execPath, ['--require', MEMORY, ...args], {
      ...options,
      stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
    });
    let [stdout, kilobytes] = ['', ''];
    child.stdout?.on('data', (chunk) => {
      stdout += chunk;
    });
    child.stdio[3]?.on('data', (chunk) => {
      kilobytes += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      const milliseconds = performance.now() - started;
      resolve({ milliseconds, megabytes: Number(kilobytes) / 1024, code, stdout });
    });
  });
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}
