// `drawbell webhooks`: the endpoints of teams. One file below for each group of subcommands.

import { Command } from 'commander';
import { disableCommand, enableCommand, removeCommand, rotateCommand } from './webhooks/keep.ts';
import { listCommand } from './webhooks/list.ts';
import { replayCommand } from './webhooks/replay.ts';
import { addCommand, setCommand } from './webhooks/set-up.ts';
import { testCommand } from './webhooks/try-out.ts';

export function makeCommand(): Command {
  const command = new Command('webhooks');
  command.addCommand(addCommand());
  command.addCommand(listCommand());
  command.addCommand(setCommand());
  command.addCommand(testCommand());
  command.addCommand(rotateCommand());
  command.addCommand(disableCommand());
  command.addCommand(enableCommand());
  command.addCommand(replayCommand());
  command.addCommand(removeCommand());
  return command;
}
