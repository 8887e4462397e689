// The whole command against the official feed of two days, recorded or rebuilt.

import { describe, expect, it } from 'vitest';
import { type FeedRound, wrapRounds } from '../../src/demo/feed.ts';
import { HAVE_CAPTURES, readCapture } from '../support/captures.ts';
import { type Closing, jsonOf } from '../support/cli.ts';
import { addTeam, feedAsOf, importReaders, openWorld, tellings } from './world.ts';

const EVERYBODY = '- email: amina@example.org\n  crs: 500\n  notify: [every-draw]\n';

/** The feed as it was before its publisher named versions in 25 rounds and mended the tie-break of #262. */
function asFirstPublished(asOf: string): string {
  const { rounds } = JSON.parse(feedAsOf(asOf)) as { rounds: FeedRound[] };
  for (const round of rounds) {
    round.drawName = round.drawName?.replace(/ \(Version \d+\)$/, '') ?? '';
    if (round.drawNumber === '262') round.drawCutOff = 'August 1, 2023 at 12:59:52 UTC';
  }
  return wrapRounds(rounds);
}

const events = (ids: readonly string[], draw: string) =>
  ids.map((id) => ({ id, type: id.split('/')[0], draw }));

/** Two days, then a third look. `expected` is told apart by what the feeds are. */
async function oneNewDraw(onTestFinished: Closing, earlier: string | Uint8Array, later: string | Uint8Array) {
  const world = await openWorld(onTestFinished, earlier);

  const first = await world.run('2026-07-09T20:00:00Z');
  world.site.publish(later);
  const second = await world.run('2026-07-10T20:00:00Z');
  const third = await world.run('2026-07-10T20:05:00Z');

  return { first, second, third, asked: world.site.asked };
}

function expectOneNewDraw({ first, second, third, asked }: Awaited<ReturnType<typeof oneNewDraw>>): void {
  const nothing = { new: [], corrected: [], withdrawn: [], quarantined: [] };
  const noNotices = { queued: 0, sent: 0, retrying: 0, failed: 0 };
  expect(first.code).toBe(0);
  expect(first.report.sources[0].draws.new).toHaveLength(426);
  expect(first.report.events).toEqual([]);
  expect(second.code).toBe(0);
  expect(second.report).toEqual({
    sources: [{ id: 'ircc', status: 'changed', reason: null, draws: { ...nothing, new: ['ircc:426'] } }],
    events: events(['draw.published/ircc:426'], 'ircc:426'),
    notices: noNotices,
  });
  expect(third.code).toBe(0);
  expect(third.report).toEqual({
    sources: [{ id: 'ircc', status: 'unchanged', reason: null, draws: nothing }],
    events: [],
    notices: noNotices,
  });
  expect(asked.map(({ status }) => status)).toEqual([200, 200, 304]);
  expect([first, second, third].map(({ stderr }) => stderr)).toEqual(['', '', '']);
}

describe.skipIf(!HAVE_CAPTURES)('the recorded feeds', () => {
  it.concurrent('2026-07-09 -> 2026-07-10: one new draw, ircc:426, and then nothing', async ({
    onTestFinished,
  }) => {
    const looks = await oneNewDraw(
      onTestFinished,
      readCapture('ircc', '2026-07-09').bytes,
      readCapture('ircc', '2026-07-10').bytes,
    );

    expectOneNewDraw(looks);
  });

  it.concurrent('2024-04-28 -> 2025-03-16: 44 new, 26 corrected, and none of these told as new', async ({
    onTestFinished,
  }) => {
    const world = await openWorld(onTestFinished, readCapture('ircc', '2024-04-28').bytes);
    await importReaders(world, EVERYBODY);

    const first = await world.run('2024-04-28T20:00:00Z');
    world.site.publish(readCapture('ircc', '2025-03-16').bytes);
    const second = await world.run('2025-03-16T20:00:00Z');
    const tieBreak = jsonOf(
      await world.drawbell('events', '--draw', 'ircc:262', '--type', 'draw.corrected', '--json'),
    );
    const { deliveries } = jsonOf(await world.drawbell('deliveries', '--json'));

    const { draws } = second.report.sources[0];
    expect(first.report.sources[0].draws.new).toHaveLength(296);
    expect(second.code).toBe(0);
    expect(draws.new).toHaveLength(44);
    expect(draws.corrected).toHaveLength(26);
    expect(draws.withdrawn).toEqual([]);
    expect(draws.quarantined).toEqual([]);
    expect(tieBreak.events[0].data.changes).toEqual([
      { field: 'tieBreakAt', before: '2023-08-01T12:59:52Z', after: '2023-07-04T19:36:18Z' },
    ]);
    // #339 is ten days old on the day: the only round that is news, and it is no corrected one.
    expect(deliveries.map(({ event }: { event: string }) => event)).toEqual(['draw.published/ircc:339']);
    expect(draws.corrected).not.toContain('ircc:339');
    expect(world.mail.received).toHaveLength(1);
  });
});

describe('feeds rebuilt from the shipped history', () => {
  it.concurrent('2026-07-09 -> 2026-07-10: one new draw, ircc:426, and then nothing', async ({
    onTestFinished,
  }) => {
    const looks = await oneNewDraw(onTestFinished, feedAsOf('2026-07-09'), feedAsOf('2026-07-10'));

    expectOneNewDraw(looks);
  });

  it.concurrent('2024-04-28 -> 2025-03-16: 44 new, 26 corrected, and none of these told as new', async ({
    onTestFinished,
  }) => {
    const world = await openWorld(onTestFinished, asFirstPublished('2024-04-28'));
    await importReaders(world, EVERYBODY);
    await addTeam(world);

    const first = await world.run('2024-04-28T20:00:00Z');
    world.site.publish(feedAsOf('2025-03-16'));
    const second = await world.run('2025-03-16T20:00:00Z');

    const { draws } = second.report.sources[0];
    expect(first.report.sources[0].draws.new).toHaveLength(296);
    expect(second.code).toBe(0);
    expect(draws.new).toHaveLength(44);
    expect(draws.corrected).toHaveLength(26);
    expect(world.mail.received.map(({ subject }) => subject)).toEqual([expect.stringContaining('#339')]);
    const told = Object.groupBy(tellings(world), (telling) => telling.split('/')[0] as string);
    expect(told['draw.published']).toEqual(['draw.published/ircc:339']);
    expect(told['draw.corrected']).toEqual(
      draws.corrected.map((id: string) => `draw.corrected/${id}`).sort(),
    );
  });

  it.concurrent('indented anew, with nothing else changed: read again, and nothing is new', async ({
    onTestFinished,
  }) => {
    const world = await openWorld(onTestFinished);
    await world.run('2024-05-30T18:00:00Z');

    world.site.publish(JSON.stringify(JSON.parse(feedAsOf('2024-05-30')), null, 4));
    const { report } = await world.run('2024-05-30T18:05:00Z');

    expect(world.site.asked.map(({ status }) => status)).toEqual([200, 200]);
    expect(report.sources[0].status).toBe('unchanged');
    expect(report.events).toEqual([]);
  });
});
