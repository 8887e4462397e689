// What the API answers about draws, as schemas. Pure.

import * as z from 'zod';
import { DRAW_EVENT_TYPES, type DrawEventType } from '../../event/event.ts';
import { DATA } from '../../event/schema.ts';
import {
  count,
  DrawBriefSchema,
  DrawIdSchema,
  DrawSchema,
  DrawTypeSchema,
  day,
  instant,
  PoolSchema,
  text,
} from '../../event/schema-parts.ts';

const newestFirst = { description: 'Newest first.' };

export const DrawsSchema = z
  .object({ draws: z.array(DrawSchema).meta(newestFirst) })
  .meta({ id: 'Draws', description: 'As `drawbell draws --json`.' });

const best = (description: string) => DrawBriefSchema.nullable().meta({ description });

export const TypesSchema = z
  .object({
    types: z
      .array(
        z.object({
          type: DrawTypeSchema,
          name: z.object({ en: text('In English.'), fr: text('In French.') }),
          draws: count('How many.'),
          first: DrawBriefSchema,
          latest: DrawBriefSchema,
          returned: z
            .object({
              draw: DrawIdSchema,
              date: day('Of the draw.'),
              dormantDays: count('Days without one.'),
            })
            .nullable()
            .meta({ description: 'Its latest return after more than 180 days without a draw.' }),
          records: z
            .object({
              lowestCutoff: best('The first with the lowest cut-off.'),
              highestCutoff: best('The first with the highest cut-off.'),
              largestRound: best('The first with the most invitations.'),
            })
            .meta({ description: '`null` where none of its draws has such a number.' }),
          versions: z
            .array(
              z.object({
                version: text('As in the names of its draws.'),
                draws: count('How many.'),
                first: DrawBriefSchema,
                latest: DrawBriefSchema,
              }),
            )
            .meta({ description: 'The versions of its category, newest first.' }),
        }),
      )
      .meta({ description: 'By their latest draw, newest first.' }),
  })
  .meta({ id: 'Types', description: 'Every type there was a draw of.' });

const PoolOfDrawSchema = z
  .object({ draw: DrawIdSchema, date: day('Of the draw.'), pool: PoolSchema })
  .meta({ id: 'PoolOfDraw', description: 'The pool as it was published with a draw.' });

export const PoolsSchema = z
  .object({
    latest: PoolOfDrawSchema.nullable().meta({ description: 'Whatever is asked for.' }),
    pools: z.array(PoolOfDrawSchema).meta({ description: 'Those asked for, newest first.' }),
  })
  .meta({ id: 'Pools' });

export const EventsSchema = z
  .object({ events: z.array(z.union(DRAW_EVENT_TYPES.map(eventSchema))).meta(newestFirst) })
  .meta({ id: 'Events', description: 'As `drawbell events --json`, without what is for the operator.' });

function eventSchema(type: DrawEventType) {
  return z.object({
    id: text('The same for the same happening: `draw_type.returned/ircc:297`.'),
    type: z.literal(type),
    draw: DrawIdSchema,
    timestamp: instant('When it was detected; of what was known from the start, the day of the draw.'),
    told: z.boolean().meta({ description: 'Whether anybody was told.' }),
    data: DATA[type],
  });
}
