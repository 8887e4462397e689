// draw type -> how it is marked in the chart: each by a shape of its own, so that none is told by its colour alone. Pure.

import {
  type SymbolType,
  symbol,
  symbolAsterisk,
  symbolCircle,
  symbolCross,
  symbolDiamond,
  symbolDiamond2,
  symbolPlus,
  symbolSquare,
  symbolSquare2,
  symbolStar,
  symbolTimes,
  symbolTriangle,
  symbolTriangle2,
  symbolWye,
} from 'd3-shape';
import { html } from 'hono/html';
import type { KnownDrawType } from '../../draw/draw-type.ts';
import type { Html } from './frame.ts';

/** Types that nobody has taught us share one. */
export type MarkName = KnownDrawType | 'other';

interface Mark {
  shape: SymbolType;
  /** One of the colours of the style sheet; those beside each other in time differ. */
  hue: 1 | 2 | 3 | 4 | 5 | 6;
  hollow?: true;
  upsideDown?: true;
}

const MARKS: Record<MarkName, Mark> = {
  general: { shape: symbolCircle, hue: 1 },
  cec: { shape: symbolSquare, hue: 2 },
  fsw: { shape: symbolTriangle2, hue: 1, hollow: true, upsideDown: true },
  fst: { shape: symbolTriangle, hue: 6, upsideDown: true },
  pnp: { shape: symbolTriangle, hue: 3 },
  french: { shape: symbolDiamond, hue: 4 },
  healthcare: { shape: symbolCross, hue: 5 },
  stem: { shape: symbolStar, hue: 6 },
  trades: { shape: symbolWye, hue: 3 },
  transport: { shape: symbolCircle, hue: 5, hollow: true },
  agriculture: { shape: symbolTriangle2, hue: 3, hollow: true },
  education: { shape: symbolSquare2, hue: 4, hollow: true },
  physicians: { shape: symbolPlus, hue: 6, hollow: true },
  'senior-managers': { shape: symbolTimes, hue: 2, hollow: true },
  researchers: { shape: symbolAsterisk, hue: 1, hollow: true },
  military: { shape: symbolDiamond2, hue: 5, hollow: true },
  other: { shape: symbolWye, hue: 6, upsideDown: true },
};

/** The area of a mark, in units of the chart. */
const AREA = 34;

/** Gives whatever is inside the colour of the mark. */
export function hueOf(name: MarkName): string {
  return `hue-${MARKS[name].hue}`;
}

/** The mark around the origin. */
export function markPath(name: MarkName): Html {
  const { shape, hollow, upsideDown } = MARKS[name];
  const turn = upsideDown ? html` transform="rotate(180)"` : '';
  return html`<path class="${hollow ? 'hollow' : 'solid'}" d="${symbol(shape, AREA)()}"${turn}/>`;
}

/** The mark beside its name. */
export function legendMark(name: MarkName): Html {
  return html`<svg class="mark ${hueOf(name)}" width="18" height="18" viewBox="-6 -6 12 12" aria-hidden="true">${markPath(name)}</svg>`;
}
