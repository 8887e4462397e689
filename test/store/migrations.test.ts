// What waits in the outbox of an older drawbell can still be told by this one.

import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import type { Profile } from '../../src/match/profile.ts';
import type { Reason } from '../../src/match/reason.ts';
import type { Verdict } from '../../src/match/verdict.ts';
import { reasonSentence } from '../../src/notify/text/describe.ts';
import { LANGUAGES } from '../../src/notify/text/languages.ts';
import { claim } from '../../src/store/claims.ts';
import { listEndpoints } from '../../src/store/endpoints.ts';
import { MIGRATIONS } from '../../src/store/migrations.ts';
import { shippedDraw } from '../draw/history.ts';
import { makeFolder, openTestStore } from '../support/store.ts';

const draw = shippedDraw(297);
const AT_CUTOFF: Profile = { crs: 522, profileSubmittedAt: '2024-03-19', programs: ['fsw'] };

/** The reasons of the second format: a code, and what is missing. */
const CODES: Record<string, Profile> = {
  'below-cutoff': { ...AT_CUTOFF, crs: 510 },
  'above-cutoff': { ...AT_CUTOFF, crs: 530 },
  'tie-break-met': AT_CUTOFF,
  'tie-break-missed': AT_CUTOFF,
  'tie-break-not-published': AT_CUTOFF,
  'tie-break-day-too-close': AT_CUTOFF,
  'cutoff-not-published': AT_CUTOFF,
  'score-unknown': {},
  'submission-unknown': { crs: 530 },
  'submission-day-too-close': AT_CUTOFF,
  'submitted-after-draw': AT_CUTOFF,
  'profile-expired': AT_CUTOFF,
  'programs-not-eligible': AT_CUTOFF,
  'programs-unknown': {},
  'not-nominated': AT_CUTOFF,
  'nomination-unknown': {},
  'french-below-nclc7': AT_CUTOFF,
  'french-unknown': {},
  'category-rules-unknown': AT_CUTOFF,
  'draw-type-unknown': AT_CUTOFF,
};

/** A database of the second format with one notice, as JSON in its columns; returns what the third reads of it. */
async function migrated(notice: { verdict: object; before?: object; profile: object | null }) {
  const file = path.join(makeFolder(), 'drawbell.db');
  const sqlite = new Sqlite(file);
  for (const migration of MIGRATIONS.slice(0, 2)) sqlite.exec(migration);
  sqlite.pragma('user_version = 2');
  sqlite.pragma('foreign_keys = OFF');
  sqlite
    .prepare(
      `insert into events (id, type, source, draw_id, at, told, data)
       values ('draw.published/ircc:297', 'draw.published', 'ircc', 'ircc:297', '2024-05-31T16:00:00Z', 1, ?)`,
    )
    .run(JSON.stringify({ draw, special: [] }));
  sqlite
    .prepare(
      `insert into outbox (event_id, channel, subscriber_id, verdict, verdict_before, profile, status, due_at, created_at)
       values ('draw.published/ircc:297', 'email', 1, ?, ?, ?, 'queued', '2024-05-31T16:00:00Z', '2024-05-31T16:00:00Z')`,
    )
    .run(
      JSON.stringify(notice.verdict),
      notice.before ? JSON.stringify(notice.before) : null,
      notice.profile && JSON.stringify(notice.profile),
    );
  sqlite.prepare(`insert into documents values (1, 'ircc', '', 200, '{}', '', x'00', '')`).run();
  sqlite
    .prepare(
      `insert into draws (id, source, number, date, label, type, score_system, revision, document_id, first_seen_at)
       values ('ircc:297', 'ircc', '297', '2024-05-31', '', 'cec', 'crs', 1, 1, '')`,
    )
    .run();
  sqlite
    .prepare(
      `insert into subscribers values (1, 'a', 'a@example.org', 'a@example.org', 'en', 522, '{}', '[]', 'active',
       '2024-05-01T00:00:00Z', 'operator', '2024-05-01T00:00:00Z', '2024-05-01T00:00:00Z')`,
    )
    .run();
  sqlite.close();
  const db = openTestStore(file);
  const row = await db.selectFrom('outbox').select(['verdict', 'verdict_before']).executeTakeFirstOrThrow();
  return {
    verdict: JSON.parse(row.verdict ?? 'null') as Verdict,
    before: JSON.parse(row.verdict_before ?? 'null') as Verdict | null,
  };
}

test.each(Object.entries(CODES))('a notice with the reason %s can be told', async (code, profile) => {
  const old = { draw: draw.id, outcome: 'cannot-tell', margin: null, reasons: [{ code }] };

  const { verdict } = await migrated({ verdict: old, profile });

  expect(verdict).toMatchObject({ ...old, reasons: [{ code }], cautions: [] });
  for (const words of Object.values(LANGUAGES)) {
    const sentence = reasonSentence(words, verdict.reasons[0] as Reason);
    expect(sentence).toMatch(/^[A-ZÀÉ«].*\.$/s);
    expect(sentence).not.toMatch(/undefined|null|NaN/);
  }
});

