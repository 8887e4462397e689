// Who is told what of the round of 31 May 2024, by mail and by webhook, and that nobody is told twice.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { wrapRounds } from '../../src/demo/feed.ts';
import { jsonOf } from '../support/cli.ts';
import {
  addressees,
  addTeam,
  DAY,
  feedAsOf,
  importReaders,
  MORNING,
  NEWS,
  openWorld,
  READERS,
  settleIn,
  tellings,
  type World,
} from './world.ts';

describe('a new round', () => {
  it.concurrent('is told once to each reader who asked for it, with the verdict, and to the team, signed', async ({
    onTestFinished,
  }) => {
    const world = await openWorld(onTestFinished);
    await importReaders(world, READERS);
    await addTeam(world);

    const first = await world.run(MORNING);
    const toldAtFirst = [...addressees(world), ...tellings(world)];
    world.site.publish(feedAsOf(DAY));
    const second = await world.run(NEWS);
    const third = await world.run(NEWS);
    const later = await world.run('2024-06-05T16:00:00Z');
    const { deliveries } = jsonOf(await world.drawbell('deliveries', '--json'));

    expect(first.code).toBe(0);
    expect(toldAtFirst).toEqual([]);
    expect(second.code).toBe(0);
    expect(second.report).toEqual({
      sources: [
        {
          id: 'ircc',
          status: 'changed',
          reason: null,
          draws: { new: ['ircc:297'], corrected: [], withdrawn: [], quarantined: [] },
        },
      ],
      events: [
        { id: 'draw.published/ircc:297', type: 'draw.published', draw: 'ircc:297' },
        { id: 'draw_type.returned/ircc:297', type: 'draw_type.returned', draw: 'ircc:297' },
      ],
      notices: { queued: 5, sent: 5, retrying: 0, failed: 0 },
    });
    for (const { code, report } of [third, later]) {
      expect(code).toBe(0);
      expect(report.sources[0].status).toBe('unchanged');
      expect(report.notices).toEqual({ queued: 0, sent: 0, retrying: 0, failed: 0 });
    }

    expect(subjects(world)).toEqual({
      'amina@example.org': expect.stringMatching(/^You would have been invited: .*#297 .*522.*990 days/),
      'bruno@example.org': expect.stringMatching(/^Vous n’auriez pas reçu .*297.*522.*541.*990/),
      'chen@example.org': expect.stringMatching(/^We cannot tell .*#297.*522/),
    });
    for (const { recipients, to, headers, html } of world.mail.received) {
      expect(recipients).toHaveLength(1);
      expect(to?.map(({ address }) => address)).toEqual(recipients);
      expect(headers.filter(({ key }) => ['cc', 'bcc'].includes(key))).toEqual([]);
      expect(html).toContain('522');
    }
    expect(new Set(world.mail.received.map(({ messageId }) => messageId)).size).toBe(3);

    const { team } = world;
    expect(tellings(world)).toEqual(['draw.published/ircc:297', 'draw_type.returned/ircc:297']);
    expect(team.received.every(({ verified }) => verified)).toBe(true);
    expect(new Set(team.received.map(({ headers }) => headers['webhook-id'])).size).toBe(2);
    for (const { body } of team.received) {
      expect(Object.keys(JSON.parse(body))).toEqual(['type', 'timestamp', 'data']);
      expect(JSON.parse(body)).toMatchObject({
        timestamp: '2024-05-31T16:00:00.000Z',
        data: { draw: { cutoff: 522 } },
      });
      expect(body).not.toMatch(/@example\.org/);
    }
    expect(bodyOf(world.team.received, 'draw_type.returned').data).toMatchObject({
      drawType: 'cec',
      previous: { id: 'ircc:204', date: '2021-09-14', invitations: 2000, cutoff: 462 },
      dormantDays: 990,
      drawsBetween: 92,
    });
    expect(
      deliveries.map(({ recipient, outcome, status }: Record<string, string>) => [
        recipient,
        outcome,
        status,
      ]),
    ).toEqual(
      expect.arrayContaining([
        ['subscriber 1', 'invited', 'sent'],
        ['subscriber 2', 'not-invited', 'sent'],
        ['subscriber 3', 'cannot-tell', 'sent'],
      ]),
    );
    expect(deliveries).toHaveLength(5);
  });

  it.concurrent('is told only to the endpoints that asked for its kind of event', async ({
    onTestFinished,
  }) => {
    const world = await openWorld(onTestFinished);
    const added = await world.drawbell(
      'webhooks',
      'add',
      world.team.url,
      '--event',
      'draw_type.returned',
      '--event',
      'record.set',
      '--json',
    );
    world.team.trust(jsonOf(added).secret);
    await world.run(MORNING);

    world.site.publish(feedAsOf(DAY));
    await world.run(NEWS);

    expect(tellings(world)).toEqual(['draw_type.returned/ircc:297']);
    expect(world.team.received.map(({ verified }) => verified)).toEqual([true]);
  });

  it.concurrent('that is more than ten days old when first seen is stored and listed, and nobody is told', async ({
    onTestFinished,
  }) => {
    const world = await openWorld(onTestFinished);
    await settleIn(world);

    world.site.publish(feedAsOf(DAY));
    const late = await world.run('2024-06-11T16:00:00Z');
    const { draws } = jsonOf(await world.drawbell('draws', '--limit', '1', '--json'));
    const { events } = jsonOf(await world.drawbell('events', '--draw', 'ircc:297', '--json'));

    expect(late.code).toBe(0);
    expect(late.report.sources[0].draws.new).toEqual(['ircc:297']);
    expect(late.report.notices).toEqual({ queued: 0, sent: 0, retrying: 0, failed: 0 });
    expect(draws.map(({ id }: { id: string }) => id)).toEqual(['ircc:297']);
    expect(events.map(({ id, told }: { id: string; told: boolean }) => [id, told])).toEqual([
      ['draw_type.returned/ircc:297', false],
      ['draw.published/ircc:297', false],
    ]);
    expect([...addressees(world), ...tellings(world)]).toEqual([]);
  });

  it.concurrent('ten days old is still news', async ({ onTestFinished }) => {
    const world = await openWorld(onTestFinished);
    await addTeam(world);
    await world.run(MORNING);

    world.site.publish(feedAsOf(DAY));
    await world.run('2024-06-10T23:59:59Z');

    expect(tellings(world)).toHaveLength(2);
  });
});

describe('a round that is corrected afterwards', () => {
  it.concurrent('is told to the team as a correction, and to no reader as new', async ({
    onTestFinished,
  }) => {
    const world = await openWorld(onTestFinished, feedAsOf(DAY));
    await importReaders(world, '- email: amina@example.org\n  notify: [every-draw, invited]\n');
    await addTeam(world);
    await world.run(NEWS);

    const { rounds } = JSON.parse(feedAsOf(DAY));
    world.site.publish(wrapRounds([{ ...rounds[0], drawCRS: '521' }, ...rounds.slice(1)]));
    const { code, report } = await world.run('2024-05-31T17:00:00Z');
    world.site.publish(wrapRounds([{ ...rounds[0], drawCRS: '521' }, ...rounds.slice(1)], 4));
    const again = await world.run('2024-05-31T18:00:00Z');

    expect(code).toBe(0);
    expect(report.sources[0].draws).toMatchObject({ new: [], corrected: ['ircc:297'] });
    expect(report.events).toEqual([
      { id: 'draw.corrected/ircc:297/2', type: 'draw.corrected', draw: 'ircc:297' },
    ]);
    expect(again.report.events).toEqual([]);
    expect(tellings(world)).toEqual(['draw.corrected/ircc:297']);
    expect(bodyOf(world.team.received, 'draw.corrected').data.changes).toEqual([
      { field: 'cutoff', before: 522, after: 521 },
    ]);
    expect(addressees(world)).toEqual([]);
  });
});

describe('without a mail server', () => {
  it.concurrent('messages are written to files for their owner only, and the operator is told where', async ({
    onTestFinished,
  }) => {
    const world = await openWorld(onTestFinished);
    await settleIn(world);
    delete world.env.DRAWBELL_SMTP_URL;

    world.site.publish(feedAsOf(DAY));
    const { code, report, stderr } = await world.run(NEWS);

    const folder = join(world.folder, 'data', 'mail');
    const names = readdirSync(folder);
    const mails = await Promise.all(names.map((name) => PostalMime.parse(readFileSync(join(folder, name)))));
    expect(code).toBe(0);
    expect(report.notices).toEqual({ queued: 5, sent: 5, retrying: 0, failed: 0 });
    expect(names.filter((name) => !/^msg_[0-9a-f]{32}\.eml$/.test(name))).toEqual([]);
    expect(mails.map(({ to }) => to?.[0]?.address).sort()).toEqual([
      'amina@example.org',
      'bruno@example.org',
      'chen@example.org',
    ]);
    expect(world.mail.received).toEqual([]);
    expect(stderr).toMatch(/data\/mail/);
    expect(stderr).toMatch(/DRAWBELL_SMTP_URL/);
    expect(stderr).not.toMatch(/@example\.org/);
  });
});

function subjects({ mail }: World) {
  return Object.fromEntries(
    mail.received.map(({ recipients, subject }) => [recipients[0], subject?.replaceAll(/\s/g, ' ')]),
  );
}

function bodyOf(received: readonly { body: string }[], type: string) {
  return received.map(({ body }) => JSON.parse(body)).find((body) => body.type === type);
}
