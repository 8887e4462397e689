// `drawbell quarantine`: rounds that are kept apart, listed, shown, believed and dropped by the operator.

import { describe, expect, it } from 'vitest';
import { type FeedRound, toRound, wrapRounds } from '../../src/demo/feed.ts';
import type { Draw } from '../../src/draw/draw.ts';
import { shippedDraws } from '../draw/history.ts';
import { type Closing, type Ended, jsonOf } from '../support/cli.ts';
import { addressees, addTeam, importReaders, lookHere, openWorld, tellings, type World } from './world.ts';

/** Nothing but the real clock tells `release` what is still news, so these rounds are of the last weeks. */
const DRAWS = shippedDraws()
  .slice(-7)
  .map((draw, index): Draw => {
    const date = new Date(Date.now() - (6 - index) * 86_400_000).toISOString().slice(0, 10);
    return { ...draw, date, issuedAt: null, tieBreakAt: null, pool: null, inferred: [] };
  });
const KNOWN = DRAWS.slice(0, 5);
const [LARGE, BLANK] = DRAWS.slice(5) as [Draw, Draw];
const READER = '- email: amina@example.org\n  notify: [every-draw]\n';
const NONE = { new: [], corrected: [], withdrawn: [] };

const publish = ({ site }: World, rounds: readonly FeedRound[]) => site.publish(wrapRounds(rounds));
const large = { ...toRound(LARGE), drawSize: '60,000' };
const blank = { ...toRound(BLANK), drawCRS: '' };

/** One reader and one team that want to hear of everything, and five rounds that are known. */
async function settle(closing: Closing): Promise<World> {
  const world = await openWorld(closing, wrapRounds(KNOWN.map(toRound)));
  await importReaders(world, READER);
  await addTeam(world);
  await lookHere(world, now());
  return world;
}

/** Two more rounds, one of them too large and the other one without a cut-off. */
async function settleWithTwoHeld(closing: Closing): Promise<World> {
  const world = await settle(closing);
  publish(world, [blank, large, ...KNOWN.map(toRound)]);
  await lookHere(world, now());
  return world;
}

function now(): string {
  return new Date().toISOString();
}

const listed = async (world: World) =>
  jsonOf(await world.drawbell('quarantine', 'list', '--json')).quarantine;
const told = (world: World) => [...addressees(world), ...tellings(world)];
const refusal = ({ code, stdout, stderr }: Ended) => ({ code, stdout, stderr });

describe.concurrent('the list', () => {
  it.concurrent('is empty at first, and says so', async ({ onTestFinished }) => {
    const world = await settle(onTestFinished);

    const text = await world.drawbell('quarantine', 'list');
    const rounds = await listed(world);

    expect(text).toEqual({ code: 0, stdout: 'Nothing is kept apart.\n', stderr: '' });
    expect(rounds).toEqual([]);
  });

  it.concurrent('has every round, why it is kept apart, and since when', async ({ onTestFinished }) => {
    const world = await settleWithTwoHeld(onTestFinished);

    const text = await world.drawbell('quarantine', 'list');
    const rounds = await listed(world);

    expect(text).toMatchObject({ code: 0, stderr: '' });
    const [heading, ...lines] = text.stdout.trimEnd().split('\n');
    expect(heading).toMatch(/^ +Round {2}Reason +Status {2}Since +What is wrong$/);
    expect(lines.map((line) => line.replace(/\d{4}-\d\d-\d\dT\S+Z/, 'THEN').split(/ {2,}/))).toEqual([
      [LARGE.id, 'size', 'held', 'THEN', `${LARGE.id} invitations: expected at most 50000, found 60000`],
      [
        BLANK.id,
        'unreadable',
        'held',
        'THEN',
        `${BLANK.id} drawCRS: expected the cut-off score, 1 to 1200, found ""`,
      ],
    ]);
    expect(rounds).toEqual([
      {
        id: LARGE.id,
        reason: 'size',
        faults: [{ where: `${LARGE.id} invitations`, expected: 'at most 50000', found: '60000' }],
        draw: expect.objectContaining({ id: LARGE.id, date: LARGE.date, invitations: 60_000 }),
        since: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        looks: 1,
        status: 'held',
      },
      expect.objectContaining({ id: BLANK.id, reason: 'unreadable', draw: null, status: 'held' }),
    ]);
  });
});

