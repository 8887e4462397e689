// verdict -> words, in English.

import type { DrawBrief, RecordKind } from '../../event/event.ts';
import { enChanges } from './en-changes.ts';
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

  drawTypes: {
    general: { name: 'General', short: 'General' },
    cec: { name: 'Canadian Experience Class', short: 'Canadian Experience Class' },
    fsw: { name: 'Federal Skilled Worker', short: 'Federal Skilled Worker' },
    fst: { name: 'Federal Skilled Trades', short: 'Federal Skilled Trades' },
    pnp: { name: 'Provincial Nominee Program', short: 'Provincial Nominee Program' },
    french: { name: 'French-language proficiency', short: 'French-language proficiency' },
    healthcare: { name: 'Healthcare and social services occupations', short: 'Healthcare' },
    stem: { name: 'STEM occupations', short: 'STEM' },
    trades: { name: 'Trade occupations', short: 'Trades' },
    transport: { name: 'Transport occupations', short: 'Transport' },
    agriculture: { name: 'Agriculture and agri-food occupations', short: 'Agriculture' },
    education: { name: 'Education occupations', short: 'Education' },
    physicians: { name: 'Physicians with Canadian work experience', short: 'Physicians' },
    'senior-managers': { name: 'Senior managers with Canadian work experience', short: 'Senior managers' },
    researchers: { name: 'Researchers with Canadian work experience', short: 'Researchers' },
    military: { name: 'Skilled military recruits', short: 'Skilled military recruits' },
  },
  otherDrawType: (label) => `“${label}”`,
  programs: {
    fsw: 'Federal Skilled Worker Program',
    cec: 'Canadian Experience Class',
    fst: 'Federal Skilled Trades Program',
    pnp: 'Provincial Nominee Program',
  },
  outcomes: {
    invited: 'You would have been invited',
    'not-invited': 'You would not have been invited',
    'cannot-tell': 'We cannot tell whether you would have been invited',
  },
  points: (value) => count(value, 'point', 'points'),

  reasons: {
    'below-cutoff': ({ score, points, cutoff }) =>
      `Your score of ${score} is ${points} below the cut-off of ${cutoff}.`,
    'above-cutoff': ({ score, points, cutoff }) =>
      `Your score of ${score} is ${points} above the cut-off of ${cutoff}.`,
    'tie-break-met': ({ score, tieBreak, atTieBreak }) =>
      `Your score of ${score} is exactly the cut-off, so the tie-break decided: your profile was submitted ${
        atTieBreak ? 'at the instant' : 'before the tie-break'
      } of ${tieBreak}${atTieBreak ? ' itself, which is in time' : ''}.`,
    'tie-break-missed': ({ score, tieBreak }) =>
      `Your score of ${score} is exactly the cut-off, so the tie-break decided: your profile was submitted after the tie-break of ${tieBreak}.`,
    'tie-break-not-published': ({ score }) =>
      `Your score of ${score} is exactly the cut-off, and no tie-break was published for this draw.`,
    'tie-break-day-too-close': ({ score, submitted, tieBreak }) =>
      `Your score of ${score} is exactly the cut-off, and the day your profile was submitted (${submitted}) is too close to the tie-break of ${tieBreak} to decide without the time.`,
    'cutoff-not-published': () => 'No cut-off was published for this draw.',
    'score-unknown': () => 'Your score is not known to us.',
    'submission-unknown': ({ atCutoff, tieBreak }) =>
      `When your profile was submitted is not known to us. It decides whether the profile was in the pool on the day of the draw${
        atCutoff ? ` and, at exactly the cut-off, whether it came before the tie-break of ${tieBreak}` : ''
      }.`,
    'submission-day-too-close': ({ submitted }) =>
      `The time your profile was submitted (${submitted}) is too close to the draw, or to the end of the twelve months a profile is valid, to tell whether the profile was in the pool.`,
    'submitted-after-draw': ({ submitted }) =>
      `Your profile was submitted on ${submitted}, after the draw: it was not in the pool yet.`,
    'profile-expired': ({ submitted }) =>
      `Your profile was submitted on ${submitted}, more than twelve months before the draw: it was no longer valid.`,
    'programs-not-eligible': ({ programs }) =>
      programs === null
        ? 'Your profile lists no programme that this draw invited from.'
        : `This draw did not invite from the programmes in your profile (${programs}).`,
    'programs-unknown': () => 'Which programmes you are eligible for is not known to us.',
    'not-nominated': ({ nomineesOnly }) =>
      nomineesOnly
        ? 'This draw was for provincial nominees only, and your profile has no nomination.'
        : 'Your profile has no provincial nomination, which would also have counted.',
    'nomination-unknown': () => 'Whether you have a provincial nomination is not known to us.',
    'french-below-nclc7': () =>
      'This draw was for French at NCLC 7 or better in all four abilities, and by your profile yours is below.',
    'french-unknown': () =>
      'Whether your French is at NCLC 7 or better in all four abilities is not known to us.',
    'category-rules-unknown': () =>
      'This draw was for a category whose occupations and months of experience drawbell does not know yet.',
    'draw-type-unknown': () => 'This kind of draw is new to drawbell, so whom it was for is not known to it.',
  },

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
    experience: 'your skilled work: for each occupation the NOC 2021 code and the months',
  },
  consent: {
    operator: (when) =>
      `You get this message because the operator of this list added you on ${when} and attested your consent.`,
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
      missing: 'What is missing',
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
    nothingToGive: 'Nothing is missing on your side.',
    scoreAsOf: (score, noted) =>
      `The score of ${score} was noted on ${noted}; the one that counts is the one held on the day of the draw.`,
    accountDecides:
      'This compares what you told us with the published figures. Only your IRCC account shows whether you were invited.',
    officialPage: 'This draw on the official page',
    sentBy: (sender) => `Sent by ${sender}`,
    unsubscribe: (address, subject) =>
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
