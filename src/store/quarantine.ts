// Rounds of a source's newest document that are kept apart.

import type { HeldRound } from '../event/quarantine.ts';
import type { DbOrTrx } from './schema.ts';

/** Held and dropped ones, oldest first. `source`: only of that source. */
export async function listQuarantine(db: DbOrTrx, source?: string): Promise<HeldRound[]> {
  let query = db.selectFrom('quarantine').selectAll().orderBy('since').orderBy('id');
  if (source !== undefined) query = query.where('source', '=', source);
  const rows = await query.execute();
  return rows.map(({ id, reason, faults, draw, since, looks, status }) => ({
    id,
    reason,
    faults: JSON.parse(faults),
    draw: draw === null ? null : JSON.parse(draw),
    since,
    looks,
    status,
  }));
}

/** Puts the rounds of the newest document in the place of all those of earlier ones. */
export async function replaceQuarantine(
  db: DbOrTrx,
  source: string,
  rounds: readonly HeldRound[],
  documentId: number,
): Promise<void> {
  await db.deleteFrom('quarantine').where('source', '=', source).execute();
  for (const { id, reason, faults, draw, since, looks, status } of rounds) {
    const row = { id, source, reason, since, looks, status, document_id: documentId };
    await db
      .insertInto('quarantine')
      .values({ ...row, faults: JSON.stringify(faults), draw: draw && JSON.stringify(draw) })
      .execute();
  }
}

/** The document that an entry of a source was read from; `undefined` when nothing is kept apart. */
export async function quarantinedDocument(db: DbOrTrx, source: string): Promise<number | undefined> {
  const row = await db
    .selectFrom('quarantine')
    .select('document_id')
    .where('source', '=', source)
    .orderBy('document_id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.document_id;
}

/** Not to be heard of until it changes. Returns whether there is such an entry. */
export async function dropFromQuarantine(db: DbOrTrx, id: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('quarantine')
    .set({ status: 'dropped' })
    .where('id', '=', id)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
