// What the pages of types say, in English.

import { formatsFor } from '../../notify/text/format.ts';
import type { TypePageWords, TypesWords } from './types-words.ts';

const { count, number } = formatsFor('en');
const monthName = new Intl.DateTimeFormat('en-CA', { month: 'long', year: 'numeric', timeZone: 'UTC' });
const occupations = (many: number) => count(many, 'occupation', 'occupations');

const type: TypePageWords = {
  description: (name, draws, first, latest) =>
    `${name}: ${count(draws, 'draw', 'draws')} of Express Entry from ${first} to ${latest}, with the returns, the records, the versions and every cut-off.`,
  dormant: (days) =>
    `Dormant: its latest draw was held ${count(days, 'day', 'days')} before the newest draw of all.`,
  check: 'Would you have been invited in the latest?',
  audience: 'Whom its latest draw was for',
  chart: 'Cut-offs and invitations over time',
  returns: 'Returns after a long time',
  records: {
    heading: 'Records',
    names: {
      'lowest-cutoff': 'Lowest cut-off',
      'highest-cutoff': 'Highest cut-off',
      'largest-round': 'Largest round',
    },
    moves: (moves) => `How it moved, in ${count(moves, 'step', 'steps')}`,
  },
  versions: {
    heading: 'Versions of the category',
    version: (name) => `Version ${name}`,
    inForce: (from, until) =>
      until === null ? `In force since ${from}.` : `In force from ${from} until ${until}.`,
    asNamed: (names) => `Its draws are named ${names}.`,
    draws: (draws) => `${count(draws, 'draw was', 'draws were')} held under it, the latest:`,
    undrawn: 'No draw held under it is known here.',
    added: (many) => `New on its list: ${occupations(many)}`,
    removed: (many) => `No longer on its list: ${occupations(many)}`,
    same: 'Its list names the same occupations as the version before.',
    all: (many) => `Its list: ${occupations(many)}`,
    month: (text) => monthName.format(new Date(`${text}-01`)),
  },
  table: {
    heading: 'All its draws',
    caption: 'Newest first.',
    version: 'Version',
    gap: 'Days since the one before',
  },
  feeds: 'Feeds of this type',
};

export const enTypes: TypesWords = {
  title: 'Types of draws',
  description:
    'Every type of draw that Express Entry ever had: how many, the latest, its cut-off and its invitations.',
  intro: (types, draws) =>
    `${count(types, 'type', 'types')} in ${count(draws, 'draw', 'draws')}. Each leads to its first draw, its returns, its records and its whole history.`,
  table: 'Types of draws',
  caption: 'By the latest draw, newest first.',
  draws: 'Draws',
  latest: 'Latest draw',
  first: 'First draw',
  latestCutoff: 'Latest cut-off',
  latestInvitations: 'Latest invitations',
  daysSince: 'Days since then',
  dormant: 'dormant',
  dormantNote: (days) =>
    `Dormant: the latest draw was held more than ${number(days)} days before the newest draw of all.`,
  undrawn: (names) => `Announced categories of which no draw is known: ${names}.`,
  none: 'No draw is known yet.',
  unknown: {
    title: 'No such type is known',
    lines: ['Perhaps its name was mistyped, or no draw of it has been published yet.'],
  },
  toAll: 'All types',
  type,
};
