// Draws, the states they had before, and the rounds that could not be read.

import type { Draw } from '../draw/draw.ts';
import { compareDraws } from '../draw/draw.ts';
import type { ChangedDraw, Detection, KnownDraw } from '../event/detect.ts';
import type { Document, Reading, UnreadableRound } from '../sources/source.ts';
import { saveDocument } from './documents.ts';
import type { DbOrTrx, Schema } from './schema.ts';

export interface DrawFilter {
  source?: string;
  type?: string;
  /** First and last day, both included. */
  since?: string;
  until?: string;
}

/** Newest first. */
export async function listDraws(db: DbOrTrx, filter: DrawFilter = {}): Promise<Draw[]> {
  let query = db.selectFrom('draws').selectAll();
  if (filter.source !== undefined) query = query.where('source', '=', filter.source);
  if (filter.type !== undefined) query = query.where('type', '=', filter.type);
  if (filter.since !== undefined) query = query.where('date', '>=', filter.since);
  if (filter.until !== undefined) query = query.where('date', '<=', filter.until);
  const rows = await query.execute();
  return rows.map(toDraw).sort((a, b) => compareDraws(b, a));
}

/** Every draw of a source with its revision, as detection compares with. */
export async function knownDraws(db: DbOrTrx, source: string): Promise<KnownDraw[]> {
  const rows = await db.selectFrom('draws').selectAll().where('source', '=', source).execute();
  return rows.map((row) => ({ draw: toDraw(row), revision: row.revision }));
}

/** Whether anything at all is known of a source. */
export async function hasDraws(db: DbOrTrx, source: string): Promise<boolean> {
  const row = await db
    .selectFrom('draws')
    .select('id')
    .where('source', '=', source)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * Stores what was read and what detection found in it. Each draw points to the document it was read from;
 * a document that changed nothing is not kept. Returns whether any draw is new or different.
 */
export async function saveReading(
  db: DbOrTrx,
  document: Document,
  { unreadable }: Reading,
  found: Detection,
  at: string,
): Promise<boolean> {
  const { source } = document;
  const changed = found.fresh.length + found.changed.length > 0;
  // What an earlier document held back and this one does not is free.
  await db
    .deleteFrom('quarantine')
    .where('source', '=', source)
    .where('id', 'not in', ['', ...unreadable.map((round) => round.id)])
    .execute();
  if (!changed && unreadable.length === 0) return false;

  const documentId = await saveDocument(db, document);
  for (const draw of found.fresh) {
    await db
      .insertInto('draws')
      .values({ ...toRow(draw), revision: 1, document_id: documentId, first_seen_at: at, changed_at: null })
      .execute();
  }
  for (const draw of found.changed) await replaceDraw(db, draw, documentId, at);
  for (const { id, faults } of unreadable) {
    const row = { faults: JSON.stringify(faults), document_id: documentId };
    await db
      .insertInto('quarantine')
      .values({ id, source, ...row, since: at })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
      .execute();
  }
  return changed;
}

/** Rounds of a source's newest document that could not be read with certainty. */
export async function listQuarantine(db: DbOrTrx, source: string): Promise<UnreadableRound[]> {
  const rows = await db
    .selectFrom('quarantine')
    .select(['id', 'faults'])
    .where('source', '=', source)
    .execute();
  return rows.map((row) => ({ id: row.id, faults: JSON.parse(row.faults) }));
}

async function replaceDraw(
  db: DbOrTrx,
  { before, after, revision }: ChangedDraw,
  documentId: number,
  at: string,
) {
  const { document_id: earlierDocument } = await db
    .selectFrom('draws')
    .select('document_id')
    .where('id', '=', after.id)
    .executeTakeFirstOrThrow();
  await db
    .insertInto('draw_revisions')
    .values({
      draw_id: before.id,
      revision: revision - 1,
      draw: JSON.stringify(before),
      document_id: earlierDocument,
      replaced_at: at,
    })
    .execute();
  await db
    .updateTable('draws')
    .set({ ...toRow(after), revision, document_id: documentId, changed_at: at })
    .where('id', '=', after.id)
    .execute();
}

type DrawRow = Omit<Schema['draws'], 'revision' | 'document_id' | 'first_seen_at' | 'changed_at'>;

function toRow(draw: Draw): DrawRow {
  return {
    id: draw.id,
    source: draw.source,
    number: draw.number,
    date: draw.date,
    issued_at: draw.issuedAt,
    label: draw.label,
    type: draw.type,
    version: draw.version,
    programs: draw.programs && JSON.stringify(draw.programs),
    invitations: draw.invitations,
    score_system: draw.scoreSystem,
    cutoff: draw.cutoff,
    tie_break_at: draw.tieBreakAt,
    pool: draw.pool && JSON.stringify(draw.pool),
    url: draw.url,
    inferred: draw.inferred ? JSON.stringify(draw.inferred) : null,
  };
}

/** Keys in the order of the public contract, as every source builds them. */
function toDraw(row: DrawRow): Draw {
  return {
    id: row.id,
    source: row.source,
    number: row.number,
    date: row.date,
    issuedAt: row.issued_at,
    label: row.label,
    type: row.type as Draw['type'],
    version: row.version,
    programs: row.programs && JSON.parse(row.programs),
    invitations: row.invitations,
    scoreSystem: row.score_system,
    cutoff: row.cutoff,
    tieBreakAt: row.tie_break_at,
    pool: row.pool && JSON.parse(row.pool),
    url: row.url,
    ...(row.inferred ? { inferred: JSON.parse(row.inferred) } : {}),
  };
}
