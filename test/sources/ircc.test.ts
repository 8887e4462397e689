// The official feed: what reading it means, beyond the pages in fixtures/.

import { describe, expect, it } from 'vitest';
import { buildFeed, type FeedRound, toRound, wrapRounds } from '../../src/demo/feed.ts';
import { ircc } from '../../src/sources/ircc.ts';
import type { Reading } from '../../src/sources/source.ts';
import { shippedDraw, shippedDraws } from '../draw/history.ts';
import { documentOf } from './documents.ts';

function parse(text: string): Reading {
  return ircc.parse(documentOf(ircc, text));
}

function parseRounds(...rounds: FeedRound[]): Reading {
  return parse(wrapRounds(rounds));
}

describe('a feed', () => {
  it('reads the same however it is indented and whatever its line ends', () => {
    const draws = shippedDraws().slice(-20);
    const spaced = buildFeed(draws, { indent: 8 });

    const readings = [buildFeed(draws, { indent: 0 }), spaced, spaced.replaceAll('\n', '\r\n')].map(parse);

    for (const reading of readings) expect(reading.draws).toEqual(draws);
  });

  it('reads the same whatever the order of its rounds', () => {
    const draws = shippedDraws();
    const oldestFirst = wrapRounds(draws.map(toRound));

    expect(parse(oldestFirst).draws).toEqual(draws);
  });

  it('reads on when it has keys we do not know', () => {
    const round = { ...toRound(shippedDraw(297)), drawNextDate: 'June 14, 2024', dd19: '7' };

    expect(parseRounds(round).draws).toEqual([shippedDraw(297)]);
  });

  it('reads on past a byte order mark', () => {
    const feed = `\uFEFF${wrapRounds([toRound(shippedDraw(297))])}`;

    expect(parse(feed).draws).toEqual([shippedDraw(297)]);
  });
});

describe('a round', () => {
  it('keeps its letter: 91a and 91b are two draws of one day', () => {
    const { draws } = parseRounds(toRound(shippedDraw('91b')), toRound(shippedDraw('91a')));

    expect(draws.map(({ id, type, date }) => [id, type, date])).toEqual([
      ['ircc:91a', 'fst', '2018-05-30'],
      ['ircc:91b', 'pnp', '2018-05-30'],
    ]);
  });

  it('that cannot be read takes no other down with it', () => {
    const broken = { ...toRound(shippedDraw(297)), drawCRS: '' };

    const { draws, unreadable } = parseRounds(broken, toRound(shippedDraw(296)));

    expect(draws).toEqual([shippedDraw(296)]);
    expect(unreadable).toEqual([
      {
        id: 'ircc:297',
        faults: [{ where: 'ircc:297 drawCRS', expected: 'the cut-off score, 1 to 1200', found: '""' }],
      },
    ]);
  });

  it('with a tie-break nobody can read is a draw all the same, with a doubt', () => {
    const round = { ...toRound(shippedDraw(297)), drawCutOff: 'to be confirmed' };

    const { draws, unreadable, doubts } = parseRounds(round);

    expect(draws).toEqual([{ ...shippedDraw(297), tieBreakAt: null }]);
    expect(unreadable).toEqual([]);
    expect(doubts.map(({ where }) => where)).toEqual(['ircc:297 drawCutOff']);
  });

  it('with a cut-off of zero is not believed: it would tell everybody yes', () => {
    const placeholder = { ...toRound(shippedDraw(297)), drawCRS: '0' };

    const { draws, unreadable } = parseRounds(placeholder, toRound(shippedDraw(296)));

    expect(draws.map(({ id }) => id)).toEqual(['ircc:296']);
    expect(unreadable.map(({ id }) => id)).toEqual(['ircc:297']);
  });

  it('with a time of its own but no year is not dated a year back', () => {
    const round = { ...toRound(shippedDraw(297)), drawDateTime: 'May 31 at 12:48:30 UTC' };

    const { draws, doubts } = parseRounds(round);

    expect(draws[0]?.issuedAt).toBeNull();
    expect(doubts.map(({ where }) => where)).toEqual(['ircc:297 drawDateTime']);
  });

  it('found twice with different content is believed in neither form, nor is any doubt about it kept', () => {
    const round = toRound(shippedDraw(297));

    const { draws, unreadable, doubts } = parseRounds(
      { ...round, drawCutOff: 'to be confirmed' },
      { ...round, drawCRS: '520' },
      toRound(shippedDraw(296)),
    );

    expect(draws.map(({ id }) => id)).toEqual(['ircc:296']);
    expect(unreadable.map(({ id }) => id)).toEqual(['ircc:297']);
    expect(doubts).toEqual([]);
  });

  it('found twice with the same content is one draw', () => {
    const round = toRound(shippedDraw(297));

    expect(parseRounds(round, round)).toEqual({ draws: [shippedDraw(297)], unreadable: [], doubts: [] });
  });
});

describe('a page that is no feed', () => {
  it.each([
    ['nested too deeply to be written out', '['.repeat(200_000) + ']'.repeat(200_000)],
    ['whose rounds are', `{"rounds":${'['.repeat(200_000)}${']'.repeat(200_000)}}`],
    ['with one such round', `{"rounds":[${'['.repeat(200_000)}${']'.repeat(200_000)}]}`],
  ])('%s is of another shape, like any other', (_what, text) => {
    expect(() => parse(text)).toThrow(expect.objectContaining({ name: 'PageError', trouble: 'shape' }));
  });

  it('with one value nested too deeply costs that round alone', () => {
    const deep = '['.repeat(200_000) + ']'.repeat(200_000);
    const feed = wrapRounds([{ ...toRound(shippedDraw(297)), drawCRS: 'DEEP' }, toRound(shippedDraw(296))]);

    const { draws, unreadable } = parse(feed.replace('"DEEP"', deep));

    expect(draws).toEqual([shippedDraw(296)]);
    expect(unreadable.map(({ id }) => id)).toEqual(['ircc:297']);
  });
});

describe('a response that the page loads', () => {
  it.each([
    ['the feed, however it is indented', buildFeed([shippedDraw(297)], { indent: 4 }), true],
    ['the feed behind a byte order mark', `\uFEFF${buildFeed([shippedDraw(297)])}`, true],
    ['a feed some of whose rounds are strange', '{"rounds":[null,{"drawNumber":"297"}]}', true],
    ['rounds of something else', '{"rounds":[{"match":"1"}]}', false],
    ['rounds in no list', '{"rounds":{"drawNumber":"297"}}', false],
    ['an empty list', '{"rounds":[]}', false],
    ['a list', '[{"rounds":[{"drawNumber":"297"}]}]', false],
    ['a script that mentions it', 'const url = json["rounds"][0].drawNumber', false],
    ['nothing', '', false],
  ])('%s', (_what, body, expected) => {
    expect(ircc.page.isDocument(body)).toBe(expected);
  });
});

describe('a pool', () => {
  it('counts each candidate once', () => {
    const { draws } = parseRounds(toRound(shippedDraw(297)));

    const counted = draws[0]?.pool?.bands.reduce((sum, band) => sum + band.candidates, 0);

    expect(counted).toBe(224_404);
  });

  it('keeps the published total of #247, which is not the sum of its bands', () => {
    const { pool } = shippedDraw(247);

    const counted = pool?.bands.reduce((sum, band) => sum + band.candidates, 0);

    expect(pool?.total).toBe(230_189);
    expect(counted).toBe(230_009);
  });
});
