// Bad answers from the official page between two good ones: told to the operator, and nothing else happens.

import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { type FeedRound, wrapRounds } from '../../src/demo/feed.ts';
import { openHttpServer } from '../../src/demo/server.ts';
import { compareDraws } from '../../src/draw/draw.ts';
import { shippedDraws } from '../draw/history.ts';
import { jsonOf } from '../support/cli.ts';
import {
  addressees,
  addTeam,
  DAY,
  DAY_BEFORE,
  dumpDatabase,
  feedAsOf,
  importReaders,
  NEWS,
  openWorld,
  settleIn,
  tellings,
  type World,
} from './world.ts';

const NEXT = '2024-05-31T16:10:00Z';
const LATER = '2024-05-31T16:20:00Z';

const answer = (status: number, type: string, body: string) => (response: ServerResponse) => {
  response.writeHead(status, { 'content-type': type }).end(body);
};
const json = (body: string) => answer(200, 'application/json', body);

interface Fault {
  what: string;
  arrange(world: World): void | Promise<void>;
  /** The whole message, after the source's name. */
  message: RegExp;
}

const TROUBLE: readonly { kind: string; faults: readonly Fault[] }[] = [
  {
    kind: 'no answer',
    faults: [
      {
        what: 'a feed that cannot be reached',
        async arrange(world) {
          const gone = await openHttpServer(() => undefined);
          await gone.close();
          world.env.DRAWBELL_IRCC_URL = `${gone.origin}/feed.json`;
        },
        message: /^expected an answer from http\S+, found none \(the connection was refused: ECONNREFUSED\)$/,
      },
      {
        what: 'a connection that ends in the middle',
        arrange: ({ site }) =>
          site.answerWith((response) => {
            response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100000' });
            response.write(feedAsOf(DAY).slice(0, 50_000), () => response.destroy());
          }),
        message: /^expected an answer from http\S+, found none \(the connection was cut: \w+\)$/,
      },
    ],
  },
  {
    kind: 'an error, or something that is no feed',
    faults: [
      {
        what: 'status 403',
        arrange: ({ site }) => site.answerWith(answer(403, 'text/html', '<h1>Access denied</h1>')),
        message: /^expected status 200 or 304 from http\S+, found status 403$/,
      },
      {
        what: 'status 500',
        arrange: ({ site }) => site.answerWith(answer(500, 'text/html', '<h1>Sorry</h1>')),
        message: /^expected status 200 or 304 from http\S+, found status 500$/,
      },
      {
        what: 'an HTML page with status 200',
        arrange: ({ site }) =>
          site.answerWith(
            answer(200, 'text/html', '<!doctype html><title>We are down</title><p>Try again</p>'),
          ),
        message:
          /^expected JSON with a list of rounds from http\S+ \(status 200\), found an HTML page: "We are down"$/,
      },
      {
        what: 'JSON that is cut off',
        arrange: ({ site }) => site.answerWith(json(feedAsOf(DAY).slice(0, 100_000))),
        message:
          /^expected JSON with a list of rounds from http\S+ \(status 200\), found 100000 characters of broken or cut-off JSON ending in ".+"$/,
      },
    ],
  },
  {
    kind: 'a feed that is not as it should be',
    faults: [
      {
        what: 'an empty list of rounds',
        arrange: ({ site }) => site.answerWith(json(wrapRounds([]))),
        message: /^expected at least one round from http\S+ \(status 200\), found an empty list$/,
      },
      {
        what: 'JSON of another shape',
        arrange: ({ site }) => site.answerWith(json('{"rounds":{"1":{}}}')),
        message: /^expected an object with a list `rounds` from http\S+ \(status 200\), found rounds: .+$/,
      },
      {
        what: 'rounds none of which can be read',
        arrange: ({ site }) =>
          site.answerWith(json(wrapRounds([{ drawNumber: '297' }, { drawNumber: '296' }]))),
        message: /^expected rounds that can be read from http\S+ \(status 200\), found 2 that cannot$/,
      },
    ],
  },
];

describe('between two good feeds', () => {
  it.concurrent.for(TROUBLE)(
    '$kind: exit 3, a clear message, and nothing is stored or told',
    async ({ faults }, { onTestFinished }) => {
      const world = await openWorld(onTestFinished);
      await settleIn(world);
      const before = dumpDatabase(world);
      const { DRAWBELL_IRCC_URL = '' } = world.env;

      for (const { what, arrange, message } of faults) {
        await arrange(world);
        const { code, stderr, report } = await world.run(NEWS);
        world.env.DRAWBELL_IRCC_URL = DRAWBELL_IRCC_URL;

        const { reason } = report.sources[0];
        expect(code, what).toBe(3);
        expect(report, what).toEqual({
          sources: [
            {
              id: 'ircc',
              status: 'failing',
              reason: expect.stringMatching(/^ircc: /),
              draws: { new: [], corrected: [], withdrawn: [], quarantined: [] },
            },
          ],
          events: [],
          notices: { queued: 0, sent: 0, retrying: 0, failed: 0 },
        });
        expect(reason.slice('ircc: '.length), what).toMatch(message);
        expect(stderr).toBe(`drawbell: ${reason}. Nothing was changed and nobody was told anything.\n`);
        expect(dumpDatabase(world), what).toEqual(before);
        expect([...addressees(world), ...tellings(world)], what).toEqual([]);
      }

      world.site.publish(feedAsOf(DAY));
      const good = await world.run(NEXT);
      const again = await world.run(LATER);

      expect(good.code).toBe(0);
      expect(good.report.sources[0].draws.new).toEqual(['ircc:297']);
      expect(again.report.sources[0].status).toBe('unchanged');
      expect(addressees(world)).toEqual(['amina@example.org', 'bruno@example.org', 'chen@example.org']);
      expect(tellings(world)).toEqual(['draw.published/ircc:297', 'draw_type.returned/ircc:297']);
    },
  );
});

