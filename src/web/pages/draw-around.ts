// a draw -> the ones before and after it, of all and of its type. Pure.

import { html } from 'hono/html';
import { compareDraws, type Draw } from '../../draw/draw.ts';
import { drawTypeName } from '../../notify/text/describe.ts';
import { LANGUAGES } from '../../notify/text/languages.ts';
import { type Archive, historyOf } from '../archive.ts';
import type { View } from '../site.ts';
import { DRAW_WORDS } from '../text/draw.ts';
import { bareDrawLink } from './draw-link.ts';
import type { Html } from './frame.ts';

/** Also of one that was withdrawn, which stands between the others no longer. */
export function drawsAround(view: View, archive: Archive, draw: Draw): Html {
  const say = DRAW_WORDS[view.locale].around;
  const all = around(archive.draws, draw);
  const ofType = around(historyOf(archive, draw.type)?.draws ?? [], draw);
  const ways = [
    [say.older, all.older],
    [say.newer, all.newer],
    [say.olderOfType, ofType.older],
    [say.newerOfType, ofType.newer],
  ] as const;
  const links = ways.flatMap(([name, other]) => (other ? [wayTo(view, name, other)] : []));
  if (links.length === 0) return html``;
  return html`<nav class="around" aria-label="${say.heading}">
<ul>${links}</ul>
</nav>
`;
}

/** `draws` newest first. */
function around(draws: readonly Draw[], draw: Draw): { older: Draw | undefined; newer: Draw | undefined } {
  return {
    older: draws.find((other) => compareDraws(other, draw) < 0),
    newer: draws.findLast((other) => compareDraws(other, draw) > 0),
  };
}

function wayTo(view: View, name: string, draw: Draw): Html {
  const words = LANGUAGES[view.locale];
  return html`<li><span class="quiet">${name}</span> ${bareDrawLink(view, draw)} <span class="quiet">${drawTypeName(words, draw).short}, ${words.day(draw.date)}</span></li>
`;
}
