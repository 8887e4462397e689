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
