// How endpoints fare: which fail, which are sent nothing any more, and what is kept for those.

import type { DbOrTrx, DisabledWhy } from './schema.ts';

/** One that has failed for so long without a success in between is disabled, in milliseconds. */
const PATIENCE = 5 * 24 * 3_600_000;

/** How many notices are kept for each endpoint that has some, by its id, and since when: what the oldest tells of. */
export async function countKept(db: DbOrTrx): Promise<Map<string, { count: number; since: string }>> {
  const rows = await db
    .selectFrom('outbox')
    .innerJoin('endpoints', 'endpoints.id', 'outbox.endpoint_id')
    .innerJoin('events', 'events.id', 'outbox.event_id')
    .select((select) => [
      'endpoints.key',
      select.fn.countAll<number>().as('count'),
      select.fn.min('events.at').as('since'),
    ])
    .where('outbox.status', '=', 'held')
    .groupBy('endpoints.key')
    .execute();
  return new Map(rows.map(({ key, count, since }) => [key, { count, since }]));
}

/**
 * Sends it nothing any more; what waits for it is kept, as is what happens from now on. Whoever has a notice in hand
 * keeps it until the lease ends: it may still be taken. `false`: it was disabled already, since when it was; but the
 * operator's word counts for more than another reason, as only the operator takes it back.
 */
export async function disableEndpoint(
  db: DbOrTrx,
  id: string,
  why: DisabledWhy,
  at: string,
): Promise<boolean> {
  const row = await db
    .updateTable('endpoints')
    .set({ disabled_at: at, disabled_why: why, resume_at: null })
    .where('key', '=', id)
    .where('disabled_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (!row) {
    if (why === 'operator')
      await db.updateTable('endpoints').set({ disabled_why: why }).where('key', '=', id).execute();
    return false;
  }
  await db
    .updateTable('outbox')
    .set({ status: 'held' })
    .where('endpoint_id', '=', row.id)
    .where('status', '=', 'queued')
    .execute();
  return true;
}

/** Sends to it again, as to one that never failed. What was kept for it stays so until it is replayed. */
export async function enableEndpoint(db: DbOrTrx, id: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('endpoints')
    .set({ disabled_at: null, disabled_why: null, failing_since: null, resume_at: null })
    .where('key', '=', id)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** What an attempt says of the endpoint it was made to. */
export interface EndpointNews {
  at: string;
  sent: boolean;
  gone: boolean;
  /** Until when it asked to be left alone; `null` when it did not. */
  resumeAt: string | null;
}

/** Notes how an endpoint fares; returns why and since when it was failing if that disabled it now. */
export async function noteAttempt(
  db: DbOrTrx,
  id: string,
  { at, sent, gone, resumeAt }: EndpointNews,
): Promise<{ why: 'gone' | 'failing'; since: string } | null> {
  const endpoint = await db
    .selectFrom('endpoints')
    .select(['failing_since', 'resume_at'])
    .where('key', '=', id)
    .executeTakeFirst();
  if (!endpoint) return null;
  if (sent) {
    // Most attempts find it as they left it.
    if (endpoint.failing_since === null && endpoint.resume_at === null) return null;
    const well = { failing_since: null, resume_at: null };
    await db.updateTable('endpoints').set(well).where('key', '=', id).execute();
    return null;
  }
  const since = endpoint.failing_since ?? at;
  const failing = { failing_since: since, resume_at: resumeAt ?? endpoint.resume_at };
  await db.updateTable('endpoints').set(failing).where('key', '=', id).execute();
  const why = gone ? 'gone' : Date.parse(at) - Date.parse(since) >= PATIENCE ? 'failing' : null;
  return why !== null && (await disableEndpoint(db, id, why, at)) ? { why, since } : null;
}

/** The ids of the endpoints whose last attempt failed, or that asked to be left alone. */
export async function troubledEndpoints(db: DbOrTrx): Promise<string[]> {
  const rows = await db
    .selectFrom('endpoints')
    .select('key')
    .where((either) =>
      either.or([either('failing_since', 'is not', null), either('resume_at', 'is not', null)]),
    )
    .execute();
  return rows.map(({ key }) => key);
}

/** How many endpoints there are that are sent to, that fail, and that are sent nothing. */
export async function countEndpoints(
  db: DbOrTrx,
): Promise<{ well: number; failing: number; disabled: number }> {
  const rows = await db.selectFrom('endpoints').select(['disabled_at', 'failing_since']).execute();
  const enabled = rows.filter(({ disabled_at }) => disabled_at === null);
  const failing = enabled.filter(({ failing_since }) => failing_since !== null).length;
  return { well: enabled.length - failing, failing, disabled: rows.length - enabled.length };
}
