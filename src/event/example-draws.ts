// draws -> facts that examples of events are made of: four rounds as they were published.

import type { Draw, Program } from '../draw/draw.ts';
import type { DrawType } from '../draw/draw-type.ts';
import type { Band, Pool } from '../draw/pool.ts';

/** The bands in which the pool is published, from the highest to the lowest. */
const BANDS: readonly (readonly [from: number, to: number])[] = [
  [601, 1200],
  [501, 600],
  [491, 500],
  [481, 490],
  [471, 480],
  [461, 470],
  [451, 460],
  [441, 450],
  [431, 440],
  [421, 430],
  [411, 420],
  [401, 410],
  [351, 400],
  [301, 350],
  [0, 300],
];
const PAGE =
  'https://www.canada.ca/en/immigration-refugees-citizenship/corporate/mandate/policies-operational-instructions-agreements/ministerial-instructions/express-entry-rounds/invitations.html';
const CATEGORY: Program[] = ['fsw', 'cec', 'fst'];

/** Rounds by what they are told for: a return, a correction, a new type, a new version and a record. */
export function exampleDraws() {
  return {
    cec297: round('297', 'cec', null, {
      label: 'Canadian Experience Class',
      date: '2024-05-31',
      issuedAt: '2024-05-31T12:48:30Z',
      programs: ['cec'],
      invitations: 3000,
      cutoff: 522,
      tieBreakAt: '2024-03-19T18:58:58Z',
      pool: pool(
        '2024-05-29',
        224404,
        [2918, 14211, 8855, 12120, 16805, 13828, 11745, 11022, 11023, 9977, 10900, 11156, 57028, 27210, 5606],
      ),
    }),
    general262: round('262', 'general', null, {
      label: 'No Program Specified',
      date: '2023-08-15',
      issuedAt: '2023-08-15T14:23:51Z',
      programs: ['fsw', 'cec', 'fst', 'pnp'],
      invitations: 4300,
      cutoff: 496,
      tieBreakAt: '2023-07-04T19:36:18Z',
      pool: pool(
        '2023-08-15',
        211356,
        [984, 2172, 2709, 6721, 19351, 14976, 12167, 11184, 11596, 9573, 10282, 11074, 61289, 31980, 5298],
      ),
    }),
    managers402: round('402', 'senior-managers', '2026-1', {
      label: 'Senior managers with Canadian Work Experience, 2026-Version 1',
      date: '2026-03-05',
      issuedAt: '2026-03-05T11:49:49Z',
      programs: CATEGORY,
      invitations: 250,
      cutoff: 429,
      tieBreakAt: '2025-08-19T15:10:18Z',
      pool: pool(
        '2026-03-01',
        232534,
        [
          258, 14031, 13321, 12678, 15415, 15099, 15167, 14334, 14481, 12746, 12511, 11796, 53727, 18694,
          8276,
        ],
      ),
    }),
    trades408: round('408', 'trades', '2026-3', {
      label: 'Trades Occupations, 2026-Version 3',
      date: '2026-04-02',
      issuedAt: '2026-04-02T13:39:04Z',
      programs: CATEGORY,
      invitations: 3000,
      cutoff: 477,
      tieBreakAt: '2026-02-14T20:53:54Z',
      pool: pool(
        '2026-03-29',
        230186,
        [
          351, 11648, 13558, 13075, 16153, 15421, 15238, 14173, 14334, 12433, 12348, 11494, 52655, 19007,
          8298,
        ],
      ),
    }),
  };
}

type Facts = Pick<
  Draw,
  'label' | 'date' | 'issuedAt' | 'programs' | 'invitations' | 'cutoff' | 'tieBreakAt' | 'pool'
>;

function round(number: string, type: DrawType, version: string | null, facts: Facts): Draw {
  return {
    id: `ircc:${number}`,
    source: 'ircc',
    number,
    date: facts.date,
    issuedAt: facts.issuedAt,
    label: facts.label,
    type,
    version,
    programs: facts.programs,
    invitations: facts.invitations,
    scoreSystem: 'crs',
    cutoff: facts.cutoff,
    tieBreakAt: facts.tieBreakAt,
    pool: facts.pool,
    url: `${PAGE}?q=${number}`,
  };
}

function pool(asOf: string, total: number, candidates: readonly number[]): Pool {
  const bands = BANDS.map(([from, to], index): Band => ({ from, to, candidates: candidates[index] ?? 0 }));
  return { asOf, total, bands };
}
