// Which types are not drawn at present: by the draws alone, so that a page does not age. Pure.

import { daysBetween } from '../../draw/calendar.ts';
import type { Archive, TypeHistory } from '../archive.ts';

/** A type whose last draw is older than the newest of all by more days than this is not drawn at present. */
export const DORMANT_DAYS = 180;

/** How many days before the newest draw of all its latest was; `null`: not for long. */
export function dormantDays({ draws: [newest] }: Archive, { draws: [latest] }: TypeHistory): number | null {
  const days = newest ? daysBetween(latest.date, newest.date) : 0;
  return days > DORMANT_DAYS ? days : null;
}

/** Days from a draw to a later day; `null` where the day is not known, or a clock is wrong. */
export function daysSince(date: string, today: string | null): number | null {
  const days = today === null ? -1 : daysBetween(date, today);
  return days < 0 ? null : days;
}
