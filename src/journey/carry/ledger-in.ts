// ledger -> outbox: what was told elsewhere is not told again, and what waits goes on here.

import { DAY } from '../../draw/calendar.ts';
import { InputError } from '../../errors.ts';
import type { Event } from '../../event/event.ts';
import type { Profile } from '../../match/profile.ts';
import type { Outcome, Verdict } from '../../match/verdict.ts';
import { isWaiting } from '../../state/ledger.ts';
import type { LedgerLine } from '../../state/state.ts';
import {
  hasNotices,
  noteSent,
  type PresentNotice,
  presentNotices,
  type TakenNotice,
  takeNotices,
} from '../../store/carried-notices.ts';
import type { DbOrTrx } from '../../store/schema.ts';
import type { CarriedIn, Carrying } from '../carry.ts';
import { judgeBy, type Verdicts } from '../judge-again.ts';
import { letterQueuedAt } from './lines.ts';
import { type Addressee, matchLines } from './match.ts';
import { type Names, namesBy } from './names.ts';
import type { Recipients } from './recipients.ts';

/** Of what was settled so many days ago nobody has to be told anything more: a draw is not corrected that late. */
const RECENT = 180;

/** `isWhole`: nothing was in the outbox before, so the ledger says all that is in it. */
type TakenIn = CarriedIn & { isWhole: boolean };

/** Takes the ledger in for those who are among the recipients. `events`: of the state, by id. Throws `InputError`. */
export async function takeLedger(
  trx: DbOrTrx,
  lines: readonly LedgerLine[],
  events: ReadonlyMap<string, Event>,
  recipients: Recipients,
  { seal, now }: Pick<Carrying, 'seal' | 'now'>,
): Promise<TakenIn> {
  checkEvents(lines, events);
  const names = namesBy(seal);
  const present = now();
  const recentSince = new Date(present.getTime() - RECENT * DAY).toISOString();
  const readable = lines.filter(
    (line) => line.by === seal.by && (isWaiting(line) || (line.settledAt ?? line.at) >= recentSince),
  );
  const matched = matchLines(readable, recipients, names);
  const isWhole = !(await hasNotices(trx));
  for (const [name, ofEvent] of Map.groupBy(matched, ([{ event }]) => event)) {
    const there = isWhole ? [] : await presentNotices(trx, named(name));
    const event = events.get(name) ?? null;
    await takeEvent(trx, ofEvent, there, await openTaking(event, ofEvent, names, present.toISOString()));
  }
  const waiting = lines.filter(isWaiting);
  return {
    isWhole,
    waiting: {
      unknown: waiting.filter((line) => line.by === seal.by && !matched.has(line)).length,
      otherSecret: waiting.filter(({ by }) => by !== seal.by).length,
    },
  };
}

function checkEvents(lines: readonly LedgerLine[], events: ReadonlyMap<string, Event>): void {
  const strays = lines.filter(({ event }) => !events.has(event) && letterQueuedAt(event) === null);
  if (strays.length === 0) return;
  const expected = 'lines of events that are in draws/ or in watch.json';
  const fault = { where: 'ledger.ndjson', expected, found: `${strays.length} of others` };
  throw new InputError('the state cannot be used', [fault]);
}

function named(event: string): { event: string } | { lettersAt: string } {
  const lettersAt = letterQueuedAt(event);
  return lettersAt === null ? { event } : { lettersAt };
}

type Matched = readonly [LedgerLine, Addressee];

async function takeEvent(
  trx: DbOrTrx,
  matched: readonly Matched[],
  there: readonly PresentNotice[],
  toNotice: (...matched: Matched) => TakenNotice,
): Promise<void> {
  const known = new Map(there.map((notice) => [rowNameOf(notice), notice]));
  const fresh: TakenNotice[] = [];
  for (const [line, addressee] of matched) {
    const notice = known.get(rowNameOf(columnsOf(addressee)));
    if (!notice) fresh.push(toNotice(line, addressee));
    else if (line.status === 'sent' && notice.status !== 'sent')
      await noteSent(trx, notice.id, { at: line.settledAt ?? line.at, messageId: line.id });
  }
  await takeNotices(trx, fresh);
}

