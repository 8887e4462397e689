// request -> the home page, which changes with the draws and with the minutes since the last look.

import type { Hono } from 'hono';
import type { WebContext } from '../context.ts';
import { homePage } from '../pages/home.ts';
import { watchLine } from '../pages/watch.ts';
import { PATHS } from '../paths.ts';
import { sendPrinted } from '../send.ts';
import { viewOf } from '../site.ts';
import { LOCALES } from '../text/index.ts';
import { watchOf } from '../watching.ts';

export function addHome(pages: Hono, web: WebContext): void {
  const { deps, site, shelf } = web;
  for (const locale of LOCALES) {
    const view = viewOf(site, locale, PATHS.home(locale));
    pages.get(view.at, async (c) => {
      const [archive, status] = await Promise.all([shelf.archive(), shelf.status()]);
      const line = watchLine(view, watchOf(status), deps.now().getTime());
      return sendPrinted(c, web, view, [archive, line.text], () => homePage(view, archive, line));
    });
  }
}
