// Until when a patrol looks.

import { describe, expect, it } from 'vitest';
import { readUntil } from '../../src/job/until.ts';

const at = (instant: string) => Date.parse(instant);
const read = (text: string, now: string) => {
  const ms = readUntil(text, at(now));
  return ms === null ? null : new Date(ms).toISOString();
};

describe('the end of a patrol', () => {
  it.each([
    ['18:45', '2024-05-31T13:05:20Z', '2024-05-31T22:45:00.000Z'],
    ['18:45', '2024-01-31T14:05:59Z', '2024-01-31T23:45:00.000Z'],
    ['9:05', '2024-05-31T13:04:59Z', '2024-05-31T13:05:00.000Z'],
    ['00:00', '2024-05-31T13:04:59Z', '2024-05-31T13:04:59.000Z'],
  ])('%s in Toronto, begun at %s, is at %s', (text, now, end) => {
    expect(read(text, now)).toBe(end);
  });

  it('is past when that time has been today: it is not meant for tomorrow', () => {
    expect(read('13:45', '2024-05-31T17:45:00Z')).toBe('2024-05-31T17:45:00.000Z');
    expect(read('13:45', '2024-05-31T23:00:00Z')).toBe('2024-05-31T23:00:00.000Z');
  });

  it.each([
    // 2024-03-10, 02:00 to 03:00 is left out; 2024-11-03, 01:00 to 02:00 comes twice.
    ['02:30', '2024-03-10T06:00:00Z', '2024-03-10T07:00:00.000Z'],
    ['03:30', '2024-03-10T06:00:00Z', '2024-03-10T07:30:00.000Z'],
    ['01:30', '2024-11-03T04:30:00Z', '2024-11-03T05:30:00.000Z'],
    ['03:30', '2024-11-03T04:30:00Z', '2024-11-03T08:30:00.000Z'],
    ['23:45', '2024-11-03T04:10:00Z', '2024-11-04T04:45:00.000Z'],
  ])('%s on a day on which the clocks change, begun at %s, is at %s', (text, now, end) => {
    expect(read(text, now)).toBe(end);
  });

  it('may be an instant', () => {
    expect(read('2024-05-31T22:45:00Z', '2024-05-31T13:00:00Z')).toBe('2024-05-31T22:45:00.000Z');
    expect(read('2024-05-31T18:45:00-04:00', '2024-05-31T13:00:00Z')).toBe('2024-05-31T22:45:00.000Z');
  });

  it.each(['', '24:00', '18:60', '1845', '18:45 ', 'six', '2024-05-31', '-1:00', '18:45:00'])(
    'is not %o',
    (text) => {
      expect(read(text, '2024-05-31T13:00:00Z')).toBeNull();
    },
  );
});
