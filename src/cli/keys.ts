// `drawbell keys`: by which the programs of teams manage their endpoints.

import { Command } from 'commander';
import { addCommand } from './keys/add.ts';
import { listCommand } from './keys/list.ts';
import { removeCommand } from './keys/remove.ts';

export function makeCommand(): Command {
  const command = new Command('keys');
  command.addCommand(addCommand());
  command.addCommand(listCommand());
  command.addCommand(removeCommand());
  return command;
}
