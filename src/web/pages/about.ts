// The page about these pages: where the figures come from, what an answer is, what is kept about whom. Pure.

import { html } from 'hono/html';
import { CONFIRM_DAYS } from '../../match/notice.ts';
import { senderName } from '../../notify/text/describe.ts';
import { SOURCES } from '../../sources/index.ts';
import { PATHS } from '../paths.ts';
import type { View } from '../site.ts';
import { ABOUT_WORDS } from '../text/about.ts';
import type { AboutPart } from '../text/about-words.ts';
import type { Html, Page } from './frame.ts';

export function aboutPage(view: View): Page {
  const words = ABOUT_WORDS[view.locale];
  const served = view.site.kind === 'served';
  return {
    title: words.title,
    description: words.description,
    inLanguage: PATHS.about,
    body: html`${writePart(words.what)}${writePart(words.figures)}${writeOfficial(view)}${writePart(words.verdict)}${
      served ? writePart(words.subscribers(CONFIRM_DAYS)) : ''
    }${writePart(served ? words.visitors : words.visitorsOfFiles)}${writeWho(view)}`,
  };
}

function writePart({ heading, lines: [first, ...rest], items = [] }: AboutPart): Html {
  return html`<h2>${heading}</h2>
<p>${first}</p>
${items.length === 0 ? '' : html`<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>\n`}${rest.map((line) => html`<p>${line}</p>\n`)}`;
}

function writeOfficial({ locale }: View): Html {
  return html`${SOURCES.map(
    ({ pageUrl }) => html`<p><a href="${pageUrl}" hreflang="en">${ABOUT_WORDS[locale].official}</a></p>
`,
  )}`;
}

function writeWho({ locale, site: { sender, operator } }: View): Html {
  const { who } = ABOUT_WORDS[locale];
  return html`<h2>${who.heading}</h2>
${sender === null ? '' : html`<p>${who.sender(senderName(sender))}</p>\n`}${
  operator === null ? '' : html`<p>${who.contact} <a href="${operator}">${nameOf(operator)}</a></p>\n`
}${sender === null && operator === null ? html`<p>${who.unknown}</p>\n` : ''}<p>${who.program}</p>
`;
}

/** A contact as people read it: an address, or where a page is. */
function nameOf(operator: string): string {
  return operator.replace(/^(mailto:|https:\/\/)/i, '').replace(/\/$/, '');
}
