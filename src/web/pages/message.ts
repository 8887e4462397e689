// A page that has something to say, and perhaps one thing that can be done there. Pure.

import { html } from 'hono/html';
import type { Text } from '../text/words.ts';
import type { Html, Page } from './frame.ts';

export function messagePage({ title, lines }: Text, action?: Html): Page {
  return {
    title,
    body: html`${lines.map((line) => html`<p>${line}</p>\n`)}${action ?? ''}`,
    inLanguage: null,
  };
}

/** Posts to the page it stands on, wherever a proxy has put that. */
export function writeButton(label: string, name: string, value: string): Html {
  return html`<form method="post"><button name="${name}" value="${value}">${label}</button></form>
`;
}
