// What was given up or taken back waits again, judged anew by what its reader says now.

import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { buildFeed } from '../../src/demo/feed.ts';
import type { Draw } from '../../src/draw/draw.ts';
import { requeue } from '../../src/journey/requeue.ts';
import { deliverDue, watchSource } from '../../src/journey.ts';
import type { NoticeStatus, Settlement } from '../../src/match/notice.ts';
import { ircc } from '../../src/sources/ircc.ts';
import { claim } from '../../src/store/claims.ts';
import { disableEndpoint } from '../../src/store/endpoint-health.ts';
import { listNotices } from '../../src/store/notices.ts';
import { dropNotices } from '../../src/store/retries.ts';
import type { Db } from '../../src/store/schema.ts';
import { settle } from '../../src/store/settlements.ts';
import { suppress } from '../../src/store/suppressions.ts';
import { shippedDraws } from '../draw/history.ts';
import { judgeDraw } from '../match/reference.ts';
import { addTeam, type Installation, openInstallation, subscribe } from '../support/journey.ts';

const HISTORY = shippedDraws();
const BEFORE = HISTORY.filter((draw) => draw.date <= '2024-05-30');
const AFTER = HISTORY.filter((draw) => draw.date <= '2024-05-31');
const DRAW = AFTER.find(({ id }) => id === 'ircc:297') as Draw;
const DAY = '2024-05-31T16:00:00.000Z';
const LATER = new Date('2024-05-31T18:00:00Z');
const PUBLISHED = 'draw.published/ircc:297';
const FACTS = { programs: ['cec'], profileSubmittedAt: '2024-01-10T12:00:00Z' };
const NOTIFY = ['every-draw', 'correction'];
const NOTHING = { queued: 0, held: 0, suppressed: 0, inHand: 0 };

const changed = (changes: Partial<Draw>) =>
  AFTER.map((draw) => (draw.id === DRAW.id ? { ...draw, ...changes } : draw));

/** Subscribers 1 (540) and 2 (520), each with a waiting notice of #297 (cut-off 522). */
async function open(): Promise<Installation> {
  const installation = await openInstallation(BEFORE, DAY);
  await subscribe(installation.db, 'in@example.org', { ...FACTS, crs: 540, notify: NOTIFY });
  await subscribe(installation.db, 'out@example.org', { ...FACTS, crs: 520, notify: NOTIFY });
  await watchSource(ircc, installation);
  await publish(installation, AFTER);
  return installation;
}

async function publish(installation: Installation, draws: readonly Draw[]): Promise<void> {
  installation.site.publish(buildFeed(draws));
  await watchSource(ircc, installation);
}

/** Ends every mail that is due like this. */
async function settleMail(db: Db, status: 'sent' | 'failed'): Promise<void> {
  const outcome = status;
  const delivery = { at: DAY, milliseconds: 7, outcome, detail: 'so it was', status: null, answer: null };
  const settlement: Settlement = { status, dueAt: null, cause: null, delivery };
  const claimed = await claim(db, { channel: 'email', failing: false }, 1_000, new Date(DAY));
  await settle(
    db,
    claimed.map((notice) => ({ notice, settlement })),
  );
}

interface Row {
  status: NoticeStatus;
  verdict: unknown;
  before: unknown;
  profile: unknown;
}

/** What waits for a subscriber by an event. */
async function rowOf(db: Db, event: string, subscriber: number): Promise<Row> {
  const row = await db
    .selectFrom('outbox')
    .selectAll()
    .where('event_id', '=', event)
    .where('subscriber_id', '=', subscriber)
    .executeTakeFirstOrThrow();
  const read = (json: string | null) => json && JSON.parse(json);
  return {
    status: row.status,
    verdict: read(row.verdict),
    before: read(row.verdict_before),
    profile: read(row.profile),
  };
}

