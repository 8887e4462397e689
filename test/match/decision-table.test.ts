// The decision table: every type of draw by every kind of profile, in the words of the field.

import { describe, expect, it } from 'vitest';
import type { Draw } from '../../src/draw/draw.ts';
import type { Profile } from '../../src/match/profile.ts';
import { missingFields } from '../../src/match/reason.ts';
import { shippedDraw } from '../draw/history.ts';
import { drawNamed, soundProfile, type Work, without } from './profiles.ts';
import { judgeDraw, judgedInWords } from './reference.ts';

/** Real draws; where none was held, one as it would be named. */
const DRAWS: Record<string, Draw> = {
  general: shippedDraw(294),
  cec: shippedDraw(297),
  fsw: shippedDraw(240),
  fst: shippedDraw(159),
  pnp: shippedDraw(296),
  'french 1': shippedDraw(388),
  'french 2': shippedDraw(425),
  'healthcare 1': shippedDraw(301),
  'healthcare 2': shippedDraw(385),
  'healthcare 3': shippedDraw(422),
  'stem 1': shippedDraw(293),
  'stem 2': drawNamed('STEM occupations (Version 2)'),
  'stem 3': drawNamed('STEM Occupations, 2026-Version 3'),
  'trades 1': shippedDraw(321),
  'trades 2': shippedDraw(368),
  'trades 3': shippedDraw(408),
  'transport 1': shippedDraw(289),
  'transport 2': drawNamed('Transport Occupations, 2026-Version 2'),
  'agriculture 1': shippedDraw(285),
  'agriculture 2': drawNamed('Agriculture and agri-food occupations (Version 2)'),
  'education 1': shippedDraw(367),
  'education 2': drawNamed('Education Occupations, 2026-Version 2'),
  physicians: shippedDraw(421),
  'senior managers': shippedDraw(426),
  researchers: drawNamed('Researchers with Canadian Work Experience, 2026-Version 1'),
  military: drawNamed('Skilled Military Recruits, 2026-Version 1'),
  other: drawNamed('Hospitality occupations (Version 1)'),
};

/** Somebody of each occupation that the tables speak of. */
const NOC: Record<string, string> = {
  nurse: '31301',
  kinesiologist: '31204',
  pharmacist: '31120',
  'civil engineer': '21300',
  'mechanical engineer': '21301',
  programmer: '21232',
  carpenter: '72310',
  cook: '63200',
  butcher: '63201',
  'truck driver': '73300',
  'aircraft mechanic': '72404',
  'farm supervisor': '82030',
  teacher: '41220',
  'family physician': '31102',
  'senior manager': '00012',
  professor: '41200',
};

/** One who could be invited in any draw, were it for their programme. */
function suitable(draw: Draw): Profile {
  const worker: Record<string, string> = {
    healthcare: 'nurse',
    stem: 'civil engineer',
    trades: 'carpenter',
    transport: 'aircraft mechanic',
    agriculture: 'butcher',
    education: 'teacher',
    physicians: 'family physician',
    'senior-managers': 'senior manager',
    researchers: 'professor',
  };
  const work = { noc: noc(worker[draw.type] ?? 'nurse'), months: 24, continuous: true, inCanada: true };
  return soundProfile(draw, { frenchNclc7: true, militaryRecruit: true, experience: [work] });
}

function noc(occupation: string): string {
  const code = NOC[occupation];
  if (!code) throw new Error(`no code for ${occupation}`);
  return code;
}

function draw(name: string): Draw {
  const found = DRAWS[name];
  if (!found) throw new Error(`no draw for ${name}`);
  return found;
}

/** A table as text: a row for each draw, a column for each kind of profile. */
function cells(table: string): [row: string, column: string, cell: string][] {
  const [head = [], ...rows] = table
    .trim()
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()));
  const columns = head.slice(1, -1);
  return rows.flatMap(([row = '', ...cells]) =>
    columns.map((column, index): [string, string, string] => [row, column, cells[index] ?? '']),
  );
}

