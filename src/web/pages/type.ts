// draws of a type -> its page: first, latest, returns, records, versions, and all of its draws. Pure.

import { html } from 'hono/html';
import { type Criteria, criteriaOf } from '../../match/criteria.ts';
import { audienceSentences, drawTypeName, specialSentence } from '../../notify/text/describe.ts';
import { LANGUAGES } from '../../notify/text/languages.ts';
import { asSentence } from '../../notify/text/letters.ts';
import type { Words } from '../../notify/text/words.ts';
import type { Archive, TypeHistory } from '../archive.ts';
import { PATHS } from '../paths.ts';
import type { View } from '../site.ts';
import { TYPES_WORDS } from '../text/types.ts';
import { chartSection } from './chart.ts';
import { daysSince, dormantDays } from './dormant.ts';
import { bareDrawLink, checkHref, drawLink } from './draw-link.ts';
import { feedLine, feedsNamed } from './feed-links.ts';
import { figure } from './figures.ts';
import type { Html, Page } from './frame.ts';
import { specialsOf } from './special.ts';
import { recordsSection } from './type-records.ts';
import { typeTable } from './type-table.ts';
import { versionsSection } from './type-versions.ts';

/** `today`: the day the page is read, `YYYY-MM-DD`; `null` on a page that is kept, which says nothing that ages. */
export function typePage(view: View, archive: Archive, history: TypeHistory, today: string | null): Page {
  const { locale } = view;
  const words = LANGUAGES[locale];
  const say = TYPES_WORDS[locale].type;
  const { type, draws } = history;
  const [latest] = draws;
  const first = draws.at(-1) ?? latest;
  const { name } = drawTypeName(words, latest);
  return {
    title: name,
    description: say.description(name, draws.length, words.day(first.date), words.day(latest.date)),
    room: 'types',
    inLanguage: (other) => PATHS.type(other, type),
    feeds: feedsNamed(locale, name, type),
    body: html`${figures(view, history, today)}${facts(view, archive, history)}<h2>${say.audience}</h2>
<p>${audience(words, criteriaOf(latest, archive.reference)).join(' ')}</p>
${chartSection(view, say.chart, draws)}${returns(view, archive, history)}${recordsSection(view, draws)}${versionsSection(
  view,
  history,
  archive.reference,
)}${typeTable(view, history)}${feedLinks(view, history)}`,
  };
}

/** What its category asks for is said of each version. */
function audience(words: Words, criteria: Criteria): string[] {
  const sentences = audienceSentences(words, criteria);
  return criteria.category === null ? sentences : sentences.slice(0, 1);
}

function figures({ locale }: View, { draws }: TypeHistory, today: string | null): Html {
  const words = LANGUAGES[locale];
  const say = TYPES_WORDS[locale];
  const [latest] = draws;
  const days = daysSince(latest.date, today);
  const of = (name: string, value: number | null) => figure(words, name, value);
  return html`<dl class="figures">${of(say.draws, draws.length)}${of(say.latestInvitations, latest.invitations)}${of(
    say.latestCutoff,
    latest.cutoff,
  )}${days === null ? '' : of(say.daysSince, days)}</dl>
`;
}

function facts(view: View, archive: Archive, history: TypeHistory): Html {
  const say = TYPES_WORDS[view.locale];
  const { draws } = history;
  const [latest] = draws;
  const first = draws.at(-1) ?? latest;
  const days = dormantDays(archive, history);
  return html`<dl class="facts above"><dt>${say.first}</dt><dd>${drawLink(view, first)}</dd>
<dt>${say.latest}</dt><dd>${drawLink(view, latest)}</dd>
</dl>
${days === null ? '' : html`<p><span class="away">${say.type.dormant(days)}</span></p>\n`}<p class="acts"><a class="button" href="${checkHref(view, latest)}">${say.type.check}</a></p>
`;
}

/** Nothing where it was never away for long. Newest first. */
function returns(view: View, archive: Archive, { draws }: TypeHistory): Html {
  const words = LANGUAGES[view.locale];
  const lines = draws.flatMap((draw) =>
    specialsOf(archive, draw)
      .filter(({ type }) => type === 'draw_type.returned')
      .map(
        (special) =>
          html`<li>${bareDrawLink(view, draw)}, ${words.day(draw.date)}. ${asSentence(specialSentence(words, special, draw))}</li>\n`,
      ),
  );
  if (lines.length === 0) return html``;
  return html`<h2>${TYPES_WORDS[view.locale].type.returns}</h2>
<ul>${lines}</ul>
`;
}

function feedLinks(view: View, { type }: TypeHistory): Html {
  return html`<h2>${TYPES_WORDS[view.locale].type.feeds}</h2>
${feedLine(view, type)}`;
}
