// The pool: how many candidates stood in each score band, and as of which day.

/** Both ends of a band belong to it. Bands never overlap. */
export interface Band {
  from: number;
  to: number;
  candidates: number;
}

/** The whole pool, never one programme or category. Bands run from the highest to the lowest. */
export interface Pool {
  asOf: string | null;
  /** As published, even where it differs from the sum of the bands (ircc:247). */
  total: number;
  bands: Band[];
}

/**
 * How many candidates have this score or a higher one: the higher bands, and of the score's own band the linear
 * share. `null` when no band holds the score.
 */
export function candidatesAtOrAbove({ bands }: Pool, score: number): number | null {
  const own = bands.find(({ from, to }) => from <= score && score <= to);
  if (!own) return null;
  const higher = bands.filter(({ from }) => from > score).reduce((sum, band) => sum + band.candidates, 0);
  const share = (own.candidates * (own.to - score + 1)) / (own.to - own.from + 1);
  return higher + Math.round(share);
}
