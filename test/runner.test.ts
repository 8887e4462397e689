// The imitation of the runner keeps to what GitHub's does.

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { openRunner, type Runner } from './support/runner.ts';
import { readCommand, readPairs } from './support/runner-words.ts';

/** A runner for an action of these steps; the lines of YAML stand below `steps:`. */
function openFor(steps: string, rest = ''): Runner {
  const action = mkdtempSync(join(tmpdir(), 'drawbell-action-'));
  onTestFinished(() => rmSync(action, { recursive: true }));
  writeFileSync(
    join(action, 'action.yml'),
    `name: small\n${rest}runs:\n  using: composite\n  steps:\n${steps}`,
  );
  return openRunner(onTestFinished, { action });
}

/** An expression, as it stands in an action. */
function of(expression: string): string {
  return `\${{ ${expression} }}`;
}

/** A step that runs these lines. */
function bash(lines: string, more = ''): string {
  const script = lines.split('\n').map((line) => `        ${line}\n`);
  return `    - shell: bash\n${more}      run: |\n${script.join('')}`;
}

describe('a run', () => {
  it('takes outputs and the summary from files, and evaluates what the action gives back', async () => {
    const [one, text, none] = ['a.outputs.one', 'b.outputs.text', 'a.outputs.none'].map((name) =>
      of(`steps.${name}`),
    );
    const outputs = `outputs:\n  one: { value: '${one}' }\n  both: { value: '${one}/${text}' }\n  none: { value: '${none}' }\n`;
    const runner = openFor(
      bash('echo one=1 >> "$GITHUB_OUTPUT"\necho "# One" >> "$GITHUB_STEP_SUMMARY"', '      id: a\n') +
        bash(
          'printf "text<<END\\nx=1\\n\\ny<<z\\nEND\\n" >> "$GITHUB_OUTPUT"\necho two >> "$GITHUB_STEP_SUMMARY"',
          '      id: b\n',
        ),
      outputs,
    );

    const ran = await runner.run();

    expect(ran).toMatchObject({ conclusion: 'success', summary: '# One\ntwo\n' });
    expect(ran.outputs).toEqual({ one: '1', both: '1/x=1\n\ny<<z', none: '' });
    expect(ran.steps.map(({ id, exitCode }) => [id, exitCode])).toEqual([
      ['a', 0],
      ['b', 0],
    ]);
  });

  it('is over where a step fails, but for the steps that ask how it stands', async () => {
    const runner = openFor(
      bash('false | cat\necho not reached') +
        bash('echo skipped') +
        bash('echo skipped', "      if: runner.os == 'Linux'\n") +
        bash('echo always', '      if: always()\n') +
        bash('echo failure', `      if: ${of('failure()')}\n`),
    );

    const { conclusion, steps, log } = await runner.run();

    expect(conclusion).toBe('failure');
    expect(steps.map(({ conclusion: each }) => each)).toEqual([
      'failure',
      'skipped',
      'skipped',
      'success',
      'success',
    ]);
    expect(steps[0]?.exitCode).toBe(1);
    expect(log).toEqual(['always', 'failure']);
  });

  it('keeps what a failing step has said', async () => {
    const runner = openFor(
      bash('echo changed=true >> "$GITHUB_OUTPUT"\nexit 3', '      id: a\n'),
      `outputs:\n  changed: { value: '${of('steps.a.outputs.changed')}' }\n`,
    );

    const { conclusion, outputs, steps } = await runner.run();

    expect({ conclusion, outputs, code: steps[0]?.exitCode }).toEqual({
      conclusion: 'failure',
      outputs: { changed: 'true' },
      code: 3,
    });
  });

  it('fails a step whose outputs it cannot read', async () => {
    const runner = openFor(bash('printf "text<<END\\nno end\\n" >> "$GITHUB_OUTPUT"'));

    const { conclusion, annotations } = await runner.run();

    expect(conclusion).toBe('failure');
    expect(annotations).toMatchObject([{ level: 'error', message: expect.stringContaining('END') }]);
  });

  it('gives defaults to inputs that are left out, and not to those that are empty', async () => {
    const inputs = `inputs:\n  a: { default: '${of('github.repository')}' }\n  b: { default: 'b' }\n  c: {}\n  d: { default: 'd' }\n`;
    const all = ['a', 'b', 'c', 'd'].map((name) => of(`inputs.${name}`)).join('|');
    const runner = openFor(bash('echo "$ALL"', `      env:\n        ALL: '${all}'\n`), inputs);

    const { log } = await runner.run({ b: '', d: 'x "$(whoami)' });

    expect(log).toEqual(['amina/draws|||x "$(whoami)']);
    expect(() => runner.start({ e: '1' })).toThrow('no input e');
  });

  it('knows what the actions do that its steps use', async () => {
    const runner = openFor(
      `    - id: cache\n      uses: actions/cache@v4\n      with: { path: '${of('runner.temp')}/x' }\n` +
        bash('echo missed', "      if: steps.cache.outputs.cache-hit != 'true'\n"),
    );

    const hit = await runner.run();
    const missed = await runner.run({}, { outputs: { 'actions/cache': {} } });

    expect(hit.log).toEqual([]);
    expect(hit.steps[0]?.uses).toEqual({
      action: 'actions/cache@v4',
      with: { path: `${hit.machine.temp}/x` },
    });
    expect(missed.log).toEqual(['missed']);
  });

  it('refuses an action that does more than it can imitate', () => {
    expect(() => openFor(bash('true', '      continue-on-error: true\n')).start()).toThrow(
      'continue-on-error',
    );
  });
});

