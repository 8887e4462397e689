// The rebuilt feed that tests and demo travel in time with: it must say what the official one would.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildFeed, toRound } from '../../src/demo/feed.ts';
import { compareDraws, type Draw } from '../../src/draw/draw.ts';
import { ircc } from '../../src/sources/ircc.ts';
import { shippedDraw, shippedDraws } from '../draw/history.ts';
import { documentOf } from './documents.ts';

const KEYS = [
  'drawNumber',
  'drawNumberURL',
  'drawDate',
  'drawDateFull',
  'drawName',
  'drawSize',
  'drawCRS',
  'mitext',
  'DrawText1',
  'drawText2',
  'drawDateTime',
  'drawCutOff',
  'drawDistributionAsOn',
  ...Array.from({ length: 18 }, (_, index) => `dd${index + 1}`),
];

function numbersIn(feed: string): string[] {
  return JSON.parse(feed).rounds.map((round: { drawNumber: string }) => round.drawNumber);
}

describe('buildFeed', () => {
  it('is read back as exactly the draws it was built from, for the whole shipped history', () => {
    const draws = shippedDraws();

    const reading = ircc.parse(documentOf(ircc, buildFeed(draws)));

    expect(reading).toEqual({ draws, unreadable: [], doubts: [] });
    expect(JSON.stringify(reading.draws)).toBe(JSON.stringify(draws));
  });

  it('is read back from any choice of draws, as of any day', () => {
    const draws = shippedDraws();
    const anyDay = fc.constantFrom(...draws.map((draw) => draw.date));

    fc.assert(
      fc.property(fc.shuffledSubarray(draws, { minLength: 1, maxLength: 30 }), anyDay, (some, asOf) => {
        const expected = some.filter((draw) => draw.date <= asOf).sort(compareDraws);
        fc.pre(expected.length > 0);

        const reading = ircc.parse(documentOf(ircc, buildFeed(some, { asOf, indent: 0 })));

        expect(reading.draws).toEqual(expected);
      }),
    );
  });

  it('has the official shape: 31 keys a round, every value a string, newest first', () => {
    const feed = JSON.parse(buildFeed(shippedDraws()));

    expect(Object.keys(feed)).toEqual(['classes', 'rounds']);
    expect(feed.classes).toBe('wb-tables');
    for (const round of feed.rounds) {
      expect(Object.keys(round)).toEqual(KEYS);
      expect(Object.values(round).filter((value) => typeof value !== 'string')).toEqual([]);
    }
    expect(feed.rounds[0].drawNumber).toBe('426');
    expect(feed.rounds.at(-1).drawNumber).toBe('1');
  });

  it('holds the draws up to and including the day asked for', () => {
    const draws = shippedDraws();

    const [before, after] = ['2024-05-30', '2024-05-31'].map((asOf) => numbersIn(buildFeed(draws, { asOf })));

    expect(before?.slice(0, 2)).toEqual(['296', '295']);
    expect(after?.slice(0, 2)).toEqual(['297', '296']);
    expect(after?.length).toBe((before?.length ?? 0) + 1);
  });

  it('leaves the draws it was given in their order', () => {
    const draws = shippedDraws();

    buildFeed(draws);

    expect(draws).toEqual(shippedDraws());
  });
});

describe('toRound', () => {
  it('spells a round as the official feed does', () => {
    const round = toRound(shippedDraw(297));

    expect(round).toMatchObject({
      drawNumber: '297',
      drawDate: '2024-05-31',
      drawDateFull: 'May 31, 2024',
      drawName: 'Canadian Experience Class',
      drawSize: '3,000',
      drawCRS: '522',
      drawText2: 'Canadian Experience Class',
      drawDateTime: 'May 31, 2024 at 12:48:30 UTC',
      drawCutOff: 'March 19, 2024 at 18:58:58 UTC',
      drawDistributionAsOn: 'May 29, 2024',
      dd1: '2,918',
      dd3: '63,353',
      dd9: '54,078',
      dd18: '224,404',
    });
    expect(round.mitext).toMatch(/^<a href='\/content\/canadasite\/en\/[^']+q=297'>.*297.*<\/a>$/);
  });

  it('lists the programmes with commas and an "and"', () => {
    const all = toRound({ ...shippedDraw(297), programs: ['fsw', 'cec', 'fst', 'pnp'] });

    expect(all.drawText2).toBe(
      'Federal Skilled Worker Program, Canadian Experience Class, Federal Skilled Trades Program and Provincial Nominee Program',
    );
  });

  it('leaves out the year of a tie-break whose year was inferred', () => {
    expect(toRound(shippedDraw(208)).drawCutOff).toBe('October 7 at 16:38:21 UTC');
  });

  it('leaves blank what is not known, and the pool at zero', () => {
    const bare: Draw = {
      ...shippedDraw(297),
      programs: null,
      invitations: null,
      cutoff: null,
      issuedAt: null,
      tieBreakAt: null,
      pool: null,
      url: null,
    };

    const round = toRound(bare);

    const blank = ['drawSize', 'drawCRS', 'drawText2', 'drawDateTime', 'drawCutOff'];
    expect(blank.map((key) => round[key])).toEqual(['', '', '', '', '']);
    expect(KEYS.slice(-18).map((key) => round[key])).toEqual(Array(18).fill('0'));
    expect(round.mitext).not.toContain('href');
  });
});
