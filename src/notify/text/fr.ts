// verdict -> words, in French. Names of programmes and categories are the official ones.

import type { DrawBrief, RecordKind } from '../../event/event.ts';
import { formatsFor } from './format.ts';
import { frChanges } from './fr-changes.ts';
import { frDraw } from './fr-draw.ts';
import { frDrawTypes, frPrograms } from './fr-names.ts';
import { frReasons } from './fr-reasons.ts';
import type { Answer, Words } from './words.ts';

const formats = formatsFor('fr');
const { number, day, count } = formats;

/** French sets a no-break space before a colon and inside guillemets. */
const NB = '\u00a0';

const RECORDS: Record<RecordKind, { brief: string; what(type: string, value: string): string }> = {
  'lowest-cutoff': {
    brief: 'seuil le plus bas à ce jour',
    what: (type, value) => `la ronde ${quoted(type)} au seuil le plus bas à ce jour, ${value}`,
  },
  'highest-cutoff': {
    brief: 'seuil le plus élevé à ce jour',
    what: (type, value) => `la ronde ${quoted(type)} au seuil le plus élevé à ce jour, ${value}`,
  },
  'largest-round': {
    brief: 'la plus grande à ce jour',
    what: (type, value) => `la plus grande ronde ${quoted(type)} à ce jour, ${value} invitations`,
  },
};

