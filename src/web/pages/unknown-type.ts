// a name that no type has -> a page that leads to those there are. Pure.

import { html } from 'hono/html';
import { drawTypeName } from '../../notify/text/describe.ts';
import { LANGUAGES } from '../../notify/text/languages.ts';
import type { Archive } from '../archive.ts';
import { PATHS } from '../paths.ts';
import type { View } from '../site.ts';
import { TYPES_WORDS } from '../text/types.ts';
import type { Page } from './frame.ts';
import { messagePage } from './message.ts';

export function unknownTypePage({ locale, to }: View, { types }: Archive): Page {
  const say = TYPES_WORDS[locale];
  const links = [...types.values()].map(({ type, draws: [latest] }) => ({
    name: drawTypeName(LANGUAGES[locale], latest).name,
    path: PATHS.type(locale, type),
  }));
  return {
    ...messagePage(
      say.unknown,
      html`<ul>${[...links, { name: say.toAll, path: PATHS.types(locale) }].map(({ name, path }) => html`<li><a href="${to(path)}">${name}</a></li>\n`)}</ul>
`,
    ),
    room: 'types',
  };
}
