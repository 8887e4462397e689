// Where a score stands among all candidates: an estimate from the pool as published with a draw. Pure.

import type { Draw } from '../draw/draw.ts';
import { candidatesAtOrAbove } from '../draw/pool.ts';
import type { Profile } from './profile.ts';

/** Of the whole pool, never of a programme or category. */
export interface Standing {
  /** The day of the pool; `null` when it was not published. */
  asOf: string | null;
  /** Candidates in the pool. */
  total: number;
  /** Estimated: candidates with this score or a higher one. */
  atOrAbove: number;
  /** Estimated: how many invitations a round for all programmes would have needed to reach everyone with this score. */
  invitationsNeeded: number;
}

/** `null` where the score or the pool is not known. */
export function standingOf({ pool }: Draw, { crs }: Profile): Standing | null {
  const atOrAbove = pool === null || crs === undefined ? null : candidatesAtOrAbove(pool, crs);
  if (pool === null || atOrAbove === null) return null;
  return { asOf: pool.asOf, total: pool.total, atOrAbove, invitationsNeeded: atOrAbove };
}
