// a draw -> words, in English: whom it was for, how it compares, where a score stands in its pool.

import type { Program } from '../../draw/draw.ts';
import type { ExperienceRule, Occupation } from '../../match/reference.ts';
import type { DrawWords } from './draw-words.ts';
import { enPrograms } from './en-names.ts';
import { formatsFor } from './format.ts';
import { capitalized } from './letters.ts';

const { number, day, count, list, alternatives } = formatsFor('en');

export const enDraw: DrawWords = {
  audience: {
    programs: (invited) => {
      const programs = alternatives(invited.filter((one) => one !== 'pnp').map(theProgram));
      if (programs === '') return 'This draw was for provincial nominees only.';
      const nominees = invited.includes('pnp') ? ', and for provincial nominees' : '';
      return `This draw was for candidates of ${programs}${nominees}.`;
    },
    category: (invited) =>
      `This draw was for candidates of ${alternatives(invited.map(theProgram))} who meet what its category asks for.`,
    rules: {
      language: ({ nclc }) =>
        `Its category asks for French at NCLC ${number(nclc)} or better in all four abilities.`,
      experience: (rule, occupations) =>
        `Its category asks for at least ${count(rule.months, 'month', 'months')} of work, ${
          rule.continuous ? 'without a break' : 'not necessarily without a break'
        }, within ${years(rule)} before the draw, ${
          rule.where === 'canada' ? 'in Canada' : 'in Canada or abroad'
        }, in ${oneOf(occupations)}.`,
      military: ({ serviceYears, offerYears, credentialYears }, occupations) =>
        `Its category asks for three things: at least ${yearsOf(serviceYears)} of service in the armed forces of another country, an offer by the Canadian Armed Forces of at least ${yearsOf(offerYears)} in ${oneOf(occupations)}, and at least ${yearsOf(credentialYears)} of study after secondary school.`,
    },
  },

  comparison: ({ days, previousDay, cutoff, invitations }) => {
    const when =
      days === 0
        ? 'This draw was held on the same day as the last one of its type'
        : `This draw was held ${count(days, 'day', 'days')} after the last one of its type (${day(previousDay)})`;
    const changes = [
      cutoff === null ? [] : cutoffChange(cutoff),
      invitations === null ? [] : sizeChange(invitations),
    ].flat();
    return `${when}${changes.length === 0 ? '' : `, with ${list(changes)}`}.`;
  },

  standing: {
    candidates: ({ score, atOrAbove, total, asOf }) => {
      const some = atOrAbove === 0 ? 'hardly any' : `about ${number(atOrAbove)}`;
      const had = `${some} of the ${number(total)} candidates in the whole pool had your score of ${number(score)} or a higher one`;
      const when = asOf === null ? '' : `as of ${day(asOf)}, `;
      return `${capitalized(`${when}${had}`)} (an estimate of the whole pool, not of one programme or category).`;
    },
    invitationsNeeded: (invitations) =>
      `A round for all programmes would have needed about ${count(invitations, 'invitation', 'invitations')} to reach your score.`,
  },
};

function cutoffChange(change: number): string {
  if (change === 0) return 'the same cut-off';
  return `a cut-off ${count(Math.abs(change), 'point', 'points')} ${change > 0 ? 'higher' : 'lower'}`;
}

function sizeChange(change: number): string {
  if (change === 0) return 'as many invitations';
  const size = Math.abs(change);
  return `${number(size)} ${change > 0 ? 'more' : 'fewer'} ${size === 1 ? 'invitation' : 'invitations'}`;
}

function oneOf(occupations: readonly Occupation[]): string {
  const [first] = occupations;
  if (first && occupations.length === 1) return `NOC ${first.noc} (${first.en})`;
  return `one of ${number(occupations.length)} occupations`;
}

function years({ withinYears }: ExperienceRule): string {
  return withinYears === 1 ? 'the year' : `the ${yearsOf(withinYears)}`;
}

function yearsOf(value: number): string {
  return count(value, 'year', 'years');
}

function theProgram(program: Program): string {
  return `the ${enPrograms[program]}`;
}
