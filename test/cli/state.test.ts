// `drawbell state`: from a job to a server and back.

import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'vitest';
import { type Files, printState } from '../../src/state/files.ts';
import type { State } from '../../src/state/state.ts';
import { openStore } from '../../src/store/open.ts';
import { findSubscriber } from '../../src/store/subscribers.ts';
import { unsubscribe } from '../../src/store/suppressions.ts';
import { OPERATOR, openTelling, READERS, readOut, SECRET, TEAMS } from '../journey/carry-world.ts';
import { type Installation, jsonOf, openInstallation } from '../support/cli.ts';

const ENV = { DRAWBELL_HISTORY: 'none', DRAWBELL_SECRET: SECRET, DRAWBELL_OPERATOR: OPERATOR };

function put(folder: string, files: Files): void {
  for (const [name, text] of files) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
}

function read(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Object.fromEntries(
    names
      .map((entry) => path.join(entry.parentPath, entry.name))
      .map((file) => [path.relative(folder, file), readFileSync(file, 'utf8')])
      .sort(),
  );
}

async function addRecipients(place: Installation): Promise<void> {
  const entries = Object.entries(READERS).map(([email, facts]) => ({ email, ...facts }));
  place.write('subscribers.json', JSON.stringify(entries));
  await place.drawbell('subscribers', 'import', 'subscribers.json');
  for (const url of TEAMS) await place.drawbell('webhooks', 'add', url);
}

/** A state in which everything waits, and where its source was read. */
async function makeState(): Promise<{ state: State; source: string }> {
  const before = await openTelling();
  return { state: await readOut(before), source: before.site.feedUrl };
}

