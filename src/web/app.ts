// request -> page: which path is which page, as one value that needs no port.

import { Hono, type MiddlewareHandler } from 'hono';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { harmless } from '../cli/harmless.ts';
import { errorsAsJson } from './api/send-error.ts';
import type { WebContext } from './context.ts';
import type { WebDeps } from './deps.ts';
import { sendHeaders } from './headers.ts';
import { MINUTE } from './limits.ts';
import { openNetworkLimiter } from './network.ts';
import { openPrinter } from './printed.ts';
import { addAbout } from './routes/about.ts';
import { addApi } from './routes/api.ts';
import { addAssets, leadIn } from './routes/assets.ts';
import { addBounces } from './routes/bounces.ts';
import { addCheck } from './routes/check.ts';
import { addConfirm } from './routes/confirm.ts';
import { addDraws } from './routes/draws.ts';
import { addEndpoints } from './routes/endpoints.ts';
import { addFeeds } from './routes/feeds.ts';
import { addHistory } from './routes/history.ts';
import { addHome } from './routes/home.ts';
import { addManage } from './routes/manage.ts';
import { addSubscribe } from './routes/subscribe.ts';
import { addTypes } from './routes/types.ts';
import { addUnsubscribe } from './routes/unsubscribe.ts';
import { basePath, localeIn, sendMessage } from './send.ts';
import { openShelf } from './shelf.ts';

/**
 * By the form and by the API together. An office has many people; each answer costs some milliseconds of the machine
 * that also watches.
 */
const CHECKS = { most: 120, per: MINUTE };

/** Every page, both at the root and below the path of the public URL: proxies differ in what they pass on. */
export function openWebApp(deps: WebDeps): Hono {
  const { publicUrl, sender, operator } = deps;
  const web: WebContext = {
    deps,
    site: { kind: 'served', origin: publicUrl?.replace(/\/+$/, '') ?? null, sender, operator },
    shelf: openShelf(deps.db, deps),
    printer: openPrinter(),
    checksWait: openNetworkLimiter(deps, CHECKS),
  };
  const pages = new Hono();
  for (const add of ROUTES) add(pages, web);

  const app = new Hono();
  app.use(sendHeaders);
  app.use(errorsAsJson(publicUrl));
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed(c, methods) {
        const answer = sendMessage(c, web, 405, (words) => words.notAllowed);
        answer.headers.set('Allow', methods.join(', '));
        return answer;
      },
    }),
  );
  app.use(addSlash(publicUrl));
  // To the router a path is another one with a slash behind it.
  for (const base of new Set(['', basePath(publicUrl)])) app.route(base, pages).get(`${base}/`, leadIn);
  app.notFound((c) => sendMessage(c, web, 404, (words) => words.notFound));
  app.onError((error, c) => {
    deps.warn(`a page could not be served: ${describe(error)}`);
    return sendMessage(c, web, 500, (words) => words.fault);
  });
  return app;
}

const ROUTES: readonly ((pages: Hono, web: WebContext) => void)[] = [
  addAssets,
  addHome,
  addHistory,
  addDraws,
  addTypes,
  addCheck,
  addSubscribe,
  addConfirm,
  addManage,
  addUnsubscribe,
  addAbout,
  addFeeds,
  addApi,
  addEndpoints,
  addBounces,
];

/** Links are relative, so a page for everybody stands at a path that ends in `/`. */
function addSlash(publicUrl: string | null): MiddlewareHandler {
  return async (c, next) => {
    await next();
    if (c.res.status !== 404 || !/^(GET|HEAD)$/.test(c.req.method)) return;
    const { pathname, search } = new URL(c.req.url);
    if (localeIn(pathname, publicUrl) === undefined) return;
    // Of what has a dot in it nobody left the slash out: it is the name of a file.
    const last = /(?<=\/)[^/.]+$/.exec(pathname)?.[0];
    if (last === undefined) return;
    // What stands before a colon would be taken for the scheme of another address.
    c.res = c.body(null, 308, { Location: `${last.replaceAll(':', '%3A')}/${search}` });
  };
}

/** Whatever could be a path or a token is left out: it would let whoever reads the log end somebody's messages. */
function describe(error: Error): string {
  const { code } = error as { code?: unknown };
  const message = harmless(error.message).replace(/\S*\/\S*|\S{40,}/g, '…');
  return `${error.name}: ${message}${typeof code === 'string' ? ` (${code})` : ''}`;
}
