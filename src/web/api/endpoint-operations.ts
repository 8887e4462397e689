// What teams may do with their endpoints, as operations.

import {
  AddedEndpointSchema,
  DeliveriesSchema,
  DisabledSchema,
  EnabledSchema,
  EndpointIdSchema,
  EndpointSchema,
  EndpointsSchema,
  ReplayedSchema,
  RotatedSchema,
  TestedSchema,
} from './endpoints-answers.ts';
import { endpointChangesSchema, newEndpointSchema, ReplaySchema, TestSchema } from './endpoints-asked.ts';
import { fault } from './faults.ts';
import type { Operation } from './operations.ts';

const id = 'ep_3f0c2a9d417be6805c1d92fa';
const secret = 'whsec_ZXhhbXBsZSBvZiBhIHNlY3JldCBvZiAzMiBieXRlcyE=';
const endpoint = {
  id,
  url: 'https://team.example.org/hooks/draws',
  kind: 'standard',
  locale: 'en',
  events: ['draw.published'],
  sources: null,
  drawTypes: ['cec', 'french'],
  team: 'Example Hiring',
  createdAt: '2024-05-30T15:00:00.000Z',
  state: 'well',
  failingSince: null,
  resumeAt: null,
  previousUntil: null,
  disabled: null,
  kept: 0,
};
const parameters = [
  { name: 'id', in: 'path', description: 'The id of an endpoint.', schema: EndpointIdSchema, example: id },
] as const;
const LOCKED = fault('Whoever runs this installation disabled it: only they enable it again.');
const TOO_OFTEN = fault('Asked for more than six times in a minute; Retry-After says when to come back.');

/** Those of one endpoint, by what they have in common. */
function ofOne(
  operation: Pick<Operation, 'method' | 'id' | 'summary' | 'answers'> & Partial<Operation>,
  below = '',
): Operation {
  const answers = { ...operation.answers, 404: fault('The team of the key has no such endpoint.') };
  return {
    path: `/api/endpoints/{id}${below}`,
    tag: 'endpoints',
    secured: true,
    parameters,
    ...operation,
    answers,
  };
}

export const ENDPOINT_OPERATIONS: readonly Operation[] = [
  {
    method: 'post',
    path: '/api/endpoints',
    id: 'addEndpoint',
    tag: 'endpoints',
    secured: true,
    summary: 'Add an endpoint',
    description: 'Its secret is shown this once. A team has at most 50 endpoints.',
    body: {
      description: 'Where it is, and what it gets.',
      schema: newEndpointSchema(),
      example: { url: endpoint.url, events: endpoint.events, drawTypes: endpoint.drawTypes },
    },
    answers: {
      201: { description: 'It was added.', schema: AddedEndpointSchema, example: { ...endpoint, secret } },
      409: fault('The team has as many endpoints as one may have.'),
    },
  },
  {
    method: 'get',
    path: '/api/endpoints',
    id: 'listEndpoints',
    tag: 'endpoints',
    secured: true,
    summary: 'Every endpoint of the team, and how each fares',
    answers: {
      200: { description: 'The endpoints.', schema: EndpointsSchema, example: { endpoints: [endpoint] } },
    },
  },
  ofOne({
    method: 'get',
    id: 'getEndpoint',
    summary: 'One endpoint, and how it fares',
    answers: { 200: { description: 'The endpoint.', schema: EndpointSchema, example: endpoint } },
  }),
  ofOne({
    method: 'patch',
    id: 'changeEndpoint',
    summary: 'Change where an endpoint is or what it gets',
    description: 'From now on. What is left out stays, as its secret does.',
    body: {
      description: 'What is to change.',
      schema: endpointChangesSchema(),
      example: { drawTypes: ['cec'], locale: 'fr' },
    },
    answers: {
      200: {
        description: 'The endpoint as it is now.',
        schema: EndpointSchema,
        example: { ...endpoint, drawTypes: ['cec'], locale: 'fr' },
      },
    },
  }),
  ofOne({
    method: 'delete',
    id: 'removeEndpoint',
    summary: 'Forget an endpoint, and whatever was still to be sent to it',
    answers: { 204: { description: 'It is forgotten.' } },
  }),
  ofOne(
    {
      method: 'get',
      id: 'listDeliveries',
      summary: 'The latest 100 notices to an endpoint, and what became of each',
      answers: {
        200: {
          description: 'The notices, newest first.',
          schema: DeliveriesSchema,
          example: {
            deliveries: [
              {
                event: 'draw.published/ircc:297',
                status: 'sent',
                attempts: 1,
                dueAt: null,
                settledAt: '2024-05-31T13:00:04.000Z',
                detail: 'answered 204',
              },
            ],
          },
        },
      },
    },
    '/deliveries',
  ),
  ofOne(
    {
      method: 'post',
      id: 'testEndpoint',
      summary: 'Send an example of each event an endpoint gets',
      description: 'One after the other, for up to ten seconds. Nothing is recorded.',
      body: {
        description: 'Which examples.',
        schema: TestSchema,
        example: { events: ['draw.published'] },
        optional: true,
      },
      answers: {
        200: {
          description: 'What it answered.',
          schema: TestedSchema,
          example: {
            id,
            examples: [
              {
                type: 'draw.published',
                webhookId: 'msg_test_5b7f0d2c9e61a834d0f1c2b3',
                outcome: 'sent',
                detail: 'answered 204',
                status: 204,
                milliseconds: 87,
                answer: null,
              },
            ],
            notSent: [],
          },
        },
        409: LOCKED,
        429: TOO_OFTEN,
      },
    },
    '/test',
  ),
  ofOne(
    {
      method: 'post',
      id: 'rotateSecret',
      summary: 'Give an endpoint another secret',
      description: 'For 24 hours everything is signed with the one before it, too.',
      answers: {
        200: {
          description: 'The secret, shown this once.',
          schema: RotatedSchema,
          example: { id, secret, previousUntil: '2024-06-01T15:00:00.000Z' },
        },
        409: fault('It is of a kind whose URL is the secret.'),
      },
    },
    '/rotate',
  ),
  ofOne(
    {
      method: 'post',
      id: 'replayEndpoint',
      summary: 'Send an endpoint what it has not had',
      description: 'It is enabled, if it was disabled. Each notice comes under the webhook-id it always had.',
      body: { description: 'From when on.', schema: ReplaySchema, example: { since: '2024-05-31' } },
      answers: {
        202: {
          description: 'What is sent now.',
          schema: ReplayedSchema,
          example: {
            replayed: id,
            since: '2024-05-31T00:00:00.000Z',
            enabled: true,
            resumeAt: null,
            queued: 2,
            inHand: 0,
          },
        },
        409: LOCKED,
        429: TOO_OFTEN,
      },
    },
    '/replay',
  ),
  ofOne(
    {
      method: 'post',
      id: 'disableEndpoint',
      summary: 'Send an endpoint nothing any more',
      description: 'What happens is kept for it.',
      answers: {
        200: { description: 'It is disabled.', schema: DisabledSchema, example: { disabled: id, kept: 0 } },
      },
    },
    '/disable',
  ),
  ofOne(
    {
      method: 'post',
      id: 'enableEndpoint',
      summary: 'Send to an endpoint again, from now on',
      description: 'What was kept for it stays kept until it is replayed.',
      answers: {
        200: {
          description: 'It is enabled.',
          schema: EnabledSchema,
          example: { enabled: id, kept: 2, keptSince: '2024-05-31T13:00:00.000Z' },
        },
        409: LOCKED,
      },
    },
    '/enable',
  ),
];
