// What programs may read and ask without a key, as operations. Pure.

import * as z from 'zod';
import { exampleDraws } from '../../event/example-draws.ts';
import { CheckSchema, VerdictsSchema } from './check-schemas.ts';
import { DrawsSchema, EventsSchema, PoolsSchema, TypesSchema } from './draw-schemas.ts';
import { EXAMPLES } from './examples.ts';
import { ExplanationSchema } from './explanation-schemas.ts';
import { FAULT, fault } from './faults.ts';
import type { Operation } from './operations.ts';
import { DRAWS_QUERY, EVENTS_QUERY, MOST_EVENTS, POOL_QUERY, parametersOf } from './query.ts';

const { cec297 } = exampleDraws();

export const READ_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/api/draws',
    file: '/api/draws.json',
    id: 'listDraws',
    tag: 'draws',
    shared: true,
    summary: 'Draws, newest first',
    description: 'Those that were withdrawn are left out.',
    parameters: parametersOf(DRAWS_QUERY, { type: cec297.type, limit: 2 }),
    answers: {
      200: { description: 'The draws.', schema: DrawsSchema, example: EXAMPLES.draws },
      422: FAULT.query,
      429: FAULT.tooOften,
    },
  },
  {
    method: 'get',
    path: '/api/draws/{id}',
    file: '/api/draws/{id}.json',
    id: 'getDraw',
    tag: 'draws',
    shared: true,
    summary: 'All that is known of a draw',
    description:
      'What is special about it, whom it was for, what was corrected, and where it was read; also of one that was withdrawn.',
    parameters: [
      {
        name: 'id',
        in: 'path',
        description:
          'Its id with `-` in the place of `:`, such as `ircc-297`. `ircc:297` is taken too, and the number alone where only one source has such a draw; but not as the name of a file.',
        schema: z.string(),
        example: 'ircc-297',
      },
    ],
    answers: {
      200: { description: 'The draw.', schema: ExplanationSchema, example: EXAMPLES.draw },
      404: fault('There is no such draw, or there are several with that number.'),
    },
  },
  {
    method: 'get',
    path: '/api/types',
    file: '/api/types.json',
    id: 'listTypes',
    tag: 'draws',
    shared: true,
    summary: 'Types of draws, with their records, returns and versions',
    answers: {
      200: { description: 'The types.', schema: TypesSchema, example: EXAMPLES.types },
      422: FAULT.query,
    },
  },
  {
    method: 'get',
    path: '/api/pool',
    file: '/api/pool.json',
    id: 'listPools',
    tag: 'draws',
    shared: true,
    summary: 'The pool, as it was published with each draw',
    description: 'Draws with which none was published are left out.',
    parameters: parametersOf(POOL_QUERY, { since: '2024-01-01', until: '2024-12-31' }),
    answers: {
      200: { description: 'The pools.', schema: PoolsSchema, example: EXAMPLES.pools },
      422: FAULT.query,
      429: FAULT.tooOften,
    },
  },
  {
    method: 'get',
    path: '/api/events',
    id: 'listEvents',
    tag: 'draws',
    shared: true,
    summary: 'What was noticed about draws, newest first',
    description: `What webhooks are sent, for programs that would rather ask. At most ${MOST_EVENTS} unless more are asked for.`,
    parameters: parametersOf(EVENTS_QUERY, { type: 'draw_type.returned' }),
    answers: {
      200: { description: 'The events.', schema: EventsSchema, example: EXAMPLES.events },
      422: FAULT.query,
      429: FAULT.tooOften,
    },
  },
  {
    method: 'post',
    path: '/api/check',
    id: 'checkProfile',
    tag: 'check',
    summary: 'What draws would have meant for a profile',
    description:
      'Nothing is stored. The same arithmetic as everywhere in drawbell: information, not advice. With `draws` only those, with `latest` only the latest of each type, else every draw up to today, newest first.',
    body: {
      description: 'A profile. An address is not taken.',
      schema: CheckSchema,
      example: EXAMPLES.check,
    },
    answers: {
      200: { description: 'A verdict for each draw.', schema: VerdictsSchema, example: EXAMPLES.verdicts },
      429: FAULT.tooOften,
    },
  },
];
