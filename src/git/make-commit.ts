// files -> commit, on top of another one, in our own repository.

import { StateError } from '../errors.ts';
import { type Git, runGit } from './program.ts';
import { type Files, isFileName } from './read-files.ts';

/** As GitHub itself names what a workflow writes. */
const AUTHOR = 'github-actions[bot] <41898282+github-actions[bot]@users.noreply.github.com>';
/** What git wants to call the commit in our own repository; on the way out it is called by its hash. */
const WORKING_NAME = 'refs/drawbell/next';

/**
 * Makes a commit with these files in the place of what had their names in `parent`, and everything else of it as it
 * was; `null`: the first one. Returns its hash. Throws `StateError`.
 */
export async function makeCommit(
  git: Git,
  parent: string | null,
  files: Files,
  message: string,
): Promise<string> {
  const strange = [...files.keys()].find((name) => !isFileName(name));
  if (strange !== undefined) throw new Error(`not a name for a file on a branch: ${strange}`);
  // One process, however many files; `done` says that none of them was cut off.
  const args = ['fast-import', '--quiet', '--done', '--force', '--date-format=now'];
  const { ok, stdout, words } = await runGit(git, args, { input: printCommit(parent, files, message) });
  const hash = stdout.toString('latin1').trim();
  if (!ok || !/^[0-9a-f]{40,64}$/.test(hash)) {
    throw new StateError('unreachable', `What is to be written could not be prepared: git: ${words}`);
  }
  return hash;
}

/** In the language of `git fast-import`. */
function printCommit(parent: string | null, files: Files, message: string): string {
  return [
    `commit ${WORKING_NAME}\nmark :1\nauthor ${AUTHOR} now\ncommitter ${AUTHOR} now\n`,
    printData(message),
    parent === null ? '' : `from ${parent}\n`,
    ...[...files].map(([name, text]) => `M 100644 inline ${name}\n${printData(text)}`),
    'get-mark :1\ndone\n',
  ].join('');
}

function printData(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}
