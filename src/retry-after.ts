// `Retry-After`: how long a server asks to be left alone for. Pure.

/** Seconds; `null` where the header asks for nothing we understand. It is a number of seconds or an HTTP date. */
export function readRetryAfter(text: string | undefined, now: Date): number | null {
  const value = text?.trim() ?? '';
  if (/^\d+$/.test(value)) return Number(value);
  // Only what begins with a weekday: `Date.parse` would take "-5" and much else for a date.
  if (!/^(mon|tue|wed|thu|fri|sat|sun)[a-z]*,? /i.test(value)) return null;
  // One of the three forms of an HTTP date names no zone and means GMT; `Date.parse` would take this machine's.
  const date = /:\d\d( \d{4})?$/.test(value) ? `${value} GMT` : value;
  const seconds = Math.ceil((Date.parse(date) - now.getTime()) / 1_000);
  return Number.isNaN(seconds) ? null : Math.max(seconds, 0);
}
