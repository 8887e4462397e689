// everything known about a draw -> words, in French.

import type { ExplainWords } from './explain-words.ts';

/** French sets a no-break space before a colon. */
const NB = '\u00a0';

export const frExplain: ExplainWords = {
  headings: {
    comparison: 'Par rapport à la ronde précédente du même type',
    audience: 'À qui elle s’adressait',
    list: 'La liste',
    pool: 'Le bassin',
    origin: 'Où elle a été lue',
  },
  labels: {
    timeGiven: 'Heure indiquée',
    version: 'Version',
    programs: 'Programmes',
    category: 'Catégorie',
    certainty: 'Certitude',
    source: 'Source',
    occupations: 'Professions',
    noc: 'CNP',
    occupation: 'Profession',
    score: 'Note',
    candidates: 'Candidats',
    atOrAbove: 'Cette note ou plus',
    corrected: 'Correction',
    what: 'Quoi',
    how: 'Comment',
    officialPage: 'Page officielle',
    readFrom: 'Lue dans',
    takenIn: 'Reprise',
    fetched: 'Consultée',
    firstSeen: 'Vue pour la première fois',
    revision: 'Révision',
  },
  contradictsDate: (issued) => `${issued}, ce qui contredit la date`,
  withdrawn: (since) => `Retrait${NB}: depuis le ${since}, cette ronde est tenue pour retirée à la source.`,
  noEarlier: 'Aucune ronde antérieure n’est connue.',
  band: (from, to) => `${from} à ${to}`,
  cutoffHere: (cutoff) => `seuil ${cutoff}`,
  bandsDiffer: (sum) => `Tels que publiés, les intervalles totalisent ${sum}, ce qui n’est pas le total.`,
  shipped: (file) => `${file}, fourni avec drawbell`,
  withStatus: (url, status) => `${url} (état ${status})`,
};
