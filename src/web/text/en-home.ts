// What the home page says, in English.

import { formatsFor } from '../../notify/text/format.ts';
import type { HomeWords } from './home-words.ts';

const { count } = formatsFor('en');

export const enHome: HomeWords = {
  title: 'Express Entry draws, and what each one means for you',
  description:
    'Every round of invitations of Canada’s Express Entry since 2015: the latest draw of each type, what is special about it, and whether a score would have been invited.',
  age: {
    justNow: 'less than a minute ago',
    minutes: (minutes) => `${count(minutes, 'minute', 'minutes')} ago`,
    hours: (hours) => `about ${count(hours, 'hour', 'hours')} ago`,
    on: (when) => `on ${when}`,
  },
  watch: {
    watching: (looked) => `Watching the official page: last looked ${looked}.`,
    looked: (looked) => `Last looked at the official page ${looked}.`,
    late: (looked) => `The next look at the official page is late: last looked ${looked}.`,
    stopped: (looked) => `The official page is not being watched at present: last looked ${looked}.`,
    failing: (since, looked) =>
      `The official page cannot be read (since ${since}), and it is tried again and again.${
        looked === null ? '' : ` Last read ${looked}: a draw since then would be missing here.`
      }`,
    quiet: 'There has been no draw for longer than usual.',
    never: 'The official page has not been looked at yet: the newest draws may be missing here.',
  },
  newest: {
    heading: 'The latest news',
    heldOn: (day) => `Draw of ${day}.`,
    noticedOn: (when) => `Noticed on ${when}.`,
  },
  doors: {
    mail: {
      heading: 'Get told by e-mail',
      text: 'Give your score, and what you like of your profile. When a draw comes, a mail says whether you would have been invited, and why. Every mail has a link to leave.',
      link: 'Get told',
    },
    feeds: {
      heading: 'Get told by a feed',
      text: 'These files grow with each draw. A feed reader or a calendar shows what is new:',
    },
    check: {
      heading: 'Would you have been invited?',
      text: 'Check a score, and as much of a profile as you like, against every draw. The answer comes with its reasons; what you enter is not kept.',
      textInBrowser:
        'Check a score, and as much of a profile as you like, against every draw. The answer comes with its reasons; what you enter does not leave your browser.',
      link: 'Check a score',
    },
  },
  latest: {
    heading: 'The latest draw of each type',
    dormant: 'Types that have not been drawn for long',
    dormantNote: (days) => `Their last draw was held more than ${days} days before the newest of all.`,
    none: 'No draw is known yet.',
    draw: (number, day) => `Draw #${number}, ${day}`,
    nominees:
      'A provincial nomination adds 600 points to a score, so the cut-offs of the Provincial Nominee Program cannot be compared with the others.',
    all: (draws, since) => `All ${draws} draws since ${since}`,
  },
  feedTitle: 'Express Entry draws',
};
