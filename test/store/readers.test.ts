// What readers do themselves, by the links in their mails.

import { describe, expect, it } from 'vitest';
import { Consent, Subscription } from '../../src/match/profile.ts';
import { queueLetter } from '../../src/store/letters.ts';
import {
  changeReader,
  confirmReader,
  exportReader,
  findReader,
  pauseReader,
} from '../../src/store/readers.ts';
import type { Db, SubscriberStatus } from '../../src/store/schema.ts';
import { listSubscribers, saveSubscribers } from '../../src/store/subscribers.ts';
import { suppress } from '../../src/store/suppressions.ts';
import { openTestStore } from '../support/store.ts';

const AT = '2024-05-31T16:00:00.000Z';
const LATER = '2024-06-01T16:00:00.000Z';
const AMINA = 'amina@example.org';
const CONSENT = Consent.parse({
  at: '2024-05-02T08:00:00.000Z',
  how: 'sign-up',
  words: 'Write to me',
  version: '3',
  askedAt: '2024-05-01T08:00:00.000Z',
});

async function openWith(status: SubscriberStatus): Promise<{ db: Db; key: string }> {
  const db = openTestStore();
  const entry = { ...Subscription.parse({ email: AMINA, crs: 522 }), consent: CONSENT };
  await saveSubscribers(db, [entry], AT);
  await db.updateTable('subscribers').set({ status }).execute();
  const [amina] = await listSubscribers(db);
  return { db, key: amina?.key ?? '' };
}

const told = (facts: Record<string, unknown>) => {
  const { email: _, ...rest } = Subscription.parse({ email: AMINA, ...facts });
  return rest;
};

describe('a confirmation', () => {
  it.each([
    ['active', 'already'],
    ['paused', 'already'],
    ['suppressed', 'gone'],
  ] as const)('of somebody who is %s changes nothing', async (status, outcome) => {
    const { db, key } = await openWith(status);
    const before = await findReader(db, key);

    expect(await confirmReader(db, key, before?.changedAt ?? '', LATER)).toBe(outcome);
    expect(await findReader(db, key)).toEqual(before);
  });

  it('by a name that nobody has is of somebody who is gone', async () => {
    const { db } = await openWith('pending');

    expect(await confirmReader(db, 'f'.repeat(24), AT, LATER)).toBe('gone');
  });

  it.each(['bounced', 'complained', 'operator'] as const)(
    'does not lift what else keeps messages away: %s',
    async (reason) => {
      const { db, key } = await openWith('active');
      await suppress(db, AMINA, { reason }, AT);
      await db.updateTable('subscribers').set({ status: 'pending' }).execute();

      expect(await confirmReader(db, key, AT, LATER)).toBe('gone');
      expect(await findReader(db, key)).toMatchObject({ status: 'pending' });
      expect(await db.selectFrom('suppressions').select('reason').execute()).toEqual([{ reason }]);
    },
  );
});

describe('a change', () => {
  it.each([
    ['active', true],
    ['paused', true],
    ['pending', false],
    ['suppressed', false],
  ] as const)('by somebody who is %s: %s', async (status, isDone) => {
    const { db, key } = await openWith(status);

    const done = await changeReader(db, key, told({ crs: 530, locale: 'fr' }), LATER);

    expect(done).toBe(isDone);
    expect(await findReader(db, key)).toMatchObject({
      status,
      locale: isDone ? 'fr' : 'en',
      profile: { crs: isDone ? 530 : 522 },
      consentAt: CONSENT.at,
      consentVersion: '3',
    });
  });
});

describe('a pause', () => {
  it('is kept with its day until it is over', async () => {
    const { db, key } = await openWith('active');

    await pauseReader(db, key, true, AT);
    const during = await findReader(db, key);
    await pauseReader(db, key, false, LATER);
    const afterwards = await findReader(db, key);

    expect(during).toMatchObject({ status: 'paused', pausedAt: AT });
    expect(afterwards).toMatchObject({ status: 'active', pausedAt: null });
  });

  it.each(['pending', 'suppressed'] as const)('is not for who is %s', async (status) => {
    const { db, key } = await openWith(status);

    expect(await pauseReader(db, key, false, LATER)).toBe(false);
    expect(await findReader(db, key)).toMatchObject({ status });
  });
});

describe('what is kept about one person', () => {
  it('is all of it, with the proof of consent and what was sent', async () => {
    const { db, key } = await openWith('active');
    await queueLetter(db, 1, 'manage', AT);
    await queueLetter(db, 1, 'manage', LATER);
    await db.updateTable('outbox').set({ status: 'sent', settled_at: AT }).where('id', '=', 1).execute();
    await pauseReader(db, key, true, AT);

    const kept = await exportReader(db, key);

    expect(kept).toEqual({
      email: AMINA,
      locale: 'en',
      notify: ['invited', 'cannot-tell', 'draw-type', 'correction'],
      crs: 522,
      paused: true,
      consent: CONSENT,
      suppressed: null,
      kept: { since: AT, changedAt: AT, remindedAt: null },
      sent: [{ event: 'letter/manage', outcome: null, at: AT }],
    });
    expect(JSON.stringify(kept)).not.toContain(key);
  });

  it('says so of who is suppressed or has not confirmed', async () => {
    const suppressed = await openWith('active');
    await suppress(suppressed.db, AMINA, { reason: 'operator', detail: 'by telephone' }, AT);
    const pending = await openWith('pending');

    expect(await exportReader(suppressed.db, suppressed.key)).toMatchObject({
      suppressed: { reason: 'operator', detail: 'by telephone', since: AT },
    });
    expect(await exportReader(pending.db, pending.key)).toMatchObject({ pending: true, suppressed: null });
    expect(await exportReader(pending.db, 'f'.repeat(24))).toBeUndefined();
  });
});
