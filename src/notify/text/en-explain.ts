// everything known about a draw -> words, in English.

import type { ExplainWords } from './explain-words.ts';

export const enExplain: ExplainWords = {
  headings: {
    comparison: 'Compared with the previous draw of its type',
    audience: 'Whom it was for',
    list: 'The list',
    pool: 'The pool',
    origin: 'Where it was read',
  },
  labels: {
    timeGiven: 'Time given',
    version: 'Version',
    programs: 'Programmes',
    category: 'Category',
    certainty: 'Certainty',
    source: 'Source',
    occupations: 'Occupations',
    noc: 'NOC',
    occupation: 'Occupation',
    score: 'Score',
    candidates: 'Candidates',
    atOrAbove: 'This or higher',
    corrected: 'Corrected',
    what: 'What',
    how: 'How',
    officialPage: 'Official page',
    readFrom: 'Read from',
    takenIn: 'Taken in',
    fetched: 'Fetched',
    firstSeen: 'First seen',
    revision: 'Revision',
  },
  contradictsDate: (issued) => `${issued}, which contradicts the date`,
  withdrawn: (since) => `Withdrawn: since ${since} it counts as taken back by its publisher.`,
  noEarlier: 'No earlier one is known.',
  band: (from, to) => `${from} to ${to}`,
  cutoffHere: (cutoff) => `cut-off ${cutoff}`,
  bandsDiffer: (sum) => `As published, the bands add up to ${sum}, which is not the total.`,
  shipped: (file) => `${file}, shipped with drawbell`,
  withStatus: (url, status) => `${url} (status ${status})`,
};
