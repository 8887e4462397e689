// What a failed attempt means, and when the next one is made.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { connectionSetback, nextAttempt, statusSetback } from '../../src/fetch/retry.ts';

const NOW = new Date('2024-05-31T16:00:00Z');
const PASSING = { passing: true, retryAfter: null };

describe('nextAttempt', () => {
  it('waits half a second, then one and a half, and makes no fourth attempt', () => {
    const pauses = [1, 2, 3, 4].map((attempt) => nextAttempt(attempt, 0.5, PASSING, 9_500));

    expect(pauses).toEqual([500, 1_500, 'give-up', 'give-up']);
  });

  it('spreads the pauses by a fifth either way', () => {
    expect(nextAttempt(1, 0, PASSING, 9_500)).toBeCloseTo(400);
    expect(nextAttempt(1, 0.999999, PASSING, 9_500)).toBeCloseTo(600, 2);
  });

  it('makes no other attempt at what another one cannot mend', () => {
    expect(nextAttempt(1, 0.5, { passing: false, retryAfter: 1 }, 9_500)).toBe('give-up');
  });

  it('waits as long as the server asks, where that is longer and there is time', () => {
    const pauses = [0, 1, 9, 10].map((retryAfter) =>
      nextAttempt(1, 0.5, { passing: true, retryAfter }, 9_500),
    );

    expect(pauses).toEqual([500, 1_000, 9_000, 'give-up']);
  });

  it('never waits past the end, nor shorter than it was asked to, whatever comes', () => {
    const passing = fc.record({ passing: fc.boolean(), retryAfter: fc.option(fc.nat(90_000)) });

    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        passing,
        fc.integer(),
        (attempt, random, setback, left) => {
          const pause = nextAttempt(attempt, random, setback, left);

          if (pause === 'give-up') return;
          expect(attempt).toBeLessThan(3);
          expect(pause).toBeLessThan(left);
          expect(pause).toBeGreaterThanOrEqual(Math.max(400, (setback.retryAfter ?? 0) * 1_000));
        },
      ),
    );
  });
});

describe('statusSetback', () => {
  it.each([
    [400, 'refused', false],
    [401, 'bot-wall', false],
    [403, 'bot-wall', false],
    [404, 'not-found', false],
    [408, 'refused', true],
    [410, 'not-found', false],
    [418, 'refused', false],
    [451, 'refused', false],
    [500, 'refused', true],
    [501, 'refused', false],
    [502, 'refused', true],
    [503, 'refused', true],
    [504, 'refused', true],
  ] as const)('%i is %s; passing: %s', (status, trouble, passing) => {
    expect(statusSetback(status, undefined, NOW)).toEqual({ trouble, passing, retryAfter: null });
  });

  it.each<[string, number | null]>([
    ['120', 120],
    [' 120 ', 120],
    ['0', 0],
    ['86401', 86_400],
    ['9'.repeat(400), 86_400],
    ['Fri, 31 May 2024 16:02:00 GMT', 120],
    ['Friday, 31-May-24 16:02:00 GMT', 120],
    ['Fri, 31 May 2024 15:00:00 GMT', 0],
    ['Fri, 31 May 2030 15:00:00 GMT', 86_400],
    ['-5', null],
    ['1.5', null],
    ['soon', null],
    ['May 31', null],
    ['Fri, when it suits', null],
    ['', null],
  ])('503 that asks to be left alone for "%s" is left alone for %s seconds', (retryAfter, seconds) => {
    const setback = statusSetback(503, retryAfter, NOW);

    const trouble = seconds === null ? 'refused' : 'busy';
    expect(setback).toEqual({ trouble, passing: true, retryAfter: seconds });
  });

  it('429 is left alone for a minute when it does not say how long, or not so that one can read it', () => {
    const setbacks = [undefined, 'soon', '7'].map((retryAfter) => statusSetback(429, retryAfter, NOW));

    expect(setbacks.map(({ trouble, retryAfter }) => [trouble, retryAfter])).toEqual([
      ['busy', 60],
      ['busy', 60],
      ['busy', 7],
    ]);
  });
});

describe('connectionSetback', () => {
  it.each([
    ['ECONNREFUSED', 'unreachable', true],
    ['ECONNRESET', 'unreachable', true],
    ['UND_ERR_SOCKET', 'unreachable', true],
    ['ENOTFOUND', 'unreachable', true],
    ['EAI_AGAIN', 'unreachable', true],
    ['ENETUNREACH', 'unreachable', true],
    ['UND_ERR_CONNECT_TIMEOUT', 'unreachable', false],
    ['UND_ERR_BODY_TIMEOUT', 'silent', false],
    ['CERT_HAS_EXPIRED', 'unreachable', false],
  ] as const)('%s is %s; passing: %s', (code, trouble, passing) => {
    const setback = connectionSetback(Object.assign(new Error('a connection failed'), { code }));

    expect(setback).toMatchObject({ trouble, passing, retryAfter: null });
    expect(setback.words).toContain(code);
  });

  it('takes what is not HTTP for a refusal', () => {
    const error = Object.assign(new Error('expected HTTP'), { name: 'HTTPParserError' });

    expect(connectionSetback(error)).toMatchObject({ trouble: 'refused', passing: false });
  });

  it('tells what has no code by its words', () => {
    expect(connectionSetback(new Error('something\nelse'))).toEqual({
      trouble: 'unreachable',
      passing: false,
      retryAfter: null,
      words: '"something else"',
    });
  });
});
