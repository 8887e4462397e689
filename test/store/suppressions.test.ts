// Addresses that get nothing: kept as hashes, whatever becomes of their subscriber.

import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { Subscription } from '../../src/match/profile.ts';
import { installationKey } from '../../src/store/keys.ts';
import { pauseReader } from '../../src/store/readers.ts';
import type { Db } from '../../src/store/schema.ts';
import { listSubscribers, removeSubscriber, saveSubscribers } from '../../src/store/subscribers.ts';
import { liftSuppression, listSuppressions, suppress, unsubscribe } from '../../src/store/suppressions.ts';
import { makeFolder, openTestStore } from '../support/store.ts';

const AT = '2024-05-31T16:00:00.000Z';
const LATER = '2024-06-01T16:00:00.000Z';

function add(db: Db, ...emails: string[]) {
  return saveSubscribers(
    db,
    emails.map((email) => Subscription.parse({ email })),
    AT,
  );
}

const states = async (db: Db) => (await listSubscribers(db)).map(({ id, status }) => [id, status]);

describe('a suppressed address', () => {
  it('stays so when its subscriber is removed and added again, however it is written', async () => {
    const db = openTestStore();
    await add(db, 'amina@example.org', 'bruno@example.org');
    await suppress(db, 'AMINA@example.org', { reason: 'operator' }, AT);

    const before = await states(db);
    await removeSubscriber(db, '1');
    const again = await add(db, 'chen@example.org', 'Amina@Example.org');

    expect(before).toEqual([
      [1, 'suppressed'],
      [2, 'active'],
    ]);
    expect(again).toEqual({ added: 1, changed: 0, suppressed: 1, leftOut: [1] });
    expect((await listSubscribers(db)).map(({ email }) => email)).toEqual([
      'bruno@example.org',
      'chen@example.org',
    ]);
  });

  it('is nowhere in the database but in the row of its subscriber', async () => {
    const db = openTestStore();
    await suppress(db, 'amina@example.org', { reason: 'bounced', detail: '550 5.1.1' }, AT);

    const rows = await db.selectFrom('suppressions').selectAll().execute();

    expect(rows).toEqual([
      {
        address_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
        reason: 'bounced',
        detail: '550 5.1.1',
        at: AT,
        asked_at: null,
      },
    ]);
    await db.updateTable('keys').set({ value: 'another key' }).execute();
    await suppress(db, 'amina@example.org', { reason: 'bounced' }, AT);
    expect(await db.selectFrom('suppressions').selectAll().execute()).toHaveLength(2);
  });

  it('keeps the first reason, but for the will of its owner', async () => {
    const db = openTestStore();
    await add(db, 'amina@example.org');
    const [amina] = await listSubscribers(db);

    await suppress(db, 'amina@example.org', { reason: 'bounced', detail: '550 5.1.1' }, AT);
    await suppress(db, 'amina@example.org', { reason: 'operator' }, LATER);
    const first = await listSuppressions(db);
    await unsubscribe(db, amina?.key ?? '', LATER);
    const last = await listSuppressions(db);

    expect(first).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f]{12}$/),
        reason: 'bounced',
        detail: '550 5.1.1',
        at: AT,
        subscriber: 1,
      },
    ]);
    expect(last).toMatchObject([{ reason: 'unsubscribed', detail: null, at: LATER, subscriber: null }]);
  });

  it.each([
    ['unsubscribed', 'complained', 'complained'],
    ['unsubscribed', 'operator', 'operator'],
    ['unsubscribed', 'bounced', 'bounced'],
    ['bounced', 'complained', 'complained'],
    ['bounced', 'unsubscribed', 'unsubscribed'],
    ['operator', 'unsubscribed', 'operator'],
    ['complained', 'unsubscribed', 'complained'],
    ['complained', 'bounced', 'complained'],
  ] as const)('that was %s and is %s since then counts as %s', async (first, then, kept) => {
    const db = openTestStore();

    await suppress(db, 'amina@example.org', { reason: first }, AT);
    await suppress(db, 'amina@example.org', { reason: then }, LATER);

    const at = kept === then ? LATER : AT;
    expect(await listSuppressions(db)).toMatchObject([{ reason: kept, at }]);
  });

  it('whose subscriber wanted a pause is paused again when it is lifted', async () => {
    const db = openTestStore();
    await add(db, 'amina@example.org');
    const [amina] = await listSubscribers(db);
    await pauseReader(db, amina?.key ?? '', true, AT);
    await suppress(db, 'amina@example.org', { reason: 'operator' }, AT);

    await liftSuppression(db, 'amina@example.org', LATER);

    expect(await states(db)).toEqual([[1, 'paused']]);
  });

  it.each([
    ['the address', async () => 'AMINA@example.org'],
    ['the number', async () => '1'],
    ['the id', async (db: Db) => (await listSuppressions(db))[0]?.id ?? ''],
  ])('is lifted by %s, and no other with it', async (_, nameOf) => {
    const db = openTestStore();
    await add(db, 'amina@example.org', 'bruno@example.org');
    await suppress(db, 'bruno@example.org', { reason: 'operator' }, AT);
    await suppress(db, 'amina@example.org', { reason: 'bounced' }, LATER);

    const lifted = await liftSuppression(db, await nameOf(db), LATER);
    const again = await liftSuppression(db, 'amina@example.org', LATER);

    expect(lifted).toMatchObject({ reason: 'bounced', subscriber: 1 });
    expect(again).toBeNull();
    expect(await states(db)).toEqual([
      [1, 'active'],
      [2, 'suppressed'],
    ]);
    expect(await add(db, 'amina@example.org')).toMatchObject({ changed: 1, suppressed: 0 });
  });

  it.each(['2', 'chen@example.org', '', '0', 'null', 'abcdef012345'])('%j lifts nothing', async (who) => {
    const db = openTestStore();
    await add(db, 'amina@example.org', 'chen@example.org');
    await suppress(db, 'amina@example.org', { reason: 'operator' }, AT);
    await suppress(db, 'nobody@example.org', { reason: 'operator' }, AT);

    expect(await liftSuppression(db, who, LATER)).toBeNull();
    expect(await listSuppressions(db)).toHaveLength(2);
  });
});

