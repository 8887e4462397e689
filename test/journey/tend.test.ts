// What is done for readers beside drawing: sign-ups admitted and forgotten, old scores asked for.

import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { tendReaders } from '../../src/journey.ts';
import { Subscription } from '../../src/match/profile.ts';
import { waitingLetters } from '../../src/store/letters.ts';
import { confirmReader, findReader, pauseReader } from '../../src/store/readers.ts';
import type { Db } from '../../src/store/schema.ts';
import { noteSignUp } from '../../src/store/signups.ts';
import { listSubscribers, saveSubscribers } from '../../src/store/subscribers.ts';
import { liftSuppression, listSuppressions, suppress, unsubscribe } from '../../src/store/suppressions.ts';
import { openTestStore } from '../support/store.ts';

const NOW = '2024-05-31T16:00:00.000Z';
const AMINA = 'amina@example.org';

const plus = (minutes: number, from = NOW) => new Date(Date.parse(from) + minutes * 60_000).toISOString();
const DAY = 1_440;

interface Bench {
  db: Db;
  /** Signs the address up and tends readers, at this instant; returns how many letters are queued. */
  signUp(email: string, at: string, facts?: Record<string, unknown>): Promise<number>;
  tend(at: string): Promise<number>;
  /** Everybody, and what is queued to them: `pending: confirm`. */
  people(): Promise<string[]>;
  keyOf(email: string): Promise<string>;
}

/** Reminders are out of the way, unless a test is about them. */
function openBench(): Bench {
  const db = openTestStore();
  const tend = (at: string) => tendReaders({ db, now: () => new Date(at) });
  return {
    db,
    tend,
    async signUp(email, at, facts = {}) {
      const subscription = Subscription.parse({ email, ...facts });
      await noteSignUp(db, { subscription, consentWords: 'Yes, write to me', consentVersion: '3' }, at);
      return tend(at);
    },
    async people() {
      const { rows } = await sql<{ status: string; letters: string | null }>`
        SELECT status, (SELECT group_concat(letter, ' ' ORDER BY id) FROM outbox
          WHERE subscriber_id = subscribers.id AND status = 'queued') AS letters
        FROM subscribers ORDER BY id`.execute(db);
      return rows.map(({ status, letters }) => `${status}: ${letters ?? 'nothing'}`);
    },
    async keyOf(email) {
      const found = (await listSubscribers(db)).find((one) => one.email === email);
      return found?.key ?? '';
    },
  };
}

async function confirm({ db, keyOf }: Bench, at: string): Promise<string> {
  const key = await keyOf(AMINA);
  return confirmReader(db, key, (await findReader(db, key))?.changedAt ?? '', at);
}

