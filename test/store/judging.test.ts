// Asking a judge about every subscriber, from inside of SQLite.

import { sql } from 'kysely';
import { expect, it } from 'vitest';
import type { Event } from '../../src/event/event.ts';
import { enqueueJudged, type Judge } from '../../src/store/judging.ts';
import type { Db } from '../../src/store/schema.ts';
import { saveSubscribers } from '../../src/store/subscribers.ts';
import { openTestStore } from '../support/store.ts';

const AT = '2026-11-25T16:00:00Z';
const EVENT = { id: 'draw.published/ircc:297' } as Event;

/** Subscribers with these scores, the first with the number 1. */
async function openWith(scores: (number | undefined)[]): Promise<Db> {
  const db = openTestStore();
  // The event is not stored here.
  await sql`PRAGMA foreign_keys = OFF`.execute(db);
  const subscriptions = scores.map((crs, index) => {
    const email = `reader${index}@example.org`;
    return { email, locale: 'en' as const, notify: ['invited'], ...(crs === undefined ? {} : { crs }) };
  });
  await saveSubscribers(db, subscriptions, AT);
  return db;
}

function rowsOf(db: Db) {
  return db
    .selectFrom('outbox')
    .select(['subscriber_id', 'verdict', 'verdict_before'])
    .orderBy('id')
    .execute();
}

it('each subscriber is asked about once, and what is not null is written down', async () => {
  const db = await openWith([500, 510, 520]);
  const asked: unknown[] = [];
  const verdict: Judge = (profile, notify, id) => {
    asked.push([profile, notify, id]);
    return id === 2 ? null : `{"of":${id}}`;
  };

  const queued = await enqueueJudged(db, EVENT, { shortlist: null, verdict }, AT);

  expect(queued).toBe(2);
  expect(asked).toEqual([
    ['{"crs":500}', '["invited"]', 1],
    ['{"crs":510}', '["invited"]', 2],
    ['{"crs":520}', '["invited"]', 3],
  ]);
  expect(await rowsOf(db)).toEqual([
    { subscriber_id: 1, verdict: '{"of":1}', verdict_before: null },
    { subscriber_id: 3, verdict: '{"of":3}', verdict_before: null },
  ]);
});

it('what held before is asked only of those who are told something', async () => {
  const db = await openWith([500, 510]);
  const asked: number[] = [];
  const before: Judge = (_profile, _notify, id) => {
    asked.push(id);
    return '"before"';
  };

  await enqueueJudged(
    db,
    EVENT,
    { shortlist: null, verdict: (_, __, id) => (id === 1 ? null : '"now"'), before },
    AT,
  );

  expect(asked).toEqual([2]);
  expect(await rowsOf(db)).toEqual([{ subscriber_id: 2, verdict: '"now"', verdict_before: '"before"' }]);
});

it('who is below the score of the shortlist is not asked about; who has told none is', async () => {
  const db = await openWith([519, 520, undefined]);
  const asked: number[] = [];
  const verdict: Judge = (_profile, _notify, id) => {
    asked.push(id);
    return null;
  };

  await enqueueJudged(db, EVENT, { shortlist: { score: 520, notices: ['every-draw'] }, verdict }, AT);

  expect(asked).toEqual([2, 3]);
});

it('two statements at a time ask each their own judge', async () => {
  const [one, other] = [await openWith([500]), await openWith([500])];

  await Promise.all([
    enqueueJudged(one, EVENT, { shortlist: null, verdict: () => '"one"' }, AT),
    enqueueJudged(other, EVENT, { shortlist: null, verdict: () => '"other"' }, AT),
  ]);

  expect([await rowsOf(one), await rowsOf(other)]).toMatchObject([
    [{ verdict: '"one"' }],
    [{ verdict: '"other"' }],
  ]);
});

it('a judge that fails ends the statement, with nothing written and its own words', async () => {
  const db = await openWith([500, 510]);
  const verdict: Judge = (_profile, _notify, id) => {
    if (id === 2) throw new RangeError('no such day');
    return '"yes"';
  };

  await expect(enqueueJudged(db, EVENT, { shortlist: null, verdict }, AT)).rejects.toThrow('no such day');
  expect(await rowsOf(db)).toEqual([]);
});
