// draws of a type -> its records, and how each of them moved. Pure.

import { html } from 'hono/html';
import type { Draw } from '../../draw/draw.ts';
import { RECORDS, type RecordKind } from '../../event/event.ts';
import { LANGUAGES } from '../../notify/text/languages.ts';
import type { View } from '../site.ts';
import { TYPES_WORDS } from '../text/types.ts';
import { bareDrawLink } from './draw-link.ts';
import type { Html } from './frame.ts';

interface Move {
  draw: Draw;
  value: number;
}

const CONTESTS: Record<
  RecordKind,
  { of(draw: Draw): number | null; better(value: number, best: number): boolean }
> = {
  'lowest-cutoff': { of: ({ cutoff }) => cutoff, better: (value, best) => value < best },
  'highest-cutoff': { of: ({ cutoff }) => cutoff, better: (value, best) => value > best },
  'largest-round': { of: ({ invitations }) => invitations, better: (value, best) => value > best },
};

/** From the first draw that had such a number; whoever only equals a record does not take it. Oldest first. */
export function recordMoves(newestFirst: readonly Draw[], kind: RecordKind): Move[] {
  const { of, better } = CONTESTS[kind];
  const moves: Move[] = [];
  for (const draw of newestFirst.toReversed()) {
    const value = of(draw);
    const best = moves.at(-1);
    if (value !== null && (best === undefined || better(value, best.value))) moves.push({ draw, value });
  }
  return moves;
}

/** Nothing for a single draw, which holds them all. */
export function recordsSection(view: View, draws: readonly Draw[]): Html {
  const say = TYPES_WORDS[view.locale].type.records;
  const records = RECORDS.flatMap((kind) =>
    draws.length < 2 ? [] : record(view, kind, recordMoves(draws, kind)),
  );
  if (records.length === 0) return html``;
  return html`<h2>${say.heading}</h2>
<div class="cards records">${records}</div>
`;
}

function record(view: View, kind: RecordKind, moves: readonly Move[]): Html[] {
  const { number } = LANGUAGES[view.locale];
  const say = TYPES_WORDS[view.locale].type.records;
  const holder = moves.at(-1);
  if (!holder) return [];
  return [
    html`<section>
<h3>${say.names[kind]}</h3>
<p><b>${number(holder.value)}</b> ${whichDraw(view, holder)}</p>
${
  moves.length < 2
    ? ''
    : html`<details>
<summary>${say.moves(moves.length)}</summary>
<ol>${moves.map((move) => html`<li>${number(move.value)} <span class="quiet">${whichDraw(view, move)}</span></li>\n`)}</ol>
</details>
`
}</section>
`,
  ];
}

function whichDraw(view: View, { draw }: Move): Html {
  return html`${bareDrawLink(view, draw)}, ${LANGUAGES[view.locale].day(draw.date)}`;
}
