import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import { sql } from 'kysely';
import { expect, onTestFinished, test, vi } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { MIGRATIONS } from '../../src/store/migrations.ts';
import { inTransaction, isDamage, openStore } from '../../src/store/open.ts';
import { makeFolder, openTestStore } from '../support/store.ts';

const LOCK_HOLDER = fileURLToPath(new URL('../crash/lock-holder.ts', import.meta.url));

test('the database survives a power cut: write-ahead log, full synchronisation, foreign keys on', async () => {
  const db = openTestStore(path.join(makeFolder(), 'new', 'folder', 'drawbell.db'));

  const read = async (pragma: string) =>
    Object.values((await sql.raw(`pragma ${pragma}`).execute(db)).rows[0] as object)[0];

  expect(await read('journal_mode')).toBe('wal');
  expect(await read('synchronous')).toBe(2);
  expect(await read('foreign_keys')).toBe(1);
  expect(await read('user_version')).toBe(MIGRATIONS.length);
});

test('the database is let go of when it is closed, also when nothing was asked of it', async () => {
  const file = path.join(makeFolder(), 'drawbell.db');

  await openStore(file).destroy();

  // Whoever is the last to close it takes the log away.
  expect(existsSync(file)).toBe(true);
  expect(existsSync(`${file}-wal`)).toBe(false);
});

