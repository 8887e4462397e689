// a version of a category -> how sure its list is, where it was read, and the occupations on it. Pure.

import { html } from 'hono/html';
import type { Category, Occupation } from '../../match/reference.ts';
import { cautionSentence } from '../../notify/text/describe.ts';
import { LANGUAGES } from '../../notify/text/languages.ts';
import type { View } from '../site.ts';
import { DRAW_WORDS } from '../text/draw.ts';
import { breakable } from './breakable.ts';
import type { Html } from './frame.ts';

/** More than this many are shown when they are asked for. */
const FEW = 6;

export function categoryDetails(view: View, category: Category): Html {
  const { occupations } = category;
  return html`${categorySource(view, category)}${occupations.length === 0 ? '' : foldedOccupations(view, occupations)}`;
}

export function categorySource({ locale }: View, { certainty, source }: Category): Html {
  const care = cautionSentence(LANGUAGES[locale], { code: 'category-rules-uncertain', certainty, source });
  return html`<p>${care} <a href="${source}">${DRAW_WORDS[locale].category.source}</a></p>
`;
}

/** Behind a summary where they are many. */
export function foldedOccupations(
  view: View,
  occupations: readonly Occupation[],
  summary = DRAW_WORDS[view.locale].category.occupations(occupations.length),
): Html {
  return html`<details${occupations.length > FEW ? '' : html` open`}>
<summary>${summary}</summary>
${occupationList(view, occupations)}</details>
`;
}

function occupationList({ locale }: View, occupations: readonly Occupation[]): Html {
  return html`<ul class="occupations">${occupations.map(({ noc, en, fr }) => {
    const title = locale === 'fr' && fr !== null ? fr : en;
    const foreign = locale === 'fr' && fr === null;
    return html`<li><b>${noc}</b> <span${foreign ? html` lang="en"` : ''}>${breakable(title)}</span></li>\n`;
  })}</ul>
`;
}
