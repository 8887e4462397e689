// parsed draws -> stored draws -> events -> outbox: all that one look changes, inside one transaction.

import type { FetchError, PageError } from '../errors.ts';
import { type ChangedDraw, detect } from '../event/detect.ts';
import { type Event, isOperatorEvent } from '../event/event.ts';
import { makeEvent } from '../event/health.ts';
import { type HeldRound, newlyHeld, sift } from '../event/quarantine.ts';
import type { Document, Opinion, Reading, Source } from '../sources/source.ts';
import { saveDocument } from '../store/documents.ts';
import { knownDraws, saveDraws, withdrawDraws } from '../store/draws.ts';
import { saveEvents } from '../store/events.ts';
import { markLooked, saveLook } from '../store/looks.ts';
import { listQuarantine, replaceQuarantine } from '../store/quarantine.ts';
import type { DbOrTrx } from '../store/schema.ts';
import type { Deps } from './deps.ts';
import { noteSuccess } from './health.ts';
import { isRendered, type Sight } from './look.ts';
import { queueNotices } from './queue.ts';

/** What a look at a source came to; lists hold ids. */
export interface Look {
  /** Why the source could not be read; then nothing was. */
  failure: FetchError | PageError | null;
  changed: boolean;
  fresh: string[];
  corrected: string[];
  withdrawn: string[];
  /** Kept apart, and not dropped by the operator. */
  held: HeldRound[];
  events: Event[];
  /** Notices put into the outbox. */
  queued: number;
}

/** What a look may know beyond the document. */
export interface Counsel {
  /** What the publisher's second document says, where it was asked and answered. */
  opinions?: Opinion[] | null;
  /** The round that the operator believes: then this is no look, but an earlier one judged again. */
  believed?: string;
}

/** A round that is older than this when first seen is listed, but nobody is told. */
export const NEWS_DAYS = 10;
/** At most so many rounds are listed in one event. */
const LISTED = 20;

const NOTHING_NEW = {
  failure: null,
  changed: false,
  fresh: [],
  corrected: [],
  withdrawn: [],
  held: [],
  events: [],
  queued: 0,
} satisfies Look;

export function failedLook(failure: FetchError | PageError, told: Pick<Look, 'events' | 'queued'>): Look {
  return { ...NOTHING_NEW, failure, ...told };
}

/** Stores what a look brought and queues what follows from it. Throws `PageError` when it is not to be believed. */
export async function takeIn(
  trx: DbOrTrx,
  source: Source,
  sight: Sight,
  counsel: Counsel,
  deps: Deps,
): Promise<Look> {
  const at = deps.now().toISOString();
  const { document, reading, answer } = sight;
  const { baseline, ...judged } =
    document && reading
      ? await judgeReading(
          trx,
          source,
          { document, reading, lookedBefore: sight.lookedBefore },
          counsel,
          deps,
        )
      : { look: NOTHING_NEW, corrections: [], baseline: false };
  const health = counsel.believed === undefined ? await noteSuccess(trx, source, sight, at) : [];
  const events = [...judged.look.events, ...health];
  await saveEvents(trx, events);
  const queued = await queueNotices(trx, events, judged.corrections, deps.operatorMail, at);
  if (answer && !isRendered(answer)) await saveLook(trx, answer, sight.url, at, judged.look.changed);
  else if (counsel.believed === undefined) await markLooked(trx, source.id, at);
  // A baseline is recorded, and is no news.
  return { ...judged.look, events: baseline ? events.filter(isOperatorEvent) : events, queued };
}

interface Read {
  document: Document;
  reading: Reading;
  lookedBefore: boolean;
}

async function judgeReading(
  trx: DbOrTrx,
  source: Source,
  { document, reading, lookedBefore }: Read,
  { opinions = null, believed }: Counsel,
  { now, dormantDays }: Deps,
): Promise<{ look: Look; corrections: ChangedDraw[]; baseline: boolean }> {
  const at = now().toISOString();
  const known = await knownDraws(trx, source.id);
  const earlier = await listQuarantine(trx, source.id);
  const baseline = known.length === 0;
  const sifted = sift(reading, known, earlier, {
    document,
    now: at,
    baseline,
    habits: source.habits,
    opinions,
    ...(believed === undefined ? {} : { believed, again: true }),
  });
  const found = detect(known, sifted.draws, {
    now: at,
    baseline,
    tellCorrections: lookedBefore,
    dormantDays,
    newsDays: NEWS_DAYS,
    withdrawn: sifted.withdrawn,
  });

  const withdrawn = sifted.withdrawn.map(({ id }) => id);
  const changed = found.fresh.length + found.changed.length + withdrawn.length > 0;
  const look = {
    ...NOTHING_NEW,
    changed,
    fresh: found.fresh.map((draw) => draw.id),
    corrected: found.changed.filter(({ changes }) => changes.length > 0).map(({ after }) => after.id),
    withdrawn,
    held: sifted.held.filter(({ status }) => status === 'held'),
    events: found.events,
  };
  // A document that changed nothing is not kept.
  if (!changed && sifted.held.length + earlier.length === 0) return { look, corrections: [], baseline };

  const documentId = await saveDocument(trx, document);
  await saveDraws(trx, found, documentId, at);
  await withdrawDraws(trx, withdrawn, at);
  await replaceQuarantine(trx, source.id, sifted.held, documentId);
  const apart = quarantined(source, newlyHeld(sifted.held, earlier), documentId, at);
  return { look: { ...look, events: [...found.events, ...apart] }, corrections: found.changed, baseline };
}

/** One event, however many rounds: a broken page must not bury the operator. */
function quarantined(source: Source, rounds: readonly HeldRound[], documentId: number, at: string): Event[] {
  if (rounds.length === 0) return [];
  const listed = rounds.slice(0, LISTED).map(({ status: _, ...round }) => round);
  const data = { source: source.id, count: rounds.length, rounds: listed };
  return [makeEvent('source.quarantined', `${at}/${documentId}`, source.id, at, data)];
}
