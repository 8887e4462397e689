// Instants and days as they have been typed on the official page.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toInstant } from '../../src/draw/calendar.ts';
import { readTypedDay, readTypedInstant } from '../../src/draw/tie-break.ts';

const SPELLINGS: readonly (readonly [typed: string, instant: string])[] = [
  ['March 19, 2024 at 18:58:58 UTC', '2024-03-19T18:58:58Z'],
  ['May 31, 2024 at12:48:30 UTC', '2024-05-31T12:48:30Z'],
  ['May 19,2022 06:48:41 UTC', '2022-05-19T06:48:41Z'],
  ['March 24,2022 at 8:00:50 UTC', '2022-03-24T08:00:50Z'],
  ['March 02. 2024 at 01:58:34 UTC', '2024-03-02T01:58:34Z'],
  ['December 12, 2022, at 10:48:12 UTC', '2022-12-12T10:48:12Z'],
  ['June 22, 2021 at 20:19:59 PM UTC', '2021-06-22T20:19:59Z'],
  ['September 30, 2023 at 04:22:17 AM UTC', '2023-09-30T04:22:17Z'],
  ['June 15, 2023 at 23:49:05', '2023-06-15T23:49:05Z'],
  ['February 02 2022 at 14:16:27 UTC', '2022-02-02T14:16:27Z'],
  ['October 18, 2025 at  7:18:52 UTC', '2025-10-18T07:18:52Z'],
  ['April 13, 2026  at 23:10:05 UTC', '2026-04-13T23:10:05Z'],
  [' January 17, 2018 at 12:33:00 UTC', '2018-01-17T12:33:00Z'],
  ['July 04, 2023 at 19:36:18 UTC ', '2023-07-04T19:36:18Z'],
  ['May 3rd 2024 at 07:10:11 UTC', '2024-05-03T07:10:11Z'],
  ['January 23, 2025 at 2025-01-23 15:30:04 UTC', '2025-01-23T15:30:04Z'],
  ['Sept. 5, 2025 at 00:00:00 GMT', '2025-09-05T00:00:00Z'],
  ['MAY\u00a03, 2024 AT 07:10:11 utc.', '2024-05-03T07:10:11Z'],
];

const UNREADABLE = [
  'to be confirmed',
  'March 19, 2024',
  '18:58:58 UTC',
  'March 19, 2024 at 18:58 UTC',
  'February 30, 2024 at 10:00:00 UTC',
  'February 29, 2023 at 10:00:00 UTC',
  'March 0, 2024 at 10:00:00 UTC',
  'March 19, 2024 at 24:00:00 UTC',
  'March 19, 2024 at 18:60:00 UTC',
  'March 19, 2024 at 18:58:60 UTC',
  'March 19, 24 at 18:58:58 UTC',
  'March 19, 2024 at 18:58:58 EST',
  'March 19, 2024 at 2024-03-18 18:58:58 UTC',
  '03/19/2024 18:58:58',
  'Smarch 19, 2024 at 18:58:58 UTC',
  'March 19, 2024 at 18:58:58 UTC or later',
];

describe('readTypedInstant', () => {
  it.each(SPELLINGS)('reads %j as %s', (typed, instant) => {
    expect(readTypedInstant(typed, '2026-07-10')).toEqual({ at: instant, inferred: false });
  });

  it.each(UNREADABLE)('does not guess at %j', (typed) => {
    expect(readTypedInstant(typed, '2026-07-10')).toBe('unreadable');
  });

  it.each(['', ' ', '\t\n'])('takes %j for blank', (typed) => {
    expect(readTypedInstant(typed, '2026-07-10')).toBe('blank');
  });

  it.each([
    ['October 7 at 16:38:21 UTC', '2021-10-27', '2021-10-07T16:38:21Z'],
    ['October 7 at 16:38:21 UTC', '2021-10-08', '2021-10-07T16:38:21Z'],
    ['October 7 at 16:38:21 UTC', '2021-10-07', '2020-10-07T16:38:21Z'],
    ['October 7 at 16:38:21 UTC', '2021-10-06', '2020-10-07T16:38:21Z'],
    ['December 31 at 23:59:59 UTC', '2022-01-05', '2021-12-31T23:59:59Z'],
    ['February 29 at 16:38:21 UTC', '2023-05-01', '2020-02-29T16:38:21Z'],
  ])('infers the year of %j for a draw of %s: %s, marked as inferred', (typed, drawDate, instant) => {
    expect(readTypedInstant(typed, drawDate)).toEqual({ at: instant, inferred: true });
  });

  it('reads every instant printed the usual way', () => {
    const seconds = fc.integer({ min: Date.UTC(2015, 0, 1) / 1000, max: Date.UTC(2035, 0, 1) / 1000 });

    fc.assert(
      fc.property(seconds, (second) => {
        const instant = toInstant(second * 1000);
        const day = new Date(second * 1000).toLocaleDateString('en-US', {
          dateStyle: 'long',
          timeZone: 'UTC',
        });

        const read = readTypedInstant(`${day} at ${instant.slice(11, 19)} UTC`, '2026-07-10');

        expect(read).toEqual({ at: instant, inferred: false });
      }),
    );
  });

  it('never gives anything but a real instant, however a spelling is garbled', () => {
    const spelling = fc.constantFrom(...SPELLINGS.map(([typed]) => typed));
    const character = fc.constantFrom(...'0123456789 ,.:-atUTCxZ\u00a0é');

    fc.assert(
      fc.property(spelling, fc.nat(60), character, (typed, position, garble) => {
        const read = readTypedInstant(
          typed.slice(0, position) + garble + typed.slice(position + 1),
          '2026-07-10',
        );

        if (typeof read === 'object') expect(toInstant(Date.parse(read.at))).toBe(read.at);
        else expect(read).toBe('unreadable');
      }),
      { numRuns: 1000 },
    );
  });
});

describe('readTypedDay', () => {
  it.each([
    ['July 5, 2026', '2026-07-05'],
    [' May 29,2024 ', '2024-05-29'],
    ['May 3rd 2024', '2024-05-03'],
    ['2024-05-29', '2024-05-29'],
  ])('reads %j as %s', (typed, day) => {
    expect(readTypedDay(typed)).toBe(day);
  });

  it.each(['', 'last week', 'February 30, 2024', '2024-02-30', '29-05-2024', 'May 29'])(
    'does not guess at %j',
    (typed) => {
      expect(readTypedDay(typed)).toBeNull();
    },
  );
});
