// One look at a feed that is at hand, without a server; and everything a store holds, to compare.

import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Sight } from '../../src/journey/look.ts';
import { type Look, takeIn } from '../../src/journey/take-in.ts';
import type { Deps } from '../../src/journey.ts';
import { ircc } from '../../src/sources/ircc.ts';
import { lastLook } from '../../src/store/looks.ts';
import { inTransaction, openStore } from '../../src/store/open.ts';
import type { Db } from '../../src/store/schema.ts';
import { documentOf } from '../sources/documents.ts';

/** Takes in a feed of `ircc` as the journey does with one that has changed. Throws `PageError`. */
export async function takeInFeed(body: string | Uint8Array, deps: Deps): Promise<Look> {
  const document = {
    ...documentOf(ircc, body),
    hash: createHash('sha256').update(body).digest('hex'),
    fetchedAt: deps.now().toISOString(),
  };
  const sight: Sight = {
    url: document.url,
    answer: document,
    document,
    reading: ircc.parse(document),
    byBrowser: false,
    unconditional: null,
    moved: null,
    lookedBefore: (await lastLook(deps.db, ircc.id)) !== undefined,
  };
  return inTransaction(deps.db, (trx) => takeIn(trx, ircc, sight, {}, deps));
}

/** For a property that opens thousands of databases: each is closed as soon as it has served. */
export async function withStore<Result>(use: (db: Db) => Promise<Result>): Promise<Result> {
  const db = openStore(':memory:');
  try {
    return await use(db);
  } finally {
    await db.destroy();
  }
}

export type Rows = Record<string, unknown>[];

/** Every row of every table, in the order of storing; without what follows from the bytes, or from chance, as all keys do. */
export async function readTables(db: Db): Promise<Record<string, Rows>> {
  const { rows: names } = await sql<{ name: string }>`
    select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' and name <> 'keys'`.execute(
    db,
  );
  const tables: Record<string, Rows> = {};
  for (const { name } of names) {
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(name)}`.execute(db);
    tables[name] = rows.map((row) => without(row, LEFT_OUT));
  }
  return tables;
}

/** Digests and bytes of a document, and the random name of a subscriber. */
const LEFT_OUT = ['hash', 'body', 'etag', 'key'];

export function without(row: Record<string, unknown>, columns: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).filter(([column]) => !columns.includes(column)));
}
