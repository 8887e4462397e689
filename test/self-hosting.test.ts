// What docs/self-hosting.md and the Dockerfile say of the program is so, as far as it can be tried on this machine.

import { execFile, spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { EXIT } from '../src/cli/exit.ts';
import { readConfig } from '../src/config.ts';
import { SOURCES } from '../src/sources/index.ts';
import { ROBOTS } from '../src/web/routes/assets.ts';
import { WEB_LIMITS } from '../src/web/server.ts';
import { openWebWorld, serveApp } from './web/world.ts';

const root = (file: string) => fileURLToPath(new URL(`../${file}`, import.meta.url));
const read = (file: string) => readFileSync(root(file), 'utf8');
const DOC = read('docs/self-hosting.md');
const DOCKERFILE = read('Dockerfile').replace(/\\\n\s*/g, '');
const UNIT = marked('unit');

/** The fenced block behind a marker comment. */
function marked(marker: string): string {
  const block = new RegExp(`<!-- ${marker} -->\\n\`\`\`\\w+\\n([\\s\\S]*?)\`\`\``).exec(DOC)?.[1];
  if (block === undefined) throw new Error(`self-hosting.md: no block marked ${marker}`);
  return block;
}

/** The values of a setting of the unit, in their order. */
function setting(name: string): string[] {
  return [...UNIT.matchAll(new RegExp(`^${name}=(.*)$`, 'gm'))].map((line) => line[1] as string);
}

/** The rest of each line of the Dockerfile that begins so. */
function steps(word: string): string[] {
  return [...DOCKERFILE.matchAll(new RegExp(`^${word} (.*)$`, 'gm'))].map((line) => line[1] as string);
}

function run(...args: string[]) {
  const env = { PATH: process.env.PATH, HOME: tmpdir() };
  return spawnSync(process.execPath, args, { encoding: 'utf8', env });
}

function helpOf(command: string): string {
  const { status, stdout } = run(root('src/cli.ts'), command, '--help');
  expect(status).toBe(0);
  return stdout;
}

/** What a command may be given, as its help lists it. */
function optionsOf(command: string): string[] {
  return [...helpOf(command).matchAll(/^ +(?:-\w, )?(--[a-z-]+)/gm)].map((line) => line[1] as string);
}

/** Each command line of drawbell that the text holds: its command, and what follows. */
function commandLines(text: string): [string, string][] {
  return [...text.matchAll(/\b(?:(?:sudo|npx) drawbell|cli\.ts) ([a-z]+)\b([^\n`|#]*)/g)].map((match) => [
    match[1] as string,
    (match[2] as string).trim(),
  ]);
}

function optionsIn(text: string): string[] {
  return text.match(/(?<=^| )--[a-z-]+/g) ?? [];
}

/** What a heading is linked by. */
function anchorOf(heading: string): string {
  return heading.toLowerCase().replaceAll(' ', '-');
}

describe('the settings', () => {
  it('are taken as they stand, whoever reads the file', () => {
    const text = marked('environment');
    const literally = Object.fromEntries(
      text
        .trim()
        .split('\n')
        .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    );

    const config = readConfig(literally, SOURCES);

    expect(parseEnv(text)).toEqual(literally);
    expect(text).not.toMatch(/["'\\$`#]/);
    expect(config).toMatchObject({
      publicUrl: 'https://draws.example.org',
      operator: 'mailto:you@example.org',
      mailFrom: 'Draws <draws@lists.example.org>',
      dkim: { keyFile: '/etc/drawbell-dkim.pem' },
    });
  });

  it.each([...new Set(DOC.match(/DRAWBELL_[A-Z_]+/g))])('name %s, which the program knows', (name) => {
    expect(read('src/config.ts')).toContain(`'${name}'`);
  });

  it('believe Docker’s network when told to', () => {
    const [, value] = /`DRAWBELL_PROXIES=([^`]+)`/.exec(DOC) ?? [];

    expect(readConfig({ DRAWBELL_PROXIES: value }, SOURCES).proxies).toEqual([value]);
  });
});

describe('the unit', () => {
  it('starts a command that there is, with options that it has', () => {
    const [start = ''] = setting('ExecStart');

    const [[command, rest] = ['', '']] = commandLines(start);

    const known = optionsOf(command);
    expect(start).toContain('/opt/drawbell/node_modules/.bin/node /opt/drawbell/src/cli.ts watch --serve');
    expect(optionsIn(rest)).toContain('--metrics');
    expect(optionsIn(rest).filter((option) => !known.includes(option))).toEqual([]);
    expect(helpOf(command)).toContain('127.0.0.1:8080');
  });

  it('does not try a wrong setting again, and waits for longer than a stop takes', () => {
    const seconds = Number(setting('TimeoutStopSec')[0]);
    const [, lastResort] = /LAST_RESORT = ([\d_]+)/.exec(read('src/cli/watch.ts')) ?? [];

    expect(setting('RestartPreventExitStatus')).toEqual([String(EXIT.usage)]);
    expect(seconds * 1_000).toBeGreaterThan(Number(lastResort?.replaceAll('_', '')));
  });

  it('runs as a user of its own, may write to two folders, and lets Node compile', () => {
    expect(setting('User')).toEqual(['drawbell']);
    expect(setting('ProtectSystem')).toEqual(['strict']);
    expect(setting('NoNewPrivileges')).toEqual(['yes']);
    expect(setting('StateDirectory').map((name) => `/var/lib/${name}`)).toEqual(setting('WorkingDirectory'));
    expect(setting('Environment')).toEqual(
      setting('CacheDirectory').map((name) => `NODE_COMPILE_CACHE=/var/cache/${name}`),
    );
    expect(setting('MemoryDenyWriteExecute')).toEqual([]);
  });

  it.runIf(spawnSync('systemd-analyze', ['--version']).status === 0)(
    'is one that systemd understands',
    () => {
      const folder = mkdtempSync(join(tmpdir(), 'drawbell-unit-'));
      onTestFinished(() => rmSync(folder, { recursive: true }));
      const file = join(folder, 'drawbell.service');
      writeFileSync(file, UNIT.replace('/opt/drawbell/node_modules/.bin/node', process.execPath));

      const { status, stderr } = spawnSync('systemd-analyze', ['verify', file], { encoding: 'utf8' });

      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    },
  );
});

describe('the commands', () => {
  const lines = commandLines(DOC.replaceAll('docker exec drawbell node /app/src/', ''));

  it.each([...new Set(lines.map(([command]) => command))])(
    'name "%s", with options that it has',
    (command) => {
      const known = optionsOf(command);

      const options = lines.filter(([name]) => name === command).flatMap(([, rest]) => optionsIn(rest));

      expect(options.filter((option) => !known.includes(option))).toEqual([]);
    },
  );

  it('are those of running it', () => {
    expect(new Set(lines.map(([command]) => command))).toEqual(
      new Set(['doctor', 'watch', 'run', 'site', 'backup', 'restore', 'status']),
    );
  });

  it.each([...DOC.matchAll(/```sh\n([\s\S]*?)```/g)].map((block) => block[1] as string))(
    'are what a shell understands: %s',
    (script) => {
      expect(spawnSync('sh', ['-n'], { input: script, encoding: 'utf8' })).toMatchObject({
        status: 0,
        stderr: '',
      });
    },
  );

  it('read the settings as the wrapper has Node read them', () => {
    expect(marked('wrapper')).toContain('--env-file=/etc/drawbell.env /opt/drawbell/src/cli.ts "$@"');
    expect(setting('EnvironmentFile')).toEqual(['/etc/drawbell.env']);
  });
});

describe('the proxy', () => {
  it('keeps to itself the paths that are somebody’s key, which are those no robot is to look at', () => {
    const [, paths = ''] = /location ~ \^\/\(([a-z|]+)\)\//.exec(DOC) ?? [];

    const robots = [...ROBOTS.matchAll(/^Disallow: \/(\w+)\/$/gm)].map((line) => line[1]);

    expect(paths.split('|').sort()).toEqual(robots.sort());
    expect(robots.map((path) => `\`/${path}/\``).filter((path) => !DOC.includes(path))).toEqual([]);
  });
});

