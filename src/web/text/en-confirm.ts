// What the page says on which a sign-up is confirmed, in English.

import type { ConfirmWords } from './confirm-words.ts';

export const enConfirm: ConfirmWords = {
  ask: {
    title: 'Confirm your sign-up',
    lines: [
      'Somebody signed up this address to be told of Express Entry draws. The button confirms that it was you; until then nothing is sent.',
    ],
  },
  changed: 'The address was signed up anew since this page was opened. This is what stands now.',
  labels: {
    address: 'Address',
    language: 'Language',
    score: 'Score',
    notices: 'Told of',
  },
  noted: (score, day) => `${score}, noted on ${day}`,
  notTold: 'not given',
  notYou:
    'It was not you? Then nothing has to be done: what is not confirmed within 7 days is deleted, and the link at the end of the mail keeps anybody from signing this address up again.',
  button: 'Confirm: send me these messages',
  done: {
    title: 'You are signed up',
    lines: [
      'Whenever a new draw is published, or one is corrected, you are told of it as you chose.',
      'A link at the end of every message leads to your own page, and another one ends the messages.',
    ],
  },
  already: {
    title: 'This is confirmed already',
    lines: ['Nothing more has to be done. A link at the end of every message leads to your own page.'],
  },
  over: {
    title: 'This link no longer works',
    lines: ['A sign-up is kept for 7 days, and longer only if it is confirmed. A new one brings a new link.'],
  },
  again: 'Sign up anew',
  unknownLink: {
    title: 'This link does not work',
    lines: [
      'Perhaps a part of it was lost on the way. Nothing was changed.',
      'Open the link in the message itself, or copy all of it.',
    ],
  },
};
