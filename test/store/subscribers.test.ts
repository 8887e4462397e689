// Subscribers and the proof that they asked to be told.

import { describe, expect, it } from 'vitest';
import { Consent, Subscription } from '../../src/match/profile.ts';
import type { Db } from '../../src/store/schema.ts';
import { findSubscriber, listSubscribers, saveSubscribers } from '../../src/store/subscribers.ts';
import { openTestStore } from '../support/store.ts';

const AT = '2024-05-31T16:00:00.000Z';
const LATER = '2024-06-01T16:00:00.000Z';
const EARLIER = '2023-11-02T08:30:00.000Z';
const ATTESTED = 'The operator attests that this person asked for these messages.';

function save(db: Db, at: string, consent?: unknown) {
  const subscription = Subscription.parse({ email: 'amina@example.org', crs: 522 });
  return saveSubscribers(
    db,
    [{ ...subscription, consent: consent === undefined ? undefined : Consent.parse(consent) }],
    at,
  );
}

const proof = async (db: Db) => {
  const [{ consentAt, consentHow, consentWords } = {}] = await listSubscribers(db);
  return [consentAt, consentHow, consentWords];
};

describe('consent', () => {
  it('that is not given is attested by the operator, as of now', async () => {
    const db = openTestStore();

    await save(db, AT);

    expect(await proof(db)).toEqual([AT, 'operator', ATTESTED]);
  });

  it('that is given is kept as it is, and is no part of the profile', async () => {
    const db = openTestStore();

    await save(db, AT, { at: '2023-11-02T08:30:00Z', words: 'Write to me about draws' });

    expect(await proof(db)).toEqual([EARLIER, 'operator', 'Write to me about draws']);
    const { profile } = await db.selectFrom('subscribers').select('profile').executeTakeFirstOrThrow();
    expect(profile).toBe('{"crs":522}');
  });

  it('stays as it was when somebody is saved again, unless another is given', async () => {
    const db = openTestStore();
    await save(db, AT, { at: EARLIER, words: 'Write to me about draws' });

    await save(db, LATER);
    const without = await proof(db);
    await save(db, LATER, { words: 'And about corrections' });

    expect(without).toEqual([EARLIER, 'operator', 'Write to me about draws']);
    expect(await proof(db)).toEqual([LATER, 'operator', 'And about corrections']);
  });
});

describe('a subscriber', () => {
  it.each(['1', 'amina@example.org', ' AMINA@Example.org '])('is found by %j', async (who) => {
    const db = openTestStore();
    await save(db, AT);

    expect(await findSubscriber(db, who)).toMatchObject({
      id: 1,
      email: 'amina@example.org',
      status: 'active',
    });
  });

  it.each(['2', 'bruno@example.org', '', '1 or 1'])('is not found by %j', async (who) => {
    const db = openTestStore();
    await save(db, AT);

    expect(await findSubscriber(db, who)).toBeUndefined();
  });
});
