// What teams ask about their endpoints, as schemas.

import * as z from 'zod';
import { OTHER_DRAW_TYPE, SOURCE_IDS } from '../../cli/webhooks/wishes.ts';
import { dayStart, instantMs } from '../../draw/calendar.ts';
import { DRAW_TYPES, isKnownDrawType } from '../../draw/draw-type.ts';
import { DRAW_EVENT_TYPES } from '../../event/event.ts';
import { ENDPOINT_KINDS } from '../../match/notice.ts';
import { urlProblem } from '../../notify/addresses.ts';

const oneOf = (values: readonly string[]) => `one of ${values.join(', ')}`;
const someOf = (values: readonly string[]) =>
  `a list of some of ${values.join(', ')}; or null for all of them`;

const DRAW_TYPE = `${oneOf(DRAW_TYPES)}, or other:NAME as in other:agri-food`;
const SOME_DRAW_TYPES = 'a list of 1 to 100 draw types; or null for all of them';
const SINCE = 'a day such as 2024-05-31 or an instant such as 2024-05-31T16:00:00Z';
/** In characters: what is longer than any real one would only fill the database. */
const LONGEST_URL = 2_048;

/** What is for the operator is not to be had here: it tells of the installation and of other teams. */
const drawEvents = z
  .array(z.enum(DRAW_EVENT_TYPES, { error: oneOf(DRAW_EVENT_TYPES) }), { error: someOf(DRAW_EVENT_TYPES) })
  .min(1, { error: someOf(DRAW_EVENT_TYPES) });

/** What an endpoint is to get; `undefined`: nothing is said of it. */
const WISHES = {
  events: drawEvents.nullish().meta({ description: 'Only these events; `null` for every one about draws.' }),
  sources: z
    .array(z.enum(SOURCE_IDS, { error: oneOf(SOURCE_IDS) }), { error: someOf(SOURCE_IDS) })
    .min(1, { error: someOf(SOURCE_IDS) })
    .nullish()
    .meta({ description: 'Only of these sources; `null` for all of them.' }),
  drawTypes: z
    .array(
      z
        .union([z.enum(DRAW_TYPES), z.templateLiteral(['other:', z.string()])], { error: DRAW_TYPE })
        .refine((type) => isKnownDrawType(type) || OTHER_DRAW_TYPE.test(type), { error: DRAW_TYPE }),
      { error: SOME_DRAW_TYPES },
    )
    .min(1, { error: SOME_DRAW_TYPES })
    .max(100, { error: SOME_DRAW_TYPES })
    .nullish()
    .meta({ description: 'Only about draws of these types; `null` for all of them.' }),
  locale: z
    .enum(['en', 'fr'], { error: 'en or fr' })
    .optional()
    .meta({ description: 'The language of what is written for people; `en` where it is not said.' }),
};

/** `allowPrivate`: hosts that may be named although they are private, also over http. */
function urlSchema(allowPrivate: readonly string[]) {
  const problem = (url: string) => urlProblem(url, allowPrivate);
  return z
    .string({ error: 'an https URL' })
    .max(LONGEST_URL, { error: `a URL of at most ${LONGEST_URL} characters` })
    .refine((url) => problem(url) === null, {
      error: ({ input }) => problem(String(input)) ?? 'an https URL',
    })
    .meta({ format: 'uri', description: 'An https URL that leads to a public host.' });
}

function namesOf(fields: object, otherwise: string) {
  const names = oneOf(Object.keys(fields));
  return { error: ({ code }: { code?: string }) => (code === 'unrecognized_keys' ? names : otherwise) };
}

/** A body of `POST /api/endpoints`. */
export function newEndpointSchema(allowPrivate: readonly string[] = []) {
  const fields = {
    url: urlSchema(allowPrivate),
    kind: z
      .enum(ENDPOINT_KINDS, { error: oneOf(ENDPOINT_KINDS) })
      .default('standard')
      .meta({ description: 'The form of the messages: Standard Webhooks, or that of a service.' }),
    ...WISHES,
    events: WISHES.events.meta({
      description:
        'Only these events; `null` for every one about draws. Left out it is every one for the kind `standard`, and a message a draw for the others, where people read.',
    }),
  };
  return z
    .strictObject(fields, namesOf(fields, '{ "url": ... }'))
    .meta({ id: 'NewEndpoint', description: 'Where an endpoint is, and what it gets.' });
}

/** A body of `PATCH /api/endpoints/{id}`. */
export function endpointChangesSchema(allowPrivate: readonly string[] = []) {
  const fields = { url: urlSchema(allowPrivate).optional(), ...WISHES };
  return z
    .strictObject(fields, namesOf(fields, 'what is to change'))
    .meta({ id: 'EndpointChanges', description: 'What is to change; what is left out stays.' });
}

const TEST_FIELDS = {
  events: drawEvents.optional().meta({ description: 'Examples of these only; left out: of what it gets.' }),
};
/** A body of `POST /api/endpoints/{id}/test`. */
export const TestSchema = z
  .strictObject(TEST_FIELDS, namesOf(TEST_FIELDS, '{ "events": [...] }, or nothing'))
  .meta({ id: 'EndpointTest', description: 'Which examples to send.' });

const REPLAY_FIELDS = {
  since: z
    .string({ error: SINCE })
    .refine((since) => dayStart(since) !== null || instantMs(since) !== null, { error: SINCE })
    .meta({ description: 'A day (UTC) or an instant that is past: what happened from then on.' }),
  all: z
    .boolean({ error: 'true or false' })
    .default(false)
    .meta({ description: 'Also what it has had, under the `webhook-id` it had then.' }),
};
/** A body of `POST /api/endpoints/{id}/replay`. */
export const ReplaySchema = z
  .strictObject(REPLAY_FIELDS, namesOf(REPLAY_FIELDS, '{ "since": ... }'))
  .meta({ id: 'EndpointReplay', description: 'What to send again.' });
