import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { Schema } from '../../src/store/schema.ts';
import { openTestStore } from '../support/store.ts';

/** Complete by the compiler, in both directions; held against the real tables below. */
const COLUMNS: { [Table in keyof Schema]: Record<keyof Schema[Table], true> } = {
  documents: {
    id: true,
    source: true,
    url: true,
    status: true,
    headers: true,
    hash: true,
    body: true,
    fetched_at: true,
  },
  looks: {
    source: true,
    url: true,
    etag: true,
    last_modified: true,
    hash: true,
    looked_at: true,
    changed_at: true,
  },
  draws: {
    id: true,
    source: true,
    number: true,
    date: true,
    issued_at: true,
    label: true,
    type: true,
    version: true,
    programs: true,
    invitations: true,
    score_system: true,
    cutoff: true,
    tie_break_at: true,
    pool: true,
    url: true,
    inferred: true,
    revision: true,
    document_id: true,
    first_seen_at: true,
    changed_at: true,
    withdrawn_at: true,
  },
  draw_revisions: { draw_id: true, revision: true, draw: true, document_id: true, replaced_at: true },
  events: { seq: true, id: true, type: true, source: true, draw_id: true, at: true, told: true, data: true },
  subscribers: {
    id: true,
    key: true,
    email: true,
    address: true,
    locale: true,
    crs: true,
    profile: true,
    notify: true,
    status: true,
    consent_at: true,
    consent_how: true,
    created_at: true,
    changed_at: true,
    consent_words: true,
    consent_version: true,
    reminded_at: true,
    asked_at: true,
    paused_at: true,
  },
  endpoints: {
    id: true,
    key: true,
    url: true,
    kind: true,
    secret: true,
    events: true,
    created_at: true,
    sources: true,
    draw_types: true,
    locale: true,
    previous_secret: true,
    previous_until: true,
    failing_since: true,
    resume_at: true,
    disabled_at: true,
    disabled_why: true,
    team: true,
  },
  outbox: {
    id: true,
    event_id: true,
    letter: true,
    channel: true,
    subscriber_id: true,
    endpoint_id: true,
    operator: true,
    verdict: true,
    verdict_before: true,
    profile: true,
    status: true,
    attempts: true,
    ambiguous: true,
    due_at: true,
    lease_until: true,
    created_at: true,
    settled_at: true,
    message_id: true,
  },
  signups: {
    id: true,
    email: true,
    subscription: true,
    consent_words: true,
    consent_version: true,
    at: true,
  },
  api_keys: { id: true, team: true, hash: true, created_at: true, used_at: true },
  chores: { name: true, done_at: true },
  deliveries: {
    id: true,
    notice_id: true,
    attempt: true,
    at: true,
    milliseconds: true,
    outcome: true,
    detail: true,
    status: true,
    answer: true,
  },
  quarantine: {
    id: true,
    source: true,
    reason: true,
    faults: true,
    draw: true,
    document_id: true,
    since: true,
    looks: true,
    status: true,
  },
  health: {
    source: true,
    tried_at: true,
    succeeded_at: true,
    failures: true,
    failing_since: true,
    trouble: true,
    reason: true,
    failing_told: true,
    failing_told_at: true,
    quiet_since: true,
    quiet_told: true,
    quiet_told_at: true,
    retry_at: true,
    browser_at: true,
    unconditional: true,
    moved_from: true,
    moved_to: true,
  },
  leases: { name: true, holder: true, since: true, until: true },
  suppressions: { address_hash: true, reason: true, detail: true, at: true, asked_at: true },
  keys: { name: true, value: true, created_at: true },
  stops: { channel: true, since: true, cause: true, reason: true, pauses: true, resume_at: true, told: true },
};

test('a fresh database has exactly the schema that fixtures/schema.sql shows', async () => {
  const db = openTestStore();

  const { rows } = await sql<{ sql: string }>`
    select sql from sqlite_schema where sql is not null order by rowid
  `.execute(db);
  const schema = rows.map((row) => `${row.sql};\n`).join('\n');

  await expect(schema).toMatchFileSnapshot('../../fixtures/schema.sql');
});

test('the types of the schema name the columns that the tables have', async () => {
  const db = openTestStore();

  const { rows } = await sql<{ table: string; column: string }>`
    select t.name as "table", c.name as "column"
    from sqlite_schema as t, pragma_table_info(t.name) as c where t.type = 'table' order by t.rowid, c.cid
  `.execute(db);
  const real: Record<string, string[]> = {};
  for (const { table, column } of rows) real[table] = [...(real[table] ?? []), column];

  const typed = Object.fromEntries(
    Object.entries(COLUMNS).map(([table, columns]) => [table, Object.keys(columns)]),
  );
  expect(typed).toEqual(real);
});

test('every table is strict', async () => {
  const db = openTestStore();

  const { rows } = await sql<{ name: string; strict: number }>`
    select name, strict from pragma_table_list where schema = 'main' and name not like 'sqlite_%'
  `.execute(db);

  expect(rows.filter((table) => table.strict !== 1)).toEqual([]);
});
