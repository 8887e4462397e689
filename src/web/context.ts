// What every route works with.

import type { Context } from 'hono';
import type { WebDeps } from './deps.ts';
import type { Printer } from './printed.ts';
import type { Shelf } from './shelf.ts';
import type { Site } from './site.ts';

export interface WebContext {
  deps: WebDeps;
  site: Site;
  shelf: Shelf;
  printer: Printer;
  /** In how many seconds the network of this request may have the next profile compared; `null`: now, and it counts. */
  checksWait(c: Context): number | null;
}
