// Opens the SQLite database: settings, migrations, and the one kind of transaction we use.

import { closeSync, mkdirSync, openSync } from 'node:fs';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { CompiledQuery, type Driver, Kysely, SqliteDialect, type Transaction } from 'kysely';
import { type Fault, InputError, quote } from '../errors.ts';
import { remember } from '../remember.ts';
import {
  asInputError,
  BUSY,
  DATABASE,
  damageFault,
  findDamage,
  formatOf,
  newerFault,
  openUntouched,
  sizeOf,
} from './check.ts';
import { addJudging } from './judging.ts';
import { MIGRATIONS } from './migrations.ts';
import type { Db, Schema } from './schema.ts';

export { isDamage } from './check.ts';

const WHAT = 'the database cannot be opened';
/**
 * Up to so many bytes every page is read at each start, at 0.6 ms a megabyte. A larger database is looked at
 * as a whole by the daily backup and the doctor only.
 */
const CHECKED_WHOLE = 16 * 1024 * 1024;
/** Between two tries at what SQLite does not wait for by itself, in milliseconds. */
const AGAIN = 20;

/**
 * Opens (and makes, when there is none) the database at `file`; `:memory:` for one that is gone afterwards.
 * Throws `InputError` when the file is no database, a damaged one, or one of a newer drawbell: it is left as
 * it is, byte for byte.
 */
export function openStore(file: string): Db {
  if (file !== ':memory:') makeFolder(path.dirname(path.resolve(file)));
  const { sqlite, checked } = openFile(file);
  try {
    if (!checked) refuseDamage(sqlite, file);
    useWriteAheadLog(sqlite);
    sqlite.pragma('synchronous = FULL');
    migrate(sqlite, file);
    sqlite.pragma('foreign_keys = ON');
    addJudging(sqlite);
  } catch (error) {
    sqlite.close();
    throw asInputError(error, WHAT, DATABASE, file);
  }
  return closeWith(new Kysely<Schema>({ dialect: immediateTransactions(sqlite) }), sqlite);
}

/** Everything `work` writes, or nothing of it. Never wait for the network inside. */
export function inTransaction<Result>(
  db: Db,
  work: (trx: Transaction<Schema>) => Promise<Result>,
): Promise<Result> {
  return db.transaction().execute(work);
}

/** Kysely by itself leaves a file open that nothing was asked of: whoever comes next would find it in use. */
function closeWith(db: Db, sqlite: Sqlite.Database): Db {
  const destroy = db.destroy.bind(db);
  db.destroy = async () => {
    await destroy();
    sqlite.close();
  };
  return db;
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (cause) {
    throw databaseFault({
      where: DATABASE,
      expected: 'a folder that can be made and written',
      found: `${quote(folder, 300)}: ${messageOf(cause)}`,
    });
  }
}

function openFile(file: string): { sqlite: Sqlite.Database; checked: boolean } {
  try {
    // It holds addresses and scores: a new one is readable by its owner only.
    if (file !== ':memory:') closeSync(openSync(file, 'a', 0o600));
    const checked = file === ':memory:' || sizeOf(file) === 0 || isChecked(file);
    return { sqlite: new Sqlite(file, { timeout: BUSY }), checked };
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw databaseFault({
      where: DATABASE,
      expected: 'a SQLite database, or a place for one',
      found: `${quote(file, 300)}: ${messageOf(error)}`,
    });
  }
}

/** Throws when it is damaged; `false` when that cannot be found out without writing. */
function isChecked(file: string): boolean {
  let sqlite: Sqlite.Database | undefined;
  try {
    sqlite = openUntouched(file);
    refuseDamage(sqlite, file);
    return true;
  } catch (error) {
    // A transaction of a killed process has to be taken back first, as it can be between two ways of writing.
    if (/^SQLITE_(READONLY|CANTOPEN)/.test((error as { code?: string }).code ?? '')) return false;
    throw asInputError(error, WHAT, DATABASE, file);
  } finally {
    sqlite?.close();
  }
}

function refuseDamage(sqlite: Sqlite.Database, file: string): void {
  // Without this first look SQLite would not notice that a large file is cut short.
  formatOf(sqlite);
  if (sizeOf(file) > CHECKED_WHOLE) return;
  const said = findDamage(sqlite, 'quick');
  if (said !== null) throw databaseFault(damageFault(DATABASE, file, said));
}

/** Where several processes make one database at once, SQLite refuses all but one, however long they would wait. */
function useWriteAheadLog(sqlite: Sqlite.Database): void {
  const until = performance.now() + BUSY;
  for (;;) {
    try {
      sqlite.pragma('journal_mode = WAL');
      return;
    } catch (error) {
      if ((error as { code?: string }).code !== 'SQLITE_BUSY' || performance.now() >= until) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, AGAIN);
    }
  }
}

function migrate(sqlite: Sqlite.Database, file: string): void {
  if (formatOf(sqlite) === MIGRATIONS.length) return;
  // A migration may rebuild a table that others refer to, which must not empty them.
  sqlite.pragma('foreign_keys = OFF');
  // Asked again inside the transaction: another process may have migrated meanwhile.
  sqlite
    .transaction(() => {
      const done = formatOf(sqlite);
      const newer = newerFault(DATABASE, file, done);
      if (newer) throw databaseFault(newer);
      for (const migration of MIGRATIONS.slice(done)) sqlite.exec(migration);
      const [stray] = sqlite.pragma('foreign_key_check') as { table: string; parent: string }[];
      if (stray) {
        const said = `a row of ${stray.table} refers to one of ${stray.parent} that is not there`;
        throw databaseFault(damageFault(DATABASE, file, said));
      }
      sqlite.pragma(`user_version = ${MIGRATIONS.length}`);
    })
    .immediate();
}

function databaseFault(fault: Fault): InputError {
  return new InputError(WHAT, [fault]);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Statements that are kept prepared, of which a process has few: preparing one takes as long as running it. */
const PREPARED = 200;

/**
 * Transactions take the write lock at their start: one that reads first and writes later would otherwise
 * be refused, not delayed, when another process has written in between.
 */
function immediateTransactions(sqlite: Sqlite.Database) {
  const prepare = remember(PREPARED, (text: string) => sqlite.prepare(text));
  const dialect = new SqliteDialect({ database: { prepare, close: () => sqlite.close() } });
  return {
    createAdapter: () => dialect.createAdapter(),
    createIntrospector: (db: Kysely<unknown>) => dialect.createIntrospector(db),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createDriver: (): Driver => {
      const driver = dialect.createDriver();
      driver.beginTransaction = async (connection) => {
        await connection.executeQuery(CompiledQuery.raw('begin immediate'));
      };
      // Where the disk is full, SQLite has taken the transaction back by itself: the first error is the one to tell.
      driver.rollbackTransaction = async (connection) => {
        if (sqlite.inTransaction) await connection.executeQuery(CompiledQuery.raw('rollback'));
      };
      return driver;
    },
  };
}
