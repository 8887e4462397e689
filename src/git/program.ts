// The program git, run with nothing of what stands around it, for a time that has an end.

import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { cut, printable } from '../errors.ts';

/** Where and as whom git runs. */
export interface Git {
  /** The working folder, which is the repository too. */
  folder: string;
  environment: Readonly<Record<string, string>>;
  /** Milliseconds that one run may take. */
  patience: number;
  /** What never stands in a message. */
  secrets: readonly string[];
}

export interface Ended {
  /** It ended well, of its own accord. */
  ok: boolean;
  /** It was ended, as it took too long: what it was doing elsewhere may still come to pass. */
  late: boolean;
  stdout: Buffer;
  /** What it said when it did not end well: one line, harmless, at most so long as one reads. */
  words: string;
}

export interface Asked {
  input?: string;
  /** How many bytes of an answer are taken; more of them are a failure. */
  limit?: number;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Of the environment around us: where programs are, how one gets out, and whom one trusts there. */
const KEPT = [
  'PATH',
  'TMPDIR',
  'http_proxy',
  'https_proxy',
  'HTTPS_PROXY',
  'all_proxy',
  'ALL_PROXY',
  'no_proxy',
  'NO_PROXY',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'CURL_CA_BUNDLE',
  'GIT_SSL_CAINFO',
  'GIT_SSL_CAPATH',
  'GIT_PROXY_SSL_CAINFO',
] as const;

const ANSWER = 64 * 1024;
const WORDS = 300;
/** Milliseconds between being asked to end and being ended. */
const GRACE = 2_000;

/**
 * The environment of git: nobody's configuration, nobody's keys, nobody to be asked for a password. Another `GIT_DIR`
 * around us, as in a hook, would have it write into that repository.
 */
export function environmentOf(folder: string, around: Environment): Record<string, string> {
  const kept = KEPT.flatMap((name): [string, string][] => {
    const value = around[name];
    return value === undefined ? [] : [[name, value]];
  });
  return {
    ...Object.fromEntries(kept),
    GIT_DIR: folder,
    // Where passwords for servers are kept in a file, too.
    HOME: folder,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ASKPASS: '',
    LC_ALL: 'C',
  };
}

/** Runs git to its end, which comes at the latest when its time is over, for all the programs that it has started. */
export function runGit(
  git: Git,
  args: readonly string[],
  { input = '', limit = ANSWER }: Asked = {},
): Promise<Ended> {
  // A group of its own: what git starts to talk to a server has to end with it.
  const child = spawn('git', args, { cwd: git.folder, env: git.environment, detached: true });
  const guard = guardGroup(child, git.patience);
  const answer: Buffer[] = [];
  let [length, stderr] = [0, ''];
  child.stdout.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length > limit) guard.end('its answer is too long');
    else answer.push(chunk);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    if (stderr.length < ANSWER) stderr += text;
  });
  // Whoever fails before reading everything closes its input.
  child.stdin.on('error', () => undefined).end(input);

  return new Promise((resolve) => {
    let failure = '';
    child.on('error', ({ code = 'unknown' }: NodeJS.ErrnoException) => {
      failure = `it cannot be started (${code})`;
    });
    child.on('close', (code) => {
      const why = guard.close() || failure;
      const ok = code === 0 && why === '';
      const words = why || cut(harmless(stderr, git.secrets), WORDS) || `it ended with ${code ?? 'a signal'}`;
      resolve({ ok, late: guard.isLate(), stdout: Buffer.concat(answer), words: ok ? '' : words });
    });
  });
}

interface Guard {
  /** Asks all of them to end, and soon sees to it that they do. */
  end(why: string): void;
  /** Its time was over. */
  isLate(): boolean;
  /** To be called when it has ended; tells why it had to, if it had to. */
  close(): string;
}

function guardGroup(child: ChildProcessWithoutNullStreams, patience: number): Guard {
  let [why, isLate] = ['', false];
  let grace: NodeJS.Timeout | undefined;
  const timer = setTimeout(() => {
    isLate = why === '';
    end(`it was ended, as it took longer than ${patience / 1000} s`);
  }, patience);

  function end(reason: string): void {
    if (why !== '') return;
    why = reason;
    signalGroup(child.pid, 'SIGTERM');
    grace = setTimeout(() => {
      signalGroup(child.pid, 'SIGKILL');
      // Whatever has left the group and holds on to them is not waited for.
      child.stdout.destroy();
      child.stderr.destroy();
    }, GRACE);
  }

  function close(): string {
    clearTimeout(timer);
    clearTimeout(grace);
    // Whoever was asked to end and did not is left without a parent, and would go on.
    if (why !== '') signalGroup(child.pid, 'SIGKILL');
    return why;
  }

  return { end, isLate: () => isLate, close };
}

function signalGroup(leader: number | undefined, signal: NodeJS.Signals): void {
  if (leader === undefined) return;
  try {
    process.kill(-leader, signal);
  } catch {
    // All of it has ended.
  }
}

/** What git says holds what a server says, and may hold where it was sent: on one line, and without what is secret. */
function harmless(words: string, secrets: readonly string[]): string {
  const open = secrets.reduce((text, secret) => text.replaceAll(secret, '***'), words);
  return printable(open.replace(/:\/\/[^\s/@]*@/g, '://***@'));
}
