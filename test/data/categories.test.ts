// The reference facts that come with the program: what they must hold, and that nothing wrong gets in.

import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDrawType } from '../../src/draw/draw-type.ts';
import { type Category, categoryOf } from '../../src/match/reference.ts';
import { CategoriesFile, GridChangesFile, OccupationsFile } from '../../src/match/reference-files.ts';
import { shippedDraws } from '../draw/history.ts';

const { categories } = CategoriesFile.parse(dataFile('categories.json'));

function dataFile(
  name: string,
): { categories: Category[]; changes: Record<string, unknown>[] } & Record<string, unknown> {
  return JSON.parse(readFileSync(new URL(`../../data/${name}`, import.meta.url), 'utf8'));
}

const keyOf = ({ type, version }: Pick<Category, 'type' | 'version'>) => `${type} ${version}`;
const codesOf = (key: string) => {
  const category = categories.find((one) => keyOf(one) === key);
  return category?.occupations.map(({ noc }) => noc).sort() ?? [];
};

describe('the category lists', () => {
  // Occupations; months, in a row or in all; where.
  it.each([
    ['french 2023-1', 0, 'NCLC 7'],
    ['french 2026-2', 0, 'NCLC 7'],
    ['healthcare 2023-1', 35, '6 in a row, anywhere'],
    ['healthcare 2025-2', 37, '6 in a row, anywhere'],
    ['healthcare 2026-3', 37, '12 in all, anywhere'],
    ['stem 2023-1', 24, '6 in a row, anywhere'],
    ['stem 2025-2', 11, '6 in a row, anywhere'],
    ['stem 2026', 11, '12 in all, anywhere'],
    ['trades 2023-1', 10, '6 in a row, anywhere'],
    ['trades 2025-2', 25, '6 in a row, anywhere'],
    ['trades 2026-3', 25, '12 in all, anywhere'],
    ['transport 2023-1', 10, '6 in a row, anywhere'],
    ['transport 2026-2', 4, '12 in all, anywhere'],
    ['agriculture 2023-1', 3, '6 in a row, anywhere'],
    ['agriculture 2025-2', 1, '6 in a row, anywhere'],
    ['education 2025-1', 5, '6 in a row, anywhere'],
    ['education 2026', 5, '12 in all, anywhere'],
    ['physicians 2026-1', 3, '12 in all, canada'],
    ['senior-managers 2026-1', 4, '12 in all, canada'],
    ['researchers 2026-1', 2, '12 in all, canada'],
    ['military 2026-1', 3, 'military'],
  ])('%s: %i occupations, %s', (key, count, rule) => {
    const category = categories.find((one) => keyOf(one) === key);

    expect(category?.occupations.length).toBe(count);
    expect(category && inWords(category.rule)).toBe(rule);
    if (category?.rule.kind === 'experience') expect(category.rule.withinYears).toBe(3);
  });

  it('are 21, and no version of a category is there twice', () => {
    expect(categories.length).toBe(21);
    expect(new Set(categories.map(keyOf)).size).toBe(21);
  });

  it('of 2026 ask for the occupations of 2025 in healthcare, STEM and education, and another rule', () => {
    expect(codesOf('healthcare 2026-3')).toEqual(codesOf('healthcare 2025-2'));
    expect(codesOf('stem 2026')).toEqual(codesOf('stem 2025-2'));
    expect(codesOf('education 2026')).toEqual(codesOf('education 2025-1'));
  });

  it('of the trades lost cooks and won butchers in 2026, who came from agriculture', () => {
    const [before, after] = [codesOf('trades 2025-2'), codesOf('trades 2026-3')];

    expect(before.filter((noc) => !after.includes(noc))).toEqual(['63200']);
    expect(after.filter((noc) => !before.includes(noc))).toEqual(['63201']);
    expect(codesOf('agriculture 2025-2')).toEqual(['63201']);
  });

  it.each([
    ['physicians 2026-1', ['31100', '31101', '31102']],
    ['senior-managers 2026-1', ['00012', '00013', '00014', '00015']],
    ['researchers 2026-1', ['41200', '41201']],
    ['military 2026-1', ['40042', '42102', '43204']],
    ['transport 2026-2', ['22313', '72404', '72410', '72600']],
    ['agriculture 2023-1', ['63201', '82030', '82031']],
  ])('%s holds %j', (key, codes) => {
    expect(codesOf(key)).toEqual(codes);
  });

  it('leave truck drivers out of transport in 2026, and are sure of all rules but two', () => {
    const unsure = categories.filter(({ certainty }) => certainty !== 'high').map(keyOf);

    expect(codesOf('transport 2023-1')).toContain('73300');
    expect(codesOf('transport 2026-2')).not.toContain('73300');
    expect(unsure).toEqual(['agriculture 2025-2', 'military 2026-1']);
  });

  it('know the names by which they were seen: each gives the type and a version of the list', () => {
    for (const category of categories) {
      for (const name of category.names) {
        const { type, version } = readDrawType(name);
        expect(type).toBe(category.type);
        expect(category.inNames).toContain(version);
      }
    }
  });

  it('were in force one after the other, within each category', () => {
    for (const type of new Set(categories.map((one) => one.type))) {
      const versions = categories.filter((one) => one.type === type);
      const ends = versions.flatMap(({ until }) => until ?? []);

      for (const { from, until } of versions) if (until !== null) expect(from < until).toBe(true);
      expect(new Set(versions.map(({ from }) => from)).size).toBe(versions.length);
      expect(versions.filter(({ until }) => until === null).length).toBeLessThanOrEqual(1);
      // Where one ends the next begins, unless it is the last or there was none for a while.
      for (const end of ends) {
        const next = versions.filter(({ from }) => from >= end).sort((a, b) => (a.from < b.from ? -1 : 1))[0];
        const gone = ['agriculture 2025-2', 'transport 2023-1'];
        const ended = versions.filter(({ until }) => until === end).map(keyOf);
        if (!ended.some((key) => gone.includes(key))) expect(next?.from).toBe(end);
      }
    }
  });
});

