// `drawbell webhooks`: the endpoints of teams, and what their operator does with them.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findEndpoint } from '../../src/cli/webhooks/find.ts';
import { addEndpoint } from '../../src/store/endpoints.ts';
import { jsonOf, openInstallation } from '../support/cli.ts';
import { closedAddress } from '../support/http.ts';
import { openTestStore } from '../support/store.ts';
import { addTeam, DAY, feedAsOf, openWorld } from './world.ts';

const SLACK = 'https://hooks.slack.example.org/services/T0/B0/s3cret';

describe('webhooks', () => {
  it.concurrent('shows a secret of 32 bytes once, and never again', async ({ onTestFinished }) => {
    const place = openInstallation(onTestFinished, { DRAWBELL_HISTORY: 'none' });

    const added = await place.drawbell(
      'webhooks',
      'add',
      'https://example.org/hooks/1',
      '--kind',
      'standard',
      '--json',
    );
    const forPeople = await place.drawbell(
      'webhooks',
      'add',
      'https://example.org/hooks/2',
      '--event',
      'draw.published',
    );
    const list = await place.drawbell('webhooks', 'list', '--json');
    const table = await place.drawbell('webhooks', 'list');
    const { id } = jsonOf(added);
    const removed = await place.drawbell('webhooks', 'remove', id, '--json');
    const left = await place.drawbell('webhooks', 'list', '--json');

    expect(Object.keys(jsonOf(added))).toEqual(['id', 'url', 'secret']);
    expect(jsonOf(added).url).toBe('https://example.org/hooks/1');
    const { secret } = jsonOf(added);
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(Buffer.from(secret.slice('whsec_'.length), 'base64')).toHaveLength(32);
    expect(forPeople.stdout.match(/whsec_/g)).toHaveLength(1);
    expect(forPeople.stdout).not.toContain(secret);
    expect(jsonOf(list)).toEqual({
      endpoints: [
        {
          id,
          url: 'https://example.org/hooks/1',
          kind: 'standard',
          locale: 'en',
          events: null,
          sources: null,
          drawTypes: null,
          createdAt: expect.any(String),
          state: 'well',
          failingSince: null,
          resumeAt: null,
          previousUntil: null,
          team: null,
          disabled: null,
          kept: 0,
        },
        expect.objectContaining({ url: 'https://example.org/hooks/2', events: ['draw.published'] }),
      ],
    });
    expect(list.stdout + table.stdout).not.toContain('whsec_');
    expect(table.stdout).toContain('https://example.org/…');
    expect(table.stdout).not.toContain('hooks');
    expect(jsonOf(removed)).toEqual({ removed: true });
    expect(jsonOf(left).endpoints).toHaveLength(1);
  });

  it.concurrent('of a service have no secret but the URL, which is not shown again', async ({
    onTestFinished,
  }) => {
    const place = openInstallation(onTestFinished, { DRAWBELL_HISTORY: 'none' });

    const added = await place.drawbell('webhooks', 'add', SLACK, '--kind', 'slack', '--json');
    const forPeople = await place.drawbell('webhooks', 'add', SLACK, '--kind', 'discord');
    const { id } = jsonOf(added);
    const shown = [
      await place.drawbell('webhooks', 'list', '--json'),
      await place.drawbell('webhooks', 'list'),
      await place.drawbell('webhooks', 'set', id, '--locale', 'fr', '--json'),
      await place.drawbell('webhooks', 'rotate', id),
      await place.drawbell('webhooks', 'remove', SLACK),
    ];

    expect(jsonOf(added)).toEqual({ id, url: SLACK, secret: null });
    expect(forPeople.stdout).toContain('The URL itself is the secret');
    expect(forPeople.stdout).not.toContain('whsec_');
    expect(shown.map(({ code }) => code)).toEqual([0, 0, 0, 2, 2]);
    expect(shown[3]?.stderr).toContain('the URL is the secret');
    const everything = shown.map(({ stdout, stderr }) => stdout + stderr).join('\n');
    expect(everything).toContain('https://hooks.slack.example.org/…');
    expect(everything).not.toMatch(/s3cret|whsec_/);
  });

  it.concurrent('that cannot be added are told with all that is wrong, and leave nothing behind', async ({
    onTestFinished,
  }) => {
    const place = openInstallation(onTestFinished);
    const wrong = '--kind pigeon --event draw.nonsense --source mars --draw-type cec cake --locale de';

    const refused = await place.drawbell(
      'webhooks',
      'add',
      'https://user:hunter2@example.org/',
      ...wrong.split(' '),
    );
    const inside = await place.drawbell('webhooks', 'add', 'https://127.0.0.1/s3cret');
    const made = existsSync(join(place.folder, 'data'));
    const known = await place.drawbell(
      'webhooks',
      'add',
      'https://example.org/',
      ...'--event draw.published --source ircc --draw-type cec other:agri-food --locale fr --json'.split(' '),
    );

    expect(refused).toMatchObject({ code: 2, stdout: '' });
    const places = refused.stderr.trimEnd().split('\n').slice(1);
    expect(places.map((line) => line.trim().split(':')[0])).toEqual([
      'url',
      '--kind',
      '--event',
      '--source',
      '--draw-type',
      '--locale',
    ]);
    expect(inside).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr + inside.stderr).not.toMatch(/hunter2|s3cret/);
    expect(made).toBe(false);
    expect(known.code).toBe(0);
  });

  it.concurrent('are named by a beginning that only one of them has', async ({ onTestFinished }) => {
    const place = openInstallation(onTestFinished, { DRAWBELL_HISTORY: 'none' });
    const none = await place.drawbell('webhooks', 'disable', 'ep_nobody');
    const { id } = jsonOf(await place.drawbell('webhooks', 'add', 'https://example.org/', '--json'));

    const short = await place.drawbell('webhooks', 'disable', id.slice(0, 5));
    const long = await place.drawbell('webhooks', 'disable', id.slice(0, 6), '--json');

    expect([none.code, short.code, long.code]).toEqual([2, 2, 0]);
    expect(none.stderr).toContain('drawbell webhooks add URL');
    expect(short.stderr).toContain('drawbell webhooks list');
    expect(jsonOf(long)).toEqual({ disabled: id, kept: 0 });
  });

  it('with the same beginning are told apart by more of it', async () => {
    const session = { db: openTestStore(), now: () => new Date('2024-05-31T16:00:00Z') };
    for (const key of ['ep_aaaa01', 'ep_aaaa02', 'ep_aaaa']) {
      const { id } = await addEndpoint(session.db, { url: 'https://example.org/', kind: 'standard' }, '');
      await session.db.updateTable('endpoints').set({ key }).where('key', '=', id).execute();
    }

    const [exact, longer] = [
      await findEndpoint(session, 'ep_aaaa'),
      await findEndpoint(session, 'ep_aaaa01'),
    ];

    expect([exact.id, longer.id]).toEqual(['ep_aaaa', 'ep_aaaa01']);
    await expect(findEndpoint(session, 'ep_aaa')).rejects.toThrow(/more of it, to tell 3 endpoints apart/);
    await expect(findEndpoint(session, 'ep_aaaa03')).rejects.toThrow(/at least 6 characters/);
  });

  it.concurrent('get other things from now on, one by one or all of them', async ({ onTestFinished }) => {
    const place = openInstallation(onTestFinished, { DRAWBELL_HISTORY: 'none' });
    const { id } = jsonOf(await place.drawbell('webhooks', 'add', 'https://example.org/a', '--json'));
    const set = (...options: string[]) => place.drawbell('webhooks', 'set', id, ...options, '--json');

    const narrowed = await set('--event', 'draw.published', '--draw-type', 'cec', 'french');
    const moved = await set('--url', 'https://example.org/b', '--locale', 'fr', '--all-events');
    const table = await place.drawbell('webhooks', 'list');
    const nothing = await set();
    const both = await set('--event', 'draw.published', '--all-events');
    const wrong = await set('--url', 'ftp://example.org/', '--source', 'mars');

    expect(jsonOf(narrowed)).toMatchObject({ events: ['draw.published'], drawTypes: ['cec', 'french'] });
    expect(jsonOf(moved)).toEqual({
      id,
      url: 'https://example.org/b',
      events: null,
      sources: null,
      drawTypes: ['cec', 'french'],
      locale: 'fr',
    });
    expect(table.stdout).toContain('everything about cec and french draws');
    expect([nothing, both, wrong].map(({ code }) => code)).toEqual([2, 2, 2]);
    expect(wrong.stderr).toMatch(/ url: .+\n {2}--source: /);
  });

  it.concurrent('are disabled, which keeps what waits, and enabled, which says so', async ({
    onTestFinished,
  }) => {
    const world = await openWorld(onTestFinished);
    const { id } = await addTeam(world);
    await world.run('2024-05-30T18:00:00Z');

    const disabled = await world.drawbell('webhooks', 'disable', id);
    const again = await world.drawbell('webhooks', 'disable', id);
    world.site.publish(feedAsOf(DAY));
    await world.run('2024-05-31T16:00:00Z');
    const list = await world.drawbell('webhooks', 'list', '--json');
    const table = await world.drawbell('webhooks', 'list');
    const enabled = await world.drawbell('webhooks', 'enable', id, '--json');
    await world.run('2024-05-31T17:00:00Z');

    expect(disabled.stdout).toContain('0 notices are kept');
    expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('disabled already') });
    expect(jsonOf(list).endpoints[0]).toMatchObject({
      state: 'disabled',
      disabled: { at: expect.any(String), why: 'operator' },
      kept: 2,
    });
    expect(table.stdout).toMatch(/disabled since \S+: by hand/);
    expect(jsonOf(enabled)).toEqual({ enabled: id, kept: 2, keptSince: '2024-05-31T16:00:00.000Z' });
    expect(world.team.received).toEqual([]);
  });

  it.concurrent('that are removed get nothing any more, also not what was waiting', async ({
    onTestFinished,
  }) => {
    const world = await openWorld(onTestFinished);
    const { id } = await addTeam(world);
    world.team.answerWith((response) => response.writeHead(500).end());
    await world.run('2024-05-30T18:00:00Z');
    world.site.publish(feedAsOf(DAY));
    const refused = await world.run('2024-05-31T16:00:00Z');

    await world.drawbell('webhooks', 'remove', id);
    const later = await world.run('2024-06-01T16:00:00Z');

    expect(refused.report.notices).toEqual({ queued: 2, sent: 0, retrying: 2, failed: 0 });
    expect(later.report.notices).toEqual({ queued: 0, sent: 0, retrying: 0, failed: 0 });
    expect(world.team.received).toHaveLength(2);
  });
});

