// The outbox as an operator sees it, and what is taken back.

import { describe, expect, it } from 'vitest';
import type { Event } from '../../src/event/event.ts';
import type { Settlement } from '../../src/match/notice.ts';
import type { Verdict } from '../../src/match/verdict.ts';
import { claim } from '../../src/store/claims.ts';
import { addEndpoint } from '../../src/store/endpoints.ts';
import { saveEvents } from '../../src/store/events.ts';
import { findNotice, listNotices } from '../../src/store/notices.ts';
import { enqueueForEndpoints, enqueueForOperator, enqueueForReaders } from '../../src/store/outbox.ts';
import { countTold, dropNotices, statusesOf } from '../../src/store/retries.ts';
import type { Db } from '../../src/store/schema.ts';
import { settle } from '../../src/store/settlements.ts';
import { saveSubscribers } from '../../src/store/subscribers.ts';
import { openTestStore } from '../support/store.ts';

const AT = '2024-05-31T16:00:00.000Z';
const NOW = new Date(AT);
const MAIL = { channel: 'email', failing: false } as const;

/** As it stands in the database; that its draw is not stored plays no part here. */
const EVENT = {
  id: 'draw.published/ircc:297',
  type: 'draw.published',
  source: 'ircc',
  draw: null,
  at: AT,
  told: true,
  data: { draw: { id: 'ircc:297', type: 'cec' }, special: [] },
} as unknown as Event;

const VERDICT: Verdict = {
  draw: 'ircc:297',
  outcome: 'invited',
  margin: 0,
  reasons: [{ code: 'above-cutoff', score: 540, cutoff: 522 }],
  cautions: [],
};

/** Readers 1 to 3 with a notice each (rows 1 to 3), a team (row 4) and the operator (row 5). */
async function openWithNotices(): Promise<{ db: Db; endpoint: string }> {
  const db = openTestStore();
  const readers = ['a', 'b', 'c'].map((name) => ({
    email: `${name}@example.org`,
    locale: 'en' as const,
    notify: ['invited'],
    crs: 540,
  }));
  await saveSubscribers(db, readers, AT);
  const { id } = await addEndpoint(db, { url: 'https://team.example/', kind: 'standard' }, AT);
  await saveEvents(db, [EVENT]);
  const judged = [1, 2, 3].map((subscriber) => ({ subscriber, verdict: VERDICT, profile: { crs: 540 } }));
  await enqueueForReaders(db, EVENT, judged, AT);
  await enqueueForEndpoints(db, EVENT, AT);
  await enqueueForOperator(db, EVENT, AT);
  return { db, endpoint: id };
}

const ENDED: Settlement = {
  status: 'sent',
  dueAt: null,
  cause: null,
  delivery: { at: AT, milliseconds: 7, outcome: 'sent', detail: '250 taken', status: 250, answer: null },
};
const PUT_OFF: Settlement = {
  ...ENDED,
  status: 'queued',
  dueAt: '2024-05-31T16:00:05.000Z',
  delivery: { ...ENDED.delivery, outcome: 'refused', detail: '451 put off', status: 451 },
};
const CUT_OFF: Settlement = { ...PUT_OFF, delivery: { ...PUT_OFF.delivery, outcome: 'ambiguous' } };

const statuses = async (db: Db) => Object.fromEntries(await statusesOf(db, [1, 2, 3, 4, 5]));

describe('notices', () => {
  it('are listed by recipient', async () => {
    const { db, endpoint } = await openWithNotices();

    const of = async (recipient: Parameters<typeof listNotices>[1]) =>
      (await listNotices(db, recipient)).map(({ id, recipient }) => [id, recipient]);

    expect(await of({ recipient: { subscriber: 2 } })).toEqual([[2, 'subscriber 2']]);
    expect(await of({ recipient: { endpoint } })).toEqual([[4, endpoint]]);
    expect(await of({ recipient: 'operator' })).toEqual([[5, 'operator']]);
    expect(await of({ recipient: { subscriber: 9 } })).toEqual([]);
    expect(await of({ limit: null, status: 'queued', event: EVENT.id })).toHaveLength(5);
  });

  it('are shown with every attempt, the earliest first, and how often one was cut off', async () => {
    const { db } = await openWithNotices();
    const [first] = await claim(db, MAIL, 1, NOW);
    if (first) await settle(db, [{ notice: first, settlement: CUT_OFF }]);
    const [second] = await claim(db, MAIL, 1, new Date('2024-05-31T16:00:06Z'));
    const answer = 'taken \u001b[31m\n';
    const settlement = { ...ENDED, delivery: { ...ENDED.delivery, answer } };
    if (second) await settle(db, [{ notice: { ...second, row: 1, attempt: 2 }, settlement }]);

    const found = await findNotice(db, 1);
    const none = await findNotice(db, 99);

    expect(found?.notice).toMatchObject({ id: 1, status: 'sent', ambiguous: 1, outcome: 'invited' });
    expect(found?.attempts.map(({ attempt, outcome, status }) => [attempt, outcome, status])).toEqual([
      [1, 'ambiguous', 451],
      [2, 'sent', 250],
    ]);
    expect(found?.attempts[1]?.answer).toBe(answer);
    expect(none).toBeUndefined();
  });
});

describe('what is taken back', () => {
  it('is of the notices asked for only, and what its reader told is forgotten', async () => {
    const { db } = await openWithNotices();

    const done = await dropNotices(db, { ids: [2, 4] }, AT);

    const rows = await db.selectFrom('outbox').select(['id', 'profile', 'verdict']).orderBy('id').execute();
    expect(done).toEqual({ dropped: 2, inHand: 0 });
    expect(await statuses(db)).toEqual({ 1: 'queued', 2: 'dropped', 3: 'queued', 4: 'dropped', 5: 'queued' });
    expect(rows[1]?.profile).toBeNull();
    expect(JSON.parse(rows[1]?.verdict ?? '')).toEqual({ ...VERDICT, reasons: [] });
    expect(await claim(db, MAIL, 9, NOW)).toHaveLength(2);
  });

  it('of an event leaves what was sent as it is', async () => {
    const { db } = await openWithNotices();
    const [first] = await claim(db, MAIL, 1, NOW);
    if (first) await settle(db, [{ notice: first, settlement: ENDED }]);

    const told = await countTold(db, EVENT.id);
    const done = await dropNotices(db, { event: EVENT.id }, AT);

    expect(told).toBe(1);
    expect(done).toEqual({ dropped: 4, inHand: 0 });
    expect(await statuses(db)).toEqual({ 1: 'sent', 2: 'dropped', 3: 'dropped', 4: 'dropped', 5: 'dropped' });
    expect(await countTold(db, 'draw.published/ircc:9999')).toBeUndefined();
  });

  it('while it is handed over counts as sent when it arrives, and is never tried again when it does not', async () => {
    const { db } = await openWithNotices();
    const [arrives, putOff] = await claim(db, MAIL, 2, NOW);

    const done = await dropNotices(db, { event: EVENT.id }, AT);
    if (arrives && putOff)
      await settle(db, [
        { notice: arrives, settlement: ENDED },
        { notice: putOff, settlement: PUT_OFF },
      ]);

    expect(done).toEqual({ dropped: 5, inHand: 2 });
    expect(await statuses(db)).toMatchObject({ 1: 'sent', 2: 'dropped', 3: 'dropped' });
    expect(await claim(db, MAIL, 9, new Date('2024-06-09T16:00:00Z'))).toEqual([]);
  });
});
