// a letter -> words, in English.

import type { LetterWords } from './letter-words.ts';

export const enLetter: LetterWords = {
  confirm: ({ host, when }, until) => ({
    subject: 'Confirm that you want messages about Express Entry draws',
    eyebrow: `Sign-up at ${host}`,
    title: 'Do you want these messages?',
    why: `Somebody signed this address up at ${host} on ${when} for messages about Express Entry draws: none is sent unless you confirm it.`,
    button: 'See what was asked for, and confirm',
    what: {
      heading: 'What it is about',
      lines: [
        'A message when an Express Entry draw is published: whether the profile given at sign-up would have been invited, and why. The page behind the link shows which draws that means.',
        'Consent can be withdrawn at any time: each message has a link that ends them all at once.',
        `The link works until ${until}. Opening it changes nothing: the page has a button to confirm.`,
      ],
    },
  }),
  manage: ({ host, when }, until) => ({
    subject: 'Your page for messages about Express Entry draws',
    eyebrow: `Your subscription at ${host}`,
    title: 'Here is your page',
    why: `On ${when} somebody asked for the link to your page, or signed your address up again: you are subscribed already, and nothing has changed.`,
    button: 'Open your page',
    what: {
      heading: 'What it is for',
      lines: [
        'There you can change your score, your profile, the language and what you are told of, pause the messages, get everything that is kept about you, or leave.',
        `The link works until ${until}, and whoever has it can do all of that.`,
      ],
    },
  }),
  'renew-score': (score, day) => ({
    subject: `Is ${score} still your score?${day === null ? '' : ` It was noted on ${day}`}`,
    eyebrow: 'Your score, as you told it',
    title: `Is ${score} still your score?`,
    why: day === null ? 'The day it was noted is not known here.' : `It was noted on ${day}.`,
    button: 'Give the present score',
    what: {
      heading: 'Why this is asked',
      lines: [
        'Each new draw is compared with the score known here. A score can change with age, language tests, studies and work, and whenever the points are changed for everybody.',
        'This is asked when a score is older than 90 days or than the latest change of the points, and at most once a quarter.',
        'If the score is still the same, nothing needs to be done: messages go on as before.',
      ],
    },
  }),
  notYou: {
    heading: 'If it was not you',
    confirm:
      'Nothing needs to be done: without a confirmation no messages begin, and 7 days after the last sign-up the address is forgotten.',
    never: 'Make sure that nobody can sign this address up again',
    manage: 'Nothing has changed, and whoever it was has not been told that you are subscribed.',
  },
  asksForConsent: ({ host, when }) =>
    `This message asks for your consent. It is sent because the address was entered on a page of ${host} on ${when}.`,
  answerThis: 'An answer to this mail is enough: the operator of this list can change the score.',
};
