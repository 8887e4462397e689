// What the page says that compares a profile with draws, in every language.

import type { Outcome } from '../../match/verdict.ts';
import type { Site } from '../site.ts';

/** So many draws, and of how many of them each came. */
export type Counts = { draws: number } & Record<Outcome, number>;

export interface CheckWords {
  title: string;
  description: string;
  lead: string;
  /** What becomes of what is filled in. */
  kept: Record<Site['kind'], string>;
  /** Where a file cannot answer by itself. */
  noScript: string;
  /** In the browser: what the answer is made from could not be had. */
  noData: string;
  draws: {
    label: string;
    latest: string;
    all: string;
    unknown: string;
  };
  /** A draw in a list to choose from; what is not published is left out. */
  option(number: string, day: string, type: string, cutoff: string | null): string;
  /** What a draw is called in a sentence. */
  draw(number: string): string;
  button: string;
  /** Above the form, where an answer stands above it. */
  again: string;
  /** What came of many draws: above all that is said of them. */
  inAll(counts: Counts): string;
  near: string;
  /** How near, behind the name of a draw. */
  nearMiss(draw: string, type: string, day: string, short: string): string;
  /** Leads to the page of the draw. */
  allAbout: string;
  outcome: string;
  outcomes: Record<Outcome, string>;
  latestTable: string;
  /** Of so many draws, newest first. */
  recentTable(shown: number): string;
  /** What came of the draws that are not shown. */
  rest(counts: Counts): string;
  /** Above links to the fields that would decide it. */
  give: string;
  noDraw: string;
  /** Too many forms came from one network. */
  tooMany: string;
  /** What an answer is, and what it is not. */
  accountDecides: string;
}
