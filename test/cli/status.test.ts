// `drawbell status`: how the watch is doing, for people and for programs.

import { describe, expect, it } from 'vitest';
import { takeLease } from '../../src/store/leases.ts';
import { WATCH_LEASE } from '../../src/worker.ts';
import { type Closing, jsonOf } from '../support/cli.ts';
import { closedAddress } from '../support/http.ts';
import {
  DAY,
  feedAsOf,
  inSession,
  lookHere,
  MORNING,
  NEWS,
  openWorld,
  settleIn,
  type World,
} from './world.ts';

const NEVER = {
  id: 'ircc',
  state: 'never',
  lastLookAt: null,
  lastSuccessAt: null,
  lastChangeAt: null,
  failures: 0,
  failingSince: null,
  reason: null,
  nextLookAt: null,
  movedTo: null,
};
const EMPTY_OUTBOX = { queued: 0, held: 0, sent: 0, failed: 0, dropped: 0, oldestQueuedAt: null };
const TELLING = { mail: { stopped: null }, endpoints: { well: 0, failing: 0, disabled: 0 } };
const at = (instant: string) => new Date(instant).toISOString();

/** With the readers and the team, who have been told of the news. */
async function settleWithNews(closing: Closing): Promise<World> {
  const world = await openWorld(closing);
  await settleIn(world);
  world.site.publish(feedAsOf(DAY));
  await lookHere(world, NEWS);
  return world;
}

const statusOf = async (world: World, ...args: string[]) =>
  jsonOf(await world.drawbell('status', '--json', ...args));

/** The row of the source, cell by cell under its heading. */
function sourceIn(stdout: string): Record<string, string> {
  const [headings = [], cells = []] = stdout
    .trimEnd()
    .split('\n')
    .slice(4)
    .map((line) => line.split(/ {2,}/));
  return Object.fromEntries(headings.map((heading, index) => [heading, cells[index] ?? '']));
}

