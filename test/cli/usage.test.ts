// Wrong usage and configuration, and the help: exit codes and which stream says what.

import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openInstallation } from '../support/cli.ts';

/** Every command that does something. */
const COMMANDS: readonly (readonly string[])[] = [
  ['run'],
  ['draws'],
  ['events'],
  ['check'],
  ['explain'],
  ['subscribers', 'add'],
  ['subscribers', 'import'],
  ['subscribers', 'list'],
  ['subscribers', 'remove'],
  ['subscribers', 'export'],
  ['subscribers', 'suppress'],
  ['subscribers', 'suppressed'],
  ['subscribers', 'lift'],
  ['subscribers', 'unsubscribe'],
  ['webhooks', 'add'],
  ['webhooks', 'list'],
  ['webhooks', 'remove'],
  ['webhooks', 'test'],
  ['webhooks', 'set'],
  ['webhooks', 'rotate'],
  ['webhooks', 'disable'],
  ['webhooks', 'enable'],
  ['webhooks', 'replay'],
  ['site'],
  ['keys', 'add'],
  ['keys', 'list'],
  ['keys', 'remove'],
  ['deliveries'],
  ['deliveries', 'list'],
  ['deliveries', 'show'],
  ['deliveries', 'retry'],
  ['deliveries', 'drop'],
  ['deliveries', 'stop'],
  ['schema'],
  ['job'],
  ['state', 'import'],
  ['state', 'export'],
  ['serve'],
  ['demo'],
];

describe('the help', () => {
  it('names every command, and the version is that of the package', async ({ onTestFinished }) => {
    const place = openInstallation(onTestFinished);

    const [help, version, bare] = await Promise.all([
      place.drawbell('--help'),
      place.drawbell('--version'),
      place.drawbell(),
    ]);

    expect(help.code).toBe(0);
    expect(help.stderr).toBe('');
    for (const [name] of COMMANDS) expect(help.stdout).toMatch(new RegExp(`^ {2}${name} `, 'm'));
    expect(version).toMatchObject({ code: 0, stderr: '' });
    expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(bare).toMatchObject({ code: 2, stdout: '' });
    expect(bare.stderr).toContain('Usage: drawbell');
  });

  it.concurrent.for(COMMANDS)(
    'of "%s %s" is there and tells of --json',
    async (command, { onTestFinished, expect }) => {
      const place = openInstallation(onTestFinished);

      const { code, stdout, stderr } = await place.drawbell(...command, '--help');

      expect(code).toBe(0);
      expect(stderr).toBe('');
      expect(stdout).toContain(`Usage: drawbell ${command.join(' ')}`);
      expect(stdout).toMatch(/^ {2}--json /m);
      if (command[0] === 'run' || command[0] === 'check') expect(stdout).toMatch(/^ {2}--now <instant> /m);
      expect(existsSync(join(place.folder, 'data'))).toBe(false);
    },
  );
});

