// Reports to write summaries of: an ordinary run, and runs in which something befell.

import type { RunReport } from '../../src/cli/run.ts';
import type { EventType } from '../../src/event/event.ts';
import { exampleEvents } from '../../src/event/examples.ts';
import type { JobReport } from '../../src/job/report.ts';
import type { Told } from '../../src/store/notices.ts';

const NONE: Told = { queued: 0, sent: 0, retrying: 0, failed: 0 };

export const SITE = 'https://amina.example.github.io/draws';

/** Looked at, and there was nothing new. */
export function reportOf(parts: Partial<JobReport> = {}): JobReport {
  return {
    dryRun: false,
    firstRun: false,
    sources: [sourceOf()],
    failingSince: {},
    events: [],
    draws: [],
    told: { email: NONE, letter: NONE, webhook: NONE, operator: NONE },
    waiting: { unknown: 0, otherSecret: 0 },
    mailStopped: null,
    raceLost: false,
    rehearsed: null,
    siteUrl: SITE,
    stateUrl: 'https://github.com/amina/draws/tree/drawbell-state',
    ...parts,
  };
}

export function sourceOf(
  parts: Partial<Omit<RunReport['sources'][number], 'draws'>> = {},
  draws: Partial<RunReport['sources'][number]['draws']> = {},
): RunReport['sources'][number] {
  return {
    id: 'ircc',
    status: 'unchanged',
    reason: null,
    draws: { new: [], corrected: [], withdrawn: [], quarantined: [], ...draws },
    ...parts,
  };
}

export function toldOf(parts: Partial<Record<keyof JobReport['told'], Partial<Told>>>): JobReport['told'] {
  const of = (channel: keyof JobReport['told']) => ({ ...NONE, ...parts[channel] });
  return { email: of('email'), letter: of('letter'), webhook: of('webhook'), operator: of('operator') };
}

export function eventsOf(...types: EventType[]) {
  return exampleEvents().filter(({ type }) => types.includes(type));
}

/** The round of 31 May 2024 has come, and people and teams were told. */
export function newDraw(parts: Partial<JobReport> = {}): JobReport {
  const events = eventsOf('draw.published', 'draw_type.returned');
  const draws = events.flatMap((event) => (event.type === 'draw.published' ? [event.data.draw] : []));
  return reportOf({
    sources: [sourceOf({ status: 'changed' }, { new: draws.map(({ id }) => id) })],
    events,
    draws,
    told: toldOf({
      email: { queued: 3, sent: 2, retrying: 1 },
      webhook: { queued: 1, sent: 1 },
      operator: { failed: 1 },
    }),
    ...parts,
  });
}
