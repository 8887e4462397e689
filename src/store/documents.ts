// Documents as they were fetched, compressed, so that every parse can be redone.

import { gunzipSync, gzipSync } from 'node:zlib';
import type { Selectable } from 'kysely';
import type { Document } from '../sources/source.ts';
import type { DbOrTrx, Schema } from './schema.ts';

/** Keeps a document (once, however often it is seen) and returns its row's id. */
export async function saveDocument(db: DbOrTrx, document: Document): Promise<number> {
  const known = await db
    .selectFrom('documents')
    .select((select) => ['id', select.fn<number>('length', ['body']).as('length')])
    .where('source', '=', document.source)
    .where('hash', '=', document.hash)
    .executeTakeFirst();
  const { url } = document;
  const content = { url, headers: JSON.stringify(document.headers), body: gzipSync(document.bytes) };
  if (known) {
    // What was only known by its hash is at hand now. When it was first read stays.
    if (known.length === 0)
      await db.updateTable('documents').set(content).where('id', '=', known.id).execute();
    return known.id;
  }
  const { source, hash, status, fetchedAt } = document;
  const { id } = await db
    .insertInto('documents')
    .values({ source, hash, status, ...content, fetched_at: fetchedAt })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** A document whose bytes are somewhere else, or nowhere any more. */
export type DocumentInName = Pick<Document, 'source' | 'url' | 'status' | 'hash' | 'fetchedAt'>;

/** Notes that there was such a document, and returns its row's id. */
export async function noteDocument(db: DbOrTrx, document: DocumentInName): Promise<number> {
  const { source, url, status, hash, fetchedAt } = document;
  await db
    .insertInto('documents')
    .values({ source, url, status, hash, headers: '{}', body: NO_BYTES, fetched_at: fetchedAt })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const { id } = await db
    .selectFrom('documents')
    .select('id')
    .where('source', '=', source)
    .where('hash', '=', hash)
    .executeTakeFirstOrThrow();
  return id;
}

/** The document of a row, byte for byte; `undefined` when there is none, or its bytes are not kept here. */
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

/** What was packed takes some bytes, also where there were none. */
const NO_BYTES = new Uint8Array(0);

function toDocument(row: Selectable<Schema['documents']>): Document | undefined {
  if (row.body.length === 0) return undefined;
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
