// The doctor's look at the database, its backups, and the disk they are on.

import { accessSync, constants, existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import path from 'node:path';
import type { Config } from '../../config.ts';
import { DAY } from '../../draw/calendar.ts';
import { type Backup, listBackups } from '../../store/backup.ts';
import { type Inspection, inspect } from '../../store/inspect.ts';
import { MIGRATIONS } from '../../store/migrations.ts';
import { formatSize } from '../size.ts';
import { type Finding, formatSpan, ok, shellWord, warning, wrong } from './finding.ts';

const SPACE_SCARCE = 500_000_000;
const SPACE_OUT = 50_000_000;

export function examineDatabase({ database }: Config, seen: Inspection): Finding {
  const name = 'database';
  if (database === ':memory:') {
    return warning(
      name,
      'in memory',
      'Set DRAWBELL_DATABASE to a file: in memory all is forgotten at the end.',
    );
  }
  switch (seen.state) {
    case 'sound': {
      const format =
        seen.format === MIGRATIONS.length
          ? `${seen.format}`
          : `${seen.format}, to be renewed at the next start`;
      const found = `${database}: sound, ${formatSize(seen.bytes)}, format ${format}`;
      if (isWritable(database)) return ok(name, found);
      return wrong(
        name,
        `${found}, but it cannot be written`,
        `Give whoever runs drawbell the right to write ${database}.`,
      );
    }
    case 'missing':
      return examineMissing(database);
    case 'damaged':
      return wrong(name, `${database}: damaged (${seen.said})`, adviseRestore(database));
    case 'newer':
      return wrong(
        name,
        `${database}: format ${seen.format}, while this drawbell knows ${MIGRATIONS.length} at most`,
        'Install the drawbell that made it, or a newer one.',
      );
    case 'foreign':
      return wrong(
        name,
        `${database}: a database of something else`,
        'Set DRAWBELL_DATABASE to a file of its own; a new one is made by itself.',
      );
    case 'closed':
      return wrong(
        name,
        `${database}: cannot be read (${seen.why})`,
        `Give whoever runs drawbell the right to read and write ${database} and its folder.`,
      );
  }
}

function examineMissing(database: string): Finding {
  const backup = newestSound(database);
  if (!backup) return ok('database', `${database}: not there yet; the first command makes it`);
  const mend = `If it was lost, run ${restoreCommand(backup)}; else the next command starts a new one.`;
  return warning('database', `${database}: not there, though there are backups`, mend);
}

function adviseRestore(database: string): string {
  const backup = newestSound(database);
  if (backup) return `Stop drawbell, then run ${restoreCommand(backup)} (the damaged file is kept).`;
  return (
    `There is no sound backup in ${path.join(path.dirname(database), 'backups')}: restore one from elsewhere ` +
    `with drawbell restore FILE, or move ${database} away and start anew, without the subscribers.`
  );
}

function newestSound(database: string): Backup | undefined {
  return listBackups(database).find(({ file }) => inspect(file).state === 'sound');
}

function restoreCommand({ file }: Backup): string {
  return `drawbell restore ${shellWord(file)}`;
}

export function examineBackups({ database, backups: keep }: Config, seen: Inspection, now: Date): Finding {
  const name = 'backups';
  const backups = listBackups(database);
  const [newest] = backups;
  const byHand = 'Run "drawbell backup" now';
  if (!newest) {
    if (seen.state === 'missing') return ok(name, 'none, as there is no database yet');
    if (keep === 0) {
      return warning(
        name,
        'none, and turned off',
        `${byHand}, and set DRAWBELL_BACKUPS to how many days to keep.`,
      );
    }
    return warning(name, 'none yet', `${byHand}; "drawbell watch" makes one each day.`);
  }
  const age = now.getTime() - Date.parse(newest.day);
  const found = `${backups.length}, the newest ${newest.file} (${formatSize(newest.bytes)})`;
  if (inspect(newest.file).state !== 'sound') {
    return warning(name, `${found}: not a sound one`, `${byHand}, and remove ${newest.file}.`);
  }
  if (age <= 2 * DAY) return ok(name, found);
  return warning(
    name,
    `${found} is ${formatSpan(age)} old`,
    `${byHand}; "drawbell watch" makes one each day.`,
  );
}

export async function examineDisk({ database, smtpUrl, mailDir }: Config): Promise<Finding> {
  const folders = [
    path.dirname(path.resolve(database)),
    ...(smtpUrl === null ? [path.resolve(mailDir)] : []),
  ];
  const places = [...new Set(folders)].map((folder) => ({ folder, there: nearest(folder) }));
  const closed = places.find(({ there }) => !isWritable(there));
  if (closed) {
    return wrong(
      'disk',
      `${closed.there} cannot be written`,
      `Give whoever runs drawbell the right to write ${closed.folder}.`,
    );
  }
  const there = places[0]?.there ?? '.';
  const { bavail, bsize } = await statfs(there);
  return judgeSpace(there, bavail * bsize);
}

export function judgeSpace(folder: string, free: number): Finding {
  const found = `${formatSize(free)} free in ${folder}`;
  const mend = `Make room on the disk of ${folder}, or move the database (DRAWBELL_DATABASE) to another.`;
  if (free < SPACE_OUT) return wrong('disk', found, mend);
  return free < SPACE_SCARCE ? warning('disk', found, mend) : ok('disk', found);
}

/** The folder itself, or the one in which it would be made. */
function nearest(folder: string): string {
  return existsSync(folder) || path.dirname(folder) === folder ? folder : nearest(path.dirname(folder));
}

function isWritable(place: string): boolean {
  try {
    accessSync(place, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
