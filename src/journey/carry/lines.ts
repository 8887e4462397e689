// Lines of the ledger: what they have in common, whichever way they are carried.

import { CARRIED_LETTER } from '../../store/carried-notices.ts';

const LETTER = `letter/${CARRIED_LETTER}/`;

export function letterName(queuedAt: string): string {
  return `${LETTER}${queuedAt}`;
}

/** When the letter of this name was queued; `null`: it is the id of an event. */
export function letterQueuedAt(event: string): string | null {
  return event.startsWith(LETTER) ? event.slice(LETTER.length) : null;
}

/**
 * When a notice was settled, to the hour: to the moment it would tell in which order notices were handed over, and of
 * two events those that came first may well be of the same recipient.
 */
export function settledHour(settledAt: string, queuedAt: string): string {
  const hour = `${settledAt.slice(0, 13)}:00:00.000Z`;
  return hour > queuedAt ? hour : queuedAt;
}
