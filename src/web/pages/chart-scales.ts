// points -> where they stand in the chart: time to the right, cut-offs in panels with a scale each, sizes below. Pure.

import { type ScaleLinear, scaleLinear } from 'd3-scale';
import type { Point } from './chart-series.ts';

export const WIDTH = 760;
const LEFT = 58;
const RIGHT = 12;
const HEADING = 24;
const GAP = 12;
/** No mark touches the edge of its panel. */
const INSET = 7;
/** The height of a label and the room around it. */
const LABEL = 18;
const SIZES = 90;
const AXIS = 26;

/**
 * 600 points of a score may stand for one thing, a nomination, and a few draws went far below all others: on one scale
 * most draws would lie in a narrow stripe. Each stretch that holds a draw gets a panel, with more room for the usual one.
 */
const STRETCHES = [
  { from: 600, below: Number.POSITIVE_INFINITY, height: 96 },
  { from: 300, below: 600, height: 236 },
  { from: Number.NEGATIVE_INFINITY, below: 300, height: 56 },
];
/** Of a panel that stands alone. */
const ALONE = 260;

export interface Panel {
  /** The lowest value that belongs to it. */
  from: number;
  top: number;
  bottom: number;
  scale: ScaleLinear<number, number>;
  ticks: readonly number[];
}

export interface Scales {
  height: number;
  left: number;
  right: number;
  x: ScaleLinear<number, number>;
  /** The first day of each year, of each month where there is but one year; in milliseconds. */
  times: { unit: 'year' | 'month'; ticks: readonly number[] };
  /** From the highest scores to the lowest, at least one. */
  cutoffs: readonly Panel[];
  /** Larger sizes than the scale goes are drawn to its top. */
  sizes: Panel;
}

/** `points` in any order, at least one. */
export function scalesFor(points: readonly Point[]): Scales {
  const years = extent(points.map(({ time }) => new Date(time).getUTCFullYear()));
  const [first, last] = years;
  const x = scaleLinear(
    [Date.UTC(first, 0, 1), Date.UTC(last + 1, 0, 1)],
    [LEFT + INSET, WIDTH - RIGHT - INSET],
  );

  const used = STRETCHES.flatMap(({ from, below, height }) => {
    const scores = points.map(({ cutoff }) => cutoff).filter((score) => from <= score && score < below);
    return scores.length === 0 ? [] : [{ from, below, scores, height }];
  });
  let top = HEADING;
  const cutoffs = used.map(({ from, below, scores, height }) => {
    const bottom = top + (used.length === 1 ? ALONE : height);
    const scale = scoreScale(extent(scores), [from, below], top, bottom);
    const panel = { from, top, bottom, scale, ticks: ticksOf(scale, bottom - top) };
    top = bottom + GAP;
    return panel;
  });

  const sizesTop = top - GAP + HEADING + GAP;
  const sizes = sizesPanel(points, sizesTop);
  return {
    height: sizes.bottom + AXIS,
    left: LEFT,
    right: WIDTH - RIGHT,
    x,
    times: timesOf(first, last),
    cutoffs,
    sizes,
  };
}

/** The panel a score belongs to. */
export function panelFor({ cutoffs }: Scales, score: number): Panel {
  return cutoffs.find(({ from }) => from <= score) ?? (cutoffs[0] as Panel);
}

/** Ends at whole scores, and where the panel beside it begins. */
function scoreScale(
  [low, high]: readonly [number, number],
  [from, below]: readonly [number, number],
  top: number,
  bottom: number,
): ScaleLinear<number, number> {
  // So that a score which stands alone is in the middle, among marks of the usual kind.
  const spread = high - low < 20 ? 20 : 0;
  const scale = scaleLinear([low - spread, high + spread], [bottom - INSET, top + INSET]).nice(
    ticksIn(bottom - top),
  );
  const [first, last] = extent(scale.domain());
  return scale.domain([Math.max(first, from, 0), Math.min(last, below)]);
}

function ticksIn(height: number): number {
  return Math.max(2, Math.round(height / 44));
}

/** As many as there is room for their labels; d3 takes a count for a wish. */
function ticksOf(scale: ScaleLinear<number, number>, height: number): number[] {
  const ticks = scale.ticks(ticksIn(height));
  return ticks.length <= height / LABEL ? ticks : scale.ticks(1);
}

function sizesPanel(points: readonly Point[], top: number): Panel {
  const bottom = top + SIZES;
  const sizes = points.flatMap(({ invitations }) => invitations ?? []).sort((a, b) => b - a);
  const scale = scaleLinear([0, sizes[oversized(sizes)] ?? 1], [bottom, top + INSET])
    .nice(3)
    .clamp(true);
  return { from: 0, top, bottom, scale, ticks: scale.ticks(3) };
}

/** How many of many sizes, largest first, are more than twice as large as all others: a scale for them would show no other. */
function oversized(sizes: readonly number[]): number {
  if (sizes.length < 20) return 0;
  return [3, 2, 1].find((count) => (sizes[count - 1] as number) > 2 * (sizes[count] as number)) ?? 0;
}

function timesOf(first: number, last: number): Scales['times'] {
  if (first === last)
    return { unit: 'month', ticks: Array.from({ length: 12 }, (_, month) => Date.UTC(first, month, 1)) };
  // So that the labels do not touch.
  const step = Math.ceil((last - first + 1) / 14);
  const count = Math.ceil((last - first + 1) / step);
  return {
    unit: 'year',
    ticks: Array.from({ length: count }, (_, index) => Date.UTC(first + index * step, 0, 1)),
  };
}

function extent(values: readonly number[]): [number, number] {
  return [Math.min(...values), Math.max(...values)];
}
