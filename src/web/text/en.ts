// What the pages say, in English.

import type { PageWords } from './words.ts';

const KEPT =
  'What stays is a code made from your address that tells nobody what the address is: it keeps us from writing to you again.';
const ANSWER = 'Or answer any of the messages and ask for no more: that is enough.';

export const en: PageWords = {
  home: {
    title: 'Drawbell',
    lines: [
      'Drawbell watches Canada’s Express Entry draws, and tells the people who asked for it what a new one means for them.',
      'Every message says how to get no more of them.',
    ],
  },
  unsubscribe: {
    ask: {
      title: 'Unsubscribe',
      lines: [
        'The button ends all messages from this list, at once.',
        `Your address, your score and your profile are deleted. ${KEPT}`,
        'A message that is already on its way may still arrive.',
      ],
    },
    button: 'Send me no more messages',
    done: {
      title: 'You are unsubscribed',
      lines: [
        'This list sends you no more messages.',
        `Your address, your score and your profile have been deleted. ${KEPT}`,
        'A message that was already on its way may still arrive.',
      ],
    },
    unknownLink: {
      title: 'This link does not work',
      lines: [
        'Perhaps a part of it was lost on the way. Nothing was changed.',
        'Open the link in the message itself, or copy all of it.',
        ANSWER,
      ],
    },
    notUnderstood: {
      title: 'Nothing was changed',
      lines: ['What was sent is not what this page asks for. The button does it.'],
    },
  },
  notFound: {
    title: 'There is no such page',
    lines: ['To get no more messages, use the link in any of them.', ANSWER],
  },
  notAllowed: {
    title: 'This page cannot do that',
    lines: ['It is there to be read. Nothing was changed.'],
  },
  tooLarge: {
    title: 'That is too much',
    lines: ['At most 64 KB can be sent to this page. Nothing was changed.'],
  },
  fault: {
    title: 'Something went wrong here',
    lines: ['Nothing was changed. Please try again in a few minutes.', ANSWER],
  },
};
