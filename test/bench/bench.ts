// `npm run bench [-- ROUNDS [PART ...]]`: what drawbell's speed and memory claims rest on. Ratios within one run:
// machines differ.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildFeed } from '../../src/demo/feed.ts';
import { openOfficialSite } from '../../src/demo/official-site.ts';
import { detect } from '../../src/event/detect.ts';
import { ircc } from '../../src/sources/ircc.ts';
import { shippedDraws } from '../draw/history.ts';
import { benchDelivery, benchMemory } from './delivery.ts';
import { benchJob } from './job.ts';
import { benchLatency } from './latency.ts';
import { benchMatching } from './matching.ts';
import { type Measured, median, runMeasured } from './measure.ts';
import { benchWeb } from './web.ts';

const ROUNDS = Number(process.argv[2] ?? 20);
const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));
const CLI = here('../../src/cli.ts');
const PART = here('./part.ts');

/** What a scheduled job can add: then even the first file needs no type stripper. */
const WITH_CACHE = 'and with NODE_COMPILE_CACHE set';

const draws = shippedDraws();
const feed = buildFeed(draws);
const folder = mkdtempSync(path.join(tmpdir(), 'drawbell-bench-'));
const site = await openOfficialSite(feed);
try {
  const few = Math.max(3, Math.round(ROUNDS / 3));
  const parts: Record<string, () => void | Promise<void>> = {
    run: benchRun,
    job: () => benchJob(ROUNDS, line),
    parse: benchParse,
    latency: () => benchLatency(line),
    web: () => benchWeb(few, line),
    delivery: () => benchDelivery(few, line),
    // Two hundred thousand mails, and a million subscribers, take some minutes.
    memory: () => benchMemory(line),
    matching: () => benchMatching(few, line),
  };
  const wanted = process.argv.slice(3);
  for (const [name, bench] of Object.entries(parts)) {
    if (wanted.length === 0 || wanted.includes(name)) await bench();
  }
} finally {
  await site.close();
  rmSync(folder, { recursive: true, force: true });
}

/** A scheduled run with nothing new, as a whole process, beside what it is made of. */
async function benchRun(): Promise<void> {
  const variants: Record<string, string[]> = {
    'bare node': ['--eval', ''],
    'kysely, zod, better-sqlite3 and a fetch, unpacked': [PART, 'unpacked'],
    'the libraries of every start, packed': [PART, 'libraries'],
    'and one request': [PART, 'libraries', 'request'],
    'and the database opened and closed': [PART, 'libraries', 'request', 'database'],
    'drawbell run, answered 304': [CLI, 'run'],
    [WITH_CACHE]: [CLI, 'run'],
  };
  for (const [name, args] of Object.entries(variants))
    for (let warm = 0; warm < 3; warm += 1) await time(name, args);

  const samples = new Map(Object.keys(variants).map((name) => [name, [] as Measured[]]));
  // Taken in turns, so that a noisy moment falls on all of them.
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, args] of Object.entries(variants)) samples.get(name)?.push(await time(name, args));
  }
  const bare = median(samples.get('bare node')?.map(({ milliseconds }) => milliseconds) ?? []);
  line(
    `A scheduled run with nothing new (${ROUNDS} of each, in turns)`,
    'median',
    'least',
    'ratio',
    'memory',
  );
  for (const [name, taken] of samples) {
    const times = taken.map(({ milliseconds }) => milliseconds);
    line(
      name,
      `${median(times).toFixed(0)} ms`,
      `${Math.min(...times).toFixed(0)} ms`,
      (median(times) / bare).toFixed(1),
      `${median(taken.map(({ megabytes }) => megabytes)).toFixed(0)} MB`,
    );
  }
}

function benchParse(): void {
  const bytes = new TextEncoder().encode(feed);
  const document = { source: 'ircc', url: '', status: 200, headers: {}, bytes, hash: '', fetchedAt: '' };
  const options = {
    now: '2026-07-11T00:00:00Z',
    baseline: true,
    tellCorrections: false,
    dormantDays: 180,
    newsDays: 10,
  };
  const jobs: Record<string, () => unknown> = {
    'JSON.parse alone': () => JSON.parse(new TextDecoder().decode(bytes)),
    'parsed and normalized': () => ircc.parse(document),
    'compared with the same draws known': () =>
      detect(
        draws.map((draw) => ({ draw, revision: 1 })),
        draws,
        options,
      ),
    'all events of the history detected': () => detect([], draws, options),
  };
  const medians = new Map<string, number>();
  for (const [name, job] of Object.entries(jobs)) {
    for (let warm = 0; warm < 20; warm += 1) job();
    const times = Array.from({ length: 50 }, () => {
      const started = performance.now();
      job();
      return performance.now() - started;
    });
    medians.set(name, median(times));
  }
  const least = medians.get('JSON.parse alone') ?? 1;
  line(`\n${draws.length} rounds (50 of each, warm)`, 'median', '', 'ratio');
  for (const [name, milliseconds] of medians) {
    line(name, `${milliseconds.toFixed(1)} ms`, '', (milliseconds / least).toFixed(1));
  }
}

function time(variant: string, args: readonly string[]): Promise<Measured> {
  const cache = variant === WITH_CACHE ? { NODE_COMPILE_CACHE: 'cache' } : {};
  const env = {
    ...process.env,
    DRAWBELL_IRCC_URL: site.feedUrl,
    DRAWBELL_DATABASE: 'drawbell.db',
    ...cache,
  };
  return runMeasured(args, { cwd: folder, env });
}

function line(title: string, ...cells: string[]): void {
  process.stdout.write(`${title.padEnd(54)}${cells.map((cell) => cell.padStart(10)).join('')}\n`);
}
