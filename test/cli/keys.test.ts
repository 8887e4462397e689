// `drawbell keys`: made, shown once, listed without, removed.

import { join } from 'node:path';
import { describe, it } from 'vitest';
import { addEndpoint } from '../../src/store/endpoints.ts';
import { openStore } from '../../src/store/open.ts';
import { jsonOf, openInstallation } from '../support/cli.ts';

const NOW = '2024-05-31T16:00:00.000Z';

describe('keys', () => {
  it.concurrent('are shown once, listed without, and removed by their id', async ({
    onTestFinished,
    expect,
  }) => {
    const place = openInstallation(onTestFinished, { DRAWBELL_HISTORY: 'none' });

    const none = await place.drawbell('keys', 'list');
    const added = jsonOf(await place.drawbell('keys', 'add', '  Acme   Hiring ', '--json'));
    const forPeople = await place.drawbell('keys', 'add', 'Acme Hiring');
    const list = await place.drawbell('keys', 'list', '--json');
    const table = await place.drawbell('keys', 'list');
    const removed = await place.drawbell('keys', 'remove', added.id);
    const left = jsonOf(await place.drawbell('keys', 'list', '--json')).keys;
    const last = await place.drawbell('keys', 'remove', left[0].id, '--json');
    const again = await place.drawbell('keys', 'remove', added.id);

    const { id, key } = added;
    expect(none.stdout).toBe('No keys yet.\n');
    expect(added).toEqual({
      id,
      team: 'Acme Hiring',
      key: expect.stringMatching(/^drawbell_[0-9a-f]{12}_[\w-]{43}$/),
    });
    expect(forPeople.stdout.match(/drawbell_[0-9a-f]{12}_[\w-]{43}/g)).toHaveLength(1);
    expect(jsonOf(list).keys).toEqual([
      { id, team: 'Acme Hiring', createdAt: expect.any(String), usedAt: null },
      expect.objectContaining({ team: 'Acme Hiring' }),
    ]);
    expect(list.stdout + table.stdout).not.toContain('drawbell_');
    expect(list.stdout + table.stdout).not.toContain(key.slice(-43));
    expect(table.stdout).toMatch(new RegExp(`^${id} +Acme Hiring +\\S+ +never$`, 'm'));
    expect(removed.stdout).toBe('Removed. Acme Hiring has 1 other key, and 0 endpoints.\n');
    expect(jsonOf(last)).toEqual({ removed: left[0].id });
    expect(again.code).toBe(2);
  });

  it.concurrent.for([
    'a@b.example',
    '',
    '   ',
    'x'.repeat(61),
    '=1+1',
    'a\u202eb',
    `drawbell_${'0'.repeat(12)}_${'hunter2'.repeat(7).slice(0, 43)}`,
  ])(
    'are made for no team that is called %j, which is not repeated',
    async (team, { onTestFinished, expect }) => {
      const place = openInstallation(onTestFinished, { DRAWBELL_HISTORY: 'none' });

      const { code, stdout, stderr } = await place.drawbell('keys', 'add', team);

      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toContain('team: expected a name of 1 to 60 letters');
      expect(stderr).not.toMatch(/b\.example|hunter2|\u202e/);
    },
  );

  it.concurrent('are made for teams of any tongue', async ({ onTestFinished, expect }) => {
    const place = openInstallation(onTestFinished, { DRAWBELL_HISTORY: 'none' });

    const added = jsonOf(await place.drawbell('keys', 'add', "L’équipe d'Érable & Cie", '--json'));

    expect(added.team).toBe("L’équipe d'Érable & Cie");
  });
});

describe('the endpoints of a team', () => {
  it.concurrent('are listed with its name, and stay when its last key is removed', async ({
    onTestFinished,
    expect,
  }) => {
    const place = openInstallation(onTestFinished, { DRAWBELL_HISTORY: 'none' });
    const { id } = jsonOf(await place.drawbell('keys', 'add', 'Acme', '--json'));
    await place.drawbell('webhooks', 'add', 'https://example.org/operator');
    const db = openStore(join(place.folder, 'data', 'drawbell.db'));
    await addEndpoint(db, { url: 'https://example.org/acme', kind: 'standard', team: 'Acme' }, NOW);
    await db.destroy();

    const table = await place.drawbell('webhooks', 'list');
    const removed = await place.drawbell('keys', 'remove', id);
    const list = jsonOf(await place.drawbell('webhooks', 'list', '--json'));

    expect(table.stdout).toMatch(/^ep_\w+ +standard +- +https/m);
    expect(table.stdout).toMatch(/^ep_\w+ +standard +Acme +https/m);
    expect(removed.stdout).toBe('Removed. Acme has no other key, and 1 endpoint.\n');
    expect(list.endpoints.map(({ team }: { team: string | null }) => team)).toEqual([null, 'Acme']);
  });
});

describe('the removal of a key', () => {
  it.concurrent('that is given whole repeats nothing of it', async ({ onTestFinished, expect }) => {
    const place = openInstallation(onTestFinished, { DRAWBELL_HISTORY: 'none' });
    const { key } = jsonOf(await place.drawbell('keys', 'add', 'Acme', '--json'));

    const { code, stdout, stderr } = await place.drawbell('keys', 'remove', key);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('drawbell keys list');
    expect(stderr).not.toContain(key.slice(-43));
  });
});
