// A text of names with slashes between them -> where a line may break. Pure.

import { html, raw } from 'hono/html';
import type { Html } from './frame.ts';

/** Browsers break no line behind a slash by themselves: `Constructeurs/constructrices` would be cut within a word. */
export function breakable(text: string): Html {
  return html`${text.split('/').map((part, index) => html`${index === 0 ? '' : raw('/<wbr>')}${part}`)}`;
}
