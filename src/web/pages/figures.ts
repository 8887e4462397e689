// numbers of draws -> the large figures that pages begin with. Pure.

import { html } from 'hono/html';
import { publishedNumber } from '../../notify/text/describe.ts';
import type { Words } from '../../notify/text/words.ts';
import type { Html } from './frame.ts';

/** Of a `<dl class="figures">`; what is no number is written smaller. */
export function figure(words: Words, name: string, value: number | string | null): Html {
  const small = typeof value === 'number' ? '' : html` class="absent"`;
  return html`<div><dt>${name}</dt><dd${small}>${typeof value === 'string' ? value : publishedNumber(words, value)}</dd></div>`;
}
