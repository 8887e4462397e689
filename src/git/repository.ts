// A repository of our own, as small as git takes it, and the one place that it talks to.

import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { InputError, quote } from '../errors.ts';
import { type Environment, environmentOf, type Git } from './program.ts';

export interface Place {
  /** `https:`, or `file:`; `http:` only on this machine. */
  remote: string;
  token: string | null;
  folder: string;
  /** What git may need of the environment around us is taken from here. */
  environment: Environment;
  /** Milliseconds that each command may take. */
  patience: number;
}

/** The remote as it is told to git. Throws `InputError`. */
export function readRemote(remote: string): URL {
  const url = URL.canParse(remote) ? new URL(remote) : null;
  const isHere = url?.protocol === 'http:' && url.hostname === '127.0.0.1';
  if (url === null || !(['https:', 'file:'].includes(url.protocol) || isHere)) {
    throw remoteError('an https: or file: URL', url === null ? 'no URL' : quote(url.protocol));
  }
  // It is seen by everybody who may list the processes of this machine.
  if (url.username !== '' || url.password !== '') throw remoteError('a URL without a password', 'one in it');
  return url;
}

function remoteError(expected: string, found: string): InputError {
  return new InputError('The repository cannot be used', [{ where: 'its URL', expected, found }]);
}

/** For one repository and one remote. The token is in the environment of git alone, for this server alone. */
export function gitFor({ token, folder, environment, patience }: Place, remote: URL): Git {
  const path = resolve(folder);
  const plain = { folder: path, environment: environmentOf(path, environment), patience, secrets: [] };
  if (!token || remote.protocol === 'file:') return plain;
  const credentials = Buffer.from(`x-access-token:${token}`).toString('base64');
  return {
    ...plain,
    environment: {
      ...plain.environment,
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: `http.${remote.origin}/.extraheader`,
      GIT_CONFIG_VALUE_0: `Authorization: Basic ${credentials}`,
    },
    secrets: [token, credentials],
  };
}

/**
 * What `git init` would make, without starting it: no hooks, no template. Throws `InputError` where the folder holds
 * something, which may be somebody's work.
 */
export async function makeRepository(folder: string, remote: URL): Promise<void> {
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0) {
    const fault = { where: 'the folder to work in', expected: 'an empty one', found: 'one with files' };
    throw new InputError('The repository cannot be used', [fault]);
  }
  await mkdir(join(folder, 'objects'));
  await mkdir(join(folder, 'refs'));
  await writeFile(join(folder, 'HEAD'), 'ref: refs/heads/none\n');
  await writeFile(join(folder, 'config'), configFor(remote.protocol.slice(0, -1)));
}

function configFor(protocol: string): string {
  return `[core]
	repositoryformatversion = 0
	bare = true
	hooksPath = /dev/null
	# It is thrown away after the run.
	fsync = none
	# What is larger is never held in memory.
	bigFileThreshold = 50m
[gc]
	auto = 0
[maintenance]
	auto = false
[fetch]
	unpackLimit = 1
[fastimport]
	unpackLimit = 0
[protocol]
	allow = never
[protocol "${protocol}"]
	allow = always
[http]
	# Elsewhere is where the token must not go.
	followRedirects = false
[credential]
	helper =
[advice]
	pushUpdateRejected = false
`;
}
