// page -> answer.

import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { getPath } from 'hono/utils/url';
import type { Locale } from '../match/notice.ts';
import { remember } from '../remember.ts';
import type { WebContext } from './context.ts';
import { preferredLocale } from './language.ts';
import { type Html, type Page, writePage } from './pages/frame.ts';
import { messagePage } from './pages/message.ts';
import { type View, viewOf } from './site.ts';
import { PAGE_WORDS } from './text/index.ts';
import type { PageWords, Text } from './text/words.ts';

const HTML = 'text/html; charset=utf-8';

/** A page for whoever asked, and nobody else: kept nowhere. */
export function sendPage(c: Context, view: View, status: ContentfulStatusCode, page: Page): Response {
  return c.body(writePage(view, page), status, { 'Content-Type': HTML, 'Content-Language': view.locale });
}

/**
 * A page for everybody, kept as `Printer.answer` says; `name`: what it is kept by, where that is more than its path.
 */
export function sendPrinted(
  c: Context,
  { printer }: WebContext,
  view: View,
  of: readonly unknown[],
  pageOf: () => Page,
  { name = view.at, headers }: { name?: string; headers?: Readonly<Record<string, string>> } = {},
): Response {
  return printer.answer(c, name, of, () => ({ type: HTML, body: writePage(view, pageOf()) }), headers);
}

/** A page that says something, in the browser's language unless the reader's own is known. */
export function sendMessage(
  c: Context,
  web: WebContext,
  status: ContentfulStatusCode,
  textOf: (words: PageWords) => Text,
  {
    locale = localeIn(c.req.path, web.deps.publicUrl) ?? preferredLocale(c),
    action,
  }: { locale?: Locale | undefined; action?: (words: PageWords) => Html } = {},
): Response {
  const words = PAGE_WORDS[locale];
  return sendPage(c, viewHere(c, web, locale), status, messagePage(textOf(words), action?.(words)));
}

/** Of the page that was asked for. */
export function viewHere(c: Context, { site, deps }: WebContext, locale: Locale): View {
  return viewOf(site, locale, placeOf(c.req.path, deps.publicUrl));
}

/** Where a page that was asked for stands among these pages: without the path they are below, if it holds that. */
export function placeOf(path: string, publicUrl: string | null): string {
  const base = basePath(publicUrl);
  return base !== '' && path.startsWith(`${base}/`) ? path.slice(base.length) : path;
}

/** The path of the public URL, without its last slash, and as paths of requests are written. */
export const basePath = remember(8, (publicUrl: string | null): string =>
  publicUrl === null ? '' : getPath(new Request(publicUrl)).replace(/\/+$/, ''),
);

/** In which language the pages at a path are; `undefined`: in none of its own. */
export function localeIn(path: string, publicUrl: string | null): Locale | undefined {
  return /^\/(en|fr)(\/|$)/.exec(placeOf(path, publicUrl))?.[1] as Locale | undefined;
}