describe('programme and nomination: above the cut-off, in the pool, and whatever else the draw asks for is met', () => {
  const TOLD: Record<string, Partial<Profile>> = {
    CEC: { programs: ['cec'], nominated: false },
    FSW: { programs: ['fsw'], nominated: false },
    FST: { programs: ['fst'], nominated: false },
    'CEC+FSW': { programs: ['cec', 'fsw'], nominated: false },
    'all 3': { programs: ['fst', 'cec', 'fsw'], nominated: false },
    none: { programs: [], nominated: false },
    '?': { nominated: false },
    'none, PN': { programs: [], nominated: true },
    'none, PN?': { programs: [] },
    '?, PN': { nominated: true },
    '?, PN?': {},
    'CEC, PN': { programs: ['cec'], nominated: true },
    'FSW, PN?': { programs: ['fsw'] },
  };
  /** What cannot be told, by what is missing. */
  const MISSING: Record<string, string[]> = {
    'P?': ['programs'],
    'N?': ['nominated'],
    'PN?': ['programs', 'nominated'],
    // Nothing that a person could tell us would help.
    '?': [],
  };

  // PN: has a provincial nomination. yes, no, or what must be told first: P? the programme, N? the nomination.
  it.each(
    cells(`
                    | CEC | FSW | FST | CEC+FSW | all 3 | none | ?  | none, PN | none, PN? | ?, PN | ?, PN? | CEC, PN | FSW, PN? |
    general         | yes | yes | yes | yes     | yes   | no   | P? | yes      | N?        | yes   | PN?    | yes     | yes      |
    cec             | yes | no  | no  | yes     | yes   | no   | P? | no       | no        | P?    | P?     | yes     | no       |
    fsw             | no  | yes | no  | yes     | yes   | no   | P? | no       | no        | P?    | P?     | no      | yes      |
    fst             | no  | no  | yes | no      | yes   | no   | P? | no       | no        | P?    | P?     | no      | no       |
    pnp             | no  | no  | no  | no      | no    | no   | no | yes      | N?        | yes   | N?     | yes     | N?       |
    french 2        | yes | yes | yes | yes     | yes   | no   | P? | no       | no        | P?    | P?     | yes     | yes      |
    healthcare 3    | yes | yes | yes | yes     | yes   | no   | P? | no       | no        | P?    | P?     | yes     | yes      |
    stem 1          | yes | yes | yes | yes     | yes   | no   | P? | no       | no        | P?    | P?     | yes     | yes      |
    trades 3        | yes | yes | yes | yes     | yes   | no   | P? | no       | no        | P?    | P?     | yes     | yes      |
    transport 1     | yes | yes | yes | yes     | yes   | no   | P? | no       | no        | P?    | P?     | yes     | yes      |
    agriculture 1   | yes | yes | yes | yes     | yes   | no   | P? | no       | no        | P?    | P?     | yes     | yes      |
    education 1     | yes | yes | yes | yes     | yes   | no   | P? | no       | no        | P?    | P?     | yes     | yes      |
    physicians      | yes | yes | yes | yes     | yes   | no   | P? | no       | no        | P?    | P?     | yes     | yes      |
    senior managers | yes | yes | yes | yes     | yes   | no   | P? | no       | no        | P?    | P?     | yes     | yes      |
    researchers     | yes | yes | yes | yes     | yes   | no   | P? | no       | no        | P?    | P?     | yes     | yes      |
    military        | yes | yes | yes | yes     | yes   | no   | P? | no       | no        | P?    | P?     | yes     | yes      |
    other           | ?   | ?   | ?   | ?       | ?     | ?    | ?  | ?        | ?         | ?     | ?      | ?       | ?        |
  `),
  )('%s, a person of %s: %s', (row, column, cell) => {
    const profile = { ...without(suitable(draw(row)), ['programs', 'nominated']), ...TOLD[column] };

    const { outcome, reasons } = judgeDraw(draw(row), profile);

    expect(outcome).toBe({ yes: 'invited', no: 'not-invited' }[cell] ?? 'cannot-tell');
    expect(missingFields(reasons)).toEqual(MISSING[cell] ?? []);
  });
});