describe('a notice of a new draw', () => {
  it('that was given up is due again, as if never tried, by what its reader says now', async () => {
    const { db } = await open();
    await settleMail(db, 'failed');
    await db.updateTable('outbox').set({ ambiguous: 2 }).execute();
    const now = { ...FACTS, crs: 530, notify: NOTIFY };
    await subscribe(db, 'out@example.org', now);

    const done = await requeue(db, 'failed', LATER);

    const { notify: _, ...profile } = now;
    expect(done).toEqual({ ...NOTHING, queued: 2 });
    expect(await rowOf(db, PUBLISHED, 2)).toEqual({
      status: 'queued',
      verdict: judgeDraw(DRAW, profile as never),
      before: null,
      profile,
    });
    expect(await rowOf(db, PUBLISHED, 1)).toMatchObject({ verdict: { outcome: 'invited', margin: 18 } });
    for (const notice of await listNotices(db))
      expect(notice).toMatchObject({
        attempts: 0,
        ambiguous: 0,
        dueAt: LATER.toISOString(),
        settledAt: null,
        detail: 'so it was',
      });
  });

  it('is handed over by whatever hands over next, whole, and with the id it had', async () => {
    const installation = await open();
    const { db, mailServer } = installation;
    await settleMail(db, 'failed');

    await requeue(db, { ids: [1] }, new Date(DAY));
    const tally = await deliverDue(installation);
    await db.updateTable('outbox').set({ status: 'failed' }).where('id', '=', 1).execute();
    await requeue(db, { ids: [1] }, new Date(DAY));
    await deliverDue(installation);

    expect(tally).toEqual({ sent: 1, queued: 0, failed: 0 });
    expect(mailServer.received.map(({ recipients }) => recipients)).toEqual([
      ['in@example.org'],
      ['in@example.org'],
    ]);
    expect(mailServer.received[0]?.text).toContain('540');
    expect(mailServer.received[1]?.messageId).toBe(mailServer.received[0]?.messageId);
  });

  it('of an event is queued whether it was given up or taken back, and nothing else is', async () => {
    const installation = await open();
    const { db } = installation;
    await dropNotices(db, { ids: [1] }, DAY);
    await settleMail(db, 'failed');
    await publish(installation, changed({ cutoff: 500 }));
    await dropNotices(db, { event: 'draw.corrected/ircc:297/2' }, DAY);

    const failed = await requeue(db, { event: 'draw.published/ircc:9999' }, LATER);
    const done = await requeue(db, { event: PUBLISHED }, LATER);

    expect(failed).toEqual(NOTHING);
    expect(done).toEqual({ ...NOTHING, queued: 2 });
    const others = await listNotices(db, { event: 'draw.corrected/ircc:297/2' });
    expect(others.map(({ status }) => status)).toEqual(['dropped']);
  });
});

describe('a notice of a correction', () => {
  it('says again what held before and what holds now', async () => {
    const installation = await open();
    const { db } = installation;
    await settleMail(db, 'sent');
    await publish(installation, changed({ cutoff: 519 }));
    await settleMail(db, 'failed');

    const done = await requeue(db, 'failed', LATER);

    const profile = { crs: 520, ...FACTS };
    expect(done).toEqual({ ...NOTHING, queued: 1 });
    expect(await rowOf(db, 'draw.corrected/ircc:297/2', 2)).toEqual({
      status: 'queued',
      verdict: judgeDraw({ ...DRAW, cutoff: 519 }, profile as never),
      before: judgeDraw(DRAW, profile as never),
      profile,
    });
  });

  it('by which a withdrawn draw came back says that nothing could be said before', async () => {
    const [withdrawal, back] = ['draw.withdrawn/ircc:297/1', 'draw.corrected/ircc:297/2'];
    const installation = await open();
    const { db } = installation;
    await settleMail(db, 'sent');
    // At the third look in a row that does not find it, a draw is taken back.
    for (let look = 0; look < 3; look += 1) await publish(installation, BEFORE);
    await dropNotices(db, { event: withdrawal }, DAY);
    await publish(installation, AFTER);
    const asQueued = await rowOf(db, back, 1);
    await dropNotices(db, { event: back }, DAY);

    await requeue(db, { event: back }, LATER);
    await requeue(db, { event: withdrawal }, LATER);

    expect(asQueued.before).toMatchObject({ outcome: 'cannot-tell', reasons: [] });
    expect(await rowOf(db, back, 1)).toEqual(asQueued);
    // What was told of it is what matters, not what holds now.
    const told = { outcome: 'invited', margin: 18, reasons: [] };
    expect(await rowOf(db, withdrawal, 1)).toMatchObject({ status: 'queued', verdict: told, before: null });
  });
});

