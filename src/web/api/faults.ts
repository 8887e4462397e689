// What the API answers where something is wrong: one shape for every error. Pure.

import * as z from 'zod';
import { text } from '../../event/schema-parts.ts';
import type { Answer } from './operations.ts';

const FaultSchema = z
  .object({
    where: text('A parameter, or a path in the body such as `experience[0].noc`.'),
    expected: text('What would have been taken.'),
    found: text('What stood there, in words or cut to a sensible length.'),
  })
  .meta({ id: 'Fault', description: 'One thing wrong with a request.' });

export const ErrorSchema = z
  .object({
    error: z.object({
      message: text('What is wrong, in a few words.'),
      faults: z
        .array(FaultSchema)
        .meta({ description: 'Every fault found; empty where there is nothing to point at.' }),
    }),
  })
  .meta({ id: 'Error', description: 'Every error of the API has this shape.' });

/** An answer that tells of an error. */
export function fault(description: string): Answer {
  return { description, schema: ErrorSchema };
}

/** Errors that several operations have. */
export const FAULT = {
  query: fault('An unknown parameter, or a value that a parameter does not take.'),
  unknown: fault('There is no such thing.'),
  notJson: fault('The body is not JSON.'),
  key: fault('No key, or one that is not honoured.'),
  tooLarge: fault('The body is larger than 64 KB.'),
  tooOften: fault('Asked for too often; Retry-After says when to come back.'),
  notTold: fault('The body is sent as another type than application/json.'),
  body: fault('The body is JSON of another form: every fault, each with its path.'),
} as const;
