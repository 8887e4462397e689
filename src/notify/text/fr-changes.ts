// corrections and withdrawals -> words, in French.

import type { ChangeWords } from './change-words.ts';

/** French sets a no-break space before a colon and behind the sign of a number. */
const NB = '\u00a0';

export const frChanges: ChangeWords = {
  corrected: {
    'not-invited': {
      invited: `Correction${NB}: vous auriez finalement reçu une invitation`,
      'cannot-tell': `Correction${NB}: impossible désormais de dire si vous auriez reçu une invitation`,
    },
    invited: {
      'not-invited': `Correction${NB}: vous n’auriez finalement pas reçu d’invitation`,
      'cannot-tell': `Correction${NB}: impossible désormais de dire si vous auriez reçu une invitation`,
    },
    'cannot-tell': {
      invited: `Correction${NB}: nous pouvons maintenant le dire${NB}: vous auriez reçu une invitation`,
      'not-invited': `Correction${NB}: nous pouvons maintenant le dire${NB}: vous n’auriez pas reçu d’invitation`,
    },
  },
  withdrawn: {
    subject: ({ number, day }, type) =>
      `Retrait${NB}: la ronde n°${NB}${number}, ${type === null ? '' : `${type}, `}${day}, ne figure plus sur la page officielle`,
    lead: ({ number, type, day }) =>
      `Retrait${NB}: la ronde n°${NB}${number} (${type.name}, ${day}) ne figure plus sur la page officielle, et ce que nous vous en avons dit ne tient donc plus.`,
    verdict: `Retrait${NB}: cette ronde ne figure plus sur la page officielle`,
    consequence: 'Ce que nous vous en avons dit ne tient plus.',
    since: (when) =>
      `La page officielle n’indique plus cette ronde depuis le ${when}; drawbell l’a vérifié plusieurs fois avant de vous le dire.`,
    accountDecides: 'Seul votre compte d’IRCC montre si vous avez reçu une invitation.',
    officialPage: 'La page officielle',
  },
  fields: {
    date: 'Date',
    issuedAt: 'Heure de la ronde',
    label: 'Nom publié',
    type: 'Type',
    version: 'Version de la catégorie',
    programs: 'Programmes visés',
    invitations: 'Invitations',
    cutoff: 'Seuil',
    tieBreakAt: 'Départage',
    withdrawn: 'Sur la page officielle',
  },
  became: (before, after) => `${before} avant, ${after} maintenant`,
  inBrief: (changes) => `La ronde a été corrigée à la source (${changes.join('; ')}).`,
  listed: { yes: 'présente', no: 'absente' },
  none: { version: 'aucune', programs: 'aucun' },
  headings: {
    changed: 'Ce qui a été corrigé à la source',
    forYou: 'Ce que cela change pour vous',
    withdrawn: 'Ce qui s’est passé',
    told: 'Ce qui ne tient plus',
    asPublished: 'La ronde, telle qu’elle a été publiée',
  },
  labels: {
    before: 'Selon les chiffres précédents',
    now: 'Selon les chiffres corrigés',
    told: 'Nous vous avions dit',
  },
};
