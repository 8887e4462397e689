// entries -> iCalendar (RFC 5545): each draw on its day. Pure.

import ical, { ICalCalendarMethod, ICalEventBusyStatus, ICalEventTransparency } from 'ical-generator';
import { NAME } from '../pages/frame.ts';
import type { Entry } from './entry.ts';
import type { FeedDocument } from './index.ts';

/** Seconds: how often a calendar program may look. */
const HOUR = 3_600;

export function calendar({ title, description, page, locale, entries }: FeedDocument): string {
  const made = ical({
    prodId: { company: NAME, product: 'draws', language: locale.toUpperCase() },
    method: ICalCalendarMethod.PUBLISH,
    // The library escapes the texts of events, but not those of the calendar.
    name: escapedText(title),
    description: escapedText(description),
    url: page,
    ttl: HOUR,
    events: entries.map(eventOf),
  });
  // It leaves out the end of the last line.
  return `${made.toString()}\r\n`;
}

function eventOf({ uuid, draw, title, special, corrections, link, published, updated, revision }: Entry) {
  // What the figures are not, the calendar says once: that on each day would be half of the file.
  const said = [...(special === null ? [] : [special]), ...corrections];
  return {
    id: uuid,
    sequence: revision - 1,
    stamp: updated,
    created: published,
    lastModified: updated,
    // A day of no time zone: it is the publisher's.
    start: new Date(`${draw.date}T00:00:00Z`),
    allDay: true,
    summary: title,
    ...(said.length === 0 ? {} : { description: said.join('\n') }),
    url: escapedUrl(link),
    transparency: ICalEventTransparency.TRANSPARENT,
    busystatus: ICalEventBusyStatus.FREE,
  };
}

function escapedText(text: string): string {
  return text.replace(/[\\;,]/g, (sign) => `\\${sign}`);
}

/** The library would put a backslash before these, which is no part of an address. */
function escapedUrl(url: string): string {
  return url.replace(/[,;\\]/g, (sign) => encodeURIComponent(sign));
}
