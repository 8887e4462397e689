// Backups and their way back, as an operator makes them.

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { type Closing, type Installation, jsonOf, openInstallation } from '../support/cli.ts';
import { clockAt } from '../support/clock.ts';
import { openWorld } from './world.ts';

const TODAY = /^data\/backups\/drawbell-\d{4}-\d\d-\d\d\.db$/;
const TEAM = 'https://team.example.org/';

describe('drawbell backup', () => {
  it.concurrent('makes the backup of today, says where and how large, and lists it', async ({
    onTestFinished,
    expect,
  }) => {
    const place = await openFilled(onTestFinished);
    // One day for all of them, also when it is midnight.
    Object.assign(place.env, clockAt('2024-05-31T12:00:00Z'));

    const made = jsonOf(await place.drawbell('backup', '--json'));
    const again = await place.drawbell('backup');
    const list = jsonOf(await place.drawbell('backup', '--list', '--json'));
    const shown = await place.drawbell('backup', '--list');

    expect(made).toEqual({ file: expect.stringMatching(TODAY), bytes: expect.any(Number) });
    expect(again).toMatchObject({ code: 0, stderr: '' });
    expect(again.stdout).toMatch(
      /^data\/backups\/drawbell-.+ holds the whole database \([\d.]+ [kM]B\)\.\n$/,
    );
    expect(list.backups).toEqual([
      { file: made.file, day: made.file.slice(-13, -3), bytes: expect.any(Number) },
    ]);
    expect(shown.stdout).toContain(made.file);
    expect(teamsIn(place, made.file)).toEqual([TEAM]);
  });

  it.concurrent('goes where it is told to, and says what is wrong with a place', async ({
    onTestFinished,
    expect,
  }) => {
    const place = await openFilled(onTestFinished);
    place.write('notes.txt', 'not to be lost');

    const made = jsonOf(await place.drawbell('backup', 'safe/copy.db', '--json'));
    const refused = await place.drawbell('backup', 'notes.txt');
    const self = await place.drawbell('backup', 'data/drawbell.db');

    expect(made.file).toBe('safe/copy.db');
    expect(teamsIn(place, 'safe/copy.db')).toEqual([TEAM]);
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toMatch(/the backup: expected .*, found "notes\.txt", which is something else/);
    expect(self).toMatchObject({ code: 2, stdout: '' });
    expect(existsSync(join(place.folder, 'data', 'backups'))).toBe(false);
  });

  it.concurrent('says so when there is nothing to back up, and makes nothing', async ({
    onTestFinished,
    expect,
  }) => {
    const place = openInstallation(onTestFinished);

    const nothing = await place.drawbell('backup');
    const list = await place.drawbell('backup', '--list');

    expect(nothing).toMatchObject({ code: 2, stdout: '' });
    expect(nothing.stderr).toContain('there is nothing to back up');
    expect(list).toMatchObject({ code: 0, stdout: 'No backups yet.\n' });
    expect(readdirSync(place.folder)).toEqual([]);
  });
});

