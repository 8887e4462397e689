// What a reader's own page says, in English.

import type { ManageWords } from './manage-words.ts';

export const enManage: ManageWords = {
  title: 'Your subscription',
  goesTo: (address) => `The messages go to ${address}.`,
  paused: 'It is paused: nothing is sent to you.',
  done: {
    save: 'Saved. It holds from now on.',
    pause: 'Paused. Nothing is sent to you until you end the pause here.',
    resume: 'The pause is over. You are told of what happens from now on.',
  },
  save: 'Save',
  pause: {
    heading: 'Pause',
    text: 'Nothing is sent while it is paused, and nothing later about what happened meanwhile.',
    button: 'Pause the messages',
  },
  resume: {
    heading: 'End the pause',
    text: 'From then on you are told of what happens; not of what happened during the pause.',
    button: 'Send me messages again',
  },
  export: {
    heading: 'What is kept about you',
    text: 'Everything in one file: address, profile, your consent and its words, and what was sent to you.',
    link: 'Everything as JSON',
  },
  leave: {
    heading: 'Leave',
    sure: 'Yes, delete all of it',
    notSure: 'To leave, tick the box above the button. Nothing was changed.',
    button: 'Delete everything and leave',
  },
  expired: {
    title: 'This link has expired',
    lines: [
      'Links to your page work for 90 days. The newest message has a newer link, and the button sends you one.',
    ],
  },
  sendAnother: 'Send me a new link',
  another: {
    title: 'Now look into your mail',
    lines: [
      'If the address can be written to, a mail with a new link is on its way.',
      'It is sent at most three times a day, and not twice within five minutes.',
    ],
  },
  unknownLink: {
    title: 'This link does not work',
    lines: [
      'Perhaps a part of it was lost on the way. Nothing was changed.',
      'Open the link in the message itself, or copy all of it.',
    ],
  },
  nobody: {
    title: 'There is no subscription here',
    lines: ['Perhaps it has been ended, or it was never confirmed.'],
  },
  notUnderstood: 'What was sent is not what this page asks for. Nothing was changed.',
};
