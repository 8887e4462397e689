// What the home page says, in French.

import { formatsFor } from '../../notify/text/format.ts';
import type { HomeWords } from './home-words.ts';

/** Before a colon or a question mark, so that it never begins a line. */
const NB = '\u00a0';
const { count } = formatsFor('fr');

export const frHome: HomeWords = {
  title: 'Les rondes d’Entrée express, et ce que chacune veut dire pour vous',
  description: `Toutes les rondes d’invitations d’Entrée express depuis 2015${NB}: la dernière de chaque type, ce qu’elle a de particulier, et si une note aurait donné lieu à une invitation.`,
  age: {
    justNow: 'il y a moins d’une minute',
    minutes: (minutes) => `il y a ${count(minutes, 'minute', 'minutes')}`,
    hours: (hours) => `il y a environ ${count(hours, 'heure', 'heures')}`,
    on: (when) => `le ${when}`,
  },
  watch: {
    watching: (looked) => `La page officielle est surveillée${NB}: dernière consultation ${looked}.`,
    looked: (looked) => `Dernière consultation de la page officielle ${looked}.`,
    late: (looked) =>
      `La prochaine consultation de la page officielle est en retard${NB}: la dernière a eu lieu ${looked}.`,
    stopped: (looked) =>
      `La page officielle n’est pas surveillée en ce moment${NB}: dernière consultation ${looked}.`,
    failing: (since, looked) =>
      `La page officielle ne peut pas être lue (depuis le ${since}); de nouveaux essais se poursuivent.${
        looked === null
          ? ''
          : ` Dernière lecture ${looked}${NB}: une ronde tenue depuis n’apparaîtrait pas ici.`
      }`,
    quiet: 'Il n’y a pas eu de ronde depuis plus longtemps que d’habitude.',
    never: `La page officielle n’a pas encore été consultée${NB}: les rondes les plus récentes manquent peut-être ici.`,
  },
  newest: {
    heading: 'Dernière nouvelle',
    heldOn: (day) => `Ronde du ${day}.`,
    noticedOn: (when) => `Constaté le ${when}.`,
  },
  doors: {
    mail: {
      heading: 'Un courriel à chaque ronde',
      text: 'Donnez votre note, et ce que vous voulez de votre profil. À chaque ronde, un courriel dit si vous auriez reçu une invitation, et pourquoi. Chaque courriel contient un lien pour se désabonner.',
      link: 'S’abonner',
    },
    feeds: {
      heading: 'Suivre les rondes par un fil',
      text: `Ces fichiers s’allongent à chaque ronde. Un lecteur de fils ou un calendrier montre ce qui est nouveau${NB}:`,
    },
    check: {
      heading: `Auriez-vous reçu une invitation${NB}?`,
      text: 'Comparez une note, et ce que vous voulez d’un profil, à toutes les rondes. La réponse vient avec ses raisons; ce que vous entrez n’est pas conservé.',
      textInBrowser:
        'Comparez une note, et ce que vous voulez d’un profil, à toutes les rondes. La réponse vient avec ses raisons; ce que vous entrez ne quitte pas votre navigateur.',
      link: 'Vérifier une note',
    },
  },
  latest: {
    heading: 'La dernière ronde de chaque type',
    dormant: 'Types sans ronde depuis longtemps',
    dormantNote: (days) =>
      `Leur dernière ronde a eu lieu plus de ${days} jours avant la plus récente de toutes.`,
    none: 'Aucune ronde n’est encore connue.',
    draw: (number, day) => `Ronde n°${NB}${number}, ${day}`,
    nominees:
      'Une désignation par une province ajoute 600 points à une note; les seuils du Programme des candidats des provinces ne se comparent donc pas aux autres.',
    all: (draws, since) => `Les ${draws} rondes depuis le ${since}`,
  },
  feedTitle: 'Rondes d’Entrée express',
};