describe('work: above the cut-off, in the pool, of the Canadian Experience Class', () => {
  type Told = (occupation: string, required: number) => Work[] | undefined;
  const TOLD: Record<string, Told> = {
    '14 months': (noc) => [{ noc, months: 14, continuous: true, inCanada: true }],
    'just enough': (noc, months) => [{ noc, months, continuous: true, inCanada: true }],
    'one short': (noc, months) => [{ noc, months: months - 1, continuous: true, inCanada: true }],
    'with breaks': (noc, months) => [{ noc, months, continuous: false, inCanada: true }],
    'breaks?': (noc) => [{ noc, months: 14, inCanada: true }],
    abroad: (noc) => [{ noc, months: 14, continuous: true, inCanada: false }],
    'where?': (noc) => [{ noc, months: 14, continuous: true }],
    'bare, short': (noc, months) => [{ noc, months: months - 1 }],
    'none at all': () => [],
    'not told': () => undefined,
  };
  const SAID: Record<string, string> = {
    yes: 'invited occupation-met above-cutoff',
    short: 'not-invited months-short',
    breaks: 'not-invited months-not-continuous',
    'breaks?': 'cannot-tell continuity-unknown',
    abroad: 'not-invited work-not-in-canada',
    'where?': 'cannot-tell work-place-unknown',
    other: 'not-invited occupation-not-listed',
    'work?': 'cannot-tell experience-unknown',
  };

  // Months asked for, then what was told: in a row and in Canada, unless it says otherwise; with breaks: just enough.
  it.each(
    cells(`
                                          | 14 months | just enough | one short | with breaks | breaks? | abroad | where? | bare, short | none at all | not told |
    healthcare 1: nurse, 6                | yes       | yes         | short     | breaks      | breaks? | yes    | yes    | short       | other       | work?    |
    healthcare 1: kinesiologist, 6        | yes       | yes         | short     | breaks      | breaks? | yes    | yes    | short       | other       | work?    |
    healthcare 1: pharmacist, 6           | other     | other       | other     | other       | other   | other  | other  | other       | other       | work?    |
    healthcare 2: kinesiologist, 6        | other     | other       | other     | other       | other   | other  | other  | other       | other       | work?    |
    healthcare 2: pharmacist, 6           | yes       | yes         | short     | breaks      | breaks? | yes    | yes    | short       | other       | work?    |
    healthcare 3: pharmacist, 12          | yes       | yes         | short     | yes         | yes     | yes    | yes    | short       | other       | work?    |
    healthcare 3: teacher, 12             | other     | other       | other     | other       | other   | other  | other  | other       | other       | work?    |
    stem 1: programmer, 6                 | yes       | yes         | short     | breaks      | breaks? | yes    | yes    | short       | other       | work?    |
    stem 2: programmer, 6                 | other     | other       | other     | other       | other   | other  | other  | other       | other       | work?    |
    stem 2: mechanical engineer, 6        | yes       | yes         | short     | breaks      | breaks? | yes    | yes    | short       | other       | work?    |
    stem 3: mechanical engineer, 12       | yes       | yes         | short     | yes         | yes     | yes    | yes    | short       | other       | work?    |
    trades 1: carpenter, 6                | yes       | yes         | short     | breaks      | breaks? | yes    | yes    | short       | other       | work?    |
    trades 2: cook, 6                     | yes       | yes         | short     | breaks      | breaks? | yes    | yes    | short       | other       | work?    |
    trades 3: cook, 12                    | other     | other       | other     | other       | other   | other  | other  | other       | other       | work?    |
    trades 3: butcher, 12                 | yes       | yes         | short     | yes         | yes     | yes    | yes    | short       | other       | work?    |
    transport 1: truck driver, 6          | yes       | yes         | short     | breaks      | breaks? | yes    | yes    | short       | other       | work?    |
    transport 2: truck driver, 12         | other     | other       | other     | other       | other   | other  | other  | other       | other       | work?    |
    transport 2: aircraft mechanic, 12    | yes       | yes         | short     | yes         | yes     | yes    | yes    | short       | other       | work?    |
    agriculture 1: farm supervisor, 6     | yes       | yes         | short     | breaks      | breaks? | yes    | yes    | short       | other       | work?    |
    agriculture 2: butcher, 6             | yes       | yes         | short     | breaks      | breaks? | yes    | yes    | short       | other       | work?    |
    education 1: teacher, 6               | yes       | yes         | short     | breaks      | breaks? | yes    | yes    | short       | other       | work?    |
    education 2: teacher, 12              | yes       | yes         | short     | yes         | yes     | yes    | yes    | short       | other       | work?    |
    physicians: family physician, 12      | yes       | yes         | short     | yes         | yes     | abroad | where? | short       | other       | work?    |
    physicians: nurse, 12                 | other     | other       | other     | other       | other   | other  | other  | other       | other       | work?    |
    senior managers: senior manager, 12   | yes       | yes         | short     | yes         | yes     | abroad | where? | short       | other       | work?    |
    researchers: professor, 12            | yes       | yes         | short     | yes         | yes     | abroad | where? | short       | other       | work?    |
  `),
  )('%s months; told: %s: %s', (row, column, cell) => {
    const [, name = '', occupation = '', required] = /^(.+): (.+), (\d+)$/.exec(row) ?? [];
    const experience = TOLD[column]?.(noc(occupation), Number(required));
    const sound = without(soundProfile(draw(name)), ['experience']);

    const said = judgedInWords(draw(name), experience ? { ...sound, experience } : sound);

    expect(said).toBe(SAID[cell]);
  });

  const nurse = (months: number, details: Partial<Work> = {}): Work => ({ noc: '31301', months, ...details });
  const aide = (months: number, details: Partial<Work> = {}): Work => ({ noc: '33102', months, ...details });
  const doctor = (months: number, details: Partial<Work> = {}): Work => ({
    noc: '31102',
    months,
    ...details,
  });
  const surgeon = (months: number, details: Partial<Work> = {}): Work => ({
    noc: '31101',
    months,
    ...details,
  });
  const inARow = { continuous: true };
  const withBreaks = { continuous: false };
  const here = { inCanada: true };
  const abroad = { inCanada: false };

  // healthcare 1 and 2: six months in a row; healthcare 3: twelve in all; physicians: twelve in all, in Canada.
  it.each<[string, string, Work[], string]>([
    ['6 + 6 months as a nurse, each in a row', 'healthcare 1', [nurse(6, inARow), nurse(6, inARow)], 'yes'],
    ['6 + 6 months as a nurse, each in a row', 'healthcare 3', [nurse(6, inARow), nurse(6, inARow)], 'yes'],
    [
      '6 + 6 months as a nurse, with breaks',
      'healthcare 1',
      [nurse(6, withBreaks), nurse(6, withBreaks)],
      'breaks',
    ],
    [
      '6 + 6 months as a nurse, with breaks',
      'healthcare 3',
      [nurse(6, withBreaks), nurse(6, withBreaks)],
      'yes',
    ],
    ['6 + 6 months as a nurse, nothing more told', 'healthcare 1', [nurse(6), nurse(6)], 'breaks?'],
    ['6 + 6 months as a nurse, nothing more told', 'healthcare 3', [nurse(6), nurse(6)], 'yes'],
    ['6 + 5 months as a nurse', 'healthcare 3', [nurse(6, inARow), nurse(5, inARow)], 'short'],
    ['5 + 5 months as a nurse, each in a row', 'healthcare 1', [nurse(5, inARow), nurse(5, inARow)], 'short'],
    ['5 + 5 months as a nurse, each in a row', 'healthcare 2', [nurse(5, inARow), nurse(5, inARow)], 'short'],
    ['5 in a row + 20 with breaks', 'healthcare 2', [nurse(5, inARow), nurse(20, withBreaks)], 'breaks'],
    ['5 in a row + 20 perhaps', 'healthcare 2', [nurse(5, inARow), nurse(20)], 'breaks?'],
    ['6 in a row + 20 with breaks', 'healthcare 2', [nurse(6, inARow), nurse(20, withBreaks)], 'yes'],
    ['11 as a nurse + 11 as an aide', 'healthcare 3', [nurse(11, inARow), aide(11, inARow)], 'short'],
    ['5 as a nurse + 5 as an aide', 'healthcare 1', [nurse(5, inARow), aide(5, inARow)], 'short'],
    ['5 as a nurse + 6 as an aide', 'healthcare 1', [nurse(5, inARow), aide(6, inARow)], 'yes'],
    [
      '30 with breaks as a nurse + 6 in a row as an aide',
      'healthcare 1',
      [nurse(30, withBreaks), aide(6, inARow)],
      'yes',
    ],
    [
      '30 with breaks as a nurse + 6 perhaps as an aide',
      'healthcare 1',
      [nurse(30, withBreaks), aide(6)],
      'breaks?',
    ],
    [
      'a year as a cook + a year as a nurse',
      'healthcare 3',
      [{ noc: '63200', months: 12 }, nurse(12)],
      'yes',
    ],
    ['6 here + 6 abroad as a physician', 'physicians', [doctor(6, here), doctor(6, abroad)], 'abroad'],
    ['6 here + 6 here as a physician', 'physicians', [doctor(6, here), doctor(6, here)], 'yes'],
    ['6 here + 6 nobody knows where', 'physicians', [doctor(6, here), doctor(6)], 'where?'],
    ['6 + 6 nobody knows where', 'physicians', [doctor(6), doctor(6)], 'where?'],
    ['6 abroad + 6 nobody knows where', 'physicians', [doctor(6, abroad), doctor(6)], 'abroad'],
    ['12 here + 30 abroad as a physician', 'physicians', [doctor(12, here), doctor(30, abroad)], 'yes'],
    [
      '30 abroad as a physician + 12 here as a surgeon',
      'physicians',
      [doctor(30, abroad), surgeon(12, here)],
      'yes',
    ],
    [
      '6 here as a physician + 6 here as a surgeon',
      'physicians',
      [doctor(6, here), surgeon(6, here)],
      'short',
    ],
    ['no month yet as a nurse', 'healthcare 3', [nurse(0)], 'short'],
  ])('%s, %s: %s', (_, name, experience, cell) => {
    expect(judgedInWords(draw(name), soundProfile(draw(name), { experience }))).toBe(SAID[cell]);
  });
});

