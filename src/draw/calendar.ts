// Days and instants as the project writes them: dates are `YYYY-MM-DD`, instants RFC 3339 in UTC.

const DAY = 86_400_000;

/** Milliseconds at 00:00 UTC of a `YYYY-MM-DD` day; `null` when there is no such day. */
export function dayStart(date: string): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  if (!match) return null;
  const [month, day] = [Number(match[2]), Number(match[3])];
  const ms = Date.UTC(Number(match[1]), month - 1, day);
  // 30 February becomes a day in March: then it was none. (Years below 100 are moved to 1900, and are none here.)
  const read = new Date(ms);
  const same = read.getUTCDate() === day && read.getUTCMonth() === month - 1;
  return same && read.getUTCFullYear() === Number(match[1]) ? ms : null;
}

/** Whole days from one date to a later one (negative when earlier). Both must be real days. */
export function daysBetween(from: string, to: string): number {
  const start = dayStart(from);
  const end = dayStart(to);
  if (start === null || end === null) throw new RangeError(`not a day: ${from} or ${to}`);
  return Math.round((end - start) / DAY);
}

/** The day in UTC of an instant in milliseconds. */
export function toDate(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** `2024-05-31T12:48:30Z`: seconds, no fraction, as draws publish their instants. */
export function toInstant(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

const INSTANT = /^(\d{4}-\d{2}-\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})$/;

/** Milliseconds of an RFC 3339 instant; `null` when it is not one (also 30 February, 25 o'clock). */
export function instantMs(text: string): number | null {
  const match = INSTANT.exec(text);
  if (!match || dayStart(match[1] as string) === null) return null;
  if (Number(match[2]) > 23 || Number(match[3]) > 59 || Number(match[4]) > 59) return null;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? null : ms;
}

/** Milliseconds from one RFC 3339 instant to a later one (negative when earlier). Both must be instants. */
export function elapsed(from: string, to: string): number {
  const start = instantMs(from);
  const end = instantMs(to);
  if (start === null || end === null) throw new RangeError(`not an instant: ${from} or ${to}`);
  return end - start;
}

/** A span of time in milliseconds, both ends included. */
export interface Span {
  from: number;
  to: number;
}

/**
 * The time a day spans somewhere in Canada: from its first moment in Newfoundland (UTC-2:30 in summer)
 * to its last in the Pacific zone (UTC-8 in winter).
 */
export function canadianDay(date: string): Span {
  const start = dayStart(date);
  if (start === null) throw new RangeError(`not a day: ${date}`);
  return { from: start + 2.5 * 3_600_000, to: start + DAY + 8 * 3_600_000 - 1 };
}
