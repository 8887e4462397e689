// The real command, as a whole process, in a fresh folder and with nothing of our own environment.

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));

/** What a command left behind; `code` is `null` when it was killed. */
export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A command on its way. */
export interface Running {
  /** SIGKILL, unless told otherwise. */
  kill(signal?: NodeJS.Signals): void;
  /**
   * What `find` finds in all that there is on standard error, looked at again with each piece that comes, which need not
   * end with a line. Rejects when the command ends before.
   */
  sees<Found>(find: (stderr: string) => Found | undefined): Promise<Found>;
  ended: Promise<Ended>;
}

/** One fresh place where drawbell is installed: commands run in it one after the other share its database. */
export interface Installation {
  /** The working folder, and the home, of every command. */
  folder: string;
  /** What the commands find in their environment; may be changed between them. */
  env: Record<string, string>;
  /** Runs a command to its end. */
  drawbell(...args: string[]): Promise<Ended>;
  /** The same, with something to read on its standard input. */
  drawbellReading(input: string | Uint8Array, ...args: string[]): Promise<Ended>;
  /** Starts a command, to be killed on the way: at the latest when the test is done. */
  start(...args: string[]): Running;
  /** Writes a file into the working folder and returns its name. */
  write(name: string, text: string): string;
}

/** What the test calls when it is over: `onTestFinished` of its context. */
export type Closing = (close: () => void | Promise<void>) => void;

export function openInstallation(closing: Closing, env: Record<string, string> = {}): Installation {
  const folder = mkdtempSync(join(tmpdir(), 'drawbell-cli-'));
  const children = new Map<ChildProcess, Promise<Ended>>();
  closing(async () => {
    for (const child of children.keys()) child.kill('SIGKILL');
    // Until then they may still write into the folder.
    await Promise.allSettled(children.values());
    rmSync(folder, { recursive: true, force: true });
  });

  function start(args: readonly string[], input: string | Uint8Array = ''): Running {
    const child = spawn(process.execPath, [CLI, ...args], { cwd: folder, env: cleanEnvironment() });
    const output = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
    const ended = new Promise<Ended>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code) => {
        children.delete(child);
        resolve({ code, ...output });
      });
    });
    children.set(child, ended);
    // A command that has failed before it read anything closes its input.
    child.stdin.on('error', () => undefined).end(input);

    function sees<Found>(find: (stderr: string) => Found | undefined): Promise<Found> {
      return new Promise((resolve, reject) => {
        function look() {
          try {
            const found = find(output.stderr);
            if (found !== undefined) resolve(found);
          } catch (error) {
            reject(error);
          }
        }
        child.stderr.on('data', look);
        look();
        ended.then(({ stderr }) => reject(new Error(`ended before that was seen:\n${stderr}`)), reject);
      });
    }

    return { kill: (signal = 'SIGKILL') => child.kill(signal), sees, ended };
  }

  function cleanEnvironment(): NodeJS.ProcessEnv {
    // Compiled code is shared, else each command would compile all of it anew.
    const NODE_COMPILE_CACHE = join(tmpdir(), 'drawbell-compile-cache');
    return { PATH: process.env.PATH, HOME: folder, NODE_COMPILE_CACHE, ...installation.env };
  }

  const installation: Installation = {
    folder,
    env,
    drawbell: (...args) => start(args).ended,
    drawbellReading: (input, ...args) => start(args, input).ended,
    start: (...args) => start(args),
    write(name, text) {
      writeFileSync(join(folder, name), text);
      return name;
    },
  };
  return installation;
}

/** The log on standard error; whole lines only: the last may still be on its way. */
export function linesOf(stderr: string): Record<string, unknown>[] {
  return stderr
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
}

/** Standard output as the one JSON document it must be. */
// biome-ignore lint/suspicious/noExplicitAny: what the tests say of it is the check
export function jsonOf({ stdout, stderr }: Ended): any {
  try {
    return JSON.parse(stdout);
  } catch (cause) {
    throw new Error(`expected one JSON document, found:\n${stdout}\nand on standard error:\n${stderr}`, {
      cause,
    });
  }
}
