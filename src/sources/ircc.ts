// Source `ircc`: Express Entry rounds of invitations, from the feed behind the official page.

import { dayStart } from '../draw/calendar.ts';
import { compareDraws, type Draw, type Program } from '../draw/draw.ts';
import { readDrawType } from '../draw/draw-type.ts';
import type { Band, Pool } from '../draw/pool.ts';
import { readTypedDay } from '../draw/tie-break.ts';
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
import { LONGEST_NAME, officialUrl, onceEach, type ReadRound, readInstants, SITE } from './ircc-round.ts';
import type { Document, Reading, Source } from './source.ts';

const FEEDS = `${SITE}/content/dam/ircc/documents/json`;

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
  const readings = rounds.map((raw, index) => readRound(raw, rounds.length - index));
  const { draws, unreadable } = onceEach(readings, 'drawNumber');
  // Of a round that is repeated, those of the first.
  const doubts = new Map(readings.toReversed().map((reading) => [reading.id, reading.doubts]));
  if (draws.size === 0)
    throw pageError('shape', document, 'rounds that can be read', `${rounds.length} that cannot`);
  return {
    draws: [...draws.values()].sort(compareDraws),
    unreadable: [...unreadable.values()],
    doubts: [...draws.keys()].flatMap((id) => doubts.get(id) ?? []),
  };
}

interface RoundReading extends ReadRound {
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

  const { issuedAt, tieBreakAt, inferred, doubts } = readInstants(id, date, {
    issuedAt: { field: 'drawDateTime', text: round.drawDateTime },
    tieBreakAt: { field: 'drawCutOff', text: round.drawCutOff },
  });
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
    url: officialUrl(/href\s*=\s*["']([^"'<>\s]+)["']/i.exec(round.mitext)?.[1]),
    ...(inferred ? { inferred: ['tieBreakAt'] } : {}),
  };
  return { id, draw, faults, doubts };
}

function readTexts(raw: Record<string, unknown>): Round {
  const texts = [...REQUIRED, ...OPTIONAL].map((key) => [key, typeof raw[key] === 'string' ? raw[key] : '']);
  return Object.fromEntries(texts);
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
