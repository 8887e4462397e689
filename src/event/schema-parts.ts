// events -> JSON Schema: what bodies of webhooks are made of. Pure.

import * as z from 'zod';
import { dayStart, instantMs } from '../draw/calendar.ts';
import { PROGRAMS } from '../draw/draw.ts';
import { DRAW_TYPES } from '../draw/draw-type.ts';
import { TROUBLE_KINDS } from '../errors.ts';
import { type CorrectableField, RECORDS } from './event.ts';
import { HOLD_REASONS } from './quarantine.ts';

/** A string that JSON Schema knows as a `date-time`: RFC 3339. */
export function instant(description: string) {
  return z
    .string()
    .refine((text) => instantMs(text) !== null)
    .meta({ format: 'date-time', description });
}

/** A string that JSON Schema knows as a `date`: `YYYY-MM-DD`. */
export function day(description: string) {
  return z
    .string()
    .refine((text) => dayStart(text) !== null)
    .meta({ format: 'date', description });
}

/** Text that a publisher, a server or drawbell wrote: treat it as text, never as markup. */
export function text(description: string) {
  return z.string().meta({ description });
}

/** A whole number from 0. */
export function count(description: string) {
  return z.int().min(0).meta({ description });
}

export const DrawTypeSchema = z.union([z.enum(DRAW_TYPES), z.templateLiteral(['other:', z.string()])]).meta({
  id: 'DrawType',
  description: 'What a draw selects for; `other:...` for a name drawbell does not know.',
});

export const SourceIdSchema = text('The publisher, such as `ircc`.');
export const DrawIdSchema = text('The draw: `<source>:<number>`, such as `ircc:297` or `ircc:91a`.');
const Invitations = count('Invitations sent; `null` where it is not published.').nullable();
const Cutoff = count(
  'The score of the lowest-ranked candidate invited; `null` where it is not published.',
).nullable();

export const PoolSchema = z
  .object({
    asOf: day('The day of the count; `null` where it is not published.').nullable(),
    total: count('Candidates, as published, even where it is not the sum of the bands.'),
    bands: z
      .array(
        z.object({
          from: count('The lowest score of the band, which belongs to it.'),
          to: count('The highest score of the band, which belongs to it.'),
          candidates: count('Candidates with such a score.'),
        }),
      )
      .meta({ description: 'From the highest scores to the lowest, without overlap.' }),
  })
  .meta({
    id: 'Pool',
    description: 'How many candidates stood in each score band: the whole pool, of all types.',
  });

export const DrawSchema = z
  .object({
    id: DrawIdSchema,
    source: SourceIdSchema,
    number: text('As published. Not an integer: 91a and 91b are two draws.'),
    date: day('The day of the draw.'),
    issuedAt: instant(
      'The moment its publisher gives, typed by hand: it may contradict `date`, which is the one to trust.',
    ).nullable(),
    label: text("The publisher's name for the draw."),
    type: DrawTypeSchema,
    version: text(
      'The version of a category, such as `2026-3`; `null` where the name gives none.',
    ).nullable(),
    programs: z
      .array(z.enum(PROGRAMS))
      .nullable()
      .meta({ description: 'The programmes invited from; `null` where they are not published.' }),
    invitations: Invitations,
    scoreSystem: z.literal('crs').meta({ description: 'The Comprehensive Ranking System.' }),
    cutoff: Cutoff,
    tieBreakAt: instant(
      'With exactly the cut-off score, a profile must have been submitted by then; `null` where it is not published.',
    ).nullable(),
    pool: PoolSchema.nullable(),
    url: text("The draw on its publisher's page; `null` where there is none.").nullable(),
    inferred: z.array(z.literal('tieBreakAt')).exactOptional().meta({
      description: 'Present only where a part was published without its year, which had to be inferred.',
    }),
  })
  .meta({ id: 'Draw', description: 'One round of invitations. What is not known is `null`, never 0 or "".' });

export const DrawBriefSchema = z
  .object({ id: DrawIdSchema, date: day('The day of the draw.'), invitations: Invitations, cutoff: Cutoff })
  .meta({ id: 'DrawBrief', description: 'Enough of an earlier draw to compare with.' });

export const RecordSchema = z.enum(RECORDS).meta({ description: 'Among the draws of its type.' });

const CORRECTABLE = [
  'date',
  'issuedAt',
  'label',
  'type',
  'version',
  'programs',
  'invitations',
  'cutoff',
  'tieBreakAt',
  'withdrawn',
] as const satisfies readonly CorrectableField[];

export const ChangeSchema = z
  .object({
    field: z.enum(CORRECTABLE).meta({
      description: 'A field of the draw; `withdrawn` went from true to false where a draw came back.',
    }),
    before: z.unknown().meta({ description: 'The value until now, of the kind that the field holds.' }),
    after: z.unknown().meta({ description: 'The value now.' }),
  })
  .meta({ id: 'Change', description: 'One fact that its publisher corrected.' });

export const TroubleSchema = z.enum(TROUBLE_KINDS).meta({ description: 'What is wrong with the source.' });

export const HeldRoundSchema = z
  .object({
    id: DrawIdSchema,
    reason: z.enum(HOLD_REASONS).meta({ description: 'Why it is not believed.' }),
    faults: z
      .array(
        z.object({
          where: text('The field.'),
          expected: text('What would have been believed.'),
          found: text('What stood there.'),
        }),
      )
      .meta({ description: 'At most eight, cut to a sensible length.' }),
    since: instant('Since when it is kept apart for this reason.'),
    looks: count('Looks in a row at which this was so.'),
  })
  .meta({
    id: 'HeldRound',
    description: 'A round that is kept apart. What was read of it is left out on purpose.',
  });
