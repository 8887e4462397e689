// What in a job somebody may have to do something about, for people: lines of Markdown.

import { cut, printable } from '../errors.ts';
import {
  type Event,
  type EventOf,
  isOperatorEvent,
  type OperatorEvent,
  type OperatorEventType,
  SERVICE,
} from '../event/event.ts';
import { en } from '../notify/text/en.ts';
import { asSentence } from '../notify/text/letters.ts';
import { HOLD_WORDS, operatorHeadline, TROUBLES } from '../notify/text/operator-words.ts';
import { andMore, plain } from './github-markdown.ts';
import type { JobReport } from './report.ts';

/** Of rounds kept apart, and of what else happened. */
const LISTED = 20;
/** Longest part of a round's id that is shown. */
const ID = 40;

const { count } = en;

type SourceReport = JobReport['sources'][number];

/** What somebody may have to do something about. */
export function troubles(report: JobReport): string[] {
  const { sources, events, waiting, mailStopped } = report;
  const lines = [
    ...failing(report).map((source) => failingLine(source, report)),
    ...sources.flatMap((source) => apartLines(source, events)),
    ...(mailStopped === null
      ? []
      : [
          `Mail to readers waits: ${plain(withoutAddresses(mailStopped.reason))}. Nothing is given up for that, and the next runs try it again.`,
        ]),
    ...(waiting.otherSecret === 0 ? [] : [otherSecret(waiting.otherSecret)]),
    ...(waiting.unknown === 0
      ? []
      : [
          `${count(waiting.unknown, 'notice waits', 'notices wait')} for somebody who is not among the subscribers or webhooks any more. Nothing is sent to them.`,
        ]),
    ...happenings(report, true),
  ];
  return lines;
}

/** What to do about lines that are keyed with another secret. */
export function otherSecret(lines: number): string {
  const [one, them] = lines === 1 ? ['it is', 'it'] : ['they are', 'them'];
  return (
    `${count(lines, 'notice waits that was', 'notices wait that were')} noted under another secret, so nobody can say whom ${one} for. ` +
    `Put the former DRAWBELL_SECRET back and let it run once, which sends ${them}; or delete the queued lines under it from ledger.ndjson, and nobody gets ${them}.`
  );
}

function failingLine({ id, reason }: SourceReport, { events, failingSince }: JobReport): string {
  const told = latest(events, 'source.failing', id)?.data;
  const since = failingSince[id] ?? told?.since;
  const is = since === undefined ? 'is failing' : `has been failing since ${plain(en.moment(since))}`;
  return `${plain(id)} ${is}.${whyFailing(told, { id, reason })} Nothing is announced from it meanwhile.`;
}

function whyFailing(
  told: EventOf<'source.failing'>['data'] | undefined,
  { id, reason }: Pick<SourceReport, 'id' | 'reason'>,
): string {
  if (told !== undefined) return ` It ${TROUBLES[told.trouble]}.`;
  if (reason === null) return '';
  const words = reason.startsWith(`${id}: `) ? reason.slice(id.length + 2) : reason;
  return ` The last look ended with: ${plain(withoutAddresses(words))}.`;
}

/** Rounds that are kept apart, with the reason where it is news. */
function apartLines({ id, draws: { quarantined } }: SourceReport, events: readonly Event[]): string[] {
  if (quarantined.length === 0) return [];
  const reasons = new Map(
    events.flatMap((event) =>
      event.type === 'source.quarantined' && event.source === id
        ? event.data.rounds.map((round) => [round.id, HOLD_WORDS[round.reason]] as const)
        : [],
    ),
  );
  const rounds = quarantined.slice(0, LISTED).map((round) => {
    const reason = reasons.get(round);
    return `${plain(cut(printable(round), ID))}${reason === undefined ? '' : ` (${reason})`}`;
  });
  const named = [...rounds, ...andMore(quarantined.length - rounds.length)].join(', ');
  const are = quarantined.length === 1 ? 'is' : 'are';
  return [
    `${count(quarantined.length, 'round', 'rounds')} of ${plain(id)} ${are} kept apart and told to nobody: ${named}.`,
  ];
}

const IS_TROUBLE: Record<OperatorEventType, boolean> = {
  'source.failing': true,
  'source.recovered': false,
  'source.quiet': true,
  'source.quarantined': true,
  'source.moved': false,
  'endpoint.disabled': true,
  'mail.stopped': true,
  'mail.resumed': false,
};

/** What else befell sources and the telling, where the state they are in does not say it; by whether it is trouble. */
export function happenings(report: JobReport, trouble: boolean): string[] {
  const bad = new Set(failing(report).map(({ id }) => id));
  const apart = new Set(report.sources.flatMap(({ id, draws }) => (draws.quarantined.length > 0 ? id : [])));
  const isSaid: Partial<Record<OperatorEventType, (event: OperatorEvent) => boolean>> = {
    'source.failing': ({ source }) => bad.has(source),
    'source.quarantined': ({ source }) => apart.has(source),
    'mail.stopped': () => report.mailStopped !== null,
  };
  const events = report.events
    .filter(isOperatorEvent)
    .filter((event) => !isSaid[event.type]?.(event))
    .filter(({ type }) => IS_TROUBLE[type] === trouble);
  const lines = events.slice(-LISTED).map(happened);
  return [...lines, ...andMore(events.length - lines.length)];
}

function happened(event: OperatorEvent): string {
  const headline = operatorHeadline(event);
  // A source's id stays as it is written.
  return plain(event.source === SERVICE ? asSentence(headline) : `${headline}.`);
}

function latest<Type extends OperatorEventType>(
  events: readonly Event[],
  type: Type,
  source: string,
): Extract<OperatorEvent, { type: Type }> | undefined {
  const found = events.findLast((event) => event.type === type && event.source === source);
  return found as Extract<OperatorEvent, { type: Type }> | undefined;
}

export function failing({ sources }: JobReport): SourceReport[] {
  return sources.filter(({ status }) => status === 'failing');
}

/** A source may be read from a copy, and a mail server be named: where is nobody's business. */
export function withoutAddresses(text: string): string {
  return text
    .slice(0, 2_000)
    .replace(/[a-z][a-z\d+.-]{0,20}:\/\/[^\s"'<>]*[^\s"'<>,.;:)]/gi, 'its address')
    .replace(/[^\s@]{1,100}@[^\s@]{1,255}/g, 'an address')
    .replace(/\.$/, '');
}
