// What the pages say, in French.

import type { PageWords } from './words.ts';

/** Before a colon, so that it never begins a line. */
const NB = '\u00a0';
const KEPT = `Il reste un code tiré de votre adresse, qui ne révèle l’adresse à personne${NB}: il nous empêche de vous écrire de nouveau.`;
const ANSWER = `Ou répondez à l’un des messages en demandant de ne plus en recevoir${NB}: cela suffit.`;

export const fr: PageWords = {
  frame: {
    language: 'Français',
    skip: 'Aller au contenu',
    rooms: 'Pages',
    names: {
      home: 'Accueil',
      history: 'Rondes',
      types: 'Types',
      check: 'Votre note',
      subscribe: 'S’abonner',
      api: 'Fils et API',
    },
    about: 'À propos de ces pages, et de ce qui est gardé sur vous',
  },
  unsubscribe: {
    ask: {
      title: 'Se désabonner',
      lines: [
        'Le bouton met fin à tous les messages de cette liste, immédiatement.',
        `Votre adresse, votre note et votre profil sont supprimés. ${KEPT}`,
        'Un message déjà en route peut encore vous parvenir.',
      ],
    },
    button: 'Ne plus m’envoyer de messages',
    done: {
      title: 'Désabonnement effectué',
      lines: [
        'Cette liste ne vous envoie plus de messages.',
        `Votre adresse, votre note et votre profil ont été supprimés. ${KEPT}`,
        'Un message déjà en route peut encore vous parvenir.',
      ],
    },
    unknownLink: {
      title: 'Ce lien ne fonctionne pas',
      lines: [
        'Une partie s’est peut-être perdue en chemin. Rien n’a été changé.',
        'Ouvrez le lien dans le message même, ou copiez-le en entier.',
        ANSWER,
      ],
    },
    notUnderstood: {
      title: 'Rien n’a été changé',
      lines: ['Ce qui a été envoyé n’est pas ce que cette page demande. Le bouton, lui, le fait.'],
    },
  },
  notFound: {
    title: 'Cette page n’existe pas',
    lines: [
      'Elle a peut-être changé de place, ou l’adresse a été coupée. Les pages qui existent figurent ci-dessus.',
      `Pour ne plus recevoir de messages, suivez le lien dans l’un d’eux. ${ANSWER}`,
    ],
  },
  notAllowed: {
    title: 'Cette page ne peut pas faire cela',
    lines: ['Elle est là pour être lue. Rien n’a été changé.'],
  },
  tooLarge: {
    title: 'C’est trop',
    lines: [`On peut envoyer au plus 64${NB}Ko à cette page. Rien n’a été changé.`],
  },
  foreign: {
    title: 'Ce formulaire vient d’un autre site',
    lines: ['Rien n’a été changé. Ouvrez la page ici, et envoyez le formulaire de là.'],
  },
  fault: {
    title: 'Une erreur s’est produite ici',
    lines: ['Rien n’a été changé. Réessayez dans quelques minutes.', ANSWER],
  },
};
