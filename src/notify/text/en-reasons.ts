// reasons and cautions -> words, in English.

import { instantMs } from '../../draw/calendar.ts';
import type { Program } from '../../draw/draw.ts';
import type { Reasons } from '../../match/reason.ts';
import type { Certainty, Occupation } from '../../match/reference.ts';
import { enPrograms } from './en-names.ts';
import { formatsFor } from './format.ts';
import type { ReasonWords } from './reason-words.ts';

const { number, day, moment, count, list, alternatives } = formatsFor('en');

/** How many occupations of a profile a sentence names. */
const NAMED = 5;

const gridChanges: ReasonWords['gridChanges'] = {
  'job-offer-points-removed': 'the 50 or 200 points for a job offer were taken away',
  'points-not-known-here': 'the new points are not known to us',
};

const CERTAINTIES: Record<Certainty, string> = {
  high: 'with certainty',
  'medium-high': 'with good, but not full, certainty',
  medium: 'with fair, but not full, certainty',
  'second-hand': 'only second-hand',
};

export const enReasons: ReasonWords = {
  reasons: {
    'draw-type-unknown': () => 'This kind of draw is new to drawbell, so whom it was for is not known to it.',
    'programs-contradictory': ({ published }) =>
      published.length === 0
        ? 'This draw was published with no programme to invite from, which contradicts its name, so whom it was for is not certain.'
        : `This draw’s name and the programmes published with it (${list(published.map((program) => enPrograms[program]))}) contradict each other, so whom it was for is not certain.`,
    'category-rules-unknown': ({ version }) =>
      version === null
        ? 'This draw was for a category, and its name does not say which version of it, so what was asked for is not known to us.'
        : `This draw was held under version ${version} of its category, and what that version asks for is not known to us.`,
    'programs-not-eligible': ({ programs, invited }) =>
      `This draw invited from ${list(invited.map(theProgram))}, and your profile lists ${
        programs.length > 0
          ? `only ${list(programs.map(theProgram))}`
          : invited.length > 1
            ? 'none of them'
            : 'no programme'
      }.`,
    'programs-unknown': ({ invited }) =>
      `Whether you are eligible for ${alternatives(invited.filter((one) => one !== 'pnp').map(theProgram))} is not known to us.`,
    'not-nominated': ({ nomineesOnly }) =>
      nomineesOnly
        ? 'This draw was for provincial nominees only, and your profile has no nomination.'
        : 'Your profile has no provincial nomination, which would also have counted.',
    'nomination-unknown': () => 'Whether you have a provincial nomination is not known to us.',
    'french-met': () =>
      'Your French is at NCLC 7 or better in all four abilities, which is what this draw asked for.',
    'french-below-nclc7': () =>
      'This draw was for French at NCLC 7 or better in all four abilities, and by your profile yours is below.',
    'french-unknown': () =>
      'Whether your French is at NCLC 7 or better in all four abilities is not known to us.',
    'occupation-met': (work) =>
      `Your ${worked(work)} ${work.months === 1 ? 'meets' : 'meet'} the ${months(work.required)} asked for.`,
    'occupation-not-listed': ({ nocs }) =>
      nocs.length === 0
        ? 'This draw was for certain occupations, and your profile lists no work.'
        : nocs.length === 1
          ? `The occupation in your profile (NOC ${nocs[0]}) is not on the list of this draw.`
          : `None of the occupations in your profile (NOC ${list(named(nocs))}) is on the list of this draw.`,
    'experience-unknown': ({ required }) =>
      `Your work experience is not known to us, and this draw asked for ${months(required)} in an occupation on its list.`,
    'months-short': (work) =>
      `Your profile has ${worked(work)}, fewer than the ${months(work.required)} asked for.`,
    'months-not-continuous': (work) =>
      `By your profile, your ${worked(work)} had breaks, with no ${months(work.required)} in one stretch as this draw asked for.`,
    'continuity-unknown': (work) =>
      `Whether your ${worked(work)} had ${months(work.required)} in one stretch, as this draw asked for, is not known to us.`,
    'work-not-in-canada': (work) =>
      `Of your work in ${occupation(work.occupation)}, ${work.months === 0 ? 'none' : months(work.months)} ${work.months > 1 ? 'were' : 'was'} in Canada, and this draw asked for ${months(work.required)} there.`,
    'work-place-unknown': (work) =>
      `Whether your ${worked(work)} ${wasOrWere(work)} in Canada is not known to us, and this draw asked for ${months(work.required)} there.`,
    'military-met': () => 'By your profile, you meet the three conditions for skilled military recruits.',
    'military-not-met': () =>
      'This draw was for skilled military recruits, and by your profile you do not meet its three conditions.',
    'military-unknown': () =>
      'Whether you meet the three conditions for skilled military recruits is not known to us.',
    'submitted-after-draw': ({ submittedAt }) =>
      `Your profile was submitted on ${moment(submittedAt)}, after the draw, so it was not in the pool yet.`,
    'profile-expired': ({ submittedAt }) =>
      `Your profile was submitted on ${moment(submittedAt)}, more than twelve months before the draw, so it was no longer valid.`,
    'submission-unknown': ({ tieBreakAt }) =>
      `When your profile was submitted is not known to us, and that decides whether it was in the pool on the day of the draw${
        tieBreakAt === null
          ? ''
          : ` and, at exactly the cut-off, whether it came before the tie-break of ${moment(tieBreakAt)}`
      }.`,
    'submission-day-too-close': ({ submittedAt, missing }) =>
      missing === undefined
        ? `Your profile was submitted on ${moment(submittedAt)}, and the time of the draw is not known well enough to tell whether the profile was in the pool.`
        : `The day your profile was submitted (${moment(submittedAt)}) is too close to the draw, or to the end of the twelve months a profile is valid, to tell without the time whether it was in the pool.`,
    'cutoff-not-published': () => 'No cut-off was published for this draw.',
    'score-unknown': () => 'Your score is not known to us.',
    'below-cutoff': ({ score, cutoff }) =>
      `Your score of ${number(score)} is ${points(cutoff - score)} below the cut-off of ${number(cutoff)}.`,
    'above-cutoff': ({ score, cutoff }) =>
      `Your score of ${number(score)} is ${points(score - cutoff)} above the cut-off of ${number(cutoff)}.`,
    'tie-break-not-published': ({ score }) =>
      `Your score of ${number(score)} is exactly the cut-off, and no tie-break was published for this draw.`,
    'tie-break-met': (facts) =>
      instantMs(facts.submittedAt) === instantMs(facts.tieBreakAt)
        ? `${tied(facts)}, at the very instant of the tie-break, which is in time.`
        : `${tied(facts)}, before the tie-break of ${moment(facts.tieBreakAt)}.`,
    'tie-break-missed': (facts) => `${tied(facts)}, after the tie-break of ${moment(facts.tieBreakAt)}.`,
    'tie-break-day-too-close': ({ score, submittedAt, tieBreakAt }) =>
      `Your score of ${number(score)} is exactly the cut-off, and the day your profile was submitted (${moment(submittedAt)}) is too close to the tie-break of ${moment(tieBreakAt)} to decide without the time.`,
  },

  cautions: {
    'points-grid-changed': ({ scoreAsOf, changedOn, what, certainty }) => {
      const sure = certainty === 'high' ? '' : `; we know of this change ${CERTAINTIES[certainty]}`;
      return `Your score was noted on ${day(scoreAsOf)}, before the points were changed on ${day(changedOn)} (${gridChanges[what]}${sure}), so it may not be the one that counted in this draw: please look it up in your IRCC account and tell us what it is now.`;
    },
    'category-rules-uncertain': ({ certainty }) =>
      `What this category asks for is known to us ${CERTAINTIES[certainty]}: where the official page says otherwise, it is right.`,
  },

  gridChanges,
};

/** `14 months of work in NOC 31301 (Registered nurses and registered psychiatric nurses)`. */
function worked(work: Reasons['occupation-met']): string {
  return `${months(work.months)} of work in ${occupation(work.occupation)}`;
}

function wasOrWere(work: Reasons['occupation-met']): string {
  return work.months === 1 ? 'was' : 'were';
}

function occupation({ noc, en }: Occupation): string {
  return `NOC ${noc} (${en})`;
}

function named(nocs: readonly string[]): string[] {
  const others = nocs.length - NAMED;
  return others <= 0 ? [...nocs] : [...nocs.slice(0, NAMED), count(others, 'other', 'others')];
}

function tied({ score, submittedAt }: Reasons['tie-break-met']): string {
  return `Your score of ${number(score)} is exactly the cut-off, so the tie-break decided: your profile was submitted on ${moment(submittedAt)}`;
}

function theProgram(program: Program): string {
  return `the ${enPrograms[program]}`;
}

function months(value: number): string {
  return count(value, 'month', 'months');
}

function points(value: number): string {
  return count(value, 'point', 'points');
}
