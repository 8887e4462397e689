// verdict -> words, in French. Names of programmes and categories are the official ones.

import type { DrawBrief, RecordKind } from '../../event/event.ts';
import { formatsFor } from './format.ts';
import { frChanges } from './fr-changes.ts';
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

  drawTypes: {
    general: { name: 'Générale', short: 'Générale' },
    cec: { name: 'Catégorie de l’expérience canadienne', short: 'Expérience canadienne' },
    fsw: { name: 'Programme des travailleurs qualifiés (fédéral)', short: 'Travailleurs qualifiés' },
    fst: {
      name: 'Programme des travailleurs de métiers spécialisés (fédéral)',
      short: 'Travailleurs de métiers spécialisés',
    },
    pnp: { name: 'Programme des candidats des provinces', short: 'Candidats des provinces' },
    french: { name: 'Compétence linguistique en français', short: 'Compétence en français' },
    healthcare: { name: 'Professions de la santé et des services sociaux', short: 'Santé' },
    stem: { name: 'Professions des STIM', short: 'STIM' },
    trades: { name: 'Métiers spécialisés', short: 'Métiers spécialisés' },
    transport: { name: 'Métiers des transports', short: 'Transports' },
    agriculture: { name: 'Métiers de l’agriculture et de l’agroalimentaire', short: 'Agriculture' },
    education: { name: 'Professions de l’éducation', short: 'Éducation' },
    physicians: { name: 'Médecins ayant de l’expérience de travail au Canada', short: 'Médecins' },
    'senior-managers': {
      name: 'Cadres supérieurs/cadres supérieures ayant de l’expérience de travail au Canada',
      short: 'Cadres supérieurs/supérieures',
    },
    researchers: {
      name: 'Chercheurs/chercheuses ayant de l’expérience de travail au Canada',
      short: 'Chercheurs/chercheuses',
    },
    military: { name: 'Recrues militaires qualifiées', short: 'Recrues militaires' },
  },
  otherDrawType: (label) => quoted(label),
  programs: {
    fsw: 'Programme des travailleurs qualifiés (fédéral)',
    cec: 'Catégorie de l’expérience canadienne',
    fst: 'Programme des travailleurs de métiers spécialisés (fédéral)',
    pnp: 'Programme des candidats des provinces',
  },
  outcomes: {
    invited: 'Vous auriez reçu une invitation',
    'not-invited': 'Vous n’auriez pas reçu d’invitation',
    'cannot-tell': 'Impossible de dire si vous auriez reçu une invitation',
  },
  points: (value) => count(value, 'point', 'points'),

  reasons: {
    'below-cutoff': ({ score, points, cutoff }) =>
      `Votre note de ${score} est inférieure de ${points} au seuil de ${cutoff}.`,
    'above-cutoff': ({ score, points, cutoff }) =>
      `Votre note de ${score} est supérieure de ${points} au seuil de ${cutoff}.`,
    'tie-break-met': ({ score, tieBreak, atTieBreak }) =>
      `Votre note de ${score} est exactement celle du seuil, et le départage a donc décidé${NB}: votre profil a été soumis ${
        atTieBreak ? 'à l’instant même' : 'avant l’instant'
      } du départage, le ${tieBreak}${atTieBreak ? ', donc à temps' : ''}.`,
    'tie-break-missed': ({ score, tieBreak }) =>
      `Votre note de ${score} est exactement celle du seuil, et le départage a donc décidé${NB}: votre profil a été soumis après l’instant du départage, le ${tieBreak}.`,
    'tie-break-not-published': ({ score }) =>
      `Votre note de ${score} est exactement celle du seuil, et aucun départage n’a été publié pour cette ronde.`,
    'tie-break-day-too-close': ({ score, submitted, tieBreak }) =>
      `Votre note de ${score} est exactement celle du seuil, et le jour où votre profil a été soumis (${submitted}) est trop proche du départage, le ${tieBreak}, pour en décider sans l’heure.`,
    'cutoff-not-published': () => 'Aucun seuil n’a été publié pour cette ronde.',
    'score-unknown': () => 'Nous ne connaissons pas votre note.',
    'submission-unknown': ({ atCutoff, tieBreak }) =>
      `Nous ne savons pas quand votre profil a été soumis. Cela décide si le profil se trouvait dans le bassin le jour de la ronde${
        atCutoff ? ` et, à exactement la note du seuil, s’il précédait le départage, le ${tieBreak}` : ''
      }.`,
    'submission-day-too-close': ({ submitted }) =>
      `Le moment où votre profil a été soumis (${submitted}) est trop proche de la ronde, ou de la fin des douze mois de validité d’un profil, pour dire si le profil se trouvait dans le bassin.`,
    'submitted-after-draw': ({ submitted }) =>
      `Votre profil a été soumis le ${submitted}, après la ronde${NB}: il n’était pas encore dans le bassin.`,
    'profile-expired': ({ submitted }) =>
      `Votre profil a été soumis le ${submitted}, plus de douze mois avant la ronde${NB}: il n’était plus valide.`,
    'programs-not-eligible': ({ programs }) =>
      programs === null
        ? 'Votre profil n’indique aucun programme visé par cette ronde.'
        : `Cette ronde ne visait pas les programmes de votre profil (${programs}).`,
    'programs-unknown': () => 'Nous ne savons pas à quels programmes vous êtes admissible.',
    'not-nominated': ({ nomineesOnly }) =>
      nomineesOnly
        ? 'Cette ronde visait seulement les personnes désignées par une province, et votre profil n’indique aucune désignation.'
        : 'Votre profil n’indique aucune désignation par une province, qui aurait aussi compté.',
    'nomination-unknown': () => 'Nous ne savons pas si une province vous a désigné ou désignée.',
    'french-below-nclc7': () =>
      'Cette ronde visait un français de niveau NCLC 7 ou plus pour les quatre compétences, et selon votre profil le vôtre est inférieur.',
    'french-unknown': () =>
      'Nous ne savons pas si votre français est de niveau NCLC 7 ou plus pour les quatre compétences.',
    'category-rules-unknown': () =>
      'Cette ronde visait une catégorie dont drawbell ne connaît pas encore les professions ni les mois d’expérience.',
    'draw-type-unknown': () =>
      'Ce genre de ronde est nouveau pour drawbell, qui ne sait donc pas qui elle visait.',
  },

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
    experience: `votre travail qualifié${NB}: pour chaque profession, le code de la CNP 2021 et les mois`,
  },
  consent: {
    operator: (when) =>
      `Vous recevez ce message parce que la personne responsable de cette liste vous y a inscrit ou inscrite le ${when} et a attesté votre consentement.`,
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
      missing: 'Ce qui manque',
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
    nothingToGive: 'Il ne manque rien de votre côté.',
    scoreAsOf: (score, noted) =>
      `La note de ${score} a été relevée le ${noted}; celle qui compte est celle du jour de la ronde.`,
    accountDecides:
      'Ce message compare ce que vous nous avez dit aux chiffres publiés. Seul votre compte d’IRCC montre si vous avez reçu une invitation.',
    officialPage: 'Cette ronde sur la page officielle',
    sentBy: (sender) => `Envoyé par ${sender}`,
    unsubscribe: (address, subject) =>
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
