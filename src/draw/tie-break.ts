// Instants typed by hand on the official page, always UTC and 24-hour whatever they say.

import { dayStart, instantMs, toInstant } from './calendar.ts';

const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

// "March 02. 2024 at 01:58:34", "May 3rd 2024 at12:48:30 AM UTC", "January 23, 2025 at 2025-01-23 15:30:04 UTC"
const TYPED = new RegExp(
  [
    /^(?<month>[a-z]{3,9})\.? (?<day>\d{1,2})(?:st|nd|rd|th)?[.,]?/,
    /(?: ?(?<year>\d{4})[.,]?)?/,
    /(?: ?at)? ?(?<iso>\d{4}-\d{2}-\d{2} )?/,
    /(?<hour>\d{1,2}):(?<minute>\d{2}):(?<second>\d{2})/,
    /(?: ?[ap]\.?m\.?)?(?: ?(?:utc|gmt|z))?\.?$/,
  ]
    .map((part) => part.source)
    .join(''),
);

/** `blank`: nothing was published. `unreadable`: something was, but it says no instant with certainty. */
export type TypedInstant = { at: string; inferred: boolean } | 'blank' | 'unreadable';

/**
 * Reads an instant in any spelling the official page has used.
 * A missing year is inferred as the latest such day before `drawDate` and marked so.
 */
export function readTypedInstant(text: string, drawDate: string): TypedInstant {
  const line = text.replace(/\s+/g, ' ').trim().toLowerCase();
  if (line === '') return 'blank';
  const groups = TYPED.exec(line)?.groups;
  if (!groups) return 'unreadable';
  const month = monthNumber(groups.month as string);
  if (month === null) return 'unreadable';

  const day = `${pad(month)}-${pad(Number(groups.day))}`;
  const inferred = groups.year === undefined;
  const date = inferred ? latestBefore(day, drawDate) : `${groups.year}-${day}`;
  if (date === null || (groups.iso !== undefined && groups.iso.trim() !== date)) return 'unreadable';

  const ms = instantMs(`${date}T${pad(Number(groups.hour))}:${groups.minute}:${groups.second}Z`);
  return ms === null ? 'unreadable' : { at: toInstant(ms), inferred };
}

/** The day a page writes as "July 5, 2026" (or in ISO); `null` when it is not a day. */
export function readTypedDay(text: string): string | null {
  const line = text.replace(/\s+/g, ' ').trim().toLowerCase();
  if (dayStart(line) !== null) return line;
  const match = /^([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?[.,]? ?(\d{4})$/.exec(line);
  const month = match ? monthNumber(match[1] as string) : null;
  if (!match || month === null) return null;
  const date = `${match[3]}-${pad(month)}-${pad(Number(match[2]))}`;
  return dayStart(date) === null ? null : date;
}

function monthNumber(name: string): number | null {
  const index = MONTHS.findIndex((month) => month === name || (name.length < 5 && month.startsWith(name)));
  return index === -1 ? null : index + 1;
}

function latestBefore(monthDay: string, drawDate: string): string | null {
  const year = Number(drawDate.slice(0, 4));
  // Up to eight years back: 29 February is that rare.
  for (let candidate = year; candidate > year - 9; candidate -= 1) {
    const date = `${candidate}-${monthDay}`;
    if (dayStart(date) !== null && date < drawDate) return date;
  }
  return null;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
