// Notices that are not taken at once: tried again by the clock, with the same id, or given up.

import { describe, expect, it } from 'vitest';
import { jsonOf } from '../support/cli.ts';
import {
  addressees,
  DAY,
  feedAsOf,
  NEWS,
  NO_READERS,
  openWorld,
  settleIn,
  tellings,
  type World,
} from './world.ts';

interface Delivery {
  channel: 'email' | 'webhook';
  recipient: string;
  status: string;
  attempts: number;
  dueAt: string | null;
  settledAt: string | null;
  detail: string | null;
}

async function deliveriesOf(world: World, ...filter: string[]): Promise<Delivery[]> {
  return jsonOf(await world.drawbell('deliveries', '--json', ...filter)).deliveries;
}

describe('a mail server that puts messages off', () => {
  it.concurrent('gets them again when they are due, not before, with the same Message-ID', async ({
    onTestFinished,
  }) => {
    const world = await openWorld(onTestFinished);
    await settleIn(world);
    const { mail } = world;
    mail.decide(({ recipients }) =>
      recipients.includes('amina@example.org') ? { status: 451, text: '4.3.0 later, please' } : 'take',
    );

    world.site.publish(feedAsOf(DAY));
    const refused = await world.run(NEWS);
    const waiting = await deliveriesOf(world, '--status', 'queued');
    const dueAt = waiting[0]?.dueAt ?? '';
    mail.decide(() => 'take');
    const early = await world.run(NEWS);
    const due = await world.run(dueAt);
    const settled = await deliveriesOf(world, '--status', 'sent');

    expect(refused.code).toBe(0);
    expect(refused.report.notices).toEqual({ queued: 5, sent: 4, retrying: 1, failed: 0 });
    expect(refused.stderr).toMatch(
      /^drawbell: email msg_[0-9a-f]{32}: attempt 1 refused \(451 4\.3\.0 put off by the mail server\), again in \d+ s\n$/,
    );
    expect(waiting).toHaveLength(1);
    expect(waiting[0]).toMatchObject({ recipient: 'subscriber 1', attempts: 1, settledAt: null });
    const pause = Date.parse(dueAt) - Date.parse(NEWS);
    expect(pause).toBeGreaterThanOrEqual(4_000);
    expect(pause).toBeLessThanOrEqual(6_000);

    expect(early.report.notices).toEqual({ queued: 0, sent: 0, retrying: 0, failed: 0 });
    expect(due.code).toBe(0);
    expect(due.report.notices).toEqual({ queued: 0, sent: 1, retrying: 0, failed: 0 });
    const amina = mail.received.filter(({ recipients }) => recipients.includes('amina@example.org'));
    expect(amina).toHaveLength(2);
    expect(amina[0]?.recipients).toEqual(amina[1]?.recipients);
    expect(amina[0]?.messageId).toBe(amina[1]?.messageId);
    expect(mail.received).toHaveLength(4);
    expect(settled).toHaveLength(5);
    expect(settled.find(({ recipient }) => recipient === 'subscriber 1')).toMatchObject({
      attempts: 2,
      settledAt: new Date(dueAt).toISOString(),
    });
  });
});

describe('a mail server that refuses us', () => {
  it.concurrent('stops the mails and nothing else: exit 4 until it takes one, and nobody is struck off', async ({
    onTestFinished,
  }) => {
    const world = await openWorld(onTestFinished);
    await settleIn(world);
    world.mail.refuseWith({ status: 550, text: '5.7.1 you are not welcome here' });

    world.site.publish(feedAsOf(DAY));
    const refused = await world.run(NEWS);
    const meanwhile = await world.run(`${DAY}T16:00:01Z`);
    world.mail.refuseWith(null);
    const later = await world.run(`${DAY}T16:20:00Z`);

    expect([refused.code, meanwhile.code, later.code]).toEqual([4, 4, 0]);
    expect(refused.report.notices).toMatchObject({ sent: 2, failed: 0 });
    expect(refused.stderr).toContain('mail waits (550 5.7.1 refused by the mail server');
    expect(later.report.notices).toMatchObject({ sent: 3, retrying: 0, failed: 0 });
    expect(later.stderr).toContain('mail goes out again');
  });
});

