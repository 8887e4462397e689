// `drawbell job`: one run without a server, its state on a branch of a git repository.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Command } from 'commander';
import { InputError } from '../errors.ts';
import { type Branch, openBranch } from '../git/branch.ts';
import { type Inputs, type Place, readInputs, readPlaceAlone, runnerFiles } from '../job/inputs.ts';
import { runJob } from '../job/job.ts';
import { alarmsOf, exitCodeOf, messagesOf, outputsOf, wentWrong } from '../job/outcome.ts';
import { openRunner, type Runner } from '../job/runner.ts';
import { EXIT } from './exit.ts';
import { print, printJson } from './output.ts';

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;
/** With the pause of a look it stays within its minute. */
const LATEST_SECOND = 50;

export function makeCommand(): Command {
  return new Command('job')
    .option('--site <folder>', 'write the pages of what is remembered there, and do nothing else')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      '\nIt reads the environment of GitHub Actions: docs/github-actions.md says how to set one up.',
    )
    .action(async ({ site, json }: { site?: string; json?: true }) => {
      // Standard output is for the answer; the runner reads both for what is to stand out.
      const runner = openRunner(runnerFiles(process.env), (text) => process.stderr.write(text));
      try {
        process.exitCode = await (site === undefined ? job(runner, json) : pages(site, json));
      } catch (error) {
        for (const message of messagesOf([error])) runner.error(message);
        runner.summary(wentWrong([error]));
        process.exitCode = error instanceof InputError ? EXIT.usage : EXIT.fault;
      }
    });
}

async function job(runner: Runner, json: true | undefined): Promise<number> {
  const inputs = await readInputs(process.env, new Date());
  // None of it is for the programs that are started: a browser would get all of it.
  for (const name of Object.keys(process.env)) if (name.startsWith('DRAWBELL_')) delete process.env[name];
  if (inputs.subscribers.length + inputs.webhooks.length === 0)
    runner.notice('There is nobody to tell: neither subscribers nor webhooks are given.');
  const ended = await withBranch(inputs.place, (branch) => run(inputs, branch, runner));
  const { report, faults } = ended;
  for (const alarm of [...messagesOf(faults), ...(await alarmsOf(report))]) runner.error(alarm);
  const outputs = await outputsOf(ended);
  for (const [name, value] of Object.entries(outputs)) runner.output(name, value);
  runner.summary(outputs.summary);
  if (json) printJson({ ...report, siteUrl: undefined, stateUrl: undefined });
  else runner.info(outputs.summary);
  return exitCodeOf(report, faults);
}

async function run(inputs: Inputs, branch: Branch, runner: Runner) {
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  for (const signal of SIGNALS) process.once(signal, stop);
  try {
    return await runJob(inputs, {
      branch,
      now: () => new Date(),
      warn: runner.warning,
      signal: stopping.signal,
      second: Math.floor(Math.random() * LATEST_SECOND),
      pause: (length) => sleep(length, undefined, { signal: stopping.signal }).catch(() => undefined),
    });
  } finally {
    for (const signal of SIGNALS) process.off(signal, stop);
  }
}

/** The pages of what a job remembers; whoever is told of it has nothing to do with them. */
async function pages(folder: string, json: true | undefined): Promise<number> {
  const { writePages } = await import('../job/pages.ts');
  const place = readPlaceAlone(process.env);
  const report = await withBranch(place, (branch) => writePages(folder, branch, place));
  if (json) printJson({ folder, ...report });
  else
    print(`${folder} holds ${report.files} files; ${report.changed} of them are new or other than before.`);
  return EXIT.done;
}

/** With a folder for git to work in that is gone afterwards. */
async function withBranch<Result>(
  { remote, branch, token, folder }: Place,
  work: (branch: Branch) => Promise<Result>,
): Promise<Result> {
  const place = mkdtempSync(path.join(folder || tmpdir(), 'drawbell-'));
  try {
    return await work(
      openBranch({ remote, branch, token, folder: path.join(place, 'state'), environment: process.env }),
    );
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}
