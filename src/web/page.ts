// words -> HTML: the frame that every page stands in.

import type { Context } from 'hono';
import { html, raw } from 'hono/html';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Locale } from '../match/notice.ts';
import { LANGUAGES } from '../notify/text/languages.ts';
import { PAGE_WORDS, preferredLocale } from './language.ts';
import { STYLE } from './style.ts';
import type { PageWords, Text } from './text/words.ts';

const NAME = 'Drawbell';

type Html = ReturnType<typeof html>;

/** A whole document; `action` is what can be done there. */
export function writePage(locale: Locale, { title, lines }: Text, action?: Html): Html {
  return html`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title === NAME ? title : `${title} · ${NAME}`}</title>
<style>${raw(STYLE)}</style>
</head>
<body>
<header>${NAME}</header>
<main>
<h1>${title}</h1>
${lines.map((line) => html`<p>${line}</p>\n`)}${action}</main>
<footer><p>${LANGUAGES[locale].mail.notAdvice}</p></footer>
</body>
</html>
`;
}

/** Posts to the page it stands on, wherever a proxy has put that. */
export function writeButton(label: string, name: string, value: string): Html {
  return html`<form method="post"><button name="${name}" value="${value}">${label}</button></form>
`;
}

/** Answers with a page, in the browser's language unless the reader's own is known. */
export function sendPage(
  c: Context,
  status: ContentfulStatusCode,
  textOf: (words: PageWords) => Text,
  {
    locale = preferredLocale(c),
    action,
  }: { locale?: Locale | undefined; action?: (words: PageWords) => Html } = {},
): Response | Promise<Response> {
  const words = PAGE_WORDS[locale];
  const page = writePage(locale, textOf(words), action?.(words));
  return c.html(page, status, { 'Content-Language': locale });
}
