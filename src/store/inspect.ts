// What can be said of a database without opening it for use: for the doctor, and before a backup is restored.

import type Sqlite from 'better-sqlite3';
import { findDamage, formatOf, isDamage, isOurs, openUntouched, sizeOf } from './check.ts';
import { MIGRATIONS } from './migrations.ts';
import type { Schema } from './schema.ts';

export type Inspection =
  | { state: 'missing' }
  /** It could not be looked at: no right to, or somebody else's lock. */
  | { state: 'closed'; why: string }
  | { state: 'damaged'; said: string }
  /** A SQLite database, but not one of ours. */
  | { state: 'foreign' }
  | { state: 'newer'; format: number }
  | { state: 'sound'; format: number; bytes: number; health: Schema['health'][]; held: number };

/** Reads the whole file, and changes nothing. */
export function inspect(file: string): Inspection {
  if (sizeOf(file) === 0) return { state: 'missing' };
  let sqlite: Sqlite.Database | undefined;
  try {
    sqlite = openUntouched(file);
    const said = findDamage(sqlite, 'thorough');
    if (said !== null) return { state: 'damaged', said };
    const format = formatOf(sqlite);
    if (format > MIGRATIONS.length) return { state: 'newer', format };
    if (!isOurs(sqlite)) return { state: 'foreign' };
    const bytes = sizeOf(file) + sizeOf(`${file}-wal`);
    const current = format === MIGRATIONS.length;
    return {
      state: 'sound',
      format,
      bytes,
      health: current
        ? (sqlite.prepare('SELECT * FROM health ORDER BY source').all() as Schema['health'][])
        : [],
      held: current ? countHeld(sqlite) : 0,
    };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return isDamage(error) ? { state: 'damaged', said: why } : { state: 'closed', why };
  } finally {
    sqlite?.close();
  }
}

function countHeld(sqlite: Sqlite.Database): number {
  return sqlite.prepare("SELECT count(*) FROM quarantine WHERE status = 'held'").pluck().get() as number;
}

/** No lease is longer, in milliseconds: one that is was taken by a clock that was wrong. */
const LONGEST_LEASE = 3_600_000;

/** A process that works with the database for as long as it lives, by the name of its command; `until`: RFC 3339. */
export interface Holding {
  command: 'watch' | 'serve';
  until: string;
}

/** The one that holds a lease on this database; `null` when none does, or nobody can tell. */
export function heldBy(file: string, now: Date): Holding | null {
  if (sizeOf(file) === 0) return null;
  let sqlite: Sqlite.Database | undefined;
  try {
    sqlite = openUntouched(file);
    const leases = sqlite
      .prepare(
        "SELECT name AS command, until FROM leases WHERE name IN ('watch', 'serve') ORDER BY until DESC",
      )
      .all() as Holding[];
    return leases.find(({ until }) => isHeld(until, now)) ?? null;
  } catch {
    // Damaged, or older than leases: nobody can be watching with it.
    return null;
  } finally {
    sqlite?.close();
  }
}

function isHeld(until: string, now: Date): boolean {
  const left = Date.parse(until) - now.getTime();
  return left > 0 && left <= LONGEST_LEASE;
}
