// zod schemas -> JSON Schema, each with a name of its own written once. Pure.

import * as z from 'zod';
import { EVENT_TYPES, type EventType } from '../../event/event.ts';
import { webhookSchema } from '../../event/schema.ts';
import type { JsonSchema } from '../pages/api-document.ts';

export interface Components {
  /** Where it is used: itself, or where it is found if it has a name. */
  schemaOf(schema: z.ZodType): JsonSchema;
  /** The bodies that webhooks are sent. */
  bodies(): Map<EventType, { schema: JsonSchema; description: string }>;
  /** All with a name that were asked for so far, by name. */
  all(): Record<string, JsonSchema>;
}

export function openComponents(): Components {
  const named = new Map<string, JsonSchema>();

  /** Takes the names out of a schema of its own, which has them in `$defs`. */
  function take(schema: Definitions): Definitions {
    // OpenAPI 3.1 takes JSON Schema 2020-12 as it is; only the place of names is another.
    const { $defs = {}, ...rest }: Definitions = JSON.parse(
      JSON.stringify(schema).replaceAll('"$ref":"#/$defs/', '"$ref":"#/components/schemas/'),
    );
    for (const [name, definition] of Object.entries($defs)) named.set(name, definition);
    return rest;
  }

  return {
    schemaOf(schema) {
      const { properties: { it } = {} } = take(toJson(z.object({ it: schema })));
      return it ?? {};
    },
    bodies() {
      take(webhookSchema() as Definitions);
      return new Map(
        EVENT_TYPES.map((type) => {
          const schema = { $ref: `#/components/schemas/${type}` };
          return [type, { schema, description: String(named.get(type)?.description) }];
        }),
      );
    },
    all: () => Object.fromEntries([...named].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

interface Definitions {
  [key: string]: unknown;
  $defs?: Record<string, JsonSchema>;
  properties?: Record<string, JsonSchema>;
}

function toJson(schema: z.ZodType): Definitions {
  return z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    // As what is taken, not what is made: a field that is added later must not make an answer invalid.
    io: 'input',
    unrepresentable: 'any',
    override({ jsonSchema }) {
      // What every whole number in JSON is held to.
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    },
  }) as Definitions;
}
