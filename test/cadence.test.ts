// When to look: words read and written, Toronto's clock, and how long a round waits to be seen.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Cadence,
  DEFAULT_CADENCE,
  formatCadence,
  intervalAt,
  isDue,
  nextLook,
  readCadence,
} from '../src/cadence.ts';
import { percentile, seededRandom, simulateLatency } from './bench/latency.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Milliseconds. */
function at(instant: string): number {
  return Date.parse(instant);
}

function read(words: string): Cadence {
  const cadence = readCadence(words);
  if (!cadence) throw new Error(`not understood: ${words}`);
  return cadence;
}

describe('the words of a cadence', () => {
  it('say the default', () => {
    const words = 'every minute Monday to Friday 09:30 to 18:45, every 30 minutes otherwise';

    expect(readCadence(words)).toEqual(DEFAULT_CADENCE);
    expect(formatCadence(DEFAULT_CADENCE)).toBe(words);
  });

  it.each([
    ['every 5 minutes', 'every 5 minutes'],
    ['every 1 minute', 'every minute'],
    ['Every Hour Otherwise', 'every hour'],
    ['every 24 hours', 'every 24 hours'],
    ['every 1440 minutes', 'every 24 hours'],
    ['every 90 minutes', 'every 90 minutes'],
    [
      'EVERY MINUTE MONDAY TO FRIDAY FROM 9:30 TO 18:45; EVERY 30 MINUTES OTHERWISE',
      'every minute Monday to Friday 09:30 to 18:45, every 30 minutes otherwise',
    ],
    [
      'every minute on weekdays between 09:00 and 17:00, every 2 hours weekends, every hour',
      'every minute Monday to Friday 09:00 to 17:00, every 2 hours Saturday and Sunday, every hour otherwise',
    ],
    [
      'every 10 minutes Saturday and Sunday, every 5 minutes',
      'every 10 minutes Saturday and Sunday, every 5 minutes otherwise',
    ],
    [
      'every 10 minutes Monday, Wednesday, every hour',
      'every 10 minutes Monday and Wednesday, every hour otherwise',
    ],
    [
      'every 10 minutes Mondays, Wednesdays, and Fridays 10:00-12:00, every hour',
      'every 10 minutes Monday, Wednesday and Friday 10:00 to 12:00, every hour otherwise',
    ],
    [
      'every 2 minutes Sat to Mon, every hour otherwise',
      'every 2 minutes Monday, Saturday and Sunday, every hour otherwise',
    ],
    [
      'every 2 minutes Tue-Thurs and Sun, every hour',
      'every 2 minutes Tuesday to Thursday and Sunday, every hour otherwise',
    ],
    [
      'every 2 minutes 10:00 to 11:00 Tuesday, every hour',
      'every 2 minutes Tuesday 10:00 to 11:00, every hour otherwise',
    ],
    ['every hour 22:00 to 06:00, every 5 minutes', 'every hour 22:00 to 06:00, every 5 minutes otherwise'],
    [
      'every hour every day 20:00 to 24:00, every 5 minutes',
      'every hour 20:00 to 24:00, every 5 minutes otherwise',
    ],
    ['  every   minute  Monday ,\n every hour   otherwise ', 'every minute Monday, every hour otherwise'],
  ])('may be "%s"', (words, canonical) => {
    const cadence = readCadence(words);

    expect(cadence && formatCadence(cadence)).toBe(canonical);
  });

  it.each([
    '',
    'sometimes',
    'every',
    'every 0 minutes',
    'every 30 seconds',
    'every 1441 minutes',
    'every 25 hours',
    'every 1.5 hours',
    'every -5 minutes',
    'every 5 minutes please',
    'every minute Monday to Friday 09:30 to 18:45',
    'every minute Funday, every hour otherwise',
    'every minute M, every hour otherwise',
    'every minute Monday to Friday to Sunday, every hour otherwise',
    'every minute 09:30, every hour otherwise',
    'every minute 09:30 to 24:01, every hour otherwise',
    'every minute 09:60 to 18:00, every hour otherwise',
    'every minute 24:00 to 08:00, every hour otherwise',
    'every minute 08:00 to 08:00, every hour otherwise',
    'every minute 08:00 to 09:00 10:00 to 11:00, every hour otherwise',
    'every minute, every hour otherwise',
    'every minute otherwise, every hour',
    'every minute Monday otherwise',
    'every minute Monday every hour otherwise',
    'every hour otherwise,',
    '*/5 * * * *',
  ])('are not understood: "%s"', (words) => {
    expect(readCadence(words)).toBeNull();
  });

  it('read back as the cadence they were written from', () => {
    fc.assert(
      fc.property(cadences, (cadence) => {
        expect(readCadence(formatCadence(cadence))).toEqual(cadence);
        expect(readCadence(formatCadence(cadence).toUpperCase())).toEqual(cadence);
      }),
    );
  });

  it('never make the reader fail, whatever they are', () => {
    const words = fc.constantFrom(
      'every',
      'minute',
      '5',
      'hours',
      'Monday',
      'to',
      ',',
      ';',
      'and',
      '09:30',
      'otherwise',
      '',
    );

    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(words).map((list) => list.join(' ')),
        ),
        (text) => {
          const cadence = readCadence(text);
          if (cadence) expect(readCadence(formatCadence(cadence))).toEqual(cadence);
        },
      ),
    );
  });
});