export const fr: Words = {
  ...formats,
  locale: 'fr',

  drawTypes: frDrawTypes,
  otherDrawType: (label) => quoted(label),
  programs: frPrograms,
  outcomes: {
    invited: 'Vous auriez reçu une invitation',
    'not-invited': 'Vous n’auriez pas reçu d’invitation',
    'cannot-tell': 'Impossible de dire si vous auriez reçu une invitation',
  },

  ...frReasons,
  ...frDraw,

  specials: {
    'draw_type.new': (_, type) => ({
      brief: 'toute première',
      what: `la toute première ronde ${quoted(type)} connue`,
      detail: null,
    }),
    'draw_type.returned': ({ dormantDays, drawsBetween, previous }, type) => ({
      brief: `première en ${count(dormantDays, 'jour', 'jours')}`,
      what: `la première ronde ${quoted(type)} en ${count(dormantDays, 'jour', 'jours')}`,
      detail: `précédente${NB}: ${drawBrief(previous)}; ${count(drawsBetween, 'ronde', 'rondes')} d’autres types entre-temps`,
    }),
    'category.revised': ({ version, previousVersion, previous }, type) => ({
      brief: `désormais version ${version}`,
      what: `la première ronde ${quoted(type)} selon la version ${version} de la catégorie`,
      detail: `précédente${NB}: version ${previousVersion}, ${drawBrief(previous)}`,
    }),
    'record.set': ({ record, value, previous }, type) => ({
      brief: RECORDS[record].brief,
      what: RECORDS[record].what(type, number(value)),
      detail: `jusque-là${NB}: ${drawBrief(previous)}`,
    }),
  },

  fields: {
    crs: 'votre note, telle que la montre votre compte d’IRCC',
    crsAsOf: 'le jour où cette note a été relevée, par exemple 2024-05-01',
    profileSubmittedAt:
      'le moment où votre profil Entrée express a été soumis pour la première fois, par exemple 2024-03-19T18:58:58Z (en UTC); le jour seul suffit s’il n’est proche ni de la ronde ni du départage',
    programs: `les programmes auxquels vous êtes admissible${NB}: cec, fsw, fst, ou aucun`,
    nominated: 'si une province vous a désigné ou désignée, oui ou non',
    frenchNclc7: 'si votre français est de niveau NCLC 7 ou plus pour les quatre compétences, oui ou non',
    experience: `votre travail qualifié des trois dernières années${NB}: pour chaque profession, le code de la CNP 2021, les mois, si au moins six d’entre eux ont été sans interruption et s’ils ont été accomplis au Canada; ou qu’il n’y en a pas`,
    militaryRecruit:
      'si vous remplissez les trois conditions fixées pour les recrues militaires qualifiées (service dans les forces armées d’un autre pays, offre des Forces armées canadiennes, études postsecondaires), oui ou non',
    'experience.continuous':
      'pour chaque profession de votre profil, si au moins autant de mois que la ronde en demandait ont été sans interruption, oui ou non',
    'experience.inCanada':
      'pour chaque profession de votre profil, si le travail a été accompli au Canada, oui ou non; s’il l’a été en partie, les mois au Canada et ceux à l’étranger',
  },
  consent: {
    operator: (when) =>
      `Vous recevez ce message parce que la personne responsable de cette liste vous y a inscrit ou inscrite le ${when} et a attesté votre consentement.`,
    list: () =>
      'Vous recevez ce message parce que la personne responsable de cette liste y a inscrit votre adresse et a attesté votre consentement.',
    'sign-up': (when) =>
      `Vous recevez ce message parce que vous vous y êtes inscrit ou inscrite et l’avez confirmé le ${when}.`,
  },

  mail: {
    subject: (outcome, answer, type) =>
      `${outcome}${NB}: n°${NB}${answer.number}${type === null ? '' : ` ${type}`}, ${answer.day}, ${
        answer.cutoff === null ? 'sans seuil' : `seuil ${answer.cutoff}`
      }, ${answer.score === null ? 'votre note inconnue' : `vous ${answer.score}${margin(answer)}`}`,
    lead: (outcome, answer, special) =>
      `${outcome} lors de la ronde n°${NB}${answer.number} (${answer.type.name}, ${answer.day})${NB}: ${
        answer.cutoff === null ? 'aucun seuil n’a été publié' : `le seuil était de ${answer.cutoff}`
      }, ${
        answer.score === null
          ? 'nous ne connaissons pas votre note'
          : `votre note est de ${answer.score}${margin(answer)}`
      }.${special === null ? '' : ` C’était ${special}.`}`,
    drawLine: (answer) => `Ronde n°${NB}${answer.number}, ${answer.type.name}, ${answer.day}`,
    headings: {
      why: 'Pourquoi',
      care: 'À lire avec prudence',
      missing: 'Ce qui manque',
      standing: 'Où vous vous situez',
      special: 'Ce que cette ronde a de particulier',
      draw: 'La ronde',
      about: 'À propos de ce message',
    },
    labels: {
      cutoff: 'Seuil',
      score: 'Votre note',
      margin: 'Écart',
      number: 'Ronde',
      date: 'Date',
      type: 'Type',
      published: 'Nom publié',
      invitations: 'Invitations',
      tieBreak: 'Départage',
      pool: 'Bassin de candidats',
    },
    notPublished: 'non publié',
    notKnown: 'inconnue',
    yearInferred: (instant) => `${instant} (publié sans l’année)`,
    pool: (candidates, asOf) =>
      asOf === null
        ? `${candidates}, tous types confondus`
        : `${candidates} au ${asOf}, tous types confondus`,
    pair: (name, value) => `${name}${NB}: ${value}`,
    howToGive: 'La personne responsable de cette liste peut l’ajouter, et une réponse à ce courriel suffit.',
    giveThere: 'Ajoutez-le sur votre page',
    manage: `Votre page${NB}: changer votre note, votre profil ou ce qui vous est annoncé, suspendre ou quitter`,
    nothingToGive: 'Il ne manque rien de votre côté.',
    scoreAsOf: (score, noted) =>
      `La note de ${score} a été relevée le ${noted}; celle qui compte est celle du jour de la ronde.`,
    accountDecides:
      'Ce message compare ce que vous nous avez dit aux chiffres publiés. Seul votre compte d’IRCC montre si vous avez reçu une invitation.',
    officialPage: 'Cette ronde sur la page officielle',
    ourPage: 'Tout sur cette ronde',
    rehearsal: {
      marked: (text) => `Essai${NB}: ${text}`,
      lead: `Ceci est un essai${NB}: il ne s’est rien passé de nouveau.`,
      heading: 'Ceci est un essai',
      lines: [
        `Il ne s’est rien passé de nouveau${NB}: il s’agit ici de la dernière ronde connue. Ce message est envoyé pour montrer que nos messages vous parviennent et à quoi ils ressemblent.`,
        'La réponse repose sur ce que vous nous avez dit jusqu’à présent.',
      ],
    },
    sentBy: (sender) => `Envoyé par ${sender}`,
    unsubscribe: 'Se désabonner (tout de suite, sans ouvrir de session)',
    unsubscribeByMail: (address, subject) =>
      `Pour ne plus recevoir ces messages, envoyez un courriel à ${address} avec l’objet ${quoted(subject)}.`,
    notAdvice: 'Information, et non conseil. Sans lien avec le gouvernement du Canada.',
    copyOfFigures:
      'Les chiffres sont une copie de ceux que publie Immigration, Réfugiés et Citoyenneté Canada, faite sans son approbation.',
  },
  changes: frChanges,
};

function quoted(text: string): string {
  return text.startsWith('«') ? text : `«${NB}${text}${NB}»`;
}

function margin(answer: Answer): string {
  return answer.margin === null ? '' : ` (${answer.margin})`;
}

function drawBrief({ date, invitations, cutoff }: DrawBrief): string {
  const size = invitations === null ? '' : `, ${count(invitations, 'invitation', 'invitations')}`;
  return `${day(date)}${size}${cutoff === null ? '' : ` à ${number(cutoff)}`}`;
}
