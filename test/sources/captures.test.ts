// Recorded copies of the official feed, on nine days: every round of each is read.

import { describe, expect, it } from 'vitest';
import type { Draw } from '../../src/draw/draw.ts';
import { detect, type KnownDraw } from '../../src/event/detect.ts';
import { type SiftOptions, sift } from '../../src/event/quarantine.ts';
import { ircc } from '../../src/sources/ircc.ts';
import type { Reading } from '../../src/sources/source.ts';
import { shippedHistory } from '../draw/history.ts';
import { HAVE_CAPTURES, readCapture, readCaptures } from '../support/captures.ts';
import { documentOf } from './documents.ts';

const ROUNDS = [
  ['2022-08-30', 230, '229'],
  ['2024-04-28', 296, '295'],
  ['2025-03-16', 340, '339'],
  ['2025-07-09', 356, '355'],
  ['2025-12-18', 389, '388'],
  ['2026-05-29', 419, '418'],
  ['2026-06-23', 420, '419'],
  ['2026-07-09', 426, '425'],
  ['2026-07-10', 427, '426'],
] as const;

function read(day: string): Reading {
  return ircc.parse(documentOf(ircc, readCapture('ircc', day).bytes));
}

function siftOptions(day: string): SiftOptions {
  const document = { source: 'ircc', url: ircc.documentUrl };
  return { document, now: `${day}T20:00:00Z`, baseline: false, habits: ircc.habits, opinions: null };
}

function compare(earlier: string, later: string) {
  const known: KnownDraw[] = read(earlier).draws.map((draw) => ({ draw, revision: 1 }));
  return detect(known, read(later).draws, {
    now: `${later}T20:00:00Z`,
    baseline: false,
    tellCorrections: true,
    dormantDays: 180,
    newsDays: 10,
  });
}

function ids(draws: readonly Draw[]): string[] {
  return draws.map((draw) => draw.id);
}

describe.skipIf(!HAVE_CAPTURES)('the recorded feeds', () => {
  it('are all there', () => {
    expect(readCaptures('ircc').map(({ day }) => day)).toEqual(ROUNDS.map(([day]) => day));
  });

  it.each(ROUNDS)('of %s: all %i rounds are read, the newest is #%s', (day, rounds, newest) => {
    const { draws, unreadable, doubts } = read(day);

    expect(draws).toHaveLength(rounds);
    expect(draws.at(-1)?.number).toBe(newest);
    expect(unreadable).toEqual([]);
    expect(doubts).toEqual([]);
  });

  it.each(ROUNDS)('of %s: every instant is known but the 76 tie-breaks left blank', (day) => {
    const { draws } = read(day);

    expect(ids(draws.filter((draw) => draw.issuedAt === null))).toEqual([]);
    const blank = draws.filter((draw) => draw.tieBreakAt === null);
    expect(blank).toHaveLength(76);
    expect(blank).toEqual(draws.slice(0, 76));
  });

  it.each(ROUNDS)('of %s: one year is inferred, that of the tie-break of #208', (day) => {
    const inferred = read(day).draws.filter((draw) => draw.inferred);

    expect(inferred.map(({ id, tieBreakAt, inferred }) => [id, tieBreakAt, inferred])).toEqual([
      ['ircc:208', '2021-10-07T16:38:21Z', ['tieBreakAt']],
    ]);
  });

  it.each(ROUNDS)('of %s: 218 pools are unknown, all others add up but that of #247', (day) => {
    const { draws } = read(day);

    const known = draws.flatMap(({ id, pool }) => (pool ? [{ id, ...pool }] : []));
    const wrong = known.filter(
      ({ total, bands }) => bands.reduce((sum, b) => sum + b.candidates, 0) !== total,
    );
    expect(draws.length - known.length).toBe(218);
    expect(known.filter(({ bands, asOf }) => bands.length !== 15 || asOf === null)).toEqual([]);
    expect(wrong.map(({ id }) => id)).toEqual(day === '2022-08-30' ? [] : ['ircc:247']);
  });

  it.each(ROUNDS)(
    'of %s: no draw is of a type nobody taught us, and all have programmes and a page',
    (day) => {
      const { draws } = read(day);

      expect(ids(draws.filter((draw) => draw.type.startsWith('other:')))).toEqual([]);
      expect(ids(draws.filter((draw) => draw.programs === null || draw.url === null))).toEqual([]);
    },
  );

  it('2026-07-09 -> 2026-07-10: exactly one new draw, #426', () => {
    const { fresh, changed, events } = compare('2026-07-09', '2026-07-10');

    expect(ids(fresh)).toEqual(['ircc:426']);
    expect(changed).toEqual([]);
    expect(events.every((event) => event.draw === 'ircc:426' && event.told)).toBe(true);
  });

  it('2026-05-29 -> 2026-06-23: one new draw, #419, though the whole file is indented anew', () => {
    const { fresh, changed } = compare('2026-05-29', '2026-06-23');

    expect(ids(fresh)).toEqual(['ircc:419']);
    expect(changed).toEqual([]);
  });

  it('2024-04-28 -> 2025-03-16: 44 new draws; 25 renamed and the tie-break of #262, as corrections only', () => {
    const { fresh, changed, events } = compare('2024-04-28', '2025-03-16');

    const corrected = changed.filter(({ changes }) => changes.length > 0);
    const renamed = corrected.filter(({ changes }) => changes.some(({ field }) => field === 'label'));
    const others = corrected.filter((draw) => !renamed.includes(draw));
    expect(fresh).toHaveLength(44);
    expect(corrected).toHaveLength(26);
    expect(renamed).toHaveLength(25);
    expect(others.map(({ after, changes }) => [after.id, changes])).toEqual([
      ['ircc:262', [{ field: 'tieBreakAt', before: '2023-08-01T12:59:52Z', after: '2023-07-04T19:36:18Z' }]],
    ]);

    const correctedIds = new Set(corrected.map(({ after }) => after.id));
    const about = events.filter((event) => event.draw !== null && correctedIds.has(event.draw));
    expect(about.map(({ type }) => type)).toEqual(Array(26).fill('draw.corrected'));
    expect(renamed.every(({ before, after }) => before.type === after.type)).toBe(true);
  });

  it.each(ROUNDS.slice(1).map(([day], index) => [ROUNDS[index]?.[0] as string, day]))(
    '%s -> %s: nothing is kept apart, however many rounds were renamed meanwhile',
    (earlier, later) => {
      const reading = read(later);
      const known: KnownDraw[] = read(earlier).draws.map((draw) => ({ draw, revision: 1 }));

      const { draws, held, withdrawn } = sift(reading, known, [], siftOptions(later));

      expect({ held, withdrawn }).toEqual({ held: [], withdrawn: [] });
      expect(draws).toEqual(reading.draws);
    },
  );

  it.each(ROUNDS)('of %s: nothing of a first look is kept apart', (day) => {
    expect(sift(read(day), [], [], { ...siftOptions(day), baseline: true }).held).toEqual([]);
  });

  it('of the newest day is the history the program ships', () => {
    const { asOf, draws } = shippedHistory();

    expect(asOf).toBe('2026-07-10');
    expect(draws).toEqual(read('2026-07-10').draws);
  });
});
