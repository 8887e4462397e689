// outbox -> delivered, once more: what an endpoint has not had is queued for it again.

import type { NoticeStatus } from '../match/notice.ts';
import { wantsEvent } from '../match/preference.ts';
import { enableEndpoint } from '../store/endpoint-health.ts';
import { listEndpoints } from '../store/endpoints.ts';
import { isInHand } from '../store/lanes.ts';
import { inTransaction } from '../store/open.ts';
import { happeningsFor, queueAfresh } from '../store/outbox.ts';
import type { Db } from '../store/schema.ts';

export interface ReplayWishes {
  /** A day or an instant: what happened from then on. */
  since: string;
  /** Also what it has had. */
  all: boolean;
}

export interface Replayed {
  /** Whether it was disabled until now. */
  enabled: boolean;
  /** Until when it asked to be left alone, RFC 3339: nothing is sent before. */
  resumeAt: string | null;
  /** The notices that are queued now, by their rows in the outbox. */
  rows: number[];
  /** Left as they are: a process has them in hand. */
  inHand: number;
}

/** What it has not had. A notice that waits for another attempt need not wait any longer. */
const AGAIN: Record<NoticeStatus, boolean> = {
  queued: true,
  held: true,
  failed: true,
  dropped: true,
  sent: false,
};

/**
 * Enables an endpoint, and queues for it, oldest first, what it has not had: notices that were kept or given up, and
 * what was told while it did not exist or did not want it. All of it or nothing. Each notice has the id it always
 * had, or would have had. `undefined`: there is no such endpoint.
 */
export function replay(
  db: Db,
  id: string,
  { since, all }: ReplayWishes,
  now: Date,
): Promise<Replayed | undefined> {
  return inTransaction(db, async (trx) => {
    const at = now.toISOString();
    const endpoint = (await listEndpoints(trx, at)).find((candidate) => candidate.id === id);
    if (!endpoint) return undefined;
    const enabled = endpoint.disabled !== null;
    if (enabled) await enableEndpoint(trx, id);

    const missed = (await happeningsFor(trx, id, since)).filter(({ event, notice }) =>
      notice === null ? wantsEvent(endpoint, event) : AGAIN[notice.status] || all,
    );
    const due = missed.filter(({ notice }) => !isInHand(notice?.leaseUntil ?? null, now));
    const rows = await queueAfresh(
      trx,
      id,
      due.map(({ event }) => event.id),
      now,
    );
    const inHand = missed.length - due.length;
    return { enabled, resumeAt: endpoint.resumeAt, rows, inHand };
  });
}
