// path -> a feed: the same for everybody, read from anywhere.

import type { Hono } from 'hono';
import type { Locale } from '../../match/notice.ts';
import type { WebContext } from '../context.ts';
import { feedFile } from '../feeds/index.ts';
import { feedNamed } from '../feeds/list.ts';
import { SHARED_HEADERS } from '../headers.ts';
import { FEED_FORMATS, PATHS } from '../paths.ts';
import { sendMessage } from '../send.ts';

export function addFeeds(pages: Hono, web: WebContext): void {
  const { site, shelf, printer } = web;
  pages.get('/feeds/:locale{en|fr}/:file', async (c) => {
    const locale = c.req.param('locale') as Locale;
    const [, name = '', end] = /^([\w-]+)\.([a-z]+)$/.exec(c.req.param('file')) ?? [];
    const format = FEED_FORMATS.find((one) => one === end);
    const archive = await shelf.archive();
    const feed = format && feedNamed(archive, locale, name);
    if (!feed) return sendMessage(c, web, 404, (words) => words.notFound, { locale });
    const path = PATHS.feed(locale, format, feed.of);
    const print = () => feedFile(archive, site, locale, format, feed);
    return printer.answer(c, path, [archive], print, SHARED_HEADERS);
  });
}
