// Days and instants as the project writes them: dates are `YYYY-MM-DD`, instants RFC 3339 in UTC.

/** Milliseconds. */
export const DAY = 86_400_000;

/** Milliseconds at 00:00 UTC of a `YYYY-MM-DD` day; `null` when there is no such day. */
export function dayStart(date: string): number | null {
  return date.length === 10 ? leadingDay(date) : null;
}

/** Of the day a text begins with. Without a pattern: a match of a million subscribers reads as many instants. */
function leadingDay(text: string): number | null {
  if (text[4] !== '-' || text[7] !== '-') return null;
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 2);
  const day = digits(text, 8, 2);
  // Date.UTC takes years below 100 for those of 1900 on: they are none here.
  if (!(year >= 100 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month))) return null;
  return Date.UTC(year, month - 1, day);
}

function daysIn(year: number, month: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

/** The number that so many digits give, from a place in a text on; `NaN` where one is none. */
function digits(text: string, from: number, count: number): number {
  let value = 0;
  for (let index = from; index < from + count; index += 1) {
    const digit = text.charCodeAt(index) - 48;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
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

/** What may stand behind the seconds: a fraction, and the zone. */
const TAIL = /^(\.\d{1,9})?(?:[Zz]|([+-])(\d{2}):(\d{2}))$/;

/** Milliseconds of an RFC 3339 instant; `null` when it is not one (also 30 February, 25 o'clock). */
export function instantMs(text: string): number | null {
  const day = leadingDay(text);
  const hour = digits(text, 11, 2);
  const minute = digits(text, 14, 2);
  const second = digits(text, 17, 2);
  const apart = (text[10] === 'T' || text[10] === 't') && text[13] === ':' && text[16] === ':';
  if (day === null || !apart || !(hour <= 23 && minute <= 59 && second <= 59)) return null;
  const ms = day + ((hour * 60 + minute) * 60 + second) * 1000;
  return text.length === 20 && text[19] === 'Z' ? ms : withTail(ms, text.slice(19));
}

function withTail(ms: number, text: string): number | null {
  const tail = TAIL.exec(text);
  if (!tail) return null;
  const [, fraction = '', sign, hours = '0', minutes = '0'] = tail;
  if (Number(hours) > 23 || Number(minutes) > 59) return null;
  const ahead = (Number(hours) * 60 + Number(minutes)) * 60_000 * (sign === '-' ? -1 : 1);
  // Milliseconds: what is finer is cut off.
  return ms + Number(fraction.slice(1, 4).padEnd(3, '0')) - ahead;
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