describe('a round without a cut-off', () => {
  it.concurrent('is kept apart until it is mended; the other rounds go on', async ({ onTestFinished }) => {
    // Two rounds at once, so that one of them can go on.
    const world = await openWorld(onTestFinished, feedAsOf('2024-05-29'));
    await importReaders(world, '- email: amina@example.org\n  notify: [every-draw]\n');
    await addTeam(world);
    await world.run('2024-05-29T18:00:00Z');

    world.site.publish(withRound(feedAsOf(DAY), '297', { drawCRS: '' }));
    const first = await world.run(NEWS);
    const second = await world.run(NEXT);
    const { draws } = jsonOf(await world.drawbell('draws', '--json'));
    const toldBefore = { mails: addressees(world), webhooks: tellings(world) };
    world.site.publish(feedAsOf(DAY));
    const mended = await world.run(LATER);
    const again = await world.run('2024-05-31T16:30:00Z');

    const complaint =
      /^drawbell: ircc:297 is kept apart and told to nobody: ircc:297 drawCRS: expected the cut-off score, 1 to 1200, found ""\n$/;
    expect(first.code).toBe(3);
    expect(first.stderr).toMatch(complaint);
    expect(first.report.sources[0]).toEqual({
      id: 'ircc',
      status: 'changed',
      reason: null,
      draws: { new: ['ircc:296'], corrected: [], withdrawn: [], quarantined: ['ircc:297'] },
    });
    expect(world.site.asked.map(({ status }) => status)).toEqual([200, 200, 304, 200, 304]);
    expect(second.code).toBe(3);
    expect(second.stderr).toMatch(complaint);
    expect(second.report.sources[0]).toMatchObject({
      status: 'unchanged',
      draws: { new: [], quarantined: ['ircc:297'] },
    });
    expect(draws).toEqual(drawsAsOf(DAY_BEFORE));
    expect(toldBefore.mails).toEqual(['amina@example.org']);
    expect(toldBefore.webhooks.filter((telling) => telling.endsWith('297'))).toEqual([]);

    expect(mended.code).toBe(0);
    expect(mended.report.sources[0].draws).toMatchObject({ new: ['ircc:297'], quarantined: [] });
    expect(again.code).toBe(0);
    expect(again.report.notices.queued).toBe(0);
    expect(addressees(world)).toHaveLength(2);
    expect(tellings(world).filter((telling) => telling === 'draw.published/ircc:297')).toHaveLength(1);
  });

  it.concurrent('that was whole before keeps what was stored', async ({ onTestFinished }) => {
    const world = await openWorld(onTestFinished, feedAsOf(DAY));
    await world.run(NEWS);

    world.site.publish(withRound(feedAsOf(DAY), '297', { drawCRS: 'n/a', drawSize: '1' }));
    const broken = await world.run(NEXT);
    const still = await world.run(NEXT);
    const { draws } = jsonOf(await world.drawbell('draws', '--json'));
    world.site.publish(feedAsOf(DAY));
    const mended = await world.run(LATER);

    expect(broken.code).toBe(3);
    expect(broken.report.sources[0].draws).toMatchObject({
      new: [],
      corrected: [],
      quarantined: ['ircc:297'],
    });
    expect(still.code).toBe(3);
    expect(still.report.sources[0]).toMatchObject({
      status: 'unchanged',
      draws: { quarantined: ['ircc:297'] },
    });
    expect(draws).toEqual(drawsAsOf(DAY));
    expect(mended.code).toBe(0);
    expect(mended.report.sources[0]).toMatchObject({
      status: 'unchanged',
      draws: { new: [], quarantined: [] },
    });
  });
});

/** A feed in which somebody typed something else into one round. */
function withRound(feed: string, number: string, typed: FeedRound): string {
  const { rounds } = JSON.parse(feed) as { rounds: FeedRound[] };
  return wrapRounds(rounds.map((round) => (round.drawNumber === number ? { ...round, ...typed } : round)));
}

/** Newest first, as `draws --json` lists them. */
function drawsAsOf(day: string) {
  return shippedDraws()
    .filter(({ date }) => date <= day)
    .sort(compareDraws)
    .reverse();
}
