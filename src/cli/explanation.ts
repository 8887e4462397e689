// Everything known about a draw, as a page for people.

import { printable } from '../errors.ts';
import type { Criteria } from '../match/criteria.ts';
import type { Explained, Explanation } from '../match/explain.ts';
import type { Occupation } from '../match/reference.ts';
import {
  audienceSentences,
  byImportance,
  cautionSentence,
  comparisonSentence,
  drawTypeName,
  specialSentence,
} from '../notify/text/describe.ts';
import { en } from '../notify/text/en.ts';
import {
  type BandRow,
  bandRows,
  correctionRows,
  EXPLAIN_WORDS,
  isShipped,
  poolSentences,
  publishedFacts,
} from '../notify/text/explaining.ts';
import { asSentence } from '../notify/text/letters.ts';
import { TELLING_WORDS } from '../notify/text/telling-words.ts';
import { describeDraw } from './describe.ts';
import { type Column, formatTable, styled } from './output.ts';
import { formatFacts, formatPage, formatSentences } from './page.ts';

const say = EXPLAIN_WORDS.en;
const { headings, labels } = say;

export function formatExplanation(explained: Explained): string {
  const { explanation, criteria } = explained;
  const { draw, special, withdrawnAt } = explanation;
  const typeName = `${drawTypeName(en, draw).name} (${draw.type})`;
  return formatPage([
    [
      styled('bold', printable(`${draw.id}: ${describeDraw(draw)}`)),
      ...(withdrawnAt === null ? [] : [styled('yellow', say.withdrawn(en.moment(withdrawnAt)))]),
    ],
    formatFacts(en.mail.headings.draw, publishedFacts(en, explained, typeName)),
    formatSentences(
      en.mail.headings.special,
      byImportance(special).map((one) => asSentence(specialSentence(en, one, draw))),
    ),
    corrections(explanation),
    formatSentences(headings.comparison, comparison(explanation)),
    formatSentences(headings.audience, audienceSentences(en, criteria)),
    ...list(criteria),
    ...pool(explanation),
    formatFacts(headings.origin, origin(explanation)),
  ]);
}

function corrections(explanation: Explanation): string[] {
  const rows = correctionRows(en, explanation);
  if (rows.length === 0) return [];
  return [
    formatTable(rows, [
      { title: labels.corrected, value: ({ at }) => en.moment(at) },
      { title: labels.what, value: ({ what }) => what },
      { title: labels.how, value: ({ change }) => change },
    ]),
  ];
}

function comparison({ draw, previous }: Explanation): string[] {
  if (previous === null) return [say.noEarlier];
  const { id, date } = previous;
  const figures = TELLING_WORDS.en.figures(previous);
  return [comparisonSentence(en, draw, previous), `That was ${id}: ${en.day(date)}, ${figures}.`];
}

const OCCUPATION_COLUMNS: readonly Column<Occupation>[] = [
  { title: labels.noc, value: ({ noc }) => noc },
  { title: labels.occupation, value: ({ en: title }) => title },
];

/** What the category's version asks for, and how that is known. */
function list({ category }: Criteria): string[][] {
  if (category === null) return [];
  const { type, version, certainty, source, occupations } = category;
  const care = cautionSentence(en, { code: 'category-rules-uncertain', certainty, source });
  return [
    formatFacts(headings.list, [
      [labels.category, `${type} ${version}`],
      [labels.certainty, certainty === 'high' ? certainty : `${certainty}. ${care}`],
      [labels.source, source],
      [labels.occupations, occupations.length === 0 ? null : String(occupations.length)],
    ]),
    occupations.length === 0 ? [] : [formatTable(occupations, OCCUPATION_COLUMNS)],
  ];
}

function pool({ draw: { pool, cutoff } }: Explanation): string[][] {
  if (pool === null) return [];
  const columns: readonly Column<BandRow>[] = [
    { title: labels.score, value: ({ from, to }) => say.band(from, to), right: true },
    { title: labels.candidates, value: ({ candidates }) => candidates, right: true },
    { title: labels.atOrAbove, value: ({ atOrAbove }) => atOrAbove, right: true },
    {
      title: '',
      value: ({ holdsCutoff }) => (holdsCutoff && cutoff !== null ? say.cutoffHere(cutoff) : ''),
    },
  ];
  const sentences = formatSentences(headings.pool, poolSentences(en, pool));
  return [[[...sentences, formatTable(bandRows(pool, cutoff), columns)].join('\n')]];
}

function origin({ draw, document, firstSeenAt, revision }: Explanation): [string, string | null][] {
  const shipped = isShipped(document);
  return [
    [labels.officialPage, draw.url],
    [labels.readFrom, shipped ? say.shipped(document.url) : say.withStatus(document.url, document.status)],
    [shipped ? labels.takenIn : labels.fetched, en.moment(document.fetchedAt)],
    [labels.firstSeen, en.moment(firstSeenAt)],
    [labels.revision, String(revision)],
  ];
}
