// `drawbell run`: look at every source once, then hand over what is due.

import { Command } from 'commander';
import { formatFault, printable } from '../errors.ts';
import { type EventType, isSourceEvent } from '../event/event.ts';
import { deliverDue, type Look, watchSource } from '../journey.ts';
import { SOURCES } from '../sources/index.ts';
import type { Source } from '../sources/source.ts';
import { EXIT } from './exit.ts';
import { instantOption } from './options.ts';
import { print, printJson, styled } from './output.ts';
import { type Session, withSession } from './session.ts';

/** What `run --json` prints; part of the public contract. */
export interface RunReport {
  sources: SourceReport[];
  events: { id: string; type: EventType; draw: string | null }[];
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
      const report = await withSession(
        async (session) => {
          const done = await runOnce(session);
          await backUpToday(session);
          return done;
        },
        now && (() => now),
      );
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
      await warnOf(look, session);
      report.sources.push(sourceReport(source, look));
      report.events.push(...look.events.map(({ id, type, draw }) => ({ id, type, draw })));
      report.notices.queued += look.queued;
    } catch (error) {
      // Whatever it was, the others go on.
      faults.push(error);
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

/** The state is the only thing an operator cannot get again. A backup that fails must not fail the run. */
export async function backUpToday({ config, now, warn }: Session): Promise<void> {
  const { backUpDaily } = await import('../store/backup.ts');
  try {
    await backUpDaily(config.database, now(), config.backups);
  } catch (error) {
    warn(`today's backup failed: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function warnOf({ failure, held, events }: Look, { warn }: Session): Promise<void> {
  if (failure) warn(`${failure.message}. Nothing was changed and no subscriber was told.`);
  for (const { id, faults } of held)
    warn(`${id} is kept apart and told to nobody: ${faults.map(formatFault).join('; ')}`);
  const ofSource = events.filter(isSourceEvent);
  if (ofSource.length === 0) return;
  // The words of all messages: most runs need none.
  const { describeEvent } = await import('./describe.ts');
  for (const event of ofSource) warn(describeEvent(event));
}

function sourceReport({ id }: Source, look: Look): SourceReport {
  return {
    id,
    status: look.failure ? 'failing' : look.changed ? 'changed' : 'unchanged',
    reason: look.failure?.message ?? null,
    draws: {
      new: look.fresh,
      corrected: look.corrected,
      withdrawn: look.withdrawn,
      quarantined: look.held.map((round) => round.id),
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
  for (const { type, draw } of events) lines.push(`  ${type}${draw === null ? '' : `  ${printable(draw)}`}`);
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