describe('French and military service: above the cut-off, in the pool', () => {
  const NURSE = [{ noc: '31301', months: 14, continuous: true, inCanada: true }];

  it.each<[draw: string, told: string, facts: Partial<Profile>, said: string]>([
    ['french 1', 'NCLC 7, no work', { frenchNclc7: true, experience: [] }, 'invited french-met above-cutoff'],
    ['french 2', 'NCLC 7, no work', { frenchNclc7: true, experience: [] }, 'invited french-met above-cutoff'],
    ['french 2', 'NCLC 7, work not told', { frenchNclc7: true }, 'invited french-met above-cutoff'],
    [
      'french 2',
      'NCLC 7, a nurse',
      { frenchNclc7: true, experience: NURSE },
      'invited french-met above-cutoff',
    ],
    [
      'french 1',
      'below NCLC 7, a nurse',
      { frenchNclc7: false, experience: NURSE },
      'not-invited french-below-nclc7',
    ],
    [
      'french 2',
      'below NCLC 7, a nurse',
      { frenchNclc7: false, experience: NURSE },
      'not-invited french-below-nclc7',
    ],
    [
      'french 2',
      'below NCLC 7, no work',
      { frenchNclc7: false, experience: [] },
      'not-invited french-below-nclc7',
    ],
    ['french 1', 'level not told, a nurse', { experience: NURSE }, 'cannot-tell french-unknown'],
    ['french 2', 'nothing told', {}, 'cannot-tell french-unknown'],
    [
      'french 2',
      'NCLC 7, of no programme',
      { frenchNclc7: true, programs: [] },
      'not-invited programs-not-eligible',
    ],
    ['french 2', 'level not told, of no programme', { programs: [] }, 'not-invited programs-not-eligible'],
    [
      'healthcare 3',
      'NCLC 7, no work',
      { frenchNclc7: true, experience: [] },
      'not-invited occupation-not-listed',
    ],
    ['healthcare 3', 'level not told, a nurse', { experience: NURSE }, 'invited occupation-met above-cutoff'],
    [
      'military',
      'meets all three conditions',
      { militaryRecruit: true, experience: [] },
      'invited military-met above-cutoff',
    ],
    ['military', 'meets them, work not told', { militaryRecruit: true }, 'invited military-met above-cutoff'],
    [
      'military',
      'does not, 14 months a nurse',
      { militaryRecruit: false, experience: NURSE },
      'not-invited military-not-met',
    ],
    ['military', 'not told', { experience: NURSE }, 'cannot-tell military-unknown'],
    [
      'military',
      'not told, work in a military occupation',
      { experience: [{ noc: '43204', months: 36 }] },
      'cannot-tell military-unknown',
    ],
    [
      'military',
      'meets them, of no programme',
      { militaryRecruit: true, programs: [] },
      'not-invited programs-not-eligible',
    ],
    ['cec', 'French and service not told', {}, 'invited above-cutoff'],
  ])('%s; told: %s', (name, _, facts, said) => {
    const told = without(soundProfile(draw(name)), ['frenchNclc7', 'experience', 'militaryRecruit']);

    expect(judgedInWords(draw(name), { ...told, ...facts })).toBe(said);
  });
});

