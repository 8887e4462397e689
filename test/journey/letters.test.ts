// Letters in the outbox: which goes first, which are still of use, and how they are handed over.

import { describe, expect, it } from 'vitest';
import { requeue } from '../../src/journey/requeue.ts';
import { deliverDue, tendReaders } from '../../src/journey.ts';
import type { LetterKind } from '../../src/match/notice.ts';
import { Subscription } from '../../src/match/profile.ts';
import { readLink } from '../../src/notify/tokens.ts';
import { claim } from '../../src/store/claims.ts';
import { findLanes } from '../../src/store/lanes.ts';
import { queueLetter } from '../../src/store/letters.ts';
import { findNotice, listNotices } from '../../src/store/notices.ts';
import { changeReader, confirmReader, pauseReader } from '../../src/store/readers.ts';
import type { Db } from '../../src/store/schema.ts';
import { noteSignUp } from '../../src/store/signups.ts';
import { listSubscribers, saveSubscribers } from '../../src/store/subscribers.ts';
import { listSuppressions } from '../../src/store/suppressions.ts';
import { type Installation, openInstallation, subscribe } from '../support/journey.ts';
import { openTestStore } from '../support/store.ts';

const NOW = '2024-05-31T16:00:00.000Z';
const EARLIER = '2024-05-31T10:00:00.000Z';
const SECRET = 'a secret of the tests';
const LANE = { channel: 'letter', failing: false } as const;

/** The installation, with pages over https. */
function openWithPages(): Promise<Installation> {
  return openInstallation([], NOW, undefined, { publicUrl: 'https://draws.example.org' });
}

function signUp(db: Db, email: string, facts: Record<string, unknown> = {}): Promise<void> {
  const subscription = Subscription.parse({ email, ...facts });
  return noteSignUp(db, { subscription, consentWords: 'Yes', consentVersion: '1' }, NOW);
}

async function openWith(letters: readonly [LetterKind, string][]): Promise<Db> {
  const db = openTestStore();
  await saveSubscribers(db, [Subscription.parse({ email: 'amina@example.org', crs: 522 })], NOW);
  for (const [letter, at] of letters) await queueLetter(db, 1, letter, at);
  return db;
}

const statuses = async (db: Db) =>
  (await listNotices(db)).reverse().map(({ event, status }) => `${event} ${status}`);

describe('letters', () => {
  it('that are waited for go before all that only ask, and each kind in its order', async () => {
    const db = await openWith([
      ['renew-score', EARLIER],
      ['manage', NOW],
      ['confirm', NOW],
      ['confirm', EARLIER],
    ]);

    const claimed = await claim(db, LANE, 3, new Date(NOW));
    const rest = await claim(db, LANE, 3, new Date(NOW));

    const named = [...claimed, ...rest].map(({ row, ...notice }) => ('letter' in notice ? row : 0));
    expect(named.slice(0, 3).sort()).toEqual([2, 3, 4]);
    expect(named[3]).toBe(1);
    expect(new Set([...claimed, ...rest].map(({ key }) => key)).size).toBe(4);
  });

  it('are a lane of their own, beside messages about draws', async () => {
    const db = await openWith([['manage', NOW]]);

    const lanes = await findLanes(db, new Date(NOW));

    expect(lanes).toEqual([LANE]);
    expect(await claim(db, { channel: 'email', failing: false }, 5, new Date(NOW))).toEqual([]);
  });

  it('are listed by their kind, and shown', async () => {
    const db = await openWith([
      ['manage', NOW],
      ['renew-score', NOW],
    ]);

    const listed = await listNotices(db, { event: 'letter/manage' });

    expect(listed).toMatchObject([
      { id: 1, event: 'letter/manage', channel: 'letter', recipient: 'subscriber 1', outcome: null },
    ]);
    expect((await findNotice(db, 2))?.notice.event).toBe('letter/renew-score');
  });

  it.each([
    ['a score is told', 'renew-score', (db: Db, key: string) => changeReader(db, key, told(530), NOW)],
    ['a pause is asked for', 'renew-score', (db: Db, key: string) => pauseReader(db, key, true, NOW)],
  ] as const)('are taken back when %s', async (_, letter, act) => {
    const db = await openWith([
      [letter, NOW],
      ['manage', NOW],
    ]);
    const [amina] = await listSubscribers(db);

    await act(db, amina?.key ?? '');

    expect(await statuses(db)).toEqual([`letter/${letter} dropped`, 'letter/manage queued']);
  });

  it('that were given up are queued again where they are still of use', async () => {
    const db = await openWith([
      ['manage', NOW],
      ['renew-score', NOW],
      ['confirm', NOW],
    ]);
    await db.updateTable('outbox').set({ status: 'failed', attempts: 10, settled_at: NOW }).execute();
    const [amina] = await listSubscribers(db);
    await pauseReader(db, amina?.key ?? '', true, NOW);

    const some = await requeue(db, { ids: [1] }, new Date(NOW));
    const all = await requeue(db, 'failed', new Date(NOW));

    expect(some).toEqual({ queued: 1, held: 0, suppressed: 0, inHand: 0 });
    expect(all).toEqual({ queued: 0, held: 0, suppressed: 2, inHand: 0 });
    expect(await statuses(db)).toEqual([
      'letter/manage queued',
      'letter/renew-score failed',
      'letter/confirm failed',
    ]);
    expect(await claim(db, LANE, 5, new Date(NOW))).toMatchObject([{ row: 1, attempt: 1 }]);
  });

  it('that a process may still have in hand are left to it', async () => {
    const db = await openWith([['manage', NOW]]);
    await db
      .updateTable('outbox')
      .set({ status: 'dropped', lease_until: '2024-05-31T16:01:00.000Z' })
      .execute();

    const done = await requeue(db, { ids: [1] }, new Date(NOW));

    expect(done).toEqual({ queued: 0, held: 0, suppressed: 0, inHand: 1 });
  });
});

