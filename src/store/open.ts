// Opens the SQLite database: settings, migrations, and the one kind of transaction we use.

import { closeSync, mkdirSync, openSync } from 'node:fs';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { CompiledQuery, type Driver, Kysely, SqliteDialect, type Transaction } from 'kysely';
import { InputError, quote } from '../errors.ts';
import { MIGRATIONS } from './migrations.ts';
import type { Db, Schema } from './schema.ts';

/** How long to wait for another process that is writing, in milliseconds. */
const BUSY = 10_000;

/**
 * Opens (and makes, when there is none) the database at `file`; `:memory:` for one that is gone afterwards.
 * Throws `InputError` when the file is no database, or one of a newer drawbell.
 */
export function openStore(file: string): Db {
  if (file !== ':memory:') makeFolder(path.dirname(path.resolve(file)));
  const sqlite = openFile(file);
  try {
    sqlite.pragma('journal_mode = WAL');
    sqlite.pragma('synchronous = FULL');
    sqlite.pragma('foreign_keys = ON');
    migrate(sqlite, file);
  } catch (error) {
    sqlite.close();
    throw asInputError(error, file);
  }
  return new Kysely<Schema>({ dialect: immediateTransactions(new SqliteDialect({ database: sqlite })) });
}

/** Everything `work` writes, or nothing of it. Never wait for the network inside. */
export function inTransaction<Result>(
  db: Db,
  work: (trx: Transaction<Schema>) => Promise<Result>,
): Promise<Result> {
  return db.transaction().execute(work);
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (cause) {
    throw databaseFault('a folder that can be made and written', `${quote(folder)}: ${messageOf(cause)}`);
  }
}

function openFile(file: string): Sqlite.Database {
  try {
    // It holds addresses and scores: a new one is readable by its owner only.
    if (file !== ':memory:') closeSync(openSync(file, 'a', 0o600));
    return new Sqlite(file, { timeout: BUSY });
  } catch (error) {
    throw databaseFault('a SQLite database, or a place for one', `${quote(file)}: ${messageOf(error)}`);
  }
}

function migrate(sqlite: Sqlite.Database, file: string): void {
  if (version(sqlite) === MIGRATIONS.length) return;
  // Asked again inside the transaction: another process may have migrated meanwhile.
  sqlite
    .transaction(() => {
      const done = version(sqlite);
      if (done > MIGRATIONS.length) {
        const expected = `a database of this drawbell or an older one (format ${MIGRATIONS.length} at most)`;
        throw databaseFault(expected, `${quote(file)} of format ${done}`);
      }
      for (const migration of MIGRATIONS.slice(done)) sqlite.exec(migration);
      sqlite.pragma(`user_version = ${MIGRATIONS.length}`);
    })
    .immediate();
}

function version(sqlite: Sqlite.Database): number {
  return sqlite.pragma('user_version', { simple: true }) as number;
}

function asInputError(error: unknown, file: string): unknown {
  const code = (error as { code?: string }).code ?? '';
  if (!/^SQLITE_(NOTADB|CORRUPT|READONLY|CANTOPEN|IOERR)/.test(code)) return error;
  return databaseFault('a SQLite database that can be written', `${quote(file)}: ${messageOf(error)}`);
}

function databaseFault(expected: string, found: string): InputError {
  return new InputError('the database cannot be opened', [{ where: 'DRAWBELL_DATABASE', expected, found }]);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/**
 * Transactions take the write lock at their start: one that reads first and writes later would otherwise
 * be refused, not delayed, when another process has written in between.
 */
function immediateTransactions(dialect: SqliteDialect) {
  return {
    createAdapter: () => dialect.createAdapter(),
    createIntrospector: (db: Kysely<unknown>) => dialect.createIntrospector(db),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createDriver: (): Driver => {
      const driver = dialect.createDriver();
      driver.beginTransaction = async (connection) => {
        await connection.executeQuery(CompiledQuery.raw('begin immediate'));
      };
      return driver;
    },
  };
}
