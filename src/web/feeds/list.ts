// archive -> which feeds there are: one of all draws, and one of each type, also of those still to come. Pure.

import type { Draw } from '../../draw/draw.ts';
import { DRAW_TYPES, type DrawType } from '../../draw/draw-type.ts';
import type { Locale } from '../../match/notice.ts';
import { drawTypeName } from '../../notify/text/describe.ts';
import { LANGUAGES } from '../../notify/text/languages.ts';
import type { Archive } from '../archive.ts';
import { slugOf } from '../paths.ts';

export interface FeedOf {
  of: DrawType | 'draws';
  /** What the type is called; `null` for all draws. */
  name: string | null;
  /** Newest first, without those that were withdrawn. */
  draws: readonly Draw[];
}

/** All draws first, then the types by their latest draw, then those of which there was none yet. */
export function feedsOf(archive: Archive, locale: Locale): FeedOf[] {
  const held = [...archive.types.values()].map(({ type, draws }) => ofType(type, draws, locale));
  const known = new Set(held.map(({ of }) => of));
  const toCome = DRAW_TYPES.filter((type) => !known.has(type)).map((type) => ofType(type, [], locale));
  return [{ of: 'draws', name: null, draws: archive.draws }, ...held, ...toCome];
}

/** By its name in paths: `draws`, `cec`, `other-agri-food`. */
export function feedNamed(archive: Archive, locale: Locale, name: string): FeedOf | undefined {
  return feedsOf(archive, locale).find(({ of }) => slugOf(of) === name);
}

function ofType(type: DrawType, draws: readonly Draw[], locale: Locale): FeedOf {
  const named = draws[0] ?? { type, label: type };
  return { of: type, name: drawTypeName(LANGUAGES[locale], named).name, draws };
}
