// verdict -> words, in English.

import type { DrawBrief, RecordKind } from '../../event/event.ts';
import { enChanges } from './en-changes.ts';
import { enDraw } from './en-draw.ts';
import { enDrawTypes, enPrograms } from './en-names.ts';
import { enReasons } from './en-reasons.ts';
import { formatsFor } from './format.ts';
import type { Answer, Words } from './words.ts';

const formats = formatsFor('en');
const { number, day, count } = formats;

const RECORDS: Record<RecordKind, { brief: string; what(type: string, value: string): string }> = {
  'lowest-cutoff': {
    brief: 'lowest cut-off so far',
    what: (type, value) => `the ${type} draw with the lowest cut-off so far, ${value}`,
  },
  'highest-cutoff': {
    brief: 'highest cut-off so far',
    what: (type, value) => `the ${type} draw with the highest cut-off so far, ${value}`,
  },
  'largest-round': {
    brief: 'largest so far',
    what: (type, value) => `the largest ${type} draw so far, ${value} invitations`,
  },
};

export const en: Words = {
  ...formats,
  locale: 'en',

  drawTypes: enDrawTypes,
  otherDrawType: (label) => `“${label}”`,
  programs: enPrograms,
  outcomes: {
    invited: 'You would have been invited',
    'not-invited': 'You would not have been invited',
    'cannot-tell': 'We cannot tell whether you would have been invited',
  },

  ...enReasons,
  ...enDraw,

  specials: {
    'draw_type.new': (_, type) => ({
      brief: 'first ever',
      what: `the first ${type} draw on record`,
      detail: null,
    }),
    'draw_type.returned': ({ dormantDays, drawsBetween, previous }, type) => ({
      brief: `first in ${count(dormantDays, 'day', 'days')}`,
      what: `the first ${type} draw in ${count(dormantDays, 'day', 'days')}`,
      detail: `previous: ${drawBrief(previous)}; ${count(drawsBetween, 'draw', 'draws')} of other types in between`,
    }),
    'category.revised': ({ version, previousVersion, previous }, type) => ({
      brief: `now version ${version}`,
      what: `the first ${type} draw under version ${version} of the category`,
      detail: `previous: version ${previousVersion}, ${drawBrief(previous)}`,
    }),
    'record.set': ({ record, value, previous }, type) => ({
      brief: RECORDS[record].brief,
      what: RECORDS[record].what(type, number(value)),
      detail: `before: ${drawBrief(previous)}`,
    }),
  },

  fields: {
    crs: 'your score, as your IRCC account shows it',
    crsAsOf: 'the day that score was noted, such as 2024-05-01',
    profileSubmittedAt:
      'when your Express Entry profile was first submitted, such as 2024-03-19T18:58:58Z (in UTC); the day alone is enough unless it is close to the draw or to the tie-break',
    programs: 'the programmes you are eligible for: cec, fsw, fst, or none of them',
    nominated: 'whether you have a provincial nomination, yes or no',
    frenchNclc7: 'whether your French is at NCLC 7 or better in all four abilities, yes or no',
    experience:
      'your skilled work of the last three years: for each occupation the NOC 2021 code, the months, whether at least six of them were without a break, and whether they were in Canada; or that there is none',
    militaryRecruit:
      'whether you meet the three conditions for skilled military recruits (service in the armed forces of another country, an offer by the Canadian Armed Forces, study after secondary school), yes or no',
    'experience.continuous':
      'for each occupation in your profile, whether at least as many months as the draw asked for were without a break, yes or no',
    'experience.inCanada':
      'for each occupation in your profile, whether the work was in Canada, yes or no; where it was both, the months in Canada and those abroad',
  },
  consent: {
    operator: (when) =>
      `You get this message because the operator of this list added you on ${when} and attested your consent.`,
    list: () =>
      'You get this message because the operator of this list has your address on it and attested your consent.',
    'sign-up': (when) => `You get this message because you signed up for it and confirmed it on ${when}.`,
  },

  mail: {
    subject: (outcome, answer, type) =>
      `${outcome}: #${answer.number}${type === null ? '' : ` ${type}`}, ${answer.day}, ${
        answer.cutoff === null ? 'no cut-off' : `cut-off ${answer.cutoff}`
      }, ${answer.score === null ? 'your score unknown' : `you ${answer.score}${margin(answer)}`}`,
    lead: (outcome, answer, special) =>
      `${outcome} in draw #${answer.number} (${answer.type.name}, ${answer.day}): ${
        answer.cutoff === null ? 'no cut-off was published' : `the cut-off was ${answer.cutoff}`
      }, ${answer.score === null ? 'your score is not known to us' : `your score is ${answer.score}${margin(answer)}`}.${
        special === null ? '' : ` It was ${special}.`
      }`,
    drawLine: (answer) => `Draw #${answer.number}, ${answer.type.name}, ${answer.day}`,
    headings: {
      why: 'Why',
      care: 'Read this with care',
      missing: 'What is missing',
      standing: 'Where you stand',
      special: 'What is special about this draw',
      draw: 'The draw',
      about: 'About this message',
    },
    labels: {
      cutoff: 'Cut-off',
      score: 'Your score',
      margin: 'Margin',
      number: 'Draw',
      date: 'Date',
      type: 'Type',
      published: 'Published as',
      invitations: 'Invitations',
      tieBreak: 'Tie-break',
      pool: 'Candidates in the pool',
    },
    notPublished: 'not published',
    notKnown: 'not known',
    yearInferred: (instant) => `${instant} (published without a year)`,
    pool: (candidates, asOf) =>
      asOf === null ? `${candidates}, of all types` : `${candidates} as of ${asOf}, of all types`,
    pair: (name, value) => `${name}: ${value}`,
    howToGive: 'The operator of this list can add it: an answer to this mail is enough.',
    giveThere: 'Add it on your page',
    manage: 'Your page: change your score, your profile or what you are told of, pause, or leave',
    nothingToGive: 'Nothing is missing on your side.',
    scoreAsOf: (score, noted) =>
      `The score of ${score} was noted on ${noted}; the one that counts is the one held on the day of the draw.`,
    accountDecides:
      'This compares what you told us with the published figures. Only your IRCC account shows whether you were invited.',
    officialPage: 'This draw on the official page',
    ourPage: 'Everything about this draw',
    rehearsal: {
      marked: (text) => `Rehearsal: ${text}`,
      lead: 'This is a rehearsal: nothing new has happened.',
      heading: 'This is a rehearsal',
      lines: [
        'Nothing new has happened: this is about the latest draw that is known. It is sent to show that messages reach you, and what they look like.',
        'The answer goes by what you have told us so far.',
      ],
    },
    sentBy: (sender) => `Sent by ${sender}`,
    unsubscribe: 'Unsubscribe (at once, without signing in)',
    unsubscribeByMail: (address, subject) =>
      `To get no more of these messages, send a mail to ${address} with the subject “${subject}”.`,
    notAdvice: 'Information, not advice. Not affiliated with the Government of Canada.',
    copyOfFigures:
      'The figures are a copy of those published by Immigration, Refugees and Citizenship Canada, made without its endorsement.',
  },
  changes: enChanges,
};

function margin(answer: Answer): string {
  return answer.margin === null ? '' : ` (${answer.margin})`;
}

function drawBrief({ date, invitations, cutoff }: DrawBrief): string {
  const size = invitations === null ? '' : `, ${count(invitations, 'invitation', 'invitations')}`;
  return `${day(date)}${size}${cutoff === null ? '' : ` at ${number(cutoff)}`}`;
}
