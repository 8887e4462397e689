// The files of a state in a folder, as they are on the branch of a job.

import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  type Stats,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { InputError, quote } from '../../errors.ts';
import type { Files } from '../../state/files.ts';

/** What a state is read from; other files in the folder are none of its business. */
const FILES = ['watch.json', 'ledger.ndjson', 'recipients.ndjson'];
const DRAWS = 'draws';

/**
 * The files of a state that are in this folder; none where it is not there. Throws `InputError` where something else
 * stands in their place: a link may lead anywhere.
 */
export function readFolder(folder: string): Files {
  const files = new Map<string, string>();
  if (!isThere(folder, 'isDirectory')) return files;
  const draws = path.join(folder, DRAWS);
  const sources = isThere(draws, 'isDirectory') ? readdirSync(draws).sort() : [];
  const names = [
    ...sources.filter((name) => name.endsWith('.json')).map((name) => `${DRAWS}/${name}`),
    ...FILES,
  ];
  for (const name of names) {
    const file = path.join(folder, name);
    if (isThere(file, 'isFile')) files.set(name, readText(file));
  }
  return files;
}

/** Makes the folder where there is none; returns how many files are new, or other than before. */
export function writeFolder(folder: string, files: Files): number {
  const changed = [...files].filter(([name, text]) => !isSame(path.join(folder, name), text));
  attempt(folder, () => {
    for (const [name, text] of changed) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(draftOf(path.join(folder, name)), text);
    }
    // All of them are there before the first takes its place: whatever happens, none is half written.
    for (const [name] of changed) renameSync(draftOf(path.join(folder, name)), path.join(folder, name));
  });
  return changed.length;
}

function draftOf(file: string): string {
  return path.join(path.dirname(file), `.${path.basename(file)}.draft`);
}

function isSame(file: string, text: string): boolean {
  return isThere(file, 'isFile') && readText(file) === text;
}

/** Whether there is anything of this name; it must be of this kind then, and no link. */
function isThere(name: string, kind: 'isFile' | 'isDirectory'): boolean {
  const stats = attempt(name, () => lstatSync(name, { throwIfNoEntry: false }));
  if (stats === undefined) return false;
  if (stats[kind]()) return true;
  throw unusable(name, kind === 'isFile' ? 'a file' : 'a folder', kindOf(stats));
}

function kindOf(stats: Stats): string {
  if (stats.isSymbolicLink()) return 'a link';
  return stats.isDirectory() ? 'a folder' : stats.isFile() ? 'a file' : 'something else';
}

function readText(file: string): string {
  return attempt(file, () => {
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(file));
    } catch (error) {
      if (error instanceof TypeError) throw unusable(file, 'text', 'bytes that are not UTF-8');
      throw error;
    }
  });
}

function attempt<Result>(name: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined || code.startsWith('ERR_')) throw error;
    throw unusable(name, 'a place that can be read and written', code);
  }
}

function unusable(name: string, expected: string, found: string): InputError {
  return new InputError('the folder cannot be used', [{ where: quote(name, 300), expected, found }]);
}
