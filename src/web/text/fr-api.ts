// What the page about feeds and the API says, in French.

import { formatsFor } from '../../notify/text/format.ts';
import type { ApiWords } from './api-words.ts';

/** Before a colon, so that it never begins a line. */
const NB = '\u00a0';
const { number } = formatsFor('fr');

export const frApi: ApiWords = {
  title: 'Fils et API',
  description: `Les rondes d’Entrée express pour lecteurs de fils, calendriers et programmes${NB}: Atom, RSS, JSON Feed, iCalendar et JSON.`,
  contents: 'Sur cette page',
  feeds: {
    heading: 'Fils et calendriers',
    text: 'Un lecteur de fils montre chaque nouvelle ronde d’un fil; Atom, RSS et JSON Feed contiennent les 50 plus récentes. Un calendrier abonné à un fichier iCalendar montre chaque ronde à sa date. Une ronde corrigée garde son entrée et reçoit une nouvelle date de mise à jour.',
    all: 'Toutes les rondes',
    noDraw: 'aucune à ce jour',
  },
  reading: {
    heading: 'Pour les programmes',
    served: [
      'La lecture ne demande aucune clé, et les pages de tout autre site peuvent lire ici aussi. Les réponses sont en JSON, en UTF-8. Ce qui n’est pas connu est `null`, jamais 0 ni un texte vide. Les jours s’écrivent AAAA-MM-JJ, les instants selon la RFC 3339, en UTC.',
      `Une réponse peut être gardée une minute. Chacune porte un ETag${NB}: redemandez avec \`If-None-Match\`, et la réponse est 304, sans corps, tant que rien n’a changé. Une ronde figure sur ces pages quelques secondes après avoir été constatée, si bien qu’une demande par minute suffit; un webhook arrive plus tôt.`,
      `Une erreur est en JSON aussi${NB}: \`error.message\` dit ce qui ne va pas, \`error.faults\` contient chaque défaut avec \`where\`, \`expected\` et \`found\`. Un paramètre inconnu est refusé avec 422, de même qu’une valeur qu’un paramètre ne prend pas.`,
    ],
    static: [
      'Ce sont des fichiers en JSON, écrits chaque fois que le site l’est. Ce qui n’est pas connu est `null`, jamais 0 ni un texte vide. Les jours s’écrivent AAAA-MM-JJ, les instants selon la RFC 3339, en UTC.',
    ],
    placeholder: (code) => `Dans les exemples, \`${code}\` tient lieu de l’adresse de ce site.`,
    document: 'La même chose sous forme de document OpenAPI 3.1',
  },
  groups: {
    draws: { heading: 'Rondes', text: null },
    check: { heading: 'Vérifier un profil', text: null },
    endpoints: {
      heading: 'Les webhooks d’une équipe',
      text: `Avec une clé, une équipe s’occupe elle-même de ses webhooks. La personne responsable de ces pages crée les clés avec \`drawbell keys add\`. Les réponses sont destinées à une seule équipe${NB}: les pages d’autres sites ne peuvent pas les lire.`,
    },
  },
  summaries: {
    listDraws: 'Les rondes, les plus récentes en premier',
    getDraw: 'Tout ce que l’on sait d’une ronde',
    listTypes: 'Les types de rondes, avec leurs records, leurs retours et leurs versions',
    listPools: 'Le bassin, tel que publié avec chaque ronde',
    listEvents: 'Ce qui a été constaté au sujet des rondes, le plus récent en premier',
    checkProfile: 'Ce que des rondes auraient voulu dire pour un profil',
    addEndpoint: 'Ajouter un point de terminaison',
    listEndpoints: 'Tous les points de terminaison de l’équipe, et comment chacun se porte',
    getEndpoint: 'Un point de terminaison, et comment il se porte',
    changeEndpoint: 'Changer où est un point de terminaison, ou ce qu’il reçoit',
    removeEndpoint: 'Oublier un point de terminaison, et tout ce qui restait à lui envoyer',
    listDeliveries: 'Les 100 derniers avis à un point de terminaison, et ce que chacun est devenu',
    testEndpoint: 'Envoyer un exemple de chaque événement qu’un point de terminaison reçoit',
    rotateSecret: 'Donner un autre secret à un point de terminaison',
    replayEndpoint: 'Envoyer à un point de terminaison ce qu’il n’a pas eu',
    disableEndpoint: 'Ne plus rien envoyer à un point de terminaison',
    enableEndpoint: 'Recommencer à envoyer à un point de terminaison, à partir de maintenant',
  },
  operation: {
    parameters: 'Paramètres',
    required: 'dans le chemin',
    key: 'Demande une clé.',
    body: 'Corps',
    example: 'Exemple',
    answers: 'Réponses',
    exampleAnswer: 'Exemple de réponse',
  },
  values: {
    day: 'un jour, AAAA-MM-JJ',
    instant: 'un instant, RFC 3339',
    text: 'du texte',
    list: 'une liste',
    flag: 'true ou false',
    from: (least) => `un nombre entier à partir de ${number(least)}`,
    range: (least, most) => `un nombre entier de ${number(least)} à ${number(most)}`,
  },
  webhooks: {
    heading: 'Ce que reçoivent les webhooks',
    text: `Pour chacun de ces événements qu’il veut, un point de terminaison reçoit le corps \`{ "type", "timestamp", "data" }\` en JSON, signé selon Standard Webhooks. Le document OpenAPI contient le schéma de chaque corps.`,
    caption: 'Événements',
    event: 'Événement',
    when: 'Quand',
  },
  note: 'Le détail vient du document OpenAPI, qui est en anglais.',
};
