// Copies of the database: made while it is in use, one a day, and put back in its place.

import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { InputError, quote } from '../errors.ts';
import {
  asInputError,
  BUSY,
  DATABASE,
  damageFault,
  findDamage,
  formatOf,
  isOurs,
  newerFault,
  openUntouched,
  sizeOf,
} from './check.ts';
import { heldBy, inspect } from './inspect.ts';

export interface Backup {
  file: string;
  /** `YYYY-MM-DD`, in UTC. */
  day: string;
  bytes: number;
}

const NOT_BACKED_UP = 'the database cannot be backed up';
const NOT_RESTORED = 'the backup cannot be restored';
/** What SQLite keeps beside a database; together with it they are the database. */
const COMPANIONS = ['-wal', '-shm', '-journal'];

/**
 * Copies the database at `file`, which others may be reading and writing meanwhile, into the one file `to`,
 * readable by its owner only. An earlier one there is replaced, by a whole and checked copy or not at all.
 * Throws `InputError`.
 */
export async function backUp(file: string, to: string): Promise<void> {
  refusePlace(file, to);
  const unfinished = `${to}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    mkdirSync(path.dirname(to), { recursive: true, mode: 0o700 });
    await copySound(file, unfinished, DATABASE, NOT_BACKED_UP);
    renameSync(unfinished, to);
    syncFolder(to);
  } catch (error) {
    removeWhole(unfinished);
    throw asInputError(error, NOT_BACKED_UP, 'the backup', to);
  }
}

/** Where the backup of a day belongs: beside the database. */
export function dailyPlace(database: string, now: Date): string {
  const day = now.toISOString().slice(0, 10);
  return path.join(backupFolder(database), `${path.parse(database).name}-${day}.db`);
}

/**
 * Makes the backup of this day (in UTC) when there is none yet, and removes the oldest beyond `keep`.
 * Returns its name; `null` when there was nothing to do. `keep` 0 turns it off.
 */
export async function backUpDaily(database: string, now: Date, keep: number): Promise<string | null> {
  if (keep === 0 || database === ':memory:') return null;
  const to = dailyPlace(database, now);
  if (existsSync(to)) return null;
  await backUp(database, to);
  rotateBackups(database, keep);
  return to;
}

/** Removes all but the newest `keep` of the daily backups, and what killed ones have left unfinished. */
export function rotateBackups(database: string, keep: number): void {
  for (const { file } of listBackups(database).slice(keep)) rmSync(file, { force: true });
  const [newest] = listBackups(database);
  for (const { name, day, rest } of ownFiles(database)) {
    // One of this day may be in the making.
    if (rest !== '' && newest && day < newest.day) {
      rmSync(path.join(backupFolder(database), name), { force: true });
    }
  }
}

/** The daily backups, newest first. */
export function listBackups(database: string): Backup[] {
  return ownFiles(database)
    .filter(({ rest }) => rest === '')
    .map(({ name, day }) => {
      const file = path.join(backupFolder(database), name);
      return { file, day, bytes: sizeOf(file) };
    })
    .sort((a, b) => (a.day < b.day ? 1 : -1));
}

/**
 * Puts a copy of `from` in the place of the database. What was there, damaged or not, is kept beside it with
 * whatever belongs to it: `kept` is its name, `null` when nothing was there. If anything fails, all is as before.
 * Throws `InputError`.
 */
export async function restore(database: string, from: string, now: Date): Promise<{ kept: string | null }> {
  refuseRestore(database, from, now);
  const copy = `${database}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    mkdirSync(path.dirname(path.resolve(database)), { recursive: true });
    await copySound(from, copy, 'the backup', NOT_RESTORED);
    // Copying takes its time: somebody may have begun to work with it.
    refuseHeld(database, now);
    settle(database);
    const kept = putInPlace(copy, database, now);
    syncFolder(database);
    return { kept };
  } catch (error) {
    removeWhole(copy);
    throw asInputError(error, NOT_RESTORED, DATABASE, database);
  }
}

/** A checked copy that is one file, and is on the disk when this returns. */
async function copySound(from: string, to: string, where: string, what: string): Promise<void> {
  let source: Sqlite.Database | undefined;
  try {
    closeSync(openSync(to, 'wx', 0o600));
    source = openUntouched(from);
    if (!isOurs(source)) {
      const found = `${quote(from, 300)}: a SQLite database without the tables of one`;
      throw new InputError(what, [{ where, expected: "a drawbell's database", found }]);
    }
    const newer = newerFault(where, from, formatOf(source));
    if (newer) throw new InputError(what, [newer]);
    // The state of this instant: otherwise each change by somebody else would start the copy anew.
    source.exec('BEGIN');
    formatOf(source);
    await source.backup(to);
  } catch (error) {
    throw asInputError(error, what, where, from);
  } finally {
    source?.close();
  }
  const copy = new Sqlite(to);
  try {
    const said = findDamage(copy, 'thorough');
    if (said !== null) throw new InputError(what, [damageFault(where, from, said)]);
    copy.pragma('journal_mode = DELETE');
  } finally {
    copy.close();
  }
  syncFile(to);
}

