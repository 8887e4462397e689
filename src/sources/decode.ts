// Bytes to text: the charset the header names, else UTF-8 if it decodes strictly, else Windows-1252.

import { PageError } from '../errors.ts';
import type { Document } from './source.ts';

/** The text of a document, without a byte order mark. */
export function decodeText(document: Document): string {
  const named = /charset=["']?([\w-]+)/i.exec(document.headers['content-type'] ?? '')?.[1];
  for (const charset of [named, 'utf-8', 'windows-1252']) {
    if (charset === undefined) continue;
    try {
      return new TextDecoder(charset, { fatal: true }).decode(document.bytes);
    } catch {
      // A header may name a charset nobody knows, or not the one that was used: try the next.
    }
  }
  throw new PageError(
    'broken',
    `${document.source}: expected text from ${document.url}, found bytes in no known charset`,
  );
}