describe('somebody who unsubscribes', () => {
  it('is forgotten but for the hash, and cannot be told from somebody unknown', async () => {
    const db = openTestStore();
    await add(db, 'amina@example.org', 'bruno@example.org');
    const [amina] = await listSubscribers(db);

    const done = await unsubscribe(db, amina?.key ?? '', AT);
    const again = await unsubscribe(db, amina?.key ?? '', AT);
    const unknown = await unsubscribe(db, 'f'.repeat(24), AT);

    expect([done, again, unknown]).toEqual([true, false, false]);
    expect(await states(db)).toEqual([[2, 'active']]);
    expect(await add(db, 'amina@example.org')).toMatchObject({ added: 0, suppressed: 1 });
  });
});

describe('the key of an installation', () => {
  it('is made once, also when two processes ask at the same moment', async () => {
    const file = `${makeFolder()}/drawbell.db`;
    const [one, other] = [openTestStore(file), openTestStore(file)];
    // What another process would write between our look and our write.
    await sql`
      CREATE TEMP TRIGGER quicker BEFORE INSERT ON keys WHEN NEW.value <> 'theirs'
      BEGIN INSERT INTO keys VALUES ('installation', 'theirs', '2024-05-31T16:00:00Z'); END`.execute(one);

    const keys = [await installationKey(one), await installationKey(other), await installationKey(one)];

    expect(keys).toEqual(['theirs', 'theirs', 'theirs']);
    expect(await other.selectFrom('keys').selectAll().execute()).toHaveLength(1);
  });

  it('is another in every installation', async () => {
    const keys = [await installationKey(openTestStore()), await installationKey(openTestStore())];

    expect(keys[0]).toMatch(/^[\w-]{43}$/);
    expect(keys[1]).not.toBe(keys[0]);
  });
});
