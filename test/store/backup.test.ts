import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { backUp, backUpDaily, listBackups, restore } from '../../src/store/backup.ts';
import { inspect } from '../../src/store/inspect.ts';
import { MIGRATIONS } from '../../src/store/migrations.ts';
import { makeFolder, openTestStore } from '../support/store.ts';

const NOW = new Date('2024-05-31T16:00:00Z');
const PAGE = 4096;

test('a backup is one sound file for its owner only, with all that was written until then', async () => {
  const { file, add } = await makeDatabase();
  await add('ep_1');
  const to = path.join(path.dirname(file), 'elsewhere', 'copy.db');

  await backUp(file, to);

  expect(inspect(to)).toMatchObject({ state: 'sound', format: MIGRATIONS.length });
  expect(endpointsIn(to)).toEqual(['ep_1']);
  expect(statSync(to).mode & 0o777).toBe(0o600);
  expect(readdirSync(path.dirname(to))).toEqual(['copy.db']);
});

test('a backup holds one moment, though another process writes all the while', async () => {
  const { file } = await makeDatabase();
  // Large enough to be copied in many steps.
  fill(file, 4_000);
  const writer = startWriter(file);
  await once(writer.stdout, 'data');

  const to = path.join(path.dirname(file), 'copy.db');
  const before = countPairs(file);
  await backUp(file, to);
  const after = countPairs(file);
  writer.kill('SIGKILL');
  await once(writer, 'close');

  const copied = countPairs(to);
  expect(inspect(to)).toMatchObject({ state: 'sound' });
  // The writer adds to both tables in one transaction.
  expect(copied.endpoints).toBe(copied.leases);
  expect(copied.endpoints).toBeGreaterThanOrEqual(before.endpoints);
  expect(after.endpoints).toBeGreaterThanOrEqual(copied.endpoints);
});

test('an earlier backup is replaced; the database itself, and what is no database, is not', async () => {
  const { file, add } = await makeDatabase();
  const folder = path.dirname(file);
  const to = path.join(folder, 'copy.db');
  await backUp(file, to);
  await add('ep_1');
  writeFileSync(path.join(folder, 'notes.txt'), 'not to be lost');

  await backUp(file, to);

  expect(endpointsIn(to)).toEqual(['ep_1']);
  await expect(backUp(file, file)).rejects.toThrow(/expected another file than the database/);
  await expect(backUp(file, path.join(folder, 'notes.txt'))).rejects.toThrow(/which is something else/);
  await expect(backUp(file, folder)).rejects.toThrow(InputError);
  expect(readFileSync(path.join(folder, 'notes.txt'), 'utf8')).toBe('not to be lost');
});

test('of a damaged database no backup is made, and none is lost', async () => {
  const { file, close } = await makeDatabase();
  fill(file, 40);
  await close();
  await backUpDaily(file, new Date('2024-05-30T16:00:00Z'), 1);
  damage(file);

  const making = backUpDaily(file, NOW, 1);

  await expect(making).rejects.toThrow(
    /DRAWBELL_DATABASE: expected a sound SQLite database.*"drawbell doctor"/s,
  );
  expect(readdirSync(path.join(path.dirname(file), 'backups'))).toEqual(['drawbell-2024-05-30.db']);
});

test('there is one backup a day, and the oldest go', async () => {
  const { file } = await makeDatabase();
  const folder = path.join(path.dirname(file), 'backups');
  mkdirSync(folder);
  const others = ['drawbell-2024-01-01.db.mine', 'drawbell-other-2024-01-01.db', 'other-2024-01-01.db'];
  for (const name of others) writeFileSync(path.join(folder, name), '');
  // What one that was killed has left.
  writeFileSync(path.join(folder, 'drawbell-2024-05-26.db.0123456789ab.tmp'), '');

  const made: (string | null)[] = [];
  for (const instant of [
    '05-27T23:59:59',
    '05-28T00:00:00',
    '05-28T12:00:00',
    '05-29T12:00:00',
    '05-31T12:00:00',
  ]) {
    made.push(await backUpDaily(file, new Date(`2024-${instant}Z`), 2));
  }

  expect(made.map((name) => name && path.basename(name))).toEqual([
    'drawbell-2024-05-27.db',
    'drawbell-2024-05-28.db',
    null,
    'drawbell-2024-05-29.db',
    'drawbell-2024-05-31.db',
  ]);
  expect(listBackups(file)).toEqual([
    { file: path.join(folder, 'drawbell-2024-05-31.db'), day: '2024-05-31', bytes: expect.any(Number) },
    { file: path.join(folder, 'drawbell-2024-05-29.db'), day: '2024-05-29', bytes: expect.any(Number) },
  ]);
  expect(readdirSync(folder).sort()).toEqual(
    [...others, 'drawbell-2024-05-29.db', 'drawbell-2024-05-31.db'].sort(),
  );
});

