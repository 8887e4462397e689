// What the history and its chart say, in English.

import { formatsFor } from '../../notify/text/format.ts';
import type { HistoryWords, Selected } from './history-words.ts';

const { number, count } = formatsFor('en');
const monthName = new Intl.DateTimeFormat('en-CA', { month: 'short', timeZone: 'UTC' });

export const enHistory: HistoryWords = {
  title: ({ type, year }, page) => {
    const of = year === null ? (type === null ? 'History of draws' : 'draws') : `draws of ${year}`;
    const title = type === null ? `${of.charAt(0).toUpperCase()}${of.slice(1)}` : `${type}: ${of}`;
    return page === null ? title : `${title}, page ${page}`;
  },
  description: (selected, draws) =>
    `${draws} of Express Entry${inWords(selected)}, each with its date, cut-off, invitations and pool.`,
  extent: (draws, first, last) =>
    first === last
      ? `${count(draws, 'draw', 'draws')}, on ${first}.`
      : `${count(draws, 'draw', 'draws')}, from ${first} to ${last}.`,
  draws: (draws) => count(draws, 'draw', 'draws'),
  filter: {
    name: 'Which draws to show',
    type: 'Type',
    year: 'Year',
    order: 'Order',
    allTypes: 'All types',
    allYears: 'All years',
    show: 'Show',
  },
  sorts: {
    newest: 'Newest first',
    oldest: 'Oldest first',
    lowest: 'Lowest cut-off first',
    highest: 'Highest cut-off first',
    largest: 'Most invitations first',
    smallest: 'Fewest invitations first',
  },
  chart: 'Chart',
  table: 'Draws',
  poolNote: 'The pool holds all candidates, whatever the draw was for.',
  poolAsOf: (candidates, day) => `${candidates} as of ${day}`,
  pages: 'Pages of the table',
  page: (page) => `Page ${page}`,
  previous: 'Previous page',
  next: 'Next page',
  asFile: 'These draws as a file:',
  csv: 'CSV, for spreadsheets',
  json: 'JSON, for programs',
  nothing: (selected) => ({
    title: 'There are no such draws',
    lines: [`No draw is known${inWords(selected)}.`],
  }),
  unknown: {
    title: 'There are no such draws',
    lines: ['Perhaps the address was cut, or it names a type, a year or a page that is not there.'],
  },
  toAll: 'All draws',
  drawing: {
    name: 'Chart of cut-offs and invitations',
    cutoffs: 'Cut-off',
    invitations: 'Invitations',
    title: (first, last) => `Cut-offs and invitations, from ${first} to ${last}`,
    description: ({ draws, lowest, highest, smallest, largest }) =>
      `${count(draws, 'draw', 'draws')} with cut-offs from ${number(lowest)} to ${number(highest)}${
        smallest === null || largest === null
          ? ''
          : ` and from ${number(smallest)} to ${count(largest, 'invitation', 'invitations')}`
      }. The same figures stand in the table below the chart.`,
    note: 'Each mark is a draw: its day and its cut-off. Each bar below shows how many people a draw invited.',
    broken: 'Cut-offs stand in panels with a scale each: a nomination alone brings 600 points.',
    clipped: 'A bar with its number beside it goes beyond the scale.',
    highlight: 'Highlight',
    all: 'All types',
    others: 'Other types',
    asTable: 'The chart in figures',
    byType: 'By type: how many draws and invitations, and which cut-offs.',
    byYear: 'By year: how many draws and invitations, and which cut-offs.',
    year: 'Year',
    draws: 'Draws',
    lowest: 'Lowest cut-off',
    highest: 'Highest cut-off',
    latest: 'Latest cut-off',
    month: (date) => monthName.format(date),
  },
};

function inWords({ type, year }: Selected): string {
  return `${type === null ? '' : ` of the type ${type}`}${year === null ? '' : ` in ${year}`}`;
}