describe.concurrent('a round that is shown', () => {
  it.concurrent('comes with what was read, what is wrong, and what can be done', async ({
    onTestFinished,
  }) => {
    const world = await settleWithTwoHeld(onTestFinished);

    const text = await world.drawbell('quarantine', 'show', LARGE.id);
    const json = jsonOf(await world.drawbell('quarantine', 'show', LARGE.id, '--json'));
    const unreadable = await world.drawbell('quarantine', 'show', BLANK.id);

    expect(text).toMatchObject({ code: 0, stderr: '' });
    expect(text.stdout).toContain(`${LARGE.id}  size, held since `);
    expect(text.stdout).toContain(`60,000 invited, cut-off ${LARGE.cutoff}\n`);
    expect(text.stdout).toContain(`  ${LARGE.id} invitations: expected at most 50000, found 60000\n`);
    expect(text.stdout).toContain(`"drawbell quarantine release ${LARGE.id}" believes it as it is`);
    expect(json).toEqual((await listed(world))[0]);
    expect(unreadable.stdout).toContain('It could not be read, or is not there.\n');
    expect(unreadable.stdout).toContain(`"drawbell quarantine drop ${BLANK.id}"`);
    expect(unreadable.stdout).not.toContain('quarantine release');
  });
});

describe.concurrent('a round that is not there', () => {
  it.concurrent('is refused by every command, with those that are there', async ({ onTestFinished }) => {
    const world = await settleWithTwoHeld(onTestFinished);

    for (const command of ['show', 'release', 'drop']) {
      const ended = await world.drawbell('quarantine', command, 'ircc:1', '--json');

      expect(refusal(ended), command).toEqual({
        code: 2,
        stdout: '',
        stderr: `drawbell: that round is not in quarantine:\n  id: expected one of ${LARGE.id}, ${BLANK.id}, found "ircc:1"\n`,
      });
    }
    expect(await listed(world)).toHaveLength(2);
  });

  it.concurrent('is refused where there is none at all', async ({ onTestFinished }) => {
    const world = await settle(onTestFinished);

    const { code, stderr } = await world.drawbell('quarantine', 'release', 'ircc:\u001b[31m');

    expect(code).toBe(2);
    expect(stderr).toBe(
      'drawbell: that round is not in quarantine:\n  id: expected a round in quarantine (there is none), found "ircc: [31m"\n',
    );
  });

  it.concurrent('must be named', async ({ onTestFinished }) => {
    const world = await settle(onTestFinished);

    const { code, stderr } = await world.drawbell('quarantine', 'release');

    expect(code).toBe(2);
    expect(stderr).toContain("missing required argument 'id'");
  });
});

