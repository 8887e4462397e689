// The latest draw of each type, each on a card. Pure.

import { html } from 'hono/html';
import type { Draw } from '../../draw/draw.ts';
import { drawNumber, drawTypeName, specialWords } from '../../notify/text/describe.ts';
import { LANGUAGES } from '../../notify/text/languages.ts';
import { capitalized } from '../../notify/text/letters.ts';
import type { Words } from '../../notify/text/words.ts';
import type { Archive, TypeHistory } from '../archive.ts';
import { PATHS } from '../paths.ts';
import type { View } from '../site.ts';
import { HOME_WORDS } from '../text/home.ts';
import { figure } from './figures.ts';
import type { Html } from './frame.ts';
import { specialsOf } from './special.ts';

export function writeCards(view: View, archive: Archive, histories: readonly TypeHistory[]): Html {
  return html`<ul class="cards">
${histories.map(({ draws: [latest] }) => writeCard(view, archive, latest))}</ul>
`;
}

function writeCard(view: View, archive: Archive, draw: Draw): Html {
  const words = LANGUAGES[view.locale];
  const { labels } = words.mail;
  return html`<li>
<h3>${typeLink(view, draw)}</h3>
<dl class="figures">${figure(words, labels.cutoff, draw.cutoff)}${figure(words, labels.invitations, draw.invitations)}</dl>
<p class="quiet">${drawLink(view, draw)}</p>
${writeSpecials(words, archive, draw)}</li>
`;
}

function typeLink({ locale, to }: View, draw: Draw): Html {
  return html`<a href="${to(PATHS.type(locale, draw.type))}">${drawTypeName(LANGUAGES[locale], draw).name}</a>`;
}

function drawLink({ locale, to }: View, draw: Draw): Html {
  const text = HOME_WORDS[locale].latest.draw(drawNumber(draw), LANGUAGES[locale].day(draw.date));
  return html`<a href="${to(PATHS.draw(locale, draw.id))}">${text}</a>`;
}

/** One to a line: in a few words, and the facts behind them. */
function writeSpecials(words: Words, archive: Archive, draw: Draw): Html {
  return html`${specialsOf(archive, draw).map((special) => {
    const { brief, detail } = specialWords(words, special, draw);
    return html`<p class="special"><strong>${capitalized(brief)}</strong>${detail === null ? '' : html` <span class="quiet">(${detail})</span>`}</p>
`;
  })}`;
}
