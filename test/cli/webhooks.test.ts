// `drawbell webhooks`: the endpoints of teams.

import { describe, expect, it } from 'vitest';
import { jsonOf, openInstallation } from '../support/cli.ts';
import { addTeam, DAY, feedAsOf, openWorld } from './world.ts';

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
          events: null,
          createdAt: expect.any(String),
        },
        expect.objectContaining({ url: 'https://example.org/hooks/2', events: ['draw.published'] }),
      ],
    });
    expect(list.stdout + table.stdout).not.toContain('whsec_');
    expect(jsonOf(removed)).toEqual({ removed: true });
    expect(jsonOf(left).endpoints).toHaveLength(1);
  });

  it.concurrent('are tested with the newest event they asked for, signed, under an id of its own', async ({
    onTestFinished,
  }) => {
    const world = await openWorld(onTestFinished);
    world.env.DRAWBELL_HISTORY = 'bundled';
    const { id } = await addTeam(world);

    const first = await world.drawbell('webhooks', 'test', id, '--json');
    const second = await world.drawbell('webhooks', 'test', id);
    world.team.answerWith((response) => response.writeHead(500).end());
    const refused = await world.drawbell('webhooks', 'test', id, '--json');
    const { deliveries } = jsonOf(await world.drawbell('deliveries', '--json'));

    const { received } = world.team;
    expect(first.code).toBe(0);
    expect(jsonOf(first)).toEqual({ event: expect.any(String), outcome: 'sent', detail: 'answered 204' });
    expect(second).toMatchObject({ code: 0, stdout: expect.stringContaining('sent (answered 204)') });
    expect(refused.code).toBe(4);
    expect(jsonOf(refused)).toMatchObject({ outcome: 'refused', detail: 'answered 500' });
    expect(received.every(({ verified }) => verified)).toBe(true);
    expect(received.map(({ headers }) => headers['webhook-id'])).toEqual(
      Array(3).fill(expect.stringMatching(/^msg_test_/)),
    );
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(3);
    expect(deliveries).toEqual([]);
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