describe('the interval at a moment', () => {
  it.each([
    ['a Friday before office hours', '2024-05-31T13:29:59Z', 30],
    ['a Friday as office hours begin', '2024-05-31T13:30:00Z', 1],
    ['a Friday in their last minute', '2024-05-31T22:44:59Z', 1],
    ['a Friday as they end', '2024-05-31T22:45:00Z', 30],
    ['a Saturday', '2024-06-01T16:00:00Z', 30],
    ['a Monday in Toronto that is a Tuesday in Greenwich', '2024-06-04T00:30:00Z', 30],
    ['a winter morning at 09:29 in Toronto', '2026-03-06T14:29:00Z', 30],
    ['a winter morning at 09:30 in Toronto', '2026-03-06T14:30:00Z', 1],
    ['the first Monday of summer time at 09:30', '2026-03-09T13:30:00Z', 1],
    ['the first Monday after it at 09:29', '2026-11-02T14:29:00Z', 30],
    ['the first Monday after it at 09:30', '2026-11-02T14:30:00Z', 1],
  ])('follows the default on %s', (_, instant, minutes) => {
    expect(intervalAt(DEFAULT_CADENCE, at(instant))).toBe(minutes);
  });

  it('is that of the first rule that holds', () => {
    const cadence = read('every 2 minutes Friday 12:00 to 13:00, every 10 minutes Friday, every hour');

    const intervals = ['15:59', '16:00', '17:00'].map((time) =>
      intervalAt(cadence, at(`2024-05-31T${time}:00Z`)),
    );

    expect(intervals).toEqual([10, 2, 10]);
  });

  it('counts the hours after midnight to the day on which they began', () => {
    const cadence = read('every minute Friday 22:00 to 02:00, every hour');

    const friday = [
      '2024-05-31T05:00:00Z', // 01:00
      '2024-06-01T01:59:00Z', // 21:59
      '2024-06-01T02:00:00Z', // 22:00
      '2024-06-01T05:59:00Z', // 01:59 on Saturday
      '2024-06-01T06:00:00Z', // 02:00 on Saturday
    ].map((instant) => intervalAt(cadence, at(instant)));

    expect(friday).toEqual([60, 60, 1, 1, 60]);
  });
});

