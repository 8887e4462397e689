// What the page of a draw says, in French.

import { formatsFor } from '../../notify/text/format.ts';
import type { DrawPageWords } from './draw-words.ts';

/** Before a question mark and inside of `n° 297`, so that none begins a line. */
const NB = '\u00a0';
const { count } = formatsFor('fr');

export const frDraw: DrawPageWords = {
  withdrawn: {
    heading: 'Cette ronde a été retirée',
    consequence:
      'Ce qui figure ici est ce qui en avait été publié. Elle n’est plus comptée parmi les rondes.',
  },
  check: `Auriez-vous reçu une invitation${NB}?`,
  category: {
    source: 'La page officielle sur les catégories',
    occupations: (occupations) => count(occupations, 'profession', 'professions'),
  },
  pool: {
    caption:
      'Combien de candidats avaient une note dans chaque intervalle, quel que soit le type de la ronde.',
    reached: ({ cutoff, candidates, total }) =>
      `Environ ${candidates} de ces ${total} candidats avaient la note du seuil, ${cutoff}, ou une note plus élevée (une estimation pour tout le bassin, et non pour un programme ou une catégorie).`,
  },
  corrections: {
    heading: 'Ce qui a été corrigé à la source',
    caption: 'Chaque changement, et quand il a été constaté ici. Du plus ancien au plus récent.',
  },
  facts: 'Telle qu’elle a été publiée',
  around: {
    heading: 'Autres rondes',
    older: 'La ronde précédente',
    newer: 'La ronde suivante',
    olderOfType: 'La précédente de ce type',
    newerOfType: 'La suivante de ce type',
    draw: (number) => `Ronde n°${NB}${number}`,
  },
  unknown: {
    title: 'Aucune ronde de ce numéro n’est connue',
    lines: [
      'Son numéro comporte peut-être une faute de frappe, ou elle n’a pas encore été publiée.',
      `On trouve une ronde par son numéro, par exemple 297, ou par ircc-297.`,
    ],
  },
  latest: 'La dernière ronde',
  all: 'Toutes les rondes',
};