describe('drawbell restore', () => {
  it.concurrent('brings a damaged database back, as the message and the doctor say', async ({
    onTestFinished,
    expect,
  }) => {
    const place = await openFilled(onTestFinished);
    await place.drawbell('backup');
    const damaged = damage(place);

    const refused = await place.drawbell('webhooks', 'list', '--json');
    const untouched = readFileSync(join(place.folder, 'data', 'drawbell.db'));
    const diagnosis = jsonOf(await place.drawbell('doctor', '--json'));
    const command = /drawbell restore (\S+)/.exec(find(diagnosis, 'database').mend)?.[1] as string;
    const restored = jsonOf(await place.drawbell('restore', command, '--json'));
    const after = jsonOf(await place.drawbell('webhooks', 'list', '--json'));

    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toMatch(
      /expected a sound SQLite database, found ".+": damaged .*"drawbell doctor"/,
    );
    expect(untouched.equals(damaged)).toBe(true);
    expect(command).toMatch(TODAY);
    expect(restored).toEqual({
      restored: command,
      database: 'data/drawbell.db',
      kept: expect.stringMatching(/^data\/drawbell\.db\.before-restore-/),
    });
    expect(readFileSync(join(place.folder, restored.kept)).equals(damaged)).toBe(true);
    expect(after.endpoints).toMatchObject([{ url: TEAM }]);
  });

  it.concurrent('of a database that is gone says that there was none', async ({ onTestFinished, expect }) => {
    const place = await openFilled(onTestFinished);
    await place.drawbell('backup', 'copy.db');
    place.env.DRAWBELL_DATABASE = 'new/draws.db';

    const restored = await place.drawbell('restore', 'copy.db');

    expect(restored).toMatchObject({ code: 0, stderr: '' });
    expect(restored.stdout).toContain('new/draws.db is as it was when copy.db was made.');
    expect(restored.stdout).toContain('There was no database before.');
    expect(teamsIn(place, 'new/draws.db')).toEqual([TEAM]);
  });

  it.concurrent('of rubbish, or of nothing, leaves all as it was: exit 2', async ({
    onTestFinished,
    expect,
  }) => {
    const place = await openFilled(onTestFinished);
    place.write('notes.txt', 'a shopping list '.repeat(100));
    const before = readFileSync(join(place.folder, 'data', 'drawbell.db'));

    const results = [
      await place.drawbell('restore', 'notes.txt'),
      await place.drawbell('restore', 'none.db'),
    ];

    for (const result of results) {
      expect(result).toMatchObject({ code: 2, stdout: '' });
      expect(result.stderr).toContain('the backup cannot be restored');
      expect(result.stderr).not.toMatch(/^\s+at /m);
    }
    expect(readFileSync(join(place.folder, 'data', 'drawbell.db')).equals(before)).toBe(true);
    const others = readdirSync(join(place.folder, 'data')).filter(
      (name) => !/^drawbell\.db(-wal|-shm)?$/.test(name),
    );
    expect(others).toEqual([]);
  });
});

it('knows both commands by their help', async ({ onTestFinished }) => {
  const place = openInstallation(onTestFinished);

  const helps = [await place.drawbell('backup', '--help'), await place.drawbell('restore', '--help')];

  for (const { code, stdout } of helps) {
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ {2}--json /m);
  }
});

/** An installation that knows a team. */
async function openFilled(closing: Closing): Promise<Installation> {
  const place = openInstallation(closing, {
    DRAWBELL_HISTORY: 'none',
    DRAWBELL_IRCC_URL: 'http://127.0.0.1:1/',
    DRAWBELL_IRCC_PAGE_URL: 'http://127.0.0.1:1/',
  });
  const added = await place.drawbell('webhooks', 'add', TEAM, '--json');
  if (added.code !== 0) throw new Error(added.stderr);
  return place;
}

/** Overwrites pages in the middle; returns what the file is now. */
function damage({ folder }: Installation): Buffer {
  const file = join(folder, 'data', 'drawbell.db');
  const bytes = readFileSync(file).fill(0x5a, 4096 * 2, 4096 * 6);
  writeFileSync(file, bytes);
  return bytes;
}

function teamsIn({ folder }: Installation, file: string): unknown[] {
  const sqlite = new Sqlite(join(folder, file), { readonly: true });
  const urls = sqlite.prepare('select url from endpoints').pluck().all();
  sqlite.close();
  return urls;
}

function find({ checks }: { checks: { name: string; mend: string }[] }, name: string): { mend: string } {
  return checks.find((check) => check.name === name) ?? { mend: '' };
}

describe('drawbell run', () => {
  it.concurrent('makes one copy a day, by the clock it was given, and keeps as many as the operator says', async ({
    onTestFinished,
    expect,
  }) => {
    const world = await openWorld(onTestFinished);
    world.env.DRAWBELL_BACKUPS = '2';

    for (const now of [
      '2024-06-03T10:00:00Z',
      '2024-06-03T20:00:00Z',
      '2024-06-04T10:00:00Z',
      '2024-06-05T10:00:00Z',
    ])
      await world.run(now);

    expect(readdirSync(join(world.folder, 'data', 'backups')).sort()).toEqual([
      'drawbell-2024-06-04.db',
      'drawbell-2024-06-05.db',
    ]);
  });

  it.concurrent('says that the copy failed, and is not failed by it', async ({ onTestFinished, expect }) => {
    const world = await openWorld(onTestFinished);
    world.env.DRAWBELL_BACKUPS = '2';
    mkdirSync(join(world.folder, 'data'));
    writeFileSync(join(world.folder, 'data', 'backups'), 'no folder');

    const { code, stderr } = await world.run('2024-05-30T18:00:00Z');

    expect(code).toBe(0);
    expect(stderr).toMatch(/^drawbell: today's backup failed: /);
  });
});
