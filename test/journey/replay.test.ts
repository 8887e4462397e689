// Replay: what an endpoint has not had is queued again, in order, all of it or nothing.

import { describe, expect, it } from 'vitest';
import type { Event, EventType } from '../../src/event/event.ts';
import { exampleEvents } from '../../src/event/examples.ts';
import { replay } from '../../src/journey/replay.ts';
import { disableEndpoint } from '../../src/store/endpoint-health.ts';
import { addEndpoint, listEndpoints } from '../../src/store/endpoints.ts';
import { saveEvents } from '../../src/store/events.ts';
import { listNotices } from '../../src/store/notices.ts';
import { countOutcomes, enqueueForEndpoints } from '../../src/store/outbox.ts';
import type { Db } from '../../src/store/schema.ts';
import { type Settled, settle } from '../../src/store/settlements.ts';
import { openTestStore } from '../support/store.ts';

const NOW = new Date('2024-06-10T12:00:00.000Z');
const TYPES: EventType[] = ['source.failing', 'source.recovered'];

async function addTeam(db: Db, events = TYPES): Promise<string> {
  const wanted = { url: 'https://team.example.org/hooks', kind: 'standard' as const, events };
  return (await addEndpoint(db, wanted, NOW.toISOString())).id;
}

/** An event of a day in June, about no draw. */
function eventOf(day: number, { type = 'source.failing', told = true }: Partial<Event> = {}): Event {
  const example = exampleEvents().find((event) => event.type === type);
  const at = `2024-06-${String(day).padStart(2, '0')}T08:00:00.000Z`;
  return { ...example, id: `june/${day}`, at, told } as Event;
}

async function happen(db: Db, ...events: Event[]): Promise<void> {
  await saveEvents(db, events);
}

async function tell(db: Db, ...events: Event[]): Promise<void> {
  await saveEvents(db, events);
  for (const event of events) await enqueueForEndpoints(db, event, event.at);
}

/** Sets what has become of the notices of some days, as the attempts that are not the matter here would. */
async function mark(
  db: Db,
  status: 'sent' | 'failed' | 'dropped' | 'held',
  ...days: number[]
): Promise<void> {
  const settled_at = status === 'held' ? null : NOW.toISOString();
  await db
    .updateTable('outbox')
    .set({ status, settled_at, attempts: 10, ambiguous: 1 })
    .where(
      'event_id',
      'in',
      days.map((day) => `june/${day}`),
    )
    .execute();
}

/** What is handed over next, in order. */
async function dueNow(db: Db): Promise<{ event: string | null; row: number; attempts: number }[]> {
  return db
    .selectFrom('outbox')
    .select(['event_id as event', 'id as row', 'attempts'])
    .where('status', '=', 'queued')
    .where('lease_until', 'is', null)
    .where('due_at', '<=', NOW.toISOString())
    .orderBy('due_at')
    .orderBy('id')
    .execute();
}

const days = (...numbers: number[]) => numbers.map((day) => `june/${day}`);
const since = (when: string, all = false) => ({ since: when, all });