describe('a sign-up', () => {
  it('of somebody unknown waits for a confirmation, with its proof, and gets one letter', async () => {
    const bench = openBench();

    const queued = await bench.signUp(AMINA, NOW, { locale: 'fr', crs: 522 });
    const again = await bench.tend(plus(1));

    expect([queued, again]).toEqual([1, 0]);
    expect(await bench.people()).toEqual(['pending: confirm']);
    expect(await listSubscribers(bench.db)).toMatchObject([
      {
        key: expect.stringMatching(/^[0-9a-f]{24}$/),
        email: AMINA,
        locale: 'fr',
        profile: { crs: 522 },
        consentHow: 'sign-up',
        consentAt: NOW,
        consentWords: 'Yes, write to me',
        consentVersion: '3',
        askedAt: NOW,
      },
    ]);
  });

  it('that is confirmed says when it was asked for and when it was confirmed', async () => {
    const bench = openBench();
    await bench.signUp(AMINA, NOW);

    const done = await confirm(bench, plus(30));

    expect(done).toBe('confirmed');
    // The letter is of no use any more.
    expect(await bench.people()).toEqual(['active: nothing']);
    expect(await listSubscribers(bench.db)).toMatchObject([{ askedAt: NOW, consentAt: plus(30) }]);
  });

  it('replaces what was told before, under the same name, and not unnoticed', async () => {
    const bench = openBench();
    await bench.signUp(AMINA, NOW, { crs: 500 });
    const key = await bench.keyOf(AMINA);
    const seen = (await findReader(bench.db, key))?.changedAt ?? '';

    // The clock stands still, and goes back.
    await bench.signUp('AMINA@example.org', NOW, { crs: 510 });
    const second = await findReader(bench.db, key);
    await bench.signUp(AMINA, plus(-60), { crs: 520 });
    const third = await findReader(bench.db, key);

    expect([second?.profile.crs, third?.profile.crs]).toEqual([510, 520]);
    expect(new Set([seen, second?.changedAt, third?.changedAt]).size).toBe(3);
    expect(await confirmReader(bench.db, key, seen, plus(1))).toBe('changed');
    expect(await confirmReader(bench.db, key, third?.changedAt ?? '', plus(1))).toBe('confirmed');
  });

  it('of a subscriber changes nothing, and a letter says so', async () => {
    const bench = openBench();
    await saveSubscribers(bench.db, [Subscription.parse({ email: AMINA, crs: 530, locale: 'fr' })], NOW);
    const before = await listSubscribers(bench.db);

    await bench.signUp(AMINA, NOW, { crs: 100, locale: 'en' });
    await pauseReader(bench.db, await bench.keyOf(AMINA), true, plus(1));
    await bench.signUp(AMINA, plus(10));

    const [amina] = await listSubscribers(bench.db);
    expect(amina).toEqual({ ...before[0], status: 'paused', pausedAt: plus(1) });
    expect(await bench.people()).toEqual(['paused: manage manage']);
  });

  it.each([
    ['pending', 'confirm'],
    ['active', 'manage'],
  ])(
    'made again and again brings three letters a day and no two within five minutes: %s',
    async (status, kind) => {
      const bench = openBench();
      if (status === 'active') await saveSubscribers(bench.db, [Subscription.parse({ email: AMINA })], NOW);

      const queued: number[] = [];
      for (const minute of [0, 4.9, 5, 9, 60, 120, DAY - 1, DAY, DAY + 1, DAY + 6])
        queued.push(await bench.signUp(AMINA, plus(minute)));

      expect(queued).toEqual([1, 0, 1, 0, 1, 0, 0, 1, 0, 1]);
      expect(await bench.people()).toEqual([`${status}:${` ${kind}`.repeat(5)}`]);
    },
  );

  it('after a clock that was wrong brings a letter as ever', async () => {
    const bench = openBench();
    for (const minute of [0, 10, 20]) await bench.signUp(AMINA, plus(minute, '2030-01-01T00:00:00.000Z'));

    const queued = await bench.signUp(AMINA, NOW);

    expect(queued).toBe(1);
  });

  it.each(['complained', 'bounced', 'operator'] as const)(
    'of an address that %s comes to nothing',
    async (reason) => {
      const bench = openBench();
      await suppress(bench.db, AMINA, { reason }, NOW);

      const queued = await bench.signUp(AMINA, plus(DAY * 400));

      expect(queued).toBe(0);
      expect(await bench.people()).toEqual([]);
      expect(await listSuppressions(bench.db)).toMatchObject([{ reason }]);
    },
  );

  it('in whatever number is dealt with, each address once', async () => {
    const bench = openBench();
    for (let number = 0; number < 1_100; number += 1)
      await noteSignUp(
        bench.db,
        {
          subscription: Subscription.parse({ email: `reader${number % 600}@example.org` }),
          consentWords: 'Yes',
          consentVersion: '3',
        },
        NOW,
      );

    const queued = await bench.tend(NOW);

    expect(queued).toBe(600);
    expect(await bench.people()).toHaveLength(600);
    expect(await bench.db.selectFrom('signups').selectAll().execute()).toEqual([]);
  });
});

