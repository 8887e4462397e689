// The frame that every page stands in. Pure.

import { html, raw } from 'hono/html';
import type { Locale } from '../../match/notice.ts';
import { LANGUAGES } from '../../notify/text/languages.ts';
import { PATHS } from '../paths.ts';
import type { View } from '../site.ts';
import { STYLE_PATH } from '../style/index.ts';
import { PAGE_WORDS } from '../text/index.ts';

/** Pieces of a page: what is put into one with `html` is escaped, but for what `html` made itself. */
export type Html = ReturnType<typeof html>;

export const NAME = 'Drawbell';

/** What the main navigation leads to. */
export type Room = 'home' | 'history' | 'types' | 'check' | 'subscribe' | 'api';

/** One page, without its frame. */
export interface Page {
  /** Its one heading, and the title of the window. */
  title: string;
  /** What came of what was asked, in a few words: the title of the window begins with it. */
  answer?: string;
  /** For search engines and previews: a sentence. Only pages for everybody have one. */
  description?: string;
  /** Search engines are asked to leave it out. */
  unlisted?: boolean;
  body: Html;
  /** Where the same page is in a language; `null`: it is in one only, or for one reader. */
  inLanguage: ((locale: Locale) => string) | null;
  /** Which entry of the navigation it is. */
  room?: Room;
  /** Feeds of what stands on it. */
  feeds?: readonly { title: string; path: string; type: string }[];
  /** The one script a page may load, on a static site. */
  script?: string;
}

const OTHER: Record<Locale, Locale> = { en: 'fr', fr: 'en' };

/** A whole document. */
export function writePage(view: View, page: Page): string {
  const { locale, site, to } = view;
  const { title, answer, description, unlisted, body, inLanguage, room, feeds = [], script } = page;
  const { frame } = PAGE_WORDS[locale];
  const other = OTHER[locale];
  const rooms = (['home', 'history', 'types', 'check', 'subscribe', 'api'] as const).filter(
    (one) => one !== 'subscribe' || site.kind === 'served',
  );
  return String(html`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
${site.kind === 'static' ? staticPolicy(script !== undefined) : ''}<title>${answer === undefined ? '' : `${answer} · `}${title === NAME ? title : `${title} · ${NAME}`}</title>
${unlisted ? html`<meta name="robots" content="noindex">\n` : ''}${description === undefined ? '' : html`<meta name="description" content="${description}">\n`}<link rel="stylesheet" href="${to(STYLE_PATH)}">
<link rel="icon" href="${to('/icon.svg')}" type="image/svg+xml">
${inLanguage === null ? '' : html`<link rel="alternate" hreflang="${other}" href="${to(inLanguage(other))}">\n`}${feeds.map(
  (feed) => html`<link rel="alternate" type="${feed.type}" title="${feed.title}" href="${to(feed.path)}">\n`,
)}${script === undefined ? '' : html`<script type="module" src="${to(script)}"></script>\n`}</head>
<body>
<a class="skip" href="#main">${frame.skip}</a>
<header>
<div class="top">
<a class="brand" href="${to(PATHS.home(locale))}"><img src="${to('/icon.svg')}" width="28" height="28" alt="">${NAME}</a>
<nav aria-label="${frame.rooms}">
<ul>${rooms.map(
    (one) =>
      html`<li><a href="${to(PATHS[one](locale))}"${one === room ? raw(' aria-current="page"') : ''}>${frame.names[one]}</a></li>`,
  )}</ul>
</nav>
${inLanguage === null ? '' : html`<a class="language" href="${to(inLanguage(other))}" lang="${other}" hreflang="${other}">${PAGE_WORDS[other].frame.language}</a>`}
</div>
</header>
<main id="main">
<h1>${title}</h1>
${body}</main>
<footer>
<p>${LANGUAGES[locale].mail.notAdvice} ${LANGUAGES[locale].mail.copyOfFigures}</p>
<p><a href="${to(PATHS.about(locale))}">${frame.about}</a></p>
</footer>
</body>
</html>
`);
}

/** A host of files sends no headers of ours, so that the page itself says what it may load. */
function staticPolicy(scripted: boolean): Html {
  const scripts = scripted ? " script-src 'self'; connect-src 'self';" : '';
  return html`<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; img-src 'self';${raw(scripts)} form-action 'none'; base-uri 'none'">
`;
}
