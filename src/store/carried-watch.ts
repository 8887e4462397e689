// How looking at sources goes, as it is carried from one database to another.

import { noteDocument } from './documents.ts';
import type { Look } from './looks.ts';
import type { DbOrTrx } from './schema.ts';

/** What the last look at a source was answered with, in the place of what is known of it; `null`: it was never read. */
export async function replaceLook(
  trx: DbOrTrx,
  source: string,
  look: (Omit<Look, 'source'> & { lookedAt: string }) | null,
): Promise<void> {
  await trx.deleteFrom('looks').where('source', '=', source).execute();
  if (look === null) return;
  const { url, etag, lastModified, hash, changedAt, lookedAt } = look;
  const row = {
    source,
    url,
    etag,
    last_modified: lastModified,
    hash,
    looked_at: lookedAt,
    changed_at: changedAt,
  };
  await trx.insertInto('looks').values(row).execute();
}

/** The row of a document of which nothing is known here: what was kept apart was read from one, somewhere else. */
export function nameless(trx: DbOrTrx, source: string, at: string): Promise<number> {
  return noteDocument(trx, { source, url: 'about:blank', status: 200, hash: '', fetchedAt: at });
}
