// GitHub's runner, imitated: a composite action, step by step, with what its steps find there and nothing else.

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import type { Closing } from './cli.ts';
import { type Contexts, conditionHolds, evaluateText, type Standing } from './runner-expressions.ts';
import { type Annotation, openLog, readPairs } from './runner-words.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url)).replace(/\/$/, '');

export interface RunnerOptions {
  /** The folder of the action; the one at the root of this repository when left out. */
  action?: string;
  /** `OWNER/NAME`. */
  repository?: string;
  /** `schedule`, `workflow_dispatch`, ... */
  eventName?: string;
}

/** A repository at GitHub, and a fresh machine for each of its runs. */
export interface Runner {
  /** The bare repository: the remote of every run. Its `main` holds one empty commit. */
  repository: string;
  /** What `GITHUB_SERVER_URL` is: `file:` and the folder that holds `OWNER/NAME`. */
  serverUrl: string;
  /** Runs the action to its end. */
  run(inputs?: Inputs, options?: RunOptions): Promise<Ran>;
  /** Starts it, to be stopped on the way: at the latest when the test is done. Any number may run at once. */
  start(inputs?: Inputs, options?: RunOptions): RunningAction;
}

/** What stands behind `with:`; the names must be those of the action. */
export type Inputs = Readonly<Record<string, string>>;

export interface RunOptions {
  /** `env:` of the job. */
  env?: Readonly<Record<string, string>>;
  /** Outputs of the actions that the steps use, by their name without the version, beside those known. */
  outputs?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Given each line of the log as it comes; `true`: the machine is gone at once. */
  killAt?: (line: string) => boolean;
}

export interface RunningAction {
  /** The machine is gone: SIGKILL for everything that runs there, and no step comes after. */
  kill(): void;
  /** Somebody cancels the run: SIGINT for the step, as the runner does it, then only steps with `always()`. */
  cancel(): void;
  /** What `find` finds in the lines of the log, looked at again with each that comes. Rejects at the end of the run. */
  sees<Found>(find: (lines: readonly string[]) => Found | undefined): Promise<Found>;
  ended: Promise<Ran>;
}

export interface Ran {
  conclusion: 'success' | 'failure' | 'cancelled' | 'lost';
  /** One for each step of the action, in their order. */
  steps: Step[];
  /** Every output that the action declares; empty where nobody has set it. */
  outputs: Record<string, string>;
  /** The Markdown of all steps. */
  summary: string;
  /** All that was written to standard output and standard error, as written: nothing is masked. */
  log: string[];
  annotations: Annotation[];
  /** The folders of this machine, to see what was left there. */
  machine: Machine;
}

export interface Step {
  id: string | null;
  /** The action that a step uses, and what with; `null` for one that runs. */
  uses: { action: string; with: Record<string, string> } | null;
  conclusion: 'success' | 'failure' | 'cancelled' | 'skipped' | 'lost';
  /** `null`: it did not run, or was killed. */
  exitCode: number | null;
  outputs: Record<string, string>;
}

interface Machine {
  /** `HOME`. */
  home: string;
  /** `GITHUB_WORKSPACE`; empty, as of a workflow that checks nothing out. */
  workspace: string;
  /** `RUNNER_TEMP`. */
  temp: string;
}

/** A step as it is written. */
interface WrittenStep {
  id?: string;
  name?: string;
  if?: string | boolean;
  uses?: string;
  with?: Record<string, unknown>;
  shell?: string;
  env?: Record<string, unknown>;
  run?: string;
}

interface WrittenAction {
  inputs?: Record<string, { default?: unknown }>;
  outputs?: Record<string, { value: string }>;
  runs: { using: string; steps: WrittenStep[] };
}

/** What is not here is refused, rather than passed over. */
const KNOWN_KEYS = ['id', 'name', 'if', 'uses', 'with', 'shell', 'env', 'run'];
/** Node is there, so are the libraries: they are those of this repository. */
const OUTPUTS: RunOptions['outputs'] = { 'actions/setup-node': {}, 'actions/cache': { 'cache-hit': 'true' } };
const LARGEST_SUMMARY = 1_024 * 1_024;

