// `drawbell job` as a whole process: what it prints, writes for the runner, and ends with.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildFeed } from '../../src/demo/feed.ts';
import { type OfficialSite, openOfficialSite } from '../../src/demo/official-site.ts';
import { shippedDraw } from '../draw/history.ts';
import { type Closing, type Installation, openInstallation } from '../support/cli.ts';
import { openRepository, type Repository } from '../support/repository.ts';

const DRAWS = [292, 293, 294, 295, 296].map((number) => shippedDraw(number));

interface Job extends Installation {
  site: OfficialSite;
  repository: Repository;
  /** What the runner would read; empty where nothing was written. */
  outputs(): string;
  summary(): string;
}

async function openJob(closing: Closing): Promise<Job> {
  const site = await openOfficialSite(buildFeed(DRAWS));
  closing(() => site.close());
  const repository = openRepository(closing, 'somebody/draws');
  const installation = openInstallation(closing, {
    GITHUB_SERVER_URL: repository.url.replace(/\/somebody\/draws$/, ''),
    GITHUB_REPOSITORY: 'somebody/draws',
    DRAWBELL_IRCC_URL: site.feedUrl,
    DRAWBELL_IRCC_PAGE_URL: site.pageUrl,
    DRAWBELL_HISTORY: 'none',
    DRAWBELL_ALLOW_PRIVATE: '127.0.0.1',
  });
  const { env, folder } = installation;
  const files = { outputs: join(folder, 'outputs'), summary: join(folder, 'summary') };
  Object.assign(env, {
    GITHUB_OUTPUT: files.outputs,
    GITHUB_STEP_SUMMARY: files.summary,
    RUNNER_TEMP: folder,
  });
  const read = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8') : '');
  return {
    ...installation,
    site,
    repository,
    outputs: () => read(files.outputs),
    summary: () => read(files.summary),
  };
}

/** What it leaves for the next step: nothing but what the runner reads. */
const leftIn = ({ folder }: Job) => readdirSync(folder).filter((name) => name.startsWith('drawbell-'));

describe('drawbell job', () => {
  it('with --json prints one JSON document and nothing else on standard output', async ({
    onTestFinished,
  }) => {
    const job = await openJob(onTestFinished);

    const { code, stdout, stderr } = await job.drawbell('job', '--json');

    expect(code).toBe(0);
    expect(stdout.trim().split('\n')).toHaveLength(1);
    expect(stdout).not.toMatch(/siteUrl|stateUrl/);
    expect(JSON.parse(stdout)).toMatchObject({
      firstRun: true,
      sources: [{ id: 'ircc', status: 'changed' }],
      events: [],
    });
    expect(stderr).toBe(
      '::notice title=drawbell::There is nobody to tell: neither subscribers nor webhooks are given.\n',
    );
    expect(job.outputs()).toMatch(/^changed<<(\S+)\ntrue\n\1$/m);
    expect(job.summary()).toContain('first run');
    expect(leftIn(job)).toEqual([]);
  });

  it('without prints nothing on standard output, and its summary as plain lines of the log', async ({
    onTestFinished,
  }) => {
    const job = await openJob(onTestFinished);

    const { stdout, stderr } = await job.drawbell('job');

    expect(stdout).toBe('');
    expect(stderr).toMatch(/^\| .*first run/m);
  });

  it('says in the summary, too, what is wrong with its inputs, and nothing of what is in them', async ({
    onTestFinished,
  }) => {
    const job = await openJob(onTestFinished);
    Object.assign(job.env, {
      DRAWBELL_SUBSCRIBERS: '- email: amina\n  crs: 5220\n',
      DRAWBELL_SECRET: 'hunter2',
    });

    const { code, stdout, stderr } = await job.drawbell('job', '--json');

    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^::error title=drawbell::the inputs cannot be used:%0A/);
    expect(job.summary()).toMatch(/^### What went wrong\n\n- the inputs cannot be used/);
    expect(job.summary()).toMatch(/^ {2}- subscribers.* line 1/m);
    expect(job.summary() + stderr).not.toMatch(/amina|5220|hunter2/);
    expect(job.outputs()).toBe('');
    expect(job.site.asked).toEqual([]);
  });

  it('ends with 1 where the branch cannot be reached, and says so everywhere', async ({ onTestFinished }) => {
    const job = await openJob(onTestFinished);
    job.repository.remove();

    const { code, stderr } = await job.drawbell('job');

    expect(code).toBe(1);
    expect(stderr).toMatch(/^::error title=drawbell::The branch "drawbell-state" could not be read/m);
    expect(job.summary()).toMatch(/^### What went wrong\n\n- The branch "drawbell-state" could not be read/);
    expect(job.outputs()).toMatch(/^changed<<(\S+)\nfalse\n\1$/m);
    expect(leftIn(job)).toEqual([]);
  });

  it('ends with 2 where the state cannot be read, and leaves it as it is', async ({ onTestFinished }) => {
    const job = await openJob(onTestFinished);
    const tip = job.repository.write('drawbell-state', { 'watch.json': '{' });

    const { code, stderr } = await job.drawbell('job');

    expect(code).toBe(2);
    expect(stderr).toMatch(/^::error title=drawbell::.*watch\.json/m);
    expect(job.summary()).toContain('watch.json');
    expect(job.repository.tip('drawbell-state')).toBe(tip);
  });

  it('with --site writes the pages, whatever the inputs of a job would be', async ({ onTestFinished }) => {
    const job = await openJob(onTestFinished);
    await job.drawbell('job');
    const tip = job.repository.tip('drawbell-state');
    Object.assign(job.env, {
      DRAWBELL_SUBSCRIBERS: 'of another job',
      DRAWBELL_SITE_URL: 'https://draws.example.org',
    });

    const { code, stdout } = await job.drawbell('job', '--site', 'pages', '--json');

    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ folder: 'pages', files: expect.any(Number) });
    expect(readFileSync(join(job.folder, 'pages/feeds/en/draws.atom'), 'utf8')).toContain(
      'href="https://draws.example.org/',
    );
    expect(job.repository.tip('drawbell-state')).toBe(tip);
    expect(leftIn(job)).toEqual([]);
  });
});
