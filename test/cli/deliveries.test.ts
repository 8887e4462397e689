// `drawbell deliveries`: the outbox, as an operator sees it, and what nobody may see there or in a log.

import { describe, expect, it } from 'vitest';
import { jsonOf } from '../support/cli.ts';
import {
  addTeam,
  DAY,
  dumpDatabase,
  feedAsOf,
  importReaders,
  MORNING,
  openWorld,
  settleIn,
} from './world.ts';

/** Scores that no cut-off, day or count of the test could be taken for. */
const READERS = `
- email: zelda.private@example.org
  crs: 1143
  crsAsOf: 2024-05-01
  profileSubmittedAt: 2024-01-08T22:15:00Z
  programs: [cec]
- email: Yusuf.Private@example.org
  crs: 1177
  profileSubmittedAt: 2024-01-08T22:15:00Z
  programs: [fsw]
  notify: [every-draw]
`;

describe.concurrent('deliveries', () => {
  it.concurrent('are listed newest first, by status, event and number', async ({ onTestFinished }) => {
    const world = await openWorld(onTestFinished);
    await settleIn(world);
    const before = await world.drawbell('deliveries');
    world.mail.refuseWith({ status: 550, text: '5.1.1 no' });
    world.site.publish(feedAsOf(DAY));
    await world.run('2024-05-31T16:00:00Z');

    const all = jsonOf(await world.drawbell('deliveries', '--json')).deliveries;
    const failed = jsonOf(await world.drawbell('deliveries', '--status', 'failed', '--json')).deliveries;
    const one = jsonOf(
      await world.drawbell('deliveries', '--event', 'draw_type.returned/ircc:297', '--limit', '1', '--json'),
    ).deliveries;
    const table = await world.drawbell('deliveries', '--limit', '2');

    expect(before.stdout).toBe('Nothing was ever queued.\n');
    expect(all.map(({ id }: { id: number }) => id)).toEqual([5, 4, 3, 2, 1]);
    expect(failed).toHaveLength(3);
    expect(one).toEqual([
      {
        id: 5,
        event: 'draw_type.returned/ircc:297',
        channel: 'webhook',
        recipient: expect.stringMatching(/^ep_[0-9a-f]{24}$/),
        outcome: null,
        status: 'sent',
        attempts: 1,
        dueAt: null,
        settledAt: '2024-05-31T16:00:00.000Z',
        detail: 'answered 204',
      },
    ]);
    expect(table.stdout.trimEnd().split('\n')).toHaveLength(3);
  });
});

describe.concurrent('a run in which everything fails', () => {
  it.concurrent('names readers and teams by opaque names only', async ({ onTestFinished }) => {
    const world = await openWorld(onTestFinished);
    await importReaders(world, READERS);
    const { secret } = await addTeam(world, `${world.team.origin}/hooks/t0ken-of-the-team?key=t0ken`);
    const { secret: goneSecret } = await addTeam(world, 'http://127.0.0.1:1/hooks/t0ken-of-another');
    await world.run(MORNING);
    const chatty = '<zelda.private@example.org> with 1143 is not welcome here';
    world.site.publish(feedAsOf(DAY));

    world.mail.refuseWith({ status: 451, text: `4.2.1 ${chatty}` });
    world.team.answerWith((response) => response.writeHead(500, { 'x-secret': secret }).end(chatty));
    const delayed = await world.run(`${DAY}T16:00:00Z`);
    world.mail.refuseWith({ status: 550, text: `5.1.1 ${chatty}` });
    world.team.answerWith((response) => response.writeHead(410).end(chatty));
    const failed = await world.run(`${DAY}T16:01:00Z`);
    await world.mail.close();
    const alone = await world.drawbell('run', '--now', `${DAY}T16:10:00Z`);
    const outputs = [
      delayed,
      failed,
      alone,
      await world.drawbell('deliveries'),
      await world.drawbell('deliveries', '--json'),
    ].flatMap(({ stdout, stderr }) => [stdout, stderr]);

    expect(delayed.report.notices).toEqual({ queued: 6, sent: 0, retrying: 6, failed: 0 });
    expect(failed.code).toBe(4);
    expect(failed.report.notices).toEqual({ queued: 0, sent: 0, retrying: 2, failed: 4 });
    expect(delayed.stderr.trimEnd().split('\n')).toHaveLength(6);
    const { deliveries = [], outbox = [] } = dumpDatabase(world);
    expect(deliveries.length).toBeGreaterThanOrEqual(12);
    const text = [...outputs, ...deliveries, ...outbox].join('\n').toLowerCase();
    const words = [
      'private',
      '@',
      '1143',
      '1177',
      't0ken',
      'hooks/',
      'whsec_',
      'welcome',
      secret.slice(6),
      goneSecret.slice(6),
    ];
    expect(words.filter((word) => text.includes(word.toLowerCase()))).toEqual([]);
  });
});
