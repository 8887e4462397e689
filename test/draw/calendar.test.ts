// Days and instants.

import { describe, expect, it } from 'vitest';
import { canadianDay, dayStart, daysBetween, instantMs, toDate, toInstant } from '../../src/draw/calendar.ts';

describe('dayStart', () => {
  it('gives midnight in UTC', () => {
    expect(dayStart('2024-05-31')).toBe(Date.UTC(2024, 4, 31));
  });

  it.each(['2024-02-30', '2023-02-29', '2024-13-01', '2024-5-31', '12-04-2023', '2024-05-31T00:00:00Z', ''])(
    'knows that %j is no day',
    (text) => {
      expect(dayStart(text)).toBeNull();
    },
  );
});

describe('daysBetween', () => {
  it('counts the days the Canadian Experience Class was away', () => {
    expect(daysBetween('2021-09-14', '2024-05-31')).toBe(990);
  });

  it('counts backwards too', () => {
    expect(daysBetween('2024-03-01', '2024-02-28')).toBe(-2);
  });

  it('refuses what is no day', () => {
    expect(() => daysBetween('2024-05-31', 'tomorrow')).toThrow(RangeError);
  });
});

describe('instantMs', () => {
  it('reads an instant in UTC or with an offset', () => {
    const utc = instantMs('2024-03-19T18:58:58Z');

    expect(instantMs('2024-03-19T14:58:58-04:00')).toBe(utc);
    expect(instantMs('2024-03-19T18:58:58.000z')).toBe(utc);
    expect(toInstant(utc as number)).toBe('2024-03-19T18:58:58Z');
    expect(toDate(utc as number)).toBe('2024-03-19');
  });

  it.each([
    '2024-03-19',
    '2024-03-19T18:58:58',
    '2024-02-30T18:58:58Z',
    '2024-03-19T24:00:00Z',
    '2024-03-19T18:58:60Z',
    '2024-03-19 18:58:58Z',
    '2024-03-19T18:58:58+99:00',
  ])('knows that %j is no instant', (text) => {
    expect(instantMs(text)).toBeNull();
  });
});

describe('canadianDay', () => {
  it('begins in Newfoundland in summer and ends on the Pacific coast in winter', () => {
    const { from, to } = canadianDay('2024-03-19');

    expect(toInstant(from)).toBe('2024-03-19T02:30:00Z');
    expect(toInstant(to + 1)).toBe('2024-03-20T08:00:00Z');
  });
});
