// verdicts -> a table: a row for each draw. Pure.

import { html } from 'hono/html';
import { drawNumber, drawTypeName, publishedNumber } from '../../notify/text/describe.ts';
import { describeReasons, type Judged } from '../../notify/text/judged.ts';
import { LANGUAGES } from '../../notify/text/languages.ts';
import { PATHS } from '../paths.ts';
import type { View } from '../site.ts';
import { CHECK_WORDS } from '../text/check.ts';
import type { Html } from './frame.ts';
import { scrollable } from './scroll.ts';

/** Can be scrolled by the keyboard where it is wider than the page. */
export function verdictTable(view: View, judged: readonly Judged[], caption: string): Html {
  const { labels, headings } = LANGUAGES[view.locale].mail;
  const { outcome } = CHECK_WORDS[view.locale];
  return scrollable(
    caption,
    html`<table class="verdicts">
<caption>${caption}</caption>
<thead><tr><th scope="col">${labels.number}</th><th scope="col">${labels.date}</th><th scope="col">${labels.type}</th><th scope="col" class="number">${labels.cutoff}</th><th scope="col" class="number">${labels.margin}</th><th scope="col">${outcome}</th><th scope="col">${headings.why}</th></tr></thead>
<tbody>
${judged.map((one) => row(view, one))}</tbody>
</table>
`,
  );
}

function row({ locale, to }: View, { draw, verdict }: Judged): Html {
  const words = LANGUAGES[locale];
  const { outcome, margin } = verdict;
  return html`<tr><th scope="row"><a href="${to(PATHS.draw(locale, draw.id))}">${drawNumber(draw)}</a></th><td>${words.day(draw.date)}</td><td>${drawTypeName(words, draw).short}</td><td class="number">${publishedNumber(words, draw.cutoff)}</td><td class="number">${margin === null ? words.mail.notKnown : words.signed(margin)}</td><td><span class="verdict ${outcome}">${CHECK_WORDS[locale].outcomes[outcome]}</span></td><td class="why">${describeReasons(words, verdict).join(' ')}</td></tr>
`;
}
