// The action as a repository runs it: step by step, on machines that are new each time and leave nothing but a branch.

import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildFeed } from '../src/demo/feed.ts';
import { type MailServer, openMailServer } from '../src/demo/mail-server.ts';
import { type OfficialSite, openOfficialSite } from '../src/demo/official-site.ts';
import { openReceiver, type Receiver } from '../src/demo/receiver.ts';
import { shippedDraw, shippedDraws } from './draw/history.ts';
import type { Closing } from './support/cli.ts';
import { clockAt } from './support/clock.ts';
import { type Inputs, openRunner, type Ran, type Runner } from './support/runner.ts';

/** Back to the last draw of the type that returned with #297. */
const BEFORE = shippedDraws().filter(({ number }) => Number(number) >= 204 && Number(number) < 297);
const WITH_297 = [...BEFORE, shippedDraw(297)];
const DAY_BEFORE = '2024-05-30T21:00:00Z';
const THAT_DAY = '2024-05-31T17:00:00Z';
/** When whatever a machine had in hand that is gone is due again. */
const LATER = '2024-05-31T17:10:00Z';

const TEAM_SECRET = 'whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz';
const SECRET = 'a secret of this repository';
const PEOPLE = `
- { email: amina@example.org, crs: 522, programs: [cec], profileSubmittedAt: 2024-03-19T18:58:57Z }
- { email: bruno@example.org, crs: 1163, nominated: true, programs: [cec], profileSubmittedAt: 2023-12-01, locale: fr }
- { email: chen@example.org, crs: 499, programs: [cec], profileSubmittedAt: 2023-12-01, notify: [invited] }
`;
/** What nobody may ever find anywhere but in the messages themselves. */
const PRIVATE = /amina@|bruno@|chen@|operator@|\b1163\b|hunter2|hooks\/draws|whsec_|a secret of this/i;

interface World {
  site: OfficialSite;
  mail: MailServer;
  team: Receiver;
  runner: Runner;
  inputs: Record<string, string>;
  publish(): void;
  run(at: string, inputs?: Inputs): Promise<Ran>;
  start(at: string, inputs?: Inputs): ReturnType<Runner['start']>;
  git(...args: string[]): string;
  /** What the branch says became of each notice, as `email sent`. */
  ledger(): string[];
  /** Whom mails came to. */
  mailed(): string[];
  hook(script: string | null): void;
}

async function openWorld(closing: Closing): Promise<World> {
  const site = await openOfficialSite(buildFeed(BEFORE));
  const mail = await openMailServer({
    allowInsecureAuth: true,
    onAuth: ({ username }, _session, done) => done(null, { user: username }),
  });
  const team = await openReceiver();
  const runner = openRunner(closing, { repository: 'amina/draws' });
  closing(async () => {
    await Promise.all([site.close(), mail.close(), team.close()]);
  });
  const inputs = {
    subscribers: PEOPLE,
    webhooks: `- { url: "${team.url}", secret: ${TEAM_SECRET} }`,
    'smtp-url': mail.url.replace('smtp://', 'smtp://bell:hunter2@'),
    'mail-from': 'Draws <bell@example.org>',
    sender: 'Amina, 1 Example Street, Ottawa',
    secret: SECRET,
    operator: 'mailto:operator@example.org',
  };
  const env = (at: string) => ({
    ...clockAt(at),
    DRAWBELL_IRCC_URL: site.feedUrl,
    DRAWBELL_IRCC_PAGE_URL: site.pageUrl,
    DRAWBELL_HISTORY: 'none',
    DRAWBELL_ALLOW_PRIVATE: '127.0.0.1',
  });
  const git = (...args: string[]) =>
    execFileSync('git', ['--git-dir', runner.repository, ...args], { encoding: 'utf8' });
  const start: World['start'] = (at, more = {}) => runner.start({ ...inputs, ...more }, { env: env(at) });
  return {
    site,
    mail,
    team,
    runner,
    inputs,
    publish: () => site.publish(buildFeed(WITH_297)),
    start,
    run: (at, more) => start(at, more).ended,
    git,
    ledger: () =>
      git('show', 'drawbell-state:ledger.ndjson')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line))
        .map(({ channel, status }) => `${channel} ${status}`)
        .sort(),
    mailed: () => mail.received.map(({ recipients }) => recipients.join()).sort(),
    hook(script) {
      const folder = join(runner.repository, 'hooks');
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'pre-receive'), `#!/bin/sh\n${script ?? 'exit 0'}\n`, { mode: 0o755 });
    },
  };
}

