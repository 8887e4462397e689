// What the history and its chart say, in French.

import { formatsFor } from '../../notify/text/format.ts';
import type { HistoryWords, Selected } from './history-words.ts';

const { number, count } = formatsFor('fr');
const monthName = new Intl.DateTimeFormat('fr-CA', { month: 'short', timeZone: 'UTC' });

/** Before a colon, so that it never begins a line. */
const NB = '\u00a0';

export const frHistory: HistoryWords = {
  title: ({ type, year }, page) => {
    const of = year === null ? (type === null ? 'Historique des rondes' : 'rondes') : `rondes de ${year}`;
    const title = type === null ? `${of.charAt(0).toUpperCase()}${of.slice(1)}` : `${type}${NB}: ${of}`;
    return page === null ? title : `${title}, page ${page}`;
  },
  description: (selected, draws) =>
    `${draws} d’Entrée express${inWords(selected)}, chacune avec sa date, son seuil, ses invitations et son bassin.`,
  extent: (draws, first, last) =>
    first === last
      ? `${count(draws, 'ronde', 'rondes')}, le ${first}.`
      : `${count(draws, 'ronde', 'rondes')}, du ${first} au ${last}.`,
  draws: (draws) => count(draws, 'ronde', 'rondes'),
  filter: {
    name: 'Quelles rondes afficher',
    type: 'Type',
    year: 'Année',
    order: 'Ordre',
    allTypes: 'Tous les types',
    allYears: 'Toutes les années',
    show: 'Afficher',
  },
  sorts: {
    newest: 'Les plus récentes d’abord',
    oldest: 'Les plus anciennes d’abord',
    lowest: 'Seuil le plus bas d’abord',
    highest: 'Seuil le plus élevé d’abord',
    largest: 'Le plus d’invitations d’abord',
    smallest: 'Le moins d’invitations d’abord',
  },
  chart: 'Graphique',
  table: 'Rondes',
  poolNote: 'Le bassin réunit tous les candidats, quelles que soient les personnes visées par la ronde.',
  poolAsOf: (candidates, day) => `${candidates} au ${day}`,
  pages: 'Pages du tableau',
  page: (page) => `Page ${page}`,
  previous: 'Page précédente',
  next: 'Page suivante',
  asFile: `Ces rondes dans un fichier${NB}:`,
  csv: 'CSV, pour les tableurs',
  json: 'JSON, pour les programmes',
  nothing: (selected) => ({
    title: 'Il n’y a pas de telles rondes',
    lines: [`Aucune ronde n’est connue${inWords(selected)}.`],
  }),
  unknown: {
    title: 'Il n’y a pas de telles rondes',
    lines: [
      'L’adresse a peut-être été coupée, ou elle nomme un type, une année ou une page qui n’existe pas.',
    ],
  },
  toAll: 'Toutes les rondes',
  drawing: {
    name: 'Graphique des seuils et des invitations',
    cutoffs: 'Seuil',
    invitations: 'Invitations',
    title: (first, last) => `Seuils et invitations, du ${first} au ${last}`,
    description: ({ draws, lowest, highest, smallest, largest }) =>
      `${count(draws, 'ronde', 'rondes')}, avec des seuils de ${number(lowest)} à ${number(highest)}${
        smallest === null || largest === null
          ? ''
          : ` et de ${number(smallest)} à ${count(largest, 'invitation', 'invitations')}`
      }. Les mêmes chiffres figurent dans le tableau sous le graphique.`,
    note: 'Chaque marque est une ronde, à son jour et à son seuil. Chaque barre, plus bas, montre combien de personnes une ronde a invitées.',
    broken: `Les seuils sont répartis en bandes, chacune avec son échelle${NB}: une désignation vaut à elle seule 600 points.`,
    clipped: 'Une barre accompagnée de son nombre dépasse l’échelle.',
    highlight: 'Mettre en évidence',
    all: 'Tous les types',
    others: 'Autres types',
    asTable: 'Le graphique en chiffres',
    byType: `Par type${NB}: le nombre de rondes et d’invitations, et les seuils.`,
    byYear: `Par année${NB}: le nombre de rondes et d’invitations, et les seuils.`,
    year: 'Année',
    draws: 'Rondes',
    lowest: 'Seuil le plus bas',
    highest: 'Seuil le plus élevé',
    latest: 'Dernier seuil',
    month: (date) => monthName.format(date),
  },
};

function inWords({ type, year }: Selected): string {
  return `${type === null ? '' : ` du type ${type}`}${year === null ? '' : ` en ${year}`}`;
}