describe('a sign-up, as a whole', () => {
  it('brings a mail that leads to the confirmation, after which messages come', async () => {
    const installation = await openWithPages();
    const { db, mailServer } = installation;
    await signUp(db, 'amina@example.org', { crs: 522, notify: ['every-draw'] });

    await tendReaders(installation);
    const tally = await deliverDue(installation);

    const [mail] = mailServer.received;
    const token = /\/confirm\/(\S+)/.exec(mail?.text ?? '')?.[1] ?? '';
    const link = readLink('confirm', token, [SECRET], new Date(NOW));
    const [amina] = await listSubscribers(db);
    expect(tally).toEqual({ sent: 1, queued: 0, failed: 0 });
    expect(mail?.recipients).toEqual(['amina@example.org']);
    // As a word: the random name in the link, broken over lines or not, may hold any digits.
    expect(mail?.raw.replaceAll('=\r\n', '')).not.toMatch(/\b522\b|every-draw/);
    expect(link).toEqual({ reader: amina?.key, expired: false });
    expect(await confirmReader(db, link?.reader ?? '', NOW, NOW)).toBe('confirmed');
    expect(await statuses(db)).toEqual(['letter/confirm sent']);
  });

  it('of an address that no mail reaches leaves a hash and nothing else', async () => {
    const installation = await openWithPages();
    const { db, mailServer } = installation;
    mailServer.decide(() => ({ status: 550, text: '5.1.1 no such user here' }));
    await signUp(db, 'amina@example.org');

    await tendReaders(installation);
    const tally = await deliverDue(installation);

    expect(tally).toEqual({ sent: 0, queued: 0, failed: 1 });
    expect(await listSubscribers(db)).toEqual([]);
    expect(await db.selectFrom('outbox').selectAll().execute()).toEqual([]);
    expect(await listSuppressions(db)).toMatchObject([{ reason: 'bounced', subscriber: null }]);
  });

  it('is given up where there is no page to confirm on, and nobody else waits for it', async () => {
    const installation = await openInstallation([], NOW);
    const { db, mailServer, warnings } = installation;
    await subscribe(db, 'bruno@example.org', { crs: 522, crsAsOf: '2023-01-01' });
    await signUp(db, 'amina@example.org');

    await tendReaders(installation);
    const tally = await deliverDue(installation);

    expect(tally).toEqual({ sent: 1, queued: 0, failed: 1 });
    expect(mailServer.received.map(({ recipients }) => recipients)).toEqual([['bruno@example.org']]);
    expect(warnings.join('\n')).toContain('DRAWBELL_PUBLIC_URL names none over https (confirm)');
    expect(warnings.join('\n')).not.toContain('amina');
  });
});

function told(crs: number) {
  const { email: _, ...rest } = Subscription.parse({ email: 'amina@example.org', crs });
  return rest;
}
