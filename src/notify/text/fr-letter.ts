// a letter -> words, in French.

import type { LetterWords } from './letter-words.ts';

/** Before a colon or a question mark, so that it never begins a line. */
const NB = '\u00a0';

export const frLetter: LetterWords = {
  confirm: ({ host, when }, until) => ({
    subject: 'Confirmez que vous voulez des messages sur les rondes d’Entrée express',
    eyebrow: `Inscription sur ${host}`,
    title: `Voulez-vous ces messages${NB}?`,
    why: `Quelqu’un a inscrit cette adresse sur ${host} le ${when} pour des messages sur les rondes d’Entrée express${NB}: aucun n’est envoyé sans votre confirmation.`,
    button: 'Voir ce qui a été demandé, et confirmer',
    what: {
      heading: 'De quoi il s’agit',
      lines: [
        `Un message quand une ronde d’Entrée express est publiée${NB}: si le profil donné à l’inscription aurait reçu une invitation, et pourquoi. Les rondes visées figurent sur la page à laquelle mène le lien.`,
        `Le consentement peut être retiré à tout moment${NB}: chaque message contient un lien qui met fin à tous, tout de suite.`,
        `Le lien fonctionne jusqu’au ${until}. L’ouvrir ne change rien${NB}: la page a un bouton pour confirmer.`,
      ],
    },
  }),
  manage: ({ host, when }, until) => ({
    subject: 'Votre page pour les messages sur les rondes d’Entrée express',
    eyebrow: `Votre abonnement sur ${host}`,
    title: 'Voici votre page',
    why: `Le ${when}, quelqu’un a demandé le lien vers votre page ou inscrit de nouveau votre adresse${NB}: vous êtes déjà sur la liste, et rien n’a changé.`,
    button: 'Ouvrir votre page',
    what: {
      heading: 'À quoi elle sert',
      lines: [
        'Vous pouvez y changer votre note, votre profil, la langue et ce qui vous est annoncé, suspendre les messages, obtenir tout ce qui est gardé sur vous, ou quitter la liste.',
        `Le lien fonctionne jusqu’au ${until}, et quiconque l’a peut faire tout cela.`,
      ],
    },
  }),
  'renew-score': (score, day) => ({
    subject: `Votre note est-elle toujours de ${score}${NB}?${day === null ? '' : ` Elle a été relevée le ${day}`}`,
    eyebrow: 'Votre note, telle que vous l’avez donnée',
    title: `Votre note est-elle toujours de ${score}${NB}?`,
    why:
      day === null ? 'Le jour où elle a été relevée n’est pas connu ici.' : `Elle a été relevée le ${day}.`,
    button: 'Donner la note actuelle',
    what: {
      heading: 'Pourquoi cette question',
      lines: [
        'Chaque nouvelle ronde est comparée à la note connue ici. Une note peut changer avec l’âge, les tests de langue, les études et le travail, et chaque fois que les points changent pour tout le monde.',
        'Cette question est posée quand une note date de plus de 90 jours ou d’avant le dernier changement des points, et au plus une fois par trimestre.',
        `Si la note est toujours la même, il n’y a rien à faire${NB}: les messages continuent comme avant.`,
      ],
    },
  }),
  notYou: {
    heading: 'Si ce n’était pas vous',
    confirm: `Il n’y a rien à faire${NB}: sans confirmation, aucun message ne commence, et 7 jours après la dernière inscription l’adresse est oubliée.`,
    never: 'Faire en sorte que personne ne puisse plus inscrire cette adresse',
    manage: 'Rien n’a changé, et la personne en question n’a pas appris que vous êtes sur la liste.',
  },
  asksForConsent: ({ host, when }) =>
    `Ce message demande votre consentement. Il est envoyé parce que l’adresse a été saisie sur une page de ${host} le ${when}.`,
  answerThis:
    'Une réponse à ce courriel suffit, et la personne responsable de cette liste peut changer la note.',
};
