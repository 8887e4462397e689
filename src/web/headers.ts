// What every answer tells the browser: no script, no frame, no stranger, nothing passed on; and nothing kept, unless
// it is for everybody.

import type { MiddlewareHandler } from 'hono';

export const HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy':
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  // Tokens stand in addresses. To pages of our own it is passed on, as without it no browser says where a form is from.
  'Referrer-Policy': 'same-origin',
  'Cache-Control': 'no-store',
  'X-Robots-Tag': 'noindex',
  'X-Content-Type-Options': 'nosniff',
};

/** Of what is the same for everybody who asks. */
export const PUBLIC_HEADERS: Readonly<Record<string, string>> = {
  'Cache-Control': 'public, max-age=60',
  'X-Robots-Tag': 'all',
};

/** Of what programs anywhere may read, also in a browser. */
export const SHARED_HEADERS: Readonly<Record<string, string>> = {
  ...PUBLIC_HEADERS,
  'Access-Control-Allow-Origin': '*',
  'Cross-Origin-Resource-Policy': 'cross-origin',
};

/** What an answer says itself stays as it is. */
export const sendHeaders: MiddlewareHandler = async (c, next) => {
  await next();
  for (const [name, value] of Object.entries(HEADERS))
    if (!c.res.headers.has(name)) c.res.headers.set(name, value);
};
