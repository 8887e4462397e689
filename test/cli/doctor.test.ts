// The doctor, asked about installations with one thing wrong in each.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { judgeSpace } from '../../src/cli/doctor/storage.ts';
import { buildFeed } from '../../src/demo/feed.ts';
import { openMailServer } from '../../src/demo/mail-server.ts';
import type { Draw } from '../../src/draw/draw.ts';
import { shippedDraws } from '../draw/history.ts';
import { selfSigned } from '../notify/certificate.ts';
import { type Closing, type Ended, jsonOf } from '../support/cli.ts';
import { closedAddress, serveTls } from '../support/http.ts';
import { DAY_BEFORE, feedAsOf, openWorld, type World } from './world.ts';

const CHECKS = [
  'configuration',
  'database',
  'backups',
  'disk',
  'mail',
  'mail from',
  'sender',
  'signature',
  'unsubscribing',
  'pages',
  'sign-up',
  'proxies',
  'operator',
  'browser',
  'clock',
  'source ircc',
  'page ircc',
  'second opinion ircc',
  'health ircc',
  'quarantine',
];

const CERTIFICATE = selfSigned();

interface Finding {
  name: string;
  status: string;
  found: string;
  mend: string | null;
}

describe('drawbell doctor', () => {
  it.concurrent('finds nothing wrong where all is well: exit 0', async ({ onTestFinished, expect }) => {
    const world = await openWell(onTestFinished);
    world.site.publish(feedOfToday());
    await world.run(new Date().toISOString());
    await world.drawbell('backup');

    const ended = await world.drawbell('doctor', '--json');
    const checks = findingsOf(ended);

    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(Object.keys(checks)).toEqual(CHECKS);
    expect(statuses(checks, 'wrong')).toEqual([]);
    // Whether there is a browser is not for this test to say; signing has tests of its own.
    expect(statuses(checks, 'warning').filter((name) => name !== 'browser' && name !== 'signature')).toEqual(
      [],
    );
    expect(checks.database?.found).toMatch(/^data\/drawbell\.db: sound, [\d.]+ [kM]B, format \d+$/);
    expect(checks['source ircc']?.found).toMatch(/^\d{3} rounds, the newest ircc:\d+ of \d{4}-\d\d-\d\d$/);
    expect(checks['health ircc']?.found).toMatch(/^last success .+ ago\), failures in a row: 0$/);
    expect(checks.clock?.found).toBe('agrees with 127.0.0.1');
    expect(checks.pages?.found).toMatch(/^answer at https:\/\/127\.0\.0\.1:\d+\/draws\/$/);
    expect(Object.values(checks).every(({ status, mend }) => (status === 'ok') === (mend === null))).toBe(
      true,
    );
  });

  it.concurrent('tells people in a table, with what to do', async ({ onTestFinished, expect }) => {
    const world = await openWell(onTestFinished);
    delete world.env.DRAWBELL_OPERATOR;

    const { code, stdout } = await world.drawbell('doctor');

    expect(code).toBe(0);
    expect(stdout).toMatch(/^configuration +ok +nothing wrong in DRAWBELL_/m);
    expect(stdout).toMatch(/^operator +warning +no contact is set\. Set DRAWBELL_OPERATOR to mailto: /m);
    expect(stdout).toMatch(/^Nothing wrong, \d to be warned of\.$/m);
  });

  it.concurrent('warns of a browser that is not where it should be: exit 0', async ({
    onTestFinished,
    expect,
  }) => {
    const world = await openWell(onTestFinished);
    world.env.DRAWBELL_BROWSER = join(world.folder, 'chrome');

    const ended = await world.drawbell('doctor', '--json');

    expect(ended.code).toBe(0);
    expect(findingsOf(ended).browser).toMatchObject({
      status: 'warning',
      found: expect.stringMatching(/^DRAWBELL_BROWSER: expected the path of a browser, found ".+chrome"/),
    });
  });

  it.concurrent('leaves an installation without a database as it is', async ({ onTestFinished, expect }) => {
    const world = await openWell(onTestFinished);

    const { database, backups } = findingsOf(await world.drawbell('doctor', '--json'));
    const later = findingsOf(await world.drawbell('doctor', '--json'));

    expect(database).toMatchObject({ status: 'ok', found: expect.stringContaining('not there yet') });
    expect(backups).toMatchObject({ status: 'ok' });
    expect(later.database).toEqual(database);
  });

  it.concurrent('names a damaged database and the command that restores it: exit 2', async ({
    onTestFinished,
    expect,
  }) => {
    const world = await openWell(onTestFinished);
    await world.drawbell('webhooks', 'list');
    await world.drawbell('backup');
    const backups = join(world.folder, 'data', 'backups');
    // Newer, but no help.
    writeFileSync(join(backups, 'drawbell-2999-01-01.db'), 'rubbish');
    writeFileSync(join(world.folder, 'data', 'drawbell.db'), 'rubbish'.repeat(1_000));

    const ended = await world.drawbell('doctor', '--json');
    const checks = findingsOf(ended);

    expect(ended.code).toBe(2);
    expect(statuses(checks, 'wrong')).toEqual(['database']);
    expect(checks.database?.found).toBe('data/drawbell.db: damaged (file is not a database)');
    expect(checks.database?.mend).toMatch(
      /^Stop drawbell, then run drawbell restore data\/backups\/drawbell-20\d\d-\d\d-\d\d\.db /,
    );
    expect(checks.backups?.status).toBe('warning');
    expect(checks['source ircc']?.status).toBe('ok');
  });

  it.concurrent('says when there is no backup to restore from, and when a lost database has one', async ({
    onTestFinished,
    expect,
  }) => {
    const world = await openWell(onTestFinished);
    mkdirSync(join(world.folder, 'data'));
    writeFileSync(join(world.folder, 'data', 'drawbell.db'), 'rubbish'.repeat(1_000));

    const without = findingsOf(await world.drawbell('doctor', '--json'));
    world.env.DRAWBELL_DATABASE = 'other/drawbell.db';
    await world.drawbell('webhooks', 'list');
    await world.drawbell('backup', 'elsewhere/backups/lost-2024-05-31.db');
    world.env.DRAWBELL_DATABASE = 'elsewhere/lost.db';
    const lost = findingsOf(await world.drawbell('doctor', '--json'));

    expect(without.database?.mend).toMatch(/^There is no sound backup in data\/backups: /);
    expect(lost.database).toMatchObject({
      status: 'warning',
      mend: expect.stringContaining('drawbell restore elsewhere/backups/lost-2024-05-31.db'),
    });
  });

  it.concurrent('says that the mail server refuses to sign us in, without name or password: exit 2', async ({
    onTestFinished,
    expect,
  }) => {
    const world = await openWell(onTestFinished);
    const strict = await openMailServer({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: (_login, _session, done) => done(new Error('wrong password for amina@example.org')),
    });
    onTestFinished(() => strict.close());
    world.env.DRAWBELL_SMTP_URL = strict.url.replace('smtp://', 'smtp://amina%40example.org:hunter2@');

    const ended = await world.drawbell('doctor', '--json');
    const checks = findingsOf(ended);

    expect(ended.code).toBe(2);
    expect(statuses(checks, 'wrong')).toEqual(['mail']);
    expect(checks.mail?.found).toMatch(/^127\.0\.0\.1: .*sign-in/);
    expect(checks.mail?.mend).toContain('DRAWBELL_SMTP_URL');
    expect(ended.stdout + ended.stderr).not.toMatch(/hunter2|amina/);
  });

  it.concurrent('says that no mail server is there, or that mail is only written: exit 2, exit 0', async ({
    onTestFinished,
    expect,
  }) => {
    const world = await openWell(onTestFinished);
    world.env.DRAWBELL_SMTP_URL = (await closedAddress(onTestFinished)).replace('http:', 'smtp:');

    const gone = await world.drawbell('doctor', '--json');
    delete world.env.DRAWBELL_SMTP_URL;
    const unset = await world.drawbell('doctor', '--json');

    expect(gone.code).toBe(2);
    expect(findingsOf(gone).mail).toMatchObject({ status: 'wrong', found: '127.0.0.1: connection refused' });
    expect(unset.code).toBe(0);
    expect(findingsOf(unset).mail).toMatchObject({
      status: 'warning',
      found: expect.stringContaining('.eml'),
    });
  });

  it.concurrent('tells a source that is down from what is wrong here: exit 3', async ({
    onTestFinished,
    expect,
  }) => {
    const world = await openWell(onTestFinished);
    world.site.answerWith((response) => response.writeHead(404).end());

    const ended = await world.drawbell('doctor', '--json');
    const checks = findingsOf(ended);

    expect(ended.code).toBe(3);
    expect(statuses(checks, 'wrong')).toEqual(['source ircc']);
    expect(checks['source ircc']?.found).toContain('404');
    expect(checks['source ircc']?.mend).toContain('DRAWBELL_IRCC_URL');
  });

  it.concurrent('reads what the source answers, not only that it does: exit 3', async ({
    onTestFinished,
    expect,
  }) => {
    const world = await openWell(onTestFinished);
    world.site.publish('<!doctype html><title>We are down for maintenance</title>');

    const ended = await world.drawbell('doctor', '--json');

    expect(ended.code).toBe(3);
    expect(statuses(findingsOf(ended), 'wrong')).toEqual(['source ircc']);
  });

  it.concurrent('makes every check although the configuration is wrong, and tells all its faults: exit 2', async ({
    onTestFinished,
    expect,
  }) => {
    const world = await openWell(onTestFinished);
    Object.assign(world.env, {
      DRAWBELL_HISTORY: 'some',
      DRAWBELL_SMTP_URL: 'http://user:hunter2@mail.example.org',
      DRAWBELL_DATABASE: 'postgres://user:hunter2@db.example.org/draws',
    });

    const ended = await world.drawbell('doctor', '--json');
    const checks = findingsOf(ended);

    expect(ended.code).toBe(2);
    expect(Object.keys(checks)).toEqual(CHECKS);
    expect(statuses(checks, 'wrong')).toEqual(['configuration']);
    expect(checks.configuration?.found).toMatch(
      /DRAWBELL_DATABASE: expected .*; DRAWBELL_HISTORY: expected .*; DRAWBELL_SMTP_URL: expected /,
    );
    expect(checks.database?.found).toBe('not checked, as DRAWBELL_DATABASE is wrong');
    expect(checks['source ircc']?.status).toBe('ok');
    expect(ended.stdout + ended.stderr).not.toContain('hunter2');
  });

  it.concurrent('holds the clock against that of the source: exit 2', async ({ onTestFinished, expect }) => {
    const world = await openWell(onTestFinished);
    world.env.DRAWBELL_IRCC_PAGE_URL = world.site.feedUrl;
    world.site.answerWith((response) => {
      const date = new Date(Date.now() - 3_600_000).toUTCString();
      response.writeHead(200, { 'content-type': 'application/json', date }).end(feedAsOf(DAY_BEFORE));
    });

    const ended = await world.drawbell('doctor', '--json');
    const checks = findingsOf(ended);

    expect(ended.code).toBe(2);
    expect(statuses(checks, 'wrong')).toEqual(['clock']);
    expect(checks.clock?.found).toMatch(/^(60|59) minutes ahead of 127\.0\.0\.1$/);
    expect(checks.clock?.mend).toContain('timedatectl');
  });

  it.concurrent('tells a watch that goes badly, or not at all', async ({ onTestFinished, expect }) => {
    const world = await openWell(onTestFinished);
    await world.run('2024-05-31T16:00:00Z');

    const stale = findingsOf(await world.drawbell('doctor', '--json'));
    world.site.answerWith((response) => response.writeHead(404).end());
    const now = Date.now();
    for (const minutes of [30, 20, 10]) await world.run(new Date(now - minutes * 60_000).toISOString());
    const failing = findingsOf(await world.drawbell('doctor', '--json'));

    expect(stale['health ircc']).toMatchObject({
      status: 'warning',
      found: expect.stringContaining('no look since'),
    });
    expect(failing['health ircc']).toMatchObject({
      status: 'wrong',
      found: expect.stringContaining('failures in a row: 3'),
    });
  });
});