test('the values are those of the draw and of the profile it was judged by', async () => {
  const reasons = [{ code: 'submission-unknown', missing: 'profileSubmittedAt' }, { code: 'above-cutoff' }];
  const old = { draw: draw.id, outcome: 'cannot-tell', margin: 8, reasons };

  const { verdict } = await migrated({ verdict: old, profile: { crs: 530, programs: ['cec'] } });

  expect(verdict.margin).toBe(8);
  expect(verdict.reasons).toMatchObject([
    { code: 'submission-unknown', missing: 'profileSubmittedAt', tieBreakAt: null },
    { code: 'above-cutoff', score: 530, cutoff: 522 },
  ]);
});

test('of a settled notice, and of the verdict before a correction, the outcome stays', async () => {
  const old = { draw: draw.id, outcome: 'invited', margin: 8, reasons: [{ code: 'above-cutoff' }] };

  const { verdict, before } = await migrated({
    verdict: old,
    before: { ...old, outcome: 'not-invited' },
    profile: null,
  });

  expect(verdict).toEqual({ ...old, reasons: [], cautions: [] });
  expect(before).toEqual({ ...old, outcome: 'not-invited', reasons: [], cautions: [] });
});

test('an outbox of the third format keeps every notice, claim and attempt, and goes on from there', async () => {
  const file = path.join(makeFolder(), 'drawbell.db');
  const sqlite = new Sqlite(file);
  for (const migration of MIGRATIONS.slice(0, 3)) sqlite.exec(migration);
  sqlite.pragma('user_version = 3');
  const verdict = `{"draw":"ircc:297","outcome":"invited","margin":8,"reasons":[],"cautions":[]}`;
  sqlite.exec(`
    INSERT INTO documents VALUES (1, 'ircc', '', 200, '{}', '', x'00', '');
    INSERT INTO draws (id, source, number, date, label, type, score_system, revision, document_id, first_seen_at)
      VALUES ('ircc:297', 'ircc', '297', '2024-05-31', '', 'cec', 'crs', 1, 1, '');
    INSERT INTO events VALUES (1, 'draw.published/ircc:297', 'draw.published', 'ircc', 'ircc:297',
      '2024-05-31T16:00:00.000Z', 1, '{}');
    INSERT INTO subscribers VALUES (7, 'key7', 'a@example.org', 'a@example.org', 'fr', 530, '{"crs":530}',
      '["invited"]', 'active', '2024-05-01T00:00:00Z', 'operator', '2024-05-01T00:00:00Z', '2024-05-01T00:00:00Z');
    INSERT INTO endpoints VALUES (3, 'ep_3', 'https://team.example.org/', 'standard', 'whsec_MDEyMw==', NULL,
      '2024-05-01T00:00:00Z');
    INSERT INTO outbox VALUES
      (11, 'draw.published/ircc:297', 'email', 7, NULL, NULL, '${verdict}', NULL, '{"crs":530}', 'queued', 2,
        '2024-05-31T16:05:00.000Z', '2024-05-31T16:07:00.000Z', '2024-05-31T16:00:00.000Z', NULL),
      (12, 'draw.published/ircc:297', 'webhook', NULL, 3, NULL, NULL, NULL, NULL, 'sent', 1,
        '2024-05-31T16:00:00.000Z', NULL, '2024-05-31T16:00:00.000Z', '2024-05-31T16:00:01.000Z');
    INSERT INTO deliveries VALUES (21, 11, 1, '2024-05-31T16:00:02.000Z', 40, 'refused', '451 put off'),
      (22, 12, 1, '2024-05-31T16:00:01.000Z', 9, 'sent', 'answered 204');`);
  const before = sqlite.prepare('SELECT * FROM outbox ORDER BY id').all();
  sqlite.close();

  const db = openTestStore(file);

  const after = await db.selectFrom('outbox').selectAll().orderBy('id').execute();
  expect(after).toEqual(
    before.map((row) => ({ ...(row as object), ambiguous: 0, letter: null, message_id: null })),
  );
  const deliveries = await db.selectFrom('deliveries').select(['notice_id', 'status', 'answer']).execute();
  expect(deliveries).toEqual([
    { notice_id: 11, status: null, answer: null },
    { notice_id: 12, status: null, answer: null },
  ]);
  const [endpoint] = await listEndpoints(db, '2024-05-31T16:00:00.000Z');
  expect(endpoint).toMatchObject({ id: 'ep_3', locale: 'en', secrets: ['whsec_MDEyMw=='], disabled: null });
  const lane = { channel: 'email', failing: false } as const;
  const early = await claim(db, lane, 5, new Date('2024-05-31T16:06:59.000Z'));
  const due = await claim(db, lane, 5, new Date('2024-05-31T16:07:00.000Z'));
  expect(early).toEqual([]);
  expect(due).toMatchObject([{ row: 11, attempt: 3, reader: { id: 'key7', locale: 'fr' } }]);
});

