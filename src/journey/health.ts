// Each look, failed or not -> the source's health, and what the operator is to hear of it.

import { FetchError, type PageError } from '../errors.ts';
import type { Event } from '../event/event.ts';
import { afterFailure, afterSuccess, freshHealth, type Health, makeEvent } from '../event/health.ts';
import type { Source } from '../sources/source.ts';
import { recentDraws } from '../store/draws.ts';
import { saveEvents } from '../store/events.ts';
import { readHealth, saveHealth } from '../store/health.ts';
import type { DbOrTrx } from '../store/schema.ts';
import type { Deps } from './deps.ts';
import type { Sight } from './look.ts';
import { queueNotices } from './queue.ts';

/** Silence is measured against so many years of a source's draws. */
const YEARS = 2;

/** Returns what is to be told, and stores the rest. */
export async function noteSuccess(trx: DbOrTrx, source: Source, sight: Sight, at: string): Promise<Event[]> {
  const before = await healthOf(trx, source, at);
  const recent = await recentDraws(trx, source.id, YEARS);
  const { health, events } = afterSuccess(before, { byBrowser: sight.byBrowser, recent }, at);
  const unconditional = sight.unconditional ?? health.unconditional;
  if (!sight.moved) {
    await saveHealth(trx, { ...health, unconditional });
    return events;
  }
  const { configured, from, to } = sight.moved;
  await saveHealth(trx, { ...health, unconditional, moved: { from: configured, to } });
  return [...events, makeEvent('source.moved', at, source.id, at, { source: source.id, from, to })];
}

/** Stores what a failed look says of the source, and queues what is to be told. */
export async function noteFailure(
  trx: DbOrTrx,
  source: Source,
  failure: FetchError | PageError,
  deps: Deps,
): Promise<{ events: Event[]; queued: number }> {
  const at = deps.now().toISOString();
  const { trouble, message } = failure;
  const retryAt = failure instanceof FetchError ? failure.retryAt : null;
  const before = await healthOf(trx, source, at);
  const { health, events } = afterFailure(before, { trouble, message, retryAt }, deps.alarm, at);
  await saveHealth(trx, health);
  await saveEvents(trx, events);
  return { events, queued: await queueNotices(trx, events, [], deps.operatorMail, at) };
}

/** As it is known; of a source never looked at, as it is at the start. */
export async function healthOf(db: DbOrTrx, { id }: Source, at: string): Promise<Health> {
  return (await readHealth(db, id)) ?? freshHealth(id, at);
}
