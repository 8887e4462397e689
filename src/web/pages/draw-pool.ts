// a draw -> the pool as it was published with it, the band of the cut-off marked. Pure.

import { html } from 'hono/html';
import type { Draw } from '../../draw/draw.ts';
import { candidatesAtOrAbove, type Pool } from '../../draw/pool.ts';
import { bandRows, EXPLAIN_WORDS, poolSentences } from '../../notify/text/explaining.ts';
import { LANGUAGES } from '../../notify/text/languages.ts';
import type { View } from '../site.ts';
import { DRAW_WORDS } from '../text/draw.ts';
import type { Html } from './frame.ts';

/** Length of the longest bar. */
const BAR = 100;

/** Nothing where it was not published. */
export function poolSection({ locale }: View, { pool, cutoff }: Draw): Html {
  if (pool === null) return html``;
  const words = LANGUAGES[locale];
  const { headings, labels, band, cutoffHere } = EXPLAIN_WORDS[locale];
  const rows = bandRows(pool, cutoff);
  const largest = Math.max(...rows.map(({ candidates }) => candidates), 1);
  const bar = (candidates: number) => Math.round((candidates / largest) * BAR * 10) / 10;
  return html`<h2>${headings.pool}</h2>
<p>${[...poolSentences(words, pool), ...reached(locale, pool, cutoff)].join(' ')}</p>
<table class="pool">
<caption>${DRAW_WORDS[locale].pool.caption}</caption>
<thead><tr><th scope="col">${labels.score}</th><th scope="col" class="number">${labels.candidates}</th><th scope="col" class="number">${labels.atOrAbove}</th><td class="bar"></td></tr></thead>
<tbody>
${rows.map(
  ({ from, to, candidates, atOrAbove, holdsCutoff }) =>
    html`<tr${holdsCutoff ? html` class="here"` : ''}><th scope="row">${band(from, to)}${
      holdsCutoff && cutoff !== null ? html` <strong>${cutoffHere(cutoff)}</strong>` : ''
    }</th><td class="number">${words.number(candidates)}</td><td class="number">${words.number(atOrAbove)}</td><td class="bar"><svg viewBox="0 0 ${BAR} 10" preserveAspectRatio="none" aria-hidden="true"><rect width="${bar(candidates)}" height="10"/></svg></td></tr>
`,
)}</tbody>
</table>
`;
}

/** To three significant digits: more would claim to know what is only estimated. */
function reached(locale: View['locale'], pool: Pool, cutoff: number | null): string[] {
  const atOrAbove = cutoff === null ? null : candidatesAtOrAbove(pool, cutoff);
  if (cutoff === null || atOrAbove === null) return [];
  const { number } = LANGUAGES[locale];
  const candidates = number(Number(atOrAbove.toPrecision(3)));
  return [DRAW_WORDS[locale].pool.reached({ cutoff: number(cutoff), candidates, total: number(pool.total) })];
}
