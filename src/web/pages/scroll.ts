// What may be wider than the page. Pure.

import { html } from 'hono/html';
import type { Html } from './frame.ts';

/** A table or picture that can be scrolled by the keyboard, and is named there. */
export function scrollable(name: string, body: Html): Html {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${name}">
${body}</div>
`;
}
