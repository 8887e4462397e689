// a program's request -> JSON, and the page that tells how to ask.

import type { Hono } from 'hono';
import { addChecking } from '../api/checking.ts';
import { addReading } from '../api/reading.ts';
import { apiDocument } from '../api/static.ts';
import type { WebContext } from '../context.ts';
import { apiPage } from '../pages/api.ts';
import { PATHS } from '../paths.ts';
import { sendPrinted } from '../send.ts';
import { viewOf } from '../site.ts';
import { LOCALES } from '../text/index.ts';

export function addApi(pages: Hono, web: WebContext): void {
  addReading(pages, web);
  addChecking(pages, web);
  const { site, shelf } = web;
  for (const locale of LOCALES) {
    const view = viewOf(site, locale, PATHS.api(locale));
    pages.get(view.at, async (c) => {
      const archive = await shelf.archive();
      return sendPrinted(c, web, view, [archive], () => apiPage(view, archive, apiDocument(site)));
    });
  }
}
