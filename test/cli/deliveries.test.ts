// `drawbell deliveries`: the outbox, as an operator sees it, and what nobody may see there or in a log.

import { describe, expect, it } from 'vitest';
import { jsonOf } from '../support/cli.ts';
import { closedAddress } from '../support/http.ts';
import {
  AFTER_THE_LEASE,
  addressees,
  addTeam,
  DAY,
  dumpDatabase,
  feedAsOf,
  importReaders,
  inSession,
  lookHere,
  MORNING,
  NEWS,
  NO_READERS,
  openWorld,
  settleIn,
  settleWithMailPutOff,
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
    await lookHere(world, '2024-05-31T16:00:00Z');

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
        ambiguous: 0,
        dueAt: null,
        settledAt: '2024-05-31T16:00:00.000Z',
        detail: 'answered 204',
      },
    ]);
    expect(table.stdout.trimEnd().split('\n')).toHaveLength(3);
  });
});

describe.concurrent('one notice', () => {
  it.concurrent('is shown with every attempt and what was answered, harmless on a terminal', async ({
    onTestFinished,
  }) => {
    const world = await openWorld(onTestFinished);
    await settleIn(world, NO_READERS);
    const answer = 'no \u001b[31mroom\u009b2J \u202ehere';
    world.team.answerWith((response) => response.writeHead(500).end(answer));
    world.site.publish(feedAsOf(DAY));
    await lookHere(world, NEWS);
    world.team.answerWith((response) => response.writeHead(204).end());
    await lookHere(world, '2024-05-31T20:00:00Z');

    const shown = await world.drawbell('deliveries', 'show', '1');
    const json = jsonOf(await world.drawbell('deliveries', 'show', '1', '--json'));

    expect(shown.stdout).toMatch(/To +ep_[0-9a-f]{24}, by webhook\n/);
    expect(shown.stdout).toMatch(/\n +1 .* refused +500 .* no \[31mroom 2J here\n/);
    expect(shown.stdout).toMatch(/\n +2 .* sent +204 /);
    const harmful = ['\u001b', '\u009b', '\u202e'];
    expect(harmful.filter((character) => shown.stdout.includes(character))).toEqual([]);
    expect(json).toMatchObject({ id: 1, status: 'sent', attempts: 2, ambiguous: 0 });
    expect(json.deliveries).toMatchObject([
      { attempt: 1, outcome: 'refused', status: 500, answer, milliseconds: expect.any(Number) },
      { attempt: 2, outcome: 'sent', status: 204 },
    ]);
  });

  it.concurrent('that was cut off when it may have been taken says so', async ({ onTestFinished }) => {
    const world = await openWorld(onTestFinished);
    await settleIn(world, '[{ email: amina@example.org, notify: [every-draw] }]');
    world.site.publish(feedAsOf(DAY));
    await lookHere(world, NEWS);

    await inSession(world, NEWS, async ({ db }) => {
      await db.updateTable('outbox').set({ ambiguous: 1 }).where('id', 'in', [1, 2]).execute();
      await db.updateTable('outbox').set({ status: 'failed' }).where('id', '=', 2).execute();
    });
    const { stdout } = await world.drawbell('deliveries');
    const json = jsonOf(await world.drawbell('deliveries', '--json')).deliveries;

    const lines = stdout.split('\n').slice(1, 4).reverse();
    expect(lines[0]).toMatch(/ sent \(may have arrived twice\) /);
    expect(lines[1]).toMatch(/ failed \(may have arrived\) /);
    expect(lines[2]).not.toContain('arrived');
    expect(json.map(({ ambiguous }: { ambiguous: number }) => ambiguous)).toEqual([0, 1, 1]);
  });
});

describe.concurrent('an event that is stopped while it is told', () => {
  it.concurrent('is told to nobody more, whatever becomes of the process, until it is queued again', async ({
    onTestFinished,
  }) => {
    const world = await openWorld(onTestFinished);
    await settleIn(world);
    world.env.DRAWBELL_SMTP_CONNECTIONS = '1';
    const event = 'draw.published/ircc:297';
    const second = Promise.withResolvers<void>();
    // The first is taken; whoever sends the second is left waiting.
    world.mail.decide(() => {
      if (world.mail.received.length < 2) return 'take';
      second.resolve();
      return 'hold';
    });

    world.site.publish(feedAsOf(DAY));
    const run = world.start('run', '--now', NEWS);
    await second.promise;
    const stopped = jsonOf(await world.drawbell('deliveries', 'stop', event, '--json'));
    run.kill();
    await run.ended;
    world.mail.decide(() => 'take');
    const later = await lookHere(world, AFTER_THE_LEASE);
    const afterStop = addressees(world).length;
    const list = jsonOf(await world.drawbell('deliveries', '--event', event, '--json')).deliveries;
    const again = await world.drawbell('deliveries', 'retry', '--event', event);
    await lookHere(world, '2024-06-01T16:00:00Z');

    expect(stopped.told + stopped.dropped).toBe(4);
    expect(stopped.dropped).toBeGreaterThanOrEqual(2);
    expect(later.report.notices).toMatchObject({ retrying: 0, failed: 0 });
    expect(afterStop).toBe(2);
    const of = (status: string) => list.filter((line: { status: string }) => line.status === status).length;
    // What was taken just before is recorded by whoever had it in hand, dropped or not.
    expect(of('sent')).toBeGreaterThanOrEqual(stopped.told);
    expect(of('sent') + of('dropped')).toBe(4);
    expect(again.stdout).toContain(`${of('dropped')} notices queued: the next "drawbell run"`);
    expect(new Set(addressees(world)).size).toBe(3);
    // Nobody whose message was taken and recorded gets it again; what was in flight carries the id it had.
    expect(new Set(world.mail.received.map(({ messageId }) => messageId)).size).toBe(3);
  });

  it.concurrent('must be one that there is, and notices ones that can be', async ({ onTestFinished }) => {
    const world = await openWorld(onTestFinished);
    await settleIn(world, NO_READERS);
    world.site.publish(feedAsOf(DAY));
    await lookHere(world, NEWS);

    const unknown = await world.drawbell('deliveries', 'stop', 'draw.published/ircc:9999');
    const wrong = await world.drawbell('deliveries', 'drop', '1', '99');
    const sent = await world.drawbell('deliveries', 'retry', '1', '99');
    const both = await world.drawbell('deliveries', 'retry', '1', '--all-failed');
    const none = await world.drawbell('deliveries', 'show', '99', '--json');

    expect([unknown, wrong, sent, both, none].map(({ code, stdout }) => [code, stdout])).toEqual(
      Array(5).fill([2, '']),
    );
    expect(unknown.stderr).toContain('found "draw.published/ircc:9999"');
    for (const { stderr } of [wrong, sent]) {
      expect(stderr).toContain('1: expected a notice that is');
      expect(stderr).toContain('99: expected a notice that is');
    }
  });
});

describe.concurrent('notices', () => {
  it.concurrent('are dropped by number, and sent after all when they are queued again', async ({
    onTestFinished,
  }) => {
    const world = await openWorld(onTestFinished);
    await settleWithMailPutOff(world);
    const waiting = jsonOf(await world.drawbell('deliveries', '--status', 'queued', '--json')).deliveries;
    const [first, second] = waiting.map(({ id }: { id: number }) => String(id));

    const dropped = await world.drawbell('deliveries', 'drop', first, second);
    await lookHere(world, '2024-05-31T18:00:00Z');
    const told = addressees(world);
    const retried = await world.drawbell('deliveries', 'retry', first, '--json');
    await lookHere(world, '2024-05-31T20:00:00Z');

    expect(dropped).toMatchObject({ code: 0, stdout: '2 notices dropped.\n', stderr: '' });
    expect(told).toHaveLength(1);
    expect(jsonOf(retried)).toEqual({ queued: 1, held: 0, suppressed: 0, inHand: 0 });
    expect(addressees(world)).toHaveLength(2);
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
    world.env.DRAWBELL_SMTP_URL = (await closedAddress(onTestFinished)).replace('http:', 'smtp:');
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
    // The endpoint that is gone is sent nothing more: what else there is for it is kept.
    expect(failed.report.notices).toEqual({ queued: 0, sent: 0, retrying: 2, failed: 3 });
    expect(delayed.stderr.trimEnd().split('\n')).toHaveLength(6);
    const { deliveries = [], outbox = [] } = dumpDatabase(world);
    expect(deliveries.length).toBeGreaterThanOrEqual(12);
    // An answer is kept as it came, for `deliveries show` alone; how long it took may be any number.
    const attempts = deliveries.map((row) =>
      JSON.stringify({ ...JSON.parse(row), answer: null, milliseconds: 0 }),
    );
    const text = [...outputs, ...attempts, ...outbox].join('\n').toLowerCase();
    const words = [
      'private',
      '@',
      't0ken',
      'hooks/',
      'whsec_',
      'welcome',
      secret.slice(6),
      goneSecret.slice(6),
    ];
    expect(words.filter((word) => text.includes(word.toLowerCase()))).toEqual([]);
    // Whole numbers only: an opaque name may have any digits in it.
    expect(text).not.toMatch(/\b(1143|1177)\b/);
  });
});
