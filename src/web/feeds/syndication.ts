// entries -> Atom, RSS and JSON Feed. Pure.

import { Feed } from 'feed';
import { html } from 'hono/html';
import { NAME } from '../pages/frame.ts';
import type { FeedDocument } from './index.ts';

/** RFC 4287. */
export function atom(document: FeedDocument): string {
  // The library has no place for the language.
  return clean(feedOf(document).atom1()).replace('<feed ', `<feed xml:lang="${document.locale}" `);
}

/** RSS 2.0. */
export function rss(document: FeedDocument): string {
  return clean(feedOf(document).rss2());
}

/** JSON Feed 1.1, by hand: the library knows version 1 only, which has no language and no text beside the HTML. */
export function jsonFeed({ title, description, page, self, locale, entries }: FeedDocument): string {
  return `${JSON.stringify(
    {
      version: 'https://jsonfeed.org/version/1.1',
      title,
      home_page_url: page,
      ...(self === null ? {} : { feed_url: self }),
      description,
      language: locale,
      authors: [{ name: NAME }],
      items: entries.map((entry) => ({
        id: `urn:uuid:${entry.uuid}`,
        url: entry.link,
        title: entry.title,
        ...(entry.special === null ? {} : { summary: entry.special }),
        content_html: entry.content,
        date_published: entry.published.toISOString(),
        date_modified: entry.updated.toISOString(),
        tags: [entry.draw.type],
        language: locale,
      })),
    },
    null,
    1,
  )}\n`;
}

function feedOf({ uuid, title, description, page, self, locale, updated, entries }: FeedDocument): Feed {
  const feed = new Feed({
    id: `urn:uuid:${uuid}`,
    title,
    description,
    link: page,
    language: locale,
    updated,
    generator: NAME,
    author: { name: NAME },
    ...(self === null ? {} : { feed: self }),
  });
  for (const entry of entries) {
    // Both kinds of readers take these for HTML; the library passes them on as they are.
    feed.addItem({
      id: `urn:uuid:${entry.uuid}`,
      title: escaped(entry.title),
      link: entry.link,
      date: entry.updated,
      published: entry.published,
      ...(entry.special === null ? {} : { description: escaped(entry.special) }),
      content: entry.content,
      // Nothing but the slug: an attribute is not escaped.
      category: [{ term: entry.draw.type, name: entry.draw.type }],
    });
  }
  return feed;
}

function escaped(text: string): string {
  return String(html`${text}`);
}

/** What XML 1.0 has no place for would break the whole feed; the library leaves it in. */
function clean(xml: string): string {
  return `${xml.replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '')}\n`;
}
