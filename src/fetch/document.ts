// What came, however it was fetched -> a document.

import { createHash } from 'node:crypto';
import type { Document } from '../sources/source.ts';

/** What matters for reading a document and for asking for it again. */
const KEPT_HEADERS = ['content-type', 'etag', 'last-modified', 'date', 'cache-control'];

export type Headers = Record<string, string | string[] | undefined>;

/** `headers` are by lower-case name; those that do not matter are left out. */
export function makeDocument(
  came: Pick<Document, 'source' | 'url' | 'status' | 'bytes'> & { headers: Headers },
  now: Date,
): Document {
  return {
    source: came.source,
    url: came.url,
    status: came.status,
    headers: keptHeaders(came.headers),
    bytes: came.bytes,
    hash: createHash('sha256').update(came.bytes).digest('hex'),
    fetchedAt: now.toISOString(),
  };
}

function keptHeaders(headers: Headers): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of KEPT_HEADERS) {
    const value = headers[name];
    if (value !== undefined) kept[name] = String(value);
  }
  return kept;
}
