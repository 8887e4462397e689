// `drawbell state`: what a job carries from one run to the next, taken into a database or made of one.

import { Command } from 'commander';
import { exportCommand } from './state/export.ts';
import { importCommand } from './state/import.ts';

export function makeCommand(): Command {
  const command = new Command('state');
  command.addCommand(importCommand());
  command.addCommand(exportCommand());
  return command;
}
