// For how long a server asks to be left alone.

import { describe, expect, it, onTestFinished } from 'vitest';
import { readRetryAfter } from '../src/retry-after.ts';

const NOW = new Date('2024-05-31T16:00:00Z');

describe('Retry-After', () => {
  it.each([
    ['120', 120],
    [' 7 ', 7],
    ['0', 0],
    ['Fri, 31 May 2024 16:02:00 GMT', 120],
    ['Fri, 31 May 2024 15:00:00 GMT', 0],
    ['Friday, 31-May-24 16:00:30 GMT', 30],
    ['Fri May 31 16:00:30 2024', 30],
  ])('"%s" is %i seconds', (value, seconds) => {
    expect(readRetryAfter(value, NOW)).toBe(seconds);
  });

  it.each([undefined, '', 'soon', 'PT5M', '1e9999', '-5', '1.5', 'May 31', 'Fri, when it suits'])(
    '"%s" asks for nothing',
    (value) => {
      expect(readRetryAfter(value, NOW)).toBeNull();
    },
  );

  it.each(['America/Vancouver', 'Asia/Tokyo', 'UTC'])(
    'is the same wherever this machine stands: %s',
    (zone) => {
      const { TZ } = process.env;
      onTestFinished(() => {
        if (TZ === undefined) delete process.env.TZ;
        else process.env.TZ = TZ;
      });
      process.env.TZ = zone;

      const seconds = ['Fri May 31 16:01:00 2024', 'Fri, 31 May 2024 16:01:00 GMT'].map((value) =>
        readRetryAfter(value, NOW),
      );

      expect(seconds).toEqual([60, 60]);
    },
  );
});
