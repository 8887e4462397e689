// The database's history, append-only: a migration that has landed is never edited.

/** Each is applied once, in order, in the transaction that also counts it in `user_version`. */
export const MIGRATIONS: readonly string[] = [
  `
CREATE TABLE documents (
  id INTEGER PRIMARY KEY,
  source TEXT NOT NULL,
  url TEXT NOT NULL,
  status INTEGER NOT NULL,
  headers TEXT NOT NULL,
  hash TEXT NOT NULL,
  body BLOB NOT NULL,
  fetched_at TEXT NOT NULL,
  UNIQUE (source, hash)
) STRICT;

CREATE TABLE looks (
  source TEXT PRIMARY KEY,
  url TEXT NOT NULL,
  etag TEXT,
  last_modified TEXT,
  hash TEXT NOT NULL,
  looked_at TEXT NOT NULL,
  changed_at TEXT NOT NULL
) STRICT;

CREATE TABLE draws (
  id TEXT PRIMARY KEY,
  source TEXT NOT NULL,
  number TEXT NOT NULL,
  date TEXT NOT NULL,
  issued_at TEXT,
  label TEXT NOT NULL,
  type TEXT NOT NULL,
  version TEXT,
  programs TEXT,
  invitations INTEGER,
  score_system TEXT NOT NULL,
  cutoff INTEGER,
  tie_break_at TEXT,
  pool TEXT,
  url TEXT,
  inferred TEXT,
  revision INTEGER NOT NULL,
  document_id INTEGER NOT NULL REFERENCES documents (id),
  first_seen_at TEXT NOT NULL,
  changed_at TEXT,
  UNIQUE (source, number)
) STRICT;
CREATE INDEX draws_by_date ON draws (date);
CREATE INDEX draws_by_type ON draws (type, date);

CREATE TABLE draw_revisions (
  draw_id TEXT NOT NULL REFERENCES draws (id),
  revision INTEGER NOT NULL,
  draw TEXT NOT NULL,
  document_id INTEGER NOT NULL REFERENCES documents (id),
  replaced_at TEXT NOT NULL,
  PRIMARY KEY (draw_id, revision)
) STRICT;

CREATE TABLE quarantine (
  id TEXT PRIMARY KEY,
  source TEXT NOT NULL,
  faults TEXT NOT NULL,
  document_id INTEGER NOT NULL REFERENCES documents (id),
  since TEXT NOT NULL
) STRICT;

CREATE TABLE events (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  type TEXT NOT NULL,
  source TEXT NOT NULL,
  draw_id TEXT NOT NULL REFERENCES draws (id),
  at TEXT NOT NULL,
  told INTEGER NOT NULL CHECK (told IN (0, 1)),
  data TEXT NOT NULL
) STRICT;
CREATE INDEX events_by_draw ON events (draw_id);

CREATE TABLE subscribers (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  email TEXT NOT NULL,
  address TEXT NOT NULL UNIQUE,
  locale TEXT NOT NULL,
  crs INTEGER,
  profile TEXT NOT NULL,
  notify TEXT NOT NULL,
  status TEXT NOT NULL,
  consent_at TEXT NOT NULL,
  consent_how TEXT NOT NULL,
  created_at TEXT NOT NULL,
  changed_at TEXT NOT NULL
) STRICT;
CREATE INDEX subscribers_by_score ON subscribers (status, crs);

CREATE TABLE endpoints (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  url TEXT NOT NULL,
  kind TEXT NOT NULL,
  secret TEXT NOT NULL,
  events TEXT,
  created_at TEXT NOT NULL
) STRICT;

CREATE TABLE outbox (
  id INTEGER PRIMARY KEY,
  event_id TEXT NOT NULL REFERENCES events (id),
  channel TEXT NOT NULL,
  subscriber_id INTEGER REFERENCES subscribers (id) ON DELETE CASCADE,
  endpoint_id INTEGER REFERENCES endpoints (id) ON DELETE CASCADE,
  verdict TEXT,
  profile TEXT,
  status TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  due_at TEXT NOT NULL,
  lease_until TEXT,
  created_at TEXT NOT NULL,
  settled_at TEXT,
  CHECK ((subscriber_id IS NULL) <> (endpoint_id IS NULL)),
  UNIQUE (event_id, subscriber_id),
  UNIQUE (event_id, endpoint_id)
) STRICT;
CREATE INDEX outbox_due ON outbox (due_at) WHERE status = 'queued';
CREATE INDEX outbox_by_subscriber ON outbox (subscriber_id);
CREATE INDEX outbox_by_endpoint ON outbox (endpoint_id);

CREATE TABLE deliveries (
  id INTEGER PRIMARY KEY,
  notice_id INTEGER NOT NULL REFERENCES outbox (id) ON DELETE CASCADE,
  attempt INTEGER NOT NULL,
  at TEXT NOT NULL,
  milliseconds INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  detail TEXT NOT NULL
) STRICT;
CREATE INDEX deliveries_by_notice ON deliveries (notice_id);
`,
  // A watch that can be trusted: events about a source, notices for the operator, health, leases.
  `
CREATE TABLE events_2 (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  type TEXT NOT NULL,
  source TEXT NOT NULL,
  draw_id TEXT REFERENCES draws (id),
  at TEXT NOT NULL,
  told INTEGER NOT NULL CHECK (told IN (0, 1)),
  data TEXT NOT NULL
) STRICT;
INSERT INTO events_2 SELECT seq, id, type, source, draw_id, at, told, data FROM events;
DROP TABLE events;
ALTER TABLE events_2 RENAME TO events;
CREATE INDEX events_by_draw ON events (draw_id);

CREATE TABLE outbox_2 (
  id INTEGER PRIMARY KEY,
  event_id TEXT NOT NULL REFERENCES events (id),
  channel TEXT NOT NULL,
  subscriber_id INTEGER REFERENCES subscribers (id) ON DELETE CASCADE,
  endpoint_id INTEGER REFERENCES endpoints (id) ON DELETE CASCADE,
  operator INTEGER CHECK (operator = 1),
  verdict TEXT,
  verdict_before TEXT,
  profile TEXT,
  status TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  due_at TEXT NOT NULL,
  lease_until TEXT,
  created_at TEXT NOT NULL,
  settled_at TEXT,
  CHECK ((subscriber_id IS NOT NULL) + (endpoint_id IS NOT NULL) + (operator IS NOT NULL) = 1),
  UNIQUE (event_id, subscriber_id),
  UNIQUE (event_id, endpoint_id),
  UNIQUE (event_id, operator)
) STRICT;
INSERT INTO outbox_2 (id, event_id, channel, subscriber_id, endpoint_id, verdict, profile, status, attempts,
    due_at, lease_until, created_at, settled_at)
  SELECT id, event_id, channel, subscriber_id, endpoint_id, verdict, profile, status, attempts,
    due_at, lease_until, created_at, settled_at FROM outbox;
DROP TABLE outbox;
ALTER TABLE outbox_2 RENAME TO outbox;
CREATE INDEX outbox_due ON outbox (due_at) WHERE status = 'queued';
CREATE INDEX outbox_by_subscriber ON outbox (subscriber_id);
CREATE INDEX outbox_by_endpoint ON outbox (endpoint_id);

ALTER TABLE draws ADD COLUMN withdrawn_at TEXT;

CREATE TABLE quarantine_2 (
  id TEXT PRIMARY KEY,
  source TEXT NOT NULL,
  reason TEXT NOT NULL,
  faults TEXT NOT NULL,
  draw TEXT,
  document_id INTEGER NOT NULL REFERENCES documents (id),
  since TEXT NOT NULL,
  looks INTEGER NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('held', 'dropped'))
) STRICT;
INSERT INTO quarantine_2 SELECT id, source, 'unreadable', faults, NULL, document_id, since, 1, 'held' FROM quarantine;
DROP TABLE quarantine;
ALTER TABLE quarantine_2 RENAME TO quarantine;

CREATE TABLE health (
  source TEXT PRIMARY KEY,
  tried_at TEXT NOT NULL,
  succeeded_at TEXT,
  failures INTEGER NOT NULL,
  failing_since TEXT,
  trouble TEXT,
  reason TEXT,
  failing_told INTEGER NOT NULL,
  failing_told_at TEXT,
  quiet_since TEXT,
  quiet_told INTEGER NOT NULL,
  quiet_told_at TEXT,
  retry_at TEXT,
  browser_at TEXT,
  unconditional INTEGER NOT NULL CHECK (unconditional IN (0, 1)),
  moved_from TEXT,
  moved_to TEXT
) STRICT;

CREATE TABLE leases (
  name TEXT PRIMARY KEY,
  holder TEXT NOT NULL,
  since TEXT NOT NULL,
  until TEXT NOT NULL
) STRICT;
`,
  // The verdict to the letter: what waits in the outbox gets the values that its sentences now take from the
  // reasons. Notices that are settled, and verdicts before a correction, are only ever read for their outcome.
  `
UPDATE outbox SET
  verdict = json_set(outbox.verdict, '$.cautions', json('[]'), '$.reasons', json(CASE WHEN outbox.profile IS NULL
    THEN '[]' ELSE (
    SELECT json_group_array(json_set(reason.value,
      '$.score', outbox.profile -> '$.crs',
      '$.cutoff', events.data -> '$.draw.cutoff',
      '$.submittedAt', outbox.profile ->> '$.profileSubmittedAt',
      '$.tieBreakAt', CASE WHEN outbox.profile -> '$.crs' = events.data -> '$.draw.cutoff'
        THEN events.data ->> '$.draw.tieBreakAt' END,
      '$.programs', json(coalesce(outbox.profile -> '$.programs', '[]')),
      '$.invited', json(CASE json_type(events.data, '$.draw.programs') WHEN 'array'
        THEN events.data -> '$.draw.programs' ELSE '["fsw","cec","fst"]' END),
      '$.nomineesOnly', json(CASE events.data ->> '$.draw.type' WHEN 'pnp' THEN 'true' ELSE 'false' END),
      '$.version', events.data ->> '$.draw.version'
    ))
    FROM json_each(outbox.verdict, '$.reasons') AS reason) END)),
  verdict_before = json_set(outbox.verdict_before, '$.cautions', json('[]'), '$.reasons', json('[]'))
FROM events WHERE events.id = outbox.event_id AND outbox.verdict IS NOT NULL;
`,
  // Delivery that can be trusted. Most notices are for readers, so what only the others need is indexed for them alone.
  `
CREATE TABLE outbox_4 (
  id INTEGER PRIMARY KEY,
  event_id TEXT NOT NULL REFERENCES events (id),
  channel TEXT NOT NULL,
  subscriber_id INTEGER REFERENCES subscribers (id) ON DELETE CASCADE,
  endpoint_id INTEGER REFERENCES endpoints (id) ON DELETE CASCADE,
  operator INTEGER CHECK (operator = 1),
  verdict TEXT,
  verdict_before TEXT,
  profile TEXT,
  status TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  ambiguous INTEGER NOT NULL DEFAULT 0,
  due_at TEXT NOT NULL,
  lease_until TEXT,
  created_at TEXT NOT NULL,
  settled_at TEXT,
  CHECK ((subscriber_id IS NOT NULL) + (endpoint_id IS NOT NULL) + (operator IS NOT NULL) = 1)
) STRICT;
INSERT INTO outbox_4 (id, event_id, channel, subscriber_id, endpoint_id, operator, verdict, verdict_before, profile,
    status, attempts, due_at, lease_until, created_at, settled_at)
  SELECT id, event_id, channel, subscriber_id, endpoint_id, operator, verdict, verdict_before, profile,
    status, attempts, due_at, lease_until, created_at, settled_at FROM outbox;
DROP TABLE outbox;
ALTER TABLE outbox_4 RENAME TO outbox;
CREATE UNIQUE INDEX outbox_of_subscriber ON outbox (subscriber_id, event_id) WHERE subscriber_id IS NOT NULL;
CREATE UNIQUE INDEX outbox_of_endpoint ON outbox (endpoint_id, event_id) WHERE endpoint_id IS NOT NULL;
CREATE UNIQUE INDEX outbox_of_operator ON outbox (event_id) WHERE operator IS NOT NULL;
CREATE INDEX outbox_due_to_subscribers ON outbox (due_at) WHERE status = 'queued' AND subscriber_id IS NOT NULL;
CREATE INDEX outbox_due_to_endpoints ON outbox (endpoint_id, due_at) WHERE status = 'queued' AND endpoint_id IS NOT NULL;
CREATE INDEX outbox_due_to_operator ON outbox (due_at) WHERE status = 'queued' AND operator IS NOT NULL;
CREATE INDEX outbox_by_event ON outbox (event_id);

ALTER TABLE deliveries ADD COLUMN status INTEGER;
ALTER TABLE deliveries ADD COLUMN answer TEXT;

ALTER TABLE endpoints ADD COLUMN sources TEXT;
ALTER TABLE endpoints ADD COLUMN draw_types TEXT;
ALTER TABLE endpoints ADD COLUMN locale TEXT NOT NULL DEFAULT 'en';
ALTER TABLE endpoints ADD COLUMN previous_secret TEXT;
ALTER TABLE endpoints ADD COLUMN previous_until TEXT;
ALTER TABLE endpoints ADD COLUMN failing_since TEXT;
ALTER TABLE endpoints ADD COLUMN resume_at TEXT;
ALTER TABLE endpoints ADD COLUMN disabled_at TEXT;
ALTER TABLE endpoints ADD COLUMN disabled_why TEXT;

ALTER TABLE subscribers ADD COLUMN consent_words TEXT NOT NULL DEFAULT 'The operator attests that this person asked for these messages.';

CREATE TABLE suppressions (
  address_hash TEXT PRIMARY KEY,
  reason TEXT NOT NULL,
  detail TEXT,
  at TEXT NOT NULL
) STRICT;

CREATE TABLE keys (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT;

CREATE TABLE stops (
  channel TEXT PRIMARY KEY,
  since TEXT NOT NULL,
  cause TEXT NOT NULL,
  reason TEXT NOT NULL,
  pauses INTEGER NOT NULL,
  resume_at TEXT NOT NULL,
  told TEXT
) STRICT;
`,
  // The front door. Somebody signs up, confirms, and manages what is kept of them; teams have keys. A letter is a
  // notice that is of no event: it answers what somebody did on a page, or asks for a newer score.
  `
CREATE TABLE outbox_5 (
  id INTEGER PRIMARY KEY,
  event_id TEXT REFERENCES events (id),
  letter TEXT,
  channel TEXT NOT NULL,
  subscriber_id INTEGER REFERENCES subscribers (id) ON DELETE CASCADE,
  endpoint_id INTEGER REFERENCES endpoints (id) ON DELETE CASCADE,
  operator INTEGER CHECK (operator = 1),
  verdict TEXT,
  verdict_before TEXT,
  profile TEXT,
  status TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  ambiguous INTEGER NOT NULL DEFAULT 0,
  due_at TEXT NOT NULL,
  lease_until TEXT,
  created_at TEXT NOT NULL,
  settled_at TEXT,
  CHECK ((subscriber_id IS NOT NULL) + (endpoint_id IS NOT NULL) + (operator IS NOT NULL) = 1),
  CHECK ((event_id IS NOT NULL) + (letter IS NOT NULL) = 1),
  CHECK (letter IS NULL OR subscriber_id IS NOT NULL)
) STRICT;
INSERT INTO outbox_5 (id, event_id, channel, subscriber_id, endpoint_id, operator, verdict, verdict_before, profile,
    status, attempts, ambiguous, due_at, lease_until, created_at, settled_at)
  SELECT id, event_id, channel, subscriber_id, endpoint_id, operator, verdict, verdict_before, profile,
    status, attempts, ambiguous, due_at, lease_until, created_at, settled_at FROM outbox;
DROP TABLE outbox;
ALTER TABLE outbox_5 RENAME TO outbox;
CREATE UNIQUE INDEX outbox_of_subscriber ON outbox (subscriber_id, event_id) WHERE subscriber_id IS NOT NULL;
CREATE UNIQUE INDEX outbox_of_endpoint ON outbox (endpoint_id, event_id) WHERE endpoint_id IS NOT NULL;
CREATE UNIQUE INDEX outbox_of_operator ON outbox (event_id) WHERE operator IS NOT NULL;
CREATE INDEX outbox_due_to_subscribers ON outbox (due_at) WHERE status = 'queued' AND subscriber_id IS NOT NULL AND letter IS NULL;
CREATE INDEX outbox_due_letters ON outbox (letter, due_at) WHERE status = 'queued' AND letter IS NOT NULL;
CREATE INDEX outbox_due_to_endpoints ON outbox (endpoint_id, due_at) WHERE status = 'queued' AND endpoint_id IS NOT NULL;
CREATE INDEX outbox_due_to_operator ON outbox (due_at) WHERE status = 'queued' AND operator IS NOT NULL;
CREATE INDEX outbox_by_event ON outbox (event_id);

CREATE TABLE signups (
  id INTEGER PRIMARY KEY,
  email TEXT NOT NULL,
  subscription TEXT NOT NULL,
  consent_words TEXT NOT NULL,
  consent_version TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;

ALTER TABLE subscribers ADD COLUMN consent_version TEXT;
ALTER TABLE subscribers ADD COLUMN reminded_at TEXT;
ALTER TABLE subscribers ADD COLUMN asked_at TEXT;
ALTER TABLE subscribers ADD COLUMN paused_at TEXT;
CREATE INDEX subscribers_pending ON subscribers (status, asked_at) WHERE status = 'pending';
ALTER TABLE suppressions ADD COLUMN asked_at TEXT;

ALTER TABLE endpoints ADD COLUMN team TEXT;
CREATE TABLE api_keys (
  id TEXT PRIMARY KEY,
  team TEXT NOT NULL,
  hash TEXT NOT NULL,
  created_at TEXT NOT NULL,
  used_at TEXT
) STRICT;

CREATE TABLE chores (
  name TEXT PRIMARY KEY,
  done_at TEXT NOT NULL
) STRICT;
`,
  `
ALTER TABLE outbox ADD COLUMN message_id TEXT;
`,
];