describe('a state', () => {
  it('is taken into a database, and written out of it as it was', async ({ expect, onTestFinished }) => {
    const { state, source } = await makeState();
    const place = openInstallation(onTestFinished, { ...ENV, DRAWBELL_IRCC_URL: source });
    put(path.join(place.folder, 'state'), printState(state));
    await addRecipients(place);

    const taken = jsonOf(await place.drawbell('state', 'import', 'state', '--json'));
    const again = await place.drawbell('state', 'import', 'state');
    const notices = jsonOf(await place.drawbell('deliveries', '--json')).deliveries;
    const written = jsonOf(await place.drawbell('state', 'export', 'out', '--json'));
    const rewritten = await place.drawbell('state', 'export', 'out');

    const counts = {
      draws: state.draws.ircc?.draws.length,
      events: state.draws.ircc?.events.length,
      notices: { waiting: 8, settled: 0 },
      recipients: 0,
    };
    expect(taken).toEqual({ ...counts, leftOut: { unknown: 0, otherSecret: 0 } });
    expect(again).toMatchObject({ code: 0, stderr: '' });
    expect(again.stdout).toMatch(
      /^Taken in: \d+ draws and \d+ events; 8 notices that wait and 0 that were told/,
    );
    expect(notices).toHaveLength(8);
    expect(written).toEqual({
      folder: 'out',
      files: printState(state).size,
      changed: printState(state).size,
      ...counts,
      leftBehind: { suppressed: 0, letters: 0 },
    });
    expect(read(path.join(place.folder, 'out'))).toEqual(Object.fromEntries([...printState(state)].sort()));
    expect(rewritten.stdout).toMatch(/^out holds \d+ draws/);
    for (const { stdout, stderr } of [again, rewritten])
      expect(stdout + stderr).not.toMatch(/example\.(org|net)/);
  });

  it('is not taken in while somebody is missing whom something waits for, unless that is left out', async ({
    expect,
    onTestFinished,
  }) => {
    const { state } = await makeState();
    const place = openInstallation(onTestFinished, ENV);
    put(path.join(place.folder, 'state'), printState(state));

    const refused = await place.drawbell('state', 'import', 'state', '--json');
    const draws = jsonOf(await place.drawbell('draws', '--json')).draws;
    place.env.DRAWBELL_SECRET = 'quite another secret than it was';
    const strange = await place.drawbell('state', 'import', 'state');
    const leftOut = await place.drawbell('state', 'import', 'state', '--leave-out');

    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toContain('import subscribers and add webhooks first');
    expect(refused.stderr).toContain('8 notices that wait for nobody here');
    expect(draws).toEqual([]);
    expect(strange.code).toBe(2);
    expect(strange.stderr).toContain('8 notices that wait by another secret');
    expect(leftOut).toMatchObject({ code: 0, stderr: '' });
    expect(leftOut.stdout).toContain('8 of the notices that wait are for nobody here: they are left out.');
  });

  it('needs the secret that it is keyed with', async ({ expect, onTestFinished }) => {
    const place = openInstallation(onTestFinished, { DRAWBELL_HISTORY: 'none' });

    const results = [
      await place.drawbell('state', 'export', 'out'),
      await place.drawbell('state', 'import', 'out'),
    ];

    for (const { code, stderr } of results) {
      expect(code).toBe(2);
      expect(stderr).toContain('DRAWBELL_SECRET: expected the secret of the job');
    }
    expect(existsSync(path.join(place.folder, 'out'))).toBe(false);
  });

  it('is not looked for, nor written, behind a link or in the place of a file', async ({
    expect,
    onTestFinished,
  }) => {
    const { state } = await makeState();
    const place = openInstallation(onTestFinished, ENV);
    const at = (...names: string[]) => path.join(place.folder, ...names);
    put(at('state'), printState(state));
    place.write('file', 'text');
    symlinkSync('state', at('link'));
    mkdirSync(at('elsewhere'));
    mkdirSync(at('tricky'));
    symlinkSync('../elsewhere', at('tricky', 'draws'));
    mkdirSync(at('bait'));
    symlinkSync('../state/watch.json', at('bait', 'watch.json'));
    mkdirSync(at('odd', 'ledger.ndjson'), { recursive: true });

    const before = read(place.folder);
    const found = [];
    for (const folder of ['file', 'link', 'tricky', 'bait', 'odd'])
      for (const way of ['import', 'export']) found.push(await place.drawbell('state', way, folder));
    const none = await place.drawbell('state', 'import', 'nowhere');

    for (const { code, stdout, stderr } of found) {
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(
        /^drawbell: the folder cannot be used:\n {2}".*": expected a (file|folder), found a /,
      );
    }
    expect(none).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('expected a folder with a state'),
    });
    const after = read(place.folder);
    for (const [name, text] of Object.entries(before)) expect(after[name]).toBe(text);
    expect(Object.keys(after).filter((name) => !name.startsWith('data/'))).toEqual(Object.keys(before));
  });

  it('of a folder that the database does not know is not overwritten', async ({ expect, onTestFinished }) => {
    const { state } = await makeState();
    const place = openInstallation(onTestFinished, ENV);
    put(path.join(place.folder, 'state'), printState(state));
    const before = read(path.join(place.folder, 'state'));

    const { code, stderr } = await place.drawbell('state', 'export', 'state');

    expect(stderr).toContain('events that it does not know');
    expect(code).toBe(2);
    expect(read(path.join(place.folder, 'state'))).toEqual(before);
  });

  it('tells what was left behind', async ({ expect, onTestFinished }) => {
    const place = openInstallation(onTestFinished, ENV);
    await addRecipients(place);
    await place.drawbell('subscribers', 'suppress', 'bruno@example.org');
    const db = openStore(path.join(place.folder, 'data', 'drawbell.db'));
    const at = '2024-05-31T16:00:00.000Z';
    await unsubscribe(db, (await findSubscriber(db, 'amina@example.org'))?.key ?? '', at);
    await db
      .insertInto('outbox')
      .values({
        letter: 'manage',
        channel: 'letter',
        subscriber_id: 3,
        status: 'queued',
        due_at: at,
        created_at: at,
      })
      .execute();
    await db.destroy();

    const json = jsonOf(await place.drawbell('state', 'export', 'out', '--json'));
    const { stdout } = await place.drawbell('state', 'export', 'out');

    expect(json).toMatchObject({ recipients: 1, leftBehind: { suppressed: 1, letters: 1 } });
    expect(stdout).toContain('1 addresses that get nothing are left behind');
    expect(stdout).toContain('1 letters about sign-ups are left behind');
    expect(Object.values(read(path.join(place.folder, 'out'))).join('')).not.toContain('example.org');
  });
});
