// `drawbell events`: what was worth telling, newest first.

import { Command, Option } from 'commander';
import { EVENT_TYPES, type Event } from '../event/event.ts';
import { type EventFilter, listEvents } from '../store/events.ts';
import { describeEvent } from './describe.ts';
import { countOption, dayOption } from './options.ts';
import { type Column, formatList, print, printJson } from './output.ts';
import { withSession } from './session.ts';

const COLUMNS: readonly Column<Event>[] = [
  { title: 'When', value: (event) => event.at.slice(0, 10) },
  { title: 'Draw', value: (event) => event.draw ?? '-', right: true },
  { title: 'Event', value: (event) => event.type, style: (event) => (event.told ? 'bold' : null) },
  { title: 'What', value: (event) => describeEvent(event) },
];

type Options = EventFilter & { limit?: number; json?: true };

export function makeCommand(): Command {
  return new Command('events')
    .addOption(new Option('--type <type>', 'only this type').choices(EVENT_TYPES))
    .option('--draw <id>', 'only of this draw, e.g. ircc:297')
    .option('--since <day>', 'only from this day on', dayOption)
    .option('--limit <count>', 'only the newest so many', countOption)
    .option('--json', 'print one JSON document')
    .action(async ({ limit, json, ...filter }: Options) => {
      const events = await withSession((session) => listEvents(session.db, filter));
      const wanted = events.slice(0, limit ?? events.length);
      if (json) return printJson({ events: wanted.map(toPublic) });
      print(wanted.length === 0 ? 'No event matches.' : formatList(wanted, COLUMNS, limit));
    });
}

/** As a webhook's body names things, with the id, the draw (`null`: it is about a source) and whether anybody was told. */
function toPublic({ id, type, draw, at, told, data }: Event) {
  return { id, type, draw, timestamp: at, told, data };
}