export function openRunner(closing: Closing, options: RunnerOptions = {}): Runner {
  const folder = mkdtempSync(join(tmpdir(), 'drawbell-runner-'));
  const runs = new Set<RunningAction>();
  closing(async () => {
    for (const run of runs) run.kill();
    // Until then they may still write into the folder.
    await Promise.allSettled([...runs].map(({ ended }) => ended));
    rmSync(folder, { recursive: true, force: true });
  });
  const { action = ROOT, repository: name = 'amina/draws', eventName = 'schedule' } = options;
  const served = join(folder, 'server');
  const repository = join(served, name);
  const sha = makeRepository(repository, folder);
  const serverUrl = `file://${served}`;
  let count = 0;

  function start(inputs: Inputs = {}, given: RunOptions = {}): RunningAction {
    count += 1;
    const machine = makeMachine(join(folder, `machine-${count}`));
    const github = { ...facts(name, serverUrl, sha, count), event_name: eventName, action_path: action };
    const run = startAction(action, inputs, given, machine, github);
    runs.add(run);
    const forget = () => runs.delete(run);
    run.ended.then(forget, forget);
    return run;
  }

  return { repository, serverUrl, start, run: (inputs, given) => start(inputs, given).ended };
}

/** Returns the commit that its `main` holds. */
function makeRepository(repository: string, home: string): string {
  mkdirSync(repository, { recursive: true });
  const who = { NAME: 'Amina', EMAIL: 'amina@example.org', DATE: '2024-05-01T12:00:00Z' };
  const env = {
    PATH: process.env.PATH,
    HOME: home,
    GIT_CONFIG_NOSYSTEM: '1',
    ...Object.fromEntries(
      Object.entries(who).flatMap(([key, value]) => [
        [`GIT_AUTHOR_${key}`, value],
        [`GIT_COMMITTER_${key}`, value],
      ]),
    ),
  };
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', repository, ...args], { env, encoding: 'utf8', input: '' }).trim();
  git('init', '--quiet', '--bare', '--initial-branch=main');
  // Of two that push at once the second waits for the first, however long that takes, and is not told of its lock.
  git('config', 'core.filesRefLockTimeout', '60000');
  const commit = git('commit-tree', git('mktree'), '-m', 'Begin');
  git('update-ref', 'refs/heads/main', commit);
  return commit;
}

function makeMachine(folder: string): Machine {
  const machine = { home: join(folder, 'home'), workspace: join(folder, 'work'), temp: join(folder, 'temp') };
  for (const each of Object.values(machine)) mkdirSync(each, { recursive: true });
  mkdirSync(join(machine.temp, '_runner_file_commands'));
  return machine;
}

/** What the runner tells its steps about a run; `github.server_url` is `GITHUB_SERVER_URL`, and so on. */
function facts(repository: string, serverUrl: string, sha: string, count: number) {
  return {
    action: '__run',
    actor: 'amina',
    actor_id: '1001',
    api_url: 'https://api.github.com',
    graphql_url: 'https://api.github.com/graphql',
    base_ref: '',
    head_ref: '',
    job: 'watch',
    ref: 'refs/heads/main',
    ref_name: 'main',
    ref_protected: 'false',
    ref_type: 'branch',
    repository,
    repository_id: '2002',
    repository_owner: repository.split('/')[0] ?? '',
    repository_owner_id: '1001',
    retention_days: '90',
    run_attempt: '1',
    run_id: String(9_000_000_000 + count),
    run_number: String(count),
    server_url: serverUrl,
    sha,
    triggering_actor: 'amina',
    workflow: 'watch',
    workflow_ref: `${repository}/.github/workflows/watch.yml@refs/heads/main`,
    workflow_sha: sha,
  };
}

