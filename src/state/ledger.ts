// What was told, and what is to be: the lines of `ledger.ndjson`, read, and carried on from run to run. Pure.

import { elapsed } from '../draw/calendar.ts';
import { CHANNELS, NOTICE_STATUSES } from '../match/notice.ts';
import { hiddenText, instant, keyedHash, numberFrom, objectOf, oneOf, orNull, type Reader } from './read.ts';
import type { LedgerLine } from './state.ts';

/** Which secret a hash is keyed with. */
export const secretName: Reader<string> = hiddenText('8 hexadecimal digits', (text) =>
  /^[0-9a-f]{8}$/.test(text),
);

export const ledgerLine: Reader<LedgerLine> = objectOf<LedgerLine>({
  event: hiddenText('the id of an event', (text) => /^[a-z_.]+\/[^\s@]{1,200}$/.test(text)),
  channel: oneOf(CHANNELS),
  to: keyedHash,
  by: secretName,
  id: hiddenText('the id of a message: letters, digits, _', (text) => /^\w{1,100}$/.test(text)),
  status: oneOf(NOTICE_STATUSES),
  outcome: orNull(keyedHash),
  attempts: numberFrom(0),
  ambiguous: numberFrom(0),
  at: instant,
  dueAt: orNull(instant),
  settledAt: orNull(instant),
});

/** What no two lines have in common. */
export function nameOfLine({ to, by }: LedgerLine): string {
  return `${by} ${to}`;
}

/**
 * The ledger as it goes on: of the lines known so far those that `ours` speaks of are replaced where they stand, what is
 * new comes after them, and what was settled before the instant `keptSince` is left out.
 */
export function mergeLedger(
  known: readonly LedgerLine[],
  ours: readonly LedgerLine[],
  keptSince: string,
): LedgerLine[] {
  // A map keeps the place of what it has already.
  const lines = new Map([...known, ...ours].map((line) => [nameOfLine(line), line]));
  return [...lines.values()].filter((line) => isWaiting(line) || !isBefore(line.settledAt, keptSince));
}

/** Whether somebody is still to be told. */
export function isWaiting({ status }: Pick<LedgerLine, 'status'>): boolean {
  return status === 'queued' || status === 'held';
}

function isBefore(instant: string | null, other: string): boolean {
  return instant !== null && elapsed(instant, other) > 0;
}
