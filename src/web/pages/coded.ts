// Text with names from programs in it, between backticks as in Markdown, for a page. Pure.

import { html } from 'hono/html';
import type { Html } from './frame.ts';

/** Backticks are the only sign that means anything. */
export function coded(text: string): Html {
  return html`${text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part))}`;
}
