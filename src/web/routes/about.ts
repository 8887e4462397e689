// request -> the page about these pages.

import type { Hono } from 'hono';
import type { WebContext } from '../context.ts';
import { aboutPage } from '../pages/about.ts';
import { PATHS } from '../paths.ts';
import { sendPrinted } from '../send.ts';
import { viewOf } from '../site.ts';
import { LOCALES } from '../text/index.ts';

export function addAbout(pages: Hono, web: WebContext): void {
  for (const locale of LOCALES) {
    const view = viewOf(web.site, locale, PATHS.about(locale));
    pages.get(view.at, (c) => sendPrinted(c, web, view, [], () => aboutPage(view)));
  }
}
