// what somebody asks about -> the draws that are meant.

import type { Draw } from './draw.ts';

/** The draw with this id, or else the only one with this number: `ircc:91a`, `91A`. `undefined`: none is, or several are. */
export function drawNamed(draws: readonly Draw[], typed: string): Draw | undefined {
  const name = typed.trim().toLowerCase();
  const [found, ...others] = draws.filter(({ number }) => number === name);
  return draws.find(({ id }) => id === name) ?? (others.length === 0 ? found : undefined);
}

/** Of each type, however long ago. `draws` newest first, and so are those returned. */
export function latestOfEachType(draws: readonly Draw[]): Draw[] {
  const types = new Set<string>();
  return draws.filter(({ type }) => !types.has(type) && types.add(type));
}
