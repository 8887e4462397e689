// What becomes of a round that its publisher corrects or takes back, and who hears of it.

import { describe, expect, test } from 'vitest';
import { buildFeed } from '../../src/demo/feed.ts';
import type { Draw } from '../../src/draw/draw.ts';
import { deliverDue, watchSource } from '../../src/journey.ts';
import { ircc } from '../../src/sources/ircc.ts';
import { listDraws } from '../../src/store/draws.ts';
import { listNotices } from '../../src/store/notices.ts';
import { shippedDraws } from '../draw/history.ts';
import { addTeam, type Installation, openInstallation, subscribe } from '../support/journey.ts';

const HISTORY = shippedDraws();
const BEFORE = HISTORY.filter((draw) => draw.date <= '2024-05-30');
const AFTER = HISTORY.filter((draw) => draw.date <= '2024-05-31');
const DAY = '2024-05-31T16:00:00.000Z';
const FACTS = { programs: ['cec'], profileSubmittedAt: '2024-01-10T12:00:00Z' };

const corrected = (changes: Partial<Draw>) =>
  AFTER.map((draw) => (draw.id === 'ircc:297' ? { ...draw, ...changes } : draw));

/** Everybody has been told of #297 as it was at first: 522. */
async function settle(): Promise<Installation> {
  const installation = await openInstallation(BEFORE, DAY);
  await subscribe(installation.db, 'just-in@example.org', {
    ...FACTS,
    crs: 522,
    notify: ['cannot-tell', 'correction'],
  });
  await subscribe(installation.db, 'just-out@example.org', {
    ...FACTS,
    crs: 520,
    notify: ['invited', 'correction'],
  });
  await subscribe(installation.db, 'far@example.org', { ...FACTS, crs: 400, notify: ['correction'] });
  await subscribe(installation.db, 'deaf@example.org', { ...FACTS, crs: 521, notify: ['invited'] });
  await subscribe(installation.db, 'in@example.org', {
    ...FACTS,
    crs: 540,
    notify: ['invited', 'correction'],
  });
  await watchSource(ircc, installation);
  installation.site.publish(buildFeed(AFTER));
  await watchSource(ircc, installation);
  await deliverDue(installation);
  installation.mailServer.received.length = 0;
  return installation;
}

const mailed = ({ mailServer }: Installation) =>
  mailServer.received.map(({ recipients, text }) => [recipients[0], text?.split('\n')[0]]).sort();

describe('a correction', () => {
  test('is told once to those whose verdict it changes and who want to hear of it, and to nobody else', async () => {
    const installation = await settle();

    installation.site.publish(buildFeed(corrected({ cutoff: 519 })));
    const look = await watchSource(ircc, installation);
    await deliverDue(installation);
    installation.site.publish(buildFeed(corrected({ cutoff: 519 }), { indent: 5 }));
    const again = await watchSource(ircc, installation);
    await deliverDue(installation);

    expect(look).toMatchObject({ fresh: [], corrected: ['ircc:297'], queued: 1 });
    expect(again).toMatchObject({ changed: false, queued: 0 });
    expect(mailed(installation)).toEqual([
      ['just-out@example.org', expect.stringMatching(/^Corrected: you would have been invited after all/)],
    ]);
  });

  test('that takes an invitation back says so', async () => {
    const installation = await settle();

    installation.site.publish(buildFeed(corrected({ tieBreakAt: '2024-01-01T00:00:00Z', cutoff: 530 })));
    await watchSource(ircc, installation);
    await deliverDue(installation);

    expect(mailed(installation)).toEqual([
      ['just-in@example.org', expect.stringMatching(/^Corrected: you would not have been invited after all/)],
    ]);
  });

  test('that changes no verdict bothers no reader, but teams hear of it', async () => {
    const installation = await settle();
    await addTeam(installation);

    installation.site.publish(buildFeed(corrected({ invitations: 3100 })));
    const look = await watchSource(ircc, installation);
    await deliverDue(installation);

    expect(look.queued).toBe(1);
    expect(mailed(installation)).toEqual([]);
    expect(JSON.parse(installation.team.received[0]?.body ?? '')).toMatchObject({
      type: 'draw.corrected',
      data: { changes: [{ field: 'invitations', before: 3000, after: 3100 }] },
    });
  });
});

describe('a round that is taken back', () => {
  async function lookThrice(installation: Installation) {
    installation.site.publish(buildFeed(BEFORE));
    const looks = [];
    for (let count = 0; count < 3; count += 1) looks.push(await watchSource(ircc, installation));
    await deliverDue(installation);
    return looks;
  }

  test('is kept apart for two looks and withdrawn at the third, 304 or not', async () => {
    const installation = await settle();
    await addTeam(installation);

    const looks = await lookThrice(installation);

    expect(looks.map(({ held, withdrawn }) => [held.map(({ reason }) => reason), withdrawn])).toEqual([
      [['vanished'], []],
      [['vanished'], []],
      [[], ['ircc:297']],
    ]);
    expect((await listDraws(installation.db)).some(({ id }) => id === 'ircc:297')).toBe(false);
    expect(installation.team.received.map(({ body }) => JSON.parse(body).type)).toEqual(['draw.withdrawn']);
  });

  test('is told to those who had been told of it and want corrections', async () => {
    const installation = await settle();

    await lookThrice(installation);

    const notices = await listNotices(installation.db, { event: 'draw.withdrawn/ircc:297/1' });
    expect(notices.map(({ status }) => status)).toEqual(['sent']);
    expect(mailed(installation).filter(([address]) => address !== 'operator@example.org')).toEqual([
      ['in@example.org', expect.stringMatching(/no longer/)],
    ]);
  });

  test('is told to nobody whose notice of it was taken back before it was told', async () => {
    const installation = await settle();
    await installation.db.updateTable('outbox').set({ status: 'dropped' }).execute();

    await lookThrice(installation);

    expect(await listNotices(installation.db, { event: 'draw.withdrawn/ircc:297/1' })).toEqual([]);
  });

  test('is corrected, not published again, when it comes back', async () => {
    const installation = await settle();
    await lookThrice(installation);
    installation.mailServer.received.length = 0;

    installation.site.publish(buildFeed(AFTER));
    const back = await watchSource(ircc, installation);
    await deliverDue(installation);

    expect(back).toMatchObject({ fresh: [], corrected: ['ircc:297'] });
    expect(back.events.map(({ type }) => type)).toEqual(['draw.corrected']);
    expect((await listDraws(installation.db))[0]?.id).toBe('ircc:297');
    expect(mailed(installation)).toEqual([
      ['in@example.org', expect.stringMatching(/^Corrected: .*you would have been invited/i)],
    ]);
  });
});
