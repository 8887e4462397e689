// The home page: the newest, how the watch is doing, what one can do here, and the latest draw of each type. Pure.

import { html } from 'hono/html';
import { LANGUAGES } from '../../notify/text/languages.ts';
import { writeTelling } from '../../notify/text/telling.ts';
import type { Archive, TypeHistory } from '../archive.ts';
import { PATHS } from '../paths.ts';
import type { View } from '../site.ts';
import { HOME_WORDS } from '../text/home.ts';
import { DORMANT_DAYS, dormantDays } from './dormant.ts';
import { drawFeeds } from './feed-links.ts';
import type { Html, Page } from './frame.ts';
import { writeDoors } from './home-doors.ts';
import { writeCards } from './latest.ts';
import { type WatchLine, writeWatch } from './watch.ts';

export function homePage(view: View, archive: Archive, watch: WatchLine): Page {
  const words = HOME_WORDS[view.locale];
  return {
    title: words.title,
    description: words.description,
    room: 'home',
    inLanguage: PATHS.home,
    feeds: drawFeeds(view.locale),
    body: html`${writeWatch(watch)}${writeNewest(view, archive)}${writeDoors(view)}${writeLatest(view, archive)}`,
  };
}

/** What happened last, in a sentence that leads to the draw. */
function writeNewest({ locale, to }: View, { newest }: Archive): Html {
  if (newest === null) return html``;
  const say = HOME_WORDS[locale].newest;
  const { moment, day } = LANGUAGES[locale];
  const { title, summary } = writeTelling(newest, locale);
  const when =
    newest.type === 'draw.published'
      ? say.heldOn(day(newest.data.draw.date))
      : say.noticedOn(moment(newest.at));
  return html`<section class="news" aria-labelledby="newest">
<h2 id="newest">${say.heading}</h2>
<p class="lead"><a href="${to(PATHS.draw(locale, newest.draw))}">${title}</a></p>
<p>${summary === null ? '' : `${summary} `}<span class="quiet">${when}</span></p>
</section>
`;
}

function writeLatest(view: View, archive: Archive): Html {
  const { locale, to } = view;
  const say = HOME_WORDS[locale].latest;
  const words = LANGUAGES[locale];
  const { draws, types } = archive;
  const [newest, oldest] = [draws[0], draws.at(-1)];
  if (!newest || !oldest) return html`<h2>${say.heading}</h2>\n<p>${say.none}</p>\n`;
  const isDormant = (history: TypeHistory) => dormantDays(archive, history) !== null;
  const histories = [...types.values()];
  const dormant = histories.filter(isDormant);
  const current = histories.filter((history) => !isDormant(history));
  return html`<h2>${say.heading}</h2>
${writeCards(view, archive, current)}${current.some(({ type }) => type === 'pnp') ? html`<p class="quiet">${say.nominees}</p>\n` : ''}${
  dormant.length === 0
    ? ''
    : html`<h2>${say.dormant}</h2>
<p class="quiet">${say.dormantNote(words.number(DORMANT_DAYS))}</p>
${writeCards(view, archive, dormant)}`
}<p><a href="${to(PATHS.history(locale))}">${say.all(words.number(draws.length), words.day(oldest.date))}</a></p>
`;
}
