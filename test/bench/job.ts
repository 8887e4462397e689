// What a job adds to a run with nothing new: the state fetched, read, taken into memory and compared.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildFeed } from '../../src/demo/feed.ts';
import { openOfficialSite } from '../../src/demo/official-site.ts';
import { shippedDraws } from '../draw/history.ts';
import { openRepository } from '../support/repository.ts';
import { median } from './measure.ts';

const CLI = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));
const PEOPLE = Array.from(
  { length: 5 },
  (_, index) => `- { email: reader${index}@example.org, crs: 500 }`,
).join('\n');

interface Taken {
  /** Of the processor, by the process and everything it started. Milliseconds. */
  processor: number;
  wall: number;
}

/** `run` and `job`, both answered 304, in turns. */
export async function benchJob(
  rounds: number,
  line: (title: string, ...cells: string[]) => void,
): Promise<void> {
  const closings: (() => void | Promise<void>)[] = [];
  const folder = mkdtempSync(path.join(tmpdir(), 'drawbell-bench-'));
  const site = await openOfficialSite(buildFeed(shippedDraws()));
  try {
    const repository = openRepository((close) => closings.push(close), 'somebody/draws');
    const env = {
      ...process.env,
      NODE_COMPILE_CACHE: path.join(folder, 'cache'),
      DRAWBELL_DATABASE: path.join(folder, 'drawbell.db'),
      DRAWBELL_IRCC_URL: site.feedUrl,
      GITHUB_SERVER_URL: repository.url.replace(/\/somebody\/draws$/, ''),
      GITHUB_REPOSITORY: 'somebody/draws',
      RUNNER_TEMP: folder,
      DRAWBELL_SUBSCRIBERS: PEOPLE,
      DRAWBELL_SMTP_URL: 'smtp://127.0.0.1:9',
      DRAWBELL_MAIL_FROM: 'bell@example.org',
      DRAWBELL_SECRET: 'a secret of the bench',
    };
    const commands = ['run', 'job'] as const;
    for (const command of commands) for (let warm = 0; warm < 3; warm += 1) await time(command, env);
    const samples = { run: [] as Taken[], job: [] as Taken[] };
    for (let round = 0; round < rounds; round += 1)
      for (const command of commands) samples[command].push(await time(command, env));

    line(`\nA job with nothing new beside a run (${rounds} of each, in turns)`, 'processor', 'least', 'wall');
    for (const command of commands) {
      const processor = samples[command].map((taken) => taken.processor);
      line(
        `drawbell ${command}, answered 304`,
        `${median(processor).toFixed(0)} ms`,
        `${Math.min(...processor).toFixed(0)} ms`,
        `${median(samples[command].map(({ wall }) => wall)).toFixed(0)} ms`,
      );
    }
    const more = samples.job.map(({ processor }, index) => processor - (samples.run[index]?.processor ?? 0));
    line('the job takes more', `${median(more).toFixed(0)} ms`, `${Math.min(...more).toFixed(0)} ms`);
  } finally {
    await site.close();
    for (const close of closings) await close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** By the shell, which also counts what the programs took that a program started. */
function time(command: string, env: NodeJS.ProcessEnv): Promise<Taken> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const script = 'TIMEFORMAT="%3U %3S"; time "$@" >/dev/null 2>/dev/null';
    const child = spawn('bash', ['-c', script, 'bash', process.execPath, CLI, command], {
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let told = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      told += text;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code !== 0) return reject(new Error(`drawbell ${command} ended with ${code}`));
      const [user = Number.NaN, system = Number.NaN] = told.trim().split(' ').map(Number);
      resolve({ processor: (user + system) * 1_000, wall: performance.now() - started });
    });
  });
}