describe('whoever unsubscribed', () => {
  async function openLeft(): Promise<Bench> {
    const bench = openBench();
    await saveSubscribers(bench.db, [Subscription.parse({ email: AMINA })], NOW);
    await unsubscribe(bench.db, await bench.keyOf(AMINA), NOW);
    return bench;
  }

  it('may sign up again, and is suppressed until that is confirmed', async () => {
    const bench = await openLeft();

    const queued = await bench.signUp(AMINA, plus(1));
    const meanwhile = await listSuppressions(bench.db);
    const done = await confirm(bench, plus(2));

    expect(queued).toBe(1);
    expect(meanwhile).toMatchObject([{ reason: 'unsubscribed', subscriber: null }]);
    expect(done).toBe('confirmed');
    expect(await listSuppressions(bench.db)).toEqual([]);
    expect(await bench.people()).toEqual(['active: nothing']);
  });

  it('is asked once in thirty days, also when what was signed up is forgotten meanwhile', async () => {
    const bench = await openLeft();

    const queued: number[] = [];
    for (const day of [1, 2, 9, 29, 30, 31, 62]) queued.push(await bench.signUp(AMINA, plus(day * DAY)));

    expect(queued).toEqual([1, 0, 0, 0, 0, 1, 1]);
  });

  it('is not known anew by a sign-up of which they are not asked', async () => {
    const bench = await openLeft();
    await bench.signUp(AMINA, plus(DAY));
    await bench.tend(plus(9 * DAY));

    const queued = await bench.signUp(AMINA, plus(9 * DAY + 1), { crs: 522 });

    expect(queued).toBe(0);
    expect(await bench.people()).toEqual([]);
  });

  it('is not made a subscriber by lifting that they are suppressed', async () => {
    const bench = await openLeft();
    await bench.signUp(AMINA, plus(1));

    await liftSuppression(bench.db, AMINA, plus(2));

    expect(await bench.people()).toEqual(['pending: confirm']);
    expect(await listSuppressions(bench.db)).toEqual([]);
  });

  it('is never asked again once they said so in the letter that asks', async () => {
    const bench = await openLeft();
    await bench.signUp(AMINA, plus(1));

    await unsubscribe(bench.db, await bench.keyOf(AMINA), plus(2));
    const queued = await bench.signUp(AMINA, plus(DAY * 60));

    expect(queued).toBe(0);
    expect(await bench.people()).toEqual([]);
    expect(await listSuppressions(bench.db)).toMatchObject([{ reason: 'complained' }]);
  });
});

describe('whoever has not confirmed', () => {
  it.each(['bounced', 'operator', 'complained'] as const)(
    'is forgotten but for the hash when the address is suppressed: %s',
    async (reason) => {
      const bench = openBench();
      await bench.signUp(AMINA, NOW);
      const key = await bench.keyOf(AMINA);

      const dropped = await suppress(bench.db, AMINA, { reason }, plus(1));

      expect(dropped).toBe(1);
      expect(await bench.people()).toEqual([]);
      expect(await bench.db.selectFrom('outbox').selectAll().execute()).toEqual([]);
      expect(await confirmReader(bench.db, key, NOW, plus(2))).toBe('gone');
    },
  );

  it('is forgotten seven days after the last sign-up, with the letters, and nobody else', async () => {
    const bench = openBench();
    await saveSubscribers(bench.db, [Subscription.parse({ email: 'bruno@example.org' })], NOW);
    await bench.signUp(AMINA, NOW);
    await bench.signUp(AMINA, plus(DAY));

    await bench.tend(plus(8 * DAY - 1));
    const before = await bench.people();
    await bench.tend(plus(8 * DAY));

    expect(before).toEqual(['active: nothing', 'pending: confirm confirm']);
    expect(await bench.people()).toEqual(['active: nothing']);
    expect(await bench.db.selectFrom('outbox').selectAll().execute()).toEqual([]);
  });

  it("becomes a subscriber when the operator adds them, by the operator's word", async () => {
    const bench = openBench();
    await bench.signUp(AMINA, NOW, { crs: 500 });
    const key = await bench.keyOf(AMINA);

    const saved = await saveSubscribers(bench.db, [Subscription.parse({ email: AMINA, crs: 520 })], plus(1));

    expect(saved).toMatchObject({ added: 1, changed: 0 });
    expect(await bench.people()).toEqual(['active: nothing']);
    expect(await listSubscribers(bench.db)).toMatchObject([
      {
        key,
        profile: { crs: 520 },
        consentHow: 'operator',
        consentAt: plus(1),
        consentWords: 'The operator attests that this person asked for these messages.',
        consentVersion: null,
        askedAt: null,
      },
    ]);
  });
});

