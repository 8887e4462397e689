// What the history and its chart say, in every language.

import type { Sort } from '../selection.ts';
import type { Text } from './words.ts';

/** What is selected, in words: the name of a type and a year, `null` for all of them. */
export interface Selected {
  type: string | null;
  year: string | null;
}

export interface HistoryWords {
  /** The heading of the page; `page` from the second one on, `null` on the first. */
  title(selected: Selected, page: string | null): string;
  description(selected: Selected, draws: string): string;
  /** How many draws there are, and from when to when; both days formatted. */
  extent(draws: number, first: string, last: string): string;
  draws(draws: number): string;
  filter: {
    /** What the form, or its links, are called to whoever cannot see them. */
    name: string;
    type: string;
    year: string;
    order: string;
    allTypes: string;
    allYears: string;
    show: string;
  };
  sorts: Record<Sort, string>;
  chart: string;
  table: string;
  /** Whom the pool of a draw holds. */
  poolNote: string;
  /** Both formatted. */
  poolAsOf(candidates: string, day: string): string;
  pages: string;
  page(number: string): string;
  previous: string;
  next: string;
  /** Leads to the same draws as a file. */
  asFile: string;
  csv: string;
  json: string;
  /** Nothing is selected by what was asked for. */
  nothing(selected: Selected): Text;
  unknown: Text;
  toAll: string;
  drawing: ChartWords;
}

export interface ChartWords {
  /** What the place it stands in is called to whoever cannot see it. */
  name: string;
  cutoffs: string;
  invitations: string;
  /** Both days formatted. */
  title(first: string, last: string): string;
  /** Read aloud instead of the picture. */
  description(facts: {
    draws: number;
    lowest: number;
    highest: number;
    smallest: number | null;
    largest: number | null;
  }): string;
  note: string;
  /** The panels of cut-offs have a scale each. */
  broken: string;
  /** A bar with its number goes beyond the scale. */
  clipped: string;
  highlight: string;
  all: string;
  /** Types nobody has taught us, together. */
  others: string;
  asTable: string;
  byType: string;
  byYear: string;
  year: string;
  draws: string;
  lowest: string;
  highest: string;
  latest: string;
  /** Its name, in few letters. */
  month(date: Date): string;
}
