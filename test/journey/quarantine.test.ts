// A round that is kept apart, from the page to the operator's word, and the publisher's second opinion.

import { describe, expect, onTestFinished, test } from 'vitest';
import { buildFeed, toRound, wrapRounds } from '../../src/demo/feed.ts';
import { type OfficialSite, openOfficialSite } from '../../src/demo/official-site.ts';
import type { Draw } from '../../src/draw/draw.ts';
import { InputError } from '../../src/errors.ts';
import { deliverDue, releaseRound, watchSource } from '../../src/journey.ts';
import { ircc } from '../../src/sources/ircc.ts';
import { listDraws } from '../../src/store/draws.ts';
import { dropFromQuarantine, listQuarantine } from '../../src/store/quarantine.ts';
import { shippedDraws } from '../draw/history.ts';
import { type Installation, openInstallation, subscribe } from '../support/journey.ts';

const HISTORY = shippedDraws();
const BEFORE = HISTORY.filter((draw) => draw.date <= '2024-05-30');
const AFTER = HISTORY.filter((draw) => draw.date <= '2024-05-31');
const DAY = '2024-05-31T16:00:00.000Z';

const typed = (changes: Record<string, string>) => {
  const [newest, ...rest] = [...AFTER].reverse().map(toRound);
  return wrapRounds([{ ...newest, ...changes }, ...rest]);
};

async function settle(): Promise<Installation> {
  const installation = await openInstallation(BEFORE, DAY);
  await subscribe(installation.db, 'amina@example.org');
  await watchSource(ircc, installation);
  return installation;
}

const recipients = ({ mailServer }: Installation) =>
  mailServer.received.flatMap((mail) => mail.recipients).sort();
const knows = async ({ db }: Installation, id: string) =>
  (await listDraws(db)).some((draw) => draw.id === id);

describe('an implausible round', () => {
  test('is told to the operator once and to no reader, and goes on by itself when it is mended', async () => {
    const installation = await settle();

    installation.site.publish(typed({ drawDate: '2024-06-30' }));
    const looks = [await watchSource(ircc, installation), await watchSource(ircc, installation)];
    await deliverDue(installation);
    const toldBefore = recipients(installation);
    installation.site.publish(buildFeed(AFTER));
    const mended = await watchSource(ircc, installation);
    await deliverDue(installation);

    expect(looks).toMatchObject([
      { fresh: [], held: [{ id: 'ircc:297', reason: 'future' }], queued: 1 },
      { fresh: [], held: [{ id: 'ircc:297', looks: 2 }], queued: 0 },
    ]);
    expect(toldBefore).toEqual(['operator@example.org']);
    expect(mended).toMatchObject({ fresh: ['ircc:297'], held: [] });
    expect(recipients(installation)).toEqual(['amina@example.org', 'operator@example.org']);
  });

  test('that the operator releases is stored and told as it was read, and not questioned again', async () => {
    const installation = await settle();
    installation.site.publish(typed({ drawSize: '60,000' }));
    await watchSource(ircc, installation);

    const released = await releaseRound(ircc, 'ircc:297', installation);
    await deliverDue(installation);
    const next = await watchSource(ircc, installation);

    expect(released).toMatchObject({ fresh: ['ircc:297'], held: [] });
    expect(recipients(installation)).toContain('amina@example.org');
    expect(next).toMatchObject({ changed: false, held: [], queued: 0 });
    expect(await listQuarantine(installation.db)).toEqual([]);
  });

  test('that the operator drops is kept apart without a word, until it changes', async () => {
    const installation = await settle();
    installation.site.publish(typed({ drawSize: '60,000' }));
    await watchSource(ircc, installation);

    await dropFromQuarantine(installation.db, 'ircc:297');
    const quiet = await watchSource(ircc, installation);
    installation.site.publish(typed({ drawSize: '70,000' }));
    const changed = await watchSource(ircc, installation);

    expect(quiet).toMatchObject({ held: [], queued: 0 });
    expect(await knows(installation, 'ircc:297')).toBe(false);
    expect(changed).toMatchObject({ held: [{ id: 'ircc:297' }], queued: 1 });
  });

  test('that cannot be read, or is not there, cannot be released', async () => {
    const installation = await settle();
    installation.site.publish(typed({ drawSize: '' }));
    await watchSource(ircc, installation);

    await expect(releaseRound(ircc, 'ircc:297', installation)).rejects.toThrow(InputError);
    await expect(releaseRound(ircc, 'ircc:1', installation)).rejects.toThrow(/no such entry/);
  });
});

describe('the second opinion', () => {
  async function settleWithOpinion(french: string): Promise<Installation & { french: OfficialSite }> {
    const other = await openOfficialSite(french);
    onTestFinished(() => other.close());
    const installation = await settle();
    const address = installation.addresses.ircc;
    if (address) address.opinionUrl = other.feedUrl;
    return Object.assign(installation, { french: other });
  }
  const saying = (changes: Partial<Draw>) =>
    buildFeed(AFTER.map((draw) => (draw.id === 'ircc:297' ? { ...draw, ...changes } : draw)));

  test('that agrees, is late, is down or is rubbish holds nothing back', async () => {
    for (const french of [buildFeed(AFTER), buildFeed(BEFORE), 'rubbish']) {
      const installation = await settleWithOpinion(french);

      installation.site.publish(buildFeed(AFTER));
      const look = await watchSource(ircc, installation);

      expect(look).toMatchObject({ fresh: ['ircc:297'], held: [] });
      expect(installation.french.asked).toHaveLength(1);
    }
  });

  test('is asked only when there is news', async () => {
    const installation = await settleWithOpinion(buildFeed(AFTER));

    await watchSource(ircc, installation);

    expect(installation.french.asked).toEqual([]);
  });

  test('that disagrees holds the round back until the two agree', async () => {
    const installation = await settleWithOpinion(saying({ cutoff: 422 }));

    installation.site.publish(buildFeed(AFTER));
    const first = await watchSource(ircc, installation);
    const second = await watchSource(ircc, installation);
    installation.french.publish(buildFeed(AFTER));
    const agreed = await watchSource(ircc, installation);

    expect(first).toMatchObject({
      fresh: [],
      held: [{ id: 'ircc:297', reason: 'second-opinion' }],
      queued: 1,
    });
    expect(second).toMatchObject({ fresh: [], queued: 0 });
    expect(agreed).toMatchObject({ fresh: ['ircc:297'], held: [] });
    // Asked conditionally as well: 200, 304, and 200 when it had changed.
    expect(installation.french.asked.map(({ status }) => status)).toEqual([200, 304, 200]);
  });

  test('that disagrees holds the round back for an hour at most', async () => {
    const installation = await settleWithOpinion(saying({ invitations: 30_000 }));

    installation.site.publish(buildFeed(AFTER));
    await watchSource(ircc, installation);
    installation.setClock('2024-05-31T17:00:00.000Z');
    const later = await watchSource(ircc, installation);

    expect(later).toMatchObject({ fresh: ['ircc:297'], held: [] });
  });
});
