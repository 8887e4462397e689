// What the last look at a source was answered with.

import type { Document } from '../sources/source.ts';
import type { DbOrTrx } from './schema.ts';

export interface Look {
  source: string;
  /** The address asked, before any redirect. */
  url: string;
  etag: string | null;
  lastModified: string | null;
  /** Of the bytes that were last read without a fault in them as a whole. */
  hash: string;
  /** RFC 3339: when anything in it was last new. */
  changedAt: string;
}

export async function lastLook(db: DbOrTrx, source: string): Promise<Look | undefined> {
  const row = await db.selectFrom('looks').selectAll().where('source', '=', source).executeTakeFirst();
  return (
    row && {
      source,
      url: row.url,
      etag: row.etag,
      lastModified: row.last_modified,
      hash: row.hash,
      changedAt: row.changed_at,
    }
  );
}

/** Remembers that the source was looked at and had nothing new. */
export async function markLooked(db: DbOrTrx, source: string, at: string): Promise<void> {
  await db.updateTable('looks').set({ looked_at: at }).where('source', '=', source).execute();
}

/** Remembers what `url` was answered with, to ask next time whether it is still so. */
export async function saveLook(
  db: DbOrTrx,
  document: Document,
  url: string,
  at: string,
  changed: boolean,
): Promise<void> {
  const { etag = null, 'last-modified': lastModified = null } = document.headers;
  const answer = { url, etag, last_modified: lastModified, hash: document.hash, looked_at: at };
  await db
    .insertInto('looks')
    .values({ source: document.source, ...answer, changed_at: at })
    .onConflict((conflict) =>
      conflict.column('source').doUpdateSet(changed ? { ...answer, changed_at: at } : answer),
    )
    .execute();
}
