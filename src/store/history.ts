// The draws this version was shipped with, as a document like any other.

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Draw } from '../draw/draw.ts';
import type { Document } from '../sources/source.ts';

/** Reads `data/draws/<file>`: facts already normalized, so there is nothing to parse. */
export async function readHistory(
  source: string,
  file: string,
  at: string,
): Promise<{ document: Document; draws: Draw[] }> {
  const bytes = await readFile(new URL(`../../data/draws/${file}`, import.meta.url));
  const { draws } = JSON.parse(bytes.toString('utf8')) as { draws: Draw[] };
  const document = {
    source,
    url: `data/draws/${file}`,
    status: 200,
    headers: { 'content-type': 'application/json' },
    bytes,
    hash: createHash('sha256').update(bytes).digest('hex'),
    fetchedAt: at,
  };
  return { document, draws };
}