describe('the environment', () => {
  it('is that of a runner, with nothing of whoever runs the tests', async () => {
    process.env.DRAWBELL_OF_OURS = 'ours';
    onTestFinished(() => {
      delete process.env.DRAWBELL_OF_OURS;
    });
    const runner = openFor(bash('env\necho "PWD is $PWD"\nnode --version\ngit --version'));

    const { log, machine } = await runner.run({}, { env: { OF_THE_JOB: 'a b' } });

    const values = Object.fromEntries(log.map((line) => line.split(/=(.*)/s, 2)));
    expect(values).toMatchObject({
      OF_THE_JOB: 'a b',
      GITHUB_ACTIONS: 'true',
      GITHUB_SERVER_URL: runner.serverUrl,
      GITHUB_REPOSITORY: 'amina/draws',
      GITHUB_EVENT_NAME: 'schedule',
      GITHUB_RUN_ID: '9000000001',
      RUNNER_TEMP: machine.temp,
      HOME: machine.home,
    });
    expect(`${values.GITHUB_SERVER_URL}/${values.GITHUB_REPOSITORY}`).toBe(`file://${runner.repository}`);
    expect(Object.keys(values).filter((name) => /TOKEN|OF_OURS|VITEST|^NODE|^npm/.test(name))).toEqual([]);
    expect(log).toContain(`PWD is ${machine.workspace}`);
    expect(log.join('\n')).toMatch(/^v24\./m);
    expect(log.join('\n')).toMatch(/^git version /m);
  });

  it('is added to by files, for the steps that follow', async () => {
    const runner = openFor(
      bash('echo MORE=1 >> "$GITHUB_ENV"\necho "$RUNNER_TEMP/bin" >> "$GITHUB_PATH"\necho "first:$MORE"') +
        bash('echo "second:$MORE"\necho "$PATH"'),
    );

    const { log, machine } = await runner.run();

    expect(log.slice(0, 2)).toEqual(['first:', 'second:1']);
    expect(log[2]?.startsWith(`${machine.temp}/bin:`)).toBe(true);
  });

  it('is a fresh machine for each run, and one repository for all', async () => {
    const clone = 'git clone --quiet "$GITHUB_SERVER_URL/$GITHUB_REPOSITORY" here\ncd here';
    const runner = openFor(
      bash(
        `${clone}\nls\nls -A "$HOME"\ntouch "$HOME/left"\necho "$GITHUB_RUN_NUMBER" > "run-$GITHUB_RUN_NUMBER"\ngit add .\n` +
          'git -c user.name=a -c user.email=a@example.org commit --quiet -m more\ngit push --quiet origin main',
      ),
    );

    const [first, second] = [await runner.run(), await runner.run()];

    expect([first.log, second.log]).toEqual([[], ['run-1']]);
    expect(first.machine.home).not.toBe(second.machine.home);
  });
});

