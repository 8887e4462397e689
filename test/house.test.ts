// The rules of the house, read off the imports: the middle is pure, effects never meet, doors stay outside.

import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

type Kind = 'pure' | 'page' | 'effect' | 'journey' | 'config' | 'door';

/** Every folder and file directly under src/, by what it may do. */
const ROOMS: Record<string, Kind> = {
  'errors.ts': 'pure',
  sources: 'pure',
  draw: 'pure',
  event: 'pure',
  match: 'pure',
  state: 'pure',
  fetch: 'effect',
  store: 'effect',
  notify: 'effect',
  git: 'effect',
  'cadence.ts': 'pure',
  'retry-after.ts': 'pure',
  'remember.ts': 'pure',
  'is-object.ts': 'pure',
  'journey.ts': 'journey',
  journey: 'journey',
  'config.ts': 'config',
  'cli.ts': 'door',
  cli: 'door',
  'worker.ts': 'door',
  'metrics.ts': 'door',
  web: 'door',
  job: 'door',
  demo: 'door',
  startup: 'door',
};

/** Which other rooms each kind of room may import; its own it always may. */
const MAY_IMPORT: Record<Kind, readonly Kind[]> = {
  pure: ['pure'],
  page: ['pure'],
  effect: ['pure'],
  config: ['pure'],
  journey: ['pure', 'effect', 'journey'],
  door: ['pure', 'effect', 'journey', 'config', 'door'],
};

const PURE_PACKAGES = ['zod', 'cheerio'];

/** Pages are pure although the web is a door: the same make files, and one of them is made in a browser. */
const PAGES =
  /^web\/(pages|text|style|feeds|browser)\/|^web\/(paths|site|archive|selection|profile-form|subscription-form)\.ts$/;
/** What makes HTML, scales, shapes and feeds without looking at anything else; and a digest. */
const PAGE_PACKAGES = [
  ...PURE_PACKAGES,
  'hono',
  'd3-scale',
  'd3-shape',
  'feed',
  'ical-generator',
  'node:crypto',
];

