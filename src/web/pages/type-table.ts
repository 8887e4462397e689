// draws of a type -> the table of them all. Pure.

import { html } from 'hono/html';
import { daysBetween } from '../../draw/calendar.ts';
import type { Draw } from '../../draw/draw.ts';
import { drawNumber, publishedLabel, publishedNumber } from '../../notify/text/describe.ts';
import { LANGUAGES } from '../../notify/text/languages.ts';
import type { TypeHistory } from '../archive.ts';
import { PATHS } from '../paths.ts';
import type { View } from '../site.ts';
import { TYPES_WORDS } from '../text/types.ts';
import type { Html } from './frame.ts';
import { scrollable } from './scroll.ts';

/** Newest first. With the version where any draw has one. */
export function typeTable(view: View, { draws }: TypeHistory): Html {
  const { labels } = LANGUAGES[view.locale].mail;
  const { heading, caption, version, gap } = TYPES_WORDS[view.locale].type.table;
  const versions = draws.some((draw) => draw.version !== null);
  return html`<h2>${heading}</h2>
${scrollable(
  heading,
  html`<table>
<caption>${caption}</caption>
<thead><tr><th scope="col">${labels.number}</th><th scope="col">${labels.date}</th>${versions ? html`<th scope="col">${version}</th>` : ''}<th scope="col" class="number">${labels.invitations}</th><th scope="col" class="number">${labels.cutoff}</th><th scope="col" class="number">${gap}</th></tr></thead>
<tbody>
${draws.map((draw, index) => row(view, draw, draws[index + 1], versions))}</tbody>
</table>
`,
)}`;
}

function row({ locale, to }: View, draw: Draw, before: Draw | undefined, versions: boolean): Html {
  const words = LANGUAGES[locale];
  const version = draw.version === null ? '' : publishedLabel({ label: draw.version });
  const gap = before ? words.number(daysBetween(before.date, draw.date)) : '';
  return html`<tr><th scope="row"><a href="${to(PATHS.draw(locale, draw.id))}">${drawNumber(draw)}</a></th><td>${words.day(draw.date)}</td>${versions ? html`<td>${version}</td>` : ''}<td class="number">${publishedNumber(words, draw.invitations)}</td><td class="number">${publishedNumber(words, draw.cutoff)}</td><td class="number">${gap}</td></tr>
`;
}
