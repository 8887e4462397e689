// From the outbox to delivered, as a whole: lanes that do not wait for each other, and what an attempt means beyond
// its own notice. The channels here do as they are told; the real ones have tests of their own.

import { expect, test } from 'vitest';
import { openHandOver } from '../../src/journey/hand-over.ts';
import { type Deps, deliverDue, type Tally } from '../../src/journey.ts';
import type { DueNotice, Notice } from '../../src/match/notice.ts';
import type { DeliveryResult } from '../../src/notify/channel.ts';
import type { Channels } from '../../src/notify/index.ts';
import { saveDocument } from '../../src/store/documents.ts';
import { saveDraws } from '../../src/store/draws.ts';
import { addEndpoint } from '../../src/store/endpoints.ts';
import { listEvents, saveEvents } from '../../src/store/events.ts';
import { listNotices } from '../../src/store/notices.ts';
import { enqueueForEndpoints, enqueueForReaders } from '../../src/store/outbox.ts';
import type { Db } from '../../src/store/schema.ts';
import { readStop } from '../../src/store/stops.ts';
import { emptyDocument, shippedDraw } from '../draw/history.ts';
import { judgeDraw } from '../match/reference.ts';
import { publishedEvent } from '../notify/sample-notices.ts';
import { subscribe } from '../support/journey.ts';
import { openTestStore } from '../support/store.ts';

const AT = '2024-05-31T16:00:00.000Z';
const SENT: DeliveryResult = { outcome: 'sent', detail: 'answered 204' };

type Answer = (notice: Notice) => DeliveryResult | Promise<DeliveryResult>;

interface Bench extends Deps {
  warnings: string[];
  /** What was tried, in that order. */
  tried: DueNotice[];
  answerWith(answer: Answer): void;
  setClock(instant: string): void;
}

async function openBench(): Promise<Bench> {
  const db = openTestStore();
  const fresh = [297, 298, 299, 300, 301].map((number) => shippedDraw(number));
  await saveDraws(db, { fresh, changed: [] }, await saveDocument(db, emptyDocument(AT)), AT);
  let answer: Answer = () => SENT;
  let now = new Date(AT);
  const tried: DueNotice[] = [];
  const warnings: string[] = [];
  const open = async (name: string) => ({
    name,
    async send(notice: DueNotice) {
      tried.push(notice);
      return answer(notice);
    },
    close: async () => undefined,
  });
  return {
    db,
    channels: { open: open as unknown as Channels['open'], close: async () => undefined },
    now: () => now,
    random: () => 0.5,
    addresses: {},
    userAgent: 'drawbell/test',
    dormantDays: 180,
    alarm: { failures: 3, hours: 6 },
    browser: { executable: null, searchPath: '' },
    operatorMail: true,
    mailsAtATime: 4,
    warn: (message) => warnings.push(message),
    warnings,
    tried,
    answerWith(next) {
      answer = next;
    },
    setClock(instant) {
      now = new Date(instant);
    },
  };
}

async function addTeams(db: Db, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let team = 1; team <= count; team += 1) {
    const { id } = await addEndpoint(db, { url: `https://${team}.example.org/`, kind: 'standard' }, AT);
    ids.push(id);
  }
  return ids;
}

/** Each draw as an event, for every endpoint and every reader. */
async function publish(db: Db, numbers: readonly number[]): Promise<void> {
  const readers = await db.selectFrom('subscribers').selectAll().where('status', '=', 'active').execute();
  for (const number of numbers) {
    const draw = shippedDraw(number);
    const event = { ...publishedEvent(draw, []), at: AT };
    await saveEvents(db, [event]);
    await enqueueForEndpoints(db, event, AT);
    const judged = readers.map(({ id, profile }) => ({
      subscriber: id,
      verdict: judgeDraw(draw, JSON.parse(profile)),
      profile: JSON.parse(profile),
    }));
    await enqueueForReaders(db, event, judged, AT);
  }
}

