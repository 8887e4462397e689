// `drawbell run`: look at every source once, then hand over what is due.

import { Command } from 'commander';
import { formatFault, printable } from '../errors.ts';
import { type EventType, isOperatorEvent } from '../event/event.ts';
import { deliverDue, type Look, type Tally, tendReaders, watchSource } from '../journey.ts';
import { SOURCES } from '../sources/index.ts';
import type { Source } from '../sources/source.ts';
import { countNotices } from '../store/notices.ts';
import { readStop, type Stop } from '../store/stops.ts';
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
      const { report, stop } = await withSession(
        async (session) => {
          const done = await runOnce(session);
          await backUpToday(session);
          return { report: done, stop: await readStop(session.db, 'email') };
        },
        now && (() => now),
      );
      if (json) printJson(report);
      else print(formatReport(report));
      process.exitCode = exitCode(report, stop);
    });
}

/** What looking at every source came to; `queued`: how many notices. */
export type LookReport = Pick<RunReport, 'sources' | 'events'> & { queued: number };

/** One look at each source, one after the other, what is to be done for readers, then one round of deliveries. */
export async function runOnce(session: Session): Promise<RunReport> {
  const [looked] = await Promise.allSettled([lookAtAll(session)]);
  const [letters] = await Promise.allSettled([tendReaders(session)]);
  const { sent, queued: retrying, failed } = await deliverDue(session);
  // A fault of ours, told now that everything else is done.
  if (looked.status === 'rejected') throw looked.reason;
  if (letters.status === 'rejected') throw letters.reason;
  const { queued, ...report } = looked.value;
  return { ...report, notices: { queued: queued + letters.value, sent, retrying, failed } };
}

/** Hands over what is due; on a terminal one sees how far it has come. */
export async function deliverShowing(session: Session): Promise<Tally> {
  if (!process.stderr.isTTY) return deliverDue(session);
  const { openProgress } = await import('./progress.ts');
  const progress = openProgress((await countNotices(session.db)).counts.queued);
  try {
    return await deliverDue(session, progress.show);
  } finally {
    progress.end();
  }
}

/** One look at each source, one after the other. Throws the first fault of ours once all were looked at. */
export async function lookAtAll(session: Session, sources: readonly Source[] = SOURCES): Promise<LookReport> {
  const report: LookReport = { sources: [], events: [], queued: 0 };
  const faults: unknown[] = [];
  for (const source of sources) {
    try {
      const look = await watchSource(source, session);
      await warnOf(look, session);
      report.sources.push(sourceReport(source, look));
      report.events.push(...look.events.map(({ id, type, draw }) => ({ id, type, draw })));
      report.queued += look.queued;
    } catch (error) {
      // Whatever it was, the others go on.
      faults.push(error);
    }
  }
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
  const ofSource = events.filter(isOperatorEvent);
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

/** What a run came to, for whoever started it. */
export function exitCode(
  { sources, notices }: { sources: RunReport['sources']; notices: Pick<RunReport['notices'], 'failed'> },
  stop: Pick<Stop, 'told'> | undefined | null,
): number {
  // Mail that the operator must do something about, or that waits for long, is as good as given up.
  if (notices.failed > 0 || stop?.told) return EXIT.notice;
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