describe('webhooks test', () => {
  it.concurrent('sends an example of each event it wants, signed, under ids of their own, and records nothing', async ({
    onTestFinished,
  }) => {
    const world = await openWorld(onTestFinished);
    const { id } = await addTeam(world);
    await world.drawbell('webhooks', 'set', id, '--draw-type', 'military', '--json');
    await world.drawbell('webhooks', 'disable', id);

    const all = await world.drawbell('webhooks', 'test', id, '--json');
    const { received } = world.team;
    const types = received.map(({ body }) => JSON.parse(body).type);
    const two = await world.drawbell('webhooks', 'test', id, '--event', 'draw.published', 'source.failing');
    const { deliveries } = jsonOf(await world.drawbell('deliveries', '--json'));
    const { endpoints } = jsonOf(await world.drawbell('webhooks', 'list', '--json'));

    expect(all.code).toBe(0);
    expect(types).toEqual([
      'draw.published',
      'draw.corrected',
      'draw.withdrawn',
      'draw_type.new',
      'draw_type.returned',
      'category.revised',
      'record.set',
    ]);
    const ids = received.map(({ headers }) => headers['webhook-id']);
    expect(jsonOf(all)).toEqual({
      id,
      examples: types.map((type, index) => ({
        type,
        webhookId: ids[index],
        outcome: 'sent',
        detail: 'answered 204',
        status: 204,
        milliseconds: expect.any(Number),
        answer: null,
      })),
      notSent: [],
    });
    expect(two.stdout.match(/answered 204/g)).toHaveLength(2);
    expect(received).toHaveLength(9);
    expect(received.every(({ verified }) => verified)).toBe(true);
    expect(new Set(ids).size).toBe(9);
    expect(ids.every((one) => /^msg_test_[0-9a-f]{24}$/.test(String(one)))).toBe(true);
    expect(deliveries).toEqual([]);
    expect(endpoints[0]).toMatchObject({ state: 'disabled', kept: 0, failingSince: null });
  });

  it.concurrent('shows what is answered, made harmless: exit 4 where one was not taken', async ({
    onTestFinished,
  }) => {
    const world = await openWorld(onTestFinished);
    const { id } = await addTeam(world);
    world.team.answerWith((response) =>
      response.writeHead(500).end('\n\u001b[31mNo such channel\nat line 7'),
    );

    const refused = await world.drawbell('webhooks', 'test', id, '--event', 'draw.published', '--json');
    const table = await world.drawbell('webhooks', 'test', id);

    expect([refused.code, table.code]).toEqual([4, 4]);
    expect(jsonOf(refused).examples).toMatchObject([
      { outcome: 'refused', detail: 'answered 500', status: 500, answer: '[31mNo such channel' },
    ]);
    expect(table.stdout.match(/No such channel/g)).toHaveLength(7);
    expect(table.stdout).not.toContain('\u001b');
  });

  it.concurrent('stops where nobody answers, and says what was not sent', async ({ onTestFinished }) => {
    const world = await openWorld(onTestFinished);
    const { id } = await addTeam(world, `${await closedAddress(onTestFinished)}/s3cret`);

    const ended = await world.drawbell('webhooks', 'test', id);

    expect(ended.code).toBe(4);
    expect(ended.stdout.match(/no answer: /g)).toHaveLength(1);
    expect(ended.stdout).toMatch(/the others were not sent: draw\.corrected, .+, record\.set\./);
    expect(ended.stdout + ended.stderr).not.toContain('s3cret');
  });
});
