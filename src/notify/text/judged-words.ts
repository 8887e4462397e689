// verdicts -> words: what a language must provide to say what many of them come to.

import type { Locale } from '../../match/notice.ts';
import { enJudged } from './en-judged.ts';
import { frJudged } from './fr-judged.ts';

/** `draw` is what it is called where this is said, `type` the name of its type, `day` its day in words. */
export interface DrawNamed {
  draw: string;
  type: string;
  day: string;
}

export interface JudgedWords {
  /** `invited` of `of` draws, `open` more of which cannot be told; the latest there is, of `known` in all. */
  record(counts: {
    invited: number;
    of: number;
    open: number;
    latest: DrawNamed | null;
    known: number;
  }): string;
  /** In the latest draw of so many types; `types`: which. */
  latest(counts: { invited: number; of: number; open: number; types: readonly string[] }): string;
  /** Types with how many draws of each, the most frequent first. */
  byType(counts: readonly (readonly [type: string, count: number])[]): string;
  nearestMiss(miss: DrawNamed, points: number): string;
  /** How far a near miss was from the cut-off, as a part of a sentence. */
  short(points: number): string;
  /** Which draws a caution is about, where it is not all; `others`: so many more than are named. */
  about(draws: readonly string[], others: number): string;
  aboutAll: string;
  /** What comparing older draws with a profile of today means. */
  asIfThen: string;
}

export const JUDGED_WORDS: Record<Locale, JudgedWords> = { en: enJudged, fr: frJudged };
