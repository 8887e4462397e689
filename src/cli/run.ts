// `drawbell run`: look at every source once, then hand over what is due.

import { Command } from 'commander';
import { FetchError, formatFault, PageError, printable } from '../errors.ts';
import type { Event } from '../event/event.ts';
import { deliverDue, type Look, watchSource } from '../journey.ts';
import { SOURCES } from '../sources/index.ts';
import type { Source } from '../sources/source.ts';
import { listQuarantine } from '../store/draws.ts';
import { EXIT } from './exit.ts';
import { instantOption } from './options.ts';
import { print, printJson, styled } from './output.ts';
import { type Session, withSession } from './session.ts';

/** What `run --json` prints; part of the public contract. */
export interface RunReport {
  sources: SourceReport[];
  events: Pick<Event, 'id' | 'type' | 'draw'>[];
  notices: { queued: number; sent: number; retrying: number; failed: number };
}
interface SourceReport {
  id: string;
  status: 'changed' | 'unchanged' | 'failing';
  /** Why it is failing. */
  reason: string | null;
  draws: { new: string[]; corrected: string[]; withdrawn: string[]; quarantined: string[] };
}

export function makeCommand(): Command {
  return new Command('run')
    .option('--json', 'print one JSON document')
    .option('--now <instant>', 'act as if it were this instant (RFC 3339)', instantOption)
    .action(async ({ json, now }: { json?: true; now?: Date }) => {
      const report = await withSession(runOnce, now && (() => now));
      if (json) printJson(report);
      else print(formatReport(report));
      process.exitCode = exitCode(report);
    });
}

/** One look at each source, one after the other, then one round of deliveries. */
export async function runOnce(session: Session): Promise<RunReport> {
  const report: RunReport = {
    sources: [],
    events: [],
    notices: { queued: 0, sent: 0, retrying: 0, failed: 0 },
  };
  const faults: unknown[] = [];
  for (const source of SOURCES) {
    try {
      const look = await watchSource(source, session);
      if (look.quarantined.length > 0) await warnOfQuarantine(source, session);
      report.sources.push(sourceReport(source, look.changed ? 'changed' : 'unchanged', null, look));
      report.events.push(...look.events.map(({ id, type, draw }) => ({ id, type, draw })));
      report.notices.queued += look.queued;
    } catch (error) {
      // A source that cannot be read is told to the operator; whatever it was, the others go on.
      const reason = error instanceof Error ? error.message : String(error);
      if (error instanceof FetchError || error instanceof PageError) {
        session.warn(`${reason}. Nothing was changed and nobody was told anything.`);
      } else faults.push(error);
      report.sources.push(sourceReport(source, 'failing', reason, null));
    }
  }
  const delivered = await deliverDue(session);
  Object.assign(report.notices, {
    sent: delivered.sent,
    retrying: delivered.queued,
    failed: delivered.failed,
  });
  // A fault of ours, told now that everything else is done.
  if (faults.length > 0) throw faults[0];
  return report;
}

async function warnOfQuarantine(source: Source, { db, warn }: Session): Promise<void> {
  for (const { id, faults } of await listQuarantine(db, source.id)) {
    warn(`${id} is kept apart and told to nobody: ${faults.map(formatFault).join('; ')}`);
  }
}

function sourceReport(
  { id }: Source,
  status: SourceReport['status'],
  reason: string | null,
  look: Look | null,
): SourceReport {
  return {
    id,
    status,
    reason,
    draws: {
      new: look?.fresh ?? [],
      corrected: look?.corrected ?? [],
      withdrawn: [],
      quarantined: look?.quarantined ?? [],
    },
  };
}

function exitCode({ sources, notices }: RunReport): number {
  if (notices.failed > 0) return EXIT.notice;
  const troubled = sources.some(({ status, draws }) => status === 'failing' || draws.quarantined.length > 0);
  return troubled ? EXIT.source : EXIT.done;
}

/** For people. */
export function formatReport({ sources, events, notices }: RunReport): string {
  const colour = { changed: 'green', unchanged: 'dim', failing: 'red' } as const;
  const lines: string[] = [];
  for (const { id, status, draws } of sources) {
    const counts = Object.entries(draws).filter(([, ids]) => ids.length > 0);
    const what = counts.map(([kind, ids]) => `${ids.length} ${kind} (${shorten(ids)})`).join(', ');
    lines.push(`${id}  ${styled(colour[status], status)}${what ? `  ${what}` : ''}`);
  }
  for (const { type, draw } of events) lines.push(`  ${type}  ${printable(draw)}`);
  const told = Object.entries(notices).filter(([, count]) => count > 0);
  lines.push(
    told.length > 0
      ? `notices  ${told.map(([kind, count]) => `${count} ${kind}`).join(', ')}`
      : 'notices  none',
  );
  return lines.join('\n');
}

function shorten(ids: readonly string[]): string {
  return ids.length <= 3 ? ids.join(', ') : `${ids[0]} to ${ids.at(-1)}`;
}
