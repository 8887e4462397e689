// a draw -> words, in French: whom it was for, how it compares, where a score stands in its pool.

import type { Program } from '../../draw/draw.ts';
import type { Occupation } from '../../match/reference.ts';
import type { DrawWords } from './draw-words.ts';
import { formatsFor } from './format.ts';
import { theFrProgram } from './fr-names.ts';
import { capitalized } from './letters.ts';

const { number, day, count, list, alternatives } = formatsFor('fr');

/** French sets a no-break space before a colon. */
const NB = '\u00a0';

export const frDraw: DrawWords = {
  audience: {
    programs: (invited) => {
      const programs = alternatives(invited.filter((one) => one !== 'pnp').map(ofTheProgram));
      if (programs === '') return 'Cette ronde visait seulement les personnes désignées par une province.';
      const nominees = invited.includes('pnp') ? ', et les personnes désignées par une province' : '';
      return `Cette ronde visait les candidats ${programs}${nominees}.`;
    },
    category: (invited) =>
      `Cette ronde visait les candidats ${alternatives(invited.map(ofTheProgram))} qui répondent à ce que demande sa catégorie.`,
    rules: {
      language: ({ nclc }) =>
        `Sa catégorie demande un français de niveau NCLC ${number(nclc)} ou plus pour les quatre compétences.`,
      experience: ({ months, continuous, withinYears, where }, occupations) =>
        `Sa catégorie demande au moins ${count(months, 'mois', 'mois')} de travail, ${
          continuous ? 'sans interruption' : 'pas nécessairement sans interruption'
        }, ${withinYears === 1 ? 'pendant l’année précédant' : `pendant les ${yearsOf(withinYears)} précédant`} la ronde, ${
          where === 'canada' ? 'au Canada' : 'au Canada ou à l’étranger'
        }, dans ${oneOf(occupations)}.`,
      military: ({ serviceYears, offerYears, credentialYears }, occupations) =>
        `Sa catégorie demande trois choses${NB}: au moins ${yearsOf(serviceYears)} de service dans les forces armées d’un autre pays, une offre des Forces armées canadiennes d’au moins ${yearsOf(offerYears)} dans ${oneOf(occupations)}, et au moins ${yearsOf(credentialYears)} d’études postsecondaires.`,
    },
  },

  comparison: ({ days, previousDay, cutoff, invitations }) => {
    const when =
      days === 0
        ? 'Cette ronde a eu lieu le même jour que la précédente du même type'
        : `Cette ronde a eu lieu ${count(days, 'jour', 'jours')} après la précédente du même type (${day(previousDay)})`;
    const changes = [
      cutoff === null ? [] : cutoffChange(cutoff),
      invitations === null ? [] : sizeChange(invitations),
    ].flat();
    return `${when}${changes.length === 0 ? '' : `, avec ${list(changes)}`}.`;
  },

  standing: {
    candidates: ({ score, atOrAbove, total, asOf }) => {
      const some = atOrAbove === 0 ? 'presque aucun' : `environ ${number(atOrAbove)}`;
      const had = `${some} des ${count(total, 'candidat', 'candidats')} de tout le bassin avaient votre note de ${number(score)} ou une note plus élevée`;
      const when = asOf === null ? '' : `au ${day(asOf)}, `;
      return `${capitalized(`${when}${had}`)} (une estimation pour tout le bassin, et non pour un programme ou une catégorie).`;
    },
    invitationsNeeded: (invitations) =>
      `Une ronde visant tous les programmes aurait dû compter environ ${count(invitations, 'invitation', 'invitations')} pour atteindre votre note.`,
  },
};

function cutoffChange(change: number): string {
  if (change === 0) return 'le même seuil';
  return `un seuil ${change > 0 ? 'plus élevé' : 'plus bas'} de ${count(Math.abs(change), 'point', 'points')}`;
}

function sizeChange(change: number): string {
  if (change === 0) return 'autant d’invitations';
  return `${count(Math.abs(change), 'invitation', 'invitations')} de ${change > 0 ? 'plus' : 'moins'}`;
}

function oneOf(occupations: readonly Occupation[]): string {
  const [first] = occupations;
  if (first && occupations.length === 1) return `la profession CNP ${first.noc} (${first.fr ?? first.en})`;
  return `l’une de ${count(occupations.length, 'profession', 'professions')}`;
}

function yearsOf(value: number): string {
  return count(value, 'an', 'ans');
}

/** `de la ...`, `du ...`. */
function ofTheProgram(program: Program): string {
  return `de ${theFrProgram(program)}`.replace(/^de le /, 'du ');
}
