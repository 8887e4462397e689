import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { InputError, StateError } from '../../src/errors.ts';
import { type Branch, type BranchOptions, openBranch } from '../../src/git/branch.ts';
import type { Closing } from '../support/cli.ts';
import { serve } from '../support/http.ts';
import {
  type Answer,
  logGit,
  openRepository,
  type Repository,
  serveRepository,
} from '../support/repository.ts';

const STATE = 'drawbell-state';
const TOKEN = 'ghs_sesame0123456789';
const FILES = { 'draws/ircc.json': '{"draws": []}\n', 'ledger.ndjson': '', 'watch.json': '{}\n' };

describe('reading a branch', () => {
  it('finds no files where there is no such branch, and makes none', async () => {
    const repository = openRepository(onTestFinished);
    repository.write('main', { 'README.md': 'ours\n' });
    repository.write('old/refs/heads/drawbell-state', { 'README.md': 'not it\n' });

    const files = await open(repository).read();

    expect(files).toEqual(new Map());
    expect(repository.tip(STATE)).toBe(null);
  });

  it('finds the text of every file, byte for byte', async () => {
    const repository = openRepository(onTestFinished);
    const texts = {
      ...FILES,
      'a/b/c.txt': '\uFEFFélu·e·s\r\n\n',
      'no-end.txt': 'no end',
      'same.txt': '{}\n',
    };
    repository.write(STATE, texts);

    const files = await open(repository).read();

    expect(Object.fromEntries(files)).toEqual(texts);
  });

  it('finds them in a folder with a blank in its name', async () => {
    const repository = openRepository(onTestFinished, 'some body/dräws');
    repository.write(STATE, FILES);

    expect(Object.fromEntries(await open(repository).read())).toEqual(FILES);
  });

  it('fetches the last commit without what was before it', async () => {
    const repository = openRepository(onTestFinished);
    for (const text of ['one', 'two', 'three']) repository.write(STATE, { 'watch.json': text });
    const options = optionsFor(repository);

    await openBranch(options).read();

    const count = ['--git-dir', options.folder, 'rev-list', '--count', '--all'];
    expect(execFileSync('git', count, { encoding: 'utf8' })).toBe('1\n');
  });

  it('follows no link, enters no other repository and takes no name that leads out', async () => {
    const repository = openRepository(onTestFinished);
    const hostile = writeHostile(repository);
    const options = optionsFor(repository);
    const branch = openBranch(options);

    const files = await branch.read();

    expect(Object.fromEntries(files)).toEqual({ 'watch.json': '{}\n' });
    const own = ['FETCH_HEAD', 'HEAD', 'config', 'objects', 'refs', 'shallow'];
    expect(readdirSync(options.folder).sort()).toEqual(own);
    expect(readdirSync(join(options.folder, '..'))).toEqual(['git']);

    await branch.publish(new Map([['ledger.ndjson', 'ours\n']]), 'Mend');

    const tree = (commit: string) => repository.git(['ls-tree', '--full-tree', commit]).split('\n');
    const ledger = (line: string) => line.endsWith('\tledger.ndjson');
    const after = tree(STATE);
    expect(after.filter((line) => !ledger(line))).toEqual(tree(hostile).filter((line) => !ledger(line)));
    expect(after.find(ledger)).toMatch(/^100644 blob /);
  });

  it('refuses what is no text, by its name', async () => {
    const repository = openRepository(onTestFinished);
    repository.write(STATE, { ...FILES, 'ledger.ndjson': Buffer.from([0x7b, 0xff, 0x7d]) });

    const error = await failureOf(open(repository).read());

    expect(error).toBeInstanceOf(InputError);
    expect(error.message).toContain('"ledger.ndjson": expected text in UTF-8');
  });

  it('refuses what is larger than a state can be, all of it together', async () => {
    const repository = openRepository(onTestFinished);
    const half = 'x'.repeat(26 * 1024 * 1024);
    repository.write(STATE, { 'one.txt': half, 'two.txt': half });

    const error = await failureOf(open(repository).read());

    expect(error).toBeInstanceOf(InputError);
    expect(error.message).toContain('expected at most 50 MB, found 52 MB');
  });

  it('refuses more files than one can list', async () => {
    const repository = openRepository(onTestFinished);
    const blob = repository.git(['hash-object', '-w', '--stdin'], '');
    const names = Array.from({ length: 40_000 }, (_, index) => `${index}`.padStart(100, '0'));
    const root = writeTree(
      repository,
      names.map((name) => ['100644', name, blob]),
    );
    writeCommit(repository, root);

    const error = await failureOf(open(repository).read());

    expect(error).toMatchObject({ name: 'StateError', reason: 'unreachable' });
    expect(error.message).toContain('its answer is too long');
  });

  it.each([
    ['is gone', (repository: Repository) => repository.remove()],
    ['is no repository', ({ folder }: Repository) => rmSync(join(folder, 'HEAD'))],
    ['has lost what the branch is made of', ({ folder }: Repository) => loseObjects(folder)],
  ])('does not take a repository that %s for one without a branch', async (_, spoil) => {
    const repository = openRepository(onTestFinished);
    repository.write(STATE, FILES);
    spoil(repository);

    expect(await failureOf(open(repository).read())).toMatchObject({
      name: 'StateError',
      reason: 'unreachable',
    });
  });

  it('goes on from what it knew when it cannot be read again', async () => {
    const repository = openRepository(onTestFinished);
    const before = repository.write(STATE, FILES);
    const branch = open(repository);
    await branch.read();
    const objects = join(repository.folder, 'HEAD');
    const head = readFileSync(objects);
    rmSync(objects);
    await failureOf(branch.read());
    writeFileSync(objects, head);

    await branch.publish(new Map([['watch.json', 'new']]), 'Watch');

    expect(parentsOf(repository)).toEqual([before]);
  });

  it('works in no folder that holds something', async () => {
    const options = optionsFor(openRepository(onTestFinished));
    mkdirSync(options.folder);
    writeFileSync(join(options.folder, 'thesis.txt'), 'years of work');

    expect(await failureOf(openBranch(options).read())).toBeInstanceOf(InputError);
    expect(readdirSync(options.folder)).toEqual(['thesis.txt']);
  });

  it('starts git three times, and twice to publish', async () => {
    const repository = openRepository(onTestFinished);
    repository.write(STATE, FILES);
    const log = logGit(onTestFinished);
    const branch = open(repository, { environment: { PATH: log.path } });

    await branch.read();
    await branch.publish(new Map([['watch.json', 'new']]), 'Watch');

    const names = log.commands().map(([name]) => name);
    expect(names).toEqual(['fetch', 'ls-tree', 'cat-file', 'fast-import', 'push']);
  });
});

