// events -> words: what a language must provide to tell an event in a few lines, to a team.

import type { Locale } from '../../match/notice.ts';
import { formatsFor } from './format.ts';

/** A draw in brief. `null` is not published. */
export interface DrawInBrief {
  number: string;
  type: string;
  day: string;
  invitations: number | null;
  cutoff: number | null;
}

export interface TellingWords {
  /** One line each, without a full stop. */
  published(draw: DrawInBrief): string;
  corrected(draw: DrawInBrief): string;
  withdrawn(draw: DrawInBrief): string;
  /** `what` is a part of a sentence with a capital: `The first Canadian Experience Class draw in 990 days`. */
  special(what: string, draw: DrawInBrief): string;
  /** `3,000 invited, cut-off 522`. */
  figures(draw: Pick<DrawInBrief, 'invitations' | 'cutoff'>): string;
}

const en = formatsFor('en');
const fr = formatsFor('fr');

/** French sets a no-break space before a colon and behind the sign of a number. */
const NB = '\u00a0';

const enTelling: TellingWords = {
  published: (draw) => `${draw.type} draw #${draw.number}: ${enTelling.figures(draw)}`,
  corrected: ({ type, number, day }) => `Corrected: ${type} draw #${number} of ${day}`,
  withdrawn: ({ type, number, day }) =>
    `Withdrawn: ${type} draw #${number} of ${day} is no longer on the official page`,
  special: (what, { number }) => `${what} (draw #${number})`,
  figures: ({ invitations, cutoff }) =>
    `${invitations === null ? 'invitations not published' : `${en.number(invitations)} invited`}, ${
      cutoff === null ? 'cut-off not published' : `cut-off ${en.number(cutoff)}`
    }`,
};

const frTelling: TellingWords = {
  published: (draw) => `Ronde n°${NB}${draw.number}, ${draw.type}${NB}: ${frTelling.figures(draw)}`,
  corrected: ({ type, number, day }) => `Correction${NB}: ronde n°${NB}${number}, ${type}, du ${day}`,
  withdrawn: ({ type, number, day }) =>
    `Retrait${NB}: la ronde n°${NB}${number}, ${type}, du ${day}, ne figure plus sur la page officielle`,
  special: (what, { number }) => `${what} (ronde n°${NB}${number})`,
  figures: ({ invitations, cutoff }) =>
    `${
      invitations === null
        ? 'nombre d’invitations non publié'
        : fr.count(invitations, 'invitation', 'invitations')
    }, ${cutoff === null ? 'seuil non publié' : `seuil ${fr.number(cutoff)}`}`,
};

export const TELLING_WORDS: Record<Locale, TellingWords> = { en: enTelling, fr: frTelling };