// #297 was held at 2024-05-31 12:48:30 UTC; cut-off 522, tie-break 2024-03-19 18:58:58 UTC.
describe('score and time: the Canadian Experience Class, round #297', () => {
  const cec = draw('cec');
  const unknownTime: Draw = { ...cec, issuedAt: null };

  it.each<[told: string, facts: Partial<Profile>, said: string]>([
    ['a point above', { crs: 523 }, 'invited above-cutoff'],
    [
      'a point above, submitted after the tie-break',
      { crs: 523, profileSubmittedAt: '2024-05-30T12:00:00Z' },
      'invited above-cutoff',
    ],
    ['a point below', { crs: 521 }, 'not-invited below-cutoff'],
    [
      'a point below, submitted before the tie-break',
      { crs: 521, profileSubmittedAt: '2023-09-01T00:00:00Z' },
      'not-invited below-cutoff',
    ],
    ['no point at all', { crs: 0 }, 'not-invited below-cutoff'],
    ['every point there is', { crs: 1200 }, 'invited above-cutoff'],
    [
      'at it, before the tie-break',
      { crs: 522, profileSubmittedAt: '2024-03-19T18:58:57Z' },
      'invited tie-break-met',
    ],
    [
      'at it, at the tie-break',
      { crs: 522, profileSubmittedAt: '2024-03-19T18:58:58Z' },
      'invited tie-break-met',
    ],
    [
      'at it, after the tie-break',
      { crs: 522, profileSubmittedAt: '2024-03-19T18:58:59Z' },
      'not-invited tie-break-missed',
    ],
    [
      'at it, a split second after',
      { crs: 522, profileSubmittedAt: '2024-03-19T18:58:58.001Z' },
      'not-invited tie-break-missed',
    ],
    ['at it, two days before', { crs: 522, profileSubmittedAt: '2024-03-17' }, 'invited tie-break-met'],
    [
      'at it, on the day of the tie-break',
      { crs: 522, profileSubmittedAt: '2024-03-19' },
      'cannot-tell tie-break-day-too-close',
    ],
    ['at it, the day after', { crs: 522, profileSubmittedAt: '2024-03-20' }, 'not-invited tie-break-missed'],
    [
      'at it, after the round',
      { crs: 522, profileSubmittedAt: '2024-06-03' },
      'not-invited submitted-after-draw tie-break-missed',
    ],
    [
      'above, submitted a second after the round',
      { profileSubmittedAt: '2024-05-31T12:48:31Z' },
      'not-invited submitted-after-draw',
    ],
    [
      'above, submitted as the round was held',
      { profileSubmittedAt: '2024-05-31T12:48:30Z' },
      'invited above-cutoff',
    ],
    ['above, submitted the day before', { profileSubmittedAt: '2024-05-30' }, 'invited above-cutoff'],
    [
      'above, submitted that day',
      { profileSubmittedAt: '2024-05-31' },
      'cannot-tell submission-day-too-close',
    ],
    [
      'above, submitted the day after',
      { profileSubmittedAt: '2024-06-01' },
      'not-invited submitted-after-draw',
    ],
    [
      'above, submitted 12 months before',
      { profileSubmittedAt: '2023-05-31T12:48:30Z' },
      'invited above-cutoff',
    ],
    [
      'above, 12 months and a second before',
      { profileSubmittedAt: '2023-05-31T12:48:29Z' },
      'not-invited profile-expired',
    ],
    [
      'above, 12 months before, by its day',
      { profileSubmittedAt: '2023-05-31' },
      'cannot-tell submission-day-too-close',
    ],
    ['above, 12 months less a day before', { profileSubmittedAt: '2023-06-01' }, 'invited above-cutoff'],
    [
      'above, 12 months and two days before',
      { profileSubmittedAt: '2023-05-29' },
      'not-invited profile-expired',
    ],
    ['above, years before', { profileSubmittedAt: '2021-01-01' }, 'not-invited profile-expired'],
    [
      'below, FSW only, and after the round',
      { crs: 400, programs: ['fsw'], profileSubmittedAt: '2024-07-01' },
      'not-invited programs-not-eligible submitted-after-draw below-cutoff',
    ],
  ])('%s', (_, facts, said) => {
    expect(judgedInWords(cec, soundProfile(cec, facts))).toBe(said);
  });

  it.each<[told: string, hidden: (keyof Profile)[], facts: Profile, said: string]>([
    ['the score not told', ['crs'], {}, 'cannot-tell score-unknown'],
    ['above, submission not told', ['profileSubmittedAt'], {}, 'cannot-tell submission-unknown'],
    ['at it, submission not told', ['profileSubmittedAt'], { crs: 522 }, 'cannot-tell submission-unknown'],
    [
      'score and submission not told',
      ['crs', 'profileSubmittedAt'],
      {},
      'cannot-tell submission-unknown score-unknown',
    ],
    [
      'the score not told, submitted after the round',
      ['crs'],
      { profileSubmittedAt: '2024-07-01' },
      'not-invited submitted-after-draw',
    ],
    ['the score not told, FSW only', ['crs'], { programs: ['fsw'] }, 'not-invited programs-not-eligible'],
    ['the day of the score not told', ['crsAsOf'], {}, 'invited above-cutoff'],
    [
      'above, programmes and submission not told',
      ['programs', 'profileSubmittedAt'],
      {},
      'cannot-tell programs-unknown submission-unknown',
    ],
  ])('%s', (_, hidden, facts, said) => {
    expect(judgedInWords(cec, { ...without(soundProfile(cec), hidden), ...facts })).toBe(said);
  });

  it('asks for everything that would decide it, when nothing is told', () => {
    const verdict = judgeDraw(cec, {});

    expect(verdict).toEqual({
      draw: 'ircc:297',
      outcome: 'cannot-tell',
      margin: null,
      reasons: [
        { code: 'programs-unknown', missing: 'programs', invited: ['cec'] },
        { code: 'submission-unknown', missing: 'profileSubmittedAt', tieBreakAt: null },
        { code: 'score-unknown', missing: 'crs' },
      ],
      cautions: [],
    });
  });

  it.each<[flaw: string, held: Draw, told: string, facts: Partial<Profile>, said: string]>([
    [
      'no tie-break',
      { ...cec, tieBreakAt: null },
      'at the cut-off',
      { crs: 522 },
      'cannot-tell tie-break-not-published',
    ],
    ['no tie-break', { ...cec, tieBreakAt: null }, 'above it', {}, 'invited above-cutoff'],
    ['no tie-break', { ...cec, tieBreakAt: null }, 'below it', { crs: 521 }, 'not-invited below-cutoff'],
    [
      'no cut-off',
      { ...cec, cutoff: null },
      'every point there is',
      { crs: 1200 },
      'cannot-tell cutoff-not-published',
    ],
    [
      'no cut-off',
      { ...cec, cutoff: null },
      'FSW only',
      { programs: ['fsw'] },
      'not-invited programs-not-eligible',
    ],
    [
      'no time',
      unknownTime,
      'submitted that day',
      { profileSubmittedAt: '2024-05-31T12:00:00Z' },
      'cannot-tell submission-day-too-close',
    ],
    [
      'no time',
      unknownTime,
      'the day before',
      { profileSubmittedAt: '2024-05-30T12:00:00Z' },
      'invited above-cutoff',
    ],
    [
      'no time',
      unknownTime,
      'two days after',
      { profileSubmittedAt: '2024-06-02T12:00:00Z' },
      'not-invited submitted-after-draw',
    ],
    [
      'no time',
      unknownTime,
      '12 months before, that day',
      { profileSubmittedAt: '2023-05-31T12:00:00Z' },
      'cannot-tell submission-day-too-close',
    ],
    [
      'a time of another day',
      { ...cec, issuedAt: '2024-05-21T12:48:30Z' },
      'submitted that day',
      { profileSubmittedAt: '2024-05-31T12:00:00Z' },
      'cannot-tell submission-day-too-close',
    ],
    ['programmes not published', { ...cec, programs: null }, 'above it', {}, 'invited above-cutoff'],
    [
      'programmes of a category',
      { ...cec, programs: ['fsw', 'cec', 'fst'] },
      'above it',
      {},
      'cannot-tell programs-contradictory',
    ],
    [
      'another programme',
      { ...cec, programs: ['fsw'] },
      'above it',
      {},
      'cannot-tell programs-contradictory',
    ],
    [
      'another programme',
      { ...cec, programs: ['fsw'] },
      'below it',
      { crs: 521 },
      'not-invited below-cutoff',
    ],
  ])('with %s; %s, %s', (_, held, __, facts, said) => {
    expect(judgedInWords(held, soundProfile(cec, facts))).toBe(said);
  });
});

