// How the watch is doing: read from the store alone, so any process can tell it of another one.

import { type Cadence, nextLook, WHILE_UNCONDITIONAL } from '../cadence.ts';
import { instantMs } from '../draw/calendar.ts';
import type { Health } from '../event/health.ts';
import type { NoticeStatus } from '../match/notice.ts';
import type { Source } from '../sources/source.ts';
import { countEndpoints } from '../store/endpoint-health.ts';
import { readHealth } from '../store/health.ts';
import { readLease } from '../store/leases.ts';
import { lastLook } from '../store/looks.ts';
import { countNotices } from '../store/notices.ts';
import { listQuarantine } from '../store/quarantine.ts';
import type { DbOrTrx } from '../store/schema.ts';
import { readStop, type Stop } from '../store/stops.ts';

/** `never`: not looked at yet. `failing` comes before `quiet`. */
export type SourceState = 'never' | 'well' | 'quiet' | 'failing';

export interface SourceStatus {
  id: string;
  state: SourceState;
  /** Instants are RFC 3339; `null` where there was none yet. */
  lastLookAt: string | null;
  lastSuccessAt: string | null;
  lastChangeAt: string | null;
  failures: number;
  failingSince: string | null;
  reason: string | null;
  /** When `watch` would look next. */
  nextLookAt: string | null;
  /** Where it is read from, when that is not the configured address. */
  movedTo: string | null;
}

export interface Status {
  /** Whether a `watch` is running, and since when. */
  watch: { running: boolean; since: string | null };
  sources: SourceStatus[];
  outbox: Record<NoticeStatus, number> & { oldestQueuedAt: string | null };
  /** Whether mail to readers goes out, or waits and until when. */
  mail: { stopped: Pick<Stop, 'since' | 'cause' | 'reason' | 'resumeAt'> | null };
  endpoints: { well: number; failing: number; disabled: number };
  quarantine: { held: number; dropped: number };
}

export async function readStatus(
  db: DbOrTrx,
  sources: readonly Source[],
  cadence: Cadence,
  now: Date,
): Promise<Status> {
  const lease = await readLease(db, 'watch');
  const running = lease !== undefined && lease.until > now.toISOString();
  const { counts, oldestQueuedAt } = await countNotices(db);
  const rounds = await listQuarantine(db);
  const held = rounds.filter(({ status }) => status === 'held').length;
  const statuses: SourceStatus[] = [];
  for (const { id } of sources) {
    const health = await readHealth(db, id);
    const look = await lastLook(db, id);
    statuses.push(sourceStatus(id, health, look?.changedAt ?? null, cadence));
  }
  return {
    watch: { running, since: running ? lease.since : null },
    sources: statuses,
    outbox: { ...counts, oldestQueuedAt },
    mail: { stopped: await stoppedMail(db) },
    endpoints: await countEndpoints(db),
    quarantine: { held, dropped: rounds.length - held },
  };
}

async function stoppedMail(db: DbOrTrx): Promise<Status['mail']['stopped']> {
  const stop = await readStop(db, 'email');
  if (!stop) return null;
  const { since, cause, reason, resumeAt } = stop;
  return { since, cause, reason, resumeAt };
}

function sourceStatus(
  id: string,
  health: Health | undefined,
  lastChangeAt: string | null,
  cadence: Cadence,
): SourceStatus {
  return {
    id,
    state: stateOf(health),
    lastLookAt: health?.triedAt ?? null,
    lastSuccessAt: health?.succeededAt ?? null,
    lastChangeAt,
    failures: health?.failures ?? 0,
    failingSince: health?.failing?.since ?? null,
    reason: health?.failing?.reason ?? null,
    nextLookAt: health ? plannedLook(health, cadence) : null,
    movedTo: health?.moved?.to ?? null,
  };
}

function stateOf(health: Health | undefined): SourceState {
  if (!health) return 'never';
  return health.failing ? 'failing' : health.quiet ? 'quiet' : 'well';
}

function plannedLook({ triedAt, unconditional, retryAt }: Health, cadence: Cadence): string {
  const next = nextLook(cadence, instantMs(triedAt) ?? 0, unconditional ? WHILE_UNCONDITIONAL : 1);
  const allowed = retryAt === null ? 0 : (instantMs(retryAt) ?? 0);
  return new Date(Math.max(next, allowed)).toISOString();
}
