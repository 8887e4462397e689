// a draw and what happened about it -> its page: everything that `drawbell explain` says. Pure.

import { html } from 'hono/html';
import type { Draw } from '../../draw/draw.ts';
import type { DrawRecord } from '../../draw/record.ts';
import { type Explained, explanationOf } from '../../match/explain.ts';
import {
  audienceSentences,
  comparisonSentence,
  drawNumber,
  drawTypeName,
  publishedTieBreak,
  specialSentence,
} from '../../notify/text/describe.ts';
import { EXPLAIN_WORDS } from '../../notify/text/explaining.ts';
import { LANGUAGES } from '../../notify/text/languages.ts';
import { asSentence } from '../../notify/text/letters.ts';
import { officialPage } from '../../notify/text/sections.ts';
import { TELLING_WORDS } from '../../notify/text/telling-words.ts';
import type { Archive } from '../archive.ts';
import { PATHS } from '../paths.ts';
import type { View } from '../site.ts';
import { DRAW_WORDS } from '../text/draw.ts';
import { categoryDetails } from './category.ts';
import { drawsAround } from './draw-around.ts';
import { correctionsSection, factsSection } from './draw-facts.ts';
import { checkHref, drawLink } from './draw-link.ts';
import { poolSection } from './draw-pool.ts';
import { drawFeeds } from './feed-links.ts';
import { figure } from './figures.ts';
import type { Html, Page } from './frame.ts';
import { specialsOf } from './special.ts';

/** `record`: one of the archive's, withdrawn or not. */
export function drawPage(view: View, archive: Archive, record: DrawRecord): Page {
  const { draw, withdrawnAt } = record;
  const { headings } = LANGUAGES[view.locale].mail;
  const events = archive.events.get(draw.id) ?? [];
  const explained = explanationOf(record, events, archive.draws, archive.reference);
  const special = specialLines(view, archive, draw);
  return {
    title: titleOf(view, draw),
    description: [summaryOf(view, draw), ...special].join(' '),
    room: 'history',
    inLanguage: (other) => PATHS.draw(other, draw.id),
    feeds: drawFeeds(view.locale),
    unlisted: withdrawnAt !== null,
    body: html`${withdrawal(view, withdrawnAt)}${figures(view, draw)}${doors(view, record)}${
      special.length === 0
        ? ''
        : html`<h2>${headings.special}</h2>
<ul>${special.map((line) => html`<li>${line}</li>\n`)}</ul>
`
    }${audience(view, explained)}${comparison(view, archive, explained)}${poolSection(view, draw)}${correctionsSection(
      view,
      explained,
    )}${factsSection(view, archive, explained)}${drawsAround(view, archive, draw)}`,
  };
}

/** `Draw #297, Canadian Experience Class, May 31, 2024`. */
function titleOf({ locale }: View, draw: Draw): string {
  const words = LANGUAGES[locale];
  return words.mail.drawLine({
    number: drawNumber(draw),
    type: drawTypeName(words, draw),
    day: words.day(draw.date),
    cutoff: null,
    score: null,
    margin: null,
  });
}

function summaryOf({ locale }: View, draw: Draw): string {
  const words = LANGUAGES[locale];
  const { date, invitations, cutoff } = draw;
  const brief = { number: drawNumber(draw), type: drawTypeName(words, draw).name, day: words.day(date) };
  return `${TELLING_WORDS[locale].published({ ...brief, invitations, cutoff })}.`;
}

function withdrawal({ locale }: View, withdrawnAt: string | null): Html {
  if (withdrawnAt === null) return html``;
  const { heading, consequence } = DRAW_WORDS[locale].withdrawn;
  const since = EXPLAIN_WORDS[locale].withdrawn(LANGUAGES[locale].moment(withdrawnAt));
  return html`<section class="banner">
<h2>${heading}</h2>
<p>${since} ${consequence}</p>
</section>
`;
}

function figures({ locale }: View, draw: Draw): Html {
  const words = LANGUAGES[locale];
  const { labels } = words.mail;
  const of = (name: string, value: number | string | null) => figure(words, name, value);
  return html`<dl class="figures">${of(labels.invitations, draw.invitations)}${of(labels.cutoff, draw.cutoff)}${of(
    labels.tieBreak,
    publishedTieBreak(words, draw),
  )}${of(labels.date, words.day(draw.date))}</dl>
`;
}

/** What can be done about it. */
function doors(view: View, { draw, withdrawnAt }: DrawRecord): Html {
  const { locale } = view;
  const [official] = officialPage(LANGUAGES[locale], draw);
  const check = html`<a class="button" href="${checkHref(view, draw)}">${DRAW_WORDS[locale].check}</a>`;
  const page = official?.kind === 'link' ? html`<a href="${official.href}">${official.text}</a>` : '';
  return html`<p class="acts">${withdrawnAt === null ? check : ''} ${page}</p>
`;
}

function specialLines({ locale }: View, archive: Archive, draw: Draw): string[] {
  const words = LANGUAGES[locale];
  return specialsOf(archive, draw).map((one) => asSentence(specialSentence(words, one, draw)));
}

function audience(view: View, { criteria }: Explained): Html {
  const sentences = audienceSentences(LANGUAGES[view.locale], criteria);
  return html`<h2>${EXPLAIN_WORDS[view.locale].headings.audience}</h2>
<p>${sentences.join(' ')}</p>
${criteria.category === null ? '' : categoryDetails(view, criteria.category)}`;
}

function comparison(view: View, archive: Archive, { explanation: { draw, previous } }: Explained): Html {
  const words = LANGUAGES[view.locale];
  const say = EXPLAIN_WORDS[view.locale];
  const earlier = previous && archive.draws.find(({ id }) => id === previous.id);
  return html`<h2>${say.headings.comparison}</h2>
<p>${
    previous === null || !earlier
      ? say.noEarlier
      : html`${comparisonSentence(words, draw, previous)} ${drawLink(view, earlier)}`
  }</p>
`;
}