describe('draws that say too little of whom they were for', () => {
  const nurse = { noc: '31301', months: 36, continuous: true, inCanada: true };

  it.each<[held: string, draw: Draw, facts: Partial<Profile>, said: string]>([
    [
      'healthcare, of a version nobody knows',
      drawNamed('Healthcare occupations (Version 9)'),
      {},
      'cannot-tell category-rules-unknown',
    ],
    [
      'healthcare, of a year nobody knows',
      drawNamed('Healthcare Occupations, 2028-Version 4'),
      {},
      'cannot-tell category-rules-unknown',
    ],
    [
      'healthcare, without a version',
      drawNamed('Healthcare occupations'),
      {},
      'cannot-tell category-rules-unknown',
    ],
    [
      'French, without a version',
      drawNamed('French language proficiency'),
      { frenchNclc7: true },
      'cannot-tell category-rules-unknown',
    ],
    [
      'French, of a version nobody knows',
      drawNamed('French language proficiency (Version 9)'),
      {},
      'cannot-tell category-rules-unknown',
    ],
    [
      'agriculture, of a list it never had',
      drawNamed('Agriculture occupations, 2026-Version 3'),
      {},
      'cannot-tell category-rules-unknown',
    ],
    [
      'healthcare 9, a person of no programme',
      drawNamed('Healthcare occupations (Version 9)'),
      { programs: [] },
      'not-invited programs-not-eligible',
    ],
    [
      'healthcare 9, submitted after it',
      drawNamed('Healthcare occupations (Version 9)'),
      { profileSubmittedAt: '2026-08-01' },
      'not-invited submitted-after-draw',
    ],
    [
      'healthcare 3 for nominees',
      { ...draw('healthcare 3'), programs: ['pnp'] },
      {},
      'cannot-tell programs-contradictory',
    ],
    [
      'healthcare 3 for CEC only',
      { ...draw('healthcare 3'), programs: ['cec'] },
      {},
      'cannot-tell programs-contradictory',
    ],
    [
      'healthcare 3, programmes in another order',
      { ...draw('healthcare 3'), programs: ['cec', 'fst', 'fsw'] },
      {},
      'invited occupation-met above-cutoff',
    ],
    [
      'nominees, for all programmes',
      { ...draw('pnp'), programs: ['fsw', 'cec', 'fst', 'pnp'] },
      { nominated: true },
      'cannot-tell programs-contradictory',
    ],
    [
      'general, without nominees',
      { ...draw('general'), programs: ['fsw', 'cec', 'fst'] },
      {},
      'cannot-tell programs-contradictory',
    ],
    ['a type nobody taught us', draw('other'), {}, 'cannot-tell draw-type-unknown'],
    [
      'a type nobody taught us, submitted after it',
      draw('other'),
      { profileSubmittedAt: '2026-08-01' },
      'not-invited submitted-after-draw',
    ],
  ])('%s', (_, held, facts, said) => {
    expect(judgedInWords(held, soundProfile(held, { experience: [nurse], ...facts }))).toBe(said);
  });
});

