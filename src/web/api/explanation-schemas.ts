// What the API answers about one draw, as a schema. Pure.

import * as z from 'zod';
import { PROGRAMS } from '../../draw/draw.ts';
import { DRAW_TYPES } from '../../draw/draw-type.ts';
import { DATA } from '../../event/schema.ts';
import { ChangeSchema, count, DrawBriefSchema, DrawSchema, instant, text } from '../../event/schema-parts.ts';

const OccupationSchema = z.object({
  noc: text('Its code in the National Occupational Classification 2021.'),
  en: text('Its official title.'),
  fr: text('Its official title in French; `null` where it is not known.').nullable(),
});

const RuleSchema = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('experience'),
      months: count('Months of work in one listed occupation.'),
      continuous: z.boolean().meta({ description: 'Whether they must be without a break.' }),
      where: z.enum(['anywhere', 'canada']),
      withinYears: count('Within so many years before the draw.'),
    }),
    z.object({ kind: z.literal('language'), nclc: count('The level in all four abilities.') }),
    z.object({
      kind: z.literal('military'),
      serviceYears: count('Of service abroad.'),
      offerYears: count('Of the offer by the Canadian Armed Forces.'),
      credentialYears: count('Of study after secondary school.'),
    }),
  ])
  .meta({ description: 'What it asks for.' });

const CategorySchema = z
  .object({
    type: z.enum(DRAW_TYPES),
    version: text('The version of the list.'),
    certainty: text('How well the list is attested; `high` is best.'),
    source: text('Where it was read.'),
    rule: RuleSchema,
    occupations: z.array(OccupationSchema),
  })
  .meta({ id: 'Category', description: 'One version of a category: whom its draws are for.' });

export const ExplanationSchema = z
  .object({
    draw: DrawSchema,
    special: DATA['draw.published'].shape.special,
    previous: DrawBriefSchema.nullable().meta({ description: 'The last draw of its type before it.' }),
    daysSincePrevious: count('Days since then.').nullable(),
    audience: z.object({
      programs: z
        .array(z.enum(PROGRAMS))
        .nullable()
        .meta({ description: 'Whom its type is for; `null` for a type that drawbell does not know.' }),
      category: CategorySchema.nullable().meta({
        description: 'The list in its name; `null` where it names none, or one that is not known.',
      }),
    }),
    corrections: z
      .array(z.object({ at: instant('When it was noticed.'), changes: z.array(ChangeSchema) }))
      .meta({ description: 'Oldest first.' }),
    withdrawnAt: instant('Since when it is no longer on the official page.').nullable(),
    document: z.object({
      url: text(
        'The address at its publisher it was read from, or the file it came in with drawbell; `null`: a copy elsewhere.',
      ).nullable(),
      status: count('The status of the answer.'),
      fetchedAt: instant('When.'),
      hash: text('SHA-256 of the bytes, in hex.'),
    }),
    firstSeenAt: instant('When it was first seen.'),
    revision: count('1 until its publisher changes it.'),
  })
  .meta({ id: 'Explanation', description: 'All that is known of a draw, as `drawbell explain --json`.' });
