// The program under the crash test: a process of its own, that can be hit at any moment.

import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Ended } from '../support/cli.ts';
import { clockAt } from '../support/clock.ts';

export const CLI = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));

export interface Program {
  pid: number;
  signal(name: NodeJS.Signals): void;
  /** Resolves with what matches when something like this is written to standard output or error. */
  says(pattern: RegExp): Promise<string>;
  /** `code` is `null` when it was killed. */
  ended: Promise<Ended>;
}

export interface Setting {
  /** The working folder, and the home. */
  folder: string;
  env: Record<string, string>;
}

/** `through`: a command that starts it, with its first arguments. `clock`: the instant at which its clock starts. */
export function startProgram(
  { folder, env }: Setting,
  args: readonly string[],
  { through = [], clock }: { through?: readonly string[]; clock?: string } = {},
): Program {
  const [command = '', ...rest] = [...through, process.execPath, CLI, ...args];
  const shifted = clock === undefined ? {} : clockAt(clock);
  const NODE_COMPILE_CACHE = join(tmpdir(), 'drawbell-compile-cache');
  const child = spawn(command, rest, {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: folder, NODE_COMPILE_CACHE, ...env, ...shifted },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  const listeners = new Set<{ pattern: RegExp; resolve: (found: string) => void }>();
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
      for (const { pattern, resolve } of listeners) {
        const found = pattern.exec(text)?.[0];
        if (found !== undefined) resolve(found);
      }
    });
  }
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...output }));
  });
  return {
    pid: child.pid ?? 0,
    signal: (name) => void child.kill(name),
    says: (pattern) => new Promise((resolve) => listeners.add({ pattern, resolve })),
    ended,
  };
}
