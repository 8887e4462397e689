// verdicts -> words, in English: what many of them come to.

import { formatsFor } from './format.ts';
import type { JudgedWords } from './judged-words.ts';

const { number, count, list } = formatsFor('en');

export const enJudged: JudgedWords = {
  record: ({ invited, of, open, latest, known }) =>
    `Would have been invited in ${number(invited)} of the last ${number(of)} draws${openIn(open)}${
      latest === null
        ? `, nor in any of the ${number(known)} known.`
        : `; last on ${latest.day}, ${latest.draw}, ${latest.type}.`
    }`,
  latest: ({ invited, of, open, types }) =>
    `Would have been invited in the latest draw of ${number(invited)} of ${number(of)} types${openIn(open)}${
      types.length > 0 ? `: ${list(types)}` : ''
    }.`,
  byType: (counts) => `By type: ${counts.map(([type, draws]) => `${type} ${number(draws)}`).join(', ')}.`,
  nearestMiss: ({ draw, type, day }, points) =>
    `Nearest miss: ${draw}, ${enJudged.short(points)} (${type}, ${day}).`,
  short: (points) =>
    points === 0 ? 'at the cut-off, but after the tie-break' : `${count(points, 'point', 'points')} short`,
  about: (draws, others) =>
    list(others === 0 ? draws : [...draws, count(others, 'other draw', 'other draws')]),
  aboutAll: 'All of these draws',
  asIfThen: 'Older draws are compared with the profile as it is given now, as if it had been the same then.',
};

function openIn(open: number): string {
  return open > 0 ? ` (${number(open)} more cannot be told)` : '';
}