describe.concurrent('the status', () => {
  it.concurrent('before the first look knows of none', async ({ onTestFinished }) => {
    const world = await openWorld(onTestFinished);

    const text = await world.drawbell('status');
    const status = await statusOf(world);

    expect(text).toMatchObject({ code: 0, stderr: '' });
    expect(text.stdout).toMatch(/^watch {7}not running; the next look is when one starts/);
    expect(sourceIn(text.stdout)).toMatchObject({ Source: 'ircc', State: 'never', 'Last look': '-' });
    expect(status).toEqual({
      watch: { running: false, since: null },
      sources: [NEVER],
      outbox: EMPTY_OUTBOX,
      ...TELLING,
      quarantine: { held: 0, dropped: 0 },
    });
    expect(world.site.asked).toEqual([]);
  });

  it.concurrent('after a look that was read says when, what was sent, and when the next one is', async ({
    onTestFinished,
  }) => {
    const world = await settleWithNews(onTestFinished);

    const text = await world.drawbell('status');
    const status = await statusOf(world);

    expect(text).toMatchObject({ code: 0, stderr: '' });
    expect(text.stdout.split('\n').slice(1, 4)).toEqual([
      'outbox      0 waiting, 5 sent, 0 given up',
      'quarantine  0 held, 0 dropped',
      '',
    ]);
    expect(sourceIn(text.stdout)).toEqual({
      Source: 'ircc',
      State: 'well',
      'Last look': at(NEWS),
      'Last success': at(NEWS),
      'Last change': at(NEWS),
      'Next look': '2024-05-31T16:01:00.000Z',
      Failures: '0',
      Why: '-',
    });
    expect(status).toEqual({
      watch: { running: false, since: null },
      sources: [
        {
          ...NEVER,
          state: 'well',
          lastLookAt: at(NEWS),
          lastSuccessAt: at(NEWS),
          lastChangeAt: at(NEWS),
          nextLookAt: '2024-05-31T16:01:00.000Z',
        },
      ],
      outbox: { ...EMPTY_OUTBOX, sent: 5 },
      mail: { stopped: null },
      endpoints: { well: 1, failing: 0, disabled: 0 },
      quarantine: { held: 0, dropped: 0 },
    });
  });

  it.concurrent('of a source that fails says since when and why', async ({ onTestFinished }) => {
    const world = await settleWithNews(onTestFinished);
    world.site.answerWith((response) =>
      response.writeHead(429, { 'retry-after': '600' }).end('amina@example.org'),
    );
    await lookHere(world, `${DAY}T16:10:00Z`);
    await lookHere(world, `${DAY}T16:30:00Z`);

    const text = await world.drawbell('status');
    const { sources } = await statusOf(world);

    const until = `${DAY}T16:40:00.000Z`;
    const reason = `ircc: expected status 200 or 304 from ${world.site.feedUrl}, found status 429, which asks to be left alone until ${until}`;
    expect(text).toMatchObject({ code: 0, stderr: '' });
    expect(sourceIn(text.stdout)).toMatchObject({ State: 'failing', Failures: '2', Why: reason });
    expect(sources).toEqual([
      {
        ...NEVER,
        state: 'failing',
        lastLookAt: `${DAY}T16:30:00.000Z`,
        lastSuccessAt: at(NEWS),
        lastChangeAt: at(NEWS),
        failures: 2,
        failingSince: `${DAY}T16:10:00.000Z`,
        reason,
        // As the source asked.
        nextLookAt: until,
      },
    ]);
  });

  it.concurrent('counts what waits, and since when', async ({ onTestFinished }) => {
    const world = await openWorld(onTestFinished);
    await settleIn(world);
    world.mail.refuseWith({ status: 451, text: '4.3.0 later' });
    // Both are under way when the first is answered: what came after it would be kept, not given up.
    const answers: (() => void)[] = [];
    world.team.answerWith((response) => {
      answers.push(() => response.writeHead(410).end());
      if (answers.length === 2) for (const answer of answers) answer();
    });
    world.site.publish(feedAsOf(DAY));
    await lookHere(world, NEWS);

    const text = await world.drawbell('status');
    const { outbox, endpoints } = await statusOf(world);

    expect(text.stdout).toContain(
      `outbox      3 waiting (the oldest since ${at(NEWS)}), 0 sent, 2 given up\n`,
    );
    expect(text.stdout).toContain(
      'endpoints   0 well, 0 failing, 1 disabled: "drawbell webhooks list" shows which\n',
    );
    expect(outbox).toEqual({ ...EMPTY_OUTBOX, queued: 3, failed: 2, oldestQueuedAt: at(NEWS) });
    expect(endpoints).toEqual({ well: 0, failing: 0, disabled: 1 });
    expect(text.stdout).not.toContain('@');
  });

  it.concurrent('says that mail waits for the mail server, since when, why, and until when', async ({
    onTestFinished,
  }) => {
    const world = await openWorld(onTestFinished);
    await settleIn(world);
    world.env.DRAWBELL_SMTP_URL = (await closedAddress(onTestFinished)).replace('http:', 'smtp:');
    world.site.publish(feedAsOf(DAY));
    const { warnings } = await lookHere(world, NEWS);

    const text = await world.drawbell('status');
    const { mail, outbox } = await statusOf(world);

    expect(mail.stopped).toMatchObject({ since: at(NEWS), cause: 'unreachable' });
    expect(Date.parse(mail.stopped.resumeAt) - Date.parse(NEWS)).toBeLessThanOrEqual(6_000);
    expect(text.stdout).toContain(`mail        waits since ${at(NEWS)}: connection refused; tried again at `);
    expect(outbox).toMatchObject({ queued: 3, sent: 2 });
    expect(warnings).toEqual([expect.stringMatching(/^mail waits \(connection refused\)/)]);
  });

  it.concurrent('counts what is kept apart', async ({ onTestFinished }) => {
    const world = await settleWithNews(onTestFinished);
    const rounds = JSON.parse(feedAsOf(DAY)).rounds.filter(
      ({ drawNumber }: { drawNumber: string }) => drawNumber !== '290' && drawNumber !== '291',
    );
    world.site.publish(JSON.stringify({ rounds }));
    await lookHere(world, `${DAY}T16:10:00Z`);
    await world.drawbell('quarantine', 'drop', 'ircc:290');

    const text = await world.drawbell('status');
    const { quarantine, sources } = await statusOf(world);

    expect(text.stdout).toContain('quarantine  1 held, 1 dropped\n');
    expect(quarantine).toEqual({ held: 1, dropped: 1 });
    expect(sources[0].state).toBe('well');
  });

  it.concurrent('says whether one watches, as of an instant', async ({ onTestFinished }) => {
    const world = await openWorld(onTestFinished);
    await inSession(world, MORNING, ({ db }) =>
      takeLease(db, WATCH_LEASE, 'a:1:00000000', at(MORNING), '2024-05-30T18:01:00.000Z'),
    );

    const during = await world.drawbell('status', '--now', '2024-05-30T18:00:59Z');
    const watching = await statusOf(world, '--now', '2024-05-30T18:00:59Z');
    const after = await statusOf(world, '--now', '2024-05-30T18:01:00Z');
    const wrong = await world.drawbell('status', '--now', 'today');

    expect(during.stdout).toMatch(/^watch {7}running since 2024-05-30T18:00:00\.000Z\n/);
    expect(watching.watch).toEqual({ running: true, since: at(MORNING) });
    expect(after.watch).toEqual({ running: false, since: null });
    expect({ code: wrong.code, stdout: wrong.stdout }).toEqual({ code: 2, stdout: '' });
    expect(wrong.stderr).toContain('--now');
  });
});
