// Rows that are written by the thousand are what they would be, had each been written alone.

import { expect, it } from 'vitest';
import { insertMany } from '../../src/store/insert-many.ts';
import type { Db } from '../../src/store/schema.ts';
import { openTestStore } from '../support/store.ts';

const EVENT = {
  type: 'draw.published',
  source: 'ircc',
  draw_id: null,
  at: '2024-05-31T16:00:00Z',
  told: 1,
} as const;

const eventOf = (id: string, data = '{}') => ({ ...EVENT, id, data });

async function eventsIn(db: Db) {
  return db.selectFrom('events').selectAll().orderBy('seq').execute();
}

it.each([
  ['looks like a number', '007'],
  ['looks like a large number', '1e999'],
  ['looks like nothing', 'null'],
  ['is empty', ''],
  ['is JSON', '{"a":["b\\u0000",1.50,true,null]}'],
  ['breaks JSON', `"'\\ \\u0041 ]}`],
  ['has control characters', 'a\u0000b\u0001\r\n\u2028'],
  ['is of many scripts', 'Émigré 移民 🇨🇦 \u202eabc'],
  ['is broken off within a character', 'a\ud83c'],
  ['is long', 'é"'.repeat(1_000_000)],
])('text that %s is the same text as it would be alone', async (_, text) => {
  const db = openTestStore();
  await db.insertInto('events').values(eventOf('alone', text)).execute();

  await insertMany(db, 'events', [eventOf('among many', text)]);

  const [alone, amongMany] = await eventsIn(db);
  expect(amongMany?.data === alone?.data).toBe(true);
});

it('numbers stay numbers, and null is null', async () => {
  const db = openTestStore();

  await insertMany(db, 'events', [{ ...eventOf('one'), told: 0 }]);

  expect(await eventsIn(db)).toEqual([{ ...eventOf('one'), told: 0, seq: 1 }]);
});

it('thousands come in the order in which they are given', async () => {
  const db = openTestStore();
  const ids = Array.from({ length: 2_001 }, (_, index) => `event ${(index * 7) % 2_001}`);

  const inserted = await insertMany(
    db,
    'events',
    ids.map((id) => eventOf(id)),
  );

  expect(inserted).toBe(2_001);
  expect((await eventsIn(db)).map(({ id }) => id)).toEqual(ids);
});

it('none is none', async () => {
  const db = openTestStore();

  expect(await insertMany(db, 'events', [])).toBe(0);
  expect(await eventsIn(db)).toEqual([]);
});

it('what is there already is a fault, or stays as it is and is not counted', async () => {
  const db = openTestStore();
  await insertMany(db, 'events', [eventOf('known', 'the first')]);
  const again = [eventOf('new'), eventOf('known', 'the second'), eventOf('new', 'the second')];

  await expect(insertMany(db, 'events', again)).rejects.toThrow('UNIQUE constraint failed');
  const before = await eventsIn(db);
  const inserted = await insertMany(db, 'events', again, 'stays as it is');

  expect(before).toMatchObject([{ id: 'known' }]);
  expect(inserted).toBe(1);
  expect(await eventsIn(db)).toMatchObject([
    { id: 'known', data: 'the first' },
    { id: 'new', data: '{}' },
  ]);
});

it('no other fault is passed over for that', async () => {
  const db = openTestStore();
  const insert = (row: object) => insertMany(db, 'events', [row as never], 'stays as it is');

  await expect(insert({ ...EVENT, id: 'without data' })).rejects.toThrow('NOT NULL constraint failed');
  await expect(insert({ ...eventOf('of no draw'), draw_id: 'ircc:0' })).rejects.toThrow('FOREIGN KEY');
  await expect(insert({ ...eventOf('of a wrong type'), told: 'yes' })).rejects.toThrow('cannot store TEXT');
  expect(await eventsIn(db)).toEqual([]);
});

it('what only a later row names is not lost', async () => {
  const db = openTestStore();

  await insertMany(db, 'events', [eventOf('first'), { ...eventOf('second'), seq: 10 } as never]);

  expect((await eventsIn(db)).map(({ id, seq }) => [id, seq])).toEqual([
    ['first', 1],
    ['second', 10],
  ]);
});
