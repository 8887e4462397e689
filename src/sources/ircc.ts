// Source `ircc`: Express Entry rounds of invitations, from the feed behind the official page.

import { dayStart, instantMs, toDate } from '../draw/calendar.ts';
import { compareDraws, type Draw, type Program, sameFacts } from '../draw/draw.ts';
import { readDrawType } from '../draw/draw-type.ts';
import type { Band, Pool } from '../draw/pool.ts';
import { readTypedDay, readTypedInstant } from '../draw/tie-break.ts';
import { type Fault, printable, quote } from '../errors.ts';
import { parseOpinions } from './ircc-fr.ts';
import {
  HIGHEST_SCORE,
  isFeed,
  pageError,
  readCount,
  readCutoff,
  readNumber,
  readRounds,
} from './ircc-list.ts';
import type { Document, Reading, Source, UnreadableRound } from './source.ts';

export { readCount } from './ircc-list.ts';

const SITE = 'https://www.canada.ca';
const FEEDS = `${SITE}/content/dam/ircc/documents/json`;
/** Twice the longest official name: what is longer is no name. */
const LONGEST_NAME = 200;

export const ircc: Source = {
  id: 'ircc',
  publisher: 'Immigration, Refugees and Citizenship Canada',
  pageUrl: `${SITE}/en/immigration-refugees-citizenship/corporate/mandate/policies-operational-instructions-agreements/ministerial-instructions/express-entry-rounds.html`,
  documentUrl: `${FEEDS}/ee_rounds_123_en.json`,
  site: 'canada.ca',
  history: 'ircc.json',
  habits: {
    // Every round was first seen on its own day, and none after one of a later day.
    lateDays: 0,
    // The bands of #247 add up to 180 fewer than its total; all others add up.
    poolError: 180,
    // The largest round ever sent 27,332 invitations.
    invitations: 50_000,
  },
  parse,
  page: {
    isDocument: isFeed,
    parse: async (document) => (await import('./ircc-page.ts')).parsePage(document),
  },
  secondOpinion: { documentUrl: `${FEEDS}/ee_rounds_123_fr.json`, parse: parseOpinions },
};

/** `dd1` to `dd18` by what they hold. Where a band has finer ones, those are used: never both. */
const BANDS: readonly { key: BandKey; from: number; to: number; parts?: readonly BandPart[] }[] = [
  { key: 'dd1', from: 601, to: 1200 },
  { key: 'dd2', from: 501, to: 600 },
  { key: 'dd3', from: 451, to: 500, parts: tens(500, ['dd4', 'dd5', 'dd6', 'dd7', 'dd8']) },
  { key: 'dd9', from: 401, to: 450, parts: tens(450, ['dd10', 'dd11', 'dd12', 'dd13', 'dd14']) },
  { key: 'dd15', from: 351, to: 400 },
  { key: 'dd16', from: 301, to: 350 },
  { key: 'dd17', from: 0, to: 300 },
];
type BandKey = `dd${number}`;
type BandPart = { key: BandKey; from: number; to: number };

/** Only what we use; every value is a string that somebody typed. Without the first ones there is no round. */
const REQUIRED = ['drawNumber', 'drawDate', 'drawName', 'drawSize', 'drawCRS'] as const;
const OPTIONAL = ['mitext', 'drawText2', 'drawDateTime', 'drawCutOff', 'drawDistributionAsOn'] as const;
type Round = Record<(typeof REQUIRED)[number] | (typeof OPTIONAL)[number], string>;

function parse(document: Document): Reading {
  const rounds = readRounds(document);
  const draws = new Map<string, Draw>();
  const unreadable = new Map<string, UnreadableRound>();
  const doubts = new Map<string, Fault[]>();
  for (const [index, raw] of rounds.entries()) {
    const { id, draw, faults, doubts: ownDoubts } = readRound(raw, rounds.length - index);
    const twin = draws.get(id);
    if (twin && draw && sameFacts(twin, draw)) continue;
    if (!draw && sameFacts(unreadable.get(id)?.faults, faults)) continue;
    if (twin || unreadable.has(id)) {
      // Which of the two is right nobody can say, so neither is believed.
      draws.delete(id);
      doubts.delete(id);
      const others = unreadable.get(id)?.faults ?? [];
      const twice = {
        where: `${id} drawNumber`,
        expected: 'each number once',
        found: 'it twice, with different content',
      };
      unreadable.set(id, { id, faults: [...others, twice] });
    } else if (draw) {
      draws.set(id, draw);
      doubts.set(id, ownDoubts);
    } else {
      unreadable.set(id, { id, faults });
    }
  }
  if (draws.size === 0)
    throw pageError('shape', document, 'rounds that can be read', `${rounds.length} that cannot`);
  return {
    draws: [...draws.values()].sort(compareDraws),
    unreadable: [...unreadable.values()],
    doubts: [...doubts.values()].flat(),
  };
}

interface RoundReading {
  id: string;
  draw: Draw | null;
  faults: Fault[];
  doubts: Fault[];
}

