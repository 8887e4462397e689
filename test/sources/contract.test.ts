// Every source keeps the contract, and reads each of its fixtures as written beside it.

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { dayStart, instantMs } from '../../src/draw/calendar.ts';
import { compareDraws, type Draw } from '../../src/draw/draw.ts';
import { PageError, type Trouble } from '../../src/errors.ts';
import { decodeText } from '../../src/sources/decode.ts';
import { SOURCES } from '../../src/sources/index.ts';
import type { Reading, Source } from '../../src/sources/source.ts';
import { shippedHistory } from '../draw/history.ts';
import { documentOf } from './documents.ts';

/** `NAME.expected.json`: what parsing gives, or the kind and the words of the `PageError` it must throw. */
type Expected = Reading | { trouble: Trouble; pageError: string };

interface Fixture {
  file: string;
  bytes: Uint8Array;
  expected: Expected;
}

const DRAW_KEYS = [
  'id',
  'source',
  'number',
  'date',
  'issuedAt',
  'label',
  'type',
  'version',
  'programs',
  'invitations',
  'scoreSystem',
  'cutoff',
  'tieBreakAt',
  'pool',
  'url',
];

it('gives every source an id of its own', () => {
  const ids = SOURCES.map((source) => source.id);

  expect(ids).toContain('ircc');
  expect(new Set(ids).size).toBe(ids.length);
});

describe.each(SOURCES)('source $id', (source) => {
  const fixtures = readFixtures(source);
  const pages = fixtures.filter(({ expected }) => 'pageError' in expected);
  const readings = fixtures.filter(({ expected }) => !('pageError' in expected));

  it('publishes at its own site, over HTTPS', () => {
    const { pageUrl, documentUrl, secondOpinion } = source;
    const addresses = [pageUrl, documentUrl, secondOpinion?.documentUrl ?? documentUrl];

    for (const url of addresses.map((text) => new URL(text))) {
      expect(url.protocol).toBe('https:');
      expect(`.${url.hostname}`).toMatch(new RegExp(`\\.${source.site.replaceAll('.', '\\.')}$`));
    }
  });

  it('has fixtures of pages that can be read and of pages that cannot', () => {
    expect(readings.length).toBeGreaterThan(0);
    expect(pages.length).toBeGreaterThan(0);
  });

  it('ships a history that names its publisher and says that it is a copy', () => {
    const { about, asOf, draws } = shippedHistory(source.id);

    expect(about).toContain(source.publisher);
    expect(about).toContain(source.pageUrl);
    expect(about).toMatch(/copy was neither made nor endorsed by the Government of Canada/);
    expect(draws.at(-1)?.date).toBe(asOf);
  });

  it('ships a history of sound draws, oldest first', () => {
    const { draws } = shippedHistory(source.id);

    expectSoundDraws(draws, source);
  });

  it('ships a history that its habits find nothing implausible in', () => {
    const { draws } = shippedHistory(source.id);
    const { habits } = source;

    const errors = draws.flatMap(({ pool }) =>
      pool ? [Math.abs(pool.bands.reduce((sum, band) => sum + band.candidates, 0) - pool.total)] : [],
    );
    expect(Math.max(...errors)).toBeLessThanOrEqual(habits.poolError);
    expect(Math.max(...draws.map((draw) => draw.invitations ?? 0))).toBeLessThan(habits.invitations);
    expect(habits.lateDays).toBeGreaterThanOrEqual(0);
  });

  it.each(readings)('knows $file for its document when a page loads it', ({ bytes }) => {
    expect(source.page.isDocument(decodeText(documentOf(source, bytes)))).toBe(true);
  });

  it.each(pages.filter(({ file }) => !file.startsWith('rounds-all')))(
    'does not take $file for its document when a page loads it',
    ({ bytes }) => {
      expect(source.page.isDocument(decodeText(documentOf(source, bytes)))).toBe(false);
    },
  );

  it.each(readings)('reads $file as written beside it', ({ bytes, expected }) => {
    const reading = source.parse(documentOf(source, bytes));

    expect(reading).toEqual(expected);
  });

  it.each(readings)('gives sound draws, and never one both read and unreadable, for $file', ({ bytes }) => {
    const { draws, unreadable, doubts } = source.parse(documentOf(source, bytes));

    expectSoundDraws(draws, source);
    const read = new Set(draws.map((draw) => draw.id));
    const lost = unreadable.map((round) => round.id);
    expect(new Set(lost).size).toBe(lost.length);
    expect(lost.filter((id) => read.has(id))).toEqual([]);
    expect(unreadable.filter((round) => round.faults.length === 0)).toEqual([]);
    expect(doubts.filter((doubt) => !read.has(doubt.where.split(' ')[0] as string))).toEqual([]);
  });

  it.each(fixtures)('reads $file the same way twice and leaves the document alone', ({ bytes }) => {
    const before = bytes.slice();
    const document = documentOf(source, bytes);

    const [first, second] = [attempt(source, document), attempt(source, document)];

    expect(first).toEqual(second);
    expect(document.bytes).toEqual(before);
  });

  it.each(pages)(
    'refuses $file as a whole, saying who, where, what was expected and what came',
    ({ bytes, expected }) => {
      const document = documentOf(source, bytes);

      const read = () => source.parse(document);

      const { trouble, pageError } = expected as Extract<Expected, { trouble: Trouble }>;
      expect(read).toThrow(PageError);
      expect(read).toThrow(expect.objectContaining({ trouble }));
      expect(read).toThrow(pageError);
      expect(read).toThrow(
        new RegExp(`^${source.id}: expected .+ from ${source.documentUrl} \\(status 200\\), found .+`),
      );
    },
  );
});

