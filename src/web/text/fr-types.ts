// What the pages of types say, in French.

import { formatsFor } from '../../notify/text/format.ts';
import type { TypePageWords, TypesWords } from './types-words.ts';

/** Before a colon, so that it never begins a line. */
const NB = '\u00a0';
const { count, number } = formatsFor('fr');
const monthName = new Intl.DateTimeFormat('fr-CA', { month: 'long', year: 'numeric', timeZone: 'UTC' });
const occupations = (many: number) => count(many, 'profession', 'professions');

const type: TypePageWords = {
  description: (name, draws, first, latest) =>
    `${name}${NB}: ${count(draws, 'ronde', 'rondes')} d’Entrée express, du ${first} au ${latest}, avec les retours, les records, les versions et tous les seuils.`,
  dormant: (days) =>
    `En sommeil${NB}: sa dernière ronde a eu lieu ${count(days, 'jour', 'jours')} avant la plus récente de toutes.`,
  check: `Auriez-vous reçu une invitation lors de la plus récente${NB}?`,
  audience: 'À qui s’adressait sa dernière ronde',
  chart: 'Les seuils et les invitations au fil du temps',
  returns: 'Retours après une longue absence',
  records: {
    heading: 'Records',
    names: {
      'lowest-cutoff': 'Seuil le plus bas',
      'highest-cutoff': 'Seuil le plus élevé',
      'largest-round': 'Plus grande ronde',
    },
    moves: (moves) => `Son évolution, en ${count(moves, 'étape', 'étapes')}`,
  },
  versions: {
    heading: 'Versions de la catégorie',
    version: (name) => `Version ${name}`,
    inForce: (from, until) =>
      until === null
        ? `En vigueur depuis ${article(from)}${from}.`
        : `En vigueur ${since(from)}${from} jusqu’au ${until}.`,
    asNamed: (names) => `Ses rondes portent le nom ${names}.`,
    draws: (draws) =>
      `${count(draws, 'ronde a eu lieu', 'rondes ont eu lieu')} sous cette version, la dernière${NB}:`,
    undrawn: 'Aucune ronde tenue sous cette version n’est connue ici.',
    added: (many) => `Nouveau sur sa liste${NB}: ${occupations(many)}`,
    removed: (many) => `Ne figure plus sur sa liste${NB}: ${occupations(many)}`,
    same: 'Sa liste nomme les mêmes professions que la version précédente.',
    all: (many) => `Sa liste${NB}: ${occupations(many)}`,
    month: (text) => monthName.format(new Date(`${text}-01`)),
  },
  table: {
    heading: 'Toutes ses rondes',
    caption: 'De la plus récente à la plus ancienne.',
    version: 'Version',
    gap: 'Jours depuis la précédente',
  },
  feeds: 'Fils de ce type',
};

export const frTypes: TypesWords = {
  title: 'Types de rondes',
  description: `Tous les types de rondes qu’Entrée express a connus${NB}: leur nombre, la dernière, son seuil et ses invitations.`,
  intro: (types, draws) =>
    `${count(types, 'type', 'types')} dans ${count(draws, 'ronde', 'rondes')}. Chacun mène à sa première ronde, à ses retours, à ses records et à tout son historique.`,
  table: 'Types de rondes',
  caption: 'Selon la dernière ronde, de la plus récente à la plus ancienne.',
  draws: 'Rondes',
  latest: 'Dernière ronde',
  first: 'Première ronde',
  latestCutoff: 'Dernier seuil',
  latestInvitations: 'Dernières invitations',
  daysSince: 'Jours écoulés depuis',
  dormant: 'en sommeil',
  dormantNote: (days) =>
    `En sommeil${NB}: la dernière ronde a eu lieu plus de ${number(days)} jours avant la plus récente de toutes.`,
  undrawn: (names) => `Catégories annoncées dont aucune ronde n’est connue${NB}: ${names}.`,
  none: 'Aucune ronde n’est encore connue.',
  unknown: {
    title: 'Aucun type de ce nom n’est connu',
    lines: [
      'Son nom comporte peut-être une faute de frappe, ou aucune ronde de ce type n’a encore été publiée.',
    ],
  },
  toAll: 'Tous les types',
  type,
};

/** A day has an article, a month has none. */
function article(from: string): string {
  return /^\d/.test(from) ? 'le ' : '';
}

function since(from: string): string {
  return /^\d/.test(from) ? 'du ' : 'de ';
}
