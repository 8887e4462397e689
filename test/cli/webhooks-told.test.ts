// Teams whose endpoints are gone, slow or dead, or change their secret: nothing is lost, and nobody waits for another.

import { createHash } from 'node:crypto';
import type { Socket } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { openReceiver, type ReceivedWebhook } from '../../src/demo/receiver.ts';
import { listEndpoints } from '../../src/store/endpoints.ts';
import { jsonOf } from '../support/cli.ts';
import { closedAddress, serveSocket } from '../support/http.ts';
import { addTeam, DAY, feedAsOf, inSession, MORNING, NEWS, openWorld, type World } from './world.ts';

/** What every endpoint is told of the day's round. */
const TOLD_THAT_DAY = ['draw.published/ircc:297', 'draw_type.returned/ircc:297'];

/** The id that the notice of an event has for an endpoint, whenever it is sent. */
function idOf(event: string, endpoint: string): string {
  return `msg_${createHash('sha256').update(`${event}\n${endpoint}`).digest('hex').slice(0, 32)}`;
}

function idsOf(received: readonly ReceivedWebhook[]): string[] {
  return received.map(({ headers }) => String(headers['webhook-id']));
}

/** Whether it is signed by this secret, among others. */
function isSignedBy(secret: string, { headers, body }: ReceivedWebhook): boolean {
  try {
    new Webhook(secret).verify(body, headers as Record<string, string>);
    return true;
  } catch {
    return false;
  }
}

async function listed(world: World): Promise<Record<string, unknown>[]> {
  return jsonOf(await world.drawbell('webhooks', 'list', '--json')).endpoints;
}

describe('an endpoint that answers 410', () => {
  it.concurrent('is disabled, the operator told, and what happens kept until it is replayed, with the ids it would have had', async ({
    onTestFinished,
  }) => {
    const world = await openWorld(onTestFinished);
    world.env.DRAWBELL_OPERATOR = 'mailto:operator@example.org';
    const { id } = await addTeam(world);
    await world.run(MORNING);
    world.team.answerWith((response) => response.writeHead(410).end());

    world.site.publish(feedAsOf(DAY));
    const gone = await world.run(NEWS);
    const [disabled] = await listed(world);
    const mails = [...world.mail.received];
    const before = idsOf(world.team.received.splice(0));
    world.team.answerWith((response) => response.writeHead(204).end());
    world.site.publish(feedAsOf('2024-06-19'));
    const meanwhile = await world.run('2024-06-19T16:00:00Z');
    const untold = [...world.team.received];
    const [keeping] = await listed(world);
    const { events } = jsonOf(await world.drawbell('events', '--since', DAY, '--json'));
    const replayed = await world.drawbell('webhooks', 'replay', id, '--since', DAY, '--json');
    const again = await world.drawbell('webhooks', 'replay', id.slice(0, 12), '--since', DAY, '--json');
    const everything = await world.drawbell('webhooks', 'replay', id, '--since', DAY, '--all');
    const [well] = await listed(world);

    expect(gone.code).toBe(4);
    expect(disabled).toMatchObject({ state: 'disabled', disabled: { why: 'gone' } });
    expect(mails.map(({ recipients }) => recipients)).toEqual([['operator@example.org']]);
    expect(mails[0]?.raw).toContain(id);
    expect(meanwhile.code).toBe(0);
    expect(untold).toEqual([]);
    expect(keeping?.kept).toBeGreaterThanOrEqual(1);

    const told: string[] = events
      .filter(
        ({ type, told }: { type: string; told: boolean }) => told && /^(draw|category|record)/.test(type),
      )
      .map((event: { id: string }) => event.id);
    const expected = told.map((event) => idOf(event, id));
    const { queued } = jsonOf(replayed).notices;
    expect(told.length).toBeGreaterThan(TOLD_THAT_DAY.length);
    expect(expected).toEqual(expect.arrayContaining(before));
    expect(replayed.code).toBe(0);
    expect(jsonOf(replayed)).toEqual({
      replayed: id,
      since: `${DAY}T00:00:00.000Z`,
      enabled: true,
      notices: { queued: told.length, sent: told.length, retrying: 0, kept: 0, failed: 0, inHand: 0 },
    });
    expect(jsonOf(again)).toMatchObject({ enabled: false, notices: { queued: 0, sent: 0 } });
    expect(everything.stdout).toContain(`${queued} queued for ${id}`);
    const ids = idsOf(world.team.received);
    expect(ids.slice(0, told.length).sort()).toEqual(expected.toSorted());
    expect(ids.slice(told.length).sort()).toEqual(expected.toSorted());
    expect(world.team.received.every(({ verified }) => verified)).toBe(true);
    expect(well).toMatchObject({ state: 'well', disabled: null, kept: 0 });
  });
});

