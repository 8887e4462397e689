// A source that fails, is quiet, or asks to be left alone: the operator hears of it when due, readers never.

import { describe, expect, test } from 'vitest';
import { buildFeed } from '../../src/demo/feed.ts';
import { deliverDue, watchSource } from '../../src/journey.ts';
import { ircc } from '../../src/sources/ircc.ts';
import { readHealth } from '../../src/store/health.ts';
import { shippedDraws } from '../draw/history.ts';
import { addTeam, type Installation, openInstallation, subscribe } from '../support/journey.ts';

const HISTORY = shippedDraws();
const BEFORE = HISTORY.filter((draw) => draw.date <= '2024-05-30');
const DAY = '2024-05-30T16:00:00.000Z';

async function settle(): Promise<Installation> {
  const installation = await openInstallation(BEFORE, DAY);
  await subscribe(installation.db, 'amina@example.org');
  await addTeam(installation);
  await watchSource(ircc, installation);
  return installation;
}

/** A look at each of these instants; the types of the events they came to. */
async function lookAt(installation: Installation, ...instants: string[]): Promise<string[][]> {
  const types: string[][] = [];
  for (const instant of instants) {
    installation.setClock(instant);
    types.push((await watchSource(ircc, installation)).events.map(({ type }) => type));
    await deliverDue(installation);
  }
  return types;
}

const down = ({ site }: Installation) => site.answerWith((response) => response.writeHead(400).end());
const up = ({ site }: Installation) => site.publish(buildFeed(BEFORE));
const minute = (count: number) => `2024-05-30T16:0${count}:00.000Z`;

describe('a source that fails', () => {
  test('is told to the operator at the third failure in a row, then a day later, then when it is well', async () => {
    const installation = await settle();

    down(installation);
    const types = await lookAt(
      installation,
      minute(1),
      minute(2),
      minute(3),
      minute(4),
      '2024-05-31T16:02:59.000Z',
      '2024-05-31T16:03:00.000Z',
    );
    up(installation);
    const well = await lookAt(installation, '2024-05-31T16:04:00.000Z', '2024-05-31T16:05:00.000Z');

    expect(types).toEqual([[], [], ['source.failing'], [], [], ['source.failing']]);
    expect(well).toEqual([['source.recovered'], []]);
    expect(installation.mailServer.received.map(({ recipients }) => recipients)).toEqual(
      Array(3).fill(['operator@example.org']),
    );
    expect(installation.team.received).toEqual([]);
  });

  test('is told after six hours, however seldom it is looked at', async () => {
    const installation = await settle();

    down(installation);
    const types = await lookAt(installation, minute(1), '2024-05-30T22:01:00.000Z');

    expect(types).toEqual([[], ['source.failing']]);
  });

  test('and is well again before anybody was told, is not told of at all', async () => {
    const installation = await settle();

    down(installation);
    await lookAt(installation, minute(1), minute(2));
    up(installation);
    const types = await lookAt(installation, minute(3));

    expect(types).toEqual([[]]);
    expect(await readHealth(installation.db, 'ircc')).toMatchObject({ failures: 0, failing: null });
  });

  test('tells no one by mail where the operator has no address, but an endpoint that asked for it', async () => {
    const installation = await settle();
    await installation.db.updateTable('endpoints').set({ events: '["source.failing"]' }).execute();

    down(installation);
    installation.operatorMail = false;
    await lookAt(installation, minute(1), minute(2), minute(3));

    expect(installation.mailServer.received).toEqual([]);
    expect(installation.team.received.map(({ body }) => JSON.parse(body))).toMatchObject([
      { type: 'source.failing', data: { source: 'ircc', failures: 3, trouble: 'refused' } },
    ]);
  });
});

describe('a source that asks to be left alone', () => {
  test('is not asked before then, and the waiting is no failure more', async () => {
    const installation = await settle();
    const asked = () => installation.site.asked.length;

    installation.site.answerWith((response) => response.writeHead(429, { 'retry-after': '600' }).end());
    await lookAt(installation, minute(1));
    const before = asked();
    installation.site.publish(buildFeed(BEFORE));
    await lookAt(installation, minute(2), '2024-05-30T16:10:59.000Z');
    const waited = asked();
    const waiting = await readHealth(installation.db, 'ircc');
    await lookAt(installation, '2024-05-30T16:11:00.000Z');

    expect(waited).toBe(before);
    expect(waiting).toMatchObject({ failures: 1, retryAt: '2024-05-30T16:11:00.000Z' });
    expect(asked()).toBe(before + 1);
    expect(await readHealth(installation.db, 'ircc')).toMatchObject({ failures: 0, retryAt: null });
  });
});

describe('a source that is quiet', () => {
  test('for longer than ever in two years is told once, then daily, and when a round comes', async () => {
    const installation = await settle();
    // The longest pause before was 49 days, from #236 to #237.
    const longest = '2024-07-18T16:00:00.000Z';

    const types = await lookAt(
      installation,
      longest,
      '2024-07-19T16:00:00.000Z',
      '2024-07-19T17:00:00.000Z',
      '2024-07-20T16:00:00.000Z',
    );
    installation.site.publish(buildFeed(HISTORY.filter(({ date }) => date <= '2024-07-18')));
    const [last] = await lookAt(installation, '2024-07-20T17:00:00.000Z');

    expect(types).toEqual([[], ['source.quiet'], [], ['source.quiet']]);
    expect(last).toContain('source.recovered');
  });
});

describe('a server that ignores what it was asked conditionally', () => {
  test('is known for it until it answers 304 again', async () => {
    const installation = await settle();
    const unconditional = async () => (await readHealth(installation.db, 'ircc'))?.unconditional;
    const feed = buildFeed(BEFORE);

    installation.site.answerWith((response) => response.writeHead(200, { etag: '"other"' }).end(feed));
    await lookAt(installation, minute(1));
    const ignoring = await unconditional();
    installation.site.publish(feed);
    await lookAt(installation, minute(2), minute(3));

    expect(ignoring).toBe(true);
    expect(await unconditional()).toBe(false);
  });
});
