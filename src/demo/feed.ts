// draws -> the official feed that would have published them, as of any day. Pure; for the demo and the tests.

import { compareDraws, type Draw, type Program } from '../draw/draw.ts';
import type { Band } from '../draw/pool.ts';

export interface FeedOptions {
  /** Only the draws up to and including this day, `YYYY-MM-DD`; all of them when left out. */
  asOf?: string;
  /** Spaces a level: the official file changes its indentation without changing its content. */
  indent?: number;
}

/** One round as the official feed spells it: 31 keys, every value a string. */
export type FeedRound = Record<string, string>;

/** The feed as of a day, newest draw first, in the shape of the official one. */
export function buildFeed(draws: readonly Draw[], options: FeedOptions = {}): string {
  const { asOf, indent = 2 } = options;
  const published = draws.filter((draw) => asOf === undefined || draw.date <= asOf);
  return wrapRounds(published.sort(compareDraws).reverse().map(toRound), indent);
}

/** Rounds, in the order given, as a feed. */
export function wrapRounds(rounds: readonly FeedRound[], indent = 2): string {
  return JSON.stringify({ classes: 'wb-tables', rounds }, null, indent);
}

/** One draw as a round. */
export function toRound(draw: Draw): FeedRound {
  const year = !draw.inferred?.includes('tieBreakAt');
  return {
    drawNumber: draw.number,
    drawNumberURL: anchor(draw.url, draw.number),
    drawDate: draw.date,
    drawDateFull: typedDay(draw.date),
    drawName: draw.label,
    drawSize: count(draw.invitations),
    drawCRS: draw.cutoff === null ? '' : String(draw.cutoff),
    mitext: anchor(draw.url, `Round #${draw.number}`),
    DrawText1: anchor(draw.url, `Instructions for round #${draw.number}`),
    drawText2: programs(draw.programs),
    drawDateTime: typedInstant(draw.issuedAt),
    drawCutOff: typedInstant(draw.tieBreakAt, { year }),
    ...pool(draw),
  };
}

const PROGRAM_NAMES: Record<Program, string> = {
  fsw: 'Federal Skilled Worker Program',
  cec: 'Canadian Experience Class',
  fst: 'Federal Skilled Trades Program',
  pnp: 'Provincial Nominee Program',
};

/** "A, B and C", as the official feed lists programmes. */
function programs(list: readonly Program[] | null): string {
  const names = (list ?? []).map((program) => PROGRAM_NAMES[program]);
  const last = names.pop() ?? '';
  return names.length > 0 ? `${names.join(', ')} and ${last}` : last;
}

/** Links are relative to the official site, whose inner path people do not see. */
function anchor(url: string | null, text: string): string {
  if (url === null) return text;
  return `<a href='${url.replace('https://www.canada.ca/', '/content/canadasite/')}'>${text}</a>`;
}

// Made once: a formatter costs more than a thousand dates.
const MONTH_AND_DAY = new Intl.DateTimeFormat('en-US', { month: 'long', day: 'numeric', timeZone: 'UTC' });
const THOUSANDS = new Intl.NumberFormat('en-US');

/** "May 31, 2024" */
function typedDay(date: string, { year = true } = {}): string {
  const day = MONTH_AND_DAY.format(new Date(`${date}T00:00:00Z`));
  return year ? `${day}, ${date.slice(0, 4)}` : day;
}

/** "May 31, 2024 at 12:48:30 UTC"; blank when not known. */
function typedInstant(instant: string | null, { year = true } = {}): string {
  if (instant === null) return '';
  return `${typedDay(instant.slice(0, 10), { year })} at ${instant.slice(11, 19)} UTC`;
}

/** `dd1` to `dd18` by the scores they hold; `null` is the total of the pool. */
const BANDS: readonly (readonly [from: number, to: number] | null)[] = [
  [601, 1200],
  [501, 600],
  [451, 500],
  [491, 500],
  [481, 490],
  [471, 480],
  [461, 470],
  [451, 460],
  [401, 450],
  [441, 450],
  [431, 440],
  [421, 430],
  [411, 420],
  [401, 410],
  [351, 400],
  [301, 350],
  [0, 300],
  null,
];

/** All zero when the pool is not known. Groups are the sum of their bands; the total is as published. */
function pool({ date, pool }: Draw): FeedRound {
  const within = ([from, to]: readonly [number, number]) =>
    (pool?.bands ?? []).filter((band) => band.from >= from && band.to <= to).reduce(addCandidates, 0);
  const counts = BANDS.map((band, index): [string, string] => [
    `dd${index + 1}`,
    count(band ? within(band) : (pool?.total ?? 0)),
  ]);
  // The feed gives a day even where it gives no pool.
  const asOf = pool ? pool.asOf : date;
  return { drawDistributionAsOn: asOf === null ? '' : typedDay(asOf), ...Object.fromEntries(counts) };
}

function addCandidates(sum: number, band: Band): number {
  return sum + band.candidates;
}

/** "27,332"; blank when not known. */
function count(value: number | null): string {
  return value === null ? '' : THOUSANDS.format(value);
}