describe('a replay', () => {
  it.concurrent('sends what happened before the endpoint was there; what is given up is exit 4, and kept where it is gone again', async ({
    onTestFinished,
  }) => {
    const world = await openWorld(onTestFinished);
    await world.run(MORNING);
    world.site.publish(feedAsOf(DAY));
    await world.run(NEWS);
    const { id } = await addTeam(world);

    const future = await world.drawbell('webhooks', 'replay', id, '--since', '2999-01-01');
    const unreadable = await world.drawbell('webhooks', 'replay', id, '--since', 'yesterday');
    const nobody = await world.drawbell('webhooks', 'replay', 'ep_nobody', '--since', DAY);
    const later = await world.drawbell('webhooks', 'replay', id, '--since', '2024-05-31T16:00:01Z');
    world.team.answerWith((response) => response.writeHead(410).end());
    const gone = await world.drawbell('webhooks', 'replay', id, '--since', DAY);
    world.team.answerWith((response) => response.writeHead(500).end());
    const refused = await world.drawbell('webhooks', 'replay', id, '--since', NEWS, '--json');

    expect([future, unreadable, nobody].map(({ code, stdout }) => [code, stdout])).toEqual(
      Array(3).fill([2, '']),
    );
    expect(future.stderr).toContain('a time that is past');
    expect(later).toMatchObject({ code: 0, stdout: expect.stringContaining('There is nothing since') });
    expect(gone.code).toBe(4);
    expect(gone.stdout).toMatch(/2 queued for \S+, of what happened since \S+: 0 sent/);
    expect(gone.stdout).toMatch(/given up|kept/);
    expect(refused.code).toBe(0);
    expect(jsonOf(refused)).toMatchObject({
      enabled: true,
      notices: { queued: 2, sent: 0, retrying: 2, failed: 0 },
    });
    expect(new Set(idsOf(world.team.received))).toEqual(
      new Set(TOLD_THAT_DAY.map((event) => idOf(event, id))),
    );
  });
});

describe('a secret that is rotated', () => {
  it.concurrent('signs beside the old one for a day, and alone from then on', async ({ onTestFinished }) => {
    const world = await openWorld(onTestFinished);
    const { id, secret: old } = await addTeam(world);
    await world.run(MORNING);
    world.team.answerWith((response) => response.writeHead(500).end());

    const rotated = await world.drawbell('webhooks', 'rotate', id, '--json');
    world.site.publish(feedAsOf(DAY));
    await world.run(NEWS);
    const during = world.team.received.splice(0);
    const { secret, previousUntil } = jsonOf(rotated);
    world.team.answerWith((response) => response.writeHead(204).end());
    await world.run(new Date(Date.parse(previousUntil) + 1_000).toISOString());
    const after = world.team.received.splice(0);
    const forPeople = await world.drawbell('webhooks', 'rotate', id);

    expect(secret).not.toBe(old);
    expect(Date.parse(previousUntil) - Date.now()).toBeGreaterThan(23 * 3_600_000);
    expect(during).toHaveLength(2);
    expect(after).toHaveLength(2);
    expect(during.map((one) => [isSignedBy(old, one), isSignedBy(secret, one)])).toEqual(
      Array(2).fill([true, true]),
    );
    expect(after.map((one) => [isSignedBy(old, one), isSignedBy(secret, one)])).toEqual(
      Array(2).fill([false, true]),
    );
    expect(forPeople.stdout.match(/whsec_/g)).toHaveLength(1);
    expect(forPeople.stdout).toMatch(/Until \S+ everything is signed with the one before it, too/);
    expect(forPeople.stdout).toContain('The one before that does not sign any more');
  });
});

