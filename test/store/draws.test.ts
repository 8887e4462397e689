// Draws by their name, with how they came to be known.

import { describe, expect, test } from 'vitest';
import { saveDocument } from '../../src/store/documents.ts';
import { findDraws, saveDraws, withdrawDraws } from '../../src/store/draws.ts';
import type { Db } from '../../src/store/schema.ts';
import { shippedDraw } from '../draw/history.ts';
import { openTestStore } from '../support/store.ts';

const AT = '2024-05-31T16:00:00.000Z';
const LATER = '2024-05-31T17:00:00.000Z';

async function save(db: Db, body: string, at: string): Promise<number> {
  return saveDocument(db, {
    source: 'ircc',
    url: `https://example.org/${body}`,
    status: 200,
    headers: {},
    bytes: new TextEncoder().encode(body),
    hash: body,
    fetchedAt: at,
  });
}

describe('findDraws', () => {
  test('finds a draw by its id, or all of a number, with the document it was read from', async () => {
    const db = openTestStore();
    const draw = shippedDraw(297);
    const elsewhere = { ...draw, id: 'bc:297', source: 'bc' };
    // Numbers come from a page: no draw may hide another by one that looks like an id.
    const hiding = { ...draw, id: 'bc:ircc:297', source: 'bc', number: 'ircc:297' };
    await saveDraws(db, { fresh: [draw, elsewhere, hiding], changed: [] }, await save(db, 'first', AT), AT);

    const byId = await findDraws(db, 'ircc:297');
    const byNumber = await findDraws(db, '297');

    expect(byId).toEqual([
      {
        draw,
        revision: 1,
        firstSeenAt: AT,
        withdrawnAt: null,
        document: { url: 'https://example.org/first', status: 200, fetchedAt: AT, hash: 'first' },
      },
    ]);
    expect(byNumber.map(({ draw: { id } }) => id).sort()).toEqual(['bc:297', 'ircc:297']);
    expect(await findDraws(db, '29')).toEqual([]);
  });

  test('has the present state of one that was corrected and withdrawn', async () => {
    const db = openTestStore();
    const before = shippedDraw(297);
    const after = { ...before, cutoff: 520 };
    await saveDraws(db, { fresh: [before], changed: [] }, await save(db, 'first', AT), AT);
    const changed = [{ before, after, revision: 2, changes: [] }];
    await saveDraws(db, { fresh: [], changed }, await save(db, 'second', LATER), LATER);
    await withdrawDraws(db, ['ircc:297'], LATER);

    const [found] = await findDraws(db, 'ircc:297');

    expect(found).toMatchObject({
      draw: after,
      revision: 2,
      firstSeenAt: AT,
      withdrawnAt: LATER,
      document: { hash: 'second', fetchedAt: LATER },
    });
  });
});