function startAction(
  folder: string,
  given: Inputs,
  { env: jobEnv = {}, outputs: known = {}, killAt = () => false }: RunOptions,
  machine: Machine,
  run: Record<string, string>,
): RunningAction {
  const action = readAction(folder);
  const log = openLog();
  const eventPath = join(machine.temp, 'event.json');
  writeFileSync(eventPath, JSON.stringify({ repository: { full_name: run.repository } }));
  const github: Record<string, string> = {
    ...run,
    workspace: machine.workspace,
    event_path: eventPath,
    token: 'ghs_of_this_run',
  };
  const runner = {
    os: 'Linux',
    arch: 'X64',
    name: 'GitHub Actions 1',
    environment: 'github-hosted',
    temp: machine.temp,
    tool_cache: join(machine.home, 'tools'),
  };
  const inputs = inputsOf(action, given, { github });
  const steps: Step[] = [];
  const summaries: string[] = [];
  const variables: Record<string, string> = {};
  const paths: string[] = [];
  const standing: Standing = { failed: false, cancelled: false };
  let lost = false;
  const children: ChildProcess[] = [];

  function kill() {
    lost = true;
    killAll(children);
  }

  log.watch((line) => {
    if (killAt(line)) kill();
  });

  function contextsOf(step: WrittenStep) {
    const env: Record<string, string> = { ...jobEnv, ...variables };
    const contexts: Contexts = { github, inputs, runner, env, steps: stepsContext(steps) };
    for (const [name, value] of Object.entries(step.env ?? {}))
      env[name] = evaluateText(String(value), contexts);
    return { contexts, env };
  }

  async function takeStep(written: WrittenStep): Promise<Step> {
    const id = written.id ?? null;
    const { contexts, env } = contextsOf(written);
    const none = { id, uses: null, exitCode: null, outputs: {} };
    if (!conditionHolds(written.if, contexts, standing)) return { ...none, conclusion: 'skipped' };
    if (written.uses !== undefined) {
      const outputs = { ...OUTPUTS, ...known }[written.uses.replace(/@.*/, '')];
      if (outputs === undefined)
        throw new Error(`the runner of the tests knows no outputs of ${written.uses}`);
      const used = Object.entries(written.with ?? {}).map(([name, value]) => [
        name,
        evaluateText(String(value), contexts),
      ]);
      const uses = { action: written.uses, with: Object.fromEntries(used) };
      return { ...none, uses, conclusion: 'success', outputs: { ...outputs } };
    }
    const files = makeFiles(machine.temp, steps.length);
    const exitCode = await runScript(written, {
      ...env,
      ...environment(github, runner, machine, files, paths),
    });
    if (lost) return { ...none, conclusion: 'lost' };
    // Also what a step says that failed.
    const outputs = takeFiles(files);
    const right = exitCode === 0 && outputs !== null;
    const conclusion = standing.cancelled ? 'cancelled' : right ? 'success' : 'failure';
    return { ...none, conclusion, exitCode, outputs: outputs ?? {} };
  }

  /** The outputs; `null`, and an annotation, where a file is not as it must be. */
  function takeFiles(files: Files): Record<string, string> | null {
    const read = (file: string) => readFileSync(file, 'utf8');
    const summary = read(files.step_summary);
    if (Buffer.byteLength(summary) <= LARGEST_SUMMARY) summaries.push(summary);
    else
      log.annotate(
        'error',
        `expected a summary of at most ${LARGEST_SUMMARY} bytes, so nobody sees this one`,
      );
    paths.unshift(...read(files.path).split('\n').filter(Boolean).reverse());
    try {
      Object.assign(variables, readPairs(read(files.env)));
      return readPairs(read(files.output));
    } catch (error) {
      log.annotate('error', `unable to process file command: ${String(error)}`);
      return null;
    }
  }

  /** `null`: it was killed. */
  function runScript(
    { run: script = '', shell }: WrittenStep,
    env: Record<string, string>,
  ): Promise<number | null> {
    if (shell !== 'bash') throw new Error(`the runner of the tests knows the shell bash, not ${shell}`);
    const file = join(machine.temp, `step-${steps.length}.sh`);
    writeFileSync(file, script);
    const started = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', file], {
      cwd: machine.workspace,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    children.push(started);
    log.read(started.stdout);
    log.read(started.stderr);
    return new Promise((resolve, reject) => {
      started.on('error', reject);
      started.on('close', (code) => resolve(code));
    });
  }

  async function takeSteps(): Promise<Ran> {
    for (const written of action.runs.steps) {
      const step = lost ? null : await takeStep(written);
      if (step === null) break;
      steps.push(step);
      if (step.conclusion === 'failure') standing.failed = true;
    }
    const all = { github, inputs, runner, env: {}, steps: stepsContext(steps) };
    const outputs = Object.entries(action.outputs ?? {}).map(([name, { value }]) => [
      name,
      evaluateText(value, all),
    ]);
    return {
      conclusion: lost ? 'lost' : standing.cancelled ? 'cancelled' : standing.failed ? 'failure' : 'success',
      steps,
      // Nobody hears of what a machine that is gone has found.
      outputs: lost ? {} : Object.fromEntries(outputs),
      summary: lost ? '' : summaries.join(''),
      log: log.lines,
      annotations: log.annotations,
      machine,
    };
  }

  const ended = takeSteps().finally(() => {
    // What a step has left running ends with the job.
    killAll(children);
    log.end();
  });
  return {
    kill,
    cancel() {
      standing.cancelled = true;
      children.at(-1)?.kill('SIGINT');
    },
    sees: log.sees,
    ended,
  };
}