function readFixtures(source: Source): Fixture[] {
  const folder = new URL(`../../fixtures/${source.id}/`, import.meta.url);
  const all = readdirSync(folder);
  const inputs = all.filter((name) => !name.endsWith('.expected.json'));
  const expectations = all.filter((name) => name.endsWith('.expected.json'));
  // An expectation without its page would silently test nothing; the other way round, reading it fails.
  if (expectations.length !== inputs.length) throw new Error(`fixtures/${source.id}: expected pairs`);
  return inputs.map((file) => ({
    file,
    bytes: new Uint8Array(readFileSync(new URL(file, folder))),
    expected: JSON.parse(
      readFileSync(new URL(file.replace(/\.[^.]+$/, '.expected.json'), folder), 'utf8'),
    ) as Expected,
  }));
}

function attempt(source: Source, document: Parameters<Source['parse']>[0]): unknown {
  try {
    return source.parse(document);
  } catch (error) {
    return String(error);
  }
}

function expectSoundDraws(draws: readonly Draw[], source: Source) {
  expect(new Set(draws.map((draw) => draw.id)).size).toBe(draws.length);
  expect([...draws].sort(compareDraws)).toEqual(draws);
  for (const draw of draws) expect(faultsOf(draw, source), draw.id).toEqual([]);
}

/** What is absent is `null`, never 0 or ""; the keys come in one order, so that JSON can be compared. */
function faultsOf(draw: Draw, source: Source): string[] {
  const faults: string[] = [];
  const check = (ok: boolean, fault: string) => {
    if (!ok) faults.push(fault);
  };
  const keys = draw.inferred === undefined ? DRAW_KEYS : [...DRAW_KEYS, 'inferred'];
  check(JSON.stringify(Object.keys(draw)) === JSON.stringify(keys), `keys ${Object.keys(draw)}`);
  check(draw.source === source.id && draw.id === `${source.id}:${draw.number}`, 'id');
  check(dayStart(draw.date) !== null, `date ${draw.date}`);
  check(draw.issuedAt === null || instantMs(draw.issuedAt) !== null, `issuedAt ${draw.issuedAt}`);
  check(draw.tieBreakAt === null || instantMs(draw.tieBreakAt) !== null, `tieBreakAt ${draw.tieBreakAt}`);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  check(/^[^\u0000-\u001f\u007f-\u009f]+$/.test(draw.label) && draw.label.isWellFormed(), 'label');
  check(draw.programs === null || draw.programs.length > 0, 'programs');
  check(draw.invitations === null || (Number.isInteger(draw.invitations) && draw.invitations > 0), 'size');
  check(draw.cutoff === null || (draw.cutoff > 0 && draw.cutoff <= 1200), `cutoff ${draw.cutoff}`);
  check(draw.url === null || new URL(draw.url).protocol === 'https:', `url ${draw.url}`);
  if (draw.pool) {
    const { total, bands } = draw.pool;
    check(total > 0 && bands.length > 0, 'an empty pool');
    for (const [index, band] of bands.entries()) {
      const above = bands[index - 1];
      check(band.from <= band.to && (above === undefined || band.to < above.from), `band ${band.from}`);
    }
  }
  return faults;
}
