// something wrong -> JSON: programs are answered in their own language, whoever found the fault.

import type { Context, MiddlewareHandler } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Fault } from '../../errors.ts';
import { placeOf } from '../send.ts';

/** More of them would help nobody, and make a large answer of a small request. */
const MOST_FAULTS = 50;

/** In the shape of `ErrorSchema`. */
export function sendError(
  c: Context,
  status: ContentfulStatusCode,
  message: string,
  faults: readonly Fault[] = [],
): Response {
  return c.json({ error: { message, faults: faults.slice(0, MOST_FAULTS) } }, status);
}

/** `wait`: in how many seconds it may be asked again. */
export function sendTooMany(c: Context, wait: number): Response {
  c.header('Retry-After', String(wait));
  return sendError(c, 429, `asked for too often: again in ${wait} ${wait === 1 ? 'second' : 'seconds'}`);
}

/** What the server says beside those who answer, by status. */
const MESSAGES: Readonly<Record<number, string>> = {
  404: 'there is no such path; /api/openapi.json lists those there are',
  405: 'this path does not take that method; the header Allow lists those it takes',
  413: 'the body is larger than 64 KB',
  429: 'too many requests; the header Retry-After says when to come back',
  500: 'a fault here; nothing was changed',
  503: 'too much to do at the moment; try again later',
};
/** Whatever else it is. */
const REFUSED = 'the request was refused';

/** Below `/api/` an error is never a page: what was answered with one is said again as JSON, its headers kept. */
export function errorsAsJson(publicUrl: string | null): MiddlewareHandler {
  return async (c, next) => {
    await next();
    const { status } = c.res;
    if (status < 400 || !/^\/api(?:\/|$)/.test(placeOf(c.req.path, publicUrl))) return;
    if (c.res.headers.get('Content-Type')?.startsWith('application/json')) return;
    const headers = new Headers(c.res.headers);
    headers.set('Content-Type', 'application/json');
    headers.delete('Content-Language');
    headers.delete('Content-Length');
    const body = JSON.stringify({ error: { message: MESSAGES[status] ?? REFUSED, faults: [] } });
    c.res = undefined;
    c.res = new Response(body, { status, headers });
  };
}
