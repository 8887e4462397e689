// A draw (round of invitations), normalized: what every source parses to and everything after reads.

import type { DrawType } from './draw-type.ts';
import type { Pool } from './pool.ts';

/** The immigration programmes a draw may invite from. */
export const PROGRAMS = ['fsw', 'cec', 'fst', 'pnp'] as const;
export type Program = (typeof PROGRAMS)[number];

/** One draw, as in the public contract. What is not known is `null`, never 0 or "". */
export interface Draw {
  /** `<source>:<number>`, e.g. `ircc:91a`. */
  id: string;
  source: string;
  /** As published; not an integer: 91a and 91b are two draws. */
  number: string;
  /** The day of the draw, `YYYY-MM-DD`: the one fact about time to trust. */
  date: string;
  /** The instant the publisher gives for the draw, typed by hand: it may contradict `date`. */
  issuedAt: string | null;
  /** The publisher's name for the draw, in the source's language. */
  label: string;
  type: DrawType;
  /** The version of a category, e.g. `1`, `2023-1`, `2026-3`. */
  version: string | null;
  programs: Program[] | null;
  invitations: number | null;
  scoreSystem: 'crs';
  /** The score of the lowest-ranked candidate invited. */
  cutoff: number | null;
  /** A candidate with exactly the cut-off score must have submitted the profile by this instant. */
  tieBreakAt: string | null;
  pool: Pool | null;
  url: string | null;
  /** Present only where a part that was not published had to be inferred (ircc:208: a year). */
  inferred?: 'tieBreakAt'[];
}

/** Oldest first: by day, then by number, then by the letter behind it. */
export function compareDraws(a: Draw, b: Draw): number {
  if (a.date !== b.date) return a.date < b.date ? -1 : 1;
  return compareNumbers(a.number, b.number);
}

/** Draws and their parts are plain values built with their keys in one order, so their JSON says whether they are equal. */
export function sameFacts(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** 9 before 10, 91 before 91a before 91b. */
export function compareNumbers(a: string, b: string): number {
  const difference = Number.parseInt(a, 10) - Number.parseInt(b, 10);
  if (difference !== 0 && !Number.isNaN(difference)) return difference;
  return a === b ? 0 : a < b ? -1 : 1;
}
