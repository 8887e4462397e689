// Rows -> a table, however many: of each page all values are bound as one JSON text, which SQLite reads fast.

import { type Insertable, sql } from 'kysely';
import type { DbOrTrx, Schema } from './schema.ts';

/** Rows that are written at a time: one text of all of them might be longer than a text can be. */
const PAGE = 1_000;

/**
 * Inserts rows of text, numbers and `null` in the order given; returns how many. Of what one row names and another does
 * not, the other has `null`. `known`: what becomes of one that is there already, by any of its names.
 */
export async function insertMany<Table extends keyof Schema>(
  db: DbOrTrx,
  table: Table,
  rows: readonly Insertable<Schema[Table]>[],
  known: 'is a fault' | 'stays as it is' = 'is a fault',
): Promise<number> {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const names = sql.join(columns.map((column) => sql.ref(column)));
  const read = sql.join(columns.map((_, index) => sql`value ->> ${sql.lit(index)}`));
  const unlessKnown = known === 'is a fault' ? sql`` : sql`ON CONFLICT DO NOTHING`;
  let inserted = 0;
  for (let start = 0; start < rows.length; start += PAGE) {
    const page = rows.slice(start, start + PAGE) as readonly Record<string, unknown>[];
    const values = JSON.stringify(page.map((row) => columns.map((column) => whole(row[column]))));
    const { numAffectedRows = 0n } = await sql`
      INSERT INTO ${sql.table(table)} (${names})
      SELECT ${read} FROM json_each(${values}) WHERE true ORDER BY key ${unlessKnown}`.execute(db);
    inserted += Number(numAffectedRows);
  }
  return inserted;
}

/** As a bound value it would be mended, too: half a character that JSON spells out is bytes of nothing to SQLite. */
function whole(value: unknown): unknown {
  return typeof value === 'string' ? value.toWellFormed() : value;
}