describe('publishing to a branch', () => {
  it('makes the branch with a commit that has none before it', async () => {
    const repository = openRepository(onTestFinished);
    const branch = open(repository);
    await branch.read();

    await branch.publish(new Map(Object.entries(FILES)), 'Two draws\n\nircc:426, ircc:427');

    expect(repository.files(STATE)).toEqual(FILES);
    expect(parentsOf(repository)).toEqual([]);
    const robot = 'github-actions[bot] <41898282+github-actions[bot]@users.noreply.github.com>';
    expect(repository.git(['log', '--format=%an <%ae>|%cn <%ce>|%B', STATE])).toBe(
      `${robot}|${robot}|Two draws\n\nircc:426, ircc:427`,
    );
    const age = Date.now() / 1000 - Number(repository.git(['log', '--format=%ct', STATE]));
    expect(Math.abs(age)).toBeLessThan(60);
  });

  it('needs not be read before', async () => {
    const repository = openRepository(onTestFinished);

    await open(repository).publish(new Map([['watch.json', 'new']]), 'Watch');

    expect(repository.files(STATE)).toEqual({ 'watch.json': 'new' });
  });

  it('lets stand what it does not name, also in other branches', async () => {
    const repository = openRepository(onTestFinished);
    const main = repository.write('main', { 'README.md': 'ours\n' });
    const before = repository.write(STATE, { ...FILES, 'draws/other.json': '[]', 'README.md': 'read me\n' });
    const branch = open(repository);
    await branch.read();

    await branch.publish(new Map([['draws/ircc.json', 'new']]), 'Draw');

    expect(repository.files(STATE)).toEqual({
      ...FILES,
      'draws/ircc.json': 'new',
      'draws/other.json': '[]',
      'README.md': 'read me\n',
    });
    expect(parentsOf(repository)).toEqual([before]);
    expect(repository.tip('main')).toBe(main);
  });

  it('makes no commit where nothing is new', async () => {
    const repository = openRepository(onTestFinished);
    const before = repository.write(STATE, FILES);
    const branch = open(repository);

    await branch.publish(await branch.read(), 'The same');
    await branch.publish(new Map(), 'Nothing');

    expect(repository.tip(STATE)).toBe(before);
  });

  it('goes on and on, each time on top of the last', async () => {
    const repository = openRepository(onTestFinished);
    const branch = open(repository);
    await branch.read();

    for (const turn of [1, 2, 3]) {
      await branch.publish(new Map([['watch.json', `${turn}`]]), `Turn ${turn}`);
      await branch.publish(new Map([['watch.json', `${turn}`]]), `Turn ${turn} again`);
    }

    expect(repository.messages(STATE)).toEqual(['Turn 3', 'Turn 2', 'Turn 1']);
    expect((await branch.read()).get('watch.json')).toBe('3');
  });

  it.each(['../out.txt', '/etc/passwd', '.git/config', 'a\nM 100644 inline b', ''])(
    'writes no file with the name %j',
    async (name) => {
      const repository = openRepository(onTestFinished);

      const error = await failureOf(open(repository).publish(new Map([[name, 'x']]), 'Strange'));

      expect(error.message).toMatch(/name for a file/);
      expect(repository.tip(STATE)).toBe(null);
    },
  );

  it('writes what has more bytes than characters', async () => {
    const repository = openRepository(onTestFinished);
    const texts = { 'draws/ircc.json': '“Métiers” 🍁\n', 'watch.json': '{}' };

    await open(repository).publish(new Map(Object.entries(texts)), 'Catégorie: métiers');

    expect(repository.files(STATE)).toEqual(texts);
    expect(repository.messages(STATE)).toEqual(['Catégorie: métiers']);
  });

  it('writes into no repository around its own, be its own broken', async () => {
    const options = optionsFor(openRepository(onTestFinished));
    const around = join(options.folder, '..');
    execFileSync('git', ['init', '--quiet', around]);
    const branch = openBranch(options);
    await branch.read();
    rmSync(join(options.folder, 'HEAD'));

    const error = await failureOf(branch.publish(new Map([['watch.json', 'new']]), 'Watch'));

    expect(error).toMatchObject({ name: 'StateError', reason: 'unreachable' });
    expect(execFileSync('git', ['-C', around, 'count-objects'], { encoding: 'utf8' })).toMatch(/^0 objects/);
    expect(readdirSync(join(around, '.git/objects/pack'))).toEqual([]);
  });

  it('lets no environment lead it elsewhere', async () => {
    const repository = openRepository(onTestFinished);
    const other = openRepository(onTestFinished);
    repository.write(STATE, FILES);
    const traps = {
      GIT_DIR: other.folder,
      GIT_WORK_TREE: other.folder,
      GIT_INDEX_FILE: join(other.folder, 'index'),
      GIT_OBJECT_DIRECTORY: join(other.folder, 'objects'),
      GIT_NAMESPACE: 'elsewhere',
      GIT_AUTHOR_NAME: 'Mallory',
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: `url.${other.url}.insteadOf`,
      GIT_CONFIG_VALUE_0: repository.url,
    };
    const branch = open(repository, { environment: { ...process.env, ...traps } });

    const files = await branch.read();
    await branch.publish(new Map([['watch.json', 'new']]), 'Watch');

    expect(Object.fromEntries(files)).toEqual(FILES);
    expect(repository.messages(STATE)).toEqual(['Watch', 'by somebody else']);
    expect(repository.git(['log', '-1', '--format=%an', STATE])).toBe('github-actions[bot]');
    expect(other.git(['count-objects'])).toBe('0 objects, 0 kilobytes');
  });
});

