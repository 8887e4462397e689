// outbox -> delivered: how each attempt ended.

import { sql } from 'kysely';
import type { DueNotice, Ended, Settlement } from '../match/notice.ts';
import { FORGOTTEN } from './notices.ts';
import { oneOf } from './one-of.ts';
import type { DbOrTrx } from './schema.ts';

/** What need be known of a notice to record how it ended. */
export type Settled = Pick<Ended, 'settlement'> & { notice: Pick<DueNotice, 'row' | 'attempt'> };

/**
 * Records attempts and what follows from each for its own notice, and gives the claims back. Of a notice whose
 * recipient was removed while it was in flight nothing is kept; one that was taken back meanwhile stays so, unless it
 * was sent after all.
 */
export async function settle(trx: DbOrTrx, settled: readonly Settled[]): Promise<void> {
  const sent = settled.filter(({ settlement }) => settlement.status === 'sent');
  const last = sent.at(-1);
  // Most are: for those one statement does it all.
  if (last) {
    await trx
      .updateTable('outbox')
      .set({ status: 'sent', lease_until: null, settled_at: last.settlement.delivery.at, ...FORGOTTEN })
      .where(oneOf('id', rowsOf(sent)))
      .execute();
  }
  for (const { notice, settlement } of settled)
    if (settlement.status !== 'sent') await settleUnsent(trx, notice.row, settlement);
  const deliveries = settled.map(({ notice: { row, attempt }, settlement: { delivery } }) => {
    const { at, milliseconds, outcome, detail, status, answer } = delivery;
    return [row, attempt, at, milliseconds, outcome, detail, status, answer];
  });
  await sql`
    INSERT INTO deliveries (notice_id, attempt, at, milliseconds, outcome, detail, status, answer)
    SELECT outbox.id, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7
    FROM json_each(${JSON.stringify(deliveries)}) JOIN outbox ON outbox.id = value ->> 0`.execute(trx);
}

async function settleUnsent(
  trx: DbOrTrx,
  row: number,
  { status, dueAt, delivery: { at, outcome } }: Settlement,
): Promise<void> {
  await trx
    .updateTable('outbox')
    .set((column) => ({
      lease_until: null,
      // What could not even be tried does not count.
      ...(outcome === 'stopped' && { attempts: column('attempts', '-', 1) }),
      ...(outcome === 'ambiguous' && { ambiguous: column('ambiguous', '+', 1) }),
      ...(dueAt !== null && { due_at: dueAt }),
    }))
    .where('id', '=', row)
    .execute();
  if (status !== 'failed') return;
  await trx
    .updateTable('outbox')
    .set({ status, settled_at: at, ...FORGOTTEN })
    .where('id', '=', row)
    .where('status', '=', 'queued')
    .execute();
}

function rowsOf(settled: readonly Settled[]): number[] {
  return settled.map(({ notice }) => notice.row);
}
