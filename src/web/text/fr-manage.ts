// What a reader's own page says, in French.

import type { ManageWords } from './manage-words.ts';

/** Before a colon, so that it never begins a line. */
const NB = '\u00a0';

export const frManage: ManageWords = {
  title: 'Votre abonnement',
  goesTo: (address) => `Les messages vont à ${address}.`,
  paused: `Il est suspendu${NB}: rien ne vous est envoyé.`,
  done: {
    save: 'Enregistré. Cela vaut à partir de maintenant.',
    pause: 'Abonnement suspendu. Rien ne vous est envoyé tant que vous ne le reprenez pas ici.',
    resume: 'L’abonnement reprend. Vous êtes averti ou avertie de ce qui se passe à partir de maintenant.',
  },
  save: 'Enregistrer',
  pause: {
    heading: 'Suspendre',
    text: 'Rien n’est envoyé pendant la suspension, ni plus tard sur ce qui s’est passé entre-temps.',
    button: 'Suspendre les messages',
  },
  resume: {
    heading: 'Reprendre',
    text: 'À partir de là, vous êtes averti ou avertie de ce qui se passe, mais non de ce qui s’est passé pendant la suspension.',
    button: 'M’envoyer de nouveau des messages',
  },
  export: {
    heading: 'Ce qui est gardé sur vous',
    text: `Tout dans un seul fichier${NB}: adresse, profil, votre consentement et ses termes, et ce qui vous a été envoyé.`,
    link: 'Tout en JSON',
  },
  leave: {
    heading: 'Quitter',
    sure: 'Oui, tout supprimer',
    notSure: 'Pour quitter, cochez la case au-dessus du bouton. Rien n’a été changé.',
    button: 'Tout supprimer et quitter',
  },
  expired: {
    title: 'Ce lien a expiré',
    lines: [
      'Les liens vers votre page fonctionnent pendant 90 jours. Le message le plus récent en contient un plus récent, et le bouton vous en fait envoyer un.',
    ],
  },
  sendAnother: 'M’envoyer un nouveau lien',
  another: {
    title: 'Consultez maintenant votre courriel',
    lines: [
      'S’il est possible d’écrire à l’adresse, un courriel avec un nouveau lien est en route.',
      'Il est envoyé au plus trois fois par jour, et jamais deux fois en cinq minutes.',
    ],
  },
  unknownLink: {
    title: 'Ce lien ne fonctionne pas',
    lines: [
      'Une partie s’est peut-être perdue en chemin. Rien n’a été changé.',
      'Ouvrez le lien dans le message même, ou copiez-le en entier.',
    ],
  },
  nobody: {
    title: 'Il n’y a pas d’abonnement ici',
    lines: ['Il y a peut-être été mis fin, ou il n’a jamais été confirmé.'],
  },
  notUnderstood: 'Ce qui a été envoyé n’est pas ce que cette page demande. Rien n’a été changé.',
};
