// The few files that pages are made with, and what is asked of any web server.

import type { Context, Hono } from 'hono';
import type { WebContext } from '../context.ts';
import { preferredLocale } from '../language.ts';
import { ICON, STYLE, STYLE_PATH } from '../style/index.ts';

/** Their names change with what is in them. */
const FOR_GOOD = { 'Cache-Control': 'public, max-age=31536000, immutable', 'X-Robots-Tag': 'all' };

export const ROBOTS = 'User-agent: *\nDisallow: /unsubscribe/\nDisallow: /manage/\nDisallow: /confirm/\n';

export function addAssets(pages: Hono, { deps: { db }, printer }: WebContext): void {
  pages.get(STYLE_PATH, (c) =>
    printer.answer(c, STYLE_PATH, [], () => ({ type: 'text/css; charset=utf-8', body: STYLE }), FOR_GOOD),
  );
  pages.get('/icon.svg', (c) =>
    printer.answer(c, '/icon.svg', [], () => ({ type: 'image/svg+xml', body: ICON }), {
      ...FOR_GOOD,
      'Cache-Control': 'public, max-age=86400',
    }),
  );
  pages.get('/robots.txt', (c) =>
    printer.answer(c, '/robots.txt', [], () => ({ type: 'text/plain; charset=utf-8', body: ROBOTS })),
  );
  pages.get('/healthz', async (c) => {
    await db.selectFrom('leases').select('name').limit(1).execute();
    return c.text('ok\n');
  });
  pages.get('/', leadIn);
}

/** To the pages in the browser's language. Relative, as nobody knows what the proxy calls them. */
export function leadIn(c: Context): Response {
  const last = /[^/]*$/.exec(c.req.path)?.[0] ?? '';
  const location = `${last === '' ? '' : `${last}/`}${preferredLocale(c)}/`;
  return c.body(null, 302, { Location: location, Vary: 'Accept-Language' });
}
