// Which language a page is in where neither its path nor its reader says so: what the browser asks for.

import type { Context } from 'hono';
import { accepts } from 'hono/accepts';
import type { Locale } from '../match/notice.ts';
import { PAGE_WORDS } from './text/index.ts';

/** By `Accept-Language`, whichever region it names; English where it names neither. */
export function preferredLocale(c: Context): Locale {
  const locale = accepts(c, {
    header: 'Accept-Language',
    supports: Object.keys(PAGE_WORDS),
    default: 'en',
    match: (asked, { supports, default: otherwise }) =>
      asked
        .filter(({ q }) => q > 0)
        .map(({ type }) => type.toLowerCase().split('-')[0] as string)
        .find((language) => supports.includes(language)) ?? otherwise,
  });
  return locale as Locale;
}
