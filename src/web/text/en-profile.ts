// What the fields of a profile are called, in English.

import type { ProfileWords } from './profile-words.ts';

const ANSWER = 'Choose yes, no or not said.';

export const enProfile: ProfileWords = {
  labels: {
    crs: 'Your score (CRS)',
    crsAsOf: 'The day that score was noted',
    profileSubmittedAt: 'When your profile was first submitted',
    programs: 'Programmes you are eligible for',
    nominated: 'Do you have a provincial nomination?',
    frenchNclc7: 'Is your French at NCLC 7 or better in all four abilities?',
    experience: 'Skilled work of the last three years',
    militaryRecruit: 'Do you meet the three conditions for skilled military recruits?',
    noc: 'NOC 2021 code',
    months: 'Months',
    continuous: 'At least six of them without a break?',
    inCanada: 'In Canada?',
  },
  hints: {
    crs: 'As your IRCC account shows it. If a province has nominated you, it already holds those 600 points.',
    crsAsOf: 'The points change now and then: the day tells which of them your score goes by.',
    profileSubmittedAt:
      'Such as 2024-03-19 18:58:58, in UTC; or the day alone, which is enough unless it is close to a draw or to a tie-break.',
    programs: 'With no box ticked, this stays unknown.',
    experience: 'One row for each occupation. When all rows are filled, the form comes back with one more.',
    militaryRecruit:
      'Service in the armed forces of another country, an offer by the Canadian Armed Forces, and study after secondary school.',
    noc: 'Five digits, such as 31301.',
  },
  answers: { unsaid: 'Not said', yes: 'Yes', no: 'No' },
  noProgram: 'None of these',
  work: (number) => `Occupation ${number}`,
  noWork: 'No skilled work in the last three years',
  leftOut:
    'Every field may stay empty. What is left out is unknown, and never taken for a yes or a no: where it matters, the answer names it.',
  faults: {
    crs: { wrong: 'The score is a whole number from 0 to 1200, in digits alone.' },
    crsAsOf: {
      wrong: 'The day of the score is written as 2024-05-01.',
      future: 'The day of the score has not begun yet.',
    },
    profileSubmittedAt: {
      wrong:
        'When the profile was submitted is written as 2024-03-19 18:58:58, with the seconds, or as a day: 2024-03-19.',
      future: 'When the profile was submitted is still to come.',
    },
    programs: {
      wrong: 'The programmes are those with a box here.',
      contradiction: '“None of these” is ticked together with a programme. It is one or the other.',
    },
    nominated: { wrong: `A provincial nomination: ${lower(ANSWER)}` },
    frenchNclc7: { wrong: `French: ${lower(ANSWER)}` },
    experience: {
      wrong: 'At most 50 occupations fit here.',
      contradiction: '“No skilled work” is ticked, and there is an occupation. It is one or the other.',
    },
    militaryRecruit: { wrong: `Military recruits: ${lower(ANSWER)}` },
    noc: {
      wrong: 'A NOC 2021 code has five digits, such as 31301. Four digits are a code of the older NOC 2016.',
      unknown: 'There is no such NOC 2021 code. The second digit is the TEER, 0 to 5.',
      missing: 'The NOC 2021 code is missing.',
    },
    months: {
      wrong: 'The months are a whole number from 0 to 720, in digits alone.',
      missing: 'The number of months is missing.',
    },
    continuous: { wrong: `Without a break: ${lower(ANSWER)}` },
    inCanada: { wrong: `In Canada: ${lower(ANSWER)}` },
  },
  inRow: (number, fault) => `Occupation ${number}: ${fault}`,
  faultsHeading: (count) =>
    count === 1 ? 'One thing has to be put right' : `${count} things have to be put right`,
};

/** As it stands behind a colon. */
function lower(sentence: string): string {
  return `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`;
}
