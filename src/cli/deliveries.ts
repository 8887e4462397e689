// `drawbell deliveries`: the outbox, as the operator sees it: no address and no score in it.

import { Command, Option } from 'commander';
import { listNotices, type NoticeFilter, type NoticeLine } from '../store/outbox.ts';
import { countOption } from './options.ts';
import { type Column, formatTable, print, printJson } from './output.ts';
import { withSession } from './session.ts';

const COLOURS = { sent: 'green', queued: 'yellow', failed: 'red' } as const;

const COLUMNS: readonly Column<NoticeLine>[] = [
  { title: 'No.', value: ({ id }) => String(id), right: true },
  { title: 'Event', value: ({ event }) => event },
  { title: 'To', value: ({ recipient }) => recipient },
  { title: 'Outcome', value: ({ outcome }) => outcome },
  { title: 'Status', value: ({ status }) => status, style: ({ status }) => COLOURS[status] },
  { title: 'Attempts', value: ({ attempts }) => attempts, right: true },
  { title: 'Last', value: ({ detail }) => detail },
  { title: 'Next', value: ({ dueAt }) => dueAt },
];

export function makeCommand(): Command {
  return new Command('deliveries')
    .addOption(new Option('--status <status>', 'only these').choices(['queued', 'sent', 'failed']))
    .option('--event <id>', 'only of this event, e.g. draw.published/ircc:297')
    .option('--limit <count>', 'only the newest so many (100)', countOption)
    .option('--json', 'print one JSON document')
    .action(async ({ json, ...filter }: NoticeFilter & { json?: true }) => {
      const notices = await withSession(({ db }) => listNotices(db, filter));
      if (json) printJson({ deliveries: notices });
      else print(notices.length === 0 ? 'Nothing was ever queued.' : formatTable(notices, COLUMNS));
    });
}
