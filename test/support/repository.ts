// Real bare repositories, as somebody else's server holds them, by file: or over HTTP.

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Closing } from './cli.ts';
import { serve } from './http.ts';

export interface Repository {
  /** The folder of the bare repository. */
  folder: string;
  /** `file:` */
  url: string;
  /** Runs git in it and returns what it prints, without the last line's end. */
  git(args: readonly string[], input?: string | Uint8Array): string;
  /** The commit that the branch is at; `null`: there is no such branch. */
  tip(branch: string): string | null;
  /** Text by name, of the commit that the branch is at, or any other. */
  files(commit: string): Record<string, string>;
  /** The first lines of the messages of its commits, newest first; none where there is no such branch. */
  messages(branch: string): string[];
  /** Writes as somebody else does, on top of what is there; the files not named stay. Returns the commit. */
  write(branch: string, files: Record<string, string | Uint8Array>, message?: string): string;
  /** From now on a shell script of this name decides; `null`: none any more. */
  hook(name: 'pre-receive' | 'update' | 'post-receive', script: string | null): void;
  /** It is not there any more. */
  remove(): void;
}

/** `name`: below a folder of its own, as `owner/name`. */
export function openRepository(closing: Closing, name = 'somebody/draws'): Repository {
  const root = mkdtempSync(join(tmpdir(), 'drawbell-git-'));
  closing(() => rmSync(root, { recursive: true, force: true }));
  const folder = join(root, name);
  mkdirSync(dirname(folder), { recursive: true });
  execFileSync('git', ['init', '--quiet', '--bare', folder], { env: gitEnvironment() });
  // As a host does, it answers whoever may read it, and lets itself be written.
  git(['config', 'http.receivepack', 'true']);
  // Of two that push at once the second waits for the first, however long that takes, and is not told of its lock.
  git(['config', 'core.filesRefLockTimeout', '60000']);

  function git(args: readonly string[], input?: string | Uint8Array): string {
    return execFileSync('git', ['--git-dir', folder, ...args], {
      env: gitEnvironment(),
      input,
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'pipe'],
      maxBuffer: 256 * 1024 * 1024,
    }).replace(/\n$/, '');
  }

  function tip(branch: string): string | null {
    return git(['for-each-ref', '--format=%(objectname)', `refs/heads/${branch}`]) || null;
  }

  return {
    folder,
    url: pathToFileURL(folder).href,
    git,
    tip,
    files(commit) {
      const names = git(['ls-tree', '-r', '--name-only', '-z', commit]).split('\0').filter(Boolean);
      return Object.fromEntries(names.map((file) => [file, show(`${commit}:${file}`)]));
    },
    messages(branch) {
      return tip(branch) === null ? [] : git(['log', '--format=%s', branch]).split('\n');
    },
    write(branch, files, message = 'by somebody else') {
      const before = tip(branch);
      const parts = Object.entries(files).flatMap(([file, text]) => [
        `M 100644 inline ${file}\n`,
        data(text),
      ]);
      const head = `commit refs/heads/${branch}\ncommitter Somebody <somebody@example.org> now\n`;
      const from = before === null ? '' : `from ${before}\n`;
      const stream = Buffer.concat([head, data(message), from, ...parts].map((part) => Buffer.from(part)));
      git(['fast-import', '--quiet', '--date-format=now'], stream);
      return tip(branch) as string;
    },
    hook(kind, script) {
      const path = join(folder, 'hooks', kind);
      if (script === null) return rmSync(path, { force: true });
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, `#!/bin/sh\n${script}\n`);
      chmodSync(path, 0o755);
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };

  /** Not without its last line's end. */
  function show(object: string): string {
    return execFileSync('git', ['--git-dir', folder, 'cat-file', 'blob', object], {
      env: gitEnvironment(),
      encoding: 'utf8',
      maxBuffer: 256 * 1024 * 1024,
    });
  }
}

function data(text: string | Uint8Array): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([Buffer.from(`data ${bytes.length}\n`), bytes, Buffer.from('\n')]);
}

/** Nobody's configuration. */
function gitEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, HOME: tmpdir(), GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' };
}

/** What a request for a repository comes to. */
export type Answer =
  | 'served'
  /** With this status, and nothing else. */
  | number
  /** It is done, and then the connection is cut before a word of it is told. */
  | 'done-and-cut';