test('a new database that another process is making at this moment is waited for', async () => {
  const file = path.join(makeFolder(), 'drawbell.db');
  const holder = spawn(process.execPath, [LOCK_HOLDER, file, '300'], { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => void holder.kill('SIGKILL'));
  holder.stdin.write('lock\n');
  await vi.waitFor(() => expect(String(holder.stdout.read() ?? '')).toContain('locked'), { timeout: 30_000 });

  const db = openTestStore(file);

  const { rows } = await sql<{ journal_mode: string }>`pragma journal_mode`.execute(db);
  expect(rows).toEqual([{ journal_mode: 'wal' }]);
});

test('a file that is no database is named, and left as it is', () => {
  const file = path.join(makeFolder(), 'drawbell.db');
  const list = 'my shopping list, which must not be lost'.repeat(100);
  writeFileSync(file, list);

  expect(() => openStore(file)).toThrow(InputError);
  expect(() => openStore(file)).toThrow(/DRAWBELL_DATABASE: expected a sound SQLite database.*drawbell\.db/s);
  expect(readFileSync(file, 'utf8')).toBe(list);
});

/** What can happen to a file of `PAGE`-sized pages. */
const DAMAGES: Record<string, (bytes: Buffer) => Buffer> = {
  'a header that was overwritten': (bytes) => bytes.fill(0x41, 0, 100),
  'a header with a wrong page size': (bytes) => bytes.fill(0, 16, 18),
  'a schema that was overwritten': (bytes) => bytes.fill(0x7f, 100, 3000),
  'pages that were overwritten in the middle': (bytes) => bytes.fill(0x5a, PAGE * 4, PAGE * 6),
  'an end that is missing': (bytes) => bytes.subarray(0, PAGE * 8),
  'an end that is missing in the middle of a page': (bytes) => bytes.subarray(0, bytes.length - 100),
  'nothing left but a header': (bytes) => bytes.subarray(0, 100),
};

test.each(Object.keys(DAMAGES))('a database with %s is named as damaged, and left as it is', async (kind) => {
  const file = path.join(makeFolder(), 'drawbell.db');
  const sound = await makeFilledDatabase(file);
  const damaged = Buffer.from(DAMAGES[kind]?.(Buffer.from(sound)) ?? sound);
  writeFileSync(file, damaged);

  const opening = () => openStore(file);

  expect(opening).toThrow(InputError);
  expect(opening).toThrow(
    /DRAWBELL_DATABASE: expected a sound SQLite database, found ".*drawbell\.db": damaged \(.+\); "drawbell doctor" says/,
  );
  expect(readFileSync(file).equals(damaged)).toBe(true);
});

test('what a killed process left to be written into a damaged database is left where it is', async () => {
  const file = path.join(makeFolder(), 'drawbell.db');
  const sound = await makeFilledDatabase(file);
  runAndKill(
    file,
    "insert into endpoints (key, url, kind, secret, created_at) values ('ep', '', '', '', '')",
  );
  const waiting = readFileSync(`${file}-wal`);
  const damaged = Buffer.from(sound).fill(0x5a, PAGE * 4, PAGE * 6);
  writeFileSync(file, damaged);

  expect(() => openStore(file)).toThrow(/damaged/);
  expect(readFileSync(file).equals(damaged)).toBe(true);
  expect(waiting.length).toBeGreaterThan(0);
  expect(readFileSync(`${file}-wal`).equals(waiting)).toBe(true);
});

test('a database that is too large to be read whole at each start is still known to be cut short', async () => {
  const file = path.join(makeFolder(), 'drawbell.db');
  await makeFilledDatabase(file);
  const large = new Sqlite(file);
  large.exec(`insert into documents (source, url, status, headers, hash, body, fetched_at)
    values ('ircc', '', 200, '{}', 'large', zeroblob(17000000), '')`);
  large.close();
  truncateSync(file, 16_900_992);

  expect(() => openStore(file)).toThrow(/damaged/);
});

test('a process that was killed before write-ahead logging was on is no damage: its transaction is taken back', async () => {
  const file = path.join(makeFolder(), 'drawbell.db');
  await makeFilledDatabase(file);
  // As a restored backup is, until it is first opened.
  const restored = new Sqlite(file);
  restored.pragma('journal_mode = DELETE');
  restored.close();
  runAndKill(
    file,
    "pragma cache_size = 1; begin; delete from documents; update draws set label = label || 'x'",
  );
  expect(existsSync(`${file}-journal`)).toBe(true);

  const db = openTestStore(file);

  expect(await db.selectFrom('documents').select('hash').execute()).toHaveLength(DOCUMENTS);
});

test('damage that shows only later is told from other troubles', async () => {
  const file = path.join(makeFolder(), 'drawbell.db');
  const sound = await makeFilledDatabase(file);
  const sqlite = new Sqlite(file, { readonly: true });
  const read = (column: string) => () => sqlite.prepare(`select ${column} from documents`).all();

  const mistake = errorOf(read('nonsense'));
  writeFileSync(file, Buffer.from(sound).fill(0x5a, PAGE));
  const damage = errorOf(read('body'));
  sqlite.close();

  expect(damage).toBeInstanceOf(Error);
  expect(isDamage(damage)).toBe(true);
  expect(isDamage(new Error('a look failed', { cause: damage }))).toBe(true);
  expect(mistake).toBeInstanceOf(Error);
  expect(isDamage(mistake)).toBe(false);
  expect(isDamage(null)).toBe(false);
});

test('a database of the first format is renewed without losing a row', async () => {
  const file = path.join(makeFolder(), 'drawbell.db');
  const before = makeFirstFormat(file);

  await openAndClose(file);

  const renewed = new Sqlite(file, { readonly: true });
  for (const [table, rows] of Object.entries(before)) {
    const columns = Object.keys(rows[0] as object);
    const kept = renewed.prepare(`select ${columns.join(', ')} from ${table} order by rowid`).all();
    expect({ table, rows: kept }).toEqual({ table, rows });
  }
  expect(renewed.pragma('foreign_key_check')).toEqual([]);
  expect(renewed.pragma('integrity_check', { simple: true })).toBe('ok');
  renewed.close();
});

test('a database whose rows refer to nothing is not renewed, and left in its format', () => {
  const file = path.join(makeFolder(), 'drawbell.db');
  makeFirstFormat(file);
  const broken = new Sqlite(file);
  broken.pragma('foreign_keys = OFF');
  broken.exec('delete from subscribers');
  broken.close();

  expect(() => openStore(file)).toThrow(
    /damaged \(a row of outbox refers to one of subscribers that is not there\)/,
  );
  const after = new Sqlite(file, { readonly: true });
  expect(after.pragma('user_version', { simple: true })).toBe(1);
  expect(after.prepare('select count(*) from outbox').pluck().get()).toBe(2);
  after.close();
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

const PAGE = 4096;
const DOCUMENTS = 40;

/** A database at rest, of some fifty pages; returns its bytes. */
async function makeFilledDatabase(file: string): Promise<Buffer> {
  await openAndClose(file);
  const sqlite = new Sqlite(file);
  const add = sqlite.prepare(`insert into documents (source, url, status, headers, hash, body, fetched_at)
    values ('ircc', '', 200, '{}', ?, randomblob(3000), '')`);
  for (let number = 0; number < DOCUMENTS; number += 1) add.run(`hash ${number}`);
  sqlite.close();
  return readFileSync(file);
}

function errorOf(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

async function openAndClose(file: string): Promise<void> {
  const db = openStore(file);
  await db.selectFrom('draws').select('id').execute();
  await db.destroy();
}

/** Another process that runs `sql` and is killed with all that it has not tidied up. */
function runAndKill(file: string, sql: string): void {
  const killed = spawnSync(process.execPath, ['-e', RUN_AND_DIE, file, sql], { encoding: 'utf8' });
  expect(killed).toMatchObject({ signal: 'SIGKILL', stderr: '' });
}

/** Every table of the first format with a row at least; returns all rows by table. */
function makeFirstFormat(file: string): Record<string, unknown[]> {
  const sqlite = new Sqlite(file);
  sqlite.pragma('foreign_keys = ON');
  sqlite.exec(MIGRATIONS[0] as string);
  sqlite.pragma('user_version = 1');
  sqlite.exec(FIRST_ROWS);
  const tables = sqlite.prepare("select name from sqlite_schema where type = 'table' order by rowid").pluck();
  const rows = (tables.all() as string[]).map((table) => [
    table,
    sqlite.prepare(`select * from ${table} order by rowid`).all(),
  ]);
  sqlite.close();
  expect(rows.filter(([, of]) => of?.length === 0)).toEqual([]);
  return Object.fromEntries(rows);
}

const FIRST_ROWS = `
insert into documents values (1, 'ircc', 'https://example.org/', 200, '{}', 'abc', x'1f8b', '2024-05-31T16:00:00Z');
insert into looks values ('ircc', 'https://example.org/', '"e"', null, 'abc', '2024-05-31T16:00:00Z', '2024-05-31T16:00:00Z');
insert into draws values ('ircc:297', 'ircc', '297', '2024-05-31', null, 'Canadian Experience Class', 'cec', null,
  '["cec"]', 3000, 'crs', 522, null, null, null, null, 2, 1, '2024-05-31T16:00:00Z', '2024-06-01T16:00:00Z');
insert into draw_revisions values ('ircc:297', 1, '{"cutoff":521}', 1, '2024-06-01T16:00:00Z');
insert into quarantine values ('ircc:298', 'ircc', '[]', 1, '2024-06-01T16:00:00Z');
insert into events values (5, 'ev_1', 'draw.published', 'ircc', 'ircc:297', '2024-05-31T16:00:00Z', 1, '{}');
insert into events values (7, 'ev_2', 'draw.corrected', 'ircc', 'ircc:297', '2024-06-01T16:00:00Z', 1, '{}');
insert into subscribers values (3, 'sub_1', 'Amina@example.org', 'amina@example.org', 'en', 522, '{}', '["invited"]',
  'active', '2024-05-01T00:00:00Z', 'attested', '2024-05-01T00:00:00Z', '2024-05-01T00:00:00Z');
insert into endpoints values (4, 'ep_1', 'https://example.org/', 'standard', 'whsec_x', null, '2024-05-01T00:00:00Z');
insert into outbox values (11, 'ev_1', 'email', 3, null, '{"outcome":"invited","cautions":[],"reasons":[]}', '{"crs":522}', 'queued', 1,
  '2024-05-31T16:05:00Z', null, '2024-05-31T16:00:00Z', null);
insert into outbox values (12, 'ev_2', 'webhook', null, 4, null, null, 'sent', 1,
  '2024-05-31T16:00:00Z', null, '2024-05-31T16:00:00Z', '2024-05-31T16:00:01Z');
insert into deliveries values (21, 11, 1, '2024-05-31T16:00:00Z', 12, 'refused', '450 put off by the mail server');
insert into deliveries values (22, 12, 1, '2024-05-31T16:00:00Z', 7, 'sent', '204');
`;

const RUN_AND_DIE = `
const Sqlite = require(${JSON.stringify(createRequire(import.meta.url).resolve('better-sqlite3'))});
new Sqlite(process.argv[1]).exec(process.argv[2]);
process.kill(process.pid, 'SIGKILL');
`;
