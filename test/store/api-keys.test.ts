// Keys of teams as they are kept: hashed, one beside the other, with when they were last used.

import { describe, expect, it } from 'vitest';
import { addApiKey, listApiKeys, removeApiKey, teamOfKey } from '../../src/store/api-keys.ts';
import { openTestStore } from '../support/store.ts';

const START = '2024-05-31T16:00:00.000Z';
const later = (milliseconds: number) => new Date(Date.parse(START) + milliseconds);
const HOUR = 3_600_000;

describe('a key', () => {
  it('has 32 random bytes, and nothing of them is kept', async () => {
    const db = openTestStore();

    const { id, key } = await addApiKey(db, 'Acme', START);

    const [, named, secret = ''] = /^drawbell_([0-9a-f]{12})_([\w-]{43})$/.exec(key) ?? [];
    const rows = await db.selectFrom('api_keys').selectAll().execute();
    expect(named).toBe(id);
    expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
    expect(rows).toEqual([
      { id, team: 'Acme', hash: expect.stringMatching(/^[0-9a-f]{64}$/), created_at: START, used_at: null },
    ]);
    expect(JSON.stringify(rows)).not.toContain(secret);
  });

  it('opens for its team, beside others of the same team, until it is removed', async () => {
    const db = openTestStore();
    const [old, young, other] = [
      await addApiKey(db, 'Acme', START),
      await addApiKey(db, 'Acme', START),
      await addApiKey(db, 'Bolt', START),
    ];

    const before = await Promise.all([old, young, other].map(({ key }) => teamOfKey(db, key, later(0))));
    const removed = await removeApiKey(db, old.id);
    const after = await Promise.all([old, young, other].map(({ key }) => teamOfKey(db, key, later(0))));

    expect(before).toEqual(['Acme', 'Acme', 'Bolt']);
    expect(removed).toMatchObject({ id: old.id, team: 'Acme' });
    expect(after).toEqual([null, 'Acme', 'Bolt']);
    expect(await removeApiKey(db, old.id)).toBeUndefined();
  });

  it('opens nothing when a character of it is another, is missing or is too many', async () => {
    const db = openTestStore();
    const { id, key } = await addApiKey(db, 'Acme', START);
    const second = await addApiKey(db, 'Bolt', START);
    const swapped = `drawbell_${second.id}_${key.split('_').slice(2).join('_')}`;
    const wrong = [
      '',
      id,
      'drawbell__',
      key.slice(0, -1),
      `${key}A`,
      ` ${key}`,
      key.replace('drawbell', 'Drawbell'),
      key.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
      key.replace(/_(.)([\w-]{42})$/, (_, first, rest) => `_${first === 'A' ? 'B' : 'A'}${rest}`),
      swapped,
      `drawbell_${'0'.repeat(12)}_${'A'.repeat(43)}`,
    ];

    const teams = await Promise.all(wrong.map((text) => teamOfKey(db, text, later(0))));

    expect(teams).toEqual(wrong.map(() => null));
    expect((await listApiKeys(db)).map(({ usedAt }) => usedAt)).toEqual([null, null]);
  });

  it('says when it was last used, to the hour, also when the clock was set back', async () => {
    const db = openTestStore();
    const { key } = await addApiKey(db, 'Acme', START);
    const used: (string | null | undefined)[] = [];

    for (const time of [0, HOUR - 1, HOUR, 2 * HOUR - 1, -HOUR]) {
      await teamOfKey(db, key, later(time));
      used.push((await listApiKeys(db))[0]?.usedAt);
    }

    expect(used).toEqual([0, 0, HOUR, HOUR, -HOUR].map((time) => later(time).toISOString()));
  });
});
