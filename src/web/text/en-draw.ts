// What the page of a draw says, in English.

import { formatsFor } from '../../notify/text/format.ts';
import type { DrawPageWords } from './draw-words.ts';

const { count } = formatsFor('en');

export const enDraw: DrawPageWords = {
  withdrawn: {
    heading: 'This draw was withdrawn',
    consequence: 'What stands here is how it had been published. It is no longer listed among the draws.',
  },
  check: 'Would you have been invited?',
  category: {
    source: 'The official page about categories',
    occupations: (occupations) => count(occupations, 'occupation', 'occupations'),
  },
  pool: {
    caption: 'How many candidates had a score in each band, whatever the draw was for.',
    reached: ({ cutoff, candidates, total }) =>
      `About ${candidates} of these ${total} candidates had the cut-off score of ${cutoff} or a higher one (an estimate of the whole pool, not of one programme or category).`,
  },
  corrections: {
    heading: 'What the publisher has corrected',
    caption: 'Each change, and when it was seen here. Oldest first.',
  },
  facts: 'As it was published',
  around: {
    heading: 'Other draws',
    older: 'The draw before',
    newer: 'The draw after',
    olderOfType: 'The one before of this type',
    newerOfType: 'The one after of this type',
    draw: (number) => `Draw #${number}`,
  },
  unknown: {
    title: 'No such draw is known',
    lines: [
      'Perhaps its number was mistyped, or it has not been published yet.',
      'A draw is found by its number, such as 297, or as ircc-297.',
    ],
  },
  latest: 'The latest draw',
  all: 'All draws',
};