describe('the margin', () => {
  it.each([
    [527, 5],
    [522, 0],
    [500, -22],
  ])('of %i points at a cut-off of 522 is %i', (crs, margin) => {
    expect(judgeDraw(draw('cec'), soundProfile(draw('cec'), { crs })).margin).toBe(margin);
  });

  it('is told to those who were not eligible too, and not where score or cut-off is not known', () => {
    const cec = draw('cec');

    expect(judgeDraw(cec, soundProfile(cec, { programs: ['fsw'] })).margin).toBe(5);
    expect(judgeDraw(cec, without(soundProfile(cec), ['crs'])).margin).toBeNull();
    expect(judgeDraw({ ...cec, cutoff: null }, soundProfile(cec)).margin).toBeNull();
  });
});

describe('below the cut-off', () => {
  it.each(Object.entries(DRAWS))('%s: no, whatever else is unknown', (_, held) => {
    const cutoff = held.cutoff as number;

    const verdict = judgeDraw(held, { crs: cutoff - 1 });

    expect(verdict).toMatchObject({ draw: held.id, outcome: 'not-invited', margin: -1 });
    expect(verdict.reasons).toEqual([{ code: 'below-cutoff', score: cutoff - 1, cutoff }]);
  });

  it.each(Object.entries(DRAWS))('%s: no, even for who meets everything else', (_, held) => {
    const everything = { ...suitable(held), programs: ['cec', 'fsw', 'fst'] as const, nominated: true };

    const { outcome } = judgeDraw(held, { ...everything, programs: ['cec', 'fsw', 'fst'], crs: 1 });

    expect(outcome).toBe('not-invited');
  });
});
