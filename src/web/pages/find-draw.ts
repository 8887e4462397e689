// what somebody types in an address -> the draws that are meant, withdrawn or not. Pure.

import type { Draw } from '../../draw/draw.ts';
import type { DrawRecord } from '../../draw/record.ts';
import type { Archive } from '../archive.ts';
import { slugOf } from '../paths.ts';

/** The draw with this name in paths or this id, else all with this number: `ircc-297`, `ircc:297`, `297`, `91A`. */
export function recordsNamed({ records }: Archive, typed: string): DrawRecord[] {
  const name = typed.trim().toLowerCase();
  const exact = records.get(slugOf(name));
  return exact ? [exact] : [...records.values()].filter(({ draw }) => draw.number === name);
}

/** Those that may be meant where there is not just one: of the same number, whatever letter is behind it. Newest first. */
export function drawsNear({ draws }: Archive, typed: string): Draw[] {
  const number = /\d+/.exec(typed)?.[0];
  return number === undefined ? [] : draws.filter((draw) => /^\d+/.exec(draw.number)?.[0] === number);
}
