// a query -> what is asked for, read strictly: a word that is misspelt must not pass for no filter at all. Pure.

import * as z from 'zod';
import { dayStart } from '../../draw/calendar.ts';
import { DRAW_TYPES } from '../../draw/draw-type.ts';
import { type Fault, quote } from '../../errors.ts';
import { DRAW_EVENT_TYPES } from '../../event/event.ts';
import { SOURCES } from '../../sources/index.ts';
import type { Parameter } from './operations.ts';

const DAY = 'a day as YYYY-MM-DD';
const day = (description: string) =>
  z
    .string()
    .refine((text) => dayStart(text) !== null, { error: DAY })
    .meta({ format: 'date', description });

const limit = (most: number, description: string) =>
  z
    .string()
    .refine((text) => /^[1-9]\d{0,5}$/.test(text) && Number(text) <= most, {
      error: `a whole number from 1 to ${most}`,
    })
    .transform(Number)
    .meta({ type: 'integer', minimum: 1, maximum: most, description });

const TYPE = `one of ${DRAW_TYPES.join(', ')}, or other:...`;
const type = z
  .union([z.enum(DRAW_TYPES), z.templateLiteral(['other:', z.string().regex(/^[a-z0-9-]+$/)])], {
    error: TYPE,
  })
  .meta({ description: 'Only draws of this type; `other:…` is one that drawbell does not know.' });

const ids = SOURCES.map(({ id }) => id);
const source = z
  .enum(ids, { error: `one of ${ids.join(', ')}` })
  .meta({ description: 'Only of this source.' });

/** More draws than there ever will be: everything. */
const MOST = 100_000;
const since = day('Only from this day on.');
const until = day('Only up to this day.');
const newest = limit(MOST, 'Only the newest so many.');

export const DRAWS_QUERY = { type, since, until, source, limit: newest };
export const POOL_QUERY = { since, until, limit: newest };

/** An event carries its draw, so that all of them together would be a megabyte. */
export const MOST_EVENTS = 100;
export const EVENTS_QUERY = {
  type: z
    .enum(DRAW_EVENT_TYPES, { error: `one of ${DRAW_EVENT_TYPES.join(', ')}` })
    .meta({ description: 'Only events of this type.' }),
  draw: z.string().meta({ description: 'Only of this draw, by its id.' }),
  since: day('Only those noticed on this day or later.'),
  limit: limit(1_000, `Only the newest so many; ${MOST_EVENTS} unless another number is given.`),
};

type Shape = Record<string, z.ZodType>;
/** What was asked for; a parameter that was not given has no key. */
type Asked<Of extends Shape> = { [Name in keyof Of]?: z.output<Of[Name]> };

/** `query`: each parameter with every value it came with. */
export function readQuery<Of extends Shape>(
  shape: Of,
  query: Readonly<Record<string, readonly string[]>>,
): { asked: Asked<Of> } | { faults: Fault[] } {
  const faults: Fault[] = [];
  const asked: Record<string, unknown> = {};
  for (const [where, values] of Object.entries(query)) {
    const [value, ...more] = values;
    const schema = Object.hasOwn(shape, where) ? shape[where] : undefined;
    const names = Object.keys(shape);
    if (schema === undefined) {
      faults.push({
        where: 'query',
        expected: names.length === 0 ? 'no parameter' : `one of ${names.join(', ')}`,
        found: quote(where, 40),
      });
      continue;
    }
    const read = schema.safeParse(value);
    if (more.length > 0) faults.push({ where, expected: 'one value', found: `${values.length} of them` });
    else if (read.success) asked[where] = read.data;
    else faults.push({ where, expected: read.error.issues[0]?.message ?? '', found: quote(value, 40) });
  }
  return faults.length > 0 ? { faults } : { asked: asked as Asked<Of> };
}

/** The same for the document. `examples` by name, as they stand in a query. */
export function parametersOf<Of extends Shape>(
  shape: Of,
  examples: { readonly [Name in keyof Of]?: string | number },
): Parameter[] {
  return Object.entries(shape).map(([name, schema]) => ({
    name,
    in: 'query',
    schema,
    example: examples[name],
  }));
}