async function addReaders(db: Db, count: number): Promise<void> {
  for (let reader = 1; reader <= count; reader += 1) await subscribe(db, `reader${reader}@example.org`);
}

const endpointOf = (notice: Notice) => (notice.channel === 'webhook' ? notice.endpoint.id : null);
const statuses = async (db: Db) => (await listNotices(db, { limit: 1_000 })).map(({ status }) => status);

test('an endpoint that does not answer keeps nobody else waiting', async () => {
  const bench = await openBench();
  const [dead] = await addTeams(bench.db, 20);
  await addReaders(bench.db, 20);
  await publish(bench.db, [297, 298]);
  const stuck = Promise.withResolvers<DeliveryResult>();
  const others = Promise.withResolvers<void>();
  let left = 19 * 2 + 20 * 2;
  bench.answerWith((notice) => {
    if (endpointOf(notice) === dead) return stuck.promise;
    left -= 1;
    if (left === 0) others.resolve();
    return SENT;
  });

  const delivering = deliverDue(bench);
  await others.promise;
  stuck.resolve({ outcome: 'refused', detail: 'no answer' });
  const tally = await delivering;

  expect(tally).toEqual({ sent: 78, queued: 2, failed: 0 });
});

test('what is queued while a delivery is under way is begun at once, and nothing is begun twice', async () => {
  const bench = await openBench();
  await addTeams(bench.db, 2);
  await publish(bench.db, [297]);
  const [slow] = (await bench.db.selectFrom('endpoints').select('key').orderBy('id').execute()).map(
    ({ key }) => key,
  );
  const begun = Promise.withResolvers<void>();
  const stuck = Promise.withResolvers<DeliveryResult>();
  const second = Promise.withResolvers<void>();
  bench.answerWith((notice) => {
    if (endpointOf(notice) === slow) {
      begun.resolve();
      return stuck.promise;
    }
    if ('event' in notice && notice.event.draw === 'ircc:298') second.resolve();
    return SENT;
  });
  const handOver = openHandOver(bench);

  handOver.wake();
  await begun.promise;
  await publish(bench.db, [298]);
  handOver.wake();
  await second.promise;
  stuck.resolve(SENT);
  const tally = await handOver.idle();

  expect(tally).toEqual({ sent: 4, queued: 0, failed: 0 });
  const keys = bench.tried.map(({ key }) => key);
  expect(new Set(keys).size).toBe(4);
  expect(keys).toHaveLength(4);
});

test('an endpoint that fails three times in a row is left alone until the next time, its other notices untried', async () => {
  const bench = await openBench();
  await addTeams(bench.db, 1);
  await publish(bench.db, [297, 298, 299, 300, 301]);
  bench.answerWith(() => ({ outcome: 'refused', detail: 'answered 500' }));

  await deliverDue(bench);
  const tried = bench.tried.length;
  bench.answerWith(() => SENT);
  bench.setClock('2024-05-31T16:00:10.000Z');
  await deliverDue(bench);

  expect(tried).toBe(4);
  expect(await statuses(bench.db)).toEqual(Array(5).fill('sent'));
  expect((await listNotices(bench.db)).map(({ attempts }) => attempts).sort()).toEqual([1, 2, 2, 2, 2]);
});

test('an endpoint that asks for a pause gets it for all its notices, the others go on', async () => {
  const bench = await openBench();
  const [busy] = await addTeams(bench.db, 2);
  await publish(bench.db, [297, 298, 299, 300, 301]);
  bench.answerWith((notice) =>
    endpointOf(notice) === busy
      ? { outcome: 'refused', detail: 'answered 429', cause: 'busy', retryAfter: 600 }
      : SENT,
  );

  await deliverDue(bench);
  const before = bench.tried.length;
  bench.answerWith(() => SENT);
  bench.setClock('2024-05-31T16:09:59.000Z');
  const early = await deliverDue(bench);
  bench.setClock('2024-05-31T16:10:00.000Z');
  const later = await deliverDue(bench);

  expect(before).toBe(5 + 4);
  expect([early.sent, later.sent]).toEqual([0, 5]);
});