describe('an old score', () => {
  const add = (db: Db, name: string, facts: Record<string, unknown>, at = '2024-05-30T00:00:00.000Z') =>
    saveSubscribers(db, [Subscription.parse({ email: `${name}@example.org`, ...facts })], at);

  it('is asked for anew from those who have one, want something, and get messages', async () => {
    const bench = openBench();
    await add(bench.db, 'old', { crs: 500, crsAsOf: '2024-03-01' });
    await add(bench.db, 'fresh', { crs: 500, crsAsOf: '2024-03-02' });
    await add(bench.db, 'told-long-ago', { crs: 500 }, '2024-03-01T23:59:59.000Z');
    await add(bench.db, 'told-lately', { crs: 500 }, '2024-03-02T00:00:00.000Z');
    await add(bench.db, 'no-score', {}, '2023-01-01T00:00:00.000Z');
    await add(bench.db, 'nothing-wanted', { crs: 500, crsAsOf: '2023-01-01', notify: [] });
    await add(bench.db, 'paused', { crs: 500, crsAsOf: '2023-01-01' });
    await pauseReader(bench.db, await bench.keyOf('paused@example.org'), true, NOW);
    await add(bench.db, 'left', { crs: 500, crsAsOf: '2023-01-01' });
    await suppress(bench.db, 'left@example.org', { reason: 'operator' }, NOW);

    const queued = await bench.tend(NOW);

    const { rows } = await sql<{ email: string }>`
      SELECT email FROM outbox JOIN subscribers ON subscribers.id = subscriber_id WHERE letter = 'renew-score'
    `.execute(bench.db);
    expect(rows.map(({ email }) => email)).toEqual(['old@example.org', 'told-long-ago@example.org']);
    expect(queued).toBe(2);
  });

  it.each([
    ['2025-03-24', '2025-03-24T12:00:00.000Z', 0],
    ['2025-03-24', '2025-03-25T12:00:00.000Z', 1],
    ['2025-03-25', '2025-03-25T12:00:00.000Z', 0],
  ])(
    'is one that was noted before the points were changed: noted %s, on %s',
    async (crsAsOf, at, expected) => {
      const bench = openBench();
      await add(bench.db, 'amina', { crs: 500, crsAsOf }, `${crsAsOf}T01:00:00.000Z`);

      expect(await bench.tend(at)).toBe(expected);
    },
  );

  it('is asked for once a quarter, whatever the clock does', async () => {
    const bench = openBench();
    await add(bench.db, 'amina', { crs: 500, crsAsOf: '2023-01-01' });

    const queued: number[] = [];
    for (const day of [0, 0, 1, -1, -30, 90, 91, 92]) queued.push(await bench.tend(plus(day * DAY)));

    expect(queued).toEqual([1, 0, 0, 0, 0, 0, 1, 0]);
  });

  it('is looked for once a day', async () => {
    const bench = openBench();
    await bench.tend('2024-05-31T00:00:00.000Z');
    await add(bench.db, 'amina', { crs: 500, crsAsOf: '2023-01-01' });

    const today = await bench.tend('2024-05-31T23:59:59.000Z');
    const tomorrow = await bench.tend('2024-06-01T00:00:00.000Z');

    expect([today, tomorrow]).toEqual([0, 1]);
  });

  /** So many that they are not all looked at in one go; each has an old score. */
  const addMany = (db: Db, count: number) =>
    sql`
      WITH RECURSIVE numbers (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM numbers WHERE number < ${count})
      INSERT INTO subscribers (key, email, address, locale, crs, profile, notify, status, consent_at, consent_how, created_at, changed_at)
      SELECT 'key' || number, number || '@example.org', number || '@example.org', 'en', 500, '{"crs":500}', '["invited"]',
        'active', '2024-01-01', 'operator', '2024-01-01', '2024-01-01' FROM numbers`.execute(db);
  const countLetters = async (db: Db) =>
    (await db.selectFrom('outbox').select(['subscriber_id']).distinct().execute()).length;

  it('is asked for among however many, while others get their turn', async () => {
    const bench = openBench();
    await addMany(bench.db, 20_001);
    let hadTurn = false;
    setImmediate(() => {
      hadTurn = true;
    });

    const queued = await bench.tend(NOW);

    expect(queued).toBe(20_001);
    expect(await countLetters(bench.db)).toBe(20_001);
    expect(hadTurn).toBe(true);
  });

  it('is asked for once when asking was cut off in between, and of everybody', async () => {
    const bench = openBench();
    await addMany(bench.db, 20_001);
    await sql`CREATE TRIGGER cut BEFORE INSERT ON outbox WHEN NEW.subscriber_id > 15000
      BEGIN SELECT RAISE(ABORT, 'cut off'); END`.execute(bench.db);

    await expect(bench.tend(NOW)).rejects.toThrow('cut off');
    const before = await countLetters(bench.db);
    await sql`DROP TRIGGER cut`.execute(bench.db);
    const queued = await bench.tend(plus(1));

    expect([before, queued]).toEqual([10_000, 10_001]);
    expect(await countLetters(bench.db)).toBe(20_001);
  });

  it('that was told anew takes the letter back without looking through all that wait', async () => {
    const { db } = openBench();

    const plan = await waitingLetters(db, 1, 'renew-score').explain(undefined, sql`query plan`);

    expect(plan).toEqual([
      expect.objectContaining({
        detail: expect.stringMatching(/^SEARCH outbox USING INDEX outbox_of_subscriber/),
      }),
    ]);
  });
});
