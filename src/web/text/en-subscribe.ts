// What the pages say to whoever signs up, in English.

import { formatsFor } from '../../notify/text/format.ts';
import type { SubscribeWords } from './subscribe-words.ts';

const { count } = formatsFor('en');

export const enSubscribe: SubscribeWords = {
  title: 'Get told what each draw means for you',
  description:
    'Sign up with your score: after each Express Entry draw a mail says whether you would have been invited, and why.',
  lead: [
    'After each draw, a mail can say whether you would have been invited, and why.',
    'Only the address and your consent are needed. Whatever else you leave out stays unknown: it is never guessed.',
  ],
  closed: {
    title: 'Nobody can sign up here at present',
    lines: [
      'A sign-up is confirmed by a link in a mail, and these pages have no address yet that such a link could lead to.',
      'The history, the checker and the feeds are open to everybody.',
    ],
  },
  labels: {
    email: 'E-mail address',
    locale: 'Language of the messages',
    notify: 'What you are told of',
    nearMiss: 'Missed by at most this many points',
    consent: 'Your consent',
  },
  hints: {
    email: 'A link is sent there, to make sure that it is yours.',
    notify: 'It can be changed at any time.',
    nearMiss: '1 to 999. It counts where near misses are ticked.',
  },
  notices: {
    invited: 'draws in which you would have been invited',
    'cannot-tell': 'draws of which we cannot tell, with what is missing',
    'draw-type': 'a type of draw that is new or back after a long time, and new versions of a category',
    'every-draw': 'every draw, whatever it means for you',
    'near-miss:N': 'near misses: draws you missed by a few points',
    correction: 'corrections that change an answer you were given',
  },
  nearMissOf: (points) => `near misses: draws you missed by at most ${count(points, 'point', 'points')}`,
  more: 'More about your profile, for exact answers',
  moreHint: 'Each of these decides some draws. Without it, the answer to those is that we cannot tell.',
  trap: 'Leave this field empty',
  button: 'Sign up',
  faults: {
    email: 'The e-mail address is one address, such as name@example.org.',
    locale: 'The language is English or French.',
    notify: 'At least one of those listed is ticked here, and nothing else.',
    nearMiss: 'The points of a near miss are a whole number from 1 to 999, in digits alone.',
    consent: 'Without the tick that stands for your consent, nothing may be sent to you.',
  },
  sent: {
    title: 'Now look into your mail',
    lines: [
      'If this address can be written to, a mail is on its way there. Its link leads to a page that asks you to confirm.',
      'The link works for 7 days. Until you confirm, nothing else is sent; if you do not, what you told us here is deleted.',
      'Nothing there after a few minutes? It may be in the spam folder, or the address may have been mistyped.',
    ],
  },
  tooMany: (minutes) =>
    `More was sent here than is taken in so short a time. Nothing was changed. It works again in ${count(minutes, 'minute', 'minutes')}.`,
};
