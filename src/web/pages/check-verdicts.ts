// verdicts -> the answer on the page: of one draw, or of many. Pure.

import { html } from 'hono/html';
import type { Draw } from '../../draw/draw.ts';
import { shortfall } from '../../match/preference.ts';
import { missingFields } from '../../match/reason.ts';
import { standingOf } from '../../match/standing.ts';
import {
  drawNumber,
  drawTypeName,
  publishedNumber,
  publishedTieBreak,
  standingSentences,
} from '../../notify/text/describe.ts';
import {
  describeCautions,
  describeLatest,
  describeReasons,
  describeRecord,
  type Judged,
  nearMisses,
} from '../../notify/text/judged.ts';
import { JUDGED_WORDS } from '../../notify/text/judged-words.ts';
import { LANGUAGES } from '../../notify/text/languages.ts';
import { PATHS } from '../paths.ts';
import type { View } from '../site.ts';
import { CHECK_WORDS } from '../text/check.ts';
import type { Counts } from '../text/check-words.ts';
import type { CheckAnswer } from './check-answer.ts';
import { missingLinks } from './check-missing.ts';
import { verdictTable } from './check-table.ts';
import type { Html } from './frame.ts';

/** So many draws have a row of their own; the others are counted. */
const SHOWN = 30;
/** So many near misses are named. */
const NEAR_SHOWN = 5;

/** The answer in a few words: the heading above it, without a full stop. */
export function answerHeading({ locale }: View, { asked, judged }: CheckAnswer): string {
  const { inAll, title } = CHECK_WORDS[locale];
  const [first] = judged;
  if (!first) return title;
  return asked === 'one' ? LANGUAGES[locale].outcomes[first.verdict.outcome] : inAll(countOutcomes(judged));
}

/** The answer, first of all on its page, and named by what it comes to. A link to it moves the focus there. */
export function writeAnswer(view: View, answer: CheckAnswer): Html {
  const { noDraw, accountDecides } = CHECK_WORDS[view.locale];
  const [first] = answer.judged;
  const body = !first
    ? html`<p>${noDraw}</p>\n`
    : answer.asked === 'one'
      ? oneDraw(view, answer, first)
      : manyDraws(view, answer);
  return html`<section class="answer" id="answer" tabindex="-1" aria-label="${answerHeading(view, answer)}">
${body}<p class="quiet">${accountDecides}</p>
</section>
`;
}

function oneDraw(view: View, { profile }: CheckAnswer, judged: Judged): Html {
  const words = LANGUAGES[view.locale];
  const { draw, verdict } = judged;
  const { outcome, margin } = verdict;
  const { labels, headings, notKnown } = words.mail;
  const facts = [
    [labels.number, drawNumber(draw)],
    [labels.type, drawTypeName(words, draw).name],
    [labels.date, words.day(draw.date)],
    [labels.cutoff, publishedNumber(words, draw.cutoff)],
    [labels.tieBreak, publishedTieBreak(words, draw)],
    [labels.score, profile.crs === undefined ? notKnown : words.number(profile.crs)],
    ...(margin === null ? [] : [[labels.margin, words.signed(margin)]]),
  ];
  return html`<h2 class="verdict ${outcome}">${words.outcomes[outcome]}.</h2>
<dl class="facts">${facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>\n`)}</dl>
<p><a href="${view.to(PATHS.draw(view.locale, draw.id))}">${CHECK_WORDS[view.locale].allAbout}</a></p>
${sentences(headings.why, describeReasons(words, verdict))}${rest(view, [judged], profile, draw)}`;
}

function manyDraws(view: View, answer: CheckAnswer): Html {
  const { asked, judged, profile } = answer;
  const words = LANGUAGES[view.locale];
  const say = CHECK_WORDS[view.locale];
  const shown = asked === 'all' ? judged.slice(0, SHOWN) : judged;
  const nameOf = (draw: Draw) => say.draw(drawNumber(draw));
  const summary =
    asked === 'all' ? describeRecord(words, judged, SHOWN, nameOf) : describeLatest(words, judged);
  const pooled = judged.find(({ draw }) => draw.pool !== null);
  return html`<h2>${answerHeading(view, answer)}</h2>
${summary.map((sentence) => html`<p>${sentence}</p>\n`)}${nearest(view, shown)}${rest(view, shown, profile, pooled?.draw)}${verdictTable(
  view,
  shown,
  asked === 'all' ? say.recentTable(shown.length) : say.latestTable,
)}${notShown(view, judged.slice(shown.length))}<p class="quiet">${JUDGED_WORDS[view.locale].asIfThen}</p>
`;
}

function nearest({ locale, to }: View, judged: readonly Judged[]): Html {
  const words = LANGUAGES[locale];
  const say = CHECK_WORDS[locale];
  const misses = nearMisses(judged).slice(0, NEAR_SHOWN);
  if (misses.length === 0) return html``;
  return html`<h3>${say.near}</h3>
<ul>${misses.map(({ draw, verdict }) => {
    const short = JUDGED_WORDS[locale].short(shortfall(verdict));
    const name = say.draw(drawNumber(draw));
    const line = say.nearMiss(name, drawTypeName(words, draw).name, words.day(draw.date), short);
    return html`<li><a href="${to(PATHS.draw(locale, draw.id))}">${line}</a></li>\n`;
  })}</ul>
`;
}

/** What the verdicts are to be read with: cautions, what is missing, and where the score stands in a draw's pool. */
function rest(
  view: View,
  judged: readonly Judged[],
  profile: CheckAnswer['profile'],
  pooled: Draw | undefined,
): Html {
  const words = LANGUAGES[view.locale];
  const { headings, nothingToGive } = words.mail;
  const nameOf = (draw: Draw) => CHECK_WORDS[view.locale].draw(drawNumber(draw));
  const open = judged.filter(({ verdict }) => verdict.outcome === 'cannot-tell');
  const missing = missingFields(open.flatMap(({ verdict }) => verdict.reasons));
  const found = pooled === undefined ? null : standingOf(pooled, profile);
  return html`${sentences(headings.care, describeCautions(words, judged, nameOf))}${
    missing.length > 0
      ? missingLinks(view, missing)
      : sentences(headings.missing, open.length > 0 ? [nothingToGive] : [])
  }${
    found === null || profile.crs === undefined
      ? ''
      : sentences(headings.standing, standingSentences(words, found, profile.crs))
  }`;
}

function notShown({ locale }: View, judged: readonly Judged[]): Html {
  if (judged.length === 0) return html``;
  return html`<p>${CHECK_WORDS[locale].rest(countOutcomes(judged))}</p>
`;
}

function countOutcomes(judged: readonly Judged[]): Counts {
  const counts: Counts = { draws: judged.length, invited: 0, 'not-invited': 0, 'cannot-tell': 0 };
  for (const { verdict } of judged) counts[verdict.outcome] += 1;
  return counts;
}

function sentences(heading: string, lines: readonly string[]): Html {
  if (lines.length === 0) return html``;
  return html`<h3>${heading}</h3>
<ul>${lines.map((line) => html`<li>${line}</li>\n`)}</ul>
`;
}
