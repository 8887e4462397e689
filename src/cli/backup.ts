// `drawbell backup`: a copy of the database, made while it is in use.

import { Command } from 'commander';
import { type Config, readConfig } from '../config.ts';
import { InputError } from '../errors.ts';
import { SOURCES } from '../sources/index.ts';
import { type Backup, backUp, dailyPlace, listBackups, rotateBackups } from '../store/backup.ts';
import { sizeOf } from '../store/check.ts';
import { type Column, formatTable, print, printJson, styled } from './output.ts';
import { formatSize } from './size.ts';

const COLUMNS: readonly Column<Backup>[] = [
  { title: 'Day', value: ({ day }) => day },
  { title: 'Size', value: ({ bytes }) => formatSize(bytes), right: true },
  { title: 'File', value: ({ file }) => file },
];

export function makeCommand(): Command {
  return new Command('backup')
    .argument('[file]', 'where to; left out, it is the backup of today, beside the database')
    .option('--list', 'show the daily backups there are, and make none')
    .option('--json', 'print one JSON document')
    .action(async (to: string | undefined, { list, json }: { list?: true; json?: true }) => {
      const config = readConfig(process.env, SOURCES);
      if (list) return showBackups(config, json);
      const file = await makeBackup(config, to);
      const bytes = sizeOf(file);
      if (json) printJson({ file, bytes });
      else print(`${styled('bold', file)} holds the whole database (${formatSize(bytes)}).`);
    });
}

async function makeBackup({ database, backups }: Config, to: string | undefined): Promise<string> {
  if (database === ':memory:' || sizeOf(database) === 0) {
    const found = database === ':memory:' ? 'one in memory' : 'none yet';
    const faults = [{ where: 'DRAWBELL_DATABASE', expected: 'a database in a file', found }];
    throw new InputError('there is nothing to back up', faults);
  }
  if (to !== undefined) {
    await backUp(database, to);
    return to;
  }
  const file = dailyPlace(database, new Date());
  await backUp(database, file);
  // 0 turns the daily ones off; it does not take away what was asked for by hand.
  if (backups > 0) rotateBackups(database, backups);
  return file;
}

function showBackups({ database }: Config, json: true | undefined): void {
  const backups = listBackups(database);
  if (json) printJson({ backups });
  else print(backups.length === 0 ? 'No backups yet.' : formatTable(backups, COLUMNS));
}
