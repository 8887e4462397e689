// How often one may do something: exact, whatever the clock does, and in bounded memory.

import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE, openLimiter } from '../../src/web/limits.ts';

const at = (milliseconds: number) => new Date(Date.UTC(2024, 4, 31, 16) + milliseconds);

describe('a limit', () => {
  it('lets as many pass as it says, and tells the next how many seconds to wait', () => {
    const limiter = openLimiter({ most: 2, per: HOUR });

    const waits = [0, MINUTE, 2 * MINUTE].map((time) => limiter.take('a', at(time)));

    expect(waits).toEqual([null, null, 58 * 60]);
  });

  it('lets the next pass exactly when it said so', () => {
    const limiter = openLimiter({ most: 1, per: HOUR });
    limiter.take('a', at(0));

    const waits = [HOUR - 1, HOUR].map((time) => limiter.take('a', at(time)));

    expect(waits).toEqual([1, null]);
  });

  it('holds in any stretch of its length, also across full hours', () => {
    const limiter = openLimiter({ most: 20, per: HOUR });
    const passed: number[] = [];
    for (let time = 0; time < 3 * HOUR; time += 30_000)
      if (limiter.take('a', at(time)) === null) passed.push(time);

    const busiest = passed.map((from) => passed.filter((time) => time >= from && time < from + HOUR).length);

    expect(Math.max(...busiest)).toBe(20);
    expect(passed).toHaveLength(60);
  });

  it('does not count what was refused', () => {
    const limiter = openLimiter({ most: 1, per: HOUR });
    limiter.take('a', at(0));
    for (let time = 1; time < 100; time += 1) limiter.take('a', at(time * 1_000));

    const wait = limiter.take('a', at(HOUR));

    expect(wait).toBeNull();
  });

  it('counts each key for itself', () => {
    const limiter = openLimiter({ most: 1, per: HOUR });

    const waits = ['a', 'b', 'a'].map((key) => limiter.take(key, at(0)));

    expect(waits).toEqual([null, null, 3_600]);
  });

  it('does not lock anybody out when the clock was set back', () => {
    const limiter = openLimiter({ most: 1, per: HOUR });
    limiter.take('a', at(48 * HOUR));

    const waits = [limiter.take('a', at(0)), limiter.take('a', at(1_000))];

    expect(waits).toEqual([null, 3_599]);
  });
});

describe('a clock that was wrong', () => {
  it('does not lock out who was counted meanwhile, when others still count', () => {
    const limiter = openLimiter({ most: 1, per: HOUR });
    limiter.take('early', at(0));
    limiter.take('ahead', at(30 * MINUTE));

    const waits = ['early', 'ahead'].map((key) => limiter.take(key, at(1_000)));

    expect(waits).toEqual([3_599, null]);
  });
});

describe('the memory of a limit', () => {
  it('is bounded, and who comes with ever new keys gains nothing by it', () => {
    const limiter = openLimiter({ most: 3, per: HOUR }, 100);

    const passed = Array.from({ length: 100_000 }, (_, index) => limiter.take(`key ${index}`, at(0)));

    expect(limiter.size).toBe(101);
    expect(passed.filter((wait) => wait === null)).toHaveLength(100 + 3);
  });

  it('holds what was counted of a known key also when it is full', () => {
    const limiter = openLimiter({ most: 1, per: HOUR }, 2);
    for (const key of ['a', 'b', 'c']) limiter.take(key, at(0));

    const waits = ['a', 'b'].map((key) => limiter.take(key, at(1_000)));

    expect(waits).toEqual([3_599, 3_599]);
  });

  it('is given back when the time is over', () => {
    const limiter = openLimiter({ most: 3, per: HOUR }, 100);
    for (let key = 0; key < 200; key += 1) limiter.take(`key ${key}`, at(0));

    limiter.take('another', at(HOUR));

    expect(limiter.size).toBe(1);
  });
});
