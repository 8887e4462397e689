import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { MIGRATIONS } from '../../src/store/migrations.ts';
import { inTransaction, openStore } from '../../src/store/open.ts';
import { makeFolder, openTestStore } from '../support/store.ts';

test('the database survives a power cut: write-ahead log, full synchronisation, foreign keys on', async () => {
  const db = openTestStore(path.join(makeFolder(), 'new', 'folder', 'drawbell.db'));

  const read = async (pragma: string) =>
    Object.values((await sql.raw(`pragma ${pragma}`).execute(db)).rows[0] as object)[0];

  expect(await read('journal_mode')).toBe('wal');
  expect(await read('synchronous')).toBe(2);
  expect(await read('foreign_keys')).toBe(1);
  expect(await read('user_version')).toBe(MIGRATIONS.length);
});

test('a file that is no database is named, and left as it is', () => {
  const file = path.join(makeFolder(), 'drawbell.db');
  writeFileSync(file, 'my shopping list, which must not be lost'.repeat(100));

  expect(() => openStore(file)).toThrow(InputError);
  expect(() => openStore(file)).toThrow(/DRAWBELL_DATABASE: expected a SQLite database.*drawbell\.db/s);
});

test('a place where no database can be is named', () => {
  const file = path.join(makeFolder(), 'file');
  writeFileSync(file, '');

  expect(() => openStore(path.join(file, 'drawbell.db'))).toThrow(/DRAWBELL_DATABASE: expected a folder/);
});

test('a database of a newer drawbell is refused, not changed', () => {
  const file = path.join(makeFolder(), 'drawbell.db');
  const newer = new Sqlite(file);
  newer.pragma(`user_version = ${MIGRATIONS.length + 1}`);
  newer.close();

  expect(() => openStore(file)).toThrow(/of this drawbell or an older one.*format \d+/s);
});

test('a transaction that fails leaves nothing', async () => {
  const db = openTestStore();
  const endpoint = {
    key: 'ep_1',
    url: 'https://example.org/',
    kind: 'standard' as const,
    secret: '',
    events: null,
  };

  const failing = inTransaction(db, async (trx) => {
    await trx
      .insertInto('endpoints')
      .values({ ...endpoint, created_at: '' })
      .execute();
    throw new Error('something went wrong');
  });

  await expect(failing).rejects.toThrow('something went wrong');
  expect(await db.selectFrom('endpoints').selectAll().execute()).toEqual([]);
});

test('a transaction waits for another process that is writing, instead of failing after its first read', async () => {
  const file = path.join(makeFolder(), 'drawbell.db');
  const db = openTestStore(file);
  const other = openTestStore(file);
  const add = (key: string) => ({
    key,
    url: '',
    kind: 'standard' as const,
    secret: '',
    events: null,
    created_at: '',
  });

  await inTransaction(db, async (trx) => {
    await trx.selectFrom('endpoints').selectAll().execute();
    // Had the lock not been taken at the start, the other process could write here and ours would be refused.
    const refused = spawnSync(process.execPath, ['-e', WRITE_AT_ONCE, file], { encoding: 'utf8' });
    expect(refused.stdout).toBe('SQLITE_BUSY');
    await trx.insertInto('endpoints').values(add('ep_1')).execute();
  });
  await inTransaction(other, (trx) => trx.insertInto('endpoints').values(add('ep_2')).execute());

  expect(
    (await db.selectFrom('endpoints').select('key').orderBy('id').execute()).map((row) => row.key),
  ).toEqual(['ep_1', 'ep_2']);
});

/** Another process that writes without waiting, and prints why it could not. */
const WRITE_AT_ONCE = `
const Sqlite = require(${JSON.stringify(createRequire(import.meta.url).resolve('better-sqlite3'))});
try { new Sqlite(process.argv[1], { timeout: 0 }).exec("delete from endpoints"); process.stdout.write('written'); }
catch (error) { process.stdout.write(error.code); }
`;
