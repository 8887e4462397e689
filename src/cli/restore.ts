// `drawbell restore`: a backup in the place of the database, which may be damaged or gone.

import { Command } from 'commander';
import { readConfig } from '../config.ts';
import { SOURCES } from '../sources/index.ts';
import { restore } from '../store/backup.ts';
import { print, printJson, styled } from './output.ts';

export function makeCommand(): Command {
  return new Command('restore')
    .argument('<file>', 'the backup: "drawbell backup --list" shows the daily ones')
    .option('--json', 'print one JSON document')
    .action(async (from: string, { json }: { json?: true }) => {
      const { database } = readConfig(process.env, SOURCES);
      const { kept } = await restore(database, from, new Date());
      if (json) return printJson({ restored: from, database, kept });
      print(`${styled('bold', database)} is as it was when ${from} was made.`);
      print(kept === null ? 'There was no database before.' : `The former one is kept as ${kept}.`);
      print('What was found or told after the backup is not known to it, and can be told once more.');
    });
}
