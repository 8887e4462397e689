// path -> the page of a draw, however the draw is named there; and what helps where no such draw is known.

import type { Context, Hono } from 'hono';
import type { Locale } from '../../match/notice.ts';
import type { WebContext } from '../context.ts';
import { PUBLIC_HEADERS } from '../headers.ts';
import { drawPage } from '../pages/draw.ts';
import { drawsNear, recordsNamed } from '../pages/find-draw.ts';
import { unknownDrawPage } from '../pages/unknown-draw.ts';
import { PATHS } from '../paths.ts';
import { sendPage, sendPrinted, viewHere } from '../send.ts';
import type { View } from '../site.ts';
import { LOCALES } from '../text/index.ts';

/** For whoever has an old link to a draw that was withdrawn, not for search engines. */
const UNLISTED = { ...PUBLIC_HEADERS, 'X-Robots-Tag': 'noindex' };

export function addDraws(pages: Hono, web: WebContext): void {
  for (const locale of LOCALES) {
    // Nothing stands there of its own: all draws are the history.
    pages.get(`/${locale}/draws/`, (c) => moved(c, viewHere(c, web, locale), PATHS.history(locale)));
    pages.get(`/${locale}/draws/:name/`, (c) => sendDraw(c, web, locale));
  }
}

async function sendDraw(c: Context, web: WebContext, locale: Locale): Promise<Response> {
  const archive = await web.shelf.archive();
  const name = c.req.param('name') ?? '';
  const [record, ...others] = recordsNamed(archive, name);
  const view = viewHere(c, web, locale);
  if (record === undefined || others.length > 0)
    return sendPage(c, view, 404, unknownDrawPage(view, archive, drawsNear(archive, name)));
  const path = PATHS.draw(locale, record.draw.id);
  if (view.at !== path) return moved(c, view, path);
  const headers = record.withdrawnAt === null ? PUBLIC_HEADERS : UNLISTED;
  return sendPrinted(c, web, view, [archive], () => drawPage(view, archive, record), { headers });
}

/** Relative, so that it leads to the right place below any path. */
function moved(c: Context, { to }: View, path: string): Response {
  return c.body(null, 308, { Location: to(path) });
}
