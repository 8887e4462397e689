// What a job came to, for people: the summary of the run, and one line for a history. English, as the command line is.

import { cut, printable } from '../errors.ts';
import type { ChannelName } from '../match/notice.ts';
import { en } from '../notify/text/en.ts';
import { list, plain, table } from './github-markdown.ts';
import { footer, isQuiet, quietSummary } from './quiet.ts';
import type { JobReport } from './report.ts';
import { newsOf, silentDraws } from './summary-news.ts';
import { failing, happenings, troubles, withoutAddresses } from './summary-troubles.ts';

/** GitHub refuses a summary of more than a megabyte; nobody reads as much as this. Bytes. */
const ROOM = 60_000;
/** Ids that one line names, and characters of an id. */
const NAMED = 5;
const ID = 40;

const { count } = en;

type SourceReport = JobReport['sources'][number];

/** Markdown for the page of the run, smaller than 60 KB: in no case an address, a score, or where a team is told. */
export function writeSummary(report: JobReport): string {
  if (isQuiet(report)) return quietSummary(report);
  const news = newsOf(report);
  const rest = [
    ...section('What needs a look', troubles(report)),
    ...section('What else happened', happenings(report, false)),
    ...told(report),
    ...rehearsal(report),
    ...silentDraws(report),
    footer(report),
  ].flatMap((block) => block ?? []);
  const blocks = [...circumstances(report), ...(news.length === 0 ? [quiet(report)] : news), ...rest];
  return inRoom(blocks);
}

/** Ids only, of what was found: for the history of the state. How the telling went is in its ledger. */
export function oneLine(report: JobReport): string {
  const { firstRun, sources, events } = report;
  const idsOf = (kind: keyof SourceReport['draws']) => sources.flatMap(({ draws }) => draws[kind]);
  const fresh = idsOf('new');
  const bad = failing(report).map(({ id }) => id);
  const well = events.flatMap(({ type, source }) => (type === 'source.recovered' ? [source] : []));
  const parts = [
    ...(firstRun ? ['First run'] : []),
    ...naming(fresh.length === 1 ? 'New draw' : 'New draws', fresh),
    ...naming('Corrected', idsOf('corrected')),
    ...naming('Withdrawn', idsOf('withdrawn')),
    ...naming('Kept apart', idsOf('quarantined')),
    ...bad.map((id) => `${shortId(id)} is failing`),
    ...[...new Set(well)].filter((id) => !bad.includes(id)).map((id) => `${shortId(id)} is well again`),
  ];
  // Most often a few more are in hand, or are told.
  return parts.length === 0 ? 'Noted' : parts.join('; ');
}

function naming(what: string, ids: readonly string[]): string[] {
  if (ids.length === 0) return [];
  const more = ids.length > NAMED ? ` and ${ids.length - NAMED} more` : '';
  return [`${what} ${ids.slice(0, NAMED).map(shortId).join(', ')}${more}`];
}

/** With nothing in it that a history of commits would read: a name, an issue, an order to do something. */
function shortId(id: string): string {
  return cut(printable(id).replace(/[^\w:.-]+/g, '-'), ID) || '-';
}

/** What has to be known before anything else. */
function circumstances({ dryRun, raceLost, firstRun, rehearsed, told: channels }: JobReport): string[] {
  const queued = Object.entries(channels).filter(([, { queued }]) => queued > 0);
  const notices = queued.reduce((sum, [, channel]) => sum + channel.queued, 0);
  const ways = queued.map(([name, channel]) => `${en.number(channel.queued)} ${BY[name as ChannelName]}`);
  return [
    ...(dryRun
      ? [
          `Dry run: nothing was sent or written. ${
            notices === 0
              ? 'No notice would have been sent.'
              : `${count(notices, 'notice', 'notices')} would have been: ${en.list(ways)}.`
          }`,
        ]
      : []),
    ...(raceLost
      ? [
          'Another run was quicker: what this one found was left to it, and this one sent nothing of that. There is nothing to do.',
        ]
      : []),
    ...(firstRun && dryRun
      ? ['Nothing is remembered yet: the next run that is no dry run will be the first.']
      : []),
    ...(firstRun && !dryRun
      ? [
          `This was the first run: the draws there are were noted, and what is new from now on is told.${
            rehearsed === null
              ? ' With “rehearse” everyone on the list gets a message about the latest draw at once.'
              : ''
          }`,
        ]
      : []),
  ];
}

const BY: Record<ChannelName, string> = {
  email: 'by e-mail',
  letter: 'by e-mail, asking for a newer score',
  webhook: 'by webhook',
  operator: 'to the operator',
};

function quiet(report: JobReport): string {
  const { sources } = report;
  const bad = failing(report);
  const read = sources.filter((source) => !bad.includes(source)).map(({ id }) => plain(id));
  const unread = bad.map(({ id }) => plain(id));
  const were = (names: readonly string[]) => (names.length === 1 ? 'was' : 'were');
  const said = [
    ...(read.length > 0 ? [`${en.list(read)} ${were(read)} read.`] : []),
    ...(unread.length > 0 ? [`${en.list(unread)} could not be read.`] : []),
    ...(sources.length === 0 ? ['No source was looked at.'] : []),
  ].join(' ');
  // Whether there is anything new nobody knows where nothing could be read.
  if (read.length === 0 && unread.length > 0) return said;
  return `${report.draws.length === 0 ? 'Nothing new' : 'Nothing to tell'}. ${said}`;
}

function section(heading: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`### ${heading}\n\n${list(lines)}`];
}

/** Numbers only: who was told is nobody's business. */
function told({ dryRun, told: channels }: JobReport): string[] {
  if (dryRun) return [];
  const rows = (Object.keys(WHO) as ChannelName[]).flatMap((channel) => {
    const { sent, retrying, failed } = channels[channel];
    if (sent + retrying + failed === 0) return [];
    return [[WHO[channel], ...[sent, retrying, failed].map(en.number)]];
  });
  return rows.length === 0 ? [] : [table(['Told', 'sent', 'waiting', 'given up'], rows)];
}

const WHO: Record<ChannelName, string> = {
  email: 'Readers, by e-mail',
  letter: 'Readers, asked for a newer score',
  webhook: 'Teams, by webhook',
  operator: 'The operator',
};

/** What became of it. */
export function rehearsal({ rehearsed }: Pick<JobReport, 'rehearsed'>): string[] {
  if (rehearsed === null) return [];
  const { draw, sent, failed, reasons } = rehearsed;
  if (draw === null) return ['Rehearsal: no draw is known yet, so there was nothing to send.'];
  const why = reasons.map((reason) => plain(withoutAddresses(reason))).join('; ');
  const numbers =
    failed === 0
      ? count(sent, 'message', 'messages')
      : `${sent} of ${count(sent + failed, 'message', 'messages')}`;
  return [
    `Rehearsal, about ${plain(cut(printable(draw), ID))}: ${numbers} sent${failed === 0 || why === '' ? '' : `; ${why}`}.`,
  ];
}

/** Each block is bounded, so this is for what nobody thought of. */
function inRoom(blocks: readonly string[]): string {
  const kept: string[] = [];
  let left = ROOM - 100;
  for (const block of blocks) {
    left -= Buffer.byteLength(block) + 2;
    if (left < 0) return `${[...kept, 'There is more, which does not fit here.'].join('\n\n')}\n`;
    kept.push(block);
  }
  return `${kept.join('\n\n')}\n`;
}
