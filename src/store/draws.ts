// Draws, and the states they had before.

import type { Draw } from '../draw/draw.ts';
import { compareDraws } from '../draw/draw.ts';
import type { DrawRecord } from '../draw/record.ts';
import type { ChangedDraw, Detection, KnownDraw } from '../event/detect.ts';
import type { DrawBrief } from '../event/event.ts';
import { insertMany } from './insert-many.ts';
import type { DbOrTrx, Schema } from './schema.ts';

export interface DrawFilter {
  source?: string;
  type?: string;
  /** First and last day, both included. */
  since?: string;
  until?: string;
}

/** Newest first, without those that were withdrawn. */
export async function listDraws(db: DbOrTrx, filter: DrawFilter = {}): Promise<Draw[]> {
  let query = db.selectFrom('draws').selectAll().where('withdrawn_at', 'is', null);
  if (filter.source !== undefined) query = query.where('source', '=', filter.source);
  if (filter.type !== undefined) query = query.where('type', '=', filter.type);
  if (filter.since !== undefined) query = query.where('date', '>=', filter.since);
  if (filter.until !== undefined) query = query.where('date', '<=', filter.until);
  const rows = await query.execute();
  return rows.map(toDraw).sort((a, b) => compareDraws(b, a));
}

/** The draw with this id, or else those with this number, withdrawn or not. */
export async function findDraws(db: DbOrTrx, name: string): Promise<DrawRecord[]> {
  const rows = await withDocuments(db)
    .where((eb) => eb.or([eb('draws.id', '=', name), eb('draws.number', '=', name)]))
    .execute();
  const exact = rows.filter(({ id }) => id === name);
  return (exact.length > 0 ? exact : rows).map(toRecord);
}

/** Every draw there ever was, withdrawn or not; newest first. */
export async function listRecords(db: DbOrTrx): Promise<DrawRecord[]> {
  const rows = await withDocuments(db).execute();
  return rows.map(toRecord).sort((a, b) => compareDraws(b.draw, a.draw));
}

function withDocuments(db: DbOrTrx) {
  return db
    .selectFrom('draws')
    .innerJoin('documents', 'documents.id', 'draws.document_id')
    .selectAll('draws')
    .select(['documents.url as document_url', 'documents.status', 'documents.fetched_at', 'documents.hash']);
}

type RecordRow = Awaited<ReturnType<ReturnType<typeof withDocuments>['execute']>>[number];

function toRecord(row: RecordRow): DrawRecord {
  return {
    draw: toDraw(row),
    revision: row.revision,
    firstSeenAt: row.first_seen_at,
    withdrawnAt: row.withdrawn_at,
    document: { url: row.document_url, status: row.status, fetchedAt: row.fetched_at, hash: row.hash },
  };
}

/** Every draw of a source with its revision, withdrawn or not, as detection compares with. */
export async function knownDraws(db: DbOrTrx, source: string): Promise<KnownDraw[]> {
  const rows = await db.selectFrom('draws').selectAll().where('source', '=', source).execute();
  return rows.map((row) => ({
    draw: toDraw(row),
    revision: row.revision,
    ...(row.withdrawn_at === null ? {} : { withdrawn: true }),
  }));
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

/** Stores what detection found. Each draw points to the document it was read from. */
export async function saveDraws(
  db: DbOrTrx,
  { fresh, changed }: Pick<Detection, 'fresh' | 'changed'>,
  documentId: number,
  at: string,
): Promise<void> {
  const seen = {
    revision: 1,
    document_id: documentId,
    first_seen_at: at,
    changed_at: null,
    withdrawn_at: null,
  };
  await insertMany(
    db,
    'draws',
    fresh.map((draw) => ({ ...toRow(draw), ...seen })),
  );
  for (const draw of changed) await replaceDraw(db, draw, documentId, at);
}

/** Kept, but no longer listed. */
export async function withdrawDraws(db: DbOrTrx, ids: readonly string[], at: string): Promise<void> {
  if (ids.length === 0) return;
  await db.updateTable('draws').set({ withdrawn_at: at }).where('id', 'in', ids).execute();
}

/** A source's draws of the last so many years before its newest, oldest first. */
export async function recentDraws(db: DbOrTrx, source: string, years: number): Promise<DrawBrief[]> {
  const query = db.selectFrom('draws').where('source', '=', source).where('withdrawn_at', 'is', null);
  const newest = await query.select('date').orderBy('date', 'desc').limit(1).executeTakeFirst();
  if (!newest) return [];
  const since = `${Number(newest.date.slice(0, 4)) - years}${newest.date.slice(4)}`;
  return query
    .select(['id', 'date', 'invitations', 'cutoff'])
    .where('date', '>=', since)
    .orderBy('date')
    .execute();
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
    .set({ ...toRow(after), revision, document_id: documentId, changed_at: at, withdrawn_at: null })
    .where('id', '=', after.id)
    .execute();
}

type DrawRow = Omit<
  Schema['draws'],
  'revision' | 'document_id' | 'first_seen_at' | 'changed_at' | 'withdrawn_at'
>;

/** What a row says of the draw itself. */
export function toRow(draw: Draw): DrawRow {
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