describe('an endpoint that asks to be left alone', () => {
  it.concurrent('is, for as long as it asked, while another gets everything at once', async ({
    onTestFinished,
  }) => {
    const world = await openWorld(onTestFinished, feedAsOf('2024-05-29'));
    const quick = await openReceiver();
    onTestFinished(() => quick.close());
    const { id } = await addTeam(world);
    const other = jsonOf(await world.drawbell('webhooks', 'add', quick.url, '--json'));
    quick.trust(other.secret);
    await world.run('2024-05-29T18:00:00Z');
    world.team.answerWith((response) => response.writeHead(503, { 'retry-after': '3600' }).end());

    world.site.publish(feedAsOf(DAY));
    const busy = await world.run(NEWS);
    const tried = world.team.received.splice(0);
    const [slowed] = await inSession(world, NEWS, ({ db, now }) => listEndpoints(db, now().toISOString()));
    world.team.answerWith((response) => response.writeHead(204).end());
    const early = await world.run('2024-05-31T16:59:59Z');
    const untold = [...world.team.received];
    const due = await world.run('2024-05-31T17:00:00Z');

    const all = quick.received.length;
    expect(all).toBeGreaterThanOrEqual(3);
    expect(quick.received.every(({ verified }) => verified)).toBe(true);
    expect(busy.report.notices).toEqual({ queued: 2 * all, sent: all, retrying: tried.length, failed: 0 });
    expect(tried.length).toBeGreaterThanOrEqual(1);
    expect(slowed).toMatchObject({
      id,
      failingSince: expect.stringContaining('2024-05-31T16:00:00'),
      resumeAt: '2024-05-31T17:00:00.000Z',
    });
    expect(early.report.notices).toEqual({ queued: 0, sent: 0, retrying: 0, failed: 0 });
    expect(untold).toEqual([]);
    expect(due.report.notices).toMatchObject({ sent: all, retrying: 0 });
    expect(new Set(idsOf(world.team.received)).size).toBe(all);
  });
});

describe('an endpoint that is dead', () => {
  it.concurrent('keeps no other from getting its events: nobody listens, or nobody answers', async ({
    onTestFinished,
  }) => {
    const world = await openWorld(onTestFinished);
    const hanging = new Set<Socket>();
    let [over, ended] = [false, 0];
    const silent = await serveSocket(onTestFinished, (socket) => {
      // Read to its end, or nobody would hear that the other side has hung up.
      if (over) socket.destroy();
      else hanging.add(socket.resume().on('close', () => (ended += 1)));
    });
    // The dead ones are older, so that they would come first.
    await world.drawbell('webhooks', 'add', `${silent}/hooks`);
    await world.drawbell('webhooks', 'add', `${await closedAddress(onTestFinished)}/hooks`);
    await addTeam(world);
    await world.run(MORNING);
    const { promise: told, resolve } = Promise.withResolvers<void>();
    world.team.answerWith((response) => {
      response.writeHead(204).end();
      if (world.team.received.length === TOLD_THAT_DAY.length) resolve();
    });

    world.site.publish(feedAsOf(DAY));
    const running = world.start('run', '--json', '--now', NEWS);
    await told;
    const endedByThen = ended;
    over = true;
    for (const socket of hanging) socket.destroy();
    const { notices } = jsonOf(await running.ended);

    expect(endedByThen).toBe(0);
    expect(notices).toMatchObject({ queued: 6, sent: 2, failed: 0 });
    expect(world.team.received.every(({ verified }) => verified)).toBe(true);
  });
});
