// draws -> the table of a page of them; its headings put it in another order. Pure.

import { html } from 'hono/html';
import type { Draw } from '../../draw/draw.ts';
import { drawNumber, drawTypeName, publishedNumber } from '../../notify/text/describe.ts';
import { LANGUAGES } from '../../notify/text/languages.ts';
import { PATHS } from '../paths.ts';
import { pageOf, type Selection, type Sort } from '../selection.ts';
import type { View } from '../site.ts';
import { HISTORY_WORDS } from '../text/history.ts';
import { breakable } from './breakable.ts';
import type { Html } from './frame.ts';
import { scrollable } from './scroll.ts';

/** By which figure the table can be ordered, and what is asked for first. */
const ORDERS = {
  date: { first: 'newest', ascending: 'oldest', descending: 'newest' },
  cutoff: { first: 'lowest', ascending: 'lowest', descending: 'highest' },
  invitations: { first: 'largest', ascending: 'smallest', descending: 'largest' },
} as const satisfies Record<string, Record<'first' | 'ascending' | 'descending', Sort>>;

/** `draws`: all that are selected, in their order. */
export function historyTable(view: View, selection: Selection, draws: readonly Draw[]): Html {
  const words = HISTORY_WORDS[view.locale];
  const { labels } = LANGUAGES[view.locale].mail;
  return html`<p class="quiet">${words.poolNote}</p>
${scrollable(
  words.table,
  html`<table class="draws">
<caption>${words.sorts[selection.sort]}</caption>
<thead><tr><th scope="col">${labels.number}</th>${heading(view, selection, 'date')}<th scope="col">${labels.type}</th>${heading(view, selection, 'cutoff')}${heading(view, selection, 'invitations')}<th scope="col" class="number">${labels.pool}</th></tr></thead>
<tbody>
${pageOf(draws, selection).map((draw) => row(view, draw))}</tbody>
</table>
`,
)}`;
}

/** Says in which order the table is by it, if it is, and leads to the other. */
function heading({ locale, to }: View, selection: Selection, figure: keyof typeof ORDERS): Html {
  const { first, ascending, descending } = ORDERS[figure];
  const label = LANGUAGES[locale].mail.labels[figure];
  const current =
    selection.sort === ascending ? 'ascending' : selection.sort === descending ? 'descending' : null;
  const next = current === null ? first : current === 'ascending' ? descending : ascending;
  const path = to(PATHS.history(locale, { ...selection, sort: next, page: 1 }));
  const kind = figure === 'date' ? '' : html` class="number"`;
  const order = current === null ? '' : html` aria-sort="${current}"`;
  const arrow =
    current === null ? '' : html` <span aria-hidden="true">${current === 'ascending' ? '▲' : '▼'}</span>`;
  return html`<th scope="col"${kind}${order}><a href="${path}" title="${HISTORY_WORDS[locale].sorts[next]}">${label}</a>${arrow}</th>`;
}

function row({ locale, to }: View, draw: Draw): Html {
  const words = LANGUAGES[locale];
  const { date, type, id, invitations, cutoff } = draw;
  return html`<tr><th scope="row"><a href="${to(PATHS.draw(locale, id))}">${drawNumber(draw)}</a></th><td>${words.day(date)}</td><td><a href="${to(PATHS.type(locale, type))}">${breakable(drawTypeName(words, draw).short)}</a></td><td class="number">${publishedNumber(words, cutoff)}</td><td class="number">${publishedNumber(words, invitations)}</td><td class="number">${pool(locale, draw)}</td></tr>
`;
}

function pool(locale: View['locale'], draw: Draw): string {
  const { number, day, mail } = LANGUAGES[locale];
  if (draw.pool === null) return mail.notPublished;
  const { total, asOf } = draw.pool;
  return asOf === null ? number(total) : HISTORY_WORDS[locale].poolAsOf(number(total), day(asOf));
}
