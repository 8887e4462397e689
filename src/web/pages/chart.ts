// draws -> a chart: cut-offs by type over time, sizes below; and the same in a table for whoever cannot see it. Pure.

import { line } from 'd3-shape';
import { html, raw } from 'hono/html';
import type { Draw } from '../../draw/draw.ts';
import { LANGUAGES } from '../../notify/text/languages.ts';
import type { View } from '../site.ts';
import { HISTORY_WORDS } from '../text/history.ts';
import { hueOf, legendMark, markPath } from './chart-marks.ts';
import { type Panel, panelFor, type Scales, scalesFor, WIDTH } from './chart-scales.ts';
import { type Point, type Series, seriesOf } from './chart-series.ts';
import { chartTable } from './chart-table.ts';
import type { Html } from './frame.ts';
import { scrollable } from './scroll.ts';

/**
 * A figure of these draws, in any order, with a legend where they are of several types; nothing where fewer than two
 * have a cut-off. At most one on a page.
 */
export function writeChart(view: View, draws: readonly Draw[]): Html {
  const words = HISTORY_WORDS[view.locale].drawing;
  const series = seriesOf(LANGUAGES[view.locale], draws, words.others);
  const points = series.flatMap((one) => one.points);
  if (points.length < 2) return html``;
  const scales = scalesFor(points);
  const clipped = points.filter(
    ({ invitations }) => invitations !== null && invitations > topOf(scales.sizes),
  );
  const notes = [
    words.note,
    scales.cutoffs.length > 1 ? words.broken : [],
    clipped.length > 0 ? words.clipped : [],
  ].flat();
  return html`<figure class="chart">
<figcaption>${notes.join(' ')}</figcaption>
${series.length > 1 ? legend(view, series) : ''}${scrollable(words.name, picture(view, series, scales, clipped))}${chartTable(view, draws, series.length > 1)}</figure>
`;
}

/** The chart below a heading; nothing where there is none. */
export function chartSection(view: View, heading: string, draws: readonly Draw[]): Html {
  const chart = writeChart(view, draws);
  return String(chart) === '' ? html`` : html`<h2>${heading}</h2>\n${chart}`;
}

/** By the radio buttons, which need no script, one type stands out. */
function legend({ locale }: View, series: readonly Series[]): Html {
  const words = HISTORY_WORDS[locale].drawing;
  return html`<fieldset class="legend">
<legend>${words.highlight}</legend>
<label><input type="radio" name="highlight" id="highlight-all" checked> ${words.all}</label>
${series.map(
  ({ mark, name }) =>
    html`<label><input type="radio" name="highlight" id="highlight-${mark}"> ${legendMark(mark)} ${name}</label>\n`,
)}</fieldset>
`;
}

function picture(view: View, series: readonly Series[], scales: Scales, clipped: readonly Point[]): Html {
  const { number, day } = LANGUAGES[view.locale];
  const words = HISTORY_WORDS[view.locale].drawing;
  const { height, left, right, x, cutoffs, sizes } = scales;
  const points = series.flatMap((one) => one.points);
  const days = points.map(({ time }) => time).sort((a, b) => a - b);
  const dayAt = (time: number | undefined) => day(new Date(time ?? 0).toISOString().slice(0, 10));
  return html`<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="chart-title chart-description">
<title id="chart-title">${words.title(dayAt(days[0]), dayAt(days.at(-1)))}</title>
<desc id="chart-description">${words.description(factsOf(points))}</desc>
<text class="heading" x="${left}" y="14">${words.cutoffs}</text>
<text class="heading" x="${left}" y="${sizes.top - 8}">${words.invitations}</text>
${[...cutoffs, sizes].map((panel) => grid(panel, left, right, number))}${timeAxis(view, scales)}<defs>${series.map(
    ({ mark }) =>
      html`<marker id="mark-${mark}" class="${hueOf(mark)}" viewBox="-6 -6 12 12" markerWidth="12" markerHeight="12" markerUnits="userSpaceOnUse">${markPath(mark)}</marker>`,
  )}</defs>
${series.map((one) => drawn(one, scales, series.length === 1))}${clipped.map(
  ({ time, invitations }) =>
    html`<text x="${round(x(time) + 4)}" y="${sizes.top + 11}">${number(invitations ?? 0)}</text>\n`,
)}</svg>
`;
}

