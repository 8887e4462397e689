// What a job came to, for the workflow that runs it: exit code and outputs.

import { EXIT } from '../cli/exit.ts';
import { harmless } from '../cli/harmless.ts';
import { exitCode } from '../cli/run.ts';
import { InputError, StateError } from '../errors.ts';
import type { Event } from '../event/event.ts';
import { plain } from './github-markdown.ts';
import { isQuiet, quietSummary } from './quiet.ts';
import type { Ended, JobReport } from './report.ts';

/** GitHub takes a megabyte of outputs from a job. Bytes. */
const ROOM = 400_000;
/** Lines of what went wrong that a summary shows: an input may have a fault on each of its lines. */
const LINES = 50;

type Outputs = Record<'changed' | 'new-draws' | 'events' | 'summary', string>;

/** Markdown: what the run came to, for people. */
async function summaryOf({ report, faults }: Ended): Promise<string> {
  if (faults.length === 0 && isQuiet(report)) return quietSummary(report);
  const wrong = faults.length === 0 ? '' : wentWrong(faults);
  if (faults.length > 0 && report.sources.length === 0) return wrong;
  const { writeSummary } = await import('./summary.ts');
  return [wrong, await writeSummary(report)].filter((text) => text !== '').join('\n');
}

/** Markdown: what went wrong that is no source's, for people. */
export function wentWrong(faults: readonly unknown[]): string {
  const lines = messagesOf(faults).flatMap((message) => message.split('\n'));
  const items = lines.slice(0, LINES).map((line) => {
    const [depth = ''] = /^ */.exec(line) ?? [];
    return `${depth}- ${plain(harmless(line))}`;
  });
  const more = lines.length > LINES ? ['- and more, which the log shows'] : [];
  return `### What went wrong\n\n${[...items, ...more].join('\n')}\n`;
}

/** Each once: in a patrol the same may go wrong every minute. */
export function messagesOf(faults: readonly unknown[]): string[] {
  return [...new Set(faults.map((fault) => (fault instanceof Error ? fault.message : String(fault))))];
}

/** By the names of the action's outputs. */
export async function outputsOf(ended: Ended): Promise<Outputs> {
  const { report, changed } = ended;
  return {
    changed: String(changed && !report.dryRun),
    'new-draws': JSON.stringify(newsOf(report)),
    events: report.events.length === 0 ? '[]' : await listOf(report.events),
    summary: await summaryOf(ended),
  };
}

/** On a first look every draw is new, and none of them is news. */
function newsOf({ events }: JobReport): (string | null)[] {
  return events.filter(({ type }) => type === 'draw.published').map(({ draw }) => draw);
}

/** As webhooks get them, and their ids; where they are very many, the latest. */
async function listOf(events: readonly Event[]): Promise<string> {
  const { webhookBody } = await import('../notify/formats/standard.ts');
  const bodies: string[] = [];
  let left = ROOM;
  for (const event of events.toReversed()) {
    const body = `{"id":${JSON.stringify(event.id)},${webhookBody(event).slice(1)}`;
    left -= Buffer.byteLength(body) + 1;
    if (left < 0) break;
    bodies.unshift(body);
  }
  return `[${bodies.join(',')}]`;
}

/** What stands out on the page of the run: what turns it red and is told by nothing else. */
export async function alarmsOf(report: JobReport): Promise<string[]> {
  const { waiting, rehearsed } = report;
  const given = failedOf({ ...report, rehearsed: null });
  const unrehearsed = rehearsed?.failed ?? 0;
  if (given + unrehearsed + waiting.otherSecret === 0) return [];
  const [{ en }, { otherSecret }] = await Promise.all([
    import('../notify/text/en.ts'),
    import('./summary-troubles.ts'),
  ]);
  const messages = (count: number) => `${en.count(count, 'message', 'messages')} could not be sent`;
  const why = rehearsed?.reasons.slice(0, 1) ?? [];
  return [
    ...(given > 0 ? [`${messages(given)}, and will not be tried again.`] : []),
    ...(unrehearsed > 0 ? [`Of the rehearsal ${[messages(unrehearsed), ...why].join(': ')}.`] : []),
    ...(waiting.otherSecret > 0 ? [otherSecret(waiting.otherSecret)] : []),
  ];
}

/** What failed worst; a source that is failing is no fault of ours. */
export function exitCodeOf(report: JobReport, faults: readonly unknown[]): number {
  if (faults.some((fault) => !isConfiguration(fault))) return EXIT.fault;
  if (faults.length > 0) return EXIT.usage;
  const { waiting, mailStopped } = report;
  // Those that wait for another secret are told by nobody until somebody does something.
  if (waiting.otherSecret > 0) return EXIT.notice;
  return exitCode({ sources: report.sources, notices: { failed: failedOf(report) } }, mailStopped);
}

function failedOf({ told, rehearsed }: JobReport): number {
  return Object.values(told).reduce((sum, { failed }) => sum + failed, rehearsed?.failed ?? 0);
}

/** What whoever set the job up can mend. */
function isConfiguration(fault: unknown): boolean {
  return fault instanceof InputError || (fault instanceof StateError && fault.reason === 'refused');
}
