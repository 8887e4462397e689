import { execFile } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { buildFeed, toRound, wrapRounds } from '../src/demo/feed.ts';
import type { Draw } from '../src/draw/draw.ts';
import { FetchError, PageError } from '../src/errors.ts';
import { deliverDue, startFromHistory, watchSource } from '../src/journey.ts';
import { ircc } from '../src/sources/ircc.ts';
import { claim } from '../src/store/claims.ts';
import { readDocument } from '../src/store/documents.ts';
import { listDraws } from '../src/store/draws.ts';
import { listEvents } from '../src/store/events.ts';
import { listNotices } from '../src/store/notices.ts';
import { listQuarantine } from '../src/store/quarantine.ts';
import { shippedDraws } from './draw/history.ts';
import { addTeam, openInstallation, subscribe } from './support/journey.ts';
import { countRows, makeFolder, openTestStore } from './support/store.ts';

const execute = promisify(execFile);
const CLI = fileURLToPath(new URL('../src/cli.ts', import.meta.url));
const HISTORY = shippedDraws();
const BEFORE = HISTORY.filter((draw) => draw.date <= '2024-05-30');
const AFTER = HISTORY.filter((draw) => draw.date <= '2024-05-31');
const DAY = '2024-05-31T16:00:00.000Z';
const CEC_297 = AFTER.at(-1) as Draw;

describe('a look at a source', () => {
  test('the first one stores everything and tells nobody', async () => {
    const installation = await openInstallation(AFTER, DAY);
    await subscribe(installation.db, 'amina@example.org');
    await addTeam(installation);

    const look = await watchSource(ircc, installation);

    expect(look).toMatchObject({ changed: true, events: [], queued: 0 });
    expect(look.fresh).toHaveLength(AFTER.length);
    expect(await listDraws(installation.db)).toEqual([...AFTER].reverse());
    expect((await listEvents(installation.db)).filter((event) => event.told)).toEqual([]);
  });

  test('a new round is stored, told to readers once and to teams event by event', async () => {
    const installation = await openInstallation(BEFORE, DAY);
    await subscribe(installation.db, 'amina@example.org');
    await addTeam(installation);
    await watchSource(ircc, installation);

    installation.site.publish(buildFeed(AFTER));
    const look = await watchSource(ircc, installation);
    await deliverDue(installation);

    expect(look).toMatchObject({ fresh: ['ircc:297'], corrected: [], queued: 3 });
    expect(installation.mailServer.received.map((mail) => mail.recipients)).toEqual([['amina@example.org']]);
    expect(installation.team.received.map(({ body }) => JSON.parse(body).type).sort()).toEqual([
      'draw.published',
      'draw_type.returned',
    ]);
    expect(installation.team.received.every(({ verified }) => verified)).toBe(true);
  });

  test('nothing new is asked for with the ETag and answered 304', async () => {
    const installation = await openInstallation(BEFORE, DAY);
    await watchSource(ircc, installation);
    const before = await countRows(installation.db);

    const look = await watchSource(ircc, installation);

    expect(look).toMatchObject({ changed: false, fresh: [], queued: 0 });
    expect(installation.site.asked.map(({ status }) => status)).toEqual([200, 304]);
    expect(await countRows(installation.db)).toEqual(before);
  });

  test('an ETag is not sent to another address than the one that gave it', async () => {
    const installation = await openInstallation(BEFORE, DAY);
    const other = await openInstallation(BEFORE, DAY);
    await watchSource(ircc, installation);

    await watchSource(ircc, { ...installation, addresses: other.addresses });

    expect(other.site.asked[0]?.headers['if-none-match']).toBeUndefined();
  });

  test('the same bytes from another address are no change, and that address is asked with its own ETag next', async () => {
    const installation = await openInstallation(BEFORE, DAY);
    const other = await openInstallation(BEFORE, DAY);
    const moved = { ...installation, addresses: other.addresses };
    await watchSource(ircc, installation);

    const looks = [await watchSource(ircc, moved), await watchSource(ircc, moved)];

    expect(looks).toMatchObject([{ changed: false }, { changed: false }]);
    expect(other.site.asked.map(({ status }) => status)).toEqual([200, 304]);
  });

  test('the same rounds in another layout are no change', async () => {
    const installation = await openInstallation(BEFORE, DAY);
    await watchSource(ircc, installation);
    const before = await countRows(installation.db);

    installation.site.publish(buildFeed(BEFORE, { indent: 7 }));
    const look = await watchSource(ircc, installation);

    expect(look).toMatchObject({ changed: false, fresh: [], corrected: [] });
    expect(await countRows(installation.db)).toEqual(before);
  });

  test('a round that was there for more than ten days when first seen is listed, and nobody is told', async () => {
    const installation = await openInstallation(BEFORE, '2024-06-11T00:00:00Z');
    await subscribe(installation.db, 'amina@example.org');
    await addTeam(installation);
    await watchSource(ircc, installation);

    installation.site.publish(buildFeed(AFTER));
    const look = await watchSource(ircc, installation);

    expect(look).toMatchObject({ fresh: ['ircc:297'], queued: 0 });
    expect(look.events.map(({ type, told }) => [type, told])).toEqual([
      ['draw.published', false],
      ['draw_type.returned', false],
    ]);
  });

  test('every draw points to the document it was read from, byte for byte', async () => {
    const installation = await openInstallation(BEFORE, DAY);
    const feed = buildFeed(AFTER);
    await watchSource(ircc, installation);

    installation.site.publish(feed);
    await watchSource(ircc, installation);

    const row = await installation.db
      .selectFrom('draws')
      .select('document_id')
      .where('id', '=', 'ircc:297')
      .executeTakeFirstOrThrow();
    const document = await readDocument(installation.db, row.document_id);
    expect(Buffer.from(document?.bytes ?? []).toString('utf8')).toBe(feed);
    expect(document && ircc.parse(document).draws).toEqual(AFTER);
  });
});