type RecipientColumns = Pick<PresentNotice, 'subscriber_id' | 'endpoint_id' | 'operator'>;

function columnsOf(addressee: Addressee): RecipientColumns {
  return {
    subscriber_id: addressee.kind === 'reader' ? addressee.reader.id : null,
    endpoint_id: addressee.kind === 'endpoint' ? addressee.endpoint.id : null,
    operator: addressee.kind === 'operator' ? 1 : null,
  };
}

function rowNameOf({ subscriber_id, endpoint_id, operator }: RecipientColumns): string {
  return [subscriber_id, endpoint_id, operator].join('/');
}

/** What makes rows of the lines of one event; `null`: of a letter. */
async function openTaking(
  event: Event | null,
  lines: Iterable<Matched>,
  names: Names,
  at: string,
): Promise<(...matched: Matched) => TakenNotice> {
  // What judges by takes long to read: most often nobody waits.
  const waits = [...lines].some(([line, { kind }]) => kind === 'reader' && isWaiting(line));
  const judgeAgain = event !== null && waits ? await judgeBy(event) : null;

  function verdictsOf(line: LedgerLine, reader: Reader): Pick<TakenNotice, Judged> {
    if (event === null) return NOTHING_JUDGED;
    const told = toldBefore(event, line, reader.name, names);
    if (!isOpen(line, reader) || judgeAgain === null) return { ...toColumns(told), profile: null };
    const profile: Profile = JSON.parse(reader.reader.profile);
    return { ...toColumns(judgeAgain(profile, told)), profile: reader.reader.profile };
  }

  return (line, addressee) => ({
    event_id: event?.id ?? null,
    channel: line.channel,
    ...columnsOf(addressee),
    ...howFar(line, addressee, at),
    ...(addressee.kind === 'reader' ? verdictsOf(line, addressee) : NOTHING_JUDGED),
    attempts: line.attempts,
    ambiguous: line.ambiguous,
    created_at: letterQueuedAt(line.event) ?? line.at,
    message_id: line.id,
  });
}

type Reader = Extract<Addressee, { kind: 'reader' }>;
type Judged = 'verdict' | 'verdict_before' | 'profile';

const NOTHING_JUDGED = { verdict: null, verdict_before: null, profile: null };

/** Whether the reader is still to be told. */
function isOpen(line: LedgerLine, { reader }: Reader): boolean {
  return isWaiting(line) && reader.status === 'active';
}

function howFar(
  line: LedgerLine,
  addressee: Addressee,
  at: string,
): Pick<TakenNotice, 'status' | 'due_at' | 'settled_at'> {
  const { status, dueAt, settledAt } = line;
  const due = dueAt ?? line.at;
  if (!isWaiting(line)) return { status, due_at: due, settled_at: settledAt ?? line.at };
  if (addressee.kind === 'reader' && !isOpen(line, addressee))
    return { status: 'dropped', due_at: due, settled_at: at };
  if (addressee.kind === 'endpoint' && addressee.endpoint.disabled)
    return { status: 'held', due_at: due, settled_at: null };
  return { status: 'queued', due_at: due, settled_at: null };
}

/** What is known of the verdicts that were to be told: of the first one its outcome, where the line says it. */
function toldBefore(event: Event, line: LedgerLine, recipient: string, names: Names): Verdicts {
  const draw = event.draw ?? '';
  const found = line.outcome === null ? null : names.findOutcome(event.id, recipient, line.outcome);
  const verdictBefore = event.type === 'draw.corrected' ? bare(draw, 'cannot-tell') : null;
  return { verdict: bare(draw, found ?? 'cannot-tell'), verdictBefore };
}

/** How far it was from the cut-off is not known any more: the score may have become another since. */
function bare(draw: string, outcome: Outcome): Verdict {
  return { draw, outcome, margin: null, reasons: [], cautions: [] };
}

function toColumns({ verdict, verdictBefore }: Verdicts): Pick<TakenNotice, 'verdict' | 'verdict_before'> {
  return {
    verdict: JSON.stringify(verdict),
    verdict_before: verdictBefore && JSON.stringify(verdictBefore),
  };
}
