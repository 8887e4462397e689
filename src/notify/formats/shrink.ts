// events -> a webhook's body: what of an event is left out where its texts or lists are longer than any should be.

import { cut, quote } from '../../errors.ts';
import { isObject } from '../../is-object.ts';

/** How much of each text (characters) and of each list (entries) is kept, tried one after the other. */
const STEPS = [
  [1_000, 100],
  [200, 40],
  [80, 20],
  [40, 8],
  [16, 3],
] as const;
/** Values of a field that a publisher changed: of any form. */
const VALUES = new Set(['before', 'after']);

/** The data with its long texts and lists cut, so far that `fits` says so. */
export function shrinkUntil(data: unknown, fits: (smaller: unknown) => boolean): unknown {
  let smaller = data;
  for (const [characters, entries] of STEPS) {
    smaller = shrink(data, characters, entries);
    if (fits(smaller)) break;
  }
  return smaller;
}

function shrink(value: unknown, characters: number, entries: number): unknown {
  // No more is looked at than could be kept: a character is at most two units long.
  if (typeof value === 'string') return cut(value.slice(0, 2 * (characters + 1)), characters);
  if (Array.isArray(value)) return value.slice(0, entries).map((entry) => shrink(entry, characters, entries));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => {
      // An address that is cut leads nowhere.
      if (key === 'url' && typeof entry === 'string' && entry.length > characters) return [key, null];
      // Nothing that could be cut key by key.
      if (VALUES.has(key) && isObject(entry)) return [key, quote(entry)];
      return [key, shrink(entry, characters, entries)];
    }),
  );
}