test('an endpoint that fails for five days is disabled, what waits for it is kept, and the operator is told', async () => {
  const bench = await openBench();
  const [dead] = await addTeams(bench.db, 1);
  await publish(bench.db, [297, 298]);
  bench.answerWith((notice) =>
    notice.channel === 'webhook' ? { outcome: 'refused', detail: 'answered 500' } : SENT,
  );
  await deliverDue(bench);

  await bench.db.updateTable('outbox').set({ due_at: AT }).execute();
  bench.setClock('2024-06-05T15:59:59.999Z');
  await deliverDue(bench);
  const before = await statuses(bench.db);
  await bench.db.updateTable('outbox').set({ due_at: AT }).execute();
  bench.setClock('2024-06-05T16:00:00.000Z');
  await deliverDue(bench);

  expect(before).toEqual(['queued', 'queued']);
  const [event] = await listEvents(bench.db, { type: 'endpoint.disabled' });
  expect(event?.data).toEqual({ endpoint: dead, reason: 'failing', since: AT, detail: 'answered 500' });
  expect(await statuses(bench.db)).toEqual(['sent', 'held', 'held']);
  expect(bench.tried.at(-1)).toMatchObject({ channel: 'operator', event: { type: 'endpoint.disabled' } });
});

test('a mail server that refuses us stops the mails, burns no attempt, and the operator is told once a day', async () => {
  const bench = await openBench();
  await addReaders(bench.db, 50);
  await addTeams(bench.db, 1);
  await publish(bench.db, [297]);
  const refused: DeliveryResult = { outcome: 'stopped', cause: 'policy', detail: '535 sign-in refused' };
  bench.answerWith((notice) => (notice.channel === 'email' ? refused : SENT));

  const first = await deliverDue(bench);
  const triedFirst = bench.tried.filter(({ channel }) => channel === 'email').length;
  const meanwhile = await deliverDue(bench);
  bench.setClock('2024-05-31T16:00:06.000Z');
  await deliverDue(bench);
  const triedLater = bench.tried.filter(({ channel }) => channel === 'email').length - triedFirst;

  expect(triedFirst).toBe(4);
  expect(triedLater).toBe(1);
  expect(meanwhile).toEqual({ sent: 0, queued: 0, failed: 0 });
  expect(first).toMatchObject({ sent: 2, failed: 0 });
  expect(await listEvents(bench.db, { type: 'mail.stopped' })).toHaveLength(1);
  const waiting = await listNotices(bench.db, { status: 'queued', limit: 100 });
  expect(waiting).toHaveLength(50);
  expect(new Set(waiting.map(({ attempts }) => attempts))).toEqual(new Set([0]));

  bench.answerWith(() => SENT);
  bench.setClock('2024-05-31T16:01:00.000Z');
  const last = await deliverDue(bench);

  expect(last).toEqual({ sent: 51, queued: 0, failed: 0 });
  expect(await readStop(bench.db, 'email')).toBeUndefined();
  expect(bench.tried.at(-1)).toMatchObject({ channel: 'operator', event: { type: 'mail.resumed' } });
});

test('a mail server out of reach is told to the operator only after an hour', async () => {
  const bench = await openBench();
  await addReaders(bench.db, 1);
  await publish(bench.db, [297]);
  bench.answerWith((notice) =>
    notice.channel === 'email'
      ? { outcome: 'stopped', cause: 'unreachable', detail: 'connection refused' }
      : SENT,
  );

  await deliverDue(bench);
  bench.setClock('2024-05-31T16:59:59.000Z');
  await deliverDue(bench);
  const early = await listEvents(bench.db, { type: 'mail.stopped' });
  bench.setClock('2024-05-31T17:10:00.000Z');
  await deliverDue(bench);

  expect(early).toEqual([]);
  const [event] = await listEvents(bench.db, { type: 'mail.stopped' });
  expect(event?.data).toMatchObject({ since: AT, cause: 'unreachable', reason: 'connection refused' });
});

