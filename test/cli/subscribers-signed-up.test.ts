// People who signed up themselves, in the operator's hands: those who wait, those who pause, and their consent.

import { join } from 'node:path';
import { describe, it } from 'vitest';
import { Subscription } from '../../src/match/profile.ts';
import { openStore } from '../../src/store/open.ts';
import { addPending } from '../../src/store/pending.ts';
import { confirmReader, findReader, pauseReader } from '../../src/store/readers.ts';
import { listSubscribers } from '../../src/store/subscribers.ts';
import { type Installation, jsonOf, openInstallation } from '../support/cli.ts';

const ASKED = '2024-05-01T08:00:00.000Z';
const CONFIRMED = '2024-05-02T08:00:00.000Z';
const CONSENT = { at: CONFIRMED, how: 'sign-up', words: 'Write to me', version: '3', askedAt: ASKED };

/** Amina has confirmed, Bruno has too and pauses, Chen has not confirmed. */
async function settle({ folder, env }: Installation): Promise<void> {
  env.DRAWBELL_HISTORY = 'none';
  const db = openStore(join(folder, 'data/drawbell.db'));
  for (const name of ['amina', 'bruno', 'chen']) {
    const subscription = Subscription.parse({ email: `${name}@example.org`, crs: 522 });
    const signUp = { subscription, consentWords: 'Write to me', consentVersion: '3', at: ASKED };
    await addPending(db, signUp, ASKED);
  }
  const [amina = '', bruno = ''] = (await listSubscribers(db)).map(({ key }) => key);
  for (const key of [amina, bruno])
    await confirmReader(db, key, (await findReader(db, key))?.changedAt ?? '', CONFIRMED);
  await pauseReader(db, bruno, true, CONFIRMED);
  await db.destroy();
}

const statesOf = async (place: Installation) =>
  jsonOf(await place.drawbell('subscribers', 'list', '--json')).subscribers.map(
    ({ email, status, consentHow }: Record<string, string>) => [email, status, consentHow],
  );

describe('people who signed up', () => {
  it.concurrent('are listed as they are, and exported for elsewhere unless they have not confirmed', async ({
    onTestFinished,
    expect,
  }) => {
    const [place, elsewhere] = [openInstallation(onTestFinished), openInstallation(onTestFinished)];
    elsewhere.env.DRAWBELL_HISTORY = 'none';
    await settle(place);

    const all = await place.drawbell('subscribers', 'export');
    const imported = await elsewhere.drawbellReading(all.stdout, 'subscribers', 'import', '-', '--json');
    const again = await elsewhere.drawbell('subscribers', 'export');

    expect(await statesOf(place)).toEqual([
      ['amina@example.org', 'active', 'sign-up'],
      ['bruno@example.org', 'paused', 'sign-up'],
      ['chen@example.org', 'pending', 'sign-up'],
    ]);
    expect(jsonOf(all)).toMatchObject([
      { email: 'amina@example.org', consent: CONSENT },
      { email: 'bruno@example.org', consent: CONSENT, paused: true },
    ]);
    expect(jsonOf(all)).toHaveLength(2);
    expect(jsonOf(all)[0]).not.toHaveProperty('paused');
    expect(jsonOf(imported)).toMatchObject({ added: 2 });
    expect(jsonOf(again)).toEqual(jsonOf(all));
  });

  it.concurrent('of whom one has not confirmed are no file to import', async ({ onTestFinished, expect }) => {
    const place = openInstallation(onTestFinished);
    await settle(place);

    const one = await place.drawbell('subscribers', 'export', 'chen@example.org');
    const imported = await place.drawbellReading(one.stdout, 'subscribers', 'import', '-');

    expect(jsonOf(one)).toMatchObject([{ email: 'chen@example.org', pending: true }]);
    expect(imported.code).toBe(2);
    expect(imported.stderr).toContain('[0].pending');
    expect((await statesOf(place))[2]).toEqual(['chen@example.org', 'pending', 'sign-up']);
  });

  it.concurrent('are imported by the operator: who waited is added, who pauses still does', async ({
    onTestFinished,
    expect,
  }) => {
    const place = openInstallation(onTestFinished);
    await settle(place);
    const list = ['amina', 'bruno', 'chen'].map((name) => ({ email: `${name}@example.org`, crs: 530 }));

    const imported = await place.drawbellReading(
      JSON.stringify(list),
      'subscribers',
      'import',
      '-',
      '--json',
    );

    expect(jsonOf(imported)).toMatchObject({ added: 1, changed: 2 });
    expect(await statesOf(place)).toEqual([
      ['amina@example.org', 'active', 'sign-up'],
      ['bruno@example.org', 'paused', 'sign-up'],
      ['chen@example.org', 'active', 'operator'],
    ]);
  });

  it.concurrent('and are suppressed are forgotten if they had not confirmed, else come back as they were', async ({
    onTestFinished,
    expect,
  }) => {
    const place = openInstallation(onTestFinished);
    await settle(place);

    for (const name of ['bruno', 'chen']) {
      await place.drawbell('subscribers', 'suppress', `${name}@example.org`);
      await place.drawbell('subscribers', 'lift', `${name}@example.org`);
    }

    expect(await statesOf(place)).toEqual([
      ['amina@example.org', 'active', 'sign-up'],
      ['bruno@example.org', 'paused', 'sign-up'],
    ]);
  });
});
