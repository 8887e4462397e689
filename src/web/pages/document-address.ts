// where a document was read -> how much of that the world is told. Pure.

import { SOURCES } from '../../sources/index.ts';

/**
 * Without its query, which may be a key; `null`: not of a publisher. An operator may read a copy somewhere else, at an
 * address that is nobody's business.
 */
export function publicAddress(address: string): string | null {
  const url = URL.parse(address);
  if (url?.protocol !== 'https:' || !PUBLISHERS.has(url.host)) return null;
  return `${url.origin}${url.pathname}`;
}

const PUBLISHERS: ReadonlySet<string> = new Set(
  SOURCES.flatMap(({ documentUrl, pageUrl }) => [documentUrl, pageUrl]).map((url) => new URL(url).host),
);
