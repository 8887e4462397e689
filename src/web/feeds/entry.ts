// a draw -> what a feed says of it, in whichever form. The same archive gives the same words and instants. Pure.

import { createHash } from 'node:crypto';
import type { Draw } from '../../draw/draw.ts';
import type { DrawRecord } from '../../draw/record.ts';
import type { DrawEvent, EventOf } from '../../event/event.ts';
import type { Locale } from '../../match/notice.ts';
import { LANGUAGES } from '../../notify/text/languages.ts';
import { officialPage } from '../../notify/text/sections.ts';
import { writeTelling } from '../../notify/text/telling.ts';
import { SOURCES } from '../../sources/index.ts';
import type { Archive } from '../archive.ts';
import { PATHS, slugOf } from '../paths.ts';
import type { Site } from '../site.ts';
import { contentOf } from './content.ts';

export interface Entry {
  draw: Draw;
  /** Of the draw, for good: wherever these pages stand, and whatever is corrected. */
  uuid: string;
  title: string;
  /** What is special about it; `null` where nothing is. */
  special: string | null;
  /** One line for each correction, oldest first. */
  corrections: string[];
  /** All of it, as HTML. */
  content: string;
  /** Our page of the draw where it is known to be found, else the publisher's. */
  link: string;
  published: Date;
  /** Later with each correction. */
  updated: Date;
  revision: number;
}

export function entryOf(archive: Archive, draw: Draw, locale: Locale, site: Site): Entry {
  const record = archive.records.get(slugOf(draw.id));
  const events = archive.events.get(draw.id) ?? [];
  const publication = events.find((event) => event.type === 'draw.published');
  const telling = writeTelling(publicationOf(draw, publication), locale);
  const corrected = events.filter((event) => event.type === 'draw.corrected');
  const corrections = corrected.flatMap((event) => writeTelling(event, locale).summary ?? []);
  const published = new Date(publishedAt(draw, publication, record));
  const updates = corrected.map(({ at }) => new Date(at).getTime());
  return {
    draw,
    uuid: uuidOf(draw.id),
    title: telling.title,
    special: telling.summary,
    corrections,
    content: contentOf(telling, corrections),
    link: linkOf(draw, locale, site),
    published,
    updated: new Date(Math.max(published.getTime(), ...updates)),
    revision: record?.revision ?? 1,
  };
}

/** The draw as it is now, with what was special about it when it came. */
function publicationOf(draw: Draw, event: DrawEvent | undefined): EventOf<'draw.published'> {
  return {
    id: `draw.published/${draw.id}`,
    type: 'draw.published',
    source: draw.source,
    draw: draw.id,
    at: event?.at ?? draw.date,
    told: true,
    data: { draw, special: event?.type === 'draw.published' ? event.data.special : [] },
  };
}

/** Of what was known from the start the event has the day of the draw, the record that of the start. */
function publishedAt({ date }: Draw, event: DrawEvent | undefined, record: DrawRecord | undefined): string {
  return event?.at ?? record?.firstSeenAt ?? date;
}

function linkOf(draw: Draw, locale: Locale, { origin }: Site): string {
  if (origin !== null) return `${origin}${PATHS.draw(locale, draw.id)}`;
  const [official] = officialPage(LANGUAGES[locale], draw);
  return official?.kind === 'link' ? official.href : officialSite(draw.source);
}

/** The page of a source that people read; of the first one where it is none of ours. */
export function officialSite(source?: string): string {
  return (SOURCES.find(({ id }) => id === source) ?? SOURCES[0])?.pageUrl ?? '';
}

/** RFC 9562, version 8: from the digest of a name, so that it is the same everywhere. */
export function uuidOf(name: string): string {
  const bytes = createHash('sha256').update(name).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
