// Documents as they were fetched, compressed, so that every parse can be redone.

import { gunzipSync, gzipSync } from 'node:zlib';
import type { Selectable } from 'kysely';
import type { Document } from '../sources/source.ts';
import type { DbOrTrx, Schema } from './schema.ts';

/** Keeps a document (once, however often it is seen) and returns its row's id. */
export async function saveDocument(db: DbOrTrx, document: Document): Promise<number> {
  const known = await db
    .selectFrom('documents')
    .select('id')
    .where('source', '=', document.source)
    .where('hash', '=', document.hash)
    .executeTakeFirst();
  if (known) return known.id;
  const { id } = await db
    .insertInto('documents')
    .values({
      source: document.source,
      url: document.url,
      status: document.status,
      headers: JSON.stringify(document.headers),
      hash: document.hash,
      body: gzipSync(document.bytes),
      fetched_at: document.fetchedAt,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** The document of a row, byte for byte; `undefined` when there is none. */
export async function readDocument(db: DbOrTrx, id: number): Promise<Document | undefined> {
  const row = await db.selectFrom('documents').selectAll().where('id', '=', id).executeTakeFirst();
  return row && toDocument(row);
}

/** The same by what is in it. */
export async function findDocumentByHash(
  db: DbOrTrx,
  source: string,
  hash: string,
): Promise<Document | undefined> {
  const query = db.selectFrom('documents').selectAll().where('source', '=', source).where('hash', '=', hash);
  const row = await query.executeTakeFirst();
  return row && toDocument(row);
}

function toDocument(row: Selectable<Schema['documents']>): Document {
  return {
    source: row.source,
    url: row.url,
    status: row.status,
    headers: JSON.parse(row.headers),
    bytes: gunzipSync(row.body),
    hash: row.hash,
    fetchedAt: row.fetched_at,
  };
}
