// A run that is killed at the worst moment: nothing is lost, and at most what was in flight is repeated.

import { describe, expect, it } from 'vitest';
import {
  AFTER_THE_LEASE,
  addTeam,
  DAY,
  feedAsOf,
  importReaders,
  MORNING,
  NEWS,
  NO_READERS,
  openWorld,
  settleIn,
  tellings,
} from './world.ts';

/** A promise that is kept after so many calls. */
function countdown(count: number): { tick(): void; over: Promise<void> } {
  let left = count;
  const { promise, resolve } = Promise.withResolvers<void>();
  return {
    over: promise,
    tick() {
      left -= 1;
      if (left === 0) resolve();
    },
  };
}

const READERS = ['amina', 'bruno', 'chen', 'dana']
  .map((name) => `- email: ${name}@example.org\n  notify: [every-draw]\n`)
  .join('');

describe('a run killed while it hands notices over', () => {
  it.concurrent('has every notice told by the next runs, and repeats only what was in flight, with the same id', async ({
    onTestFinished,
  }) => {
    // Ten webhooks and four mails, all in flight at once. Three webhooks are answered: whether those are settled
    // when the kill comes is a matter of milliseconds.
    const world = await openWorld(onTestFinished);
    await importReaders(world, READERS);
    for (let team = 1; team <= 5; team += 1) await addTeam(world, `${world.team.origin}/hooks/${team}`);
    await world.run(MORNING);
    const stuck = countdown(14);
    let answered = 0;
    world.team.answerWith((response) => {
      stuck.tick();
      if (answered === 3) return;
      answered += 1;
      response.writeHead(204).end();
    });
    world.mail.decide(() => {
      stuck.tick();
      return 'hold';
    });

    world.site.publish(feedAsOf(DAY));
    const running = world.start('run', '--json', '--now', NEWS);
    await stuck.over;
    running.kill();
    const killed = await running.ended;
    const idsBefore = world.team.received.map(({ headers }) => String(headers['webhook-id']));
    const mailsBefore = [...world.mail.received];
    world.team.answerWith((response) => response.writeHead(204).end());
    world.mail.decide(() => 'take');
    const withinTheLease = await world.run(`${DAY}T16:00:10Z`);
    const after = await world.run(AFTER_THE_LEASE);
    const last = await world.run(`${DAY}T18:00:00Z`);

    expect(killed).toMatchObject({ code: null, stdout: '' });
    expect(idsBefore).toHaveLength(10);
    expect(mailsBefore).toHaveLength(4);
    expect(withinTheLease.report.notices).toEqual({ queued: 0, sent: 0, retrying: 0, failed: 0 });
    expect(after.report.notices).toMatchObject({ queued: 0, retrying: 0, failed: 0 });
    expect(after.report.notices.sent).toBeGreaterThanOrEqual(11);
    expect(after.report.notices.sent).toBeLessThanOrEqual(14);
    expect(last.report.notices).toEqual({ queued: 0, sent: 0, retrying: 0, failed: 0 });

    const ids = world.team.received.map(({ headers }) => String(headers['webhook-id']));
    const repeats = ids.filter((id, index) => ids.indexOf(id) !== index);
    expect(new Set(ids).size).toBe(10);
    expect(repeats).toHaveLength(after.report.notices.sent - 4);
    expect(repeats.every((id) => idsBefore.includes(id))).toBe(true);
    expect(
      tellings(world).filter((telling) => telling === 'draw.published/ircc:297').length,
    ).toBeGreaterThanOrEqual(5);

    const byReader = Object.groupBy(world.mail.received, ({ recipients }) => recipients.join());
    expect(Object.keys(byReader).sort()).toEqual(
      ['amina', 'bruno', 'chen', 'dana'].map((name) => `${name}@example.org`),
    );
    for (const mails of Object.values(byReader)) {
      expect(mails).toHaveLength(2);
      expect(mails?.[0]?.messageId).toMatch(/^<msg_[0-9a-f]{32}@example\.org>$/);
      expect(mails?.[0]?.messageId).toBe(mails?.[1]?.messageId);
    }
  });
});

describe('a run killed while it waits for the feed', () => {
  it.concurrent('has changed nothing: the next run tells the round as if it were the first', async ({
    onTestFinished,
  }) => {
    const world = await openWorld(onTestFinished);
    await settleIn(world, NO_READERS);
    const asked = countdown(1);
    const feed = feedAsOf(DAY);
    world.site.answerWith((response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write(feed.slice(0, feed.length / 2), () => asked.tick());
    });

    const running = world.start('run', '--json', '--now', NEWS);
    await asked.over;
    running.kill();
    const killed = await running.ended;
    world.site.publish(feed);
    const { code, report } = await world.run(NEWS);

    expect(killed.code).toBe(null);
    expect(code).toBe(0);
    expect(report.sources[0].draws.new).toEqual(['ircc:297']);
    expect(report.notices).toEqual({ queued: 2, sent: 2, retrying: 0, failed: 0 });
  });
});
