// everything known about a draw -> words: the facts, corrections and pool that a terminal shows as a page does.

import type { Draw } from '../../draw/draw.ts';
import type { Band, Pool } from '../../draw/pool.ts';
import type { Explained, Explanation } from '../../match/explain.ts';
import type { Locale } from '../../match/notice.ts';
import { changedFacts } from './changes.ts';
import { drawTypeName, publishedLabel, publishedNumber, publishedTieBreak } from './describe.ts';
import { enExplain } from './en-explain.ts';
import type { ExplainWords } from './explain-words.ts';
import { frExplain } from './fr-explain.ts';
import type { Row } from './message.ts';
import type { Words } from './words.ts';

export const EXPLAIN_WORDS: Record<Locale, ExplainWords> = { en: enExplain, fr: frExplain };

/** A band of the pool, and how many had its lowest score or a higher one. */
export interface BandRow extends Band {
  atOrAbove: number;
  holdsCutoff: boolean;
}

/** What was published, as names and values. */
export function publishedFacts(
  words: Words,
  { explanation: { draw }, criteria: { held } }: Explained,
  typeName = drawTypeName(words, draw).name,
): Row[] {
  const { labels, notPublished } = words.mail;
  const say = EXPLAIN_WORDS[words.locale];
  const issued = draw.issuedAt === null ? notPublished : words.moment(draw.issuedAt);
  const contradictory = draw.issuedAt !== null && held.from !== held.to;
  return [
    [labels.date, words.day(draw.date)],
    [say.labels.timeGiven, contradictory ? say.contradictsDate(issued) : issued],
    [labels.type, typeName],
    ...(draw.version === null ? [] : [[say.labels.version, draw.version] as const]),
    [labels.published, publishedLabel(draw)],
    [say.labels.programs, draw.programs === null ? notPublished : programs(words, draw.programs)],
    [labels.invitations, publishedNumber(words, draw.invitations)],
    [labels.cutoff, publishedNumber(words, draw.cutoff)],
    [labels.tieBreak, publishedTieBreak(words, draw)],
    ...(draw.pool ? [] : [[labels.pool, notPublished] as const]),
  ];
}

/** Each thing a publisher changed, with when that was seen; oldest first. */
export function correctionRows(
  words: Words,
  { draw, corrections }: Explanation,
): { at: string; what: string; change: string }[] {
  return corrections.flatMap(({ at, changes }) =>
    changedFacts(words, draw, changes).map(([what, change]) => ({ at, what, change })),
  );
}

/** Highest first. */
export function bandRows({ bands }: Pool, cutoff: number | null): BandRow[] {
  let atOrAbove = 0;
  return bands.map((band) => {
    atOrAbove += band.candidates;
    return {
      ...band,
      atOrAbove,
      holdsCutoff: cutoff !== null && band.from <= cutoff && cutoff <= band.to,
    };
  });
}

/** How many there were, and whether that is odd. */
export function poolSentences(words: Words, { total, asOf, bands }: Pool): string[] {
  const { labels, pair, pool } = words.mail;
  const sum = bands.reduce((candidates, band) => candidates + band.candidates, 0);
  return [
    `${pair(labels.pool, pool(words.number(total), asOf === null ? null : words.day(asOf)))}.`,
    ...(sum === total ? [] : [EXPLAIN_WORDS[words.locale].bandsDiffer(words.number(sum))]),
  ];
}

/** Whether its facts came with the program, instead of from a publisher. */
export function isShipped({ url }: Explanation['document']): boolean {
  return URL.parse(url) === null;
}

function programs(words: Words, of: NonNullable<Draw['programs']>): string {
  return of.length === 0 ? words.changes.none.programs : words.list(of.map((one) => words.programs[one]));
}
