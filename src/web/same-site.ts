// a form from elsewhere -> refused: what a page of somebody else has a reader's browser send.

import type { MiddlewareHandler } from 'hono';
import { csrf } from 'hono/csrf';
import { HTTPException } from 'hono/http-exception';
import type { WebContext } from './context.ts';
import { sendMessage } from './send.ts';

/**
 * Lets on what a browser sent from these pages, as it says itself; else 403, with a page that says so. Whoever does not
 * say where a form is from is refused too: every browser that matters does.
 */
export function sameSite(web: WebContext): MiddlewareHandler {
  const published = web.site.origin === null ? null : URL.parse(web.site.origin);
  const guard = csrf({
    origin(origin, c) {
      if (origin === published?.origin) return true;
      // A proxy may stand in front under another name, or none. Under the published name there is only the one above:
      // to us all is http, and a page that came without a lock may be anybody's.
      const { origin: own, host } = new URL(c.req.url);
      return origin === own && host !== published?.host;
    },
  });
  return async (c, next) => {
    let home = false;
    try {
      await guard(c, async () => {
        home = true;
      });
    } catch (error) {
      if (!(error instanceof HTTPException && error.status === 403)) throw error;
    }
    return home ? next() : sendMessage(c, web, 403, (words) => words.foreign);
  };
}