describe('publishing where others write', () => {
  it('loses to whoever was quicker, and goes on after it has read again', async () => {
    const repository = openRepository(onTestFinished);
    repository.write(STATE, FILES);
    const [first, second] = [open(repository), open(repository)];
    await first.read();
    await second.read();
    await first.publish(new Map([['watch.json', 'first']]), 'First');
    const taken = repository.tip(STATE);

    const error = await failureOf(second.publish(new Map([['ledger.ndjson', 'second']]), 'Second'));

    expect(error).toMatchObject({ name: 'StateError', reason: 'lost' });
    expect(repository.tip(STATE)).toBe(taken);

    expect((await second.read()).get('watch.json')).toBe('first');
    await second.publish(new Map([['ledger.ndjson', 'second']]), 'Second');

    expect(repository.messages(STATE)).toEqual(['Second', 'First', 'by somebody else']);
    expect(repository.files(STATE)).toMatchObject({ 'watch.json': 'first', 'ledger.ndjson': 'second' });
  });

  it('lets one of many that come at once through, and tells the others that they lost', async () => {
    const repository = openRepository(onTestFinished);
    const branches = [1, 2, 3, 4].map(() => open(repository));
    for (const branch of branches) await branch.read();

    const outcomes = await Promise.all(
      branches.map((branch, index) =>
        branch.publish(new Map([['watch.json', `${index}`]]), `Run ${index}`).then(
          () => index,
          (error) => (error instanceof StateError ? error.reason : error),
        ),
      ),
    );

    expect(outcomes.filter((outcome) => outcome === 'lost')).toHaveLength(3);
    const winner = outcomes.find((outcome) => outcome !== 'lost');
    expect(repository.messages(STATE)).toEqual([`Run ${winner}`]);
  });

  it.each(['without having read', 'after it has read'])(
    'loses to whoever made the branch first, %s',
    async (when) => {
      const repository = openRepository(onTestFinished);
      const branch = open(repository);
      if (when === 'after it has read') await branch.read();
      const before = repository.write(STATE, FILES);

      const error = await failureOf(branch.publish(new Map([['watch.json', 'new']]), 'Watch'));

      expect(error).toMatchObject({ name: 'StateError', reason: 'lost' });
      expect(repository.tip(STATE)).toBe(before);
    },
  );

  it('does not bring back a branch that was deleted, until it has read that it is', async () => {
    const repository = openRepository(onTestFinished);
    const branch = open(repository);
    await branch.publish(new Map([['watch.json', 'old']]), 'Old');
    repository.git(['update-ref', '-d', `refs/heads/${STATE}`]);

    const error = await failureOf(branch.publish(new Map([['watch.json', 'new']]), 'New'));

    expect(error).toMatchObject({ name: 'StateError', reason: 'lost' });
    expect(repository.tip(STATE)).toBe(null);

    expect(await branch.read()).toEqual(new Map());
    await branch.publish(new Map([['watch.json', 'old']]), 'From the start');

    expect(repository.messages(STATE)).toEqual(['From the start']);
  });

  it('does not bring back what somebody took off the branch', async () => {
    const repository = openRepository(onTestFinished);
    const before = repository.write(STATE, FILES);
    const branch = open(repository);
    await branch.read();
    await branch.publish(new Map([['watch.json', 'taken back']]), 'Taken back');
    repository.git(['update-ref', `refs/heads/${STATE}`, before]);

    const error = await failureOf(branch.publish(new Map([['ledger.ndjson', 'new']]), 'New'));

    expect(error).toMatchObject({ name: 'StateError', reason: 'lost' });
    expect(repository.tip(STATE)).toBe(before);
  });
});