it.each([
  [49_000_000, 'wrong', '49.0 MB free in /srv'],
  [499_000_000, 'warning', '499 MB free in /srv'],
  [84_700_000_000, 'ok', '84.7 GB free in /srv'],
])('of %i free bytes says %s', (free, status, found) => {
  const finding = judgeSpace('/srv', free);

  expect(finding).toMatchObject({ status, found });
});

/** A world whose operator has done everything that the doctor asks for. */
async function openWell(closing: Closing): Promise<World> {
  const world = await openWorld(closing);
  world.env.DRAWBELL_OPERATOR = 'mailto:operator@example.org';
  world.env.DRAWBELL_SENDER = 'A list, 1 Example Street, Ottawa ON K1A 0A0';
  world.env.DRAWBELL_PUBLIC_URL = await openPages(closing);
  world.env.NODE_EXTRA_CA_CERTS = world.write('certificate.pem', CERTIFICATE.cert);
  return world;
}

/** Where pages are served to the world, as far as the doctor asks. */
async function openPages(closing: Closing): Promise<string> {
  const port = await serveTls(closing, CERTIFICATE, ({ url }, response) => {
    response.writeHead(url === '/draws/healthz' ? 200 : 404).end('ok\n');
  });
  return `https://127.0.0.1:${port}/draws/`;
}

/** The shipped history and a round of this day, so that it is not quiet for too long, whenever this runs. */
function feedOfToday(): string {
  const draws = shippedDraws();
  const last = draws.at(-1) as Draw;
  const number = String(Number(last.number) + 1);
  const today = new Date().toISOString().slice(0, 10);
  const unknown = { issuedAt: null, tieBreakAt: null, pool: null };
  return buildFeed([...draws, { ...last, ...unknown, id: `ircc:${number}`, number, date: today }]);
}

function findingsOf(ended: Ended): Record<string, Finding> {
  const { checks } = jsonOf(ended) as { checks: Finding[] };
  return Object.fromEntries(checks.map((finding) => [finding.name, finding]));
}

function statuses(checks: Record<string, Finding>, wanted: string): string[] {
  return Object.values(checks).flatMap(({ name, status }) => (status === wanted ? [name] : []));
}
