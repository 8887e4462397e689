// where a document was read -> how much of that the world is told. Pure.

import { SOURCES } from './index.ts';

/**
 * Without its query, which may be a key; `null`: not of a publisher. An operator may read a copy somewhere else, at an
 * address that is nobody's business.
 */
export function publicAddress(address: string): string | null {
  const url = URL.parse(address);
  if (url?.protocol !== 'https:' || !PUBLISHERS.has(url.host)) return null;
  return `${url.origin}${url.pathname}`;
}

/** A message with every address in it cut to what the world is told of it. */
export function withPublicAddresses(text: string): string {
  return text.replace(ADDRESS, (address) => publicAddress(address) ?? '(an address)');
}

/** Up to a space or a quotation mark, without the punctuation of the sentence it stands in. */
const ADDRESS = /https?:\/\/[^\s"'<>]*[^\s"'<>.,:;()]/gi;

const PUBLISHERS: ReadonlySet<string> = new Set(
  SOURCES.flatMap(({ documentUrl, pageUrl }) => [documentUrl, pageUrl]).map((url) => new URL(url).host),
);
