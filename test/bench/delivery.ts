// Mails and webhooks handed over to real servers, beside the libraries underneath doing the same bare.

import { spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { openHttpServer } from '../../src/demo/server.ts';
import { median, runMeasured } from './measure.ts';

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));
const PART = here('./delivery-part.ts');
const MATCHING = here('./matching-part.ts');

/** Of which three in four are told of a type that returned. */
const READERS = 4_000;
const ENDPOINTS = 100;
/** Between these the memory must not grow. */
const FEW = 14_000;
const MANY = 270_000;

type Line = (title: string, ...cells: string[]) => void;

interface Handed {
  milliseconds: number;
  count: number;
  megabytes: number;
}

export async function benchDelivery(rounds: number, line: Line): Promise<void> {
  const receivers = await serve<{ urls: string[] }>('receivers', String(ENDPOINTS));
  await withMailServer(async (mailUrl, fileOf) => {
    await queueMails(fileOf('mails'), READERS);
    await compare('mails', rounds, line, {
      bare: ['nodemailer, the same pool and message', 'bare-mail', mailUrl],
      ours: ['drawbell, from the outbox to settled', 'deliver', mailUrl],
      prepared: fileOf('mails'),
      used: fileOf('used'),
    });
    await runPart('endpoints', fileOf('posts'), receivers.answer.urls.join());
    await compare('webhooks', rounds, line, {
      bare: ['undici, the same number at a time, signed', 'bare-posts', ''],
      ours: ['drawbell, from the outbox to settled', 'deliver', ''],
      prepared: fileOf('posts'),
      used: fileOf('used'),
    });
  }).finally(receivers.end);
}

export async function benchMemory(line: Line): Promise<void> {
  await withMailServer(async (mailUrl, fileOf) => {
    line('\nMemory of "drawbell run" while it hands mails over', 'mails', 'a second', '', 'memory');
    for (const readers of [FEW, MANY]) {
      await queueMails(fileOf('memory'), readers);
      const { sent, milliseconds, megabytes } = await runWhole(fileOf('memory'), mailUrl);
      line('', String(sent), (sent / (milliseconds / 1000)).toFixed(0), '', `${megabytes.toFixed(0)} MB`);
      rmSync(fileOf('memory'));
    }
  });
}

/** With a folder for databases, by their names. */
async function withMailServer(
  work: (mailUrl: string, fileOf: (name: string) => string) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'drawbell-bench-'));
  const mail = await serve<{ url: string }>('mail-server');
  try {
    await work(mail.answer.url, (name) => path.join(folder, `${name}.db`));
  } finally {
    mail.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

type Variant = [title: string, part: string, argument: string];

async function compare(
  what: string,
  rounds: number,
  line: Line,
  { bare, ours, prepared, used }: { bare: Variant; ours: Variant; prepared: string; used: string },
): Promise<void> {
  const samples: Record<'bare' | 'ours', Handed[]> = { bare: [], ours: [] };
  // Taken in turns, so that a noisy moment falls on both.
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, [, part, argument]] of Object.entries({ bare, ours }) as ['bare' | 'ours', Variant][]) {
      copyFileSync(prepared, used);
      samples[name].push(await runPart(part, used, argument));
      rmSync(`${used}-wal`, { force: true });
    }
  }
  const ratios = samples.ours.map(
    ({ milliseconds }, index) => (samples.bare[index] as Handed).milliseconds / milliseconds,
  );
  line(
    `\n${samples.ours[0]?.count} ${what} (${rounds} of each, in turns)`,
    'a second',
    'most',
    'ratio',
    'memory',
  );
  for (const [name, [title]] of Object.entries({ bare, ours }) as ['bare' | 'ours', Variant][]) {
    const rates = samples[name].map(({ count, milliseconds }) => count / (milliseconds / 1000));
    line(
      title,
      median(rates).toFixed(0),
      Math.max(...rates).toFixed(0),
      name === 'bare' ? '1.0' : median(ratios).toFixed(2),
      `${Math.max(...samples[name].map(({ megabytes }) => megabytes)).toFixed(0)} MB`,
    );
  }
}

/** A database in which a draw is queued for these readers. */
async function queueMails(database: string, readers: number): Promise<void> {
  for (const args of [
    ['prepare', database, String(readers)],
    ['match', database, '297 returned'],
  ]) {
    const { code } = await runMeasured([MATCHING, ...args]);
    if (code !== 0) throw new Error(`${args[0]} ended with ${code}`);
  }
}

async function runPart(part: string, database: string, argument: string): Promise<Handed> {
  const { code, stdout, megabytes } = await runMeasured([PART, part, database, argument]);
  if (code !== 0) throw new Error(`${part} ended with ${code}`);
  return { ...JSON.parse(stdout), megabytes };
}

/** The command as it is, with nothing to be had from the source. */
async function runWhole(
  database: string,
  smtpUrl: string,
): Promise<{ sent: number; milliseconds: number; megabytes: number }> {
  const site = await openHttpServer((_request, response) =>
    response.writeHead(503, { 'retry-after': '86400' }).end(),
  );
  const env = {
    ...process.env,
    DRAWBELL_DATABASE: database,
    DRAWBELL_HISTORY: 'none',
    DRAWBELL_SMTP_URL: smtpUrl,
    DRAWBELL_MAIL_FROM: 'drawbell <bell@example.org>',
    DRAWBELL_IRCC_URL: `${site.origin}/feed.json`,
    DRAWBELL_IRCC_PAGE_URL: site.origin,
    DRAWBELL_BROWSER: '/nowhere/chromium',
    DRAWBELL_BACKUPS: '0',
  };
  try {
    const { stdout, milliseconds, megabytes } = await runMeasured(
      [here('../../src/cli.ts'), 'run', '--json', '--now', '2026-07-11T01:00:00Z'],
      { env },
    );
    return { sent: JSON.parse(stdout).notices.sent, milliseconds, megabytes };
  } finally {
    await site.close();
  }
}

/** A server as a process of its own, so that it takes no time of whoever is measured. */
async function serve<Answer>(...args: string[]): Promise<{ answer: Answer; end(): void }> {
  const child = spawn(process.execPath, [PART, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const answer = await new Promise<Answer>((resolve, reject) => {
    child.once('exit', () => reject(new Error(`${args[0]} did not start`)));
    child.stdout.once('data', (text) => resolve(JSON.parse(String(text))));
  });
  return { answer, end: () => child.stdin.end() };
}
