// `drawbell subscribers`: people who asked to be told.

import { Command } from 'commander';
import { removeSubscriber } from '../store/subscribers.ts';
import { EXIT } from './exit.ts';
import { print, printJson, warn } from './output.ts';
import { withSession } from './session.ts';
import { addCommand, importCommand } from './subscribers/entries.ts';
import { exportCommand, listCommand } from './subscribers/list.ts';
import { liftCommand, suppressCommand, suppressedCommand } from './subscribers/suppress.ts';
import { unsubscribeCommand } from './subscribers/unsubscribe.ts';

export function makeCommand(): Command {
  const command = new Command('subscribers');
  command.addCommand(addCommand());
  command.addCommand(importCommand());
  command.addCommand(listCommand());
  command.addCommand(exportCommand());
  command.addCommand(removeCommand());
  command.addCommand(suppressCommand());
  command.addCommand(suppressedCommand());
  command.addCommand(liftCommand());
  command.addCommand(unsubscribeCommand());
  return command;
}

function removeCommand(): Command {
  return new Command('remove')
    .description('forget one person, and whatever was still to be sent to them')
    .argument('<who>', 'the number the list shows, or the address')
    .option('--json', 'print one JSON document')
    .action(async (who: string, { json }: { json?: true }) => {
      const removed = await withSession(({ db }) => removeSubscriber(db, who));
      if (!removed) {
        warn('no such subscriber');
        process.exitCode = EXIT.usage;
      }
      if (json) printJson({ removed });
      else if (removed) print('Removed, with everything known about them.');
    });
}