describe('a look', () => {
  const everyFive = read('every 5 minutes');

  it('is due at once where there was none', () => {
    expect(isDue(everyFive, null, at('2024-05-31T16:00:00Z'))).toBe(true);
  });

  it('is due by whole minutes, whatever the jitter of the tick before and of this one', () => {
    const late = at('2024-05-31T16:00:04Z');

    expect(isDue(everyFive, late, at('2024-05-31T16:04:59Z'))).toBe(false);
    expect(isDue(everyFive, late, at('2024-05-31T16:05:00Z'))).toBe(true);
    expect(isDue(DEFAULT_CADENCE, late, at('2024-05-31T16:01:00Z'))).toBe(true);
    expect(isDue(DEFAULT_CADENCE, late, at('2024-05-31T16:00:59Z'))).toBe(false);
  });

  it('is due at once after a sleep', () => {
    expect(isDue(DEFAULT_CADENCE, at('2024-05-31T22:50:00Z'), at('2024-06-01T09:00:00Z'))).toBe(true);
  });

  it('is due when the last one was dated by a clock that ran ahead', () => {
    expect(isDue(everyFive, at('2025-05-31T16:00:00Z'), at('2024-05-31T16:00:00Z'))).toBe(true);
  });

  it('is not due sooner than asked for, and no later than the cadence where that is longer', () => {
    const last = at('2024-05-31T16:00:00Z');

    expect(isDue(DEFAULT_CADENCE, last, last + 4 * MINUTE, 5)).toBe(false);
    expect(isDue(DEFAULT_CADENCE, last, last + 5 * MINUTE, 5)).toBe(true);
    expect(isDue(read('every hour'), last, last + 59 * MINUTE, 5)).toBe(false);
    expect(isDue(read('every hour'), last, last + 60 * MINUTE, 5)).toBe(true);
  });

  it('comes next when the office hours begin, not half an hour after the last one', () => {
    expect(new Date(nextLook(DEFAULT_CADENCE, at('2024-05-31T13:10:30Z'))).toISOString()).toBe(
      '2024-05-31T13:30:00.000Z',
    );
    expect(new Date(nextLook(DEFAULT_CADENCE, at('2024-05-31T16:00:02Z'), 5)).toISOString()).toBe(
      '2024-05-31T16:05:00.000Z',
    );
  });

  it.each([
    ['2026-03-08', 'in spring'],
    ['2026-11-01', 'in autumn'],
  ])('comes every half hour through the night the clocks change, %s', (day) => {
    const looks = [at(`${day}T04:00:00Z`)];
    while (looks.length < 10) looks.push(nextLook(DEFAULT_CADENCE, looks.at(-1) as number));

    const gaps = looks.slice(1).map((look, index) => (look - (looks[index] as number)) / MINUTE);

    expect(new Set(gaps)).toEqual(new Set([30]));
  });

  it('is due from its next minute on, and in none before', () => {
    const instants = fc.integer({ min: at('2025-01-01T00:00:00Z'), max: at('2027-01-01T00:00:00Z') });
    const atLeast = fc.integer({ min: 1, max: 90 });

    fc.assert(
      fc.property(cadences, instants, atLeast, (cadence, lastLook, least) => {
        const next = nextLook(cadence, lastLook, least);

        expect(isDue(cadence, lastLook, next, least)).toBe(true);
        expect(isDue(cadence, lastLook, next + MINUTE - 1, least)).toBe(true);
        expect(next - lastLook).toBeGreaterThan((least - 1) * MINUTE);
        expect(next - lastLook).toBeLessThanOrEqual(DAY);
        for (let now = lastLook; now < next; now += MINUTE)
          expect(isDue(cadence, lastLook, now, least)).toBe(false);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a round that is published', () => {
  // The first and the last time of day at which one ever was.
  const FROM = 9 * HOUR + 57 * MINUTE;
  const TO = 18 * HOUR + 29 * MINUTE;
  const MONDAYS = ['2026-01-12T05:00:00Z', '2026-07-13T04:00:00Z'].map(at);

  function weekdayTimes(random: () => number): number[] {
    return MONDAYS.flatMap((monday) =>
      Array.from({ length: 400 }, (_, index) => monday + (index % 5) * DAY + FROM + random() * (TO - FROM)),
    );
  }

  it('is seen within a minute, 95 times of 100, by the default cadence', () => {
    const random = seededRandom(7);

    const seconds = simulateLatency(DEFAULT_CADENCE, weekdayTimes(random), random);

    expect(percentile(seconds, 0.95)).toBeLessThanOrEqual(60);
    expect(percentile(seconds, 0.5)).toBeLessThanOrEqual(33);
    expect(Math.max(...seconds)).toBeLessThanOrEqual(64);
  });

  it('waits up to five minutes, and up to an hour, by slower ones', () => {
    const random = seededRandom(7);
    const published = weekdayTimes(random);

    const [five, sixty] = ['every 5 minutes', 'every hour'].map((words) =>
      percentile(simulateLatency(read(words), published, random), 0.95),
    );

    expect(five).toBeGreaterThan(260);
    expect(five).toBeLessThanOrEqual(305);
    expect(sixty).toBeGreaterThan(50 * 60);
  });
});

/** As `readCadence` makes them. */
const days = fc
  .uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 6 })
  .map((list) => list.sort((a, b) => a - b));
const hours = fc
  .record({ from: fc.integer({ min: 0, max: 1_439 }), to: fc.integer({ min: 0, max: 1_440 }) })
  .filter(({ from, to }) => from !== to && !(from === 0 && to === 1_440));
const minutes = fc.integer({ min: 1, max: 1_440 });
const rules = fc
  .record({ minutes, days: fc.option(days), hours: fc.option(hours) })
  .filter((rule) => rule.days !== null || rule.hours !== null);
const cadences: fc.Arbitrary<Cadence> = fc.record({
  rules: fc.array(rules, { maxLength: 4 }),
  otherwise: minutes,
});
