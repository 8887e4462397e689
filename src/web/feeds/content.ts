// what is told of a draw -> HTML, as feed readers show it. Pure.

import { html } from 'hono/html';
import { LANGUAGES } from '../../notify/text/languages.ts';
import type { Telling } from '../../notify/text/telling.ts';

/** What is special, the facts, a line for each correction, and what the figures are not. */
export function contentOf(
  { locale, summary, facts, link, notes }: Telling,
  corrections: readonly string[],
): string {
  const { pair } = LANGUAGES[locale].mail;
  return String(
    html`${summary === null ? '' : html`<p>${summary}</p>`}<ul>${facts.map(
      ([name, value]) => html`<li>${pair(name, value)}</li>`,
    )}</ul>${corrections.map((line) => html`<p>${line}</p>`)}${
      link === null ? '' : html`<p><a href="${link.href}">${link.text}</a></p>`
    }<p><small>${notes.join(' ')}</small></p>`,
  );
}
