// What the files of reference facts in data/ must look like: a wrong code cannot get in.

import * as z from 'zod';
import { dayStart } from '../draw/calendar.ts';
import { DRAW_TYPES } from '../draw/draw-type.ts';

/** How well a fact is attested, best first. */
const CERTAINTIES = ['high', 'medium-high', 'medium', 'second-hand'] as const;
export type Certainty = (typeof CERTAINTIES)[number];

/** What a change of the points grid did, as far as it is known. */
export const GRID_CHANGES = ['job-offer-points-removed', 'points-not-known-here'] as const;

const noc = z.string().regex(/^\d[0-5]\d{3}$/);
const title = z.string().trim().min(1);
const day = z.string().refine((text) => dayStart(text) !== null, { error: 'a date as YYYY-MM-DD' });
const note = z.string().min(1).nullable();
const source = z.url({ protocol: /^https$/ });

/** An occupation of the National Occupational Classification 2021, with its official titles. */
const Occupation = z.strictObject({ noc, en: title, fr: title.nullable() });
export type Occupation = z.infer<typeof Occupation>;

/** Months of work in one listed occupation, within so many years before the round. */
const ExperienceRule = z.strictObject({
  kind: z.literal('experience'),
  months: z.int().min(1).max(36),
  /** Without a break. */
  continuous: z.boolean(),
  where: z.enum(['anywhere', 'canada']),
  withinYears: z.int().min(1).max(10),
});
export type ExperienceRule = z.infer<typeof ExperienceRule>;

const CategoryRule = z.discriminatedUnion('kind', [
  ExperienceRule,
  /** The same level in all four abilities. */
  z.strictObject({ kind: z.literal('language'), nclc: z.int().min(1).max(12) }),
  /** Years of service abroad, of the offer by the Canadian Armed Forces, and of study after secondary school. */
  z.strictObject({
    kind: z.literal('military'),
    serviceYears: z.int().min(1),
    offerYears: z.int().min(1),
    credentialYears: z.int().min(1),
  }),
]);

/** One version of one category: whom its rounds are for. */
const Category = z
  .strictObject({
    type: z.enum(DRAW_TYPES),
    version: z.string().regex(/^20\d\d(-\d)?$/),
    /** The versions, as read from a round's name, that mean this list. */
    inNames: z.array(z.string().regex(/^(20\d\d-)?\d$/)).min(1),
    /** Names of rounds that were seen. */
    names: z.array(title),
    /** The days between which it was in force; a month where the day is not known. */
    from: z.string().regex(/^20\d\d-\d\d(-\d\d)?$/),
    until: day.nullable(),
    rule: CategoryRule,
    occupations: z.array(Occupation),
    source,
    certainty: z.enum(CERTAINTIES),
    note,
  })
  .refine(({ rule, occupations }) => (rule.kind === 'language') === (occupations.length === 0), {
    error: 'occupations where the rule asks for them, and only there',
    path: ['occupations'],
  })
  .refine(({ occupations }) => new Set(occupations.map((one) => one.noc)).size === occupations.length, {
    error: 'each occupation once',
    path: ['occupations'],
  });
export type Category = z.infer<typeof Category>;

/** `data/categories.json`. */
export const CategoriesFile = z.strictObject({
  about: title,
  categories: z.array(Category).refine(eachVersionOnce, { error: 'each version of a category once' }),
});

/** `data/grid-changes.json`. */
export const GridChangesFile = z.strictObject({
  about: title,
  changes: z.array(
    z.strictObject({
      /** The first day on which the new points counted. */
      on: day,
      what: z.enum(GRID_CHANGES),
      certainty: z.enum(CERTAINTIES),
      source: source.nullable(),
      note,
    }),
  ),
});
export type GridChange = z.infer<typeof GridChangesFile>['changes'][number];

/** `data/occupations.json`: every unit group of the classification. */
export const OccupationsFile = z.strictObject({
  about: title,
  occupations: z.array(z.strictObject({ code: noc, en: title, fr: title.nullable() })),
});

function eachVersionOnce(categories: readonly Pick<Category, 'type' | 'inNames'>[]): boolean {
  const named = categories.flatMap(({ type, inNames }) => inNames.map((version) => `${type} ${version}`));
  return new Set(named).size === named.length;
}