function inWords(rule: Category['rule']): string {
  if (rule.kind === 'language') return `NCLC ${rule.nclc}`;
  if (rule.kind === 'military') return 'military';
  return `${rule.months} ${rule.continuous ? 'in a row' : 'in all'}, ${rule.where}`;
}

describe('the draws of the shipped history', () => {
  const rounds = shippedDraws().filter(({ version }) => version !== null);

  it('find the list they were held under, and carry one of its names', () => {
    expect(rounds.length).toBeGreaterThan(60);
    for (const draw of rounds) expect(categoryOf(categories, draw)?.names, draw.id).toContain(draw.label);
  });

  it('of the programmes have none', () => {
    const others = shippedDraws().filter(({ version }) => version === null);

    expect(new Set(others.map(({ type }) => type))).toEqual(new Set(['general', 'cec', 'fsw', 'fst', 'pnp']));
    for (const draw of others) expect(categoryOf(categories, draw)).toBeNull();
  });

  it('were held while their list was in force: French under the first one until the second', () => {
    const early = rounds.filter((draw) => {
      const { from = '', until = null } = categoryOf(categories, draw) ?? {};
      return draw.date < from || (until !== null && draw.date >= until);
    });

    expect(early.map(({ id }) => id)).toEqual([]);
  });
});

describe('a list that is wrong', () => {
  type Change = (file: { categories: Record<string, unknown>[] }) => void;
  const first = (file: { categories: Record<string, unknown>[] }, type: string) => {
    const found = file.categories.find((one) => one.type === type);
    if (!found) throw new Error(`no ${type}`);
    return found as { occupations: Record<string, unknown>[] } & Record<string, unknown>;
  };

  it.each<[fault: string, change: Change]>([
    ['a code of four digits', (file) => setFirst(file, { noc: '3130' })],
    ['a code of six digits', (file) => setFirst(file, { noc: '313010' })],
    ['a code as a number', (file) => setFirst(file, { noc: 31_301 })],
    ['a code with a letter', (file) => setFirst(file, { noc: '3130O' })],
    ['a code of TEER 6, which there is not', (file) => setFirst(file, { noc: '36301' })],
    [
      'an occupation twice',
      (file) => {
        const { occupations } = first(file, 'healthcare');
        occupations.push({ ...occupations[0] });
      },
    ],
    ['no English title', (file) => setFirst(file, { en: undefined })],
    ['an empty English title', (file) => setFirst(file, { en: ' ' })],
    ['a French title left out', (file) => setFirst(file, { fr: undefined })],
    ['an empty French title', (file) => setFirst(file, { fr: '' })],
    ['a field nobody knows', (file) => setFirst(file, { teer: 1 })],
    [
      'two lists for one name',
      (file) => {
        first(file, 'healthcare').inNames = ['1', '2'];
      },
    ],
    [
      'the same list twice',
      (file) => {
        file.categories.push({ ...first(file, 'stem') });
      },
    ],
    [
      'no name for a version',
      (file) => {
        first(file, 'stem').inNames = [];
      },
    ],
    [
      'a type there is not',
      (file) => {
        first(file, 'stem').type = 'hospitality';
      },
    ],
    [
      'a list without occupations',
      (file) => {
        first(file, 'stem').occupations = [];
      },
    ],
    [
      'occupations for French',
      (file) => {
        first(file, 'french').occupations = first(file, 'stem').occupations;
      },
    ],
    [
      'no months',
      (file) => {
        first(file, 'stem').rule = {
          kind: 'experience',
          continuous: true,
          where: 'anywhere',
          withinYears: 3,
        };
      },
    ],
    [
      'months as a text',
      (file) => {
        Object.assign(first(file, 'stem').rule as object, { months: '6' });
      },
    ],
    [
      'another place',
      (file) => {
        Object.assign(first(file, 'stem').rule as object, { where: 'abroad' });
      },
    ],
    [
      'no source',
      (file) => {
        first(file, 'stem').source = undefined;
      },
    ],
    [
      'a source that is no address',
      (file) => {
        first(file, 'stem').source = 'canada.ca';
      },
    ],
    [
      'no certainty',
      (file) => {
        first(file, 'stem').certainty = 'quite';
      },
    ],
    [
      'an end on 30 February',
      (file) => {
        first(file, 'stem').until = '2025-02-30';
      },
    ],
  ])('is refused: %s', (_, change) => {
    const file = dataFile('categories.json');
    change(file as unknown as { categories: Record<string, unknown>[] });

    expect(CategoriesFile.safeParse(file).success).toBe(false);
  });

  function setFirst(file: { categories: Record<string, unknown>[] }, change: Record<string, unknown>): void {
    Object.assign(first(file, 'healthcare').occupations[0] ?? {}, change);
  }

  it('is not what the shipped one is', () => {
    expect(CategoriesFile.safeParse(dataFile('categories.json')).success).toBe(true);
  });
});

