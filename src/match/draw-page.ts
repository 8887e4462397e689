// a draw -> where our own page of it is: on a server of ours, or as a file that others serve. Pure.

import type { Locale } from './notice.ts';

const LONGEST_ID = 100;

/** An id in a path, also where paths become names of files: `ircc-297` for `ircc:297`. */
export function slugOf(id: string): string {
  return encodeURIComponent(id.replace(':', '-'));
}

/** From the root of our pages. */
export function drawPath(locale: Locale, id: string): string {
  return `/${locale}/draws/${slugOf(id)}/`;
}

/**
 * Our page of a draw for the world, below whatever path the pages stand; `null` where there are none over https. An id
 * comes from a page: for one that is no text, or endless, there is nowhere to lead to.
 */
export function drawPage(siteUrl: string | null, locale: Locale, id: string): string | null {
  const base = siteUrl === null ? null : URL.parse(siteUrl);
  if (base?.protocol !== 'https:' || !id.isWellFormed() || id.length > LONGEST_ID) return null;
  return `${base.origin}${base.pathname.replace(/\/+$/, '')}${drawPath(locale, id)}`;
}