describe('a replay', () => {
  it('queues what was kept, given up or dropped, and what was never queued, oldest first', async () => {
    const db = openTestStore();
    // A notice of 3 June is never made: the endpoint did not exist. Its row will be the newest.
    await happen(db, eventOf(3));
    const id = await addTeam(db);
    await tell(db, ...[4, 5, 6, 7].map((day) => eventOf(day)));
    await mark(db, 'held', 4);
    await mark(db, 'failed', 5);
    await mark(db, 'dropped', 6);
    await mark(db, 'sent', 7);

    const replayed = await replay(db, id, since('2024-06-01'), NOW);

    const due = await dueNow(db);
    expect(replayed).toMatchObject({ enabled: false, resumeAt: null, inHand: 0 });
    expect(replayed?.rows).toHaveLength(4);
    expect(due.map(({ event }) => event)).toEqual(days(3, 4, 5, 6));
    expect(due.map(({ attempts }) => attempts)).toEqual([0, 0, 0, 0]);
  });

  it('leaves out what happened before, also when the day is the same', async () => {
    const db = openTestStore();
    await happen(db, eventOf(3), eventOf(4), eventOf(5));
    const id = await addTeam(db);

    await replay(db, id, since('2024-06-04T08:00:00.000Z'), NOW);
    const due = await dueNow(db);
    const later = await replay(db, await addTeam(db), since('2024-06-04T08:00:00.001Z'), NOW);

    expect(due.map(({ event }) => event)).toEqual(days(4, 5));
    expect(later?.rows).toHaveLength(1);
  });

  it('leaves out what was told to nobody, and what the endpoint does not want', async () => {
    const db = openTestStore();
    await happen(
      db,
      eventOf(3, { told: false }),
      eventOf(4, { type: 'source.recovered' }),
      eventOf(5),
      eventOf(6, { type: 'source.quiet' }),
    );
    const id = await addTeam(db, ['source.failing']);

    await replay(db, id, since('2024-06-01'), NOW);

    expect((await dueNow(db)).map(({ event }) => event)).toEqual(days(5));
  });

  it('with everything also queues what it had, in the rows it had then, from which the ids are made', async () => {
    const db = openTestStore();
    const id = await addTeam(db);
    await tell(db, eventOf(3), eventOf(4));
    const before = await dueNow(db);
    const settled = (await listNotices(db)).map(
      ({ id: row }): Settled => ({
        notice: { row, attempt: 1 },
        settlement: {
          status: 'sent',
          dueAt: null,
          cause: null,
          delivery: {
            at: NOW.toISOString(),
            milliseconds: 1,
            outcome: 'sent',
            detail: 'answered 204',
            status: 204,
            answer: null,
          },
        },
      }),
    );
    await settle(db, settled);

    const without = await replay(db, id, since('2024-06-01'), NOW);
    const withAll = await replay(db, id, since('2024-06-01', true), NOW);

    expect(without?.rows).toEqual([]);
    expect(withAll?.rows).toHaveLength(2);
    expect(await dueNow(db)).toEqual(before);
    // What was recorded of the first time stays.
    const deliveries = await db.selectFrom('deliveries').select('notice_id').execute();
    expect(deliveries).toHaveLength(2);
  });

  it('enables the endpoint, and says that it did', async () => {
    const db = openTestStore();
    const id = await addTeam(db);
    await disableEndpoint(db, id, 'gone', NOW.toISOString());
    await tell(db, eventOf(3));

    const replayed = await replay(db, id, since('2024-06-01'), NOW);

    const [endpoint] = await listEndpoints(db, NOW.toISOString());
    expect(replayed?.enabled).toBe(true);
    expect(endpoint?.disabled).toBeNull();
    expect((await dueNow(db)).map(({ event }) => event)).toEqual(days(3));
  });

  it('of an endpoint changes nothing of another', async () => {
    const db = openTestStore();
    const [id, other] = [await addTeam(db), await addTeam(db)];
    await tell(db, eventOf(3));
    await mark(db, 'failed', 3);

    await replay(db, id, since('2024-06-01'), NOW);

    const found = await listNotices(db);
    expect(found.find(({ recipient }) => recipient === id)).toMatchObject({ status: 'queued', attempts: 0 });
    expect(found.find(({ recipient }) => recipient === other)).toMatchObject({
      status: 'failed',
      attempts: 10,
    });
  });

  it('takes no heed of what another endpoint has had', async () => {
    const db = openTestStore();
    await addTeam(db);
    await tell(db, eventOf(3));
    await mark(db, 'sent', 3);
    const id = await addTeam(db);

    const replayed = await replay(db, id, since('2024-06-01'), NOW);

    expect(replayed?.rows).toHaveLength(1);
    expect((await dueNow(db)).map(({ event }) => event)).toEqual(days(3));
  });

  it('brings forward what waits for another attempt, but not what is being handed over', async () => {
    const db = openTestStore();
    const id = await addTeam(db);
    await tell(db, eventOf(3), eventOf(4));
    const change = db.updateTable('outbox');
    await change.set({ lease_until: '2024-06-10T12:01:00.000Z' }).where('event_id', '=', 'june/3').execute();
    await change
      .set({ due_at: '2024-06-11T12:00:00.000Z', attempts: 9 })
      .where('event_id', '=', 'june/4')
      .execute();

    const replayed = await replay(db, id, since('2024-06-01', true), NOW);

    expect(replayed).toMatchObject({ rows: [expect.any(Number)], inHand: 1 });
    expect(await dueNow(db)).toMatchObject([{ event: 'june/4', attempts: 0 }]);
  });

  it('takes no heed of a claim that ends later than any can: the clock was wrong', async () => {
    const db = openTestStore();
    const id = await addTeam(db);
    await tell(db, eventOf(3));
    await db.updateTable('outbox').set({ lease_until: '2026-01-01T00:00:00.000Z' }).execute();

    const replayed = await replay(db, id, since('2024-06-01'), NOW);

    expect(replayed?.inHand).toBe(0);
    expect((await dueNow(db)).map(({ event }) => event)).toEqual(days(3));
  });

  it('twice queues nothing twice', async () => {
    const db = openTestStore();
    await happen(db, eventOf(3), eventOf(4));
    const id = await addTeam(db);

    const first = await replay(db, id, since('2024-06-01'), NOW);
    const second = await replay(db, id, since('2024-06-01'), NOW);

    expect(second).toEqual(first);
    expect(await listNotices(db)).toHaveLength(2);
    expect(await countOutcomes(db, first?.rows ?? [])).toEqual({
      queued: 2,
      held: 0,
      sent: 0,
      failed: 0,
      dropped: 0,
    });
  });

  it('that cannot be written as a whole leaves the endpoint disabled', async () => {
    const db = openTestStore();
    await happen(db, eventOf(3));
    const id = await addTeam(db);
    await disableEndpoint(db, id, 'operator', NOW.toISOString());
    await db.schema.createIndex('nothing_new').on('outbox').columns(['channel']).unique().execute();
    await happen(db, eventOf(4));

    await expect(replay(db, id, since('2024-06-01'), NOW)).rejects.toThrow(/UNIQUE/);

    const [endpoint] = await listEndpoints(db, NOW.toISOString());
    expect(endpoint?.disabled).not.toBeNull();
    expect(await listNotices(db)).toEqual([]);
  });

  it('of nobody is none', async () => {
    const db = openTestStore();

    expect(await replay(db, 'ep_nobody', since('2024-06-01'), NOW)).toBeUndefined();
  });
});
