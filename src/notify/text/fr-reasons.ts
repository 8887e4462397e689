// reasons and cautions -> words, in French.

import { instantMs } from '../../draw/calendar.ts';
import type { Program } from '../../draw/draw.ts';
import type { Reasons } from '../../match/reason.ts';
import type { Certainty, Occupation } from '../../match/reference.ts';
import { formatsFor } from './format.ts';
import { frPrograms, theFrProgram } from './fr-names.ts';
import { uncapitalized } from './letters.ts';
import type { ReasonWords } from './reason-words.ts';

const { number, day, moment, count, list, alternatives } = formatsFor('fr');

/** French sets a no-break space before a colon. */
const NB = '\u00a0';

/** How many occupations of a profile a sentence names. */
const NAMED = 5;

const gridChanges: ReasonWords['gridChanges'] = {
  'job-offer-points-removed': 'les 50 ou 200 points accordés pour une offre d’emploi ont été retirés',
  'points-not-known-here': 'nous ne connaissons pas les nouveaux points',
};

const CERTAINTIES: Record<Certainty, string> = {
  high: 'avec certitude',
  'medium-high': 'avec une bonne certitude, mais non entière',
  medium: 'avec une certitude moyenne',
  'second-hand': 'de seconde main seulement',
};

export const frReasons: ReasonWords = {
  reasons: {
    'draw-type-unknown': () =>
      'Ce genre de ronde est nouveau pour drawbell, qui ne sait donc pas qui elle visait.',
    'programs-contradictory': ({ published }) =>
      published.length === 0
        ? 'Cette ronde a été publiée sans aucun programme, ce qui contredit son nom, et il n’est donc pas certain qui elle visait.'
        : `Le nom de cette ronde et les programmes publiés avec elle (${list(published.map((program) => frPrograms[program]))}) se contredisent, et il n’est donc pas certain qui elle visait.`,
    'category-rules-unknown': ({ version }) =>
      version === null
        ? 'Cette ronde visait une catégorie dont son nom n’indique pas la version, et nous ne savons donc pas ce qui était demandé.'
        : `Cette ronde s’est tenue selon la version ${version} de sa catégorie, et nous ne savons pas ce que cette version demande.`,
    'programs-not-eligible': ({ programs, invited }) =>
      `Cette ronde visait ${list(invited.map(theFrProgram))}, et votre profil n’indique ${
        programs.length > 0
          ? `que ${list(programs.map(theFrProgram))}`
          : invited.length > 1
            ? 'aucun d’entre eux'
            : 'aucun programme'
      }.`,
    'programs-unknown': ({ invited }) =>
      `Nous ne savons pas si vous êtes admissible ${alternatives(invited.filter((one) => one !== 'pnp').map(toTheProgram))}.`,
    'not-nominated': ({ nomineesOnly }) =>
      nomineesOnly
        ? 'Cette ronde visait seulement les personnes désignées par une province, et votre profil n’indique aucune désignation.'
        : 'Votre profil n’indique aucune désignation par une province, qui aurait aussi compté.',
    'nomination-unknown': () => 'Nous ne savons pas si une province vous a désigné ou désignée.',
    'french-met': () =>
      'Votre français est de niveau NCLC 7 ou plus pour les quatre compétences, ce que cette ronde demandait.',
    'french-below-nclc7': () =>
      'Cette ronde visait un français de niveau NCLC 7 ou plus pour les quatre compétences, et selon votre profil le vôtre est inférieur.',
    'french-unknown': () =>
      'Nous ne savons pas si votre français est de niveau NCLC 7 ou plus pour les quatre compétences.',
    'occupation-met': (work) =>
      `${yourExperience(work)} suffit${NB}: cette ronde demandait ${months(work.required)}.`,
    'occupation-not-listed': ({ nocs }) =>
      nocs.length === 0
        ? 'Cette ronde visait certaines professions, et votre profil n’indique aucun travail.'
        : nocs.length === 1
          ? `La profession de votre profil (CNP ${nocs[0]}) ne figure pas sur la liste de cette ronde.`
          : `Aucune des professions de votre profil (CNP ${list(named(nocs))}) ne figure sur la liste de cette ronde.`,
    'experience-unknown': ({ required }) =>
      `Nous ne connaissons pas votre expérience de travail, et cette ronde demandait ${months(required)} dans une profession de sa liste.`,
    'months-short': (work) =>
      `Votre profil n’indique que ${months(work.months)} de travail dans la profession ${occupation(work.occupation)}, et cette ronde en demandait ${number(work.required)}.`,
    'months-not-continuous': (work) =>
      `Selon votre profil, ${uncapitalized(yourExperience(work))} ne compte pas ${months(work.required)} sans interruption, comme cette ronde le demandait.`,
    'continuity-unknown': (work) =>
      `Nous ne savons pas si ${uncapitalized(yourExperience(work))} compte ${months(work.required)} sans interruption, comme cette ronde le demandait.`,
    'work-not-in-canada': (work) =>
      `De votre expérience de travail dans la profession ${occupation(work.occupation)}, ${
        work.months === 0 ? 'rien n’a' : `${months(work.months)} ${work.months === 1 ? 'a' : 'ont'}`
      } été acquis au Canada, et cette ronde y demandait ${months(work.required)}.`,
    'work-place-unknown': (work) =>
      `Nous ne savons pas si ${uncapitalized(yourExperience(work))} a été acquise au Canada, et cette ronde y demandait ${months(work.required)}.`,
    'military-met': () =>
      'Selon votre profil, vous remplissez les trois conditions fixées pour les recrues militaires qualifiées.',
    'military-not-met': () =>
      'Cette ronde visait les recrues militaires qualifiées, et selon votre profil vous n’en remplissez pas les trois conditions.',
    'military-unknown': () =>
      'Nous ne savons pas si vous remplissez les trois conditions fixées pour les recrues militaires qualifiées.',
    'submitted-after-draw': ({ submittedAt }) =>
      `Votre profil a été soumis le ${moment(submittedAt)}, après la ronde, et n’était donc pas encore dans le bassin.`,
    'profile-expired': ({ submittedAt }) =>
      `Votre profil a été soumis le ${moment(submittedAt)}, plus de douze mois avant la ronde, et n’était donc plus valide.`,
    'submission-unknown': ({ tieBreakAt }) =>
      `Nous ne savons pas quand votre profil a été soumis, ce qui décide s’il se trouvait dans le bassin le jour de la ronde${
        tieBreakAt === null
          ? ''
          : ` et, à exactement la note du seuil, s’il précédait le départage, le ${moment(tieBreakAt)}`
      }.`,
    'submission-day-too-close': ({ submittedAt, missing }) =>
      missing === undefined
        ? `Votre profil a été soumis le ${moment(submittedAt)}, et l’heure de la ronde n’est pas assez bien connue pour dire si le profil se trouvait dans le bassin.`
        : `Le jour où votre profil a été soumis (${moment(submittedAt)}) est trop proche de la ronde, ou de la fin des douze mois de validité d’un profil, pour dire sans l’heure si le profil se trouvait dans le bassin.`,
    'cutoff-not-published': () => 'Aucun seuil n’a été publié pour cette ronde.',
    'score-unknown': () => 'Nous ne connaissons pas votre note.',
    'below-cutoff': ({ score, cutoff }) =>
      `Votre note de ${number(score)} est inférieure de ${points(cutoff - score)} au seuil de ${number(cutoff)}.`,
    'above-cutoff': ({ score, cutoff }) =>
      `Votre note de ${number(score)} est supérieure de ${points(score - cutoff)} au seuil de ${number(cutoff)}.`,
    'tie-break-not-published': ({ score }) =>
      `Votre note de ${number(score)} est exactement celle du seuil, et aucun départage n’a été publié pour cette ronde.`,
    'tie-break-met': (facts) =>
      instantMs(facts.submittedAt) === instantMs(facts.tieBreakAt)
        ? `${tied(facts)}, à l’instant même du départage, donc à temps.`
        : `${tied(facts)}, avant le départage du ${moment(facts.tieBreakAt)}.`,
    'tie-break-missed': (facts) => `${tied(facts)}, après le départage du ${moment(facts.tieBreakAt)}.`,
    'tie-break-day-too-close': ({ score, submittedAt, tieBreakAt }) =>
      `Votre note de ${number(score)} est exactement celle du seuil, et le jour où votre profil a été soumis (${moment(submittedAt)}) est trop proche du départage, le ${moment(tieBreakAt)}, pour en décider sans l’heure.`,
  },

  cautions: {
    'points-grid-changed': ({ scoreAsOf, changedOn, what, certainty }) => {
      const sure = certainty === 'high' ? '' : `; nous connaissons ce changement ${CERTAINTIES[certainty]}`;
      return `Votre note a été relevée le ${day(scoreAsOf)}, avant le changement des points du ${day(changedOn)} (${gridChanges[what]}${sure}), et n’est donc peut-être pas celle qui comptait pour cette ronde${NB}: veuillez la consulter dans votre compte d’IRCC et nous indiquer ce qu’elle est maintenant.`;
    },
    'category-rules-uncertain': ({ certainty }) =>
      `Ce que cette catégorie demande nous est connu ${CERTAINTIES[certainty]}${NB}: si la page officielle dit autre chose, c’est elle qui a raison.`,
  },

  gridChanges,
};

/** `Votre expérience de travail de 14 mois dans la profession CNP 31301 (...)`. */
function yourExperience(work: Reasons['occupation-met']): string {
  return `Votre expérience de travail de ${months(work.months)} dans la profession ${occupation(work.occupation)}`;
}

/** The English title where the French one is not known. */
function occupation({ noc, en, fr }: Occupation): string {
  return `CNP ${noc} (${fr ?? en})`;
}

function named(nocs: readonly string[]): string[] {
  const others = nocs.length - NAMED;
  return others <= 0 ? [...nocs] : [...nocs.slice(0, NAMED), count(others, 'autre', 'autres')];
}

function tied({ score, submittedAt }: Reasons['tie-break-met']): string {
  return `Votre note de ${number(score)} est exactement celle du seuil, et le départage a donc décidé${NB}: votre profil a été soumis le ${moment(submittedAt)}`;
}

/** `à la ...`, `au ...`. */
function toTheProgram(program: Program): string {
  return `à ${theFrProgram(program)}`.replace(/^à le /, 'au ');
}

function months(value: number): string {
  return count(value, 'mois', 'mois');
}

function points(value: number): string {
  return count(value, 'point', 'points');
}
