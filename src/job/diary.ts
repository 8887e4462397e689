// What happens in a job, noted as it happens: its report.

import type { LookReport, RunReport } from '../cli/run.ts';
import type { Session } from '../cli/session.ts';
import { compareDraws, type Draw } from '../draw/draw.ts';
import type { Event } from '../event/event.ts';
import type { CarriedIn } from '../journey/carry.ts';
import type { Rehearsed } from '../journey/rehearse.ts';
import { byChannel, type ChannelName } from '../match/notice.ts';
import { listRecords } from '../store/draws.ts';
import { listEvents } from '../store/events.ts';
import { readHealth } from '../store/health.ts';
import { type Told, toldByChannel } from '../store/notices.ts';
import { readStop } from '../store/stops.ts';
import type { Inputs } from './inputs.ts';
import type { Memory } from './memory.ts';
import type { JobReport } from './report.ts';

export interface Diary {
  opened(memory: Memory): Memory;
  looked(report: LookReport, session: Session): Promise<void>;
  rehearsed(came: Rehearsed): void;
  /** What was told out of a memory that is given up. */
  told(memory: Memory): Promise<void>;
  /** Whether the draws, or what is known of them, are other than before. */
  isChanged(): boolean;
  report(raceLost: boolean): JobReport;
}

type SourceReport = RunReport['sources'][number];

export function openDiary({ dryRun, config, place }: Inputs, now: () => Date): Diary {
  const sources = new Map<string, SourceReport>();
  const changed = new Set<string>();
  const events = new Map<string, Event>();
  const draws = new Map<string, Draw>();
  let told = NOBODY;
  /** When the memory was opened: whatever is older, others have found. */
  let since = '';
  let waiting: CarriedIn['waiting'] = { unknown: 0, otherSecret: 0 };
  let mailStopped: JobReport['mailStopped'] = null;
  let rehearsed: Rehearsed | null = null;
  let failingSince: JobReport['failingSince'] = {};
  let firstRun = false;

  return {
    opened(memory) {
      firstRun ||= memory.isFirst;
      since = now().toISOString();
      return memory;
    },
    async looked(report, { db }) {
      for (const source of report.sources) {
        if (source.status === 'changed') changed.add(source.id);
        const before = sources.get(source.id);
        sources.set(source.id, before ? together(before, source, changed.has(source.id)) : source);
      }
      const ids = new Set(report.events.map(({ id }) => id));
      if (ids.size > 0) {
        const found = (await listEvents(db)).filter(({ id }) => ids.has(id)).reverse();
        for (const event of found) events.set(event.id, event);
      }
      const fresh = new Set(report.sources.flatMap((source) => source.draws.new));
      if (fresh.size === 0) return;
      for (const { draw } of await listRecords(db)) if (fresh.has(draw.id)) draws.set(draw.id, draw);
    },
    rehearsed(came) {
      rehearsed = came;
    },
    async told({ session: { db }, carried }) {
      told = sum(told, await toldByChannel(db, since));
      // Also what came of telling: an endpoint that is disabled, mail that waits.
      for (const event of (await listEvents(db, { since })).reverse()) events.set(event.id, event);
      waiting = carried.waiting;
      mailStopped = (await readStop(db, 'email')) ?? null;
      failingSince = {};
      for (const id of sources.keys()) {
        const since = (await readHealth(db, id))?.failing?.since;
        if (since !== undefined) failingSince[id] = since;
      }
    },
    isChanged: () => firstRun || changed.size > 0,
    report: (raceLost) => ({
      dryRun,
      firstRun,
      sources: [...sources.values()],
      failingSince,
      events: [...events.values()].sort(byTime),
      draws: [...draws.values()].sort(compareDraws),
      told,
      waiting,
      mailStopped,
      raceLost,
      rehearsed,
      siteUrl: config.siteUrl,
      stateUrl: place.page,
    }),
  };
}

const NONE: Told = { queued: 0, sent: 0, retrying: 0, failed: 0 };
const NOBODY = byChannel(() => NONE);

function sum(one: Record<ChannelName, Told>, other: Record<ChannelName, Told>): Record<ChannelName, Told> {
  return byChannel((channel) => {
    const [a, b] = [one[channel], other[channel]];
    return {
      queued: a.queued + b.queued,
      sent: a.sent + b.sent,
      // Those are still the same ones.
      retrying: b.retrying,
      failed: a.failed + b.failed,
    };
  });
}

/** How it is now, and everything that came of it. */
function together(before: SourceReport, now: SourceReport, changed: boolean): SourceReport {
  const all = (kind: 'new' | 'corrected' | 'withdrawn') => [
    ...new Set([...before.draws[kind], ...now.draws[kind]]),
  ];
  return {
    ...now,
    status: changed && now.status === 'unchanged' ? 'changed' : now.status,
    draws: { ...now.draws, new: all('new'), corrected: all('corrected'), withdrawn: all('withdrawn') },
  };
}

/** Those of one moment stay as they are. */
function byTime(a: Event, b: Event): number {
  return Date.parse(a.at) - Date.parse(b.at);
}
