// a draw -> what was published of it, what its publisher changed since, and where it was read. Pure.

import { html } from 'hono/html';
import type { Explained, Explanation } from '../../match/explain.ts';
import { correctionRows, EXPLAIN_WORDS, isShipped, publishedFacts } from '../../notify/text/explaining.ts';
import { LANGUAGES } from '../../notify/text/languages.ts';
import type { Row } from '../../notify/text/message.ts';
import { publicAddress } from '../../sources/public-address.ts';
import { type Archive, historyOf } from '../archive.ts';
import { PATHS } from '../paths.ts';
import type { View } from '../site.ts';
import { DRAW_WORDS } from '../text/draw.ts';
import type { Html } from './frame.ts';
import { scrollable } from './scroll.ts';

/** Nothing where nothing was corrected. */
export function correctionsSection({ locale }: View, { explanation }: Explained): Html {
  const words = LANGUAGES[locale];
  const rows = correctionRows(words, explanation);
  if (rows.length === 0) return html``;
  const { heading, caption } = DRAW_WORDS[locale].corrections;
  const { corrected, what, how } = EXPLAIN_WORDS[locale].labels;
  return html`<h2>${heading}</h2>
${scrollable(
  heading,
  html`<table>
<caption>${caption}</caption>
<thead><tr><th scope="col">${corrected}</th><th scope="col">${what}</th><th scope="col">${how}</th></tr></thead>
<tbody>
${rows.map((row) => html`<tr><td>${words.moment(row.at)}</td><th scope="row">${row.what}</th><td>${row.change}</td></tr>\n`)}</tbody>
</table>
`,
)}`;
}

/** Without the numbers that the page begins with. */
export function factsSection(view: View, archive: Archive, explained: Explained): Html {
  const { locale, to } = view;
  const words = LANGUAGES[locale];
  const { draw } = explained.explanation;
  const known = historyOf(archive, draw.type) !== undefined;
  const { date, type, invitations, cutoff, tieBreak } = words.mail.labels;
  const above = new Set([date, invitations, cutoff, tieBreak]);
  const rows = publishedFacts(words, explained)
    .filter(([name]) => !above.has(name))
    .map(([name, value]) =>
      known && name === type
        ? fact(name, html`<a href="${to(PATHS.type(locale, draw.type))}">${value}</a>`)
        : fact(name, value),
    );
  return html`<h2>${DRAW_WORDS[locale].facts}</h2>
<dl class="facts">${rows}</dl>
<h2>${EXPLAIN_WORDS[locale].headings.origin}</h2>
<dl class="facts">${originRows(view, explained.explanation).map(([name, value]) => fact(name, value))}</dl>
`;
}

function originRows({ locale }: View, { document, firstSeenAt, revision }: Explanation): Row[] {
  const words = LANGUAGES[locale];
  const say = EXPLAIN_WORDS[locale];
  const { labels } = say;
  const shipped = isShipped(document);
  const address = publicAddress(document.url)?.replace('https://', '') ?? null;
  const place = shipped ? say.shipped(document.url) : address;
  return [
    ...(place === null ? [] : [[labels.readFrom, place] as const]),
    [shipped ? labels.takenIn : labels.fetched, words.moment(document.fetchedAt)],
    ...(shipped ? [] : [[labels.firstSeen, words.moment(firstSeenAt)] as const]),
    [labels.revision, words.number(revision)],
  ];
}

function fact(name: string, value: string | Html): Html {
  return html`<dt>${name}</dt><dd>${value}</dd>\n`;
}