describe.concurrent('a round that is released', () => {
  it.concurrent('is told to those it is for, once, and not questioned again', async ({ onTestFinished }) => {
    const world = await settleWithTwoHeld(onTestFinished);
    const before = told(world);

    const released = await world.drawbell('quarantine', 'release', LARGE.id, '--json');
    const toldAtOnce = { mails: addressees(world), webhooks: tellings(world) };
    const again = await world.drawbell('quarantine', 'release', LARGE.id);
    const next = await world.run(now());
    const { draws } = jsonOf(await world.drawbell('draws', '--json'));

    expect(before).toEqual([]);
    expect(released).toMatchObject({ code: 0, stderr: '' });
    const { notices, ...rest } = jsonOf(released);
    expect(rest).toEqual({ released: LARGE.id, draws: { ...NONE, new: [LARGE.id] } });
    expect(notices).toEqual({ queued: notices.sent, sent: notices.queued, retrying: 0, failed: 0 });
    expect(toldAtOnce.mails).toEqual(['amina@example.org']);
    expect(toldAtOnce.webhooks).toContain(`draw.published/${LARGE.id}`);
    expect(again.code).toBe(2);
    expect(next.report).toMatchObject({
      sources: [{ status: 'unchanged', draws: { new: [], quarantined: [BLANK.id] } }],
      notices: { queued: 0 },
    });
    expect({ mails: addressees(world), webhooks: tellings(world) }).toEqual(toldAtOnce);
    expect(draws[0]).toMatchObject({ id: LARGE.id, invitations: 60_000 });
  });

  it.concurrent('is told of to people in a line', async ({ onTestFinished }) => {
    const world = await settleWithTwoHeld(onTestFinished);

    const { code, stdout } = await world.drawbell('quarantine', 'release', LARGE.id);

    expect(code).toBe(0);
    expect(stdout).toMatch(
      new RegExp(`^${LARGE.id} is released\\. (\\d) notices were queued, \\1 sent\\.\\n$`),
    );
  });

  it.concurrent('leaves exit code 4 when a notice of it is given up', async ({ onTestFinished }) => {
    const world = await settleWithTwoHeld(onTestFinished);
    world.mail.refuseWith({ status: 550, text: '5.1.1 no such user' });

    const ended = await world.drawbell('quarantine', 'release', LARGE.id, '--json');

    expect(ended.code).toBe(4);
    expect(jsonOf(ended).notices).toMatchObject({ failed: 1 });
  });

  it.concurrent('is none that cannot be read', async ({ onTestFinished }) => {
    const world = await settleWithTwoHeld(onTestFinished);

    const ended = await world.drawbell('quarantine', 'release', BLANK.id, '--json');

    expect(refusal(ended)).toEqual({
      code: 2,
      stdout: '',
      stderr: `drawbell: it cannot be released:\n  ${BLANK.id}: expected a round in quarantine that can be read, found one that cannot be read\n`,
    });
    expect(await listed(world)).toHaveLength(2);
    expect(told(world)).toEqual([]);
  });

  it.concurrent('and vanished is withdrawn', async ({ onTestFinished }) => {
    const world = await settle(onTestFinished);
    const [gone, ...others] = KNOWN as [Draw, ...Draw[]];
    publish(world, others.map(toRound));
    await lookHere(world, now());

    const shown = await world.drawbell('quarantine', 'show', gone.id);
    const released = jsonOf(await world.drawbell('quarantine', 'release', gone.id, '--json'));

    expect(shown.stdout).toContain('believes that it was taken back');
    expect(released.draws).toEqual({ ...NONE, withdrawn: [gone.id] });
    expect(tellings(world)).toEqual([`draw.withdrawn/${gone.id}`]);
    // The reader was never told of it.
    expect(addressees(world)).toEqual([]);
    expect(await listed(world)).toEqual([]);
  });
});

describe.concurrent('a round that is dropped', () => {
  it.concurrent('keeps no look from ending well, and is told to nobody, until it changes', async ({
    onTestFinished,
  }) => {
    const world = await settle(onTestFinished);
    publish(world, [large, ...KNOWN.map(toRound)]);
    const held = await world.run(now());

    const text = await world.drawbell('quarantine', 'drop', LARGE.id);
    const json = await world.drawbell('quarantine', 'drop', LARGE.id, '--json');
    const quiet = await world.run(now());
    const dropped = await listed(world);
    publish(world, [{ ...large, drawSize: '70,000' }, ...KNOWN.map(toRound)]);
    const changed = await world.run(now());

    expect(held.code).toBe(3);
    expect(text).toEqual({
      code: 0,
      stdout: `${LARGE.id} is dropped: nothing is said of it until it changes.\n`,
      stderr: '',
    });
    expect(jsonOf(json)).toEqual({ dropped: LARGE.id });
    expect(quiet).toMatchObject({ code: 0, stderr: '' });
    expect(quiet.report.sources[0].draws).toEqual({ ...NONE, quarantined: [] });
    expect(dropped).toMatchObject([{ id: LARGE.id, status: 'dropped', looks: 2 }]);
    expect(changed.code).toBe(3);
    expect(changed.report.sources[0].draws.quarantined).toEqual([LARGE.id]);
    expect(await listed(world)).toMatchObject([{ id: LARGE.id, status: 'held', looks: 3 }]);
    expect(told(world)).toEqual([]);
  });
});
