// Whether a database file is sound, found out without changing a byte of it.

import { statSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { cut, type Fault, InputError, printable, quote } from '../errors.ts';
import { MIGRATIONS } from './migrations.ts';

/** How long to wait for another process that is writing, in milliseconds. */
export const BUSY = 10_000;

/** The variable that names the database, for faults. */
export const DATABASE = 'DRAWBELL_DATABASE';

/** Tables that every database of ours has had from its first format on. */
const OURS = ['documents', 'draws', 'events', 'subscribers', 'endpoints', 'outbox', 'deliveries'];

/** `quick` reads every page once; `thorough` also holds every index against its table. */
export type Thoroughness = 'quick' | 'thorough';

/** Whether SQLite has come upon damage in the file: no retry will mend it, and nothing more may be written. */
export function isDamage(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (/^SQLITE_(CORRUPT|NOTADB)/.test(codeOf(cause) ?? '')) return true;
  }
  return false;
}

/**
 * A connection that leaves the file and what waits to be written into it (`-wal`) as they are, also when it
 * is closed: an ordinary one would tidy up, which destroys what could have been saved of a damaged database.
 */
export function openUntouched(file: string): Sqlite.Database {
  return new Sqlite(file, { readonly: true, fileMustExist: true, timeout: BUSY });
}

/** What is damaged, in SQLite's words; `null` when all is sound. */
export function findDamage(sqlite: Sqlite.Database, how: Thoroughness): string | null {
  try {
    const pragma = how === 'quick' ? 'quick_check(1)' : 'integrity_check(1)';
    const said = String(sqlite.pragma(pragma, { simple: true }));
    return said === 'ok' ? findTornEnd(sqlite) : tidy(said);
  } catch (error) {
    if (isDamage(error)) return tidy((error as Error).message);
    throw error;
  }
}

/** SQLite overlooks it where the last page is cut: whatever is missing counts as zeros. */
function findTornEnd(sqlite: Sqlite.Database): string | null {
  const file = sqlite.name;
  // What waits in one of these may be the missing end.
  if (sqlite.memory || sizeOf(`${file}-wal`) > 0 || sizeOf(`${file}-journal`) > 0) return null;
  const page = sqlite.pragma('page_size', { simple: true }) as number;
  return sizeOf(file) % page === 0 ? null : 'the file ends in the middle of a page';
}

/** In bytes; 0 for a file that is not there. */
export function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

export function formatOf(sqlite: Sqlite.Database): number {
  return sqlite.pragma('user_version', { simple: true }) as number;
}

/** Whether it is a database of drawbell, of whichever format. */
export function isOurs(sqlite: Sqlite.Database): boolean {
  const tables = sqlite.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all();
  return OURS.every((table) => tables.includes(table));
}

/** The fault to tell of damage. How to mend that of the database is the doctor's to say. */
export function damageFault(where: string, file: string, said: string): Fault {
  const advice = where === DATABASE ? '; "drawbell doctor" says how to restore it' : '';
  return {
    where,
    expected: 'a sound SQLite database',
    found: `${quote(file, 300)}: damaged (${said})${advice}`,
  };
}

/** The fault to tell of a database that a newer drawbell has made; `null` when it is none. */
export function newerFault(where: string, file: string, format: number): Fault | null {
  if (format <= MIGRATIONS.length) return null;
  return {
    where,
    expected: `a database of this drawbell or an older one (format ${MIGRATIONS.length} at most)`,
    found: `${quote(file, 300)} of format ${format}`,
  };
}

/** Says what is wrong with a file that should be a database, where that can be said; else passes the error on. */
export function asInputError(error: unknown, what: string, where: string, file: string): unknown {
  if (error instanceof InputError) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (isDamage(error)) return new InputError(what, [damageFault(where, file, tidy(message))]);
  if (!/^(SQLITE_(READONLY|CANTOPEN|IOERR|FULL)|E[A-Z]+$)/.test(codeOf(error) ?? '')) return error;
  const expected = 'a SQLite database, in a place that can be read and written';
  return new InputError(what, [{ where, expected, found: `${quote(file, 300)}: ${tidy(message)}` }]);
}

function codeOf(error: unknown): string | undefined {
  return (error as { code?: string } | null | undefined)?.code;
}

function tidy(said: string): string {
  return cut(printable(said.replace(/\*\*\* in database \w+ \*\*\*/, '')), 200);
}