describe('wrong usage', () => {
  it.concurrent.for([
    ['nonsense'],
    ['--nonsense'],
    ['run', '--nonsense'],
    ['run', 'extra'],
    ['run', '--now', 'yesterday'],
    ['run', '--now', '2024-05-31'],
    ['run', '--now', '2024-02-30T00:00:00Z'],
    ['check'],
    ['check', '--now', 'yesterday', '--profile', 'profile.yaml'],
    ['check', '--profile', 'missing.yaml'],
    ['check', '--profile', 'profile.yaml', '--draw', 'ircc:9999'],
    ['check', '--draw', 'ircc:297', '--latest', '--crs', '522'],
    ['explain'],
    ['explain', 'ircc:9999'],
    ['draws', '--since', '2024-02-30'],
    ['draws', '--limit', '0'],
    ['events', '--type', 'draw.nonsense'],
    ['deliveries', '--status', 'lost'],
    ['subscribers'],
    ['subscribers', 'nonsense'],
    ['subscribers', 'import'],
    ['webhooks', 'add'],
    ['webhooks', 'add', 'ftp://example.org/'],
    ['webhooks', 'add', 'https://user:hunter2@example.org/'],
    ['webhooks', 'add', 'https://example.org/', '--event', 'draw.nonsense'],
    ['webhooks', 'add', 'https://example.org/', '--kind', 'nonsense'],
    ['webhooks', 'remove', 'ep_nonsense'],
    ['webhooks', 'test', 'ep_nonsense'],
    ['site'],
    ['site', '--out', 'site', '--url', 'ftp://example.org/'],
    ['keys', 'add'],
    ['keys', 'add', 'hunter2@example.org'],
    ['keys', 'remove', 'hunter2'],
    ['state'],
    ['state', 'import'],
    ['state', 'export'],
    ['state', 'export', 'folder'],
  ])(
    '%s %s %s %s: exit 2, a word about it, and nothing on standard output',
    async (args, { onTestFinished, expect }) => {
      const place = openInstallation(onTestFinished, {
        DRAWBELL_IRCC_URL: 'http://127.0.0.1:1/',
        DRAWBELL_HISTORY: 'none',
      });
      place.write('profile.yaml', 'crs: 522\n');

      const { code, stdout, stderr } = await place.drawbell(...args);

      expect(code).toBe(2);
      expect(stdout).toBe('');
      expect(stderr).not.toBe('');
      expect(stderr).not.toMatch(/^\s+at /m);
      expect(stderr).not.toContain('hunter2');
    },
  );

  it.concurrent("of the draw's id says what one looks like", async ({ onTestFinished, expect }) => {
    const place = openInstallation(onTestFinished);
    place.write('profile.yaml', 'crs: 522\n');

    const { code, stdout, stderr } = await place.drawbell(
      'check',
      '--profile',
      'profile.yaml',
      '--draw',
      'ircc:9999',
      '--json',
    );

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/--draw: expected a draw's id such as ircc:\d+, found "ircc:9999"/);
  });
});

describe('a wrong configuration', () => {
  it.concurrent('is told all at once, with no secret: exit 2', async ({ onTestFinished, expect }) => {
    const place = openInstallation(onTestFinished, {
      DRAWBELL_HISTORY: 'some',
      DRAWBELL_SMTP_URL: 'http://user:hunter2@mail.example.org',
      DRAWBELL_DATABASE: 'postgres://user:hunter2@db.example.org/draws',
      DRAWBELL_IRCC_URL: 'feed.json',
    });

    const { code, stdout, stderr } = await place.drawbell('run', '--json');

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(
      stderr
        .trimEnd()
        .split('\n')
        .map((line) => line.trim().split(':')[0])
        .sort(),
    ).toEqual([
      'DRAWBELL_DATABASE',
      'DRAWBELL_HISTORY',
      'DRAWBELL_IRCC_URL',
      'DRAWBELL_SMTP_URL',
      'drawbell',
    ]);
    expect(stderr).toContain('PostgreSQL is not supported yet');
    expect(stderr).not.toContain('hunter2');
    expect(existsSync(join(place.folder, 'data'))).toBe(false);
  });

  it.concurrent('of the database is told by its variable: exit 2', async ({ onTestFinished, expect }) => {
    const place = openInstallation(onTestFinished);
    place.write('notes.txt', 'this is no database, though it is long enough to be one'.repeat(20));
    mkdirSync(join(place.folder, 'folder'));

    for (const DRAWBELL_DATABASE of ['notes.txt', 'folder', 'notes.txt/below.db']) {
      place.env.DRAWBELL_DATABASE = DRAWBELL_DATABASE;
      const { code, stdout, stderr } = await place.drawbell('draws', '--json');

      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(
        /^drawbell: the database cannot be opened:\n {2}DRAWBELL_DATABASE: expected .+, found "/,
      );
    }
  });
});
