// A draw, named so that one sees which it is, as a link to its page. Pure.

import { html } from 'hono/html';
import type { Draw } from '../../draw/draw.ts';
import { drawNumber } from '../../notify/text/describe.ts';
import { LANGUAGES } from '../../notify/text/languages.ts';
import { TELLING_WORDS } from '../../notify/text/telling-words.ts';
import { PATHS } from '../paths.ts';
import type { View } from '../site.ts';
import { DRAW_WORDS } from '../text/draw.ts';
import type { Html } from './frame.ts';

/** `Draw #204`, with its day and figures behind it. */
export function drawLink(view: View, draw: Draw): Html {
  return html`${bareDrawLink(view, draw)} (${drawInWords(view, draw)}).`;
}

/** `Draw #204`. */
export function bareDrawLink({ locale, to }: View, draw: Draw): Html {
  return html`<a href="${to(PATHS.draw(locale, draw.id))}">${DRAW_WORDS[locale].around.draw(drawNumber(draw))}</a>`;
}

/** To the checker with this draw chosen: a page that is served chooses it itself, a file by its script. */
export function checkHref({ locale, to }: View, { id }: Draw): string {
  return `${to(PATHS.check(locale))}?draw=${encodeURIComponent(id)}`;
}

/** `September 14, 2021, 2,000 invited, cut-off 462`. */
function drawInWords({ locale }: View, draw: Draw): string {
  return `${LANGUAGES[locale].day(draw.date)}, ${TELLING_WORDS[locale].figures(draw)}`;
}
