// Until when a patrol looks: a time of day in Toronto, or an instant.

import { inToronto, TICK } from '../cadence.ts';
import { instantMs } from '../draw/calendar.ts';

/** What `readUntil` reads. */
export const UNTIL = 'a time of day in Toronto such as 18:45, or an instant such as 2024-05-31T22:45:00Z';

/** Milliseconds; `null` for what is neither. A time that is past today is over: it is not meant for tomorrow. */
export function readUntil(text: string, now: number): number | null {
  const time = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(text);
  if (!time) return instantMs(text);
  const wanted = Number(time[1]) * 60 + Number(time[2]);
  if (inToronto(now).minute >= wanted) return now;
  let ms = Math.floor(now / TICK) * TICK;
  // Where the clocks change a minute may come twice, or not at all: then the first after it. Ends: today has one.
  while (inToronto(ms).minute < wanted) ms += TICK;
  return ms;
}
