// Pages handed out by `drawbell serve`, beside a bare Hono handler that hands out the same bytes.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Pool } from 'undici';
import { median } from './measure.ts';

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));
const CLI = here('../../src/cli.ts');
const BARE = here('./web-part.ts');

/** Each time as many, over as many connections as a busy proxy holds. */
const REQUESTS = 6_000;
const CONNECTIONS = 32;

type Line = (title: string, ...cells: string[]) => void;

interface Server {
  origin: string;
  end(): void;
}

export async function benchWeb(rounds: number, line: Line): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'drawbell-bench-'));
  const ours = await start([CLI, 'serve', '--listen', '0', '--json'], folder);
  const home = await (await fetch(`${ours.origin}/en/`)).text();
  const bare = await start([BARE, String(Buffer.byteLength(home))], folder);
  try {
    const servers = { bare: [bare.origin, '/'], ours: [ours.origin, '/en/'] } as const;
    const rates: Record<keyof typeof servers, number[]> = { bare: [], ours: [] };
    for (const [origin, page] of Object.values(servers)) await load(origin, page);
    // Taken in turns, so that a noisy moment falls on both.
    for (let round = 0; round < rounds; round += 1)
      for (const name of ['bare', 'ours'] as const)
        rates[name].push(await load(servers[name][0], servers[name][1]));
    const ratios = rates.ours.map((rate, index) => rate / (rates.bare[index] as number));
    line(
      `\n${REQUESTS} home pages of ${(home.length / 1024).toFixed(0)} KB (${rounds} of each, in turns)`,
      'a second',
      'most',
      'ratio',
    );
    const row = (title: string, name: keyof typeof rates, ratio: string) =>
      line(title, median(rates[name]).toFixed(0), Math.max(...rates[name]).toFixed(0), ratio);
    row('a bare Hono handler, the same number of bytes', 'bare', '1.0');
    row('drawbell serve', 'ours', median(ratios).toFixed(2));
  } finally {
    ours.end();
    bare.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Requests a second. The server has one core, and whoever asks another. */
async function load(origin: string, page: string): Promise<number> {
  const pool = new Pool(origin, { connections: CONNECTIONS });
  const started = performance.now();
  let left = REQUESTS;
  async function ask(): Promise<void> {
    while (left > 0) {
      left -= 1;
      const { statusCode, body } = await pool.request({ path: page, method: 'GET' });
      if (statusCode !== 200) throw new Error(`${page} was answered with ${statusCode}`);
      await body.dump({ limit: Number.MAX_SAFE_INTEGER });
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, ask));
  const seconds = (performance.now() - started) / 1_000;
  await pool.close();
  return REQUESTS / seconds;
}

/** A server as a process of its own: says on either output where it is. */
async function start(args: readonly string[], cwd: string): Promise<Server> {
  const env = { ...process.env, DRAWBELL_DATABASE: 'drawbell.db' };
  const child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const origin = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`${args[0]} ended with ${code}`)));
    let said = '';
    for (const output of [child.stdout, child.stderr])
      output.on('data', (text) => {
        said += text;
        const found = /http:\/\/127\.0\.0\.1:\d+/.exec(said);
        if (found) resolve(found[0]);
      });
  });
  return { origin, end: () => child.kill('SIGTERM') };
}