describe('a correction', () => {
  const corrected = AFTER.map((draw) =>
    draw.id === 'ircc:262' ? { ...draw, tieBreakAt: '2023-08-01T12:59:52Z' } : draw,
  );

  test('becomes a revision and an event for teams; no reader gets a "new draw" for it', async () => {
    const installation = await openInstallation(corrected, DAY);
    await subscribe(installation.db, 'amina@example.org');
    await addTeam(installation);
    await watchSource(ircc, installation);

    installation.site.publish(buildFeed(AFTER));
    const look = await watchSource(ircc, installation);
    await deliverDue(installation);

    expect(look).toMatchObject({ fresh: [], corrected: ['ircc:262'], queued: 1 });
    expect(installation.mailServer.received).toEqual([]);
    expect(JSON.parse(installation.team.received[0]?.body ?? '')).toMatchObject({
      type: 'draw.corrected',
      data: {
        changes: [{ field: 'tieBreakAt', before: '2023-08-01T12:59:52Z', after: '2023-07-04T19:36:18Z' }],
      },
    });
    const revisions = await installation.db.selectFrom('draw_revisions').selectAll().execute();
    expect(revisions).toMatchObject([{ draw_id: 'ircc:262', revision: 1 }]);
    expect(JSON.parse(revisions[0]?.draw ?? '')).toEqual(corrected.find((draw) => draw.id === 'ircc:262'));
  });

  test('of what came with the program is recorded at the first look, and told to nobody', async () => {
    const installation = await openInstallation(
      HISTORY.map((draw) => (draw.id === 'ircc:426' ? { ...draw, cutoff: 393 } : draw)),
      '2026-07-11T00:00:00Z',
    );
    await addTeam(installation);
    await startFromHistory(ircc, installation);

    const look = await watchSource(ircc, installation);

    expect(look).toMatchObject({ corrected: ['ircc:426'], queued: 0 });
  });
});

