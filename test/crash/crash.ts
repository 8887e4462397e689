// `npm run crash`: the program killed, out of disk, locked out and set back in time; what it promises is counted.

import { parseArgs } from 'node:util';
import type { Closing } from '../support/cli.ts';
import { setTheClockBack } from './clock.ts';
import { fillTheDisk } from './full-disk.ts';
import { killJobs } from './jobs.ts';
import { killAndKillAgain } from './kills.ts';
import { killWhoServes } from './letters.ts';
import type { Outcome } from './lives.ts';
import { lockTheDatabase } from './locked.ts';
import type { Size } from './stage.ts';

const USAGE = 'node test/crash/crash.ts [--kills 40] [--notices 2000] [--endpoints 50] [--seed N]';
/** How long another process locks the database, and how long the disk is full when it is for a moment. */
const HOLD = 10_000;
const MOMENT = 3_000;

const { kills, ...size } = readArguments();
line(`Three to five minutes. Seed ${size.seed}.\n`);
line('', 'kills', 'notices', 'lost', 'repeated', 'at once', 'in flight');
const outcomes = [
  await show('killed, drawbell run', (closing) => killAndKillAgain(closing, size, kills, 'run')),
  await show('killed, drawbell watch', (closing) =>
    killAndKillAgain(closing, lesser(size), Math.ceil(kills / 4), 'watch'),
  ),
  await show('killed, drawbell serve, while people sign up', (closing) =>
    killWhoServes(closing, { signUps: 10 * kills, seed: size.seed }, Math.ceil(kills / 4)),
  ),
  await show('killed, drawbell job, also two at once', (closing) =>
    killJobs(closing, lesser(size), Math.ceil(kills / 4)),
  ),
  await show('the disk full', (closing) => fillTheDisk(closing, lesser(size), MOMENT)),
  await show(`the database locked for ${HOLD / 1_000} s`, (closing) =>
    lockTheDatabase(closing, lesser(size), HOLD),
  ),
  await show('the clock set back an hour', (closing) => setTheClockBack(closing, lesser(size))),
];
line('\nAt once: the most repeats that one end of the program gave rise to; in flight: the most at one end.');
const broken = outcomes.some((outcome) => outcome !== null && outcome.broken.length > 0);
line(broken ? 'Promises were broken.' : 'Every promise was kept.');
process.exitCode = broken ? 1 : 0;

async function show(
  title: string,
  play: (closing: Closing) => Promise<(Outcome & { how?: string }) | null>,
): Promise<Outcome | null> {
  const closers: (() => void | Promise<void>)[] = [];
  try {
    const outcome = await play((close) => closers.push(close));
    if (!outcome) {
      line(`${title}: skipped, no disk can be made full here`);
      return null;
    }
    const { how, notices, lost, repeated, mostRepeated, mostInFlight } = outcome;
    line(
      how ? `${title} (${how})` : title,
      ...[outcome.kills, notices, lost, repeated, mostRepeated, mostInFlight].map(String),
    );
    for (const fault of outcome.broken) line(`  BROKEN  ${fault}`);
    return outcome;
  } finally {
    for (const close of closers.reverse()) await close();
  }
}

/** What the number of kills does not hang on is shown with fewer notices. */
function lesser({ notices, ...others }: Size): Size {
  return { ...others, notices: Math.ceil(notices / 2) };
}

function readArguments(): Size & { kills: number } {
  const numbers = { kills: 40, notices: 2_000, endpoints: 50, seed: 1 };
  const names = Object.keys(numbers) as (keyof typeof numbers)[];
  try {
    const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
    const { values } = parseArgs({ options });
    for (const name of names) {
      const text = String(values[name] ?? numbers[name]);
      if (!/^[1-9]\d{0,5}$/.test(text)) throw new Error(`--${name}: expected a number from 1 to 999999`);
      numbers[name] = Number(text);
    }
    return numbers;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\nusage: ${USAGE}\n`);
    process.exit(2);
  }
}

function line(title: string, ...cells: string[]): void {
  process.stdout.write(`${title.padEnd(46)}${cells.map((cell) => cell.padStart(10)).join('')}\n`);
}
