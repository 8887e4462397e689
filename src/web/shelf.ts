// database -> archive and status, read again only when they may have changed: pages are asked for far more often.

import { sql } from 'kysely';
import type { Cadence } from '../cadence.ts';
import { readStatus, type Status } from '../journey/status.ts';
import { SOURCES } from '../sources/index.ts';
import { listRecords } from '../store/draws.ts';
import { listEvents } from '../store/events.ts';
import { readReference } from '../store/reference.ts';
import type { Db } from '../store/schema.ts';
import { type Archive, archiveOf } from './archive.ts';

export interface Shelf {
  /** The same object for as long as nothing about draws has changed. */
  archive(): Promise<Archive>;
  /** How the watch is doing; the same object for a few seconds. */
  status(): Promise<Status>;
}

/** How old what is shown may be, in milliseconds: a page a second late is no worse, a database asked by each is. */
const ARCHIVE_AGE = 1_000;
const STATUS_AGE = 5_000;

export function openShelf(db: Db, { cadence, now }: { cadence: Cadence; now(): Date }): Shelf {
  let known: { mark: string; archive: Archive } | null = null;
  const archive = kept(ARCHIVE_AGE, now, async () => {
    const mark = await markOf(db);
    if (known?.mark !== mark) {
      const [records, events, reference] = await Promise.all([
        listRecords(db),
        listEvents(db),
        readReference(),
      ]);
      known = { mark, archive: archiveOf(records, events, reference) };
    }
    return known.archive;
  });
  return { archive, status: kept(STATUS_AGE, now, () => readStatus(db, SOURCES, cadence, now())) };
}

/** Whatever changes about draws is an event; those of the past that come without one are more rows. */
async function markOf(db: Db): Promise<string> {
  const { rows } = await sql<{ mark: string }>`
    SELECT (SELECT count(*) FROM draws) || '/' || coalesce((SELECT max(changed_at) FROM draws), '') || '/' ||
      coalesce((SELECT max(withdrawn_at) FROM draws), '') || '/' || coalesce((SELECT max(seq) FROM events), 0) AS mark`.execute(
    db,
  );
  return rows[0]?.mark ?? '';
}

/** Makes a value anew when it is older than so many milliseconds, once for all who ask meanwhile. */
function kept<Value>(age: number, now: () => Date, make: () => Promise<Value>): () => Promise<Value> {
  let at = Number.NEGATIVE_INFINITY;
  let value: Promise<Value> | null = null;
  return () => {
    const time = now().getTime();
    // Also when the clock was set back.
    if (value === null || time - at >= age || time < at) {
      at = time;
      const made = make();
      made.catch(() => {
        if (value === made) value = null;
      });
      value = made;
    }
    return value;
  };
}
