// events -> the part of the OpenAPI document about what webhooks are sent. Pure.

import { exampleEvents } from '../../event/examples.ts';
import type { DocumentParameter, DocumentPath } from '../pages/api-document.ts';
import type { Components } from './components.ts';
import { JSON_TYPE } from './media.ts';

const HEADERS: readonly DocumentParameter[] = [
  ['webhook-id', 'The same over all retries of a notice.'],
  ['webhook-timestamp', 'When it was sent, in seconds.'],
  ['webhook-signature', 'Signatures with a space between them: `v1,` and base64, by Standard Webhooks.'],
].map(([name = '', description = '']) => ({
  name,
  in: 'header',
  description,
  required: true,
  schema: { type: 'string' },
}));

/** By the type of event. */
export function webhooksOf(components: Components): Record<string, DocumentPath> {
  const examples = new Map(
    exampleEvents().map(({ type, at, data }) => [type, { type, timestamp: at, data }]),
  );
  return Object.fromEntries(
    [...components.bodies()].map(([type, { schema, description }]) => {
      // Of rounds that are kept apart, less is posted than an event holds.
      const example = type === 'source.quarantined' ? {} : { example: examples.get(type) };
      return [
        type,
        {
          post: {
            summary: description.replace(/\.$/, ''),
            parameters: HEADERS,
            requestBody: {
              description: 'Signed as Standard Webhooks has it.',
              required: true,
              content: { [JSON_TYPE]: { schema, ...example } },
            },
            responses: {
              '2XX': { description: 'Taken.' },
              '410': { description: 'Nothing is wanted any more: the endpoint is disabled.' },
              default: { description: 'Not taken; it is tried again.' },
            },
          },
        },
      ];
    }),
  );
}