test('one reader whom a policy keeps out does not keep the others out', async () => {
  const bench = await openBench();
  await addReaders(bench.db, 10);
  await publish(bench.db, [297]);
  bench.answerWith((notice) =>
    notice.channel === 'email' && notice.reader.email === 'reader1@example.org'
      ? { outcome: 'refused', cause: 'policy', detail: '550 5.7.1' }
      : SENT,
  );

  await deliverDue(bench);
  const stopped = await readStop(bench.db, 'email');
  const before = bench.tried.filter(({ channel }) => channel === 'email').length;
  bench.setClock('2024-05-31T16:00:06.000Z');
  await deliverDue(bench);
  bench.setClock('2024-05-31T16:00:30.000Z');
  await deliverDue(bench);

  // The three that were under way beside it went through, which ends nothing.
  expect(stopped).toMatchObject({ cause: 'policy', pauses: 1 });
  expect(before).toBe(4);
  const notices = await listNotices(bench.db);
  expect(
    notices.filter(({ status, recipient }) => status === 'sent' && recipient !== 'operator'),
  ).toHaveLength(9);
});

test('an address that is refused for good gets nothing any more, and its waiting notices are dropped', async () => {
  const bench = await openBench();
  await addReaders(bench.db, 2);
  await publish(bench.db, [297, 298]);
  await bench.db
    .updateTable('outbox')
    .set({ due_at: '2024-05-31T17:00:00.000Z', attempts: 1 })
    .where('event_id', '=', 'draw.published/ircc:298')
    .execute();
  bench.answerWith((notice) =>
    notice.channel === 'email' && notice.reader.email === 'reader1@example.org'
      ? { outcome: 'failed', cause: 'address', detail: '550 5.1.1' }
      : SENT,
  );

  await deliverDue(bench);
  bench.setClock('2024-05-31T17:00:00.000Z');
  await deliverDue(bench);
  await publish(bench.db, [299]);

  const notices = await listNotices(bench.db);
  const ofFirst = notices.filter(({ recipient }) => recipient === 'subscriber 1');
  expect(ofFirst.map(({ status }) => status)).toEqual(['dropped', 'failed']);
  expect(notices.filter(({ recipient }) => recipient === 'subscriber 2')).toHaveLength(3);
});

test('what may have arrived is tried once more with the same id, then given up, and both are marked', async () => {
  const bench = await openBench();
  await addReaders(bench.db, 1);
  await publish(bench.db, [297]);
  bench.answerWith(() => ({ outcome: 'ambiguous', detail: 'connection lost after the message' }));

  const first = await deliverDue(bench);
  bench.setClock('2024-05-31T16:00:10.000Z');
  const second = await deliverDue(bench);

  expect([first.queued, second.failed]).toEqual([1, 1]);
  expect(bench.tried[0]?.key).toBe(bench.tried[1]?.key);
  const rows = await bench.db.selectFrom('outbox').select(['status', 'ambiguous']).execute();
  expect(rows).toEqual([{ status: 'failed', ambiguous: 2 }]);
  const outcomes = await bench.db.selectFrom('deliveries').select('outcome').execute();
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(['ambiguous', 'ambiguous']);
});

test('a clock that was set back an hour keeps nothing waiting: neither what is new nor what a dead process had', async () => {
  const bench = await openBench();
  await addTeams(bench.db, 2);
  await publish(bench.db, [297, 298]);
  await bench.db
    .updateTable('outbox')
    .set({ lease_until: '2024-05-31T16:02:00.000Z', attempts: 1 })
    .where('event_id', '=', 'draw.published/ircc:297')
    .execute();

  bench.setClock('2024-05-31T15:00:00.000Z');
  const tally = await deliverDue(bench);

  expect(tally).toEqual({ sent: 4, queued: 0, failed: 0 });
});

