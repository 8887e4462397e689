// Where a score stands among all candidates.

import { describe, expect, it } from 'vitest';
import { standingOf } from '../../src/match/standing.ts';
import { shippedDraw } from '../draw/history.ts';

const draw = shippedDraw(297);

describe('standingOf', () => {
  it('counts the whole pool as of its day, and the invitations that would have reached the score', () => {
    expect(standingOf(draw, { crs: 471 })).toEqual({
      asOf: '2024-05-29',
      total: 224404,
      atOrAbove: 54909,
      invitationsNeeded: 54909,
    });
  });

  it('says nothing where the score is not told', () => {
    expect(standingOf(draw, {})).toBeNull();
  });

  it('says nothing where the pool is not known, as of the first 227 rounds', () => {
    expect(standingOf({ ...draw, pool: null }, { crs: 471 })).toBeNull();
    expect(standingOf(shippedDraw(176), { crs: 471 })).toBeNull();
  });

  it('is the same for any programme: the pool is of all', () => {
    expect(standingOf(draw, { crs: 500, programs: ['fst'] })).toEqual(
      standingOf(draw, { crs: 500, programs: ['cec'], nominated: true }),
    );
  });

  it('keeps the day of the pool open where it was not published', () => {
    const pool = draw.pool && { ...draw.pool, asOf: null };

    expect(standingOf({ ...draw, pool }, { crs: 471 })).toMatchObject({ asOf: null, atOrAbove: 54909 });
  });
});