describe('a mail server that refuses a recipient for good', () => {
  it.concurrent('has the notice given up: exit 4, and it is not tried again', async ({ onTestFinished }) => {
    const world = await openWorld(onTestFinished);
    await settleIn(world);
    world.mail.refuseWith({ status: 550, text: '5.1.1 no such user' });

    world.site.publish(feedAsOf(DAY));
    const refused = await world.run(NEWS);
    const failed = await deliveriesOf(world, '--status', 'failed');
    world.mail.refuseWith(null);
    const later = await world.run('2024-06-03T16:00:00Z');

    expect(refused.code).toBe(4);
    expect(refused.report.notices).toEqual({ queued: 5, sent: 2, retrying: 0, failed: 3 });
    expect(failed.map(({ recipient }) => recipient).sort()).toEqual([
      'subscriber 1',
      'subscriber 2',
      'subscriber 3',
    ]);
    expect(failed[0]).toMatchObject({
      attempts: 1,
      dueAt: null,
      detail: '550 5.1.1 refused by the mail server',
    });
    expect(later.code).toBe(0);
    expect(later.report.notices).toEqual({ queued: 0, sent: 0, retrying: 0, failed: 0 });
    expect(addressees(world)).toEqual([]);
  });
});

describe('a team that cannot take its webhooks', () => {
  it.concurrent('gets them later with the same id and body; the pause it asked for is obeyed', async ({
    onTestFinished,
  }) => {
    const world = await openWorld(onTestFinished);
    await settleIn(world, NO_READERS);
    world.team.answerWith((response) => response.writeHead(429, { 'retry-after': '3600' }).end());

    world.site.publish(feedAsOf(DAY));
    const refused = await world.run(NEWS);
    const waiting = await deliveriesOf(world, '--status', 'queued');
    world.team.answerWith((response) => response.writeHead(500).end());
    const early = await world.run('2024-05-31T16:59:59Z');
    const refusedAgain = await world.run('2024-05-31T17:00:00Z');
    world.team.answerWith((response) => response.writeHead(204).end());
    const taken = await world.run('2024-06-01T17:00:00Z');

    expect(refused.code).toBe(0);
    expect(refused.report.notices).toEqual({ queued: 2, sent: 0, retrying: 2, failed: 0 });
    expect(waiting.map(({ dueAt }) => dueAt)).toEqual(Array(2).fill('2024-05-31T17:00:00.000Z'));
    expect(early.report.notices).toMatchObject({ sent: 0, retrying: 0 });
    expect(refusedAgain.report.notices).toMatchObject({ sent: 0, retrying: 2 });
    expect(taken.report.notices).toMatchObject({ sent: 2, retrying: 0 });
    const { received } = world.team;
    expect(received).toHaveLength(6);
    expect(received.every(({ verified }) => verified)).toBe(true);
    const bodies = Object.groupBy(received, ({ headers }) => String(headers['webhook-id']));
    expect(Object.values(bodies).map((posts) => new Set(posts?.map(({ body }) => body)).size)).toEqual([
      1, 1,
    ]);
    expect(Object.values(bodies).map((posts) => posts?.length)).toEqual([3, 3]);
  });

  it.concurrent('for good answers 410: exit 4', async ({ onTestFinished }) => {
    const world = await openWorld(onTestFinished);
    await settleIn(world, NO_READERS);
    world.team.answerWith((response) => response.writeHead(410).end());

    world.site.publish(feedAsOf(DAY));
    const { code, report } = await world.run(NEWS);
    const later = await world.run('2024-06-03T16:00:00Z');

    expect(code).toBe(4);
    expect(report.notices).toEqual({ queued: 2, sent: 0, retrying: 0, failed: 2 });
    expect(later.report.notices).toMatchObject({ sent: 0, retrying: 0, failed: 0 });
    expect(tellings(world)).toHaveLength(2);
  });
});
