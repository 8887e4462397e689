// A disk that can be full: a small one in memory where the machine allows it, else a limit to the size of files.

import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type Program, type Setting, startProgram } from './program.ts';

export interface ScarceDisk {
  /** For people. */
  how: string;
  /** Starts the program with its database on this disk; at its end the database is back in its place. */
  start: typeof startProgram;
  fill(program: Program): void;
  free(program: Program): void;
}

const SIZE = '64m';
/** `$1` is where the disk is mounted, `$2` the database, the rest the command. */
const ON_A_SMALL_DISK = `
mount -t tmpfs -o size=${SIZE} none "$1" || exit 99
cp "$2"* "$1/"
disk=$1 database=$2
shift 2
"$@"
code=$?
rm -f "$disk/filler" "$disk"/*-shm "$database"*
cp "$disk"/* "\${database%/*}/"
exit $code`;

/** `null` where the machine has neither. */
export function openScarceDisk(setting: Setting, database: string): ScarceDisk | null {
  const disk = join(setting.folder, 'disk');
  mkdirSync(disk, { recursive: true });
  const mounted = ['-rm', 'sh', '-c', `mount -t tmpfs -o size=${SIZE} none "$1"`, 'sh', disk];
  if (spawnSync('unshare', mounted).status === 0) return smallDisk(disk, database);
  return spawnSync('prlimit', ['--version']).status === 0 ? limitedFiles() : null;
}

function smallDisk(disk: string, database: string): ScarceDisk {
  // Nobody else sees it, but for the way through a process that does.
  const fillerOf = ({ pid }: Program) => `/proc/${pid}/root${disk}/filler`;
  return {
    how: 'a small disk in memory',
    start({ folder, env }, args, options) {
      const there = { folder, env: { ...env, DRAWBELL_DATABASE: join(disk, 'drawbell.db') } };
      const through = ['unshare', '-rm', 'sh', '-c', ON_A_SMALL_DISK, 'sh', disk, database];
      return startProgram(there, args, { ...options, through });
    },
    fill: (program) => fillUp(fillerOf(program)),
    free: (program) => rmSync(fillerOf(program)),
  };
}

function fillUp(file: string): void {
  const filler = openSync(file, 'w');
  try {
    for (const block of [Buffer.alloc(1024 * 1024), Buffer.alloc(4096)])
      while (writeSync(filler, block) === block.length);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  } finally {
    closeSync(filler);
  }
}

/** What is written beyond the limit fails, as it does on a full disk. Node ignores the signal that comes with it. */
function limitedFiles(): ScarceDisk {
  const limit = ({ pid }: Program, size: string) => {
    const { status } = spawnSync('prlimit', ['--pid', String(pid), `--fsize=${size}:`]);
    if (status !== 0) throw new Error('the size of files could not be limited');
  };
  return {
    how: 'a limit to the size of files',
    start: startProgram,
    fill: (program) => limit(program, '0'),
    free: (program) => limit(program, 'unlimited'),
  };
}