/** The marks, one path for all: a browser sets one at each of its corners. And the bars, one path too. */
function drawn({ mark, points }: Series, scales: Scales, alone: boolean): Html {
  const { x, sizes } = scales;
  const marker = `url(#mark-${mark})`;
  const bars = points.map(({ time, invitations }) =>
    invitations === null ? '' : `M${round(x(time))},${sizes.bottom}V${Math.round(sizes.scale(invitations))}`,
  );
  const busy = points.length > 60 || scales.times.unit === 'year';
  return html`<g class="series of-${mark} ${hueOf(mark)}${alone ? ' alone' : ''}"><path class="marks" marker-start="${marker}" marker-mid="${marker}" marker-end="${marker}" d="${raw(marksPath(points, scales))}"/><path class="bars" stroke-width="${busy ? 1.5 : 4}" d="${raw(bars.join(''))}"/></g>
`;
}

/** Longer without a draw, and no line leads over to the next: nothing is known of what lies between. */
const LULL = 180 * 24 * 60 * 60 * 1000;

/** From draw to draw, anew in each panel: a line from one scale to another would mean nothing. */
function marksPath(points: readonly Point[], scales: Scales): string {
  const runs: { panel: Panel; points: Point[] }[] = [];
  for (const point of points) {
    const panel = panelFor(scales, point.cutoff);
    const last = runs.at(-1);
    const lull = point.time - (last?.points.at(-1)?.time ?? point.time) > LULL;
    if (last?.panel === panel && !lull) last.points.push(point);
    else runs.push({ panel, points: [point] });
  }
  return runs
    .map(({ panel, points: run }) =>
      line<Point>(
        ({ time }) => scales.x(time),
        ({ cutoff }) => panel.scale(cutoff),
      ).digits(1)(run),
    )
    .join('');
}

function grid(panel: Panel, left: number, right: number, number: (value: number) => string): Html {
  const lines = panel.ticks.map((tick) => `M${left},${round(panel.scale(tick))}H${right}`);
  return html`<rect class="panel" x="${left}" y="${panel.top}" width="${right - left}" height="${panel.bottom - panel.top}"/><path class="grid" d="${raw(lines.join(''))}"/>${panel.ticks.map(
    (tick) =>
      html`<text class="level" x="${left - 6}" y="${round(panel.scale(tick) + 4)}">${number(tick)}</text>`,
  )}
`;
}

function timeAxis({ locale }: View, { x, times, cutoffs, sizes }: Scales): Html {
  const words = HISTORY_WORDS[locale].drawing;
  const spans = [...cutoffs, sizes].map(({ top, bottom }) => ({ top, bottom }));
  const lines = times.ticks.flatMap((tick) =>
    spans.map(({ top, bottom }) => `M${round(x(tick))},${top}V${bottom}`),
  );
  const label = (tick: number) =>
    times.unit === 'year' ? String(new Date(tick).getUTCFullYear()) : words.month(new Date(tick));
  return html`<path class="grid" d="${raw(lines.join(''))}"/>${times.ticks.map(
    (tick) => html`<text x="${round(x(tick))}" y="${sizes.bottom + 18}">${label(tick)}</text>`,
  )}
`;
}

function factsOf(points: readonly Point[]) {
  const cutoffs = points.map(({ cutoff }) => cutoff);
  const sizes = points.flatMap(({ invitations }) => invitations ?? []);
  return {
    draws: points.length,
    lowest: Math.min(...cutoffs),
    highest: Math.max(...cutoffs),
    smallest: sizes.length === 0 ? null : Math.min(...sizes),
    largest: sizes.length === 0 ? null : Math.max(...sizes),
  };
}

function topOf({ scale }: Panel): number {
  return Math.max(...scale.domain());
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
