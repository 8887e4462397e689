// Draws as they are carried from one database to another: with when each was seen, and what it was read from.

import { sql } from 'kysely';
import type { DrawRecord } from '../draw/record.ts';
import type { Event } from '../event/event.ts';
import type { EarlierDraw, StateDraw } from '../state/state.ts';
import type { DocumentInName } from './documents.ts';
import { listRecords, saveDraws, toRow } from './draws.ts';
import { insertMany } from './insert-many.ts';
import type { DbOrTrx } from './schema.ts';

/** Every draw there ever was, withdrawn or not; oldest first. */
export async function carriedDraws(db: DbOrTrx): Promise<StateDraw[]> {
  const rows = await db.selectFrom('draws').select(['id', 'changed_at']).execute();
  const changedAt = new Map(rows.map((row) => [row.id, row.changed_at]));
  const toCarried = ({ draw, revision, firstSeenAt, withdrawnAt, document }: DrawRecord): StateDraw => ({
    draw,
    revision,
    firstSeenAt,
    changedAt: changedAt.get(draw.id) ?? null,
    withdrawnAt,
    document: document.hash,
  });
  return (await listRecords(db)).map(toCarried).reverse();
}

/** The earlier states of all draws, in the order in which they were replaced. */
export async function carriedRevisions(db: DbOrTrx): Promise<EarlierDraw[]> {
  const rows = await db
    .selectFrom('draw_revisions')
    .innerJoin('documents', 'documents.id', 'draw_revisions.document_id')
    .select(['draw', 'revision', 'replaced_at', 'documents.hash'])
    .orderBy('replaced_at')
    .orderBy('draw_id')
    .orderBy('revision')
    .execute();
  return rows.map((row) => ({
    draw: JSON.parse(row.draw),
    revision: row.revision,
    replacedAt: row.replaced_at,
    document: row.hash,
  }));
}

/** The documents that draws were read from in any of their states, in the order in which they came. */
export async function carriedDocuments(db: DbOrTrx): Promise<DocumentInName[]> {
  const rows = await db
    .selectFrom('documents')
    .select(['source', 'url', 'status', 'hash', 'fetched_at'])
    .where((where) =>
      where.or([
        where('id', 'in', where.selectFrom('draws').select('document_id')),
        where('id', 'in', where.selectFrom('draw_revisions').select('document_id')),
      ]),
    )
    .orderBy('id')
    .execute();
  return rows.map(({ fetched_at: fetchedAt, ...row }) => ({ ...row, fetchedAt }));
}

/** A draw that was found elsewhere, and the row of the document it was read from. */
interface FoundDraw {
  found: StateDraw;
  documentId: number;
}

/**
 * Takes in draws that were found elsewhere. What is known of one here stays, unless its publisher has changed it since,
 * or taken it back. Returns the ids of those whose present state is the one that was found.
 */
export async function takeDraws(trx: DbOrTrx, draws: readonly FoundDraw[]): Promise<Set<string>> {
  const known = new Map((await listRecords(trx)).map((record) => [record.draw.id, record]));
  const unknown = draws.filter(({ found }) => !known.has(found.draw.id));
  const rows = unknown.map(({ found: { draw, ...found }, documentId }) => ({
    ...toRow(draw),
    ...particularsOf(found),
    document_id: documentId,
    first_seen_at: found.firstSeenAt,
  }));
  await insertMany(trx, 'draws', rows);
  const taken = new Set(unknown.map(({ found }) => found.draw.id));
  for (const { found, documentId } of draws) {
    const before = known.get(found.draw.id);
    if (before && (await takeState(trx, before, found, documentId))) taken.add(found.draw.id);
  }
  return taken;
}

/** Whether the state that was found is now the present one. */
async function takeState(
  trx: DbOrTrx,
  before: DrawRecord,
  found: StateDraw,
  documentId: number,
): Promise<boolean> {
  const { draw, revision, firstSeenAt, changedAt, withdrawnAt } = found;
  const withdrawn = before.revision === revision && before.withdrawnAt === null && withdrawnAt !== null;
  if (before.revision >= revision && !withdrawn) return false;
  if (!withdrawn) {
    const change = { before: before.draw, after: draw, revision, changes: [] };
    await saveDraws(trx, { fresh: [], changed: [change] }, documentId, changedAt ?? firstSeenAt);
  }
  await trx.updateTable('draws').set(particularsOf(found)).where('id', '=', draw.id).execute();
  return !withdrawn;
}

function particularsOf({ revision, changedAt, withdrawnAt }: Omit<StateDraw, 'draw'>) {
  return { revision, changed_at: changedAt, withdrawn_at: withdrawnAt };
}

/** Takes in an earlier state of a draw, in the place of what stood there under its number. */
export async function takeRevision(
  trx: DbOrTrx,
  { draw, revision, replacedAt }: EarlierDraw,
  documentId: number,
): Promise<void> {
  const state = { draw: JSON.stringify(draw), document_id: documentId, replaced_at: replacedAt };
  await trx
    .insertInto('draw_revisions')
    .values({ draw_id: draw.id, revision, ...state })
    .onConflict((conflict) => conflict.columns(['draw_id', 'revision']).doUpdateSet(state))
    .execute();
}

/** What was told elsewhere was told, also where it is only known here because it came with the program. */
export async function noteTold(trx: DbOrTrx, events: readonly Event[]): Promise<void> {
  const told = events.filter((event) => event.told).map(({ id, at }) => ({ id, at }));
  await sql`
    UPDATE events SET told = 1, at = found.at
    FROM (SELECT value ->> 'id' AS id, value ->> 'at' AS at FROM json_each(${JSON.stringify(told)})) AS found
    WHERE events.id = found.id AND events.told = 0`.execute(trx);
}
