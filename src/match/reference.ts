// What the verdict rests on beyond draw and profile: the category lists and the changes of the points grid.
// The facts are in data/, read by whoever judges and handed in: nothing here reads a file.

import type { Draw } from '../draw/draw.ts';
import type { Category, GridChange } from './reference-files.ts';

export type { Category, Certainty, ExperienceRule, GridChange, Occupation } from './reference-files.ts';

export interface Reference {
  categories: readonly Category[];
  gridChanges: readonly GridChange[];
}

/**
 * The list a round was held under: that of the version in its name, whatever was in force on its day. `null`
 * when the name gives none, or one whose list is not known.
 */
export function categoryOf(
  categories: readonly Category[],
  { type, version }: Pick<Draw, 'type' | 'version'>,
): Category | null {
  if (version === null) return null;
  return categories.find((one) => one.type === type && one.inNames.includes(version)) ?? null;
}