test('no daily backup is made when they are turned off, nor of a database in memory', async () => {
  const { file } = await makeDatabase();

  const off = await backUpDaily(file, NOW, 0);
  const memory = await backUpDaily(':memory:', NOW, 7);

  expect([off, memory]).toEqual([null, null]);
  expect(listBackups(file)).toEqual([]);
});

test('a damaged database is replaced by a backup, and kept with all that belongs to it', async () => {
  const { file, add, close } = await makeDatabase();
  fill(file, 40);
  await add('ep_1');
  const backup = (await backUpDaily(file, NOW, 7)) as string;
  await close();
  damage(file);
  const damaged = readFileSync(file);
  writeFileSync(`${file}-wal`, 'what was still to be written');

  const { kept } = await restore(file, backup, NOW);

  expect(kept).toBe(`${file}.before-restore-2024-05-31T16-00-00.000Z`);
  expect(readFileSync(kept as string).equals(damaged)).toBe(true);
  expect(readFileSync(`${kept}-wal`, 'utf8')).toBe('what was still to be written');
  expect(existsSync(`${file}-wal`)).toBe(false);
  expect(endpointsIn(file)).toEqual(['ep_1']);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(existsSync(backup)).toBe(true);
});

test('a sound database is kept whole, also what was not written into its file yet', async () => {
  const { file, add } = await makeDatabase();
  const backup = (await backUpDaily(file, NOW, 7)) as string;
  await add('ep_later');

  const { kept } = await restore(file, backup, NOW);

  expect(endpointsIn(kept as string)).toEqual(['ep_later']);
  expect(endpointsIn(file)).toEqual([]);
});

test('a database that is gone is restored, and its folder with it', async () => {
  const { file, add } = await makeDatabase();
  await add('ep_1');
  const backup = (await backUpDaily(file, NOW, 7)) as string;
  const place = path.join(makeFolder(), 'new', 'drawbell.db');

  const { kept } = await restore(place, backup, NOW);

  expect(kept).toBeNull();
  expect(endpointsIn(place)).toEqual(['ep_1']);
  expect(readdirSync(path.dirname(place))).toEqual(['drawbell.db']);
});

test('a restored database of an older format is renewed when it is opened', async () => {
  const folder = makeFolder();
  const old = new Sqlite(path.join(folder, 'old.db'));
  old.exec(MIGRATIONS[0] as string);
  old.pragma('user_version = 1');
  old.close();

  await restore(path.join(folder, 'drawbell.db'), path.join(folder, 'old.db'), NOW);

  const db = openTestStore(path.join(folder, 'drawbell.db'));
  expect(await db.selectFrom('leases').selectAll().execute()).toEqual([]);
});

/** What cannot be restored, and what is said of it. */
const RUBBISH: Record<string, { make(file: string): void; told: RegExp }> = {
  nothing: { make: () => undefined, told: /the backup: expected a file, found none/ },
  'a folder': { make: (file) => mkdirSync(file), told: /the backup: expected a SQLite database/ },
  'an empty file': { make: (file) => writeFileSync(file, ''), told: /without the tables of one/ },
  'some text': {
    make: (file) => writeFileSync(file, 'a shopping list '.repeat(100)),
    told: /the backup: expected a sound SQLite database.*not a database/,
  },
  'a damaged database': {
    make(file) {
      writeFileSync(file, readFileSync(path.join(path.dirname(file), 'drawbell.db')));
      damage(file);
    },
    told: /the backup: expected a sound SQLite database/,
  },
  "somebody else's database": {
    make(file) {
      const other = new Sqlite(file);
      other.exec('create table recipes (name text)');
      other.close();
    },
    told: /without the tables of one/,
  },
  'a database of a newer drawbell': {
    make(file) {
      writeFileSync(file, readFileSync(path.join(path.dirname(file), 'drawbell.db')));
      const newer = new Sqlite(file);
      newer.pragma(`user_version = ${MIGRATIONS.length + 1}`);
      newer.close();
    },
    told: /of this drawbell or an older one/,
  },
};

