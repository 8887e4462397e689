// What the database says after the program was stopped, read from a copy: the file itself is the next start's to mend.

import { copyFileSync, existsSync, rmSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { nameNotice } from './ledger.ts';
import type { Remains } from './promises.ts';

export interface Evidence extends Remains {
  /** Events that are told. */
  told: { type: string; draw: string | null }[];
  /** How many notices there are of each status. */
  statuses: Record<string, number>;
  /** Sign-ups that nothing was made of yet. */
  signUps: number;
}

/** `now`: whose claims have not ended. */
export function readEvidence(database: string, now: string): Evidence {
  const copy = `${database}.copy`;
  for (const end of ['', '-wal'])
    if (existsSync(database + end)) copyFileSync(database + end, copy + end);
    else rmSync(copy + end, { force: true });
  rmSync(`${copy}-shm`, { force: true });
  const sqlite = new Sqlite(copy);
  try {
    const integrity = String(sqlite.pragma('integrity_check', { simple: true }));
    return {
      integrity,
      inFlight: new Set(readInFlight(sqlite, now)),
      told: sqlite
        .prepare('SELECT type, draw_id AS draw FROM events WHERE told = 1')
        .all() as Evidence['told'],
      statuses: Object.fromEntries(
        sqlite.prepare('SELECT status, count(*) FROM outbox GROUP BY status').raw().all() as [
          string,
          number,
        ][],
      ),
      signUps: sqlite.prepare('SELECT count(*) FROM signups').pluck().get() as number,
    };
  } finally {
    sqlite.close();
  }
}

function readInFlight(sqlite: Sqlite.Database, now: string): string[] {
  const rows = sqlite
    .prepare(
      `SELECT email, url, coalesce(type, letter) AS type, draw_id AS draw
      FROM outbox LEFT JOIN events ON events.id = outbox.event_id
        LEFT JOIN subscribers ON subscribers.id = outbox.subscriber_id
        LEFT JOIN endpoints ON endpoints.id = outbox.endpoint_id
      WHERE outbox.status = 'queued' AND lease_until > ?`,
    )
    .all(now) as { email: string | null; url: string | null; type: string; draw: string | null }[];
  return rows.map(({ email, url, type, draw }) =>
    nameNotice(email ?? new URL(url ?? '').pathname, type, draw),
  );
}
