// draws -> what the chart shows of them: one series a type. Pure.

import type { Draw } from '../../draw/draw.ts';
import { DRAW_TYPES, isKnownDrawType } from '../../draw/draw-type.ts';
import { drawTypeName } from '../../notify/text/describe.ts';
import type { Words } from '../../notify/text/words.ts';
import type { MarkName } from './chart-marks.ts';

/** A draw as far as it can be shown. */
export interface Point {
  /** The start of its day in UTC, in milliseconds. */
  time: number;
  cutoff: number;
  /** `null`: not published. */
  invitations: number | null;
}

export interface Series {
  mark: MarkName;
  name: string;
  /** Oldest first, never empty. */
  points: readonly Point[];
}

/** In the order of the types; those nobody has taught us are together at the end. Draws without a cut-off are left out. */
export function seriesOf(words: Words, draws: readonly Draw[], others: string): Series[] {
  const byMark = Map.groupBy(
    draws.filter(({ cutoff }) => cutoff !== null),
    ({ type }): MarkName => (isKnownDrawType(type) ? type : 'other'),
  );
  return [...DRAW_TYPES, 'other' as const].flatMap((mark) => {
    const own = byMark.get(mark);
    const [first] = own ?? [];
    if (!own || !first) return [];
    const oneType = own.every(({ type }) => type === first.type);
    const name = oneType ? drawTypeName(words, first).short : others;
    return [{ mark, name, points: own.flatMap(pointOf).sort((a, b) => a.time - b.time) }];
  });
}

function pointOf({ date, cutoff, invitations }: Draw): Point[] {
  return cutoff === null ? [] : [{ time: Date.parse(date), cutoff, invitations }];
}
