// What the page says that compares a profile with draws, in English.

import { formatsFor } from '../../notify/text/format.ts';
import type { CheckWords } from './check-words.ts';

const { number, count, list } = formatsFor('en');

export const enCheck: CheckWords = {
  title: 'Would I have been invited?',
  description:
    'Compares an Express Entry profile with one draw, with the latest draw of each type or with all of them, and says why.',
  lead: 'Fill in what you know: it is compared with the published draws, and the answer says why.',
  kept: {
    served: 'What you fill in is used for the answer and then forgotten: it is not stored.',
    static: 'The answer is worked out in your browser: what you fill in does not leave it.',
  },
  noScript:
    'On this page the answer is worked out by JavaScript in your browser, and it is switched off there.',
  noData: 'The draws could not be loaded, so there is no answer. Nothing is lost: try again in a moment.',
  draws: {
    label: 'Compare with',
    latest: 'The latest draw of each type',
    all: 'All draws',
    unknown: 'That draw is not known. The list holds those that are.',
  },
  option: (draw, day, type, cutoff) => `#${draw}, ${day}, ${type}${cutoff === null ? '' : `, ${cutoff}`}`,
  draw: (draw) => `#${draw}`,
  button: 'Compare',
  again: 'Change something and compare again',
  inAll: ({ draws, invited, 'cannot-tell': open }) =>
    `Invited in ${number(invited)} of ${count(draws, 'draw', 'draws')}${open > 0 ? `; ${number(open)} cannot be told` : ''}`,
  near: 'Near misses',
  nearMiss: (draw, type, day, short) => `${draw}, ${type}, ${day}: ${short}`,
  allAbout: 'All about this draw',
  outcome: 'Outcome',
  outcomes: { invited: 'Invited', 'not-invited': 'Not invited', 'cannot-tell': 'Cannot tell' },
  latestTable: 'The latest draw of each type, newest first',
  recentTable: (shown) =>
    shown === 1 ? 'The newest draw' : `The newest ${number(shown)} draws, newest first`,
  rest: ({ draws, invited, 'not-invited': not, 'cannot-tell': open }) =>
    `${count(draws, 'older draw', 'older draws')} not shown here: ${list([
      `invited in ${number(invited)}`,
      `not invited in ${number(not)}`,
      ...(open > 0 ? [`cannot tell in ${number(open)}`] : []),
    ])}.`,
  give: 'The form below has a place for it:',
  tooMany:
    'Too many forms came from your network within a minute, so this one was not answered. Nothing is lost: try again in a minute.',
  noDraw: 'No draw is known yet.',
  accountDecides:
    'This compares what you filled in with the published figures. Only your IRCC account shows whether you were invited.',
};
