// archive -> the page of all types there ever were. Pure.

import { html } from 'hono/html';
import { isKnownDrawType } from '../../draw/draw-type.ts';
import { drawTypeName, publishedNumber } from '../../notify/text/describe.ts';
import { LANGUAGES } from '../../notify/text/languages.ts';
import type { Archive, TypeHistory } from '../archive.ts';
import { PATHS } from '../paths.ts';
import type { View } from '../site.ts';
import { TYPES_WORDS } from '../text/types.ts';
import { DORMANT_DAYS, daysSince, dormantDays } from './dormant.ts';
import { drawFeeds } from './feed-links.ts';
import type { Html, Page } from './frame.ts';
import { scrollable } from './scroll.ts';

/** `today`: the day the page is read, `YYYY-MM-DD`; `null` on a page that is kept, which says nothing that ages. */
export function typesPage(view: View, archive: Archive, today: string | null): Page {
  const say = TYPES_WORDS[view.locale];
  const { types, draws } = archive;
  const anyDormant = [...types.values()].some((history) => dormantDays(archive, history) !== null);
  return {
    title: say.title,
    description: say.description,
    room: 'types',
    inLanguage: PATHS.types,
    feeds: drawFeeds(view.locale),
    body: html`<p>${types.size === 0 ? say.none : say.intro(types.size, draws.length)}</p>
${anyDormant ? html`<p>${say.dormantNote(DORMANT_DAYS)}</p>\n` : ''}${types.size === 0 ? '' : table(view, archive, today)}${undrawn(view, archive)}`,
  };
}

function table(view: View, archive: Archive, today: string | null): Html {
  const say = TYPES_WORDS[view.locale];
  const { labels } = LANGUAGES[view.locale].mail;
  const histories = [...archive.types.values()];
  return scrollable(
    say.table,
    html`<table class="types">
<caption>${say.caption}</caption>
<thead><tr><th scope="col">${labels.type}</th><th scope="col">${say.latest}</th>${
      today === null ? '' : html`<th scope="col" class="number">${say.daysSince}</th>`
    }<th scope="col" class="number">${labels.invitations}</th><th scope="col" class="number">${labels.cutoff}</th><th scope="col" class="number">${say.draws}</th></tr></thead>
<tbody>
${histories.map((history) => row(view, archive, history, today))}</tbody>
</table>
`,
  );
}

function row({ locale, to }: View, archive: Archive, history: TypeHistory, today: string | null): Html {
  const words = LANGUAGES[locale];
  const say = TYPES_WORDS[locale];
  const { type, draws } = history;
  const [latest] = draws;
  const away = dormantDays(archive, history) === null ? '' : html` <span class="away">${say.dormant}</span>`;
  const days = daysSince(latest.date, today);
  return html`<tr><th scope="row"><a href="${to(PATHS.type(locale, type))}">${drawTypeName(words, latest).name}</a>${away}</th><td><a href="${to(PATHS.draw(locale, latest.id))}">${words.day(latest.date)}</a></td>${
    today === null ? '' : html`<td class="number">${days === null ? '' : words.number(days)}</td>`
  }<td class="number">${publishedNumber(words, latest.invitations)}</td><td class="number">${publishedNumber(words, latest.cutoff)}</td><td class="number">${words.number(draws.length)}</td></tr>
`;
}

/** Categories in force with a list, and without a draw that was ever seen, here or elsewhere. */
function undrawn({ locale }: View, { types, reference }: Archive): Html {
  const words = LANGUAGES[locale];
  const announced = reference.categories
    .filter(({ type, until, names }) => until === null && names.length === 0 && !types.has(type))
    .flatMap(({ type }) => (isKnownDrawType(type) ? words.drawTypes[type].name : []));
  if (announced.length === 0) return html``;
  return html`<p>${TYPES_WORDS[locale].undrawn(words.list([...new Set(announced)]))}</p>
`;
}
