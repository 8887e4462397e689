// Everything known about a draw, as a page for people.

import type { Draw } from '../draw/draw.ts';
import type { Band } from '../draw/pool.ts';
import { printable } from '../errors.ts';
import type { Criteria } from '../match/criteria.ts';
import type { Occupation } from '../match/reference.ts';
import { changedFacts } from '../notify/text/changes.ts';
import {
  audienceSentences,
  byImportance,
  cautionSentence,
  comparisonSentence,
  drawTypeName,
  publishedLabel,
  publishedNumber,
  publishedTieBreak,
  specialSentence,
} from '../notify/text/describe.ts';
import { en } from '../notify/text/en.ts';
import { asSentence } from '../notify/text/letters.ts';
import { describeDraw } from './describe.ts';
import type { Explanation } from './explain.ts';
import { type Column, formatTable, styled } from './output.ts';
import { formatFacts, formatPage, formatSentences } from './page.ts';

const { headings, labels, notPublished } = en.mail;

export function formatExplanation(explanation: Explanation, criteria: Criteria): string {
  const { draw, special } = explanation;
  return formatPage([
    [styled('bold', printable(`${draw.id}: ${describeDraw(draw)}`)), ...withdrawn(explanation)],
    formatFacts(headings.draw, facts(draw, criteria)),
    formatSentences(
      headings.special,
      byImportance(special).map((one) => asSentence(specialSentence(en, one, draw))),
    ),
    corrections(explanation),
    formatSentences('Compared with the last draw of its type', comparison(explanation)),
    formatSentences('Whom it was for', audienceSentences(en, criteria)),
    ...list(explanation.audience.category),
    ...pool(draw),
    formatFacts('Where it was read', origin(explanation)),
  ]);
}

function facts(draw: Draw, { held }: Criteria): [string, string | null][] {
  const issued = draw.issuedAt === null ? notPublished : en.moment(draw.issuedAt);
  const contradictory = draw.issuedAt !== null && held.from !== held.to;
  return [
    [labels.date, en.day(draw.date)],
    ['Time given', contradictory ? `${issued}, which contradicts the date` : issued],
    [labels.type, `${drawTypeName(en, draw).name} (${draw.type})`],
    ['Version', draw.version],
    [labels.published, publishedLabel(draw)],
    ['Programmes', draw.programs === null ? notPublished : programs(draw.programs)],
    [labels.invitations, publishedNumber(en, draw.invitations)],
    [labels.cutoff, publishedNumber(en, draw.cutoff)],
    [labels.tieBreak, publishedTieBreak(en, draw)],
    ...(draw.pool ? [] : [[labels.pool, notPublished] as [string, string]]),
  ];
}

function programs(of: readonly NonNullable<Draw['programs']>[number][]): string {
  return of.length === 0 ? 'none' : en.list(of.map((program) => en.programs[program]));
}

function withdrawn({ withdrawnAt }: Explanation): string[] {
  if (withdrawnAt === null) return [];
  return [
    styled('yellow', `Withdrawn: since ${en.moment(withdrawnAt)} it counts as taken back by its publisher.`),
  ];
}

function corrections({ draw, corrections }: Explanation): string[] {
  const rows = corrections.flatMap(({ at, changes }) =>
    changedFacts(en, draw, changes).map(([what, change]) => ({ at, what, change })),
  );
  if (rows.length === 0) return [];
  return [
    formatTable(rows, [
      { title: 'Corrected', value: ({ at }) => en.moment(at) },
      { title: 'What', value: ({ what }) => what },
      { title: 'How', value: ({ change }) => change },
    ]),
  ];
}

function comparison({ draw, previous }: Explanation): string[] {
  if (previous === null) return ['No earlier one is known.'];
  const { id, date, invitations, cutoff } = previous;
  const facts = [
    en.day(date),
    invitations === null ? 'invitations not published' : `${en.number(invitations)} invited`,
    cutoff === null ? 'no cut-off published' : `cut-off ${en.number(cutoff)}`,
  ];
  return [comparisonSentence(en, draw, previous), `That was ${id}: ${facts.join(', ')}.`];
}

const OCCUPATION_COLUMNS: readonly Column<Occupation>[] = [
  { title: 'NOC', value: ({ noc }) => noc },
  { title: 'Occupation', value: ({ en: title }) => title },
];

/** What the category's version asks for, and how that is known. */
function list(category: Explanation['audience']['category']): string[][] {
  if (category === null) return [];
  const { type, version, certainty, source, occupations } = category;
  const care = cautionSentence(en, { code: 'category-rules-uncertain', certainty, source });
  return [
    formatFacts('The list', [
      ['Category', `${type} ${version}`],
      ['Certainty', certainty === 'high' ? certainty : `${certainty}. ${care}`],
      ['Source', source],
      ['Occupations', occupations.length === 0 ? null : String(occupations.length)],
    ]),
    occupations.length === 0 ? [] : [formatTable(occupations, OCCUPATION_COLUMNS)],
  ];
}

function pool({ pool, cutoff }: Draw): string[][] {
  if (pool === null) return [];
  const { total, asOf, bands } = pool;
  const sum = bands.reduce((candidates, band) => candidates + band.candidates, 0);
  const columns: readonly Column<Band & { atOrAbove: number }>[] = [
    { title: 'Score', value: ({ from, to }) => `${from} to ${to}`, right: true },
    { title: 'Candidates', value: ({ candidates }) => candidates, right: true },
    { title: 'This or higher', value: ({ atOrAbove }) => atOrAbove, right: true },
    {
      title: '',
      value: ({ from, to }) => (cutoff !== null && from <= cutoff && cutoff <= to ? `cut-off ${cutoff}` : ''),
    },
  ];
  let atOrAbove = 0;
  const rows = bands.map((band) => {
    atOrAbove += band.candidates;
    return { ...band, atOrAbove };
  });
  const sentences = formatSentences('The pool', [
    `${en.mail.pair(labels.pool, en.mail.pool(en.number(total), asOf === null ? null : en.day(asOf)))}.`,
    ...(sum === total
      ? []
      : [`As published, the bands add up to ${en.number(sum)}, which is not the total.`]),
  ]);
  return [[[...sentences, formatTable(rows, columns)].join('\n')]];
}

function origin({ draw, document, firstSeenAt, revision }: Explanation): [string, string | null][] {
  const shipped = URL.parse(document.url) === null;
  return [
    ['Official page', draw.url],
    [
      'Read from',
      shipped ? `${document.url}, shipped with drawbell` : `${document.url} (status ${document.status})`,
    ],
    [shipped ? 'Taken in' : 'Fetched', en.moment(document.fetchedAt)],
    ['First seen', en.moment(firstSeenAt)],
    ['Revision', String(revision)],
  ];
}
