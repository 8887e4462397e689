// Leases: one holder at a time, and nobody for ever.

import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readLease, releaseLease, takeLease } from '../../src/store/leases.ts';
import type { Db } from '../../src/store/schema.ts';
import { makeFolder, openTestStore } from '../support/store.ts';

const NOON = at('12:00:00');

function at(time: string): string {
  return `2024-05-31T${time}.000Z`;
}

function take(db: Db, holder: string, now: string, until: string): Promise<boolean> {
  return takeLease(db, 'watch', holder, now, until);
}

describe('a lease', () => {
  it('is taken when it is free', async () => {
    const db = openTestStore();

    const taken = await take(db, 'a', NOON, at('12:01:00'));

    expect(taken).toBe(true);
    expect(await readLease(db, 'watch')).toEqual({
      name: 'watch',
      holder: 'a',
      since: NOON,
      until: at('12:01:00'),
    });
  });

  it('is refused while another holds it, and stays as it was', async () => {
    const db = openTestStore();
    await take(db, 'a', NOON, at('12:01:00'));
    const before = await readLease(db, 'watch');

    const taken = await take(db, 'b', at('12:00:59'), at('12:01:59'));

    expect(taken).toBe(false);
    expect(await readLease(db, 'watch')).toEqual(before);
  });

  it('is renewed by its holder, since when it was first taken', async () => {
    const db = openTestStore();
    await take(db, 'a', NOON, at('12:01:00'));

    const taken = await take(db, 'a', at('12:00:20'), at('12:01:20'));

    expect(taken).toBe(true);
    expect(await readLease(db, 'watch')).toMatchObject({ since: NOON, until: at('12:01:20') });
  });

  it('is taken over once it has run out, and then is not to be had by the first', async () => {
    const db = openTestStore();
    await take(db, 'a', NOON, at('12:01:00'));

    const second = await take(db, 'b', at('12:01:00'), at('12:02:00'));
    const first = await take(db, 'a', at('12:01:01'), at('12:02:01'));

    expect([second, first]).toEqual([true, false]);
    expect(await readLease(db, 'watch')).toMatchObject({ holder: 'b', since: at('12:01:00') });
  });

  it('is taken over when a clock that was wrong has dated its end out of all reason', async () => {
    const db = openTestStore();
    await take(db, 'a', '2034-05-31T12:00:00.000Z', '2034-05-31T12:01:00.000Z');

    const taken = await take(db, 'b', NOON, at('12:01:00'));

    expect(taken).toBe(true);
    expect(await readLease(db, 'watch')).toMatchObject({ holder: 'b', until: at('12:01:00') });
  });

  it('is let go of by its holder only', async () => {
    const db = openTestStore();
    await take(db, 'a', NOON, at('12:01:00'));

    await releaseLease(db, 'watch', 'b');
    const kept = await readLease(db, 'watch');
    await releaseLease(db, 'watch', 'a');

    expect(kept).toMatchObject({ holder: 'a' });
    expect(await readLease(db, 'watch')).toBeUndefined();
  });

  it('keeps nobody from a lease of another name', async () => {
    const db = openTestStore();
    await take(db, 'a', NOON, at('12:01:00'));

    const taken = await takeLease(db, 'other', 'b', NOON, at('12:01:00'));

    expect(taken).toBe(true);
  });

  it('goes to exactly one of many that reach for it at once', async () => {
    const db = openTestStore();

    const taken = await Promise.all(
      ['a', 'b', 'c', 'd'].map((holder) => take(db, holder, NOON, at('12:01:00'))),
    );

    expect(taken).toEqual([true, false, false, false]);
  });

  it('is seen over another connection to the same file', async () => {
    const file = join(makeFolder(), 'drawbell.db');
    const [first, second] = [openTestStore(file), openTestStore(file)];

    const taken = [
      await take(first, 'a', NOON, at('12:01:00')),
      await take(second, 'b', NOON, at('12:01:00')),
    ];

    expect(taken).toEqual([true, false]);
  });
});
