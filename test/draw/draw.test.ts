// The order of draws.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareDraws, compareNumbers } from '../../src/draw/draw.ts';
import { shippedDraws } from './history.ts';

describe('compareNumbers', () => {
  it('counts, and puts a letter behind its number', () => {
    const numbers = ['100', '91b', '9', '92', '91', '91a', '10'];

    expect(numbers.sort(compareNumbers)).toEqual(['9', '10', '91', '91a', '91b', '92', '100']);
  });
});

describe('compareDraws', () => {
  it('puts the day before the number', () => {
    const [first, second] = shippedDraws();

    const later = { ...first, number: '1', date: '2026-01-01' } as NonNullable<typeof first>;

    expect(compareDraws(second as NonNullable<typeof second>, later)).toBeLessThan(0);
  });

  it('brings any shuffled history into one order', () => {
    const draws = shippedDraws();

    fc.assert(
      fc.property(fc.shuffledSubarray(draws, { minLength: draws.length }), (shuffled) => {
        expect(shuffled.sort(compareDraws)).toEqual(draws);
      }),
      { numRuns: 10 },
    );
  });
});
