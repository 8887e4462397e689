// Which language a page is in: the reader's own where it is known, else what the browser asks for.

import type { Context } from 'hono';
import { accepts } from 'hono/accepts';
import type { Locale } from '../match/notice.ts';
import { en } from './text/en.ts';
import { fr } from './text/fr.ts';
import type { PageWords } from './text/words.ts';

export const PAGE_WORDS: Record<Locale, PageWords> = { en, fr };

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
