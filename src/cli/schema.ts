// `drawbell schema`: JSON Schema of what webhooks are sent.

import { Command, InvalidArgumentError } from 'commander';
import { EVENT_TYPES, type EventType } from '../event/event.ts';
import { webhookSchema } from '../event/schema.ts';
import { print, printJson } from './output.ts';

export function makeCommand(): Command {
  return new Command('schema')
    .argument('[type]', 'only of this type of event, e.g. draw.published', eventTypeArgument)
    .option('--json', 'print one JSON document (it is one anyway, but in one line)')
    .action((type: EventType | undefined, { json }: { json?: true }) => {
      const schema = webhookSchema(type);
      if (json) return printJson(schema);
      print(JSON.stringify(schema, null, 2));
    });
}

function eventTypeArgument(text: string): EventType {
  const type = EVENT_TYPES.find((known) => known === text);
  if (type === undefined) throw new InvalidArgumentError(`expected one of ${EVENT_TYPES.join(', ')}`);
  return type;
}
