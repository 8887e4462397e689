// What the pages say to whoever signs up, in French.

import { formatsFor } from '../../notify/text/format.ts';
import type { SubscribeWords } from './subscribe-words.ts';

const { count } = formatsFor('fr');
/** Before a colon and a question mark, so that they never begin a line. */
const NB = '\u00a0';

export const frSubscribe: SubscribeWords = {
  title: 'S’abonner aux messages',
  description: `Inscrivez-vous avec votre note${NB}: après chaque ronde d’Entrée express, un courriel dit si vous auriez reçu une invitation, et pourquoi.`,
  lead: [
    'Après chaque ronde, un courriel peut vous dire si vous auriez reçu une invitation, et pourquoi.',
    `Seuls l’adresse et votre consentement sont nécessaires. Ce que vous n’indiquez pas d’autre reste inconnu${NB}: rien n’est jamais deviné.`,
  ],
  closed: {
    title: 'Il n’est pas possible de s’inscrire ici pour le moment',
    lines: [
      'Une inscription se confirme par un lien dans un courriel, et ces pages n’ont pas encore d’adresse à laquelle ce lien pourrait mener.',
      'L’historique, la vérification et les fils sont ouverts à tout le monde.',
    ],
  },
  labels: {
    email: 'Adresse courriel',
    locale: 'Langue des messages',
    notify: 'Ce qui vous est annoncé',
    nearMiss: 'Nombre de points manquants, au plus',
    consent: 'Votre consentement',
  },
  hints: {
    email: 'Un lien y est envoyé, pour vérifier qu’elle est à vous.',
    notify: 'Cela peut être changé à tout moment.',
    nearMiss: 'De 1 à 999. Compte si les rondes manquées de peu sont cochées.',
  },
  notices: {
    invited: 'les rondes où vous auriez reçu une invitation',
    'cannot-tell': 'les rondes pour lesquelles il est impossible de le dire, avec ce qui manque',
    'draw-type':
      'un type de ronde nouveau ou de retour après une longue absence, et les nouvelles versions d’une catégorie',
    'every-draw': 'chaque ronde, quoi qu’elle signifie pour vous',
    'near-miss:N': `les rondes manquées de peu${NB}: à quelques points près`,
    correction: 'les corrections qui changent une réponse que vous avez reçue',
  },
  nearMissOf: (points) =>
    `les rondes manquées de peu${NB}: à ${count(points, 'point', 'points')} près au plus`,
  more: 'Votre profil plus en détail, pour des réponses exactes',
  moreHint:
    'Chacun de ces renseignements est décisif pour certaines rondes. S’il manque, il est impossible de dire ce qu’elles signifient pour vous.',
  trap: 'Laissez ce champ vide',
  button: 'S’inscrire',
  faults: {
    email: 'L’adresse courriel est une seule adresse, comme nom@example.org.',
    locale: 'La langue est le français ou l’anglais.',
    notify: 'Au moins un choix de la liste est coché ici, et rien d’autre.',
    nearMiss:
      'Les points d’une ronde manquée de peu sont un nombre entier de 1 à 999, en chiffres seulement.',
    consent: 'Si la case du consentement n’est pas cochée, rien ne peut vous être envoyé.',
  },
  sent: {
    title: 'Consultez maintenant votre courriel',
    lines: [
      'S’il est possible d’écrire à cette adresse, un courriel y est en route. Son lien mène à une page qui vous demande de confirmer.',
      'Le lien fonctionne pendant 7 jours. D’ici à votre confirmation, rien d’autre n’est envoyé; sans elle, ce que vous avez indiqué ici est supprimé.',
      `Rien après quelques minutes${NB}? Le courriel se trouve peut-être dans le dossier des indésirables, ou l’adresse contient une faute de frappe.`,
    ],
  },
  tooMany: (minutes) =>
    `Trop de demandes sont arrivées ici en peu de temps. Rien n’a été changé. Cela fonctionnera de nouveau dans ${count(minutes, 'minute', 'minutes')}.`,
};
