// Work against what a category asks for: one occupation at a time, in a row, in Canada.

import { describe, expect, it } from 'vitest';
import { experienced } from '../../src/match/experience.ts';
import type { ExperienceRule, Occupation } from '../../src/match/reference.ts';
import type { Work } from './profiles.ts';

const NURSE: Occupation = { noc: '31301', en: 'Registered nurses', fr: 'Infirmiers autorisés' };
const DENTIST: Occupation = { noc: '31110', en: 'Dentists', fr: 'Dentistes' };
const LIST = [NURSE, DENTIST];

const SIX_IN_A_ROW: ExperienceRule = {
  kind: 'experience',
  months: 6,
  continuous: true,
  where: 'anywhere',
  withinYears: 3,
};
const TWELVE: ExperienceRule = { ...SIX_IN_A_ROW, months: 12, continuous: false };
const TWELVE_HERE: ExperienceRule = { ...TWELVE, where: 'canada' };
/** No list asks for both; one might. */
const SIX_IN_A_ROW_HERE: ExperienceRule = { ...SIX_IN_A_ROW, where: 'canada' };

const nurse = (months: number, details: Partial<Work> = {}): Work => ({ noc: '31301', months, ...details });
const dentist = (months: number, details: Partial<Work> = {}): Work => ({ noc: '31110', months, ...details });
const cook = (months: number): Work => ({ noc: '63200', months });

describe('what is said of work', () => {
  it('names the occupation, the months that count, and the months asked for', () => {
    expect(experienced(TWELVE, LIST, [nurse(7), nurse(6)])).toMatchObject({
      holds: true,
      reasons: [{ code: 'occupation-met', occupation: NURSE, months: 13, required: 12 }],
    });
  });

  it('counts the longest stretch where they must be in a row', () => {
    const { reasons } = experienced(SIX_IN_A_ROW, LIST, [
      nurse(7, { continuous: true }),
      nurse(30, { continuous: false }),
    ]);

    expect(reasons).toEqual([{ code: 'occupation-met', occupation: NURSE, months: 7, required: 6 }]);
  });

  it('names all the occupations of a profile where none is on the list, each once', () => {
    expect(experienced(TWELVE, LIST, [cook(1), { noc: '21231', months: 2 }, cook(3)])).toMatchObject({
      holds: false,
      reasons: [{ code: 'occupation-not-listed', nocs: ['21231', '63200'] }],
    });
    expect(experienced(TWELVE, LIST, [])).toMatchObject({
      holds: false,
      reasons: [{ code: 'occupation-not-listed', nocs: [] }],
    });
  });

  it('asks for the work, and says how many months of it would do', () => {
    expect(experienced(TWELVE, LIST, undefined)).toEqual({
      holds: null,
      reasons: [{ code: 'experience-unknown', missing: 'experience', required: 12 }],
    });
  });

  it('asks for the place only of those that would be enough', () => {
    expect(experienced(TWELVE_HERE, LIST, [nurse(11)]).reasons).toMatchObject([{ code: 'months-short' }]);
    expect(experienced(TWELVE_HERE, LIST, [nurse(12)]).reasons).toEqual([
      {
        code: 'work-place-unknown',
        occupation: NURSE,
        months: 12,
        required: 12,
        missing: 'experience.inCanada',
      },
    ]);
  });

  it('asks whether they were in a row only of a stretch that is long enough', () => {
    expect(experienced(SIX_IN_A_ROW, LIST, [nurse(5), nurse(4)]).holds).toBe(false);
    expect(
      experienced(SIX_IN_A_ROW, LIST, [nurse(5), nurse(6, { continuous: false })]).reasons,
    ).toMatchObject([{ code: 'months-not-continuous', months: 6 }]);
    expect(experienced(SIX_IN_A_ROW, LIST, [nurse(6)]).reasons).toMatchObject([
      { code: 'continuity-unknown', months: 6, missing: 'experience.continuous' },
    ]);
  });

  it('says of months outside Canada how many were in it', () => {
    const work = [nurse(5, { inCanada: true }), nurse(10, { inCanada: false })];

    expect(experienced(TWELVE_HERE, LIST, work).reasons).toEqual([
      { code: 'work-not-in-canada', occupation: NURSE, months: 5, required: 12 },
    ]);
  });
});

describe('of several occupations', () => {
  it.each<[told: string, rule: ExperienceRule, work: Work[], code: string, noc: string]>([
    ['the one that is enough', TWELVE, [dentist(11), nurse(12)], 'occupation-met', '31301'],
    ['the one that may be enough', SIX_IN_A_ROW, [dentist(5), nurse(6)], 'continuity-unknown', '31301'],
    ['the one with the most months', TWELVE, [nurse(3), dentist(9)], 'months-short', '31110'],
    ['the smaller code of two alike', TWELVE, [nurse(9), dentist(9)], 'months-short', '31110'],
    [
      'the one that may rather than the longest',
      SIX_IN_A_ROW,
      [dentist(30, { continuous: false }), nurse(6)],
      'continuity-unknown',
      '31301',
    ],
    ['the one on the list', TWELVE, [cook(36), nurse(2)], 'months-short', '31301'],
  ])('speaks of %s', (_, rule, work, code, noc) => {
    for (const told of [work, [...work].reverse()])
      expect(experienced(rule, LIST, told).reasons).toMatchObject([{ code, occupation: { noc } }]);
  });

  it('never adds up the months of two', () => {
    expect(experienced(TWELVE, LIST, [nurse(11), dentist(11)]).holds).toBe(false);
  });
});

describe('a list that asked for months in a row and in Canada', () => {
  const holds = (...work: Work[]) => experienced(SIX_IN_A_ROW_HERE, LIST, work).holds;

  it('takes a stretch that is both', () => {
    expect(holds(nurse(6, { continuous: true, inCanada: true }))).toBe(true);
  });

  it('does not put one together from two', () => {
    expect(
      holds(nurse(6, { continuous: true, inCanada: false }), nurse(6, { continuous: false, inCanada: true })),
    ).toBe(false);
  });

  it('does not ask where a stretch that is too short was', () => {
    const { reasons } = experienced(SIX_IN_A_ROW_HERE, LIST, [nurse(5), nurse(6, { inCanada: true })]);

    expect(reasons.map(({ code }) => code)).toEqual(['continuity-unknown']);
  });

  it('does not ask whether a stretch that is too short was in a row', () => {
    const { reasons } = experienced(SIX_IN_A_ROW_HERE, LIST, [nurse(5), nurse(6, { continuous: true })]);

    expect(reasons.map(({ code }) => code)).toEqual(['work-place-unknown']);
  });

  it('asks for both where both are open', () => {
    const { holds, reasons } = experienced(SIX_IN_A_ROW_HERE, LIST, [nurse(6)]);

    expect(holds).toBeNull();
    expect(reasons.map(({ code }) => code)).toEqual(['continuity-unknown', 'work-place-unknown']);
  });
});
