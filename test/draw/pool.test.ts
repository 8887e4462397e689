// Candidates at or above a score: the higher bands, and a share of the score's own.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { candidatesAtOrAbove, type Pool } from '../../src/draw/pool.ts';
import { shippedDraw, shippedDraws } from '../draw/history.ts';

const pools = shippedDraws().flatMap(({ number, date, pool }) => (pool ? [{ number, date, pool }] : []));
const poolOf = (number: number) => shippedDraw(number).pool as Pool;
const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);

/** A pool like those published: bands without gaps from 1200 down to 0. */
const anyPool: fc.Arbitrary<Pool> = fc.oneof(
  fc.constantFrom(...pools.map(({ pool }) => pool)),
  fc
    .tuple(
      fc.uniqueArray(fc.integer({ min: 1, max: 1199 }), { minLength: 1, maxLength: 15 }),
      fc.array(fc.nat(100_000), { minLength: 16, maxLength: 16 }),
    )
    .map(([cuts, counts]) => {
      const froms = [...cuts.sort((a, b) => b - a), 0];
      const bands = froms.map((from, index) => ({
        from,
        to: index === 0 ? 1200 : (froms[index - 1] as number) - 1,
        candidates: counts[index] as number,
      }));
      return { asOf: null, total: sum(bands.map(({ candidates }) => candidates)), bands };
    }),
);
const anyScore = fc.integer({ min: 0, max: 1200 });

describe('candidates at or above a score', () => {
  it('of 471 were 47,411 to 54,909 in the rounds of spring 2024', () => {
    const spring = pools.filter(({ date }) => date >= '2024-03-20' && date < '2024-06-01');
    const counts = spring.map(({ pool }) => candidatesAtOrAbove(pool, 471) as number);

    expect(spring.map(({ number }) => number)).toEqual('290 291 292 293 294 295 296 297'.split(' '));
    expect([Math.min(...counts), Math.max(...counts)]).toEqual([47_411, 54_909]);
  });

  it('are about 1,300 more for each point between 481 and 500, of late', () => {
    const late = pools.filter(({ date }) => date >= '2025-02-01');

    const perPoint = late.map(({ pool }) => {
      const [top, bottom] = [501, 481].map((score) => candidatesAtOrAbove(pool, score) as number);
      return ((bottom as number) - (top as number)) / 20;
    });

    expect(late.length).toBeGreaterThan(80);
    expect(sum(perPoint) / late.length).toBeGreaterThan(1200);
    expect(sum(perPoint) / late.length).toBeLessThan(1400);
    for (const count of perPoint) expect(Math.abs(count - 1300)).toBeLessThan(150);
  });

  // 491-500 holds 8,855 candidates in the pool of #297, 501-600 14,211, 601-1200 2,918.
  it.each([
    [501, 17_129],
    [500, 17_129 + 886],
    [495, 17_129 + 5_313],
    [492, 17_129 + 7_970],
    [491, 17_129 + 8_855],
    [490, 17_129 + 8_855 + 1_212],
    [600, 2_918 + 142],
    [601, 2_918],
    [1200, 5],
  ])('of %i, by the share of its band in #297: %i', (score, count) => {
    expect(candidatesAtOrAbove(poolOf(297), score)).toBe(count);
  });

  it('of 0 are all of the bands, in each pool ever published', () => {
    for (const { pool } of pools)
      expect(candidatesAtOrAbove(pool, 0)).toBe(sum(pool.bands.map(({ candidates }) => candidates)));
  });

  it('of 0 are the published total, but for #247, which contradicts itself', () => {
    const differing = pools.filter(({ pool }) => candidatesAtOrAbove(pool, 0) !== pool.total);

    expect(differing.map(({ number }) => number)).toEqual(['247']);
    // The total counts 55,867 between 451 and 500, its bands hold 55,687: two digits changed places.
    expect(poolOf(247).total).toBe(230_189);
    expect(candidatesAtOrAbove(poolOf(247), 0)).toBe(230_009);
    expect(candidatesAtOrAbove(poolOf(247), 451)).toBe(604 + 884 + 55_687);
  });

  it('of 1200 are hardly any', () => {
    for (const { pool } of pools) {
      const count = candidatesAtOrAbove(pool, 1200) as number;
      expect(count).toBe(Math.round((pool.bands[0]?.candidates as number) / 600));
    }
  });

  it('fall, or stay, as the score rises', () => {
    fc.assert(
      fc.property(anyPool, anyScore, anyScore, (pool, a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];

        expect(candidatesAtOrAbove(pool, high)).toBeLessThanOrEqual(candidatesAtOrAbove(pool, low) as number);
      }),
    );
  });

  it('are at the bottom of a band all down to it, and within it between its neighbours', () => {
    fc.assert(
      fc.property(anyPool, anyScore, (pool, score) => {
        const own = pool.bands.findIndex(({ from, to }) => from <= score && score <= to);
        const higher = sum(pool.bands.slice(0, own).map(({ candidates }) => candidates));
        const { from, candidates } = pool.bands[own] as Pool['bands'][number];

        const count = candidatesAtOrAbove(pool, score) as number;

        expect(candidatesAtOrAbove(pool, from)).toBe(higher + candidates);
        expect(count).toBeGreaterThanOrEqual(higher);
        expect(count).toBeLessThanOrEqual(higher + candidates);
        expect(Number.isInteger(count)).toBe(true);
      }),
    );
  });

  it('do not mind the order of the bands', () => {
    fc.assert(
      fc.property(anyPool, anyScore, (pool, score) => {
        const reversed = { ...pool, bands: [...pool.bands].reverse() };

        expect(candidatesAtOrAbove(reversed, score)).toBe(candidatesAtOrAbove(pool, score));
      }),
    );
  });

  it('are not known where no band holds the score', () => {
    const gap: Pool = { asOf: null, total: 3, bands: [{ from: 501, to: 600, candidates: 3 }] };

    expect(candidatesAtOrAbove(gap, 500)).toBeNull();
    expect(candidatesAtOrAbove(gap, 601)).toBeNull();
    expect(candidatesAtOrAbove({ asOf: null, total: 0, bands: [] }, 500)).toBeNull();
  });
});
