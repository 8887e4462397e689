// What the pages say, in English.

import type { PageWords } from './words.ts';

const KEPT =
  'What stays is a code made from your address that tells nobody what the address is: it keeps us from writing to you again.';
const ANSWER = 'Or answer any of the messages and ask for no more: that is enough.';

export const en: PageWords = {
  frame: {
    language: 'English',
    skip: 'Skip to the content',
    rooms: 'Pages',
    names: {
      home: 'Latest',
      history: 'History',
      types: 'Types',
      check: 'Your score',
      subscribe: 'Get told',
      api: 'Feeds and API',
    },
    about: 'About these pages, and what is kept about you',
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
    lines: [
      'Perhaps it has moved, or the address was cut. The pages that exist are listed above.',
      `To get no more messages, use the link in any of them. ${ANSWER}`,
    ],
  },
  notAllowed: {
    title: 'This page cannot do that',
    lines: ['It is there to be read. Nothing was changed.'],
  },
  tooLarge: {
    title: 'That is too much',
    lines: ['At most 64 KB can be sent to this page. Nothing was changed.'],
  },
  foreign: {
    title: 'This form came from another site',
    lines: ['Nothing was changed. Open the page here, and send the form from there.'],
  },
  fault: {
    title: 'Something went wrong here',
    lines: ['Nothing was changed. Try again in a few minutes.', ANSWER],
  },
};
