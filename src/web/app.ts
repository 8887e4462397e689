// request -> page: which path is which page, as one value that needs no port.

import { Hono } from 'hono';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { getPath } from 'hono/utils/url';
import { harmless } from '../cli/log.ts';
import type { WebDeps } from './deps.ts';
import { sendHeaders } from './headers.ts';
import { sendPage } from './page.ts';
import { addUnsubscribe } from './unsubscribe.ts';

/** Every page, both at the root and below the path of the public URL: proxies differ in what they pass on. */
export function openWebApp(deps: WebDeps): Hono {
  const pages = new Hono();
  pages.get('/', (c) => sendPage(c, 200, (words) => words.home));
  addUnsubscribe(pages, deps);

  const app = new Hono({ strict: false });
  app.use(sendHeaders);
  app.use(
    methodNotAllowed({
      app,
      async onMethodNotAllowed(c, methods) {
        const answer = await sendPage(c, 405, (words) => words.notAllowed);
        answer.headers.set('Allow', methods.join(', '));
        return answer;
      },
    }),
  );
  for (const base of new Set(['', pathOf(deps.publicUrl)])) app.route(base, pages);
  app.notFound((c) => sendPage(c, 404, (words) => words.notFound));
  app.onError((error, c) => {
    deps.warn(`a page could not be served: ${describe(error)}`);
    return sendPage(c, 500, (words) => words.fault);
  });
  return app;
}

/** Without its last slash, and decoded as paths of requests are. */
function pathOf(publicUrl: string | null): string {
  return publicUrl === null ? '' : getPath(new Request(publicUrl)).replace(/\/+$/, '');
}

/** Whatever could be a path or a token is left out: it would let whoever reads the log end somebody's messages. */
function describe(error: Error): string {
  const { code } = error as { code?: unknown };
  const message = harmless(error.message).replace(/\S*\/\S*|\S{40,}/g, '…');
  return `${error.name}: ${message}${typeof code === 'string' ? ` (${code})` : ''}`;
}
