// What a browser is told about pages of other sites that want to ask.

import type { MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';

/** A page anywhere may ask: without cookies there is nothing in the answer that is not for everybody. */
export function sharedWith(method: 'GET' | 'POST'): MiddlewareHandler {
  return cors({
    origin: '*',
    allowMethods: method === 'GET' ? ['GET', 'HEAD'] : [method],
    allowHeaders: method === 'GET' ? ['If-None-Match'] : ['Content-Type'],
    exposeHeaders: ['ETag', 'Retry-After'],
    maxAge: 86_400,
  });
}
