// What programs read: the exact shapes of the public contract, on the shipped history and without a network.

import { describe, expect, it } from 'vitest';
import { shippedDraws } from '../draw/history.ts';
import { jsonOf, openInstallation } from '../support/cli.ts';
import { DAY, feedAsOf, NO_READERS, openWorld, settleIn } from './world.ts';

const PROFILE = `
crs: 522
crsAsOf: 2024-05-01
profileSubmittedAt: 2024-03-19T18:58:58Z
programs: [cec]
nominated: false
frenchNclc7: false
experience: [{ noc: "31301", months: 14, continuous: true, inCanada: true }]
`;

describe('run --json', () => {
  it.concurrent('has these keys, in this order, in one line, and nothing else on standard output', async ({
    onTestFinished,
  }) => {
    const world = await openWorld(onTestFinished);
    await settleIn(world);

    world.site.publish(feedAsOf(DAY));
    const { stdout, stderr } = await world.drawbell('run', '--json', '--now', '2024-05-31T16:00:00Z');

    expect(stderr).toBe('');
    expect(stdout).toBe(
      `${JSON.stringify({
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
      })}\n`,
    );
  });

  it.concurrent('is told to people in a few lines', async ({ onTestFinished }) => {
    const world = await openWorld(onTestFinished);
    await settleIn(world, NO_READERS);

    world.site.publish(feedAsOf(DAY));
    const news = await world.drawbell('run', '--now', '2024-05-31T16:00:00Z');
    const quiet = await world.drawbell('run', '--now', '2024-05-31T16:05:00Z');

    expect(news.stdout).toBe(
      'ircc  changed  1 new (ircc:297)\n  draw.published  ircc:297\n  draw_type.returned  ircc:297\nnotices  2 queued, 2 sent\n',
    );
    expect(quiet.stdout).toBe('ircc  unchanged\nnotices  none\n');
  });
});

describe('the shipped history, without a network', () => {
  it.concurrent('is listed by draws, events and check, each one JSON document', async ({
    onTestFinished,
  }) => {
    const place = openInstallation(onTestFinished, { DRAWBELL_IRCC_URL: 'http://127.0.0.1:1/' });
    place.write('profile.yaml', PROFILE);

    const draws = await place.drawbell('draws', '--json');
    const events = await place.drawbell('events', '--json');
    const check = await place.drawbell('check', '--profile', 'profile.yaml', '--draw', 'ircc:297', '--json');
    const whole = await place.drawbell(
      'check',
      '--profile',
      'profile.yaml',
      '--json',
      '--now',
      '2024-05-31T20:00:00Z',
    );

    for (const { code, stdout, stderr } of [draws, events, check, whole]) {
      expect(code).toBe(0);
      expect(stderr).toBe('');
      expect(stdout.split('\n')).toHaveLength(2);
    }
    expect(jsonOf(draws)).toEqual({ draws: shippedDraws().reverse() });
    const [draw] = jsonOf(draws).draws.filter(({ id }: { id: string }) => id === 'ircc:297');
    expect(JSON.stringify(Object.keys(draw))).toBe(
      '["id","source","number","date","issuedAt","label","type","version","programs","invitations","scoreSystem","cutoff","tieBreakAt","pool","url"]',
    );
    expect(draw).toEqual({
      id: 'ircc:297',
      source: 'ircc',
      number: '297',
      date: '2024-05-31',
      issuedAt: '2024-05-31T12:48:30Z',
      label: 'Canadian Experience Class',
      type: 'cec',
      version: null,
      programs: ['cec'],
      invitations: 3000,
      scoreSystem: 'crs',
      cutoff: 522,
      tieBreakAt: '2024-03-19T18:58:58Z',
      pool: { asOf: '2024-05-29', total: 224404, bands: expect.any(Array) },
      url: expect.stringMatching(/^https:\/\/www\.canada\.ca\/.+\?q=297$/),
    });
    expect(draw.pool.bands[0]).toEqual({ from: 601, to: 1200, candidates: 2918 });

    const ids = jsonOf(events).events.map(({ id }: { id: string }) => id);
    expect(Object.keys(jsonOf(events))).toEqual(['events']);
    expect(new Set(ids).size).toBe(ids.length);
    const returned = jsonOf(events).events.filter(
      ({ id }: { id: string }) => id === 'draw_type.returned/ircc:297',
    );
    expect(returned).toEqual([
      {
        id: 'draw_type.returned/ircc:297',
        type: 'draw_type.returned',
        draw: 'ircc:297',
        timestamp: '2024-05-31T12:48:30Z',
        told: false,
        data: {
          draw,
          drawType: 'cec',
          previous: { id: 'ircc:204', date: '2021-09-14', invitations: 2000, cutoff: 462 },
          dormantDays: 990,
          drawsBetween: 92,
        },
      },
    ]);

    expect(jsonOf(check)).toEqual({
      verdicts: [
        {
          draw: 'ircc:297',
          outcome: 'invited',
          margin: 0,
          reasons: [
            {
              code: 'tie-break-met',
              score: 522,
              submittedAt: '2024-03-19T18:58:58Z',
              tieBreakAt: '2024-03-19T18:58:58Z',
            },
          ],
          cautions: [],
          standing: {
            asOf: '2024-05-29',
            total: 224404,
            atOrAbove: expect.any(Number),
            invitationsNeeded: expect.any(Number),
          },
        },
      ],
    });
    const { verdicts } = jsonOf(whole);
    expect(verdicts).toHaveLength(298);
    expect(verdicts[0]).toEqual(jsonOf(check).verdicts[0]);
    expect(verdicts.at(-1).draw).toBe('ircc:1');
  });

  it.concurrent('answers people in tables and sentences', async ({ onTestFinished }) => {
    const place = openInstallation(onTestFinished);
    place.write('profile.json', '{"crs": 500, "email": "amina@example.org", "notify": ["invited"]}');

    const check = await place.drawbell('check', '--profile', 'profile.json', '--now', '2024-06-01T00:00:00Z');
    const one = await place.drawbell('check', '--profile', 'profile.json', '--draw', '297', 'ircc:91a');
    const events = await place.drawbell(
      'events',
      '--type',
      'draw_type.returned',
      '--since',
      '2024-05-01',
      '--limit',
      '2',
    );

    expect(check.stdout).toMatch(/^ircc:297 {2}2024-05-31 .* -22 {2}not-invited/m);
    expect(check.stdout).toMatch(/^Would have been invited in 0 of the last 20 draws/m);
    expect(one.stdout).toMatch(/^ircc:297 .*\n *ircc:91a /m);
    expect(events.stdout.split('\n')[0]).toMatch(/^When +Draw +Event +What$/);
    expect(events.stdout.trimEnd().split('\n')).toHaveLength(3);
  });
});
