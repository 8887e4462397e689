// The story: source page -> document -> parsed draws -> stored draws -> events -> verdicts -> outbox -> delivered.

import { detect } from './event/detect.ts';
import type { Event, EventOf } from './event/event.ts';
import { type FetchRequest, fetchDocument } from './fetch/http.ts';
import type { NoticeStatus } from './match/notice.ts';
import { wantsDraw } from './match/preference.ts';
import { judge } from './match/verdict.ts';
import { attempt } from './notify/deliver.ts';
import type { Channels } from './notify/index.ts';
import type { Source } from './sources/source.ts';
import { hasDraws, knownDraws, listQuarantine, saveReading } from './store/draws.ts';
import { saveEvents } from './store/events.ts';
import { readHistory } from './store/history.ts';
import { lastLook, markLooked, saveLook } from './store/looks.ts';
import { inTransaction } from './store/open.ts';
import { claimNext, enqueueForEndpoints, enqueueForReaders, isAnythingDue, settle } from './store/outbox.ts';
import type { Db, DbOrTrx } from './store/schema.ts';
import { activeSubscribers } from './store/subscribers.ts';

export interface Deps {
  db: Db;
  channels: Channels;
  /** The clock: what counts as today, what is due, what is stamped. */
  now(): Date;
  /** From 0 to below 1. */
  random(): number;
  /** Where each source is read from, by its id. */
  addresses: Record<string, { documentUrl: string; site: string }>;
  userAgent: string;
  /** A draw type that was away for more days than this has returned. */
  dormantDays: number;
  /** Tells the operator one line, with nothing private in it. */
  warn(message: string): void;
}

/** What a look at a source came to; lists hold ids. */
export interface Look {
  changed: boolean;
  fresh: string[];
  corrected: string[];
  quarantined: string[];
  events: Event[];
  /** Notices put into the outbox. */
  queued: number;
}

/** A round that is older than this when first seen is listed, but nobody is told. */
const NEWS_DAYS = 10;
/** How many notices are handed over at a time, and how long one may take before another process may. */
const AT_A_TIME = 8;
const LEASE = 120_000;

/**
 * Looks at a source once, and queues what there is to tell. Throws `FetchError` or `PageError` when the source
 * cannot be read: then nothing has changed.
 */
export async function watchSource(source: Source, deps: Deps): Promise<Look> {
  const at = deps.now().toISOString();
  const request = await conditionalRequest(source, deps);
  const document = await fetchDocument(request, deps.now);
  if (document === 'unchanged') {
    await markLooked(deps.db, source.id, at);
    return nothingNew(source, deps);
  }
  if (document.hash === request.hash) {
    // The same bytes under another ETag, or from another address: that is what to ask with next time.
    await saveLook(deps.db, document, request.url, at, false);
    return nothingNew(source, deps);
  }

  const reading = source.parse(document);
  for (const doubt of reading.doubts)
    deps.warn(`${doubt.where}: expected ${doubt.expected}, found ${doubt.found}`);

  // From stored draws to outbox in one transaction: a crash leaves all of it or nothing.
  return inTransaction(deps.db, async (trx) => {
    const known = await knownDraws(trx, source.id);
    const baseline = known.length === 0;
    const found = detect(known, reading.draws, {
      now: at,
      baseline,
      tellCorrections: request.hash !== undefined,
      dormantDays: deps.dormantDays,
      newsDays: NEWS_DAYS,
    });
    const changed = await saveReading(trx, document, reading, found, at);
    await saveEvents(trx, found.events);
    const queued = await queueNotices(trx, found.events, at);
    await saveLook(trx, document, request.url, at, changed);
    return {
      changed,
      fresh: found.fresh.map((draw) => draw.id),
      corrected: found.changed.filter(({ changes }) => changes.length > 0).map(({ after }) => after.id),
      quarantined: reading.unreadable.map((round) => round.id),
      events: baseline ? [] : found.events,
      queued,
    };
  });
}

/** An empty database starts from the draws this version was shipped with: recorded, announced to nobody. */
export async function startFromHistory(
  source: Source,
  deps: Pick<Deps, 'db' | 'now' | 'dormantDays'>,
): Promise<void> {
  if (await hasDraws(deps.db, source.id)) return;
  const at = deps.now().toISOString();
  const { document, draws } = await readHistory(source.id, source.history, at);
  await inTransaction(deps.db, async (trx) => {
    // Another process may have been quicker.
    if (await hasDraws(trx, source.id)) return;
    const { dormantDays } = deps;
    const found = detect([], draws, {
      now: at,
      baseline: true,
      tellCorrections: false,
      dormantDays,
      newsDays: NEWS_DAYS,
    });
    await saveReading(trx, document, { draws, unreadable: [], doubts: [] }, found, at);
    await saveEvents(trx, found.events);
  });
}

/** Hands over every notice that is due, several at a time; each is settled before the next is claimed. */
export async function deliverDue(deps: Deps): Promise<Record<NoticeStatus, number>> {
  const settled = new Map<number, NoticeStatus>();
  async function handOver(): Promise<void> {
    for (;;) {
      const now = deps.now();
      const lease = new Date(now.getTime() + LEASE).toISOString();
      const notice = await claimNext(deps.db, now.toISOString(), lease);
      if (!notice) return;
      const result = await attempt(notice, deps);
      await settle(deps.db, notice, result);
      settled.set(notice.row, result.status);
    }
  }

  if (await isAnythingDue(deps.db, deps.now().toISOString())) {
    // Whatever happens to one, the others settle what they have in hand before it is told.
    const workers = await Promise.allSettled(Array.from({ length: AT_A_TIME }, handOver));
    for (const worker of workers) if (worker.status === 'rejected') throw worker.reason;
  }
  const count = (status: NoticeStatus) => [...settled.values()].filter((other) => other === status).length;
  return { sent: count('sent'), queued: count('queued'), failed: count('failed') };
}

async function queueNotices(trx: DbOrTrx, events: readonly Event[], at: string): Promise<number> {
  let queued = 0;
  for (const event of events) {
    if (!event.told) continue;
    queued += await enqueueForEndpoints(trx, event, at);
    if (event.type === 'draw.published') queued += await queueForReaders(trx, event, at);
  }
  return queued;
}

async function queueForReaders(trx: DbOrTrx, event: EventOf<'draw.published'>, at: string): Promise<number> {
  const { draw, special } = event.data;
  let queued = 0;
  for await (const subscribers of activeSubscribers(trx)) {
    const judged = subscribers
      .map(({ id, profile, notify }) => ({ subscriber: id, profile, notify, verdict: judge(draw, profile) }))
      .filter(({ verdict, notify }) => wantsDraw(notify, verdict, special));
    queued += await enqueueForReaders(trx, event, judged, at);
  }
  return queued;
}

/** Asks whether the document is still what the same address answered last time. */
async function conditionalRequest(source: Source, deps: Deps): Promise<FetchRequest & { hash?: string }> {
  const address = deps.addresses[source.id] ?? source;
  const last = await lastLook(deps.db, source.id);
  const same = last?.url === address.documentUrl ? { etag: last.etag, lastModified: last.lastModified } : {};
  return {
    source: source.id,
    url: address.documentUrl,
    site: address.site,
    userAgent: deps.userAgent,
    ...same,
    ...(last ? { hash: last.hash } : {}),
  };
}

async function nothingNew(source: Source, { db }: Deps): Promise<Look> {
  const quarantined = (await listQuarantine(db, source.id)).map((round) => round.id);
  return { changed: false, fresh: [], corrected: [], quarantined, events: [], queued: 0 };
}
