// When to try again: pure, from the attempt and the answer to a delay or an end.

/** Seconds to wait after the first, second, ... attempt. After the last the notice is given up. */
const SCHEDULE = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];
const JITTER = 0.2;
/** A recipient that asks for a longer pause than this gets this one. */
const LONGEST = 86_400;
/** No pause is longer than this, in milliseconds. */
export const LONGEST_PAUSE = LONGEST * (1 + JITTER) * 1_000;

/** One more than there are pauses: the first attempt is made at once. */
export const MAX_ATTEMPTS = SCHEDULE.length + 1;

/**
 * Seconds until the next attempt, or `give-up`.
 * @param attempt the attempt that was just refused, 1 for the first
 * @param retryAfter seconds the recipient asked to be left alone for: obeyed when longer than our own pause
 * @param random from 0 to below 1: spreads the attempts of many notices by up to 20 % either way
 */
export function nextAttempt(attempt: number, random: number, retryAfter = 0): number | 'give-up' {
  const pause = SCHEDULE[attempt - 1];
  if (pause === undefined) return 'give-up';
  const jittered = pause * (1 + JITTER * (2 * random - 1));
  return Math.max(jittered, Math.min(retryAfter, LONGEST));
}

/** Seconds a channel that cannot be used is left alone for, after one, two, ... tries in a row; then the last again. */
const PAUSES = [5, 30, 120, 300, 900];

/**
 * Seconds until a channel by which nothing can be handed over is tried again, with one notice.
 * @param tries in a row that failed, 1 for the first
 * @param random from 0 to below 1
 */
export function nextTry(tries: number, random: number): number {
  const pause = PAUSES[Math.min(tries, PAUSES.length) - 1] as number;
  return pause * (1 + JITTER * (2 * random - 1));
}
