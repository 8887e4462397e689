// Where each page is, from the root of these pages, and how one links to another. Pure.

import type { DrawType } from '../draw/draw-type.ts';
import { drawPath, slugOf } from '../match/draw-page.ts';
import type { Locale } from '../match/notice.ts';
import type { Selection } from './selection.ts';

// Mails lead to the page of a draw, too.
export { slugOf } from '../match/draw-page.ts';

/** Each ends in `/`, as links are relative: a page works below any path, and as a file. */
export const PATHS = {
  home: (locale: Locale) => `/${locale}/`,
  /** Of all draws, newest first, unless others are selected. */
  history: (locale: Locale, selection?: Selection) =>
    `/${locale}/history/${
      selection
        ? segmentsOf(selection)
            .map((segment) => `${segment}/`)
            .join('')
        : ''
    }`,
  draw: drawPath,
  types: (locale: Locale) => `/${locale}/types/`,
  type: (locale: Locale, type: DrawType) => `/${locale}/types/${slugOf(type)}/`,
  check: (locale: Locale) => `/${locale}/check/`,
  subscribe: (locale: Locale) => `/${locale}/subscribe/`,
  about: (locale: Locale) => `/${locale}/about/`,
  api: (locale: Locale) => `/${locale}/api/`,
  /** `of`: all draws, or those of a type. */
  feed: (locale: Locale, format: FeedFormat, of: DrawType | 'draws' = 'draws') =>
    `/feeds/${locale}/${slugOf(of)}.${format}`,
} as const;

/** Also the end of a feed's name. */
export const FEED_FORMATS = ['atom', 'rss', 'json', 'ics'] as const;
export type FeedFormat = (typeof FEED_FORMATS)[number];

/** What a path says of a selection, each part at most once and in this order; what goes without saying is left out. */
export function segmentsOf({ type, year, sort, page }: Selection): string[] {
  return [
    type === null ? [] : slugOf(type),
    year ?? [],
    sort === 'newest' ? [] : sort,
    page === 1 ? [] : `page-${page}`,
  ].flat();
}

/** From one page to another, as a browser that stands on the first resolves it. */
export function relative(from: string, to: string): string {
  const up = '../'.repeat(from.split('/').length - 2);
  return `${up}${to.slice(1)}` || './';
}
