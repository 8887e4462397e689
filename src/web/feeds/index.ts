// archive -> every feed there is, as files. Pure.

import type { Draw } from '../../draw/draw.ts';
import type { Locale } from '../../match/notice.ts';
import type { Archive } from '../archive.ts';
import { FEEDS } from '../pages/feed-links.ts';
import { FEED_FORMATS, type FeedFormat, PATHS } from '../paths.ts';
import type { PublicFile, Site } from '../site.ts';
import { FEED_WORDS } from '../text/feeds.ts';
import { LOCALES } from '../text/index.ts';
import { calendar } from './calendar.ts';
import { type Entry, entryOf, officialSite, uuidOf } from './entry.ts';
import { type FeedOf, feedsOf } from './list.ts';
import { atom, jsonFeed, rss } from './syndication.ts';

/** What every form of a feed is written from. */
export interface FeedDocument {
  uuid: string;
  title: string;
  description: string;
  /** The page for people. */
  page: string;
  /** Its own address; `null` where that is not known. */
  self: string | null;
  locale: Locale;
  updated: Date;
  entries: readonly Entry[];
}

/** So many of the newest draws: a reader keeps the others itself. A calendar shows what it is given, so it has all. */
const MOST: Record<FeedFormat, number> = { atom: 50, rss: 50, json: 50, ics: Number.POSITIVE_INFINITY };

const WRITE: Record<FeedFormat, (document: FeedDocument) => string> = {
  atom,
  rss,
  json: jsonFeed,
  ics: calendar,
};

/** `entryFor`: what is made of a draw, where that is kept from one feed to the next. */
export function feedFile(
  archive: Archive,
  site: Site,
  locale: Locale,
  format: FeedFormat,
  feed: FeedOf,
  entryFor: (draw: Draw) => Entry = (draw) => entryOf(archive, draw, locale, site),
): PublicFile {
  const path = PATHS.feed(locale, format, feed.of);
  const entries = feed.draws.slice(0, MOST[format]).map(entryFor);
  const words = FEED_WORDS[locale];
  const { type } = FEEDS[format];
  const body = WRITE[format]({
    uuid: uuidOf(`feed/${locale}/${feed.of}`),
    title: words.title(feed.name),
    description: words.description,
    page: site.origin === null ? officialSite() : `${site.origin}${pageOf(feed, locale)}`,
    self: site.origin === null ? null : `${site.origin}${path}`,
    locale,
    updated: updatedAt(archive, feed, entries),
    entries,
  });
  return { path, body, type: format === 'json' ? type : `${type}; charset=utf-8` };
}

/** Every one in every language and form; the same archive makes the same bytes. */
export function* allFeeds(archive: Archive, site: Site): Generator<PublicFile> {
  for (const locale of LOCALES) {
    const entries = new Map(archive.draws.map((draw) => [draw, entryOf(archive, draw, locale, site)]));
    const entryFor = (draw: Draw) => entries.get(draw) ?? entryOf(archive, draw, locale, site);
    for (const feed of feedsOf(archive, locale))
      for (const format of FEED_FORMATS) yield feedFile(archive, site, locale, format, feed, entryFor);
  }
}

/** Of a type without a draw there is no page yet. */
function pageOf({ of, draws }: FeedOf, locale: Locale): string {
  if (of === 'draws') return PATHS.history(locale);
  return draws.length === 0 ? PATHS.types(locale) : PATHS.type(locale, of);
}

/** Also when a draw was withdrawn, which no entry tells of. Of an empty feed it is the beginning of time. */
function updatedAt({ records }: Archive, { of }: FeedOf, entries: readonly Entry[]): Date {
  const withdrawals = [...records.values()].flatMap(({ draw, withdrawnAt }) =>
    withdrawnAt !== null && (of === 'draws' || draw.type === of) ? new Date(withdrawnAt).getTime() : [],
  );
  return new Date(Math.max(0, ...withdrawals, ...entries.map(({ updated }) => updated.getTime())));
}