test('a process that is to end gives back what it has claimed and not begun', async () => {
  const bench = await openBench();
  const stop = new AbortController();
  await addReaders(bench.db, 30);
  await publish(bench.db, [297]);
  bench.answerWith(() => {
    stop.abort();
    return SENT;
  });

  const { sent } = await deliverDue({ ...bench, signal: stop.signal });
  const claims = await bench.db
    .selectFrom('outbox')
    .select(['attempts', 'lease_until'])
    .where('status', '=', 'queued')
    .execute();
  bench.answerWith(() => SENT);
  const rest = await deliverDue(bench);

  expect(sent).toBe(4);
  expect(claims).toEqual(Array(26).fill({ attempts: 0, lease_until: null }));
  expect(rest.sent).toBe(26);
});

test('others are told before anything is handed over, and only where there is something', async () => {
  const bench = await openBench();
  // As many as are claimed the first time, so that it is asked once more whether there are others.
  await addReaders(bench.db, 16);
  await publish(bench.db, [297]);
  const calls: number[] = [];
  const beforeHandOver = async () => {
    calls.push(bench.tried.length);
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    calls.push(bench.tried.length);
  };

  const { sent } = await deliverDue({ ...bench, beforeHandOver });

  expect(sent).toBe(16);
  expect(calls).toEqual([0, 0]);
});

test('what others could not be told of first is given back, and what is in hand already is settled all the same', async () => {
  const bench = await openBench();
  await addReaders(bench.db, 40);
  await publish(bench.db, [297]);
  const { promise: refused, resolve: refuse } = Promise.withResolvers<void>();
  let pages = 0;
  const beforeHandOver = async () => {
    pages += 1;
    if (pages === 1) return expect(bench.tried).toEqual([]);
    refuse();
    throw new Error('not taken');
  };
  // Those of the first page that are begun while the second is asked for end after its refusal.
  bench.answerWith(async () => {
    if (bench.tried.length > 8) await refused;
    return SENT;
  });

  await expect(deliverDue({ ...bench, beforeHandOver })).rejects.toThrow('not taken');

  const told = bench.tried.length;
  expect(told).toBeGreaterThan(8);
  expect(told).toBeLessThanOrEqual(16);
  const rows = await bench.db.selectFrom('outbox').select(['status', 'attempts', 'lease_until']).execute();
  expect(rows.filter(({ status }) => status === 'sent')).toHaveLength(told);
  expect(rows.filter(({ status }) => status === 'queued')).toEqual(
    Array(40 - told).fill({ status: 'queued', attempts: 0, lease_until: null }),
  );

  const later = await deliverDue(bench);

  expect(later.sent).toBe(40 - told);
  expect(new Set(bench.tried.map(({ key }) => key)).size).toBe(40);
  expect(bench.tried).toHaveLength(40);
});

test('when an attempt cannot be written down nothing more is sent, and the fault is told', async () => {
  const bench = await openBench();
  await addReaders(bench.db, 200);
  await publish(bench.db, [297]);
  let broken = false;
  bench.answerWith(async () => {
    if (!broken) await bench.db.schema.dropTable('deliveries').execute();
    broken = true;
    return SENT;
  });

  await expect(deliverDue(bench)).rejects.toThrow('deliveries');

  expect(bench.tried.length).toBeLessThan(200);
});

test('a notice that is taken back while it is under way stays so, unless it was sent', async () => {
  const bench = await openBench();
  await addTeams(bench.db, 2);
  await publish(bench.db, [297]);
  let first = true;
  bench.answerWith(async () => {
    const result: DeliveryResult = first ? SENT : { outcome: 'refused', detail: 'answered 500' };
    first = false;
    await bench.db.updateTable('outbox').set({ status: 'dropped' }).where('status', '=', 'queued').execute();
    return result;
  });

  await deliverDue(bench);

  expect((await statuses(bench.db)).sort()).toEqual(['dropped', 'sent']);
});

