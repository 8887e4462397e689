// `drawbell explain`: everything known about a draw, for people and for programs.

import { describe, it } from 'vitest';
import { buildFeed, toRound, wrapRounds } from '../../src/demo/feed.ts';
import type { Draw } from '../../src/draw/draw.ts';
import { shippedDraw, shippedDraws } from '../draw/history.ts';
import { type Closing, jsonOf, openInstallation } from '../support/cli.ts';
import { DAY, feedAsOf, lookHere, NEWS, NO_READERS, openWorld, settleIn, type World } from './world.ts';

const EVENING = `${DAY}T20:00:00Z`;

/** An installation that has seen ircc:297 come. */
async function openWith297(closing: Closing): Promise<World> {
  const world = await openWorld(closing);
  await settleIn(world, NO_READERS);
  world.site.publish(feedAsOf(DAY));
  await lookHere(world, NEWS);
  return world;
}

function corrected(changes: Partial<Draw>): string {
  const draws = shippedDraws().filter(({ date }) => date <= DAY);
  return buildFeed(draws.map((draw) => (draw.id === 'ircc:297' ? { ...draw, ...changes } : draw)));
}

describe('explain --json', () => {
  it.concurrent('has all that is known of #297, by its id as by its number', async ({
    onTestFinished,
    expect,
  }) => {
    const place = openInstallation(onTestFinished);

    const [byId, byNumber] = [
      await place.drawbell('explain', 'ircc:297', '--json'),
      await place.drawbell('explain', '297', '--json'),
    ];

    expect(byId).toMatchObject({ code: 0, stderr: '' });
    expect(byNumber).toEqual(byId);
    const explanation = jsonOf(byId);
    expect(Object.keys(explanation)).toEqual([
      ...['draw', 'special', 'previous', 'daysSincePrevious', 'audience', 'corrections', 'withdrawnAt'],
      ...['document', 'firstSeenAt', 'revision'],
    ]);
    expect(explanation).toEqual({
      draw: shippedDraw(297),
      special: [
        {
          type: 'draw_type.returned',
          drawType: 'cec',
          previous: { id: 'ircc:204', date: '2021-09-14', invitations: 2000, cutoff: 462 },
          dormantDays: 990,
          drawsBetween: 92,
        },
      ],
      previous: { id: 'ircc:204', date: '2021-09-14', invitations: 2000, cutoff: 462 },
      daysSincePrevious: 990,
      audience: { programs: ['cec'], category: null },
      corrections: [],
      withdrawnAt: null,
      document: {
        url: 'data/draws/ircc.json',
        status: 200,
        fetchedAt: expect.stringMatching(/Z$/),
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
      firstSeenAt: expect.stringMatching(/Z$/),
      revision: 1,
    });
  });

  it.concurrent('has the list of the category version that is in the name of #422', async ({
    onTestFinished,
    expect,
  }) => {
    const place = openInstallation(onTestFinished);

    const { audience } = jsonOf(await place.drawbell('explain', '422', '--json'));

    expect(audience.programs).toEqual(['fsw', 'cec', 'fst']);
    expect(audience.category).toMatchObject({
      type: 'healthcare',
      version: '2026-3',
      certainty: 'high',
      source: expect.stringMatching(/^https:/),
      rule: { kind: 'experience', months: 12, continuous: false },
    });
    expect(audience.category.occupations).toContainEqual(
      expect.objectContaining({ noc: '31301', en: expect.stringContaining('Registered nurses') }),
    );
  });

  it.concurrent('has each correction with what it changed and when, and the document of the last', async ({
    onTestFinished,
    expect,
  }) => {
    const world = await openWith297(onTestFinished);
    world.site.publish(corrected({ cutoff: 520 }));
    await lookHere(world, `${DAY}T17:00:00Z`);
    world.site.publish(corrected({ cutoff: 520, invitations: 3100 }));
    await lookHere(world, EVENING);

    const explanation = jsonOf(await world.drawbell('explain', '297', '--json'));
    const { stdout } = await world.drawbell('explain', '297');

    expect(explanation).toMatchObject({
      draw: { cutoff: 520, invitations: 3100 },
      special: [{ type: 'draw_type.returned' }],
      corrections: [
        { at: `${DAY}T17:00:00.000Z`, changes: [{ field: 'cutoff', before: 522, after: 520 }] },
        { at: `${DAY}T20:00:00.000Z`, changes: [{ field: 'invitations', before: 3000, after: 3100 }] },
      ],
      document: { url: world.site.feedUrl, status: 200, fetchedAt: `${DAY}T20:00:00.000Z` },
      firstSeenAt: `${DAY}T16:00:00.000Z`,
      revision: 3,
    });
    expect(stdout).toMatch(/^May 31, 2024 at 17:00:00 UTC +Cut-off +522 became 520$/m);
    expect(stdout).toMatch(/^May 31, 2024 at 20:00:00 UTC +Invitations +3,000 became 3,100$/m);
    expect(stdout).toMatch(/^Read from +http:.+ \(status 200\)$/m);
    expect(stdout).toMatch(/^Revision +3$/m);
  });

  it.concurrent('is there for a draw that was withdrawn, and says since when', async ({
    onTestFinished,
    expect,
  }) => {
    const world = await openWith297(onTestFinished);
    world.site.publish(feedAsOf('2024-05-30'));
    for (const hour of ['17', '18', '20']) await lookHere(world, `${DAY}T${hour}:00:00Z`);

    const listed = jsonOf(await world.drawbell('draws', '--type', 'cec', '--since', DAY, '--json'));
    const explanation = jsonOf(await world.drawbell('explain', 'ircc:297', '--json'));
    const { stdout } = await world.drawbell('explain', 'ircc:297');

    expect(listed).toEqual({ draws: [] });
    expect(explanation).toMatchObject({ draw: { id: 'ircc:297' }, withdrawnAt: `${DAY}T20:00:00.000Z` });
    expect(stdout).toMatch(/^Withdrawn: since May 31, 2024 at 20:00:00 UTC /m);
  });
});

describe('explain for people', () => {
  it.concurrent('tells of #297 what it was, what was special, and where it was read', async ({
    onTestFinished,
    expect,
  }) => {
    const place = openInstallation(onTestFinished);

    const { code, stdout, stderr } = await place.drawbell('explain', '297');

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^ircc:297: Canadian Experience Class, 3,000 invited, cut-off 522\n\nThe draw\n/);
    expect(stdout).toMatch(/^Tie-break +March 19, 2024 at 18:58:58 UTC$/m);
    expect(stdout).toMatch(/^The first Canadian Experience Class draw in 990 days \(previous: /m);
    expect(stdout).toMatch(/990 days after .+ 60 points higher and 1,000 more invitations\.$/m);
    expect(stdout).toMatch(/^That was ircc:204: September 14, 2021, 2,000 invited, cut-off 462\.$/m);
    expect(stdout).toMatch(/^ 501 to 600 +14,211 +17,129 {2}cut-off 522$/m);
    expect(stdout).toMatch(/^Official page +https:\/\/www\.canada\.ca\/.+\?q=297$/m);
    expect(stdout).toMatch(/^Read from +data\/draws\/ircc\.json, shipped with drawbell$/m);
  });

  it.concurrent('lists the occupations that #422 was for, with how sure that is', async ({
    onTestFinished,
    expect,
  }) => {
    const place = openInstallation(onTestFinished);

    const { stdout } = await place.drawbell('explain', '422');

    expect(stdout).toMatch(/^Category +healthcare 2026-3\nCertainty +high\nSource +https:/m);
    expect(stdout).toMatch(/^31301 {2}Registered nurses and registered psychiatric nurses$/m);
    expect(stdout).toMatch(/one of \d+ occupations\.$/m);
  });

  it.concurrent('says what was not published, and what of it is odd', async ({ onTestFinished, expect }) => {
    const place = openInstallation(onTestFinished);

    const [first, odd, mistyped] = [
      await place.drawbell('explain', '1'),
      await place.drawbell('explain', '247'),
      await place.drawbell('explain', '357'),
    ];

    expect(first.stdout).toMatch(/^Tie-break +not published\nCandidates in the pool +not published$/m);
    expect(first.stdout).toMatch(/^No earlier one is known\.$/m);
    expect(odd.stdout).toContain('the bands add up to 230,009, which is not the total');
    expect(mistyped.stdout).toMatch(/^Time given +July 12, 2025 at .+, which contradicts the date$/m);
  });

  it.concurrent('makes harmless what came from a page', async ({ onTestFinished, expect }) => {
    const hostile = '\u001b[2JFree visas \u202e\u009b1m\nircc:999: fake';
    const world = await openWorld(
      onTestFinished,
      wrapRounds([{ ...toRound(shippedDraw(297)), drawName: hostile }]),
    );
    await lookHere(world, NEWS);

    const { code, stdout } = await world.drawbell('explain', '297');

    expect(code).toBe(0);
    expect(stdout).toContain('Free visas');
    expect(stdout).not.toMatch(/[^\P{Cc}\n]|\p{Cf}/u);
    expect(stdout).not.toMatch(/^ircc:999/m);
  });
});

it.concurrent('a draw that is not known is refused with what is allowed: exit 2', async ({
  onTestFinished,
  expect,
}) => {
  const place = openInstallation(onTestFinished);

  const unknown = await place.drawbell('explain', 'ircc:9999', '--json');
  const none = await place.drawbell('explain');

  expect(unknown).toMatchObject({ code: 2, stdout: '' });
  expect(unknown.stderr).toBe(
    'drawbell: that draw is not known:\n  draw: expected a draw\'s id such as ircc:426, or its number ("drawbell draws" lists them), found "ircc:9999"\n',
  );
  expect(none).toMatchObject({ code: 2, stdout: '' });
});
