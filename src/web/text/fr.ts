// What the pages say, in French.

import type { PageWords } from './words.ts';

/** Before a colon, so that it never begins a line. */
const NB = '\u00a0';
const KEPT = `Il reste un code tiré de votre adresse, qui ne révèle l’adresse à personne${NB}: il nous empêche de vous écrire de nouveau.`;
const ANSWER = `Ou répondez à l’un des messages en demandant de ne plus en recevoir${NB}: cela suffit.`;

export const fr: PageWords = {
  home: {
    title: 'Drawbell',
    lines: [
      'Drawbell surveille les rondes d’Entrée express du Canada et dit à celles et ceux qui l’ont demandé ce qu’une nouvelle ronde signifie pour eux.',
      'Chaque message dit comment ne plus en recevoir.',
    ],
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
    lines: ['Pour ne plus recevoir de messages, suivez le lien dans l’un d’eux.', ANSWER],
  },
  notAllowed: {
    title: 'Cette page ne peut pas faire cela',
    lines: ['Elle est là pour être lue. Rien n’a été changé.'],
  },
  tooLarge: {
    title: 'C’est trop',
    lines: [`On peut envoyer au plus 64${NB}Ko à cette page. Rien n’a été changé.`],
  },
  fault: {
    title: 'Une erreur s’est produite ici',
    lines: ['Rien n’a été changé. Réessayez dans quelques minutes.', ANSWER],
  },
};