describe('publishing where it cannot be', () => {
  it.each(['a first time', 'again'])(
    'is refused where the server does not take it, %s, and taken once it does',
    async (time) => {
      const repository = openRepository(onTestFinished);
      if (time === 'again') repository.write(STATE, FILES);
      const before = repository.tip(STATE);
      repository.hook('pre-receive', `printf 'not \\033[31mtoday\\n::error::x'; yes no | head -500; exit 1`);
      const branch = open(repository);
      await branch.read();

      const error = await failureOf(branch.publish(new Map([['watch.json', 'new']]), 'Watch'));

      expect(error).toMatchObject({ name: 'StateError', reason: 'refused' });
      expect(error.message).toContain('remote: not [31mtoday');
      expect(error.message).toMatch(/^[^\p{Cc}]{1,400}$/u);
      expect(repository.tip(STATE)).toBe(before);

      repository.hook('pre-receive', null);
      await branch.publish(new Map([['watch.json', 'new']]), 'Watch');

      expect(repository.files(STATE)).toMatchObject({ 'watch.json': 'new' });
    },
  );

  it('tries once more where it was refused but for a moment, as while another one writes it', async () => {
    const repository = openRepository(onTestFinished);
    repository.hook('pre-receive', 'mkdir tried || exit 0; exit 1');
    const branch = open(repository);
    await branch.read();

    await branch.publish(new Map([['watch.json', 'new']]), 'Watch');

    expect(repository.files(STATE)).toEqual({ 'watch.json': 'new' });
  });

  it('does not know where nobody answers', async () => {
    const repository = openRepository(onTestFinished);
    const branch = open(repository);
    await branch.read();
    repository.remove();

    const error = await failureOf(branch.publish(new Map([['watch.json', 'new']]), 'Watch'));

    expect(error).toMatchObject({ name: 'StateError', reason: 'unreachable' });
  });

  it('does not know where there is no git', async () => {
    const branch = open(openRepository(onTestFinished), { environment: { PATH: '/nonexistent' } });

    const error = await failureOf(branch.read());

    expect(error).toMatchObject({ name: 'StateError', reason: 'unreachable' });
    expect(error.message).toContain('it cannot be started (ENOENT)');
  });

  it('does not wait for ever, ends whatever it started, and does not know whether it is taken yet', async () => {
    const repository = openRepository(onTestFinished);
    const pid = join(repository.folder, 'pid');
    // It does not want to end, nor does it for a minute.
    repository.hook('pre-receive', `trap '' TERM; echo $$ >'${pid}'; for i in $(seq 60); do sleep 1; done`);
    const branch = open(repository, { patience: 60_000 });
    // The minute is over as soon as the hook has begun, and not before, however long that takes.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true });
    onTestFinished(() => void vi.useRealTimers());

    const publishing = failureOf(branch.publish(new Map([['watch.json', 'new']]), 'Watch'));
    await vi.waitFor(() => expect(readFileSync(pid, 'utf8')).toMatch(/^\d+\n$/), { timeout: 20_000 });
    const began = performance.now();
    await vi.advanceTimersByTimeAsync(60_000);
    const error = await publishing;

    expect(error).toMatchObject({ name: 'StateError', reason: 'unreachable' });
    expect(error.message).toContain('it was ended, as it took longer than 60 s');
    expect(performance.now() - began).toBeLessThan(15_000);
    await vi.waitFor(() => expect(isRunning(readFileSync(pid, 'utf8').trim())).toBe(false), {
      timeout: 10_000,
    });
    expect(repository.tip(STATE)).toBe(null);
  });
});