test('a database of the fourth format keeps every notice, claim and attempt, and every person', async () => {
  const file = path.join(makeFolder(), 'drawbell.db');
  const sqlite = new Sqlite(file);
  for (const migration of MIGRATIONS.slice(0, 4)) sqlite.exec(migration);
  sqlite.pragma('user_version = 4');
  const verdict = `{"draw":"ircc:297","outcome":"invited","margin":8,"reasons":[],"cautions":[]}`;
  sqlite.exec(`
    INSERT INTO events VALUES (1, 'draw.published/ircc:297', 'draw.published', 'ircc', NULL,
      '2024-05-31T16:00:00.000Z', 1, '{}');
    INSERT INTO subscribers VALUES
      (7, 'key7', 'a@example.org', 'a@example.org', 'fr', 530, '{"crs":530}', '["invited"]', 'active',
        '2024-05-01T00:00:00Z', 'operator', '2024-05-01T00:00:00Z', '2024-05-01T00:00:00Z', 'Agreed to this'),
      (8, 'key8', 'b@example.org', 'b@example.org', 'en', NULL, '{}', '[]', 'suppressed',
        '2024-05-01T00:00:00Z', 'operator', '2024-05-01T00:00:00Z', '2024-05-02T00:00:00Z', 'Agreed to this');
    INSERT INTO suppressions VALUES ('${'ab'.repeat(32)}', 'bounced', '550 5.1.1', '2024-05-02T00:00:00Z');
    INSERT INTO endpoints (id, key, url, kind, secret, created_at)
      VALUES (3, 'ep_3', 'https://team.example.org/', 'standard', 'whsec_MDEyMw==', '2024-05-01T00:00:00Z');
    INSERT INTO outbox VALUES
      (11, 'draw.published/ircc:297', 'email', 7, NULL, NULL, '${verdict}', NULL, '{"crs":530}', 'queued', 2, 1,
        '2024-05-31T16:05:00.000Z', '2024-05-31T16:07:00.000Z', '2024-05-31T16:00:00.000Z', NULL),
      (12, 'draw.published/ircc:297', 'webhook', NULL, 3, NULL, NULL, NULL, NULL, 'held', 1, 0,
        '2024-05-31T16:00:00.000Z', NULL, '2024-05-31T16:00:00.000Z', NULL),
      (13, 'draw.published/ircc:297', 'operator', NULL, NULL, 1, NULL, NULL, NULL, 'sent', 1, 0,
        '2024-05-31T16:00:00.000Z', NULL, '2024-05-31T16:00:00.000Z', '2024-05-31T16:00:01.000Z');
    INSERT INTO deliveries VALUES (21, 11, 1, '2024-05-31T16:00:02.000Z', 40, 'refused', '451 put off', 451, NULL),
      (22, 13, 1, '2024-05-31T16:00:01.000Z', 9, 'sent', 'taken', 250, NULL);`);
  const read = (table: string) => sqlite.prepare(`SELECT * FROM ${table} ORDER BY 1`).all() as object[];
  const [notices, attempts, people, suppressed] = [
    read('outbox'),
    read('deliveries'),
    read('subscribers'),
    read('suppressions'),
  ];
  sqlite.close();

  const db = openTestStore(file);

  const lane = { channel: 'email', failing: false } as const;
  const early = await claim(db, lane, 5, new Date('2024-05-31T16:06:59.000Z'));
  expect(early).toEqual([]);
  expect(await db.selectFrom('outbox').selectAll().orderBy('id').execute()).toEqual(
    notices.map((row) => ({ ...row, letter: null, message_id: null })),
  );
  expect(await db.selectFrom('deliveries').selectAll().orderBy('id').execute()).toEqual(attempts);
  const unasked = { consent_version: null, reminded_at: null, asked_at: null, paused_at: null };
  expect(await db.selectFrom('subscribers').selectAll().orderBy('id').execute()).toEqual(
    people.map((row) => ({ ...row, ...unasked })),
  );
  expect(await db.selectFrom('suppressions').selectAll().execute()).toEqual(
    suppressed.map((row) => ({ ...row, asked_at: null })),
  );
  const due = await claim(db, lane, 5, new Date('2024-05-31T16:07:00.000Z'));
  expect(due).toMatchObject([{ row: 11, attempt: 3, ambiguous: 1, reader: { id: 'key7', locale: 'fr' } }]);
});
