// draws -> the page of a selection of them: filter, chart, table, files. Pure.

import { html } from 'hono/html';
import type { Draw } from '../../draw/draw.ts';
import { drawTypeName } from '../../notify/text/describe.ts';
import { LANGUAGES } from '../../notify/text/languages.ts';
import type { Archive } from '../archive.ts';
import { PATHS, slugOf } from '../paths.ts';
import { ALL_DRAWS, folderOf, pagesOf, type Selection } from '../selection.ts';
import type { View } from '../site.ts';
import { HISTORY_WORDS } from '../text/history.ts';
import type { HistoryWords, Selected } from '../text/history-words.ts';
import { chartSection } from './chart.ts';
import { drawFeeds } from './feed-links.ts';
import type { Html, Page } from './frame.ts';
import { historyFilter } from './history-filter.ts';
import { historyTable } from './history-table.ts';

/** `draws`: all that are selected, in their order, at least one; the page shows its part of them. */
export function historyPage(
  view: View,
  archive: Archive,
  selection: Selection,
  draws: readonly Draw[],
): Page {
  const { locale, to } = view;
  const words = HISTORY_WORDS[locale];
  const { number, day } = LANGUAGES[locale];
  const selected = selectedNames(view, archive, selection);
  const days = draws.map(({ date }) => date).sort();
  const [first = '', last = first] = [days[0], days.at(-1)];
  const folder = to(PATHS.history(locale, folderOf(selection)));
  return {
    title: words.title(selected, selection.page === 1 ? null : number(selection.page)),
    description: words.description(selected, words.draws(draws.length)),
    room: 'history',
    feeds: drawFeeds(locale),
    inLanguage: (other) => PATHS.history(other, selection),
    body: html`<p>${words.extent(draws.length, day(first), day(last))}</p>
${historyFilter(view, archive, selection)}${
  // Every page shows draws of the same selection, so the chart stands on the first only.
  selection.page > 1 ? '' : chartSection(view, words.chart, draws)
}<h2>${words.table}</h2>
<p>${words.asFile}
<a href="${folder}draws.csv" download="${fileName(selection, 'csv')}">${words.csv}</a> ·
<a href="${folder}draws.json" download="${fileName(selection, 'json')}">${words.json}</a></p>
${historyTable(view, selection, draws)}${pager(view, selection, pagesOf(draws.length), words)}`,
  };
}

/** What a file of these draws is called where it is kept. */
export function fileName({ type, year }: Selection, format: 'csv' | 'json'): string {
  return `${['draws', type === null ? [] : slugOf(type), year ?? []].flat().join('-')}.${format}`;
}

/** There is no such page: `selection` is what was asked for, `null` where even that is not known. */
export function noDrawsPage(view: View, archive: Archive, selection: Selection | null): Page {
  const words = HISTORY_WORDS[view.locale];
  const text = selection === null ? words.unknown : words.nothing(selectedNames(view, archive, selection));
  return {
    title: text.title,
    room: 'history',
    inLanguage: null,
    body: html`${text.lines.map((line) => html`<p>${line}</p>\n`)}${historyFilter(view, archive, selection ?? ALL_DRAWS)}<p><a href="${view.to(PATHS.history(view.locale))}">${words.toAll}</a></p>
`,
  };
}

function pager({ locale, to }: View, selection: Selection, pages: number, words: HistoryWords): Html {
  if (pages === 1) return html``;
  const { number } = LANGUAGES[locale];
  const { page } = selection;
  const link = (target: number, text: string, rel?: 'prev' | 'next') =>
    html`<li><a href="${to(PATHS.history(locale, { ...selection, page: target }))}"${rel ? html` rel="${rel}"` : ''}>${text}</a></li>\n`;
  return html`<nav class="pages" aria-label="${words.pages}"><ul>
${page > 1 ? link(page - 1, words.previous, 'prev') : ''}${Array.from({ length: pages }, (_, index) =>
  index + 1 === page
    ? html`<li><span aria-current="page">${words.page(number(page))}</span></li>\n`
    : link(index + 1, words.page(number(index + 1))),
)}${page < pages ? link(page + 1, words.next, 'next') : ''}</ul></nav>
`;
}

function selectedNames({ locale }: View, archive: Archive, { type, year }: Selection): Selected {
  const history = type === null ? undefined : archive.types.get(slugOf(type));
  return { type: history ? drawTypeName(LANGUAGES[locale], history.draws[0]).name : null, year };
}
