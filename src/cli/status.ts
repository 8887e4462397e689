// `drawbell status`: the sources, the last look, the next one, the outbox and the quarantine.

import { Command } from 'commander';
import { printable } from '../errors.ts';
import { readStatus, type SourceStatus, type Status } from '../journey/status.ts';
import { SOURCES } from '../sources/index.ts';
import { instantOption } from './options.ts';
import { type Column, formatTable, print, printJson, styled } from './output.ts';
import { withSession } from './session.ts';

const COLOURS = { never: 'dim', well: 'green', quiet: 'yellow', failing: 'red' } as const;

const COLUMNS: readonly Column<SourceStatus>[] = [
  { title: 'Source', value: ({ id }) => id },
  { title: 'State', value: ({ state }) => state, style: ({ state }) => COLOURS[state] },
  { title: 'Last look', value: ({ lastLookAt }) => lastLookAt },
  { title: 'Last success', value: ({ lastSuccessAt }) => lastSuccessAt },
  { title: 'Last change', value: ({ lastChangeAt }) => lastChangeAt },
  { title: 'Next look', value: ({ nextLookAt }) => nextLookAt },
  { title: 'Failures', value: ({ failures }) => failures, right: true },
  { title: 'Why', value: ({ reason }) => reason },
];

export function makeCommand(): Command {
  return new Command('status')
    .option('--json', 'print one JSON document')
    .option('--now <instant>', 'act as if it were this instant (RFC 3339)', instantOption)
    .action(async ({ json, now = new Date() }: { json?: true; now?: Date }) => {
      const status = await withSession(
        ({ db, config }) => readStatus(db, SOURCES, config.cadence, now),
        () => now,
      );
      if (json) printJson(status);
      else print(formatStatus(status));
    });
}

function formatStatus({ watch, sources, outbox, mail, endpoints, quarantine }: Status): string {
  const running = watch.running
    ? `${styled('green', 'running')} since ${watch.since}`
    : `${styled('dim', 'not running')}; the next look is when one starts, or at the next "drawbell run"`;
  const waiting = outbox.oldestQueuedAt === null ? '' : ` (the oldest since ${outbox.oldestQueuedAt})`;
  const moved = sources.flatMap(({ id, movedTo }) =>
    movedTo === null ? [] : [`${id} is read from ${movedTo}, where a browser found it.`],
  );
  return [
    `watch       ${running}`,
    `outbox      ${outbox.queued} waiting${waiting}, ${outbox.sent} sent, ${outbox.failed} given up`,
    ...(mail.stopped ? [`mail        ${styled('red', 'waits')} ${formatStop(mail.stopped)}`] : []),
    ...(endpoints.failing + endpoints.disabled > 0 ? [`endpoints   ${formatEndpoints(endpoints)}`] : []),
    `quarantine  ${quarantine.held} held, ${quarantine.dropped} dropped`,
    '',
    formatTable(sources, COLUMNS),
    ...moved,
  ].join('\n');
}

function formatStop({ since, reason, resumeAt }: NonNullable<Status['mail']['stopped']>): string {
  return `since ${since}: ${printable(reason)}; tried again at ${resumeAt}`;
}

function formatEndpoints({ well, failing, disabled }: Status['endpoints']): string {
  return `${well} well, ${failing} failing, ${disabled} disabled: "drawbell webhooks list" shows which`;
}