/** With everything they have started: each step is the first of a group. */
function killAll(children: readonly ChildProcess[]): void {
  for (const { pid } of children) {
    try {
      if (pid !== undefined) process.kill(-pid, 'SIGKILL');
    } catch {
      // Nobody of the group is there any more.
    }
  }
}

function readAction(folder: string): WrittenAction {
  const action: WrittenAction = parse(readFileSync(join(folder, 'action.yml'), 'utf8'));
  if (action.runs.using !== 'composite') throw new Error(`${folder}: expected a composite action`);
  const strange = action.runs.steps
    .flatMap((step) => Object.keys(step))
    .filter((key) => !KNOWN_KEYS.includes(key));
  if (strange.length > 0)
    throw new Error(`${folder}: the runner of the tests knows no ${strange.join(', ')}`);
  return action;
}

/** As the steps find them; those that are left out have their defaults, and are empty where there is none. */
function inputsOf(action: WrittenAction, given: Inputs, contexts: Contexts): Record<string, string> {
  const declared = action.inputs ?? {};
  const strange = Object.keys(given).filter((name) => !(name in declared));
  if (strange.length > 0) throw new Error(`the action has no input ${strange.join(', ')}`);
  const defaults = Object.entries(declared).map(([name, { default: value = '' }]) => [
    name,
    evaluateText(String(value), contexts),
  ]);
  return { ...Object.fromEntries(defaults), ...given };
}

function stepsContext(steps: readonly Step[]): Record<string, unknown> {
  const named = steps.filter(({ id }) => id !== null);
  return Object.fromEntries(
    named.map(({ id, outputs, conclusion }) => [id, { outputs, conclusion, outcome: conclusion }]),
  );
}

type Files = Record<'output' | 'step_summary' | 'env' | 'path' | 'state', string>;

/** Each step has its own. */
function makeFiles(temp: string, step: number): Files {
  const name = (kind: string) => join(temp, '_runner_file_commands', `${kind}_${step}`);
  const files = {
    output: name('set_output'),
    step_summary: name('step_summary'),
    env: name('set_env'),
    path: name('add_path'),
    state: name('save_state'),
  };
  for (const file of Object.values(files)) writeFileSync(file, '');
  return files;
}

/** What the runner puts into the environment of a step, beside what the workflow and the action do. */
function environment(
  { token: _, ...github }: Record<string, string>,
  runner: Record<string, string>,
  machine: Machine,
  files: Files,
  paths: readonly string[],
): Record<string, string> {
  const named = (prefix: string, values: Record<string, string>) =>
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [`${prefix}_${name.toUpperCase()}`, value]),
    );
  return {
    // As `setup-node` would have it; git comes from this machine.
    PATH: [...paths, join(ROOT, 'node_modules/.bin'), process.env.PATH].join(':'),
    HOME: machine.home,
    LANG: 'C.UTF-8',
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    ...named('GITHUB', { ...github, ...files }),
    ...named('RUNNER', runner),
  };
}