describe('the shipped history', () => {
  test('is the baseline of an empty database, so a round after it is news at once', async () => {
    const installation = await openInstallation(HISTORY, '2026-07-10T18:00:00Z');
    await subscribe(installation.db, 'amina@example.org');
    await startFromHistory(ircc, installation);
    const next: Draw = { ...(HISTORY.at(-1) as Draw), id: 'ircc:427', number: '427', cutoff: 391 };

    installation.site.publish(buildFeed([...HISTORY, next]));
    const look = await watchSource(ircc, installation);

    expect(look).toMatchObject({ fresh: ['ircc:427'], corrected: [], queued: 1 });
  });

  test('is loaded once, also when two processes start at the same time', async () => {
    const file = path.join(makeFolder(), 'drawbell.db');
    const [one, two] = [openTestStore(file), openTestStore(file)];
    const deps = { now: () => new Date(DAY), dormantDays: 180 };

    await startFromHistory(ircc, { ...deps, db: one });
    await startFromHistory(ircc, { ...deps, db: two });

    expect(await listDraws(two)).toHaveLength(HISTORY.length);
  });
});

describe('a page that is not what it should be', () => {
  test('stops the look before anything is written', async () => {
    const installation = await openInstallation(BEFORE, DAY);
    await watchSource(ircc, installation);
    const before = await countRows(installation.db);

    installation.site.answerWith((response) => response.writeHead(200).end('<title>Sorry</title>'));
    const wrong = await watchSource(ircc, installation);
    installation.site.answerWith((response) => response.writeHead(503).end());
    const silent = await watchSource(ircc, installation);

    expect(wrong).toMatchObject({ failure: expect.any(PageError), changed: false, events: [], queued: 0 });
    expect(silent).toMatchObject({ failure: expect.any(FetchError), changed: false, events: [], queued: 0 });
    expect(await countRows(installation.db)).toEqual(before);
  });

  test('a round that cannot be read is kept apart until it can, and the rest goes on', async () => {
    const installation = await openInstallation(BEFORE, DAY);
    await subscribe(installation.db, 'amina@example.org');
    await watchSource(ircc, installation);
    const rounds = [...AFTER].reverse().map(toRound);

    installation.site.publish(wrapRounds([{ ...rounds[0], drawCRS: '' }, ...rounds.slice(1)]));
    const broken = await watchSource(ircc, installation);
    const stillBroken = await watchSource(ircc, installation);
    const kept = await listQuarantine(installation.db, 'ircc');
    installation.site.publish(wrapRounds(rounds));
    const mended = await watchSource(ircc, installation);

    expect(broken).toMatchObject({ fresh: [], held: [{ id: 'ircc:297' }], queued: 1 });
    expect(stillBroken).toMatchObject({ changed: false, held: [{ id: 'ircc:297' }], queued: 0 });
    expect(kept).toMatchObject([
      {
        id: 'ircc:297',
        reason: 'unreadable',
        status: 'held',
        faults: [{ where: 'ircc:297 drawCRS', expected: expect.stringContaining('cut-off'), found: '""' }],
      },
    ]);
    expect(mended).toMatchObject({ fresh: ['ircc:297'], held: [], queued: 1 });
    expect(await listQuarantine(installation.db, 'ircc')).toEqual([]);
  });
});

describe('one transaction', () => {
  test.each(['draws', 'events', 'outbox', 'looks'] as const)(
    'a failure while writing %s leaves nothing of the look, and the next one tells it all',
    async (table) => {
      const installation = await openInstallation(BEFORE, DAY);
      const { db } = installation;
      await subscribe(db, 'amina@example.org');
      await watchSource(ircc, installation);
      const before = await countRows(db);
      const event = table === 'looks' ? sql`update` : sql`insert`;
      await sql`create trigger fail before ${event} on ${sql.table(table)} begin select raise(abort, 'disk full'); end`.execute(
        db,
      );

      installation.site.publish(buildFeed(AFTER));
      await expect(watchSource(ircc, installation)).rejects.toThrow('disk full');

      expect(await countRows(db)).toEqual(before);
      await sql`drop trigger fail`.execute(db);
      expect(await watchSource(ircc, installation)).toMatchObject({ fresh: ['ircc:297'], queued: 1 });
    },
  );
});