/** A backup must not replace what is in use, nor what is something else. */
function refusePlace(file: string, to: string): void {
  const there = statSync(to, { throwIfNoEntry: false });
  if (!there) return;
  const refuse = (expected: string, found: string) => {
    throw new InputError(NOT_BACKED_UP, [
      { where: 'the backup', expected, found: `${quote(to, 300)}${found}` },
    ]);
  };
  if (isSame(file, to)) refuse('another file than the database', ', which is the database itself');
  if (existsSync(`${to}-wal`)) refuse('a file that is not in use', ', beside which there is a -wal');
  if (!there.isFile()) refuse('a file', ', which is none');
  if (there.size > 0 && !looksLikeDatabase(to)) {
    refuse('a new file, or an earlier backup', ', which is something else');
  }
}

function looksLikeDatabase(file: string): boolean {
  const head = Buffer.alloc(16);
  const handle = openSync(file, 'r');
  try {
    readSync(handle, head, 0, head.length, 0);
  } finally {
    closeSync(handle);
  }
  return head.toString('latin1') === 'SQLite format 3\0';
}

function refuseRestore(database: string, from: string, now: Date): void {
  const refuse = (where: string, expected: string, found: string) => {
    throw new InputError(NOT_RESTORED, [{ where, expected, found }]);
  };
  if (database === ':memory:') refuse(DATABASE, 'a file', 'a database in memory');
  if (!existsSync(from)) refuse('the backup', 'a file', `none at ${quote(from, 300)}`);
  if (isSame(from, database)) refuse('the backup', 'another file than the database', 'the database itself');
  refuseHeld(database, now);
}

function refuseHeld(database: string, now: Date): void {
  const holding = heldBy(database, now);
  if (holding === null) return;
  const { command, until } = holding;
  const expected = `a database that no process works with: stop "drawbell ${command}" first`;
  const found = `one that it works with (if it was killed, wait until ${until})`;
  throw new InputError(NOT_RESTORED, [{ where: DATABASE, expected, found }]);
}

/** Has what waits in the `-wal` written into a sound database, so that its files are parted without loss. */
function settle(database: string): void {
  if (inspect(database).state !== 'sound') return;
  const sqlite = new Sqlite(database, { timeout: BUSY });
  try {
    sqlite.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    sqlite.close();
  }
}

/**
 * The former database gets a second name before it loses its first one: whenever this is cut off, there is a
 * database in its place, so that nobody would start an empty one.
 */
function putInPlace(copy: string, database: string, now: Date): string | null {
  const kept = `${database}.before-restore-${now.toISOString().replaceAll(':', '-')}`;
  const undo: (() => void)[] = [];
  try {
    const wasThere = existsSync(database);
    if (wasThere) keepAs(database, kept, undo);
    // Left where they are, these would be taken for parts of the restored one.
    for (const companion of COMPANIONS) {
      if (existsSync(database + companion)) move(database + companion, kept + companion, undo);
    }
    renameSync(copy, database);
    return wasThere ? kept : null;
  } catch (error) {
    for (const step of undo.reverse()) step();
    throw error;
  }
}

function keepAs(database: string, kept: string, undo: (() => void)[]): void {
  try {
    linkSync(database, kept);
    undo.push(() => rmSync(kept));
  } catch (error) {
    // Not every file system has second names.
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw error;
    move(database, kept, undo);
  }
}

function move(from: string, to: string, undo: (() => void)[]): void {
  renameSync(from, to);
  undo.push(() => renameSync(to, from));
}

function backupFolder(database: string): string {
  return path.join(path.dirname(database), 'backups');
}

/** Daily backups of this database, and of unfinished ones whatever follows their name. */
function ownFiles(database: string): { name: string; day: string; rest: string }[] {
  const prefix = `${path.parse(database).name}-`;
  const folder = backupFolder(database);
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name) => {
    if (!name.startsWith(prefix)) return [];
    const match = /^(\d{4}-\d\d-\d\d)\.db(|\.[0-9a-f]{12}\.tmp(?:-wal|-shm|-journal)?)$/.exec(
      name.slice(prefix.length),
    );
    return match ? [{ name, day: match[1] as string, rest: match[2] as string }] : [];
  });
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [one, other].map((file) => statSync(file, { throwIfNoEntry: false }));
  return a !== undefined && b !== undefined && a.dev === b.dev && a.ino === b.ino;
}

function removeWhole(file: string): void {
  for (const name of [file, ...COMPANIONS.map((companion) => file + companion)])
    rmSync(name, { force: true });
}

function syncFile(file: string): void {
  const handle = openSync(file, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** So that the new name outlives a power cut as well; where a folder cannot be opened there is no such need. */
function syncFolder(file: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(path.dirname(path.resolve(file)), 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
