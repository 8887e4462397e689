// a name that no draw has -> a page that leads to those there are. Pure.

import { html } from 'hono/html';
import type { Draw } from '../../draw/draw.ts';
import type { Archive } from '../archive.ts';
import { PATHS } from '../paths.ts';
import type { View } from '../site.ts';
import { DRAW_WORDS } from '../text/draw.ts';
import { drawLink } from './draw-link.ts';
import type { Page } from './frame.ts';
import { messagePage } from './message.ts';

/** `near`: those that may be meant. */
export function unknownDrawPage(view: View, { draws: [latest] }: Archive, near: readonly Draw[]): Page {
  const { locale, to } = view;
  const say = DRAW_WORDS[locale];
  const links = [
    ...(latest ? [[say.latest, PATHS.draw(locale, latest.id)] as const] : []),
    [say.all, PATHS.history(locale)] as const,
  ];
  return {
    ...messagePage(
      say.unknown,
      html`<ul>${near.map((draw) => html`<li>${drawLink(view, draw)}</li>\n`)}${links.map(([text, path]) => html`<li><a href="${to(path)}">${text}</a></li>\n`)}</ul>
`,
    ),
    room: 'history',
  };
}
