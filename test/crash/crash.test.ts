// The crash test in small, and what it holds the program to. `npm run crash` is the whole.

import { describe, expect, it } from 'vitest';
import { setTheClockBack } from './clock.ts';
import { fillTheDisk } from './full-disk.ts';
import { killAndKillAgain } from './kills.ts';
import type { Arrival } from './ledger.ts';
import { killWhoServes } from './letters.ts';
import { lockTheDatabase } from './locked.ts';
import { holdToPromises, type Remains } from './promises.ts';

const SIZE = { notices: 120, endpoints: 8, seed: 5 };

describe.concurrent('nothing is lost, and nothing repeated but what was in flight,', () => {
  it('when run is killed again and again', async ({ onTestFinished }) => {
    const outcome = await killAndKillAgain(onTestFinished, SIZE, 4, 'run');

    expect(outcome).toMatchObject({ broken: [], lost: 0, kills: 4 });
  });

  it('when serve is killed while people sign up', async ({ onTestFinished }) => {
    const outcome = await killWhoServes(onTestFinished, { signUps: 40, seed: 5 }, 3);

    expect(outcome).toMatchObject({ broken: [], lost: 0, kills: 3 });
  });

  it('when the disk is full, which is said', async ({ onTestFinished, skip }) => {
    const outcome = await fillTheDisk(onTestFinished, SIZE, 500);

    if (!outcome) return skip('no disk can be made full here');
    expect(outcome).toMatchObject({ broken: [], lost: 0 });
  });

  it('when another process locks the database for a while', async ({ onTestFinished }) => {
    const outcome = await lockTheDatabase(onTestFinished, SIZE, 700);

    expect(outcome).toMatchObject({ broken: [], lost: 0, repeated: 0 });
  });

  it('when the clock is set back an hour, and nothing waits for it', async ({ onTestFinished }) => {
    const outcome = await setTheClockBack(onTestFinished, SIZE);

    expect(outcome).toMatchObject({ broken: [], lost: 0, kills: 3 });
  });
});

describe('the crash test', () => {
  const told = (notice: string, life: number, id = `id of ${notice}`): Arrival => ({
    life,
    notice,
    id,
    fault: null,
  });
  const left = (...notices: string[]): Remains => ({ inFlight: new Set(notices), integrity: 'ok' });
  const judge = (arrivals: Arrival[], remains: Record<number, Remains> = {}, mayRepeat = 1) =>
    holdToPromises(
      new Set(['a', 'b']),
      arrivals,
      new Map(Object.entries(remains).map(([life, one]) => [Number(life), one])),
      mayRepeat,
    );
  const well = [told('a', 1), told('b', 1)];

  it('finds no fault with a repeat of what was in flight', () => {
    const findings = judge([...well, told('a', 2)], { 1: left('a') });

    expect(findings).toEqual({ lost: 0, repeated: 1, mostRepeated: 1, mostInFlight: 1, broken: [] });
  });

  it.each([
    ['lost', [told('a', 1)]],
    ['told without being meant', [...well, told('c', 1)]],
    ['repeated with another id', [...well, told('a', 2, 'another')]],
    ['told twice in one life', [...well, told('a', 1)]],
    ['repeated without having been in flight', [...well, told('b', 2)]],
    ['one id for several notices', [told('a', 1), told('b', 1, 'id of a')]],
    ["another's mail", [told('a', 1), { ...told('b', 1), fault: "another's mail" }]],
    ['more than 1 repeated after one end', [...well, told('a', 2), told('b', 2)]],
    // In flight when the first life ended, but it arrived in the second, which left nothing.
    ['repeated without having been in flight', [told('b', 1), told('a', 2), told('a', 3)]],
  ])('sees what is %s', (promise, arrivals) => {
    const { broken } = judge(arrivals, { 1: left('a') });

    expect(broken).toEqual(expect.arrayContaining([expect.stringContaining(promise)]));
  });

  it('sees a database that is damaged', () => {
    const { broken } = judge(well, { 1: { inFlight: new Set(), integrity: 'row 3 missing from index' } });

    expect(broken).toEqual([expect.stringContaining('the database is damaged')]);
  });
});
