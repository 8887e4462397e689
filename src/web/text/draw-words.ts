// What the page of a draw says, in every language.

import type { Text } from './words.ts';

export interface DrawPageWords {
  withdrawn: { heading: string; consequence: string };
  check: string;
  category: {
    /** Leads to the page that names the list. */
    source: string;
    occupations(count: number): string;
  };
  pool: {
    caption: string;
    /** The estimate is rounded; all but `asOf` formatted. */
    reached(facts: { cutoff: string; candidates: string; total: string }): string;
  };
  corrections: { heading: string; caption: string };
  facts: string;
  /** Leads to the other draws around this one. */
  around: {
    heading: string;
    older: string;
    newer: string;
    olderOfType: string;
    newerOfType: string;
    /** `Draw #297`. */
    draw(number: string): string;
  };
  unknown: Text;
  latest: string;
  all: string;
}
