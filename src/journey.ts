// The story: source page -> document -> parsed draws -> stored draws -> events -> verdicts -> outbox -> delivered.

import { FetchError, InputError, PageError } from './errors.ts';
import { detect } from './event/detect.ts';
import type { Deps } from './journey/deps.ts';
import { openHandOver, type Tally } from './journey/hand-over.ts';
import { noteFailure } from './journey/health.ts';
import { lookAt, secondOpinion, storedSight } from './journey/look.ts';
import { failedLook, type Look, NEWS_DAYS, takeIn } from './journey/take-in.ts';
import { admitWhoSignedUp, askForNewScores, forgetWhoDidNotConfirm } from './journey/tend.ts';
import type { Source } from './sources/source.ts';
import { saveDocument } from './store/documents.ts';
import { hasDraws, saveDraws } from './store/draws.ts';
import { saveEvents } from './store/events.ts';
import { readHistory } from './store/history.ts';
import { inTransaction } from './store/open.ts';
import { listQuarantine } from './store/quarantine.ts';

export type { Deps, Look, Tally };

/**
 * Looks at a source once, and queues what there is to tell. Where it cannot be read, the look carries the
 * failure, and nothing has changed but what is known of the source's health.
 */
export async function watchSource(source: Source, deps: Deps): Promise<Look> {
  try {
    const sight = await lookAt(source, deps);
    const opinions = await secondOpinion(source, sight, deps);
    // From stored draws to outbox in one transaction: a crash leaves all of it or nothing.
    return await inTransaction(deps.db, (trx) => takeIn(trx, source, sight, { opinions }, deps));
  } catch (failure) {
    if (!(failure instanceof FetchError) && !(failure instanceof PageError)) throw failure;
    // A look that we ended ourselves says nothing of the source.
    if (deps.signal?.aborted) return failedLook(failure, { events: [], queued: 0 });
    const told = await inTransaction(deps.db, (trx) => noteFailure(trx, source, failure, deps));
    return failedLook(failure, told);
  }
}

/** Believes a round that is kept apart, as the operator does, and tells what follows. Throws `InputError`. */
export async function releaseRound(source: Source, id: string, deps: Deps): Promise<Look> {
  const entry = (await listQuarantine(deps.db, source.id)).find((round) => round.id === id);
  const sight = await storedSight(source, deps);
  if (!entry || !sight || entry.reason === 'unreadable') {
    const found = entry ? 'one that cannot be read' : 'no such entry';
    const fault = { where: id, expected: 'a round in quarantine that can be read', found };
    throw new InputError('it cannot be released', [fault]);
  }
  return inTransaction(deps.db, (trx) => takeIn(trx, source, sight, { believed: id }, deps));
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
    await saveDraws(trx, found, await saveDocument(trx, document), at);
    await saveEvents(trx, found.events);
  });
}

/** Does what is to be done for readers, whatever is drawn; returns how many letters are queued. */
export async function tendReaders(deps: Pick<Deps, 'db' | 'now'>): Promise<number> {
  const admitted = await admitWhoSignedUp(deps);
  await forgetWhoDidNotConfirm(deps);
  return admitted + (await askForNewScores(deps));
}

/** Hands over every notice that is due, and returns how each ended that was tried. */
export function deliverDue(deps: Deps, onProgress?: (tally: Tally) => void): Promise<Tally> {
  const handOver = openHandOver(deps, onProgress);
  handOver.wake();
  return handOver.idle();
}