/** The days before are remembered, and a round is out that nobody was told of. */
async function openWithNews(closing: Closing): Promise<World> {
  const world = await openWorld(closing);
  await world.run(DAY_BEFORE);
  world.publish();
  return world;
}

const errors = ({ annotations }: Ran) => annotations.filter(({ level }) => level === 'error');
const ids = ({ mail }: World) => mail.received.map(({ messageId }) => messageId).sort();
const TOLD = ['email sent', 'email sent', 'webhook sent', 'webhook sent'];

describe('the action', () => {
  it.concurrent('begins with what is on the page, then says only what is new, and each of it once', async ({
    onTestFinished,
  }) => {
    const world = await openWorld(onTestFinished);

    const first = await world.run(DAY_BEFORE);
    const quiet = await world.run('2024-05-31T16:00:00Z');
    const tip = world.git('rev-parse', 'drawbell-state');
    const again = await world.run('2024-05-31T16:15:00Z');
    const unchanged = world.git('rev-parse', 'drawbell-state');
    world.publish();
    const news = await world.run(THAT_DAY);
    const after = await world.run('2024-05-31T17:15:00Z');

    for (const ran of [first, quiet, again, news, after]) {
      expect(ran.annotations).toEqual([]);
      expect(ran.conclusion).toBe('success');
    }
    expect(first.outputs).toMatchObject({ changed: 'true', 'new-draws': '[]' });
    expect(again.outputs).toMatchObject({ changed: 'false', 'new-draws': '[]', events: '[]' });
    expect(unchanged).toBe(tip);
    expect(news.outputs).toMatchObject({ changed: 'true', 'new-draws': '["ircc:297"]' });
    expect(JSON.parse(news.outputs.events ?? '')).toMatchObject([
      { type: 'draw.published', data: { draw: { id: 'ircc:297' } } },
      { type: 'draw_type.returned', data: { dormantDays: 990 } },
    ]);
    expect(news.summary).toMatch(/Canadian Experience Class/);
    expect(news.summary).toMatch(/990 days/);
    expect(news.outputs.summary?.trim()).toBe(news.summary.trim());
    expect(after.outputs).toMatchObject({ changed: 'false' });
    expect(world.mailed()).toEqual(['amina@example.org', 'bruno@example.org']);
    expect(world.team.received).toHaveLength(2);
    expect(world.ledger()).toEqual(TOLD);
  });

  it.concurrent('leaves nothing of anybody where others can look', async ({ onTestFinished }) => {
    const world = await openWorld(onTestFinished);
    const runs = [await world.run(DAY_BEFORE)];
    world.publish();
    world.mail.refuseWith({ status: 550, text: '5.1.1 no such user amina@example.org with crs: 1163' });
    runs.push(await world.run(THAT_DAY));
    world.site.answerWith((response) => response.writeHead(500).end('amina@example.org'));
    world.mail.refuseWith(null);
    for (const minute of [20, 40, 59]) runs.push(await world.run(`2024-05-31T17:${minute}:00Z`));
    runs.push(await world.run('2024-05-31T18:20:00Z', { subscribers: `${PEOPLE}- crs: 522\n` }));

    expect(runs.map(({ conclusion }) => conclusion)).toEqual([
      'success',
      'failure',
      'failure',
      'failure',
      'failure',
      'failure',
    ]);
    for (const { log, summary, outputs, machine } of runs) {
      expect([...log, summary, ...Object.values(outputs)].join('\n')).not.toMatch(PRIVATE);
      expect(leftIn(machine.temp)).not.toMatch(PRIVATE);
      expect(leftIn(machine.home)).not.toMatch(PRIVATE);
      expect(leftIn(machine.workspace)).toBe('');
    }
    // Every byte of every commit that ever left.
    const objects = world
      .git('cat-file', '--batch-all-objects', '--batch-check=%(objectname)')
      .trim()
      .split('\n');
    const ours = objects.map((object) => world.git('cat-file', '-p', object)).join('\n');
    expect(ours).toContain('draw.published/ircc:297');
    expect(ours.replaceAll('Amina <amina@example.org>', '')).not.toMatch(PRIVATE);
  });

  it.concurrent('run twice at once tells everybody once', async ({ onTestFinished }) => {
    const world = await openWithNews(onTestFinished);

    const both = await Promise.all([world.run(THAT_DAY), world.run(THAT_DAY)]);
    const late = await world.run(LATER);

    for (const ran of [...both, late]) expect(ran.conclusion).toBe('success');
    expect(world.mailed()).toEqual(['amina@example.org', 'bruno@example.org']);
    expect(world.team.received).toHaveLength(2);
    expect(world.ledger()).toEqual(TOLD);
  });

  it.concurrent('sends nothing as long as it cannot write down that it will', async ({ onTestFinished }) => {
    const world = await openWithNews(onTestFinished);
    world.hook('echo "protected branch" >&2; exit 1');

    const refused = await world.run(THAT_DAY);

    expect(refused.conclusion).toBe('failure');
    expect(refused.steps.at(-1)?.exitCode).toBe(2);
    expect(errors(refused).map(({ message }) => message)).toEqual([
      expect.stringContaining('drawbell-state'),
    ]);
    expect(world.mailed()).toEqual([]);
    expect(world.team.received).toEqual([]);

    world.hook(null);
    const allowed = await world.run(LATER);

    expect(allowed.conclusion).toBe('success');
    expect(world.mailed()).toHaveLength(2);
    expect(world.ledger()).toEqual(TOLD);
  });

  it.concurrent('killed after it wrote down what it will tell has it told by a later run, with the same ids', async ({
    onTestFinished,
  }) => {
    const world = await openWithNews(onTestFinished);
    const { promise: inFlight, resolve } = Promise.withResolvers<void>();
    world.mail.decide(() => {
      if (world.mail.received.length === 2) resolve();
      return 'hold';
    });

    const running = world.start(THAT_DAY);
    await inFlight;
    running.kill();
    const killed = await running.ended;
    const before = ids(world);
    world.mail.decide(() => 'take');
    const soon = await world.run('2024-05-31T17:02:00Z');
    const untouched = ids(world);
    await world.run(LATER);

    expect(killed.conclusion).toBe('lost');
    expect(soon.conclusion).toBe('success');
    // For all it knows the other machine may still be at it.
    expect(untouched).toEqual(before);
    expect(ids(world).filter((id) => !before.includes(id))).toEqual([]);
    expect(ids(world)).toHaveLength(4);
    expect(world.ledger()).toEqual(TOLD);
  });

  it.concurrent('killed before it wrote anything down has told nothing, and loses nothing', async ({
    onTestFinished,
  }) => {
    const world = await openWithNews(onTestFinished);
    const tip = world.git('rev-parse', 'drawbell-state');
    const marker = join(world.runner.repository, 'asked');
    // What the machine's git has begun is never taken, however late the next run comes.
    world.hook(`touch ${marker}; sleep 60; exit 1`);

    const running = world.start(THAT_DAY);
    await waitForFile(marker);
    running.kill();
    await running.ended;

    expect(world.mailed()).toEqual([]);
    expect(world.team.received).toEqual([]);
    expect(world.git('rev-parse', 'drawbell-state')).toBe(tip);

    world.hook(null);
    await world.run('2024-05-31T17:01:00Z');

    expect(world.mailed()).toHaveLength(2);
    expect(world.ledger()).toEqual(TOLD);
  });

  it.concurrent('cancelled writes down what it has done', async ({ onTestFinished }) => {
    const world = await openWithNews(onTestFinished);
    const { promise: asked, resolve } = Promise.withResolvers<void>();
    world.mail.decide(() => {
      resolve();
      return 'take';
    });

    const running = world.start(THAT_DAY, { 'watch-until': '18:45' });
    await asked;
    running.cancel();
    const cancelled = await running.ended;

    expect(cancelled.conclusion).toBe('cancelled');
    expect(world.ledger().filter((line) => line === 'email sent')).not.toEqual([]);

    await world.run(LATER);

    expect(world.mailed()).toEqual(['amina@example.org', 'bruno@example.org']);
    expect(world.ledger()).toEqual(TOLD);
  });

  it.concurrent('with another secret repeats nothing, and says what waits for the old one', async ({
    onTestFinished,
  }) => {
    const world = await openWithNews(onTestFinished);
    world.mail.refuseWith({ status: 451, text: '4.3.0 later' });
    await world.run(THAT_DAY);
    world.mail.refuseWith(null);

    const other = await world.run('2024-05-31T18:00:00Z', { secret: 'another secret of this repository' });

    expect(other.conclusion).toBe('failure');
    expect(other.steps.at(-1)?.exitCode).toBe(4);
    expect(other.annotations.map(({ message }) => message).join()).toMatch(/2 .*another secret/);
    expect(world.team.received).toHaveLength(2);
    expect(world.ledger()).toEqual(['email queued', 'email queued', 'webhook sent', 'webhook sent']);

    const back = await world.run('2024-05-31T18:15:00Z');

    expect(back.conclusion).toBe('success');
    expect(world.ledger()).toEqual(TOLD);
  });

  it.concurrent('is red while a source is failing, and green again when it is well', async ({
    onTestFinished,
  }) => {
    const world = await openWorld(onTestFinished);
    await world.run(DAY_BEFORE);
    world.site.answerWith((response) => response.writeHead(503).end());

    const failing = await world.run('2024-05-31T16:00:00Z');
    world.site.publish(buildFeed(BEFORE));
    const well = await world.run('2024-05-31T16:15:00Z');

    expect(failing.conclusion).toBe('failure');
    expect(failing.steps.at(-1)?.exitCode).toBe(3);
    expect(failing.annotations.map(({ message }) => message)).toEqual([expect.stringContaining('503')]);
    expect(failing.summary).toMatch(/failing|could not be read/i);
    expect(well.conclusion).toBe('success');
  });

  it.concurrent('in a dry run sends and writes nothing, and says what it would have told', async ({
    onTestFinished,
  }) => {
    const world = await openWithNews(onTestFinished);
    const tip = world.git('rev-parse', 'drawbell-state');

    const dry = await world.run(THAT_DAY, { 'dry-run': 'true' });

    expect(dry.conclusion).toBe('success');
    expect(dry.outputs).toMatchObject({ changed: 'false', 'new-draws': '["ircc:297"]' });
    expect(dry.summary).toMatch(/dry run/i);
    expect(world.mailed()).toEqual([]);
    expect(world.git('rev-parse', 'drawbell-state')).toBe(tip);
  });

  it.concurrent('in a rehearsal writes to everybody about the latest draw, and remembers nothing of it', async ({
    onTestFinished,
  }) => {
    const world = await openWorld(onTestFinished);
    await world.run(DAY_BEFORE);

    const rehearsal = await world.run('2024-05-30T21:15:00Z', { rehearse: 'true' });

    expect(rehearsal.conclusion).toBe('success');
    expect(world.mailed()).toEqual(['amina@example.org', 'bruno@example.org', 'chen@example.org']);
    expect(world.ledger()).toEqual([]);
    expect(world.team.received).toEqual([]);
  });

  it.concurrent('says what is wrong with its inputs, all at once, and nothing of what is in them', async ({
    onTestFinished,
  }) => {
    const world = await openWorld(onTestFinished);

    const wrong = await world.run(DAY_BEFORE, {
      subscribers: '- email: amina\n  crs: 5220\n',
      secret: 'hunter2',
    });

    expect(wrong.conclusion).toBe('failure');
    expect(wrong.steps.at(-1)?.exitCode).toBe(2);
    const [said] = errors(wrong);
    expect(said?.message).toMatch(/secret: .*\n.*subscribers: line 1/);
    expect(wrong.log.join('\n')).not.toMatch(/amina|5220|hunter2/);
    expect(world.git('branch', '--list', 'drawbell-state')).toBe('');
  });
});

/** Everything that is in a folder, the compiled libraries of Node left out. */
function leftIn(folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return files.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1')).join('\n');
}

async function waitForFile(file: string): Promise<void> {
  const { watch, existsSync } = await import('node:fs');
  const { dirname } = await import('node:path');
  if (existsSync(file)) return;
  await new Promise<void>((resolve) => {
    const watcher = watch(dirname(file), () => {
      if (!existsSync(file)) return;
      watcher.close();
      resolve();
    });
    if (existsSync(file)) {
      watcher.close();
      resolve();
    }
  });
}