describe('a branch over HTTP', () => {
  it('is read and written with the token, which stands in no argument', async () => {
    const repository = openRepository(onTestFinished);
    repository.write(STATE, FILES);
    const server = await serveRepository(onTestFinished, repository);
    const log = logGit(onTestFinished);
    const branch = open(repository, {
      remote: server.url,
      token: TOKEN,
      environment: { PATH: log.path },
    });

    const files = await branch.read();
    await branch.publish(new Map([['watch.json', 'new']]), 'Watch');

    expect(Object.fromEntries(files)).toEqual(FILES);
    expect(repository.files(STATE)).toEqual({ ...FILES, 'watch.json': 'new' });
    const basic = Buffer.from(`x-access-token:${TOKEN}`).toString('base64');
    expect(server.requests.length).toBeGreaterThan(3);
    for (const { headers } of server.requests) expect(headers.authorization).toBe(`Basic ${basic}`);
    const told = JSON.stringify(log.commands()) + log.trace();
    expect(told).toContain('remote-http');
    for (const secret of [TOKEN, basic]) expect(told).not.toContain(secret);
  });

  it('is not there on a server without it', async () => {
    const repository = openRepository(onTestFinished);
    const server = await serveRepository(onTestFinished, repository);

    expect(await open(repository, { remote: server.url }).read()).toEqual(new Map());
  });

  it('is written where the connection was cut after it was', async () => {
    const { repository, branch } = await openServed(onTestFinished, ({ path }) =>
      path === '/git-receive-pack' ? 'done-and-cut' : 'served',
    );

    await branch.publish(new Map([['watch.json', 'new']]), 'Cut');
    await branch.publish(new Map([['watch.json', 'newer']]), 'And on');

    expect(repository.messages(STATE)).toEqual(['And on', 'Cut', 'by somebody else']);
  });

  it.each([401, 403, 404])('is refused where we may only read: %i', async (status) => {
    const { repository, branch } = await openServed(onTestFinished, ({ path }) =>
      path.includes('git-receive-pack') ? status : 'served',
    );

    const error = await failureOf(branch.publish(new Map([['watch.json', 'new']]), 'Watch'));

    expect(error).toMatchObject({ name: 'StateError', reason: 'refused' });
    expect(repository.messages(STATE)).toEqual(['by somebody else']);
  });

  it('is not known where the connection was cut and nobody answers any more', async () => {
    let isGone = false;
    const { repository, branch } = await openServed(onTestFinished, ({ path }) => {
      if (isGone) return 503;
      isGone = path === '/git-receive-pack';
      return isGone ? 'done-and-cut' : 'served';
    });

    const error = await failureOf(branch.publish(new Map([['watch.json', 'new']]), 'Watch'));

    expect(error).toMatchObject({ name: 'StateError', reason: 'unreachable' });
    expect(repository.messages(STATE)).toEqual(['Watch', 'by somebody else']);

    isGone = false;
    expect((await branch.read()).get('watch.json')).toBe('new');
  });

  it.each([401, 403, 404, 500])('cannot be read where the server says %i', async (status) => {
    const repository = openRepository(onTestFinished);
    const server = await serveRepository(onTestFinished, repository, () => status);

    const error = await failureOf(open(repository, { remote: server.url, token: TOKEN }).read());

    expect(error).toMatchObject({ name: 'StateError', reason: 'unreachable' });
    expect(error.message).not.toContain(TOKEN);
  });

  it('does not repeat the token in a message, whoever says it', async () => {
    const basic = Buffer.from(`x-access-token:${TOKEN}`).toString('base64');
    const { repository, branch } = await openServed(onTestFinished, () => 'served');
    repository.hook(
      'pre-receive',
      `echo ${TOKEN}; echo ${basic}; echo see https://me:sesame@example.org/x; exit 1`,
    );

    const error = await failureOf(branch.publish(new Map([['watch.json', 'new']]), 'Watch'));

    expect(error.message).toContain('remote: *** remote: *** remote: see https://***@example.org/x');
    expect(error.cause).toBeUndefined();
  });

  it('does not follow to another server, where the token has no business', async () => {
    const asked: (string | undefined)[] = [];
    const elsewhere = await serve(onTestFinished, (request, response) => {
      asked.push(request.url);
      response.writeHead(404).end();
    });
    const here = await serve(onTestFinished, (request, response) => {
      response.writeHead(302, { Location: `${elsewhere}${request.url}` }).end();
    });
    const repository = openRepository(onTestFinished);

    const error = await failureOf(
      open(repository, { remote: `${here}/somebody/draws`, token: TOKEN }).read(),
    );

    expect(error).toMatchObject({ name: 'StateError', reason: 'unreachable' });
    expect(asked).toEqual([]);
  });

  /** A branch with files that were read, and its server. */
  async function openServed(closing: Closing, decide: (request: { path: string }) => Answer) {
    const repository = openRepository(closing);
    repository.write(STATE, FILES);
    const server = await serveRepository(closing, repository, decide);
    const branch = open(repository, { remote: server.url, token: TOKEN });
    await branch.read();
    return { repository, branch };
  }
});