describe('stopping it', () => {
  /** Says its process, and then waits for longer than any test. */
  const waiting =
    bash('sleep 600 &\necho "$!" > "$RUNNER_TEMP/child"\necho waiting\nwait') +
    bash('echo after', '      if: always()\n');

  function isThere(pid: number): boolean {
    try {
      process.kill(pid, 0);
      // A process that nobody has waited for yet is still listed.
      return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
    } catch {
      return false;
    }
  }

  it('at a line of the log: everything is gone, and no step comes after', async () => {
    const runner = openFor(waiting, "outputs:\n  one: { value: '1' }\n");

    const ran = await runner.run({}, { killAt: (line) => line === 'waiting' });

    const child = Number(readFileSync(join(ran.machine.temp, 'child'), 'utf8'));
    expect(ran).toMatchObject({ conclusion: 'lost', log: ['waiting'], summary: '' });
    expect(ran.outputs).toEqual({});
    expect(ran.steps.map(({ conclusion, exitCode }) => [conclusion, exitCode])).toEqual([['lost', null]]);
    // Whoever is killed lets go of the log a moment before it is gone.
    await vi.waitFor(() => expect(isThere(child)).toBe(false), { timeout: 10_000 });
  });

  it('by hand, when something was seen', async () => {
    const run = openFor(waiting).start();

    expect(await run.sees((lines) => lines.find((line) => line.startsWith('wait')))).toBe('waiting');
    run.kill();

    expect((await run.ended).conclusion).toBe('lost');
    await expect(run.sees((lines) => lines.find((line) => line === 'never'))).rejects.toThrow('ended before');
  });

  it('by cancelling: the step hears of it, and what is always done is done', async () => {
    const run = openFor(
      bash(
        "exec node -e \"process.on('SIGINT', () => process.exit(7)); setInterval(() => {}, 1000); console.log('ready')\"",
      ) +
        bash('echo skipped') +
        bash('echo always', '      if: always()\n'),
    ).start();

    await run.sees((lines) => lines.includes('ready') || undefined);
    run.cancel();
    const { conclusion, steps, log } = await run.ended;

    expect(conclusion).toBe('cancelled');
    expect(steps.map((step) => [step.conclusion, step.exitCode])).toEqual([
      ['cancelled', 7],
      ['skipped', null],
      ['cancelled', 0],
    ]);
    expect(log).toEqual(['ready', 'always']);
  });

  it('with the test: nothing is left running, nor on the disk', async () => {
    const closings: (() => void | Promise<void>)[] = [];
    const action = mkdtempSync(join(tmpdir(), 'drawbell-action-'));
    onTestFinished(() => rmSync(action, { recursive: true }));
    writeFileSync(join(action, 'action.yml'), `runs:\n  using: composite\n  steps:\n${waiting}`);
    const runner = openRunner((close) => void closings.push(close), { action });
    const run = runner.start();
    await run.sees((lines) => lines.includes('waiting') || undefined);

    for (const close of closings) await close();

    expect((await run.ended).conclusion).toBe('lost');
    expect(existsSync(runner.repository)).toBe(false);
  });
});

describe('the log', () => {
  it('is of both streams, and its annotations are read wherever they stand', async () => {
    const runner = openFor(
      bash(
        "echo '::error title=a%3Ab%2Cc,file=x.ts::one%0Atwo: 100%25, 3'\necho '  ::warning::careful' >&2\n" +
          "echo 'said ::error::not at the beginning'\necho 'old ##[error]anywhere'\necho '::strange::no command'\nprintf 'no end'",
      ),
    );

    const { log, annotations } = await runner.run();

    expect(log).toContain('no end');
    expect(annotations.toSorted((a, b) => a.message.localeCompare(b.message))).toEqual([
      { level: 'error', title: null, message: 'anywhere' },
      { level: 'warning', title: null, message: 'careful' },
      { level: 'error', title: 'a:b,c', message: 'one\ntwo: 100%, 3' },
    ]);
  });

  it('obeys no line while commands are stopped', async () => {
    const runner = openFor(
      bash("echo '::stop-commands::word'\necho '::error::stopped'\necho '::word::'\necho '::error::heard'"),
    );

    const { annotations } = await runner.run();

    expect(annotations.map(({ message }) => message)).toEqual(['heard']);
  });

  it('unescapes once', () => {
    expect(readCommand('::notice title=%253A::%250A')).toEqual({
      command: 'notice',
      properties: { title: '%3A' },
      message: '%0A',
    });
  });
});

describe('the files', () => {
  it.each([
    ['a=1\nb=2=3\n\nc=\n', { a: '1', b: '2=3', c: '' }],
    ['a<<E\nE\nb<<E\nx\nE\n', { a: '', b: 'x' }],
    ['a=x<<y\n', { a: 'x<<y' }],
    ['a=1\na=2', { a: '2' }],
  ])('hold %j', (text, pairs) => {
    expect(readPairs(text)).toEqual(pairs);
  });

  it.each(['a', '=1', '<<E\nE', 'a<<', 'a<<E\nx\n'])('cannot hold %j', (text) => {
    expect(() => readPairs(text)).toThrow();
  });
});
