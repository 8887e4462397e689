// outbox -> ledger: what was told to whom, and what is to be, for nobody to read but who has the secret.

import { DAY } from '../../draw/calendar.ts';
import { isWaiting, mergeLedger, nameOfLine } from '../../state/ledger.ts';
import type { LedgerLine } from '../../state/state.ts';
import { type CarriedNotice, carriedNotices } from '../../store/carried-notices.ts';
import type { DbOrTrx } from '../../store/schema.ts';
import type { Carrying } from '../carry.ts';
import { knownUntil } from './known.ts';
import { letterName, settledHour } from './lines.ts';
import { matchLines } from './match.ts';
import { type Names, nameOfReader, namesBy, OPERATOR } from './names.ts';
import type { Recipients } from './recipients.ts';

/** What was settled is remembered for so many days. */
const KEPT = 365;
/** What a run has in hand is left alone for so long after it must have ended, in milliseconds: writing it down takes time. */
const MARGIN = 120_000;

/** The ledger as it goes on: `known` with what the database knows better, and what is new. */
export async function readLedger(
  db: DbOrTrx,
  known: readonly LedgerLine[],
  recipients: Recipients,
  { db: database, seal, now }: Pick<Carrying, 'db' | 'seal' | 'now'>,
): Promise<LedgerLine[]> {
  const present = now();
  const keptSince = new Date(present.getTime() - KEPT * DAY).toISOString();
  const names = namesBy(seal);
  const nameOf = nameFinder(recipients);
  const since = knownUntil(database, known) ?? keptSince;
  const notices = await carriedNotices(db, since, present);
  const ours = notices.map((notice) => lineOf(notice, nameOf(notice), names)).sort(inOrder);
  const spoken = new Set(ours.map(nameOfLine));
  const left = known.filter(
    (line) => line.by === seal.by && isWaiting(line) && !spoken.has(nameOfLine(line)),
  );
  const toSomebody = matchLines(left, recipients, names);
  const at = present.toISOString();
  // Whoever they were for is not among the recipients any more.
  const ended = left.filter((line) => !toSomebody.has(line)).map((line) => drop(line, at));
  return mergeLedger(known, [...ended, ...ours], keptSince);
}

function nameFinder({ endpoints }: Recipients): (notice: CarriedNotice) => string {
  const byRow = new Map(endpoints.map(({ id, name }) => [id, name]));
  return ({ recipient }) => {
    if (recipient === 'operator') return OPERATOR;
    return 'address' in recipient
      ? nameOfReader(recipient.address)
      : (byRow.get(recipient.endpoint) as string);
  };
}

function lineOf(notice: CarriedNotice, recipient: string, names: Names): LedgerLine {
  const { channel, status, outcome, attempts, ambiguous, createdAt, settledAt } = notice;
  const event = notice.event ?? letterName(createdAt);
  return {
    event,
    channel,
    to: names.to(event, recipient),
    by: names.seal.by,
    id: notice.messageId,
    status,
    outcome: outcome && names.outcome(event, recipient, outcome),
    attempts,
    ambiguous,
    at: createdAt,
    dueAt: status === 'queued' ? leftAloneUntil(notice) : null,
    settledAt: settledAt && settledHour(settledAt, createdAt),
  };
}

function leftAloneUntil({ dueAt, inHandUntil }: CarriedNotice): string {
  return inHandUntil === null ? dueAt : new Date(Date.parse(inHandUntil) + MARGIN).toISOString();
}

function drop(line: LedgerLine, at: string): LedgerLine {
  return { ...line, status: 'dropped', dueAt: null, settledAt: settledHour(at, line.at) };
}

/** Within an event by their hashes: in the order of their rows, those of two events would tell who is who. */
function inOrder(a: LedgerLine, b: LedgerLine): number {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  if (a.event !== b.event) return a.event < b.event ? -1 : 1;
  return a.to < b.to ? -1 : 1;
}
