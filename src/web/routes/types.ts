// path -> the page of all types, or of one of them.

import type { Context, Hono } from 'hono';
import type { Locale } from '../../match/notice.ts';
import type { WebContext } from '../context.ts';
import { typePage } from '../pages/type.ts';
import { typesPage } from '../pages/types.ts';
import { unknownTypePage } from '../pages/unknown-type.ts';
import { PATHS, slugOf } from '../paths.ts';
import { sendPage, sendPrinted, viewHere } from '../send.ts';
import { viewOf } from '../site.ts';
import { LOCALES } from '../text/index.ts';

export function addTypes(pages: Hono, web: WebContext): void {
  const { site, shelf, deps } = web;
  for (const locale of LOCALES) {
    const view = viewOf(site, locale, PATHS.types(locale));
    pages.get(view.at, async (c) => {
      const archive = await shelf.archive();
      const today = dayInOttawa(deps.now());
      return sendPrinted(c, web, view, [archive, today], () => typesPage(view, archive, today));
    });
    pages.get(`${view.at}:name/`, (c) => sendType(c, web, locale));
  }
}

async function sendType(c: Context, web: WebContext, locale: Locale): Promise<Response> {
  const archive = await web.shelf.archive();
  const history = archive.types.get(slugOf((c.req.param('name') ?? '').toLowerCase()));
  const view = viewHere(c, web, locale);
  if (history === undefined) return sendPage(c, view, 404, unknownTypePage(view, archive));
  const path = PATHS.type(locale, history.type);
  if (view.at !== path) return c.body(null, 308, { Location: view.to(path) });
  const today = dayInOttawa(web.deps.now());
  return sendPrinted(c, web, view, [archive, today], () => typePage(view, archive, history, today));
}

/** Draws are dated by the day of their publisher, which in the evening is no longer that of UTC. */
function dayInOttawa(now: Date): string {
  return OTTAWA.format(now);
}

/** In Swedish a day is written `YYYY-MM-DD`. */
const OTTAWA = new Intl.DateTimeFormat('sv-SE', { timeZone: 'America/Toronto', dateStyle: 'short' });