describe('handing over', () => {
  test('two processes share the outbox without telling anybody twice', async () => {
    const file = path.join(makeFolder(), 'drawbell.db');
    const installation = await openInstallation(BEFORE, DAY, file);
    for (let n = 0; n < 40; n += 1) await subscribe(installation.db, `reader${n}@example.org`);
    await watchSource(ircc, installation);
    installation.site.publish(buildFeed(AFTER));
    await watchSource(ircc, installation);

    const run = () =>
      execute(process.execPath, [CLI, 'run', '--json', '--now', DAY], {
        env: {
          DRAWBELL_DATABASE: file,
          DRAWBELL_IRCC_URL: installation.site.feedUrl,
          DRAWBELL_SMTP_URL: installation.mailServer.url,
        },
      });
    const reports = (await Promise.all([run(), run()])).map(({ stdout }) => JSON.parse(stdout));

    expect(reports[0].notices.sent + reports[1].notices.sent).toBe(40);
    const told = installation.mailServer.received.flatMap((mail) => mail.recipients);
    expect(new Set(told).size).toBe(40);
    expect(told).toHaveLength(40);
  });

  test('what a dead process was handing over is due again after its lease, with the same id', async () => {
    const installation = await openInstallation(BEFORE, DAY);
    await addTeam(installation);
    await watchSource(ircc, installation);
    installation.site.publish(buildFeed(AFTER));
    await watchSource(ircc, installation);
    const lane = { channel: 'webhook', endpoint: 1, failing: false } as const;
    const [dead] = await claim(installation.db, lane, 1, new Date(DAY));

    const during = await deliverDue(installation);
    installation.setClock('2024-05-31T16:02:00.000Z');
    const after = await deliverDue(installation);

    expect([during.sent, after.sent]).toEqual([1, 1]);
    expect(installation.team.received[1]?.headers['webhook-id']).toBe(dead?.key);
  });

  test('a refused notice waits, is tried again with the same id, and every attempt is recorded', async () => {
    const installation = await openInstallation(BEFORE, DAY);
    await addTeam(installation);
    await watchSource(ircc, installation);
    installation.site.publish(buildFeed(AFTER));
    await watchSource(ircc, installation);

    installation.team.answerWith((response) => response.writeHead(500).end());
    const refused = await deliverDue(installation);
    const atOnce = await deliverDue(installation);
    installation.team.answerWith((response) => response.writeHead(200).end());
    installation.setClock('2024-05-31T16:00:06Z');
    const later = await deliverDue(installation);

    expect([refused, atOnce, later]).toEqual([
      { sent: 0, queued: 2, failed: 0 },
      { sent: 0, queued: 0, failed: 0 },
      { sent: 2, queued: 0, failed: 0 },
    ]);
    const ids = installation.team.received.map(({ headers }) => headers['webhook-id']);
    expect(ids.slice(0, 2).sort()).toEqual(ids.slice(2).sort());
    const attempts = await installation.db
      .selectFrom('deliveries')
      .select(['notice_id', 'attempt', 'outcome', 'detail'])
      .orderBy('notice_id')
      .orderBy('attempt')
      .execute();
    expect(attempts).toMatchObject([
      { attempt: 1, outcome: 'refused', detail: 'answered 500' },
      { attempt: 2, outcome: 'sent', detail: 'answered 200' },
      { attempt: 1, outcome: 'refused' },
      { attempt: 2, outcome: 'sent' },
    ]);
  });

  test('a notice that is refused ten times is given up', async () => {
    const installation = await openInstallation(BEFORE, DAY);
    await addTeam(installation);
    await watchSource(ircc, installation);
    installation.site.publish(buildFeed(AFTER));
    await watchSource(ircc, installation);
    installation.team.answerWith((response) => response.writeHead(500).end());

    const counts: number[] = [];
    for (let hour = 1; hour <= 11; hour += 1) {
      installation.setClock(`2024-06-01T${String(hour).padStart(2, '0')}:00:00Z`);
      await installation.db
        .updateTable('outbox')
        .set({ due_at: DAY })
        .where('status', '=', 'queued')
        .execute();
      counts.push((await deliverDue(installation)).failed);
    }

    expect(counts).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0]);
    expect((await listNotices(installation.db)).map(({ status, attempts }) => [status, attempts])).toEqual([
      ['failed', 10],
      ['failed', 10],
    ]);
  });

  test('somebody who is removed gets nothing more', async () => {
    const installation = await openInstallation(BEFORE, DAY);
    await subscribe(installation.db, 'amina@example.org');
    await watchSource(ircc, installation);
    installation.site.publish(buildFeed(AFTER));
    await watchSource(ircc, installation);

    await installation.db.deleteFrom('subscribers').execute();
    const counts = await deliverDue(installation);

    expect(counts).toEqual({ sent: 0, queued: 0, failed: 0 });
    expect(installation.mailServer.received).toEqual([]);
  });

  test('a message speaks of the score its verdict was made from, also when it changes before it is sent', async () => {
    const installation = await openInstallation(BEFORE, DAY);
    const facts = { programs: ['cec'], profileSubmittedAt: '2024-01-10T12:00:00Z' };
    await subscribe(installation.db, 'amina@example.org', { ...facts, crs: 530 });
    await watchSource(ircc, installation);
    installation.site.publish(buildFeed(AFTER));
    await watchSource(ircc, installation);

    await subscribe(installation.db, 'amina@example.org', { ...facts, crs: 480 });
    await deliverDue(installation);

    const [mail] = installation.mailServer.received;
    expect(mail?.subject).toContain('You would have been invited');
    expect(mail?.subject).toContain('you 530 (+8)');
    expect(mail?.text).not.toMatch(/ 480\b/);
  });

  test('of a settled notice only outcome and margin are kept, not what the reader told', async () => {
    const installation = await openInstallation(BEFORE, DAY);
    const facts = { programs: ['cec'], profileSubmittedAt: '2024-01-10T12:00:00Z', crsAsOf: '2024-05-01' };
    await subscribe(installation.db, 'amina@example.org', { ...facts, crs: 530 });
    await watchSource(ircc, installation);
    installation.site.publish(buildFeed(AFTER));
    await watchSource(ircc, installation);

    await deliverDue(installation);

    const rows = await installation.db.selectFrom('outbox').select(['profile', 'verdict']).execute();
    const kept = { draw: 'ircc:297', outcome: 'invited', margin: 8, reasons: [], cautions: [] };
    expect(rows).toEqual([{ profile: null, verdict: JSON.stringify(kept) }]);
  });

  test('only those are told who asked for it, each by their own verdict', async () => {
    const installation = await openInstallation(BEFORE, DAY);
    const facts = { programs: ['cec'], profileSubmittedAt: '2024-01-10T12:00:00Z' };
    await subscribe(installation.db, 'yes@example.org', { ...facts, crs: 530, notify: ['invited'] });
    await subscribe(installation.db, 'no@example.org', { ...facts, crs: 500, notify: ['invited'] });
    await subscribe(installation.db, 'near@example.org', { ...facts, crs: 515, notify: ['near-miss:7'] });
    await subscribe(installation.db, 'far@example.org', { ...facts, crs: 514, notify: ['near-miss:7'] });
    await subscribe(installation.db, 'unsure@example.org', { crs: 530, notify: ['cannot-tell'] });
    await subscribe(installation.db, 'type@example.org', { ...facts, crs: 100, notify: ['draw-type'] });
    await watchSource(ircc, installation);

    installation.site.publish(buildFeed(AFTER));
    await watchSource(ircc, installation);
    await deliverDue(installation);

    expect(installation.mailServer.received.flatMap((mail) => mail.recipients).sort()).toEqual([
      'near@example.org',
      'type@example.org',
      'unsure@example.org',
      'yes@example.org',
    ]);
    expect(CEC_297.cutoff).toBe(522);
  });
});
