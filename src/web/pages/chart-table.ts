// draws -> what the chart shows, as a table: by type, or by year where they are of one. Pure.

import { html } from 'hono/html';
import { compareDraws, type Draw } from '../../draw/draw.ts';
import { drawTypeName } from '../../notify/text/describe.ts';
import { LANGUAGES } from '../../notify/text/languages.ts';
import type { Words } from '../../notify/text/words.ts';
import type { View } from '../site.ts';
import { HISTORY_WORDS } from '../text/history.ts';
import type { Html } from './frame.ts';
import { scrollable } from './scroll.ts';

/** Behind a summary, as it repeats the picture. `draws` in any order; those without a cut-off are only counted. */
export function chartTable({ locale }: View, draws: readonly Draw[], byType: boolean): Html {
  const words = HISTORY_WORDS[locale].drawing;
  const { mail, number } = LANGUAGES[locale];
  const newestFirst = [...draws].sort((a, b) => compareDraws(b, a));
  const groups = Map.groupBy(newestFirst, ({ type, date }) => (byType ? type : date.slice(0, 4)));
  const rows = [...groups].flatMap(([key, group]) => {
    const [latest] = group;
    return latest ? [{ name: byType ? drawTypeName(LANGUAGES[locale], latest).name : key, group }] : [];
  });
  return html`<details>
<summary>${words.asTable}</summary>
${scrollable(
  words.asTable,
  html`<table>
<caption>${byType ? words.byType : words.byYear}</caption>
<thead><tr><th scope="col">${byType ? mail.labels.type : words.year}</th><th scope="col" class="number">${words.draws}</th><th scope="col" class="number">${mail.labels.invitations}</th><th scope="col">${words.lowest}</th><th scope="col">${words.highest}</th><th scope="col">${words.latest}</th></tr></thead>
<tbody>
${rows.map(
  ({ name, group }) =>
    html`<tr><th scope="row">${name}</th><td class="number">${number(group.length)}</td><td class="number">${number(invitationsIn(group))}</td>${extremes(LANGUAGES[locale], group)}</tr>\n`,
)}</tbody>
</table>
`,
)}</details>
`;
}

/** The cells of the lowest, the highest and the latest cut-off, each with its day. */
function extremes(words: Words, newestFirst: readonly Draw[]): Html[] {
  const known = newestFirst.filter(({ cutoff }) => cutoff !== null);
  const byCutoff = [...known].sort((a, b) => (a.cutoff ?? 0) - (b.cutoff ?? 0));
  return [byCutoff.at(0), byCutoff.at(-1), known.at(0)].map((draw) =>
    draw === undefined || draw.cutoff === null
      ? html`<td>${words.mail.notPublished}</td>`
      : html`<td>${words.number(draw.cutoff)} <span class="quiet">${words.day(draw.date)}</span></td>`,
  );
}

/** As far as they were published. */
function invitationsIn(draws: readonly Draw[]): number {
  return draws.reduce((sum, { invitations }) => sum + (invitations ?? 0), 0);
}
