// verdicts -> words, in French: what many of them come to.

import { formatsFor } from './format.ts';
import type { JudgedWords } from './judged-words.ts';

const { number, count, list } = formatsFor('fr');

/** French sets a no-break space before a colon. */
const NB = '\u00a0';

export const frJudged: JudgedWords = {
  record: ({ invited, of, open, latest, known }) =>
    `Une invitation aurait été reçue dans ${number(invited)} des ${number(of)} dernières rondes${openIn(open)}${
      latest === null
        ? `, et dans aucune des ${number(known)} connues.`
        : `; la dernière fois le ${latest.day}, ${latest.draw}, ${latest.type}.`
    }`,
  latest: ({ invited, of, open, types }) =>
    `Une invitation aurait été reçue dans la dernière ronde de ${number(invited)} types sur ${number(of)}${openIn(open)}${
      types.length > 0 ? `${NB}: ${list(types)}` : ''
    }.`,
  byType: (counts) =>
    `Par type${NB}: ${counts.map(([type, draws]) => `${type} ${number(draws)}`).join(', ')}.`,
  nearestMiss: ({ draw, type, day }, points) =>
    `Ronde manquée de peu${NB}: ${draw}, ${frJudged.short(points)} (${type}, ${day}).`,
  short: (points) =>
    points === 0 ? 'au seuil même, mais après le départage' : `à ${count(points, 'point', 'points')} près`,
  about: (draws, others) =>
    list(others === 0 ? draws : [...draws, count(others, 'autre ronde', 'autres rondes')]),
  aboutAll: 'Toutes ces rondes',
  asIfThen:
    'Les rondes plus anciennes sont comparées au profil tel qu’il est indiqué maintenant, comme s’il avait été le même alors.',
};

function openIn(open: number): string {
  return open > 0 ? ` (pour ${number(open)} de plus, impossible de le dire)` : '';
}