describe('the limits', () => {
  it.each([
    ['src/web/routes/subscribe.ts', 'FROM_NETWORK', /^\| sign-ups .* \| (\d+) an hour from a network, /m],
    ['src/web/routes/subscribe.ts', 'FROM_ALL', /^\| sign-ups .*, (\d+) an hour in all \|$/m],
    ['src/web/routes/subscribe.ts', 'TO_ADDRESS', /^\| mails to one address.* \| (\d+) a day \|$/m],
    ['src/web/routes/subscribe.ts', 'FORMS', /^\| sign-up forms.* \| (\d+) in ten minutes /m],
    ['src/web/app.ts', 'CHECKS', /^\| profiles checked.* \| (\d+) a minute /m],
    ['src/web/api/reading.ts', 'FILTERED', /^\| filtered answers.* \| (\d+) a minute /m],
    ['src/web/routes/endpoints.ts', 'OUTWARD', /^\| tests of .* \| (\d+) a minute each/m],
  ])('are those of %s: %s', (file, name, row) => {
    const [, most] = new RegExp(`^const ${name} = \\{ most: (\\d+), per: `, 'm').exec(read(file)) ?? [];

    expect(most).toMatch(/^\d+$/);
    expect(row.exec(DOC)?.[1]).toBe(most);
  });

  it('are those of connections', () => {
    expect(DOC).toContain(`| connections | ${WEB_LIMITS.connections} at a time |`);
  });
});

