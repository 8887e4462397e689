// The ledger from run to run: nothing is twice in it, nothing moves, and what nobody waits for goes in the end.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeLedger } from '../../src/state/files.ts';
import type { LedgerLine } from '../../src/state/state.ts';
import { anyInstant, anyLedger, hash, line } from './samples.ts';

const SEED = 20240531;
const EVER = '0100-01-01T00:00:00Z';
const keyOf = ({ to, by }: LedgerLine) => `${to} ${by}`;
const isOpen = ({ status }: LedgerLine) => status === 'queued' || status === 'held';

describe('the ledger', () => {
  it('has each message once: ours where it speaks of one, in the place where that stood', () => {
    fc.assert(
      fc.property(anyLedger, anyLedger, (known, ours) => {
        const merged = mergeLedger(known, ours, EVER);

        const mine = new Map(ours.map((entry) => [keyOf(entry), entry]));
        const news = ours.filter((entry) => !known.some((other) => keyOf(other) === keyOf(entry)));
        expect(merged).toEqual([...known.map((entry) => mine.get(keyOf(entry)) ?? entry), ...news]);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it('does not change when the same is said again, or nothing', () => {
    fc.assert(
      fc.property(anyLedger, anyLedger, anyInstant, (known, ours, keptSince) => {
        const once = mergeLedger(known, ours, keptSince);

        expect(mergeLedger(once, ours, keptSince)).toEqual(once);
        expect(mergeLedger(once, [], keptSince)).toEqual(once);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it('loses what was settled long ago, never what somebody may still get', () => {
    fc.assert(
      fc.property(anyLedger, anyInstant, (known, keptSince) => {
        const kept = mergeLedger(known, [], keptSince);

        const gone = known.filter((entry) => !kept.includes(entry));
        expect(gone.filter(isOpen)).toEqual([]);
        expect(gone.filter(({ settledAt }) => settledAt === null || settledAt >= keptSince)).toEqual([]);
        expect(
          kept.filter((entry) => !isOpen(entry) && entry.settledAt !== null && entry.settledAt < keptSince),
        ).toEqual([]);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it('keeps what was settled at that very instant, whether or not its milliseconds are written', () => {
    const known = [line({ settledAt: '2026-07-11T00:00:00Z' })];

    expect(mergeLedger(known, [], '2026-07-11T00:00:00.000Z')).toEqual(known);
    expect(mergeLedger(known, [], '2026-07-11T00:00:00.001Z')).toEqual([]);
  });

  it('keeps apart what was told under another secret', () => {
    const known = [line({ to: hash(1), by: 'aaaaaaaa', status: 'queued' })];
    const ours = [line({ to: hash(1), by: 'bbbbbbbb' })];

    expect(mergeLedger(known, ours, EVER)).toEqual([...known, ...ours]);
  });
});
