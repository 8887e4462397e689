// Documents as if they had been fetched, from bytes or text at hand.

import type { Document, Source } from '../../src/sources/source.ts';

/** What `source` would have been given to parse. `headers` have lower-case names. */
export function documentOf(
  source: Source,
  body: string | Uint8Array,
  headers: Record<string, string> = {},
): Document {
  return {
    source: source.id,
    url: source.documentUrl,
    status: 200,
    headers,
    bytes: typeof body === 'string' ? new TextEncoder().encode(body) : body,
    hash: 'not used for reading',
    fetchedAt: '2026-07-10T20:00:00Z',
  };
}