describe('the links', () => {
  it('lead to files, and to headings in them', () => {
    const links = [...DOC.matchAll(/\]\((?!https?:)([^)#]+)(?:#([^)]+))?\)/g)];

    const broken = links.filter(([, file, heading]) => {
      const path = `docs/${file}`;
      if (!existsSync(root(path))) return true;
      const headings = read(path).match(/(?<=^## ).*$/gm) ?? [];
      return heading !== undefined && !headings.some((text) => anchorOf(text) === heading);
    });

    expect(links.length).toBeGreaterThan(3);
    expect(broken.map(([link]) => link)).toEqual([]);
  });
});

describe('the Dockerfile', () => {
  it('copies what is there, and what .dockerignore lets through', () => {
    const sources = steps('COPY')
      .filter((step) => !step.startsWith('--from='))
      .flatMap((step) => step.split(' ').slice(0, -1));
    const allowed = [...read('.dockerignore').matchAll(/^!(\S+)$/gm)].map((line) => line[1]);

    expect(sources).toEqual(
      expect.arrayContaining(['package.json', 'package-lock.json', '.npmrc', 'src', 'data']),
    );
    expect(sources.filter((source) => !existsSync(root(source)))).toEqual([]);
    expect(sources.filter((source) => !allowed.includes(source.split('/')[0]))).toEqual([]);
    expect(read('.dockerignore')).toMatch(/^\*$/m);
  });

  it('installs by the lock, with all that this needs there', () => {
    const [install = ''] = steps('RUN');
    const { scripts } = JSON.parse(read('package.json'));
    const prepared = scripts.prepare.replace(/^node /, '');

    expect(install).toBe('npm ci --omit=dev');
    expect(prepared.startsWith('src/startup/')).toBe(true);
    expect(steps('COPY')).toContain('src/startup src/startup');
    expect([...read(prepared).matchAll(/from '(\.[^']+)'/g)].map((match) => match[1])).toEqual([
      './libraries.ts',
    ]);
  });

  it('needs nothing at run time that it has left out', () => {
    const { dependencies, devDependencies } = JSON.parse(read('package.json'));
    const files = globSync('**/*.ts', { cwd: root('src') });
    const imports = files.map((file) => read(`src/${file}`)).join('\n');

    const packages = new Set(
      [...imports.matchAll(/(?: from |\bimport\()'(@[^/]+\/[^/']+|[a-z][^/']*)/g)].map(
        (match) => match[1] as string,
      ),
    );

    expect(packages.size).toBeGreaterThan(10);
    expect([...packages]).toContain('rolldown');
    expect([...packages].filter((name) => name in devDependencies && !(name in dependencies))).toEqual([]);
  });

  it('is of the Node that the program is made for', () => {
    const { devDependencies } = JSON.parse(read('package.json'));
    const images = steps('FROM').map((step) => step.split(' ')[0]);

    expect(new Set(images)).toEqual(new Set(['node:24-bookworm-slim']));
    expect(devDependencies.node).toMatch(/^\^24\./);
    expect(read('.node-version').trim()).toBe('24');
    expect(DOC).toContain('the right Node (24)');
  });

  it('ends as somebody who owns nothing of the program, and writes to the volume', () => {
    const [, last = ''] = DOCKERFILE.split(/^FROM .*$/m).slice(1);

    expect(steps('USER')).toEqual(['node']);
    expect(last.indexOf('\nUSER node')).toBeGreaterThan(last.lastIndexOf('\nRUN '));
    expect(last.indexOf('\nUSER node')).toBeGreaterThan(last.lastIndexOf('\nCOPY '));
    expect(steps('VOLUME')).toEqual(['/data']);
    expect(steps('WORKDIR').at(-1)).toBe('/data');
    expect(steps('ENV')[0]).toContain('DRAWBELL_DATABASE=/data/');
  });

  it('starts a command that there is', () => {
    const [entry = '[]'] = steps('ENTRYPOINT');
    const [command = '[]'] = steps('CMD');
    const [name, ...args] = JSON.parse(command) as string[];

    const help = helpOf(name as string);

    expect(JSON.parse(entry)).toEqual(['node', '/app/src/cli.ts']);
    expect(args[0]).toBe('--serve');
    expect(args[1]).toBe(`0.0.0.0:${steps('EXPOSE')[0]}`);
    expect(help).toContain('--serve');
  });

  it('asks for its health at a place that is served, and tells well from gone', async () => {
    const { app } = await openWebWorld();
    const origin = await serveApp(app);
    const [check = ''] = steps('HEALTHCHECK');
    const [, ...words] = JSON.parse(check.slice(check.indexOf('['))) as string[];
    const script = (port: string) => words.map((word) => word.replace('8080', port));

    const well = await ends(script(new URL(origin).port));
    const gone = await ends(script('1'));

    expect(words.join(' ')).toContain(`127.0.0.1:${steps('EXPOSE')[0]}/healthz`);
    expect([well, gone]).toEqual([0, 1]);
  });
});

/** Not synchronous: what it asks is this process. */
function ends(args: readonly string[]): Promise<number | null> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, (error) => {
      if (error && typeof error.code !== 'number') reject(error);
      else resolve(error ? Number(error.code) : 0);
    });
  });
}