/** What gives a pure room a clock, chance, the network or the process without an import. */
const IMPURE: readonly RegExp[] = [
  /\bDate\.now\b/,
  /\bnew Date\b(?!\s*\(\s*[^\s)])/,
  /(?<!new )\bDate\(/,
  /\bTemporal\.Now\b/,
  /\bperformance\./,
  /\bMath\.random\b/,
  /\bcrypto\./,
  /\bprocess\b\s*[.[?]/,
  /\bglobalThis\b/,
  /\bfetch\(/,
  /\bset(Timeout|Interval|Immediate)\(/,
  /\bconsole\./,
  /\brequire\(/,
];

const SRC = fileURLToPath(new URL('../src/', import.meta.url));
const files = globSync('**/*.ts', { cwd: SRC })
  .map((path) => path.replaceAll('\\', '/'))
  .sort();

function read(path: string): string {
  return readFileSync(join(SRC, path), 'utf8');
}

describe('the house', () => {
  it('has every pure room, and more', () => {
    const rooms = new Set(files.map(roomOf));

    expect([...rooms]).toEqual(expect.arrayContaining(['sources', 'draw', 'event', 'match', 'errors.ts']));
    expect(files.length).toBeGreaterThan(15);
  });

  it.each(files)('src/%s keeps its rules', (path) => {
    expect(faultsOf(path, read(path))).toEqual([]);
  });

  it.each(files.filter((path) => PAGES.test(path)))(
    'src/%s makes pages of nothing but what it is given',
    (path) => {
      expect(faultsOf(path, read(path), 'page')).toEqual([]);
    },
  );

  it('builds feeds without a clock or a disk, though the demo is a door', () => {
    expect(faultsOf('demo/feed.ts', read('demo/feed.ts'), 'pure')).toEqual([]);
  });
});

describe('the watch over the house', () => {
  it.each([
    ['draw/a.ts', `import { readFile } from 'node:fs/promises';`, 'node:fs/promises'],
    ['draw/a.ts', `import _ from 'lodash';`, 'lodash'],
    ['sources/a.ts', `import 'undici';`, 'undici'],
    ['sources/a.ts', `export * from "../fetch/http.ts";`, 'fetch'],
    ['event/a.ts', `import type { Store } from '../store/open.ts';`, 'store'],
    ['match/a.ts', `import {\n  type A,\n  b,\n} from '../journey.ts';`, 'journey.ts'],
    ['match/a.ts', `const { x } = await import('../notify/email.ts');`, 'notify'],
    ['match/a.ts', `type X = import('../store/open.ts').X;`, 'store'],
    ['match/a.ts', 'const x = await import(name);', 'import'],
    ['match/a.ts', `const x = require('node:fs');`, 'require'],
    ['errors.ts', `import { x } from './config.ts';`, 'config.ts'],
    ['event/a.ts', 'const now = Date.now();', 'Date'],
    ['event/a.ts', 'const now = new Date();', 'Date'],
    ['event/a.ts', 'const now = new Date;', 'Date'],
    ['event/a.ts', 'const now = Date();', 'Date'],
    ['event/a.ts', 'const dice = Math.random();', 'random'],
    ['event/a.ts', 'const zone = process.env.TZ;', 'process'],
    ['event/a.ts', `const page = await fetch('https://example.org');`, 'fetch'],
    ['fetch/a.ts', `import { open } from '../store/open.ts';`, 'store'],
    ['store/a.ts', `import type { Notice } from '../notify/channel.ts';`, 'notify'],
    ['notify/text/a.ts', `import { open } from '../../store/open.ts';`, 'store'],
    ['notify/a.ts', `import { config } from '../config.ts';`, 'config.ts'],
    ['notify/a.ts', `import { run } from '../cli/run.ts';`, 'cli'],
    ['notify/a.ts', 'const url = process.env.DRAWBELL_SMTP_URL;', 'process.env'],
    ['store/a.ts', `const { DRAWBELL_DATABASE } = process['env'];`, 'process.env'],
    ['store/a.ts', `import { env } from 'node:process';`, 'process.env'],
    ['store/a.ts', 'const { env } = process;', 'process.env'],
    ['journey.ts', `import { run } from './cli/run.ts';`, 'cli'],
    ['journey.ts', 'const url = process.env.DRAWBELL_IRCC_URL;', 'process.env'],
    ['config.ts', `import { open } from './store/open.ts';`, 'store'],
    ['config.ts', 'export const url = process.env.DRAWBELL_IRCC_URL;', 'process.env'],
    ['attic/a.ts', 'export const x = 1;', 'attic'],
  ])('sees what is wrong with %s: %s', (path, text, fault) => {
    expect(faultsOf(path, text)).toEqual([expect.stringContaining(fault)]);
  });

  it.each([
    ['sources/a.ts', `import * as z from 'zod';\nimport { load } from 'cheerio';`],
    ['sources/a.ts', `import { quote } from '../errors.ts';\nimport { b } from './b.ts';`],
    ['event/a.ts', `// Not Date.now(): see ../store/open.ts.\n/* Math.random() */ const x = 1;`],
    ['event/a.ts', 'const at = new Date(ms); const date = new Date( Date.UTC(2024, 0) );'],
    ['event/a.ts', `const site = 'https://example.org'; const processed = prefetch(x);`],
    ['store/a.ts', `import { mkdir } from 'node:fs/promises';\nimport { sql } from 'kysely';`],
    ['store/a.ts', `import type { Draw } from '../draw/draw.ts';\nconst now = Date.now();`],
    ['journey.ts', `import { a } from './store/a.ts';\nimport { b } from './notify/b.ts';`],
    ['cli/a.ts', `import { c } from '../config.ts';\nconst config = c(process.env);`],
    ['worker.ts', `import { watchSource } from './journey.ts';\nconst { env } = process;`],
  ])('finds no fault with %s: %s', (path, text) => {
    expect(faultsOf(path, text)).toEqual([]);
  });
});

function roomOf(path: string): string {
  return path.split('/')[0] as string;
}

/** What in a file of `src/` breaks the rules of its room. */
function faultsOf(path: string, text: string, kind: Kind | undefined = ROOMS[roomOf(path)]): string[] {
  if (kind === undefined) return [`src/${path}: a room nobody planned`];
  const code = withoutComments(text);
  const faults = importsOf(code).flatMap((target) => importFault(path, kind, target) ?? []);
  if (kind === 'pure' || kind === 'page') {
    faults.push(...IMPURE.flatMap((pattern) => pattern.exec(code)?.[0] ?? []));
    if (/\bimport\(\s*[^'"\s]/.test(code)) faults.push('import of a computed name');
  } else if (
    kind !== 'door' &&
    /\bprocess\b\s*(\??\.\s*env\b|\[)|=\s*process\s*[;,]|['"](node:)?process['"]/.test(code)
  ) {
    faults.push('reads process.env');
  }
  return faults;
}

function importFault(from: string, kind: Kind, target: string): string | null {
  if (!target.startsWith('.')) {
    const [name = ''] = target.split('/');
    const allowed = kind === 'pure' ? PURE_PACKAGES : kind === 'page' ? PAGE_PACKAGES : null;
    return allowed === null || allowed.includes(target) || allowed.includes(name)
      ? null
      : `imports ${target}`;
  }
  const path = join(dirname(from), target);
  if (kind === 'page') {
    if (PAGES.test(path) || path.startsWith('notify/text/')) return null;
    return MAY_IMPORT.page.includes(ROOMS[roomOf(path)] ?? 'door') ? null : `imports ${target}`;
  }
  const room = roomOf(path);
  const other = ROOMS[room];
  if (room === roomOf(from) || (other && MAY_IMPORT[kind].includes(other))) return null;
  return `imports ${target}, of the room ${room}`;
}

function importsOf(code: string): string[] {
  const patterns = [
    /(?:^|[\n;])\s*(?:import|export)\b[^'";]*?\bfrom\s*['"]([^'"]+)['"]/g,
    /(?:^|[\n;])\s*import\s*['"]([^'"]+)['"]/g,
    /\bimport\(\s*['"]([^'"]+)['"]/g,
  ];
  return patterns.flatMap((pattern) => [...code.matchAll(pattern)].map((match) => match[1] as string));
}

/** Good enough for code that a formatter has been over; a string with a comment in it may lose its end. */
function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, ' ').replace(/(^|\s)\/\/.*$/gm, '$1');
}
