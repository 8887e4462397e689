// The history the program ships, as the tests read it.

import { readFileSync } from 'node:fs';
import type { Draw } from '../../src/draw/draw.ts';
import type { Document } from '../../src/sources/source.ts';

/** Every draw shipped, oldest first. Read anew each time: a test may change its copy. */
export function shippedDraws(source = 'ircc'): Draw[] {
  return shippedHistory(source).draws;
}

export function shippedHistory(source = 'ircc'): { about: string; asOf: string; draws: Draw[] } {
  const file = new URL(`../../data/draws/${source}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** One shipped draw by its number. */
export function shippedDraw(number: string | number): Draw {
  const draw = shippedDraws().find((candidate) => candidate.number === String(number));
  if (!draw) throw new Error(`no draw ${number} in the shipped history`);
  return draw;
}

/** The document that draws without a page came in. */
export function emptyDocument(fetchedAt: string): Document {
  const bytes = new Uint8Array();
  return { source: 'ircc', url: '', status: 200, headers: {}, bytes, hash: '', fetchedAt };
}
