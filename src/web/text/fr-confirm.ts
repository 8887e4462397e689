// What the page says on which a sign-up is confirmed, in French.

import type { ConfirmWords } from './confirm-words.ts';

/** Before a colon and a question mark, so that they never begin a line. */
const NB = '\u00a0';

export const frConfirm: ConfirmWords = {
  ask: {
    title: 'Confirmer votre inscription',
    lines: [
      'Quelqu’un a inscrit cette adresse pour être averti des rondes d’Entrée express. Le bouton confirme que c’était vous; d’ici là, rien n’est envoyé.',
    ],
  },
  changed:
    'L’adresse a été inscrite de nouveau depuis que cette page a été ouverte. Voici ce qui est noté maintenant.',
  labels: {
    address: 'Adresse',
    language: 'Langue',
    score: 'Note',
    notices: 'Annonces',
  },
  noted: (score, day) => `${score}, relevée le ${day}`,
  notTold: 'non indiquée',
  notYou: `Ce n’était pas vous${NB}? Alors il n’y a rien à faire${NB}: ce qui n’est pas confirmé dans les 7 jours est supprimé, et le lien à la fin du courriel empêche quiconque d’inscrire cette adresse de nouveau.`,
  button: `Confirmer${NB}: m’envoyer ces messages`,
  done: {
    title: 'Inscription confirmée',
    lines: [
      'Chaque fois qu’une nouvelle ronde est publiée, ou qu’une ronde est corrigée, vous en êtes averti ou avertie selon vos choix.',
      'À la fin de chaque message, un lien mène à votre page, et un autre met fin aux messages.',
    ],
  },
  already: {
    title: 'L’inscription est déjà confirmée',
    lines: ['Il n’y a plus rien à faire. À la fin de chaque message, un lien mène à votre page.'],
  },
  over: {
    title: 'Ce lien ne fonctionne plus',
    lines: [
      'Une inscription est gardée 7 jours, et plus longtemps seulement si elle est confirmée. Une nouvelle inscription apporte un nouveau lien.',
    ],
  },
  again: 'S’inscrire de nouveau',
  unknownLink: {
    title: 'Ce lien ne fonctionne pas',
    lines: [
      'Une partie s’est peut-être perdue en chemin. Rien n’a été changé.',
      'Ouvrez le lien dans le message même, ou copiez-le en entier.',
    ],
  },
};
