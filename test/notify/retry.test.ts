// When to try again: from the attempt and the answer to a delay or an end.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_ATTEMPTS, nextAttempt } from '../../src/notify/retry.ts';

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 24 * HOUR;
/** Leaves a pause as the schedule has it. */
const MIDDLE = 0.5;

const attempt = fc.integer({ min: 1, max: MAX_ATTEMPTS + 5 });
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('the next attempt', () => {
  it('is after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h; then the notice is given up', () => {
    const pauses = Array.from({ length: 12 }, (_, index) => nextAttempt(index + 1, MIDDLE));

    expect(pauses).toEqual([
      5,
      5 * MINUTE,
      30 * MINUTE,
      2 * HOUR,
      5 * HOUR,
      10 * HOUR,
      14 * HOUR,
      20 * HOUR,
      24 * HOUR,
      'give-up',
      'give-up',
      'give-up',
    ]);
    expect(MAX_ATTEMPTS).toBe(10);
  });

  it('is spread by up to a fifth either way, and by nothing more', () => {
    expect(nextAttempt(2, 0)).toBeCloseTo(240);
    expect(nextAttempt(2, 0.999_999)).toBeCloseTo(360, 2);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: MAX_ATTEMPTS - 1 }), random, (attempt, chance) => {
        const pause = nextAttempt(attempt, MIDDLE) as number;
        const spread = nextAttempt(attempt, chance) as number;
        expect(spread).toBeGreaterThanOrEqual(pause * 0.8 - 1e-6);
        expect(spread).toBeLessThanOrEqual(pause * 1.2 + 1e-6);
      }),
    );
  });

  it('waits as long as the recipient asks, where that is longer than our own pause', () => {
    expect(nextAttempt(1, MIDDLE, 120)).toBe(120);
    expect(nextAttempt(1, MIDDLE, 3)).toBe(5);
    expect(nextAttempt(9, MIDDLE, 120)).toBe(DAY);
  });

  it('waits no longer than a day for a recipient that asks for more', () => {
    expect(nextAttempt(1, MIDDLE, DAY + 1)).toBe(DAY);
    expect(nextAttempt(1, MIDDLE, 999_999_999)).toBe(DAY);
    expect(nextAttempt(1, MIDDLE, Number.POSITIVE_INFINITY)).toBe(DAY);
  });

  it('does not go on for ever because the recipient asks for a pause', () => {
    expect(nextAttempt(MAX_ATTEMPTS, MIDDLE, 60)).toBe('give-up');
  });

  it('is never at once and never more than 28.8 hours away, whatever was answered', () => {
    fc.assert(
      fc.property(attempt, random, fc.double({ min: 0, noNaN: true }), (attempt, chance, retryAfter) => {
        const pause = nextAttempt(attempt, chance, retryAfter);
        if (pause === 'give-up') expect(attempt).toBeGreaterThanOrEqual(MAX_ATTEMPTS);
        else {
          expect(pause).toBeGreaterThanOrEqual(4);
          expect(pause).toBeLessThanOrEqual(1.2 * DAY);
        }
      }),
    );
  });
});