test('a notice that was refused and then taken within one delivery counts once, as sent', async () => {
  const bench = await openBench();
  const [slow] = await addTeams(bench.db, 2);
  await publish(bench.db, [297]);
  const stuck = Promise.withResolvers<DeliveryResult>();
  const refused = Promise.withResolvers<void>();
  const taken = Promise.withResolvers<void>();
  bench.answerWith((notice) => {
    if (endpointOf(notice) === slow) return stuck.promise;
    refused.resolve();
    return { outcome: 'refused', detail: 'answered 500' };
  });
  const tallies: Tally[] = [];
  const handOver = openHandOver(bench, (tally) => {
    tallies.push({ ...tally });
    if (tally.sent === 1) taken.resolve();
    else if (tally.queued === 1) settled.resolve();
  });
  const settled = Promise.withResolvers<void>();

  handOver.wake();
  await refused.promise;
  await settled.promise;
  bench.answerWith(() => SENT);
  bench.setClock('2024-05-31T16:00:10.000Z');
  handOver.wake();
  await taken.promise;
  stuck.resolve(SENT);

  expect(await handOver.idle()).toEqual({ sent: 2, queued: 0, failed: 0 });
  expect(tallies.slice(0, 2)).toEqual([
    { sent: 0, queued: 1, failed: 0 },
    { sent: 1, queued: 0, failed: 0 },
  ]);
});

/** The most that were under way at a time, each for long enough that others would have begun beside it. */
async function mostAtATime(bench: Bench, channel: Notice['channel']): Promise<number> {
  let [underWay, most] = [0, 0];
  bench.answerWith(async (notice) => {
    if (notice.channel !== channel) return SENT;
    underWay += 1;
    most = Math.max(most, underWay);
    for (let turn = 0; turn < 200; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    underWay -= 1;
    return channel === 'email'
      ? { outcome: 'stopped', cause: 'unreachable', detail: 'connection refused' }
      : { outcome: 'refused', detail: 'answered 500' };
  });
  await deliverDue(bench);
  return most;
}

test('an endpoint that is failing is tried with one notice at a time', async () => {
  const bench = await openBench();
  await addTeams(bench.db, 1);
  await publish(bench.db, [297, 298, 299]);

  const first = await mostAtATime(bench, 'webhook');
  bench.setClock('2024-05-31T16:00:30.000Z');
  const then = await mostAtATime(bench, 'webhook');

  expect([first, then]).toEqual([3, 1]);
});

test('mail that waited is tried with one mail at a time', async () => {
  const bench = await openBench();
  await addReaders(bench.db, 20);
  await publish(bench.db, [297]);

  const first = await mostAtATime(bench, 'email');
  bench.setClock('2024-05-31T16:00:30.000Z');
  const then = await mostAtATime(bench, 'email');

  expect([first, then]).toEqual([4, 1]);
});

test('a success ends what an endpoint failed before: the five days begin anew', async () => {
  const bench = await openBench();
  await addTeams(bench.db, 1);
  await publish(bench.db, [297]);
  const refuse: Answer = () => ({ outcome: 'refused', detail: 'answered 500' });
  bench.answerWith(refuse);
  await deliverDue(bench);
  bench.answerWith(() => SENT);
  bench.setClock('2024-05-31T16:00:10.000Z');
  await deliverDue(bench);

  await publish(bench.db, [298]);
  bench.answerWith(refuse);
  bench.setClock('2024-06-10T16:00:00.000Z');
  await deliverDue(bench);

  const endpoints = await bench.db.selectFrom('endpoints').select(['failing_since', 'disabled_at']).execute();
  expect(endpoints).toEqual([{ failing_since: '2024-06-10T16:00:00.000Z', disabled_at: null }]);
});
