// Which ledger says already what the database does: a run writes its state down several times, and little has changed.

import type { LedgerLine } from '../../state/state.ts';
import type { Db } from '../../store/schema.ts';

/** By this much a clock may be set back meanwhile, in milliseconds. */
const MARGIN = 3_600_000;

interface Known {
  ledger: readonly LedgerLine[];
  /** RFC 3339. */
  at: string;
}

/** Of each database the ledger that was made of it last, or that all of it was made of. */
const last = new WeakMap<Db, Known>();

/** At this moment the ledger says of everything in the database how it was settled. */
export function rememberLedger(db: Db, ledger: readonly LedgerLine[], now: Date): void {
  last.set(db, { ledger, at: new Date(now.getTime() - MARGIN).toISOString() });
}

/** Whatever was settled in the database before this instant, the ledger says; `null`: nothing is known of it. */
export function knownUntil(db: Db, ledger: readonly LedgerLine[]): string | null {
  const known = last.get(db);
  return known?.ledger === ledger ? known.at : null;
}
