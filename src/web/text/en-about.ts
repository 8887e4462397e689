// What the page about these pages says, in English.

import { formatsFor } from '../../notify/text/format.ts';
import type { AboutWords } from './about-words.ts';

const { count } = formatsFor('en');

export const enAbout: AboutWords = {
  title: 'About these pages, and what is kept about you',
  description:
    'Where the figures come from, what an answer is and is not, what is kept about whoever signs up, for how long, and who runs this.',
  what: {
    heading: 'What this is',
    lines: [
      'Candidates wait in Canada’s Express Entry pool for a draw: a round of invitations, published without warning, and each time for other people.',
      'Drawbell reads the official page, notices what is special about a draw, and compares it with a score and a profile: would this person have been invited, and why?',
    ],
  },
  figures: {
    heading: 'Where the figures come from',
    lines: [
      'From “Express Entry rounds of invitations”, published by Immigration, Refugees and Citizenship Canada. They are reproduced here for non-commercial use.',
      'This is a copy that was neither made in affiliation with the Government of Canada nor endorsed by it. Where the two differ, the official page is right.',
      'A page that is broken, or figures that are implausible, are not shown as news: they are kept apart until the page is mended or somebody has looked. What the publisher corrects or withdraws is marked as such.',
      'How many candidates stood at or above a score is an estimate from the published score bands of the whole pool, not of one programme or category.',
    ],
  },
  official: 'The official page',
  verdict: {
    heading: 'What an answer is, and is not',
    lines: [
      'It is arithmetic: the score, the programme, the category and the tie-break that were published for a draw, compared with what you say about yourself.',
      'It is not an invitation, not a forecast and not advice. Only your IRCC account shows whether you were invited.',
      'What you leave out stays unknown and is never guessed. If it would decide, the answer is that we cannot tell, and what is missing is named.',
      'The score that counts is the one held on the day of the draw. The lists of occupations behind a category are known with more or less certainty, which is said where it matters.',
    ],
  },
  subscribers: (unconfirmedDays) => ({
    heading: 'What is kept about subscribers',
    lines: [
      'If you signed up, or whoever runs this added you:',
      `A sign-up that is not confirmed is deleted after ${count(unconfirmedDays, 'day', 'days')}. Everything else is kept until you leave.`,
      'While a message to you waits, it holds a copy of your profile; when it is sent or given up, that copy and its reasons are deleted. What stays is which draw it was about, the answer, and how the mail server took it.',
      'The link in every mail leads to your page. There you can change all of this, pause, take all of it with you as a file, or leave. Leaving deletes everything listed above, at once.',
      'After you have left, a code made from your address stays, with the reason and the day. Without the key of this installation it tells nobody what the address is: it keeps us from writing to you again.',
      'If a mail server refuses your address for good, nothing more is sent there. What is listed above then stays until you leave, or until whoever runs this removes it.',
      'A copy of the database is made once a day in case of damage, and the last seven are kept, unless whoever runs this has chosen another number. What was deleted is in none of them once as many new ones have been made.',
      'Mails pass through the mail server of whoever runs this, and through yours. Your address is given to nobody else.',
    ],
    items: [
      'your e-mail address, your language and what you want to be told of',
      'your score, its day, and whatever else of your profile you gave',
      'when you signed up, when and how you agreed, and the words you agreed to',
      'whether you have confirmed, or paused; when you last changed something, and were last asked for a newer score',
      'a random name, which the links in your mails carry instead of your address',
    ],
  }),
  visitors: {
    heading: 'What is known about visitors',
    lines: [
      'No cookies, no scripts, nothing from other sites, no counting of visits. What you enter to check a score is answered and forgotten.',
      'Drawbell writes no list of who asked for which page. To keep floods out, it counts in memory, for a day at most, how often something came from a network (not from a single address of it), and how often an e-mail address was given. The web server or proxy in front of it belongs to whoever runs this, and may keep a log of its own.',
    ],
  },
  visitorsOfFiles: {
    heading: 'What is known about visitors',
    lines: [
      'These pages are files. No cookies, nothing from other sites, no counting of visits. A score that you check stays in your browser, which does the arithmetic itself.',
      'Whoever hosts the files may keep a log of what was asked for.',
    ],
  },
  who: {
    heading: 'Who runs this',
    sender: (sender) => `The messages are sent by ${sender}.`,
    contact: 'Write to whoever runs this:',
    unknown: 'Whoever runs this has not said who they are.',
    program:
      'Drawbell itself is free software under the MIT licence. Whoever wrote it has no access to what is kept here.',
  },
};
