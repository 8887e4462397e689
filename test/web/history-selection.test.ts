// Which draws a path or a form selects, and in which order.

import { describe, expect, it } from 'vitest';
import { PATHS, segmentsOf } from '../../src/web/paths.ts';
import {
  ALL_DRAWS,
  PAGE_ROWS,
  pageOf,
  pagesOf,
  readQuery,
  readSegments,
  type Selection,
  SORTS,
  selectDraws,
  staticSelections,
} from '../../src/web/selection.ts';
import { archiveWith, drawLike, shippedArchive } from './history-draws.ts';

const archive = shippedArchive();

function read(path: string): Selection | null {
  return readSegments(archive, path === '' ? [] : path.split('/'));
}

describe('a path', () => {
  it.each<[string, Partial<Selection>]>([
    ['', {}],
    ['cec', { type: 'cec' }],
    ['2024', { year: '2024' }],
    ['lowest', { sort: 'lowest' }],
    ['page-2', { page: 2 }],
    [
      'senior-managers/2026/smallest/page-12',
      { type: 'senior-managers', year: '2026', sort: 'smallest', page: 12 },
    ],
  ])('/%s selects by its parts, and is written the same', (path, parts) => {
    const selection = read(path);

    expect(selection).toEqual({ ...ALL_DRAWS, ...parts });
    expect(segmentsOf(selection ?? ALL_DRAWS).join('/')).toBe(path);
  });

  it.each([
    'nothing',
    'military',
    '2014',
    '24',
    'newest',
    'page-1',
    'page-0',
    'page-02',
    'page--2',
    'page-2.5',
    'page-1e3',
    'page-1234567',
    'page-2/lowest',
    'lowest/2024',
    '2024/cec',
    'cec/cec',
    'cec/2024/2023',
    'lowest/highest',
    'CEC',
    'constructor',
    '__proto__',
    '../cec',
    'cec/',
    '/cec',
  ])('/%s selects nothing', (path) => {
    expect(read(path)).toBeNull();
  });

  it('names a type nobody has taught us', () => {
    const others = archiveWith([drawLike('900', { type: 'other:poets', label: 'Poets' })]);

    const selection = readSegments(others, ['other-poets']);

    expect(selection).toEqual({ ...ALL_DRAWS, type: 'other:poets' });
    expect(PATHS.history('fr', selection ?? undefined)).toBe('/fr/history/other-poets/');
  });

  it('of all draws needs no selection', () => {
    expect(PATHS.history('en')).toBe('/en/history/');
    expect(PATHS.history('en', ALL_DRAWS)).toBe('/en/history/');
  });
});

describe('a form', () => {
  it('selects by what it gives, and by nothing that is empty', () => {
    const selections = [
      { type: 'cec', year: '2024', sort: 'lowest' },
      { type: '', year: '', sort: '' },
      { type: undefined, year: '2016', sort: undefined },
      { type: 'cec', year: undefined, sort: 'newest' },
    ].map((query) => readQuery(archive, query));

    expect(selections).toEqual([
      { type: 'cec', year: '2024', sort: 'lowest', page: 1 },
      ALL_DRAWS,
      { ...ALL_DRAWS, year: '2016' },
      { ...ALL_DRAWS, type: 'cec' },
    ]);
  });

  it.each([
    { type: 'poets', year: undefined, sort: undefined },
    { type: undefined, year: '2014', sort: undefined },
    { type: undefined, year: undefined, sort: 'best' },
    { type: '<script>', year: '2024', sort: 'lowest' },
  ])('selects nothing by %j', (query) => {
    expect(readQuery(archive, query)).toBeNull();
  });
});

describe('the draws selected', () => {
  const draws = [
    drawLike('5', { date: '2024-05-01', cutoff: null, invitations: null }),
    drawLike('4', { date: '2024-04-01', cutoff: 500, invitations: 10 }),
    drawLike('3', { date: '2024-03-01', cutoff: 480, invitations: 3000 }),
    drawLike('2', { date: '2024-02-01', cutoff: 500, invitations: 200 }),
    drawLike('1', { date: '2024-01-01', cutoff: 0, invitations: 10 }),
  ];

  it.each([
    ['newest', '54321'],
    ['oldest', '12345'],
    ['lowest', '13425'],
    ['highest', '42315'],
    ['largest', '32415'],
    ['smallest', '41235'],
  ] as const)(
    'come with the %s first, equals newest first, and what was not published last',
    (sort, order) => {
      const numbers = selectDraws(archiveWith(draws), { ...ALL_DRAWS, sort }).map(({ number }) => number);

      expect(numbers.join('')).toBe(order);
    },
  );

  it('are those of the type and the year', () => {
    const both = selectDraws(archive, { ...ALL_DRAWS, type: 'cec', year: '2024' });

    expect(both).toEqual(
      archive.draws.filter(({ type, date }) => type === 'cec' && date.startsWith('2024-')),
    );
    expect(both.length).toBeGreaterThan(5);
    expect(selectDraws(archive, { ...ALL_DRAWS, type: 'french', year: '2016' })).toEqual([]);
  });

  it('are all on one of the pages, and none on two', () => {
    for (const sort of SORTS) {
      const selection = { ...ALL_DRAWS, sort };
      const selected = selectDraws(archive, selection);
      const pages = Array.from({ length: pagesOf(selected.length) }, (_, index) =>
        pageOf(selected, { ...selection, page: index + 1 }),
      );

      expect(pages.flat()).toEqual(selected);
      expect(pages.map(({ length }) => length)).toEqual([...Array(4).fill(PAGE_ROWS), 427 - 4 * PAGE_ROWS]);
      expect(pageOf(selected, { ...selection, page: 6 })).toEqual([]);
    }
  });
});

describe('a site of files', () => {
  it('has every page of all draws, of each type and of each year in every order, and none empty', () => {
    const selections = staticSelections(archive);

    const paths = selections.map((selection) => PATHS.history('en', selection));
    expect(new Set(paths).size).toBe(paths.length);
    expect(paths).toEqual(
      expect.arrayContaining([
        '/en/history/',
        '/en/history/page-3/',
        '/en/history/general/largest/page-2/',
        '/en/history/2015/oldest/',
      ]),
    );
    expect(selections.filter(({ type, year }) => type !== null && year !== null)).toEqual([]);
    expect(selections.filter((one) => pageOf(selectDraws(archive, one), one).length === 0)).toEqual([]);
    expect(
      selections.filter(
        (one) => JSON.stringify(readSegments(archive, segmentsOf(one))) !== JSON.stringify(one),
      ),
    ).toEqual([]);
  });
});