describe('the changes of the points grid', () => {
  it('are those of 25 March 2025 and, second-hand, of 3 November 2026', () => {
    const { changes } = GridChangesFile.parse(dataFile('grid-changes.json'));

    expect(changes.map(({ on, what, certainty }) => [on, what, certainty])).toEqual([
      ['2025-03-25', 'job-offer-points-removed', 'high'],
      ['2026-11-03', 'points-not-known-here', 'second-hand'],
    ]);
  });

  it.each([
    ['a day there is not', { on: '2025-02-30' }],
    ['an instant for a day', { on: '2025-03-25T00:00:00Z' }],
    ['a change nobody has words for', { what: 'more-points' }],
    ['no certainty', { certainty: undefined }],
    ['a source that is no address', { source: 'canada.ca' }],
    ['a source left out', { source: undefined }],
    ['a field nobody knows', { points: 50 }],
  ])('are refused with %s', (_, change) => {
    const file = dataFile('grid-changes.json');
    Object.assign(file.changes[0] as object, change);

    expect(GridChangesFile.safeParse(file).success).toBe(false);
  });
});

describe('the occupations', () => {
  const { occupations } = OccupationsFile.parse(dataFile('occupations.json'));

  it('are 516, in the order of their codes, each once', () => {
    const codes = occupations.map(({ code }) => code);

    expect(codes.length).toBe(516);
    expect(codes).toEqual([...new Set(codes)].sort());
  });

  it('hold each one of the category lists, by the same titles', () => {
    const titles = new Map(occupations.map(({ code, en, fr }) => [code, { en, fr }]));

    for (const { noc, en, fr } of categories.flatMap((category) => category.occupations))
      expect({ en, fr }, noc).toEqual(titles.get(noc));
  });

  it('have a title in both languages', () => {
    expect(occupations.filter(({ fr }) => fr === null)).toEqual([]);
  });
});

/** The facts as they were collected, which live outside the project, beside the recorded pages. */
const COLLECTED = resolve(process.env.DRAWBELL_CAPTURES || '/nowhere', '../reference/categories.json');

describe.skipIf(!existsSync(COLLECTED))('the facts as they were collected', () => {
  interface Collected {
    category: string;
    version: string;
    feedNames: string[];
    effectiveFrom: string;
    effectiveTo: string | null;
    experienceMonths: number | null;
    experienceRule: string;
    experienceWhere: string | null;
    windowYears: number | null;
    nocCodes: { code: string }[];
    confidence: string;
    officialPage: string;
  }

  it('are those the program ships', () => {
    const collected: { categories: Collected[] } = JSON.parse(readFileSync(COLLECTED, 'utf8'));

    const theirs = collected.categories.map((one) => ({
      key: `${one.category} ${one.version}`,
      names: one.feedNames,
      from: one.effectiveFrom,
      until: one.effectiveTo,
      months: one.experienceMonths,
      // In Canada only, every rule says so in its own words and none asks for months in a row.
      continuous: one.experienceMonths === null ? null : /\bCONTINUOUS\b/.test(one.experienceRule),
      where: one.experienceMonths === null ? null : one.experienceWhere,
      years: one.windowYears,
      codes: one.nocCodes.map(({ code }) => code).sort(),
      certainty: one.confidence,
      source: one.officialPage,
    }));

    const ours = categories.map((one) => {
      const rule = one.rule.kind === 'experience' ? one.rule : null;
      const where = { anywhere: 'Canada or abroad', canada: 'Canada only' };
      return {
        key: keyOf(one),
        names: one.names,
        from: one.from,
        until: one.until,
        months: rule?.months ?? null,
        continuous: rule?.continuous ?? null,
        where: rule ? where[rule.where] : null,
        years: rule?.withinYears ?? null,
        codes: codesOf(keyOf(one)),
        certainty: one.certainty,
        source: one.source,
      };
    });
    expect(ours).toEqual(theirs);
  });
});
