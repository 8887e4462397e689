// Feeds as programs read them, by another hand than the one that wrote them.

import { load } from 'cheerio';

export interface ReadEntry {
  id: string;
  /** As text: what HTML says in it, not how. */
  title: string;
  /** HTML. */
  content: string;
  link: string;
  published: string;
  updated: string;
}

export interface ReadFeed {
  title: string;
  updated: string;
  language: string;
  self: string | undefined;
  page: string | undefined;
  entries: ReadEntry[];
}

/** By what RFC 4287 asks of a feed and an entry: what it must have and has not is a fault. */
export function readAtom(text: string): ReadFeed {
  const xml = load(text, { xml: true });
  const feed = xml('feed');
  const one = (of: typeof feed, name: string) => {
    const found = of.children(name);
    if (found.length !== 1) throw new Error(`${found.length} of ${name}, expected one`);
    return found.text();
  };
  one(feed, 'author');
  one(feed, 'id');
  return {
    title: one(feed, 'title'),
    updated: one(feed, 'updated'),
    language: feed.attr('xml:lang') ?? '',
    self: feed.children('link[rel=self]').attr('href'),
    page: feed.children('link[rel=alternate]').attr('href'),
    entries: feed
      .children('entry')
      .toArray()
      .map((node) => {
        const entry = xml(node);
        return {
          id: one(entry, 'id'),
          title: plain(one(entry, 'title')),
          content: one(entry, 'content'),
          link: entry.children('link').attr('href') ?? '',
          published: one(entry, 'published'),
          updated: one(entry, 'updated'),
        };
      }),
  };
}

/** RSS 2.0; `updated` of an entry is its `pubDate`, as it has nothing else. */
export function readRss(text: string): ReadFeed {
  const xml = load(text, { xml: true });
  const channel = xml('rss[version="2.0"] > channel');
  const one = (of: typeof channel, name: string) => {
    const found = of.children(name.replace(':', '\\:'));
    if (found.length !== 1 || found.text() === '') throw new Error(`no ${name}, or several`);
    return found.text();
  };
  one(channel, 'description');
  return {
    title: one(channel, 'title'),
    updated: one(channel, 'lastBuildDate'),
    language: one(channel, 'language'),
    self: channel.children('atom\\:link[rel=self]').attr('href'),
    page: one(channel, 'link'),
    entries: channel
      .children('item')
      .toArray()
      .map((node) => {
        const item = xml(node);
        return {
          id: one(item, 'guid'),
          title: plain(one(item, 'title')),
          content: one(item, 'content:encoded'),
          link: one(item, 'link'),
          published: one(item, 'pubDate'),
          updated: one(item, 'pubDate'),
        };
      }),
  };
}

export interface CalendarEvent {
  [name: string]: string;
}

/** RFC 5545: lines end in CRLF and have at most 75 octets; what is folded is put together again. */
export function readCalendar(text: string): { properties: CalendarEvent; events: CalendarEvent[] } {
  const lines = text.split('\r\n');
  if (lines.pop() !== '') throw new Error('the last line does not end');
  const long = lines.find((line) => Buffer.byteLength(line) > 75);
  if (long !== undefined) throw new Error(`a line of ${Buffer.byteLength(long)} octets`);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there.
  const broken = lines.find((line) => /[\u0000-\u0008\n-\u001f\u007f]/.test(line));
  if (broken !== undefined) throw new Error('a control character');
  const unfolded = lines.join('\r\n').replaceAll('\r\n ', '').split('\r\n');
  const properties: CalendarEvent = {};
  const events: CalendarEvent[] = [];
  let into = properties;
  for (const line of unfolded) {
    const [, name = '', value = ''] = /^([A-Z-]+(?:;[^:]*)?):(.*)$/.exec(line) ?? [];
    if (name === '') throw new Error(`no line of a calendar: ${line.slice(0, 40)}`);
    if (line === 'BEGIN:VEVENT') {
      into = {};
      events.push(into);
    } else if (line === 'END:VEVENT') into = properties;
    else if (name in into) throw new Error(`${name} twice`);
    else into[name] = value;
  }
  return { properties, events };
}

/** Of TEXT in a calendar. */
export function unescaped(text = ''): string {
  return text.replace(/\\(.)/g, (_, sign: string) => (sign === 'n' ? '\n' : sign));
}

function plain(html: string): string {
  return load(html, null, false).text();
}
