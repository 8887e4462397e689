// A branch of its own in a git repository, as a place for a few text files that several runs share.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { InputError, quote, StateError } from '../errors.ts';
import { BRANCH_NAME, isBranchName } from './branch-name.ts';
import { makeCommit } from './make-commit.ts';
import { type Ended, type Environment, type Git, runGit } from './program.ts';
import { type Files, readFiles } from './read-files.ts';
import { gitFor, makeRepository, readRemote } from './repository.ts';

export type { Files } from './read-files.ts';

export interface BranchOptions {
  /** Where the repository is: `https:`, or `file:`; `http:` only on this machine. No password in it. */
  remote: string;
  branch: string;
  /** For `https:`; `null`: none is needed. */
  token: string | null;
  /** An empty folder, or one that is not there yet, to work in. */
  folder: string;
  /** What is around us: where git is, which proxies and certificates it goes by. Nothing else is taken from it. */
  environment: Environment;
  /** Milliseconds that each command of git may take; a minute, unless told otherwise. */
  patience?: number;
}

/** One call after the other. */
export interface Branch {
  /**
   * The files as they are now; none where there is no such branch yet. Throws `StateError`, and `InputError` where they
   * are too large or no text; what was read before counts then as before.
   */
  read(): Promise<Files>;
  /**
   * Puts these in the place of the files that have their names; others stay. Returns once they are there, which is at
   * once where all of them were there before. Throws `StateError`: `lost` where somebody else has written since they
   * were last read or published, `refused` where we may not; nothing has changed then. `unreachable`: it is not known.
   */
  publish(files: Files, message: string): Promise<void>;
}

const PATIENCE = 60_000;
/** Milliseconds. While another run writes the branch, it is locked; where it has moved by then, it was lost and not refused. */
const SECOND_TRY = 400;
/** What was read last: what comes later is asked for as the difference from it. */
const READ_NAME = 'refs/drawbell/read';

/** Opens a branch without looking at it yet. Throws `InputError`. */
export function openBranch(options: BranchOptions): Branch {
  const { branch, folder } = options;
  if (!isBranchName(branch)) {
    const fault = { where: 'its name', expected: BRANCH_NAME, found: quote(branch) };
    throw new InputError('The branch cannot be used', [fault]);
  }
  const remote = readRemote(options.remote);
  const git = gitFor({ patience: PATIENCE, ...options }, remote);
  const spot: Spot = { git, remote: remote.href, ref: `refs/heads/${branch}`, shown: quote(branch) };
  let isMade = false;
  /** What the next commit is made on top of; `null`: there is none. */
  let base: string | null = null;
  let known: Files = new Map();

  async function prepare(): Promise<void> {
    if (!isMade) await makeRepository(folder, remote);
    isMade = true;
  }

  async function read(): Promise<Files> {
    await prepare();
    const commit = await fetchBranch(spot);
    const files: Files = commit === null ? new Map() : await readFiles(git, commit);
    [base, known] = [commit, files];
    return files;
  }

  async function publish(files: Files, message: string): Promise<void> {
    const changed = new Map([...files].filter(([name, text]) => known.get(name) !== text));
    if (changed.size === 0) return;
    await prepare();
    const commit = await makeCommit(git, base, changed, message);
    await pushCommit(spot, base, commit);
    [base, known] = [commit, new Map([...known, ...changed])];
  }

  return { read, publish };
}

/** Which branch, where. */
interface Spot {
  git: Git;
  remote: string;
  ref: string;
  /** The branch, for a message. */
  shown: string;
}

/** Its last commit alone, without its history; `null` where there is no such branch. */
async function fetchBranch(spot: Spot): Promise<string | null> {
  const { git, remote, ref } = spot;
  const args = ['--quiet', '--depth=1', '--no-tags', '--no-recurse-submodules'];
  const fetched = await runGit(git, ['fetch', ...args, remote, `+${ref}:${READ_NAME}`]);
  if (!fetched.ok) {
    // That there is none is an answer; that there is no answer is none.
    if ((await lookAt(spot)) === null) return null;
    throw stateError('unreachable', spot, 'could not be read', fetched);
  }
  // "<hash>\t\tbranch ... of ..."
  const [hash = ''] = (await readFile(join(git.folder, 'FETCH_HEAD'), 'latin1')).split('\t');
  return hash;
}

/**
 * Moves the branch from `base` to `commit`, or not at all. When that fails, it is not the words that tell how, which
 * differ from server to server, but where the branch is: the connection may have been cut after it was moved.
 */
async function pushCommit(spot: Spot, base: string | null, commit: string): Promise<void> {
  const { git, remote, ref } = spot;
  // Exactly there it must stand, be it that somebody took back what was ours.
  const lease = `--force-with-lease=${ref}:${base ?? ''}`;
  for (const isLast of [false, true]) {
    const pushed = await runGit(git, ['push', '--quiet', lease, remote, `${commit}:${ref}`]);
    if (pushed.ok) return;
    const found = await lookAt(spot);
    if (found === commit) return;
    // What was cut off in the middle may still be taken.
    if (found === undefined || (found === base && pushed.late))
      throw stateError('unreachable', spot, 'could not be written', pushed);
    if (found !== base) throw stateError('lost', spot, 'was written by another run meanwhile', pushed);
    if (isLast) throw stateError('refused', spot, 'could not be written', pushed);
    await sleep(SECOND_TRY);
  }
}

/** Which commit the branch is at, for everybody; `null`: there is no such branch; `undefined`: no answer. */
async function lookAt({ git, remote, ref }: Spot): Promise<string | null | undefined> {
  const { ok, stdout } = await runGit(git, ['ls-remote', '--quiet', remote, ref]);
  if (!ok) return undefined;
  // It answers with whatever ends so.
  const lines = stdout.toString().split('\n');
  return lines.find((line) => line.endsWith(`\t${ref}`))?.split('\t')[0] ?? null;
}

function stateError(
  reason: StateError['reason'],
  { shown }: Spot,
  what: string,
  { words }: Ended,
): StateError {
  return new StateError(reason, `The branch ${shown} ${what}: git: ${words}`);
}