function readRound(raw: Record<string, unknown>, place: number): RoundReading {
  const faults: Fault[] = [];
  const number = readNumber(raw.drawNumber);
  const id = `ircc:${number ?? `?${place}`}`;
  const fault = (key: string, expected: string, found: unknown) =>
    faults.push({
      where: `${id} ${key}`,
      expected,
      found: found === undefined ? 'nothing' : quote(found),
    });
  if (number === null) fault('drawNumber', 'a number such as 297 or 91a', raw.drawNumber);

  const strange = REQUIRED.filter((key) => typeof raw[key] !== 'string');
  if (strange.length > 0) {
    for (const key of strange) if (key !== 'drawNumber') fault(key, 'text', raw[key]);
    return { id, draw: null, faults, doubts: [] };
  }

  const round = readTexts(raw);
  const date = round.drawDate.trim();
  if (dayStart(date) === null) fault('drawDate', 'a day as YYYY-MM-DD', round.drawDate);
  const label = printable(round.drawName.toWellFormed());
  if (label === '' || label.length > LONGEST_NAME) fault('drawName', 'the name of the draw', round.drawName);
  const invitations = readCount(round.drawSize);
  if (!invitations) fault('drawSize', 'the number of invitations', round.drawSize);
  const cutoff = readCutoff(round.drawCRS);
  if (!cutoff) fault('drawCRS', `the cut-off score, 1 to ${HIGHEST_SCORE}`, round.drawCRS);
  if (number === null || faults.length > 0) return { id, draw: null, faults, doubts: [] };

  const { issuedAt, tieBreakAt, inferred, doubts } = readInstants(id, round, date);
  const draw: Draw = {
    id,
    source: 'ircc',
    number,
    date,
    issuedAt,
    label,
    ...readDrawType(label),
    programs: readPrograms(round.drawText2),
    invitations,
    scoreSystem: 'crs',
    cutoff,
    tieBreakAt,
    pool: readPool(raw, round.drawDistributionAsOn),
    url: readUrl(round.mitext),
    ...(inferred ? { inferred: ['tieBreakAt'] } : {}),
  };
  return { id, draw, faults, doubts };
}

function readTexts(raw: Record<string, unknown>): Round {
  const texts = [...REQUIRED, ...OPTIONAL].map((key) => [key, typeof raw[key] === 'string' ? raw[key] : '']);
  return Object.fromEntries(texts);
}

/** A draw whose instants cannot be read is still a draw; what is not certain stays unknown. */
function readInstants(id: string, round: Round, date: string) {
  const doubts: Fault[] = [];
  const doubt = (key: 'drawDateTime' | 'drawCutOff', expected: string) =>
    doubts.push({ where: `${id} ${key}`, expected, found: quote(round[key]) });

  const issued = readTypedInstant(round.drawDateTime, date);
  const tieBreak = readTypedInstant(round.drawCutOff, date);
  let issuedAt: string | null = null;
  // A year inferred for the draw itself would be the wrong one: on its own day, the year before.
  if (issued === 'unreadable' || (issued !== 'blank' && issued.inferred))
    doubt('drawDateTime', 'an instant or nothing');
  else if (issued !== 'blank') issuedAt = issued.at;
  let tieBreakAt: string | null = null;
  if (tieBreak === 'unreadable') doubt('drawCutOff', 'an instant or nothing');
  else if (tieBreak !== 'blank' && isAfterDay(tieBreak.at, date))
    doubt('drawCutOff', 'an instant before the draw');
  else if (tieBreak !== 'blank') tieBreakAt = tieBreak.at;
  return {
    issuedAt,
    tieBreakAt,
    inferred: tieBreakAt !== null && typeof tieBreak === 'object' && tieBreak.inferred,
    doubts,
  };
}

/** Later than the draw's day in every Canadian time zone (a Canadian day ends on the next one in UTC). */
function isAfterDay(instant: string, date: string): boolean {
  const start = dayStart(date);
  const at = instantMs(instant);
  return start !== null && at !== null && toDate(at) > toDate(start + 86_400_000);
}

/** Steadier than the name: "Federal Skilled Worker, Canadian Experience Class, ... and Provincial Nominee Program". */
function readPrograms(text: string): Program[] | null {
  const named: [Program, RegExp][] = [
    ['fsw', /federal skilled worker/i],
    ['cec', /canadian experience class/i],
    ['fst', /federal skilled trades/i],
    ['pnp', /provincial nominee/i],
  ];
  const programs = named.filter(([, pattern]) => pattern.test(text)).map(([program]) => program);
  return programs.length > 0 ? programs : null;
}

/** All zero means that no pool was published; a pool with a hole in it is not used at all. */
function readPool(raw: Record<string, unknown>, asOf: string): Pool | null {
  const total = readCount(raw.dd18);
  if (total === null || total === 0) return null;
  const bands: Band[] = [];
  for (const { key, from, to, parts } of BANDS) {
    const fine = parts?.map((part) => ({
      from: part.from,
      to: part.to,
      candidates: readCount(raw[part.key]),
    }));
    const coarse = readCount(raw[key]);
    if (fine?.every(isCounted) && (coarse === 0 || fine.some((band) => band.candidates > 0)))
      bands.push(...fine);
    else if (coarse !== null) bands.push({ from, to, candidates: coarse });
    else return null;
  }
  return { asOf: readTypedDay(asOf), total, bands };
}

function isCounted(band: { from: number; to: number; candidates: number | null }): band is Band {
  return band.candidates !== null;
}

function tens(top: number, keys: readonly BandKey[]): BandPart[] {
  return keys.map((key, index) => ({ key, from: top - 10 * index - 9, to: top - 10 * index }));
}

/** The round's own page. Only a link into the official site is believed. */
function readUrl(html: string): string | null {
  const href = /href\s*=\s*["']([^"'<>\s]+)["']/i.exec(html)?.[1];
  if (!href) return null;
  // The feed links the site's inner path; people read the same page without it.
  const path = href.replace(/^\/content\/canadasite\//, '/');
  const url = URL.parse(path, SITE);
  return url && url.origin === SITE && url.username === '' && url.password === '' ? url.href : null;
}
