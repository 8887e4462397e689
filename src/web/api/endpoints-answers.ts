// What teams are answered about their endpoints, as schemas. Pure.

import * as z from 'zod';
import { EVENT_TYPES } from '../../event/event.ts';
import { count, DrawTypeSchema, instant, SourceIdSchema, text } from '../../event/schema-parts.ts';
import { ENDPOINT_KINDS, NOTICE_STATUSES } from '../../match/notice.ts';

export const EndpointIdSchema = z.string().meta({ pattern: '^ep_[0-9a-f]{24}$', description: 'Its id.' });

const kept = count('Notices that are kept for it while it is disabled.');
const enabled = z.boolean().meta({ description: 'Whether it was disabled until now.' });

const ENDPOINT = {
  id: EndpointIdSchema,
  url: text('Where it is; only the host where the URL itself is the secret, as of a service.'),
  kind: z.enum(ENDPOINT_KINDS),
  locale: z.enum(['en', 'fr']),
  events: z.array(z.enum(EVENT_TYPES)).nullable().meta({ description: '`null`: every one about draws.' }),
  sources: z.array(SourceIdSchema).nullable().meta({ description: '`null`: all of them.' }),
  drawTypes: z.array(DrawTypeSchema).nullable().meta({ description: '`null`: all of them.' }),
  team: text('Whose keys may manage it.'),
  createdAt: instant('When it was added.'),
  state: z.enum(['well', 'failing', 'slowed', 'disabled']).meta({
    description: '`slowed`: it asked to be left alone for a while; `disabled`: it is sent nothing.',
  }),
  failingSince: instant('The first of the failures in a row; `null` while there is none.').nullable(),
  resumeAt: instant('Until when it asked to be left alone; `null`: it did not.').nullable(),
  previousUntil: instant(
    'Until when the secret before the present one signs too; `null`: none does.',
  ).nullable(),
  disabled: z
    .object({
      at: instant('Since when.'),
      why: z.enum(['gone', 'failing', 'operator', 'team']).meta({
        description:
          '`gone`: it answered 410; `failing`: it failed for five days; `operator`: whoever runs this installation disabled it, and only they enable it again; `team`: it was disabled here.',
      }),
    })
    .nullable(),
  kept,
};
export const EndpointSchema = z
  .object(ENDPOINT)
  .meta({ id: 'Endpoint', description: 'An endpoint of a team, and how it fares.' });
export const EndpointsSchema = z.object({ endpoints: z.array(EndpointSchema) });
export const AddedEndpointSchema = z
  .object({
    ...ENDPOINT,
    secret: text('What is signed with, shown this once; `null` where the URL is the secret.').nullable(),
  })
  .meta({ id: 'AddedEndpoint', description: 'An endpoint that was just added.' });

export const RotatedSchema = z.object({
  id: EndpointIdSchema,
  secret: text('What is signed with from now on, shown this once.'),
  previousUntil: instant('Until when the one before it signs too.'),
});
export const DisabledSchema = z.object({ disabled: EndpointIdSchema, kept });
export const EnabledSchema = z.object({
  enabled: EndpointIdSchema,
  kept,
  keptSince: instant('When the oldest of these happened; `null`: there is none.').nullable(),
});
export const ReplayedSchema = z.object({
  replayed: EndpointIdSchema,
  since: instant('From when on.'),
  enabled,
  resumeAt: instant(
    'Until when it asked to be left alone, nothing is sent before; `null`: it did not.',
  ).nullable(),
  queued: count('Notices that are sent now, oldest first.'),
  inHand: count('Notices that were being sent already.'),
});
export const TestedSchema = z.object({
  id: EndpointIdSchema,
  examples: z.array(
    z.object({
      type: z.enum(EVENT_TYPES),
      webhookId: text('Begins with `msg_test_`.'),
      outcome: text('`sent`: it was taken.'),
      detail: text('The outcome in words.'),
      status: z.int().nullable().meta({ description: 'What it answered; `null`: nothing.' }),
      milliseconds: count('How long it took.'),
      answer: text('The first line of the answer; `null` where there is none.').nullable(),
    }),
  ),
  notSent: z
    .array(z.enum(EVENT_TYPES))
    .meta({ description: 'Examples that were not sent: it was not reached, or too slow.' }),
});
export const DeliveriesSchema = z.object({
  deliveries: z.array(
    z.object({
      event: text('The event it tells of.'),
      status: z.enum(NOTICE_STATUSES),
      attempts: count('How often it was tried.'),
      dueAt: instant('When it is tried next; `null`: it is not.').nullable(),
      settledAt: instant('When it was taken, given up or dropped; `null`: it was not yet.').nullable(),
      detail: text('What became of the last attempt; `null`: there was none.').nullable(),
    }),
  ),
});
