// The endpoints of a job: a list that somebody wrote, one entry a webhook.

import * as z from 'zod';
import { FOR_PEOPLE } from '../cli/webhooks/wishes.ts';
import { isWebhookSecret, WEBHOOK_SECRET } from '../config.ts';
import { repeated } from '../errors.ts';
import { EVENT_TYPES } from '../event/event.ts';
import { newEndpointSchema } from '../web/api/endpoints-asked.ts';

const EVENTS = `a list of some of ${EVENT_TYPES.join(', ')}`;

/** A list of webhooks, each URL once. `allowPrivate`: hosts that may be reached although they are private. */
export function webhooksFile(allowPrivate: readonly string[]) {
  const fields = {
    ...newEndpointSchema(allowPrivate).shape,
    // Whoever writes the list runs the installation, and may hear how it fares.
    events: z
      .array(z.enum(EVENT_TYPES, { error: EVENTS }), { error: EVENTS })
      .min(1, { error: EVENTS })
      .nullish(),
    secret: z.string({ error: WEBHOOK_SECRET }).refine(isWebhookSecret, { error: WEBHOOK_SECRET }).optional(),
  };
  const names = `one of ${Object.keys(fields).join(', ')}`;
  const entry = z
    .strictObject(fields, {
      error: ({ code }) => (code === 'unrecognized_keys' ? names : 'a webhook: names and values'),
    })
    .superRefine(({ kind, secret }, context) => {
      if (kind !== 'standard' || secret !== undefined) return;
      context.addIssue({
        code: 'custom',
        path: ['secret'],
        message: `${WEBHOOK_SECRET}, by which the messages are signed`,
      });
    })
    .transform(({ events, ...rest }) => ({
      ...rest,
      url: new URL(rest.url).href,
      events: events ?? (rest.kind === 'standard' ? null : FOR_PEOPLE),
    }));
  return z.array(entry, { error: 'a list of webhooks' }).superRefine((entries, context) => {
    for (const { index, first } of repeated(entries, ({ url }) => url)) {
      const message = `each URL once (entry [${first.index}] has it too)`;
      context.addIssue({ code: 'custom', path: [index, 'url'], message });
    }
  });
}

export type WebhookEntry = z.output<ReturnType<typeof webhooksFile>>[number];
