// corrections and withdrawals -> words, in English.

import type { ChangeWords } from './change-words.ts';

export const enChanges: ChangeWords = {
  corrected: {
    'not-invited': {
      invited: 'Corrected: you would have been invited after all',
      'cannot-tell': 'Corrected: we can no longer tell whether you would have been invited',
    },
    invited: {
      'not-invited': 'Corrected: you would not have been invited after all',
      'cannot-tell': 'Corrected: we can no longer tell whether you would have been invited',
    },
    'cannot-tell': {
      invited: 'Corrected: we can tell now: you would have been invited',
      'not-invited': 'Corrected: we can tell now: you would not have been invited',
    },
  },
  withdrawn: {
    subject: ({ number, day }, type) =>
      `Withdrawn: draw #${number}, ${type === null ? '' : `${type}, `}${day}, is no longer on the official page`,
    lead: ({ number, type, day }) =>
      `Withdrawn: draw #${number} (${type.name}, ${day}) is no longer on the official page, so what we told you about it no longer holds.`,
    verdict: 'Withdrawn: this draw is no longer on the official page',
    consequence: 'What we told you about it no longer holds.',
    since: (when) =>
      `The official page has not listed this draw since ${when}; drawbell looked several times before telling you.`,
    accountDecides: 'Only your IRCC account shows whether you were invited.',
    officialPage: 'The official page',
  },
  fields: {
    date: 'Date',
    issuedAt: 'Time of the draw',
    label: 'Published as',
    type: 'Type',
    version: 'Version of the category',
    programs: 'Programmes invited from',
    invitations: 'Invitations',
    cutoff: 'Cut-off',
    tieBreakAt: 'Tie-break',
    withdrawn: 'On the official page',
  },
  became: (before, after) => `${before} became ${after}`,
  inBrief: (changes) => `The publisher corrected the draw (${changes.join('; ')}).`,
  listed: { yes: 'listed', no: 'not listed' },
  none: { version: 'none', programs: 'none' },
  headings: {
    changed: 'What the publisher changed',
    forYou: 'What it changes for you',
    withdrawn: 'What has happened',
    told: 'What no longer holds',
    asPublished: 'The draw, as it was published',
  },
  labels: {
    before: 'By the figures before',
    now: 'By the corrected figures',
    told: 'We had told you',
  },
};
