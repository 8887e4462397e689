// commit -> its files, out of the store of git and never by way of the file system: what is in them may be hostile.

import { InputError, quote, StateError } from '../errors.ts';
import { type Asked, type Git, runGit } from './program.ts';

/** Text by file name, the name from the root of the branch with slashes. */
export type Files = ReadonlyMap<string, string>;

interface Entry {
  name: string;
  hash: string;
  bytes: number;
}

/** All files together. A state grows by a megabyte in years. */
const MEGABYTES = 50;
/** Of the list of them. */
const LIST = 4 * 1024 * 1024;
const LONGEST_NAME = 200;
/** Of a blob besides its bytes. */
const HEADER = 100;
const UTF_8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** What we write ourselves, and a little more: whoever reads such a name as a path stays below where it starts. */
export function isFileName(name: string): boolean {
  return name.length <= LONGEST_NAME && name.split('/').every((part) => /^\w[\w.-]*$/.test(part));
}

/**
 * The files of a commit. Whatever has another name than `isFileName` allows, and what is no file (a link, another
 * repository), is none of our business. Throws `InputError` where they are too large or no text, `StateError`.
 */
export async function readFiles(git: Git, commit: string): Promise<Files> {
  const list = await ask(git, ['ls-tree', '-r', '-l', '-z', commit], { limit: LIST });
  const entries = list.toString().split('\0').flatMap(readEntry);
  const bytes = entries.reduce((sum, entry) => sum + entry.bytes, 0);
  if (bytes > MEGABYTES * 1024 * 1024) {
    throw fileError('all of it', `at most ${MEGABYTES} MB`, `${Math.ceil(bytes / 1024 / 1024)} MB`);
  }
  const input = entries.map(({ hash }) => `${hash}\n`).join('');
  const limit = bytes + entries.length * HEADER;
  return splitBlobs(entries, await ask(git, ['cat-file', '--batch'], { input, limit }));
}

async function ask(git: Git, args: readonly string[], asked: Asked): Promise<Buffer> {
  const { ok, stdout, words } = await runGit(git, args, asked);
  if (!ok) throw new StateError('unreachable', `The branch could not be read: git: ${words}`);
  return stdout;
}

/** One line of `git ls-tree -l`: mode, type, hash, size, and the name after a tab. */
function readEntry(line: string): Entry[] {
  const [, hash = '', bytes, name = ''] = /^100\d{3} blob ([0-9a-f]+) +(\d+)\t(.*)$/s.exec(line) ?? [];
  return isFileName(name) ? [{ name, hash, bytes: Number(bytes) }] : [];
}

/** The answer of `git cat-file --batch`: of each blob a line with hash, type and size, its bytes, and a line's end. */
function splitBlobs(entries: readonly Entry[], answer: Buffer): Files {
  const files = new Map<string, string>();
  let from = 0;
  for (const { name, hash, bytes } of entries) {
    const header = `${hash} blob ${bytes}\n`;
    const start = from + header.length;
    if (answer.toString('latin1', from, start) !== header) {
      throw new StateError(
        'unreachable',
        `The branch could not be read: ${quote(name)} is not there in full`,
      );
    }
    from = start + bytes + 1;
    files.set(name, decode(name, answer.subarray(start, start + bytes)));
  }
  return files;
}

function decode(name: string, bytes: Uint8Array): string {
  try {
    return UTF_8.decode(bytes);
  } catch {
    throw fileError(quote(name), 'text in UTF-8', 'other bytes');
  }
}

function fileError(where: string, expected: string, found: string): InputError {
  return new InputError('The files of the branch cannot be used', [{ where, expected, found }]);
}