export interface GitRequest {
  method: string;
  /** As `/info/refs?service=git-receive-pack`, without the name of the repository. */
  path: string;
  headers: IncomingHttpHeaders;
}

export interface GitServer {
  /** `http://127.0.0.1:<port>/<name>` */
  url: string;
  /** In the order in which they came. */
  requests: GitRequest[];
}

/** Serves a repository over HTTP, by the program that comes with git; `decide` says what becomes of each request. */
export async function serveRepository(
  closing: Closing,
  repository: Repository,
  decide: (request: GitRequest) => Answer = () => 'served',
): Promise<GitServer> {
  const requests: GitRequest[] = [];
  const running = new Set<ChildProcess>();
  closing(() => {
    for (const child of running) child.kill('SIGKILL');
  });
  const origin = await serve(closing, (request, response) => {
    const { method = '', url = '', headers } = request;
    const asked = { method, path: url.replace(/^\/somebody\/draws/, ''), headers };
    requests.push(asked);
    const answer = decide(asked);
    if (typeof answer === 'number') {
      response.writeHead(answer, answer === 401 ? { 'WWW-Authenticate': 'Basic realm="git"' } : {}).end();
      return;
    }
    const child = startBackend(repository, asked, request);
    running.add(child);
    child.on('close', () => running.delete(child));
    passOn(child, response, answer === 'done-and-cut');
  });
  return { url: `${origin}/somebody/draws`, requests };
}

function startBackend(repository: Repository, asked: GitRequest, request: IncomingMessage): ChildProcess {
  const [path = '', query = ''] = asked.path.split('?');
  const header = (name: string) => String(asked.headers[name] ?? '');
  const child = spawn('git', ['http-backend'], {
    env: {
      ...gitEnvironment(),
      GIT_PROJECT_ROOT: repository.folder,
      GIT_HTTP_EXPORT_ALL: '1',
      GIT_PROTOCOL: header('git-protocol'),
      REQUEST_METHOD: asked.method,
      PATH_INFO: path,
      QUERY_STRING: query,
      CONTENT_TYPE: header('content-type'),
      HTTP_CONTENT_ENCODING: header('content-encoding'),
      REMOTE_ADDR: '127.0.0.1',
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  child.stdin.on('error', () => undefined);
  request.pipe(child.stdin);
  return child;
}

/** The answer of the program, whole: lines of a header, an empty one, and the rest. */
function passOn(child: ChildProcess, response: ServerResponse, isCut: boolean): void {
  const chunks: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.on('close', () => {
    if (isCut) return void response.destroy();
    const answer = Buffer.concat(chunks);
    const end = answer.indexOf('\r\n\r\n');
    const headers = answer.toString('latin1', 0, end).split('\r\n');
    const fields = Object.fromEntries(headers.map((line) => line.split(/: (.*)/).slice(0, 2)));
    const { Status: status = '200', ...others } = fields;
    response.writeHead(Number.parseInt(status, 10), others).end(answer.subarray(end + 4));
  });
}

/** A git that is found before the real one, and is the real one in all that it does. */
export interface LoggedGit {
  /** A `PATH` to find it by. */
  path: string;
  /** The arguments of each command so far, without those of the programs that it started. */
  commands(): string[][];
  /** Of those, too, as git itself tells. */
  trace(): string;
}

export function logGit(closing: Closing): LoggedGit {
  const folder = mkdtempSync(join(tmpdir(), 'drawbell-git-'));
  closing(() => rmSync(folder, { recursive: true, force: true }));
  const [log, trace] = [join(folder, 'log'), join(folder, 'trace')];
  const real = execFileSync('/bin/sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
  const script = `#!/bin/sh
printf '%s\\n' "$@" '' >>'${log}'
GIT_TRACE='${trace}' exec '${real}' "$@"
`;
  writeFileSync(join(folder, 'git'), script, { mode: 0o755 });
  const read = (file: string) => readFileSync(file, 'utf8');
  return {
    path: `${folder}:${process.env.PATH}`,
    commands: () =>
      read(log)
        .split('\n\n')
        .filter(Boolean)
        .map((command) => command.split('\n')),
    trace: () => read(trace),
  };
}