describe('never queued again is', () => {
  it('what was sent', async () => {
    const { db } = await open();
    await settleMail(db, 'sent');

    expect(await requeue(db, 'failed', LATER)).toEqual(NOTHING);
    expect(await requeue(db, { event: PUBLISHED }, LATER)).toEqual(NOTHING);
    expect(await requeue(db, { ids: [1, 2] }, LATER)).toEqual(NOTHING);
    expect((await listNotices(db)).map(({ status }) => status)).toEqual(['sent', 'sent']);
  });

  it('what is for somebody suppressed, until that is lifted', async () => {
    const { db } = await open();
    await settleMail(db, 'failed');
    await suppress(db, 'out@example.org', { reason: 'operator' }, DAY);

    const all = await requeue(db, 'failed', LATER);
    const one = await requeue(db, { ids: [2] }, LATER);

    expect(all).toEqual({ ...NOTHING, queued: 1, suppressed: 1 });
    expect(one).toEqual({ ...NOTHING, suppressed: 1 });
    expect(await rowOf(db, PUBLISHED, 2)).toMatchObject({ status: 'failed', profile: null });
  });

  it('what another process may still be handing over', async () => {
    const { db } = await open();
    await claim(db, { channel: 'email', failing: false }, 1, new Date(DAY));
    await dropNotices(db, { event: PUBLISHED }, DAY);

    const meanwhile = await requeue(db, { event: PUBLISHED }, new Date(DAY));
    const afterwards = await requeue(db, { event: PUBLISHED }, LATER);

    expect(meanwhile).toEqual({ ...NOTHING, queued: 1, inHand: 1 });
    expect(afterwards).toEqual({ ...NOTHING, queued: 1 });
  });

  it('but not what was claimed while the clock was an hour ahead', async () => {
    const { db } = await open();
    await claim(db, { channel: 'email', failing: false }, 2, new Date('2024-05-31T17:00:00Z'));
    const dropped = await dropNotices(db, { event: PUBLISHED }, DAY);

    const done = await requeue(db, { event: PUBLISHED }, new Date(DAY));

    expect(dropped).toEqual({ dropped: 2, inHand: 0 });
    expect(done).toEqual({ ...NOTHING, queued: 2 });
  });
});

describe('what is for a team', () => {
  it('waits again, and is held where its endpoint is disabled', async () => {
    const installation = await openInstallation(BEFORE, DAY);
    const { db } = installation;
    const [, disabled] = [await addTeam(installation), await addTeam(installation)];
    await watchSource(ircc, installation);
    await publish(installation, AFTER);
    await dropNotices(db, { event: PUBLISHED }, DAY);
    await disableEndpoint(db, disabled, 'operator', DAY);

    const done = await requeue(db, { event: PUBLISHED }, LATER);

    expect(done).toEqual({ ...NOTHING, queued: 1, held: 1 });
    expect((await listNotices(db, { event: PUBLISHED })).map(({ status }) => status)).toEqual([
      'held',
      'queued',
    ]);
  });
});

describe('all of it or nothing', () => {
  it('is queued, page by page, however many there are', async () => {
    const { db } = await open();
    await sql`
      WITH RECURSIVE n (i) AS (SELECT 3 UNION ALL SELECT i + 1 FROM n WHERE i < 1102)
      INSERT INTO subscribers (key, email, address, locale, crs, profile, notify, status, consent_at, consent_how,
        created_at, changed_at)
      SELECT 'key' || i, i || '@example.org', i || '@example.org', 'en', 540, '{"crs":540}', '[]', 'active', ${DAY},
        'operator', ${DAY}, ${DAY} FROM n`.execute(db);
    await sql`
      INSERT INTO outbox (event_id, channel, subscriber_id, verdict, status, due_at, created_at)
      SELECT ${PUBLISHED}, 'email', id, '{"outcome":"invited"}', 'failed', ${DAY}, ${DAY}
      FROM subscribers WHERE id > 2`.execute(db);
    const broken = { profile: '{"crs":54' };
    const [rest] = [
      await db.selectFrom('subscribers').select('profile').where('id', '=', 1102).executeTakeFirst(),
    ];

    await db.updateTable('subscribers').set(broken).where('id', '=', 1102).execute();
    const refused = requeue(db, 'failed', LATER);
    await expect(refused).rejects.toThrow('JSON');
    const untouched = await listNotices(db, { status: 'failed', limit: null });
    await db
      .updateTable('subscribers')
      .set({ profile: rest?.profile ?? '' })
      .where('id', '=', 1102)
      .execute();
    const done = await requeue(db, 'failed', LATER);

    expect(untouched).toHaveLength(1_100);
    expect(done).toEqual({ ...NOTHING, queued: 1_100 });
    expect(await listNotices(db, { status: 'failed' })).toEqual([]);
  });
});