describe('opening a branch', () => {
  it.each([
    ['ssh://git@example.org/draws', 'ssh:'],
    ['git@example.org:somebody/draws', 'no URL'],
    ['ext::sh -c true', 'ext:'],
    ['http://example.org/draws', 'http:'],
    ['http://127.0.0.1.example.org/draws', 'http:'],
    ['/tmp/draws', 'no URL'],
    ['--upload-pack=true', 'no URL'],
    ['https://me:sesame@example.org/draws', 'one in it'],
    [`https://${TOKEN}@example.org/draws`, 'one in it'],
  ])('refuses the repository %s', (remote, found) => {
    const fault = faultOf(() => openBranch({ ...optionsFor(openRepository(onTestFinished)), remote }));

    expect(fault.message).toContain(found);
    expect(fault.message).not.toContain('sesame');
  });

  it('refuses a name that is none', () => {
    const options = { ...optionsFor(openRepository(onTestFinished)), branch: '--all' };

    expect(faultOf(() => openBranch(options)).message).toContain('expected the name of a branch');
  });
});

function open(repository: Repository, options: Partial<BranchOptions> = {}): Branch {
  return openBranch({ ...optionsFor(repository), ...options });
}

/** In a folder of its own that is not there yet. */
function optionsFor({ url }: Repository): BranchOptions {
  const folder = mkdtempSync(join(tmpdir(), 'drawbell-branch-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return { remote: url, branch: STATE, token: null, folder: join(folder, 'git'), environment: process.env };
}

async function failureOf(promise: Promise<unknown>): Promise<Error> {
  return promise.then(
    () => expect.unreachable('it should have failed'),
    (error: Error) => error,
  );
}

function faultOf(work: () => unknown): InputError {
  try {
    work();
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  return expect.unreachable('it should have failed');
}

function parentsOf(repository: Repository): string[] {
  return repository.git(['log', '-1', '--format=%P', STATE]).split(' ').filter(Boolean);
}

/** A branch as somebody who means harm would write it: links, another repository, names that lead out. */
function writeHostile(repository: Repository): string {
  const blob = (text: string) => repository.git(['hash-object', '-w', '--stdin'], text);
  const payload = blob('#!/bin/sh\ntouch owned\n');
  const root = writeTree(repository, [
    ['120000', 'ledger.ndjson', blob('/etc/passwd')],
    ['120000', 'draws', blob('/tmp')],
    ['160000', 'module', '1'.repeat(40)],
    ['40000', '..', writeTree(repository, [['100644', 'out.txt', payload]])],
    ['40000', '.git', writeTree(repository, [['100755', 'hook', payload]])],
    ['100644', '.gitattributes', blob('* filter=owned\n')],
    ['100644', '-rf', payload],
    ['100644', 'line\nbreak', payload],
    ['100644', 'watch.json', blob('{}\n')],
  ]);
  return writeCommit(repository, root);
}

/** Of entries with mode, name and hash, whatever git thinks of them. */
function writeTree(repository: Repository, entries: [string, string, string][]): string {
  const sorted = entries.toSorted(([, a], [, b]) => (a < b ? -1 : 1));
  const lines = sorted.map(([mode, name, hash]) =>
    Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(hash, 'hex')]),
  );
  const args = ['hash-object', '-t', 'tree', '--literally', '-w', '--stdin'];
  return repository.git(args, Buffer.concat(lines));
}

function writeCommit(repository: Repository, tree: string): string {
  const identity = ['-c', 'user.name=Mallory', '-c', 'user.email=mallory@example.org'];
  const commit = repository.git([...identity, 'commit-tree', tree, '-m', 'hostile']);
  repository.git(['update-ref', `refs/heads/${STATE}`, commit]);
  return commit;
}

function loseObjects(folder: string): void {
  rmSync(join(folder, 'objects/pack'), { recursive: true, force: true });
  for (const name of readdirSync(join(folder, 'objects'))) {
    if (name.length === 2) rmSync(join(folder, 'objects', name), { recursive: true });
  }
}

/** Whoever has ended and was not asked after yet does not run. */
function isRunning(pid: string): boolean {
  const file = `/proc/${pid}/stat`;
  return existsSync(file) && !/\) Z/.test(readFileSync(file, 'utf8'));
}
