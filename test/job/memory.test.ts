// What a job makes of its branch, and when it hands over nothing.

import { describe, expect, it } from 'vitest';
import { InputError, StateError } from '../../src/errors.ts';
import { openBranch } from '../../src/git/branch.ts';
import { shippedDraw, shippedDraws } from '../draw/history.ts';
import { makeFolder } from '../support/store.ts';
import { BRANCH, openPlace } from './place.ts';

/** Back to the last draw of the type that returned with #297. */
const BEFORE = shippedDraws().filter(({ number }) => Number(number) >= 204 && Number(number) < 297);
const WITH_297 = [...BEFORE, shippedDraw(297)];

describe('what is in hand', () => {
  it.each([
    { seconds: 60, mailed: 2 },
    // By then it would not have ended long before it is due for others.
    { seconds: 61, mailed: 0 },
  ])('is told $mailed when it took $seconds s to write it down before', async ({ seconds, mailed }) => {
    const place = await openPlace(BEFORE, '2024-05-30T21:00:00Z');
    await place.run();
    place.setClock('2024-05-31T17:00:00Z');
    place.publish(WITH_297);
    const branch = openBranch({
      remote: place.repository.url,
      branch: BRANCH,
      token: null,
      folder: `${makeFolder()}/branch`,
      environment: process.env,
    });
    const later = new Date(Date.parse('2024-05-31T17:00:00Z') + seconds * 1_000).toISOString();

    const { faults } = await place.run({
      branch: {
        read: branch.read,
        async publish(files, message) {
          await branch.publish(files, message);
          place.setClock(later);
        },
      },
    });

    expect(place.mailed()).toHaveLength(mailed);
    expect(faults).toEqual(mailed === 0 ? [expect.any(StateError)] : []);

    await place.run();

    // It was given back, and is told at once.
    expect(place.mailed()).toHaveLength(2);
    expect(place.state().ledger.every(({ status }) => status === 'sent')).toBe(true);
  });
});

describe('a branch that is not of a drawbell', () => {
  it('is left alone, and nothing is sent', async () => {
    const place = await openPlace(BEFORE, '2024-05-30T21:00:00Z');
    const tip = place.repository.write(BRANCH, { 'README.md': 'my work', 'src/index.ts': '' });

    const { faults } = await place.run().catch((fault: unknown) => ({ faults: [fault] }));

    expect(faults).toEqual([expect.any(InputError)]);
    expect(String(faults[0])).toContain('state-branch');
    expect(place.repository.tip(BRANCH)).toBe(tip);
    expect(place.mailed()).toEqual([]);
  });
});
