// Draws for the pages of the history: those shipped, and as many more as a test wants.

import type { Draw } from '../../src/draw/draw.ts';
import { saveDocument } from '../../src/store/documents.ts';
import { saveDraws } from '../../src/store/draws.ts';
import { inTransaction } from '../../src/store/open.ts';
import type { Db } from '../../src/store/schema.ts';
import { type Archive, archiveOf } from '../../src/web/archive.ts';
import { emptyDocument, shippedDraw, shippedDraws } from '../draw/history.ts';

const NOW = '2024-05-31T16:00:00.000Z';

/** Of these draws, in any order and none of them withdrawn. */
export function archiveWith(draws: readonly Draw[]): Archive {
  const document = { url: '', status: 200, fetchedAt: NOW, hash: '' };
  const records = draws
    .toSorted((a, b) => (a.date < b.date ? 1 : -1))
    .map((draw) => ({ draw, revision: 1, firstSeenAt: NOW, withdrawnAt: null, document }));
  return archiveOf(records, [], { categories: [], gridChanges: [] });
}

/** Newest first. */
export function shippedArchive(): Archive {
  return archiveWith(shippedDraws().reverse());
}

/** Stores them as if they had been read from a page. */
export async function storeDraws(db: Db, draws: readonly Draw[] = shippedDraws()): Promise<void> {
  await inTransaction(db, async (trx) => {
    const document = await saveDocument(trx, emptyDocument(NOW));
    await saveDraws(trx, { fresh: [...draws], changed: [] }, document, NOW);
  });
}

/** One that differs from a real one as told; its number is new unless told. */
export function drawLike(number: string, facts: Partial<Draw> = {}): Draw {
  return { ...shippedDraw(297), id: `ircc:${number}`, number, ...facts };
}
