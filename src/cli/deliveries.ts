// `drawbell deliveries`: the outbox, as the operator sees it: no address and no score in it.

import { Command, Option } from 'commander';
import { NOTICE_STATUSES } from '../match/notice.ts';
import { listNotices, type NoticeFilter, type NoticeLine } from '../store/notices.ts';
import { COLOURS, describeStatus, readRecipient } from './deliveries/names.ts';
import { retryCommand } from './deliveries/retry.ts';
import { showCommand } from './deliveries/show.ts';
import { dropCommand, stopCommand } from './deliveries/take-back.ts';
import { countOption } from './options.ts';
import { type Column, formatTable, print, printJson } from './output.ts';
import { withSession } from './session.ts';

const COLUMNS: readonly Column<NoticeLine>[] = [
  { title: 'No.', value: ({ id }) => String(id), right: true },
  { title: 'Event', value: ({ event }) => event },
  { title: 'To', value: ({ recipient }) => recipient },
  { title: 'Outcome', value: ({ outcome }) => outcome },
  { title: 'Status', value: describeStatus, style: ({ status }) => COLOURS[status] },
  { title: 'Attempts', value: ({ attempts }) => attempts, right: true },
  { title: 'Last', value: ({ detail }) => detail },
  { title: 'Next', value: ({ dueAt }) => dueAt },
];

export function makeCommand(): Command {
  const command = new Command('deliveries');
  const list = listCommand();
  // Options of its own would be taken from the commands below it: without one of them, the list is meant.
  command.addCommand(list, { isDefault: true });
  for (const sub of [showCommand(), retryCommand(), dropCommand(), stopCommand()]) command.addCommand(sub);
  return command.addHelpText('after', () => `\nWithout a command:\n\n${list.helpInformation()}`);
}

function listCommand(): Command {
  return new Command('list')
    .description('the outbox, the newest first')
    .addOption(new Option('--status <status>', 'only these').choices(NOTICE_STATUSES))
    .option('--event <id>', 'only of this event, e.g. draw.published/ircc:297')
    .option('--recipient <name>', 'only to ep_..., "subscriber 12" or operator', readRecipient)
    .option('--limit <count>', 'only the newest so many (100)', countOption)
    .option('--json', 'print one JSON document')
    .action(async ({ json, ...filter }: NoticeFilter & { json?: true }) => {
      const notices = await withSession(({ db }) => listNotices(db, filter));
      if (json) return printJson({ deliveries: notices });
      const isAny = Object.keys(filter).length === 0;
      const none = isAny ? 'Nothing was ever queued.' : 'There is no such notice.';
      print(notices.length === 0 ? none : formatTable(notices, COLUMNS));
    });
}