test.each(Object.entries(RUBBISH))(
  '%s is not restored, and all stays as it was',
  async (_, { make, told }) => {
    const { file, close } = await makeDatabase();
    fill(file, 40);
    await close();
    const backup = path.join(path.dirname(file), 'rubbish');
    make(backup);
    const before = readFileSync(file);

    const restoring = restore(file, backup, NOW);

    await expect(restoring).rejects.toThrow(InputError);
    await expect(restoring).rejects.toThrow(told);
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(
      readdirSync(path.dirname(file)).filter((name) => !/^(drawbell\.db|rubbish)(-wal|-shm)?$/.test(name)),
    ).toEqual([]);
  },
);

test('when the former database cannot be kept under its name, it stays in its place', async () => {
  const { file, add } = await makeDatabase();
  const backup = (await backUpDaily(file, NOW, 7)) as string;
  await add('ep_1');
  writeFileSync(`${file}.before-restore-2024-05-31T16-00-00.000Z`, 'taken');

  const restoring = restore(file, backup, NOW);

  await expect(restoring).rejects.toThrow(InputError);
  expect(endpointsIn(file)).toEqual(['ep_1']);
});

test.each(['watch', 'serve'])(
  'nothing is restored under a process that works with it; one that died or had a wrong clock is waited for no longer: %s',
  async (name) => {
    const { file, db } = await makeDatabase();
    const backup = (await backUpDaily(file, NOW, 7)) as string;
    const holdUntil = (until: string) =>
      db
        .insertInto('leases')
        .values({ name, holder: 'host:1', since: '2024-05-31T12:00:00.000Z', until })
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ until }))
        .execute();

    await holdUntil('2024-05-31T16:00:59.000Z');
    await expect(restore(file, backup, NOW)).rejects.toThrow(`stop "drawbell ${name}" first`);
    await holdUntil('2034-05-31T16:00:59.000Z');
    const { kept } = await restore(file, backup, NOW);

    expect(kept).not.toBeNull();
  },
);

async function makeDatabase() {
  const file = path.join(makeFolder(), 'drawbell.db');
  const db = openTestStore(file);
  const endpoint = { url: '', kind: 'standard' as const, secret: '', events: null, created_at: '' };
  const add = (key: string) =>
    db
      .insertInto('endpoints')
      .values({ ...endpoint, key })
      .execute();
  await db.selectFrom('endpoints').selectAll().execute();
  return { file, db, add, close: () => db.destroy() };
}

/** Adds documents of about a page each. */
function fill(file: string, documents: number): void {
  const sqlite = new Sqlite(file);
  const add = sqlite.prepare(`insert into documents (source, url, status, headers, hash, body, fetched_at)
    values ('ircc', '', 200, '{}', ?, randomblob(3000), '')`);
  sqlite.transaction(() => {
    for (let number = 0; number < documents; number += 1) add.run(`hash ${number}`);
  })();
  sqlite.close();
}

function damage(file: string): void {
  const bytes = readFileSync(file);
  writeFileSync(file, bytes.fill(0x5a, PAGE * 4, PAGE * 6));
}

function endpointsIn(file: string): unknown[] {
  return read(file, (sqlite) => sqlite.prepare('select key from endpoints order by id').pluck().all());
}

function countPairs(file: string): { endpoints: number; leases: number } {
  return read(file, (sqlite) => {
    const count = (table: string) => sqlite.prepare(`select count(*) from ${table}`).pluck().get() as number;
    sqlite.exec('begin');
    return { endpoints: count('endpoints'), leases: count('leases') };
  });
}

function read<Result>(file: string, work: (sqlite: Sqlite.Database) => Result): Result {
  const sqlite = new Sqlite(file, { readonly: true });
  try {
    return work(sqlite);
  } finally {
    sqlite.close();
  }
}

/** Writes without a pause until it is killed; says so once it has begun. */
function startWriter(file: string) {
  const writer = spawn(process.execPath, ['-e', WRITE_ON_AND_ON, file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => {
    writer.kill('SIGKILL');
  });
  return writer;
}

const WRITE_ON_AND_ON = `
const Sqlite = require(${JSON.stringify(createRequire(import.meta.url).resolve('better-sqlite3'))});
const sqlite = new Sqlite(process.argv[1], { timeout: 10000 });
const one = sqlite.prepare("insert into endpoints (key, url, kind, secret, created_at) values (?, '', '', '', '')");
const other = sqlite.prepare("insert into leases values (?, '', '', '')");
const both = sqlite.transaction((key) => { one.run(key); other.run(key); });
for (let number = 0; ; number += 1) {
  both('key ' + number);
  if (number === 0) require('node:fs').writeSync(1, 'writing');
}
`;
