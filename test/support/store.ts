// Databases for tests: in memory, or a file in a folder of its own.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { onTestFinished } from 'vitest';
import { openStore } from '../../src/store/open.ts';
import type { Db } from '../../src/store/schema.ts';

/** A folder that is removed when the test is done. */
export function makeFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'drawbell-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Closed when the test is done. */
export function openTestStore(file = ':memory:'): Db {
  const db = openStore(file);
  onTestFinished(() => db.destroy());
  return db;
}

/** How many rows each table holds. */
export async function countRows(db: Db): Promise<Record<string, number>> {
  const { rows } = await sql<{ name: string }>`select name from sqlite_schema where type = 'table'`.execute(
    db,
  );
  const counts: Record<string, number> = {};
  for (const { name } of rows) {
    const count = await sql<{ n: number }>`select count(*) as n from ${sql.table(name)}`.execute(db);
    counts[name] = count.rows[0]?.n ?? 0;
  }
  return counts;
}
