// Two states that went apart.

import { describe, expect, it } from 'vitest';
import type { Event, OperatorEvent } from '../../src/event/event.ts';
import { exampleEvents } from '../../src/event/examples.ts';
import { mergeStates } from '../../src/state/merge.ts';
import type { LedgerLine, State, StateDraw } from '../../src/state/state.ts';
import { shippedDraw } from '../draw/history.ts';

const NOTHING: State = {
  draws: {},
  watch: { sources: {}, mail: null, events: [] },
  ledger: [],
  recipients: [],
};

function line(to: string, facts: Partial<LedgerLine> = {}): LedgerLine {
  return {
    event: 'draw.published/ircc:297',
    channel: 'email',
    to,
    by: 'aaaaaaaa',
    id: `msg_${to}`,
    status: 'queued',
    outcome: null,
    attempts: 0,
    ambiguous: 0,
    at: '2024-05-31T16:00:00.000Z',
    dueAt: '2024-05-31T16:00:00.000Z',
    settledAt: null,
    ...facts,
  };
}

function known(number: number, revision = 1): StateDraw {
  const draw = shippedDraw(number);
  return {
    draw,
    revision,
    firstSeenAt: '2024-05-31T16:00:00Z',
    changedAt: null,
    withdrawnAt: null,
    document: 'd',
  };
}

const merge = (theirs: Partial<State>, ours: Partial<State>) =>
  mergeStates({ ...NOTHING, ...theirs }, { ...NOTHING, ...ours });

describe('of two states that went apart', () => {
  it.each(['queued', 'held', 'failed', 'dropped'] as const)(
    'what was sent by one was sent, though to the other it is %s',
    (status) => {
      const sent = line('a', { status: 'sent', attempts: 1 });
      const other = line('a', { status, attempts: 3 });

      expect(merge({ ledger: [sent] }, { ledger: [other] }).ledger).toEqual([sent]);
      expect(merge({ ledger: [other] }, { ledger: [sent] }).ledger).toEqual([sent]);
    },
  );

  it('the one that has tried more often says when a notice is due', () => {
    const once = line('a', { attempts: 1, dueAt: '2024-05-31T16:05:00.000Z' });
    const twice = line('a', { attempts: 2, dueAt: '2024-05-31T16:15:00.000Z' });

    expect(merge({ ledger: [once] }, { ledger: [twice] }).ledger).toEqual([twice]);
    expect(merge({ ledger: [twice] }, { ledger: [once] }).ledger).toEqual([twice]);
  });

  it('lines keep their places, and what only we know comes after them', () => {
    const { ledger } = merge({ ledger: [line('b'), line('c')] }, { ledger: [line('a'), line('b')] });

    expect(ledger.map(({ to }) => to)).toEqual(['b', 'c', 'a']);
  });

  it('the same hash by another secret is another line', () => {
    expect(merge({ ledger: [line('a')] }, { ledger: [line('a', { by: 'bbbbbbbb' })] }).ledger).toHaveLength(
      2,
    );
  });

  it('every draw is known, by its latest revision', () => {
    const source = { earlier: [], documents: [], events: [] };
    const theirs = { ircc: { ...source, draws: [known(297), known(298, 2)] } };
    const ours = { ircc: { ...source, draws: [known(297, 2), known(298), known(299)] } };

    const { ircc } = merge({ draws: theirs }, { draws: ours }).draws;

    expect(ircc?.draws.map(({ draw, revision }) => [draw.id, revision])).toEqual([
      ['ircc:297', 2],
      ['ircc:298', 2],
      ['ircc:299', 1],
    ]);
  });

  it('how the sources are is as the others saw it last, and what we noticed of recipients is kept', () => {
    const recipient = {
      kind: 'suppressed',
      who: 'x',
      by: 'aaaaaaaa',
      reason: 'bounced',
      at: '2024-05-31',
    } as const;
    const watch = { ...NOTHING.watch, sources: { ircc: { look: null, health: null, quarantine: [] } } };

    const merged = merge({ watch }, { recipients: [recipient] });

    expect(merged.watch.sources).toEqual(watch.sources);
    expect(merged.recipients).toEqual([recipient]);
  });

  it('what one of them has settled, held or given up is no longer queued, though the other tried it more often', () => {
    for (const status of ['held', 'failed', 'dropped'] as const) {
      const settled = line('a', { status, attempts: 1 });
      const queued = line('a', { attempts: 3 });

      expect(merge({ ledger: [settled] }, { ledger: [queued] }).ledger).toEqual([settled]);
      expect(merge({ ledger: [queued] }, { ledger: [settled] }).ledger).toEqual([settled]);
    }
  });

  it('mail waits where it waits for one of them, as we saw it last', () => {
    const stop = (reason: string) => ({
      since: '2024-05-31T16:00:00.000Z',
      cause: 'policy' as const,
      reason,
      pauses: 1,
      resumeAt: '2024-05-31T16:01:00.000Z',
      told: null,
    });
    const watch = (mail: State['watch']['mail']) => ({ watch: { ...NOTHING.watch, mail } });

    expect(merge(watch(stop('theirs')), watch(null)).watch.mail?.reason).toBe('theirs');
    expect(merge(watch(null), watch(stop('ours'))).watch.mail?.reason).toBe('ours');
    expect(merge(watch(stop('theirs')), watch(stop('ours'))).watch.mail?.reason).toBe('ours');
  });

  it('everything that happened is known, each of it once', () => {
    const event = (id: string) => ({ ...exampleEvents()[0], id }) as Event;
    const told = (id: string) => event(id) as OperatorEvent;
    const document = (hash: string) => ({ hash, url: null, status: 200, fetchedAt: '2024-05-31T16:00:00Z' });
    const earlier = (revision: number) => ({
      draw: shippedDraw(297),
      revision,
      replacedAt: '2024-05-31T16:00:00Z',
      document: 'd',
    });
    const side = (...of: number[]): Partial<State> => ({
      draws: {
        ircc: {
          draws: [known(297, 9)],
          earlier: of.map(earlier),
          documents: of.map((one) => document(`d${one}`)),
          events: of.map((one) => event(`e${one}`)),
        },
      },
      watch: { ...NOTHING.watch, events: of.map((one) => told(`o${one}`)) },
    });

    const { draws, watch } = merge(side(1, 2), side(2, 3));

    expect(draws.ircc?.earlier.map(({ revision }) => revision)).toEqual([1, 2, 3]);
    expect(draws.ircc?.documents.map(({ hash }) => hash)).toEqual(['d1', 'd2', 'd3']);
    expect(draws.ircc?.events.map(({ id }) => id)).toEqual(['e1', 'e2', 'e3']);
    expect(watch.events.map(({ id }) => id)).toEqual(['o1', 'o2', 'o3']);
  });

  it('of a recipient both know it is as we saw it last', () => {
    const seen = (failingSince: string | null) =>
      ({ kind: 'endpoint', who: 'x', by: 'aaaaaaaa', failingSince, resumeAt: null, disabled: null }) as const;

    const { recipients } = merge(
      { recipients: [seen('2024-05-31T16:00:00Z')] },
      { recipients: [seen(null)] },
    );

    expect(recipients).toEqual([seen(null)]);
  });

  it('merging a state with itself changes nothing', () => {
    const state = { ...NOTHING, ledger: [line('a'), line('b', { status: 'sent' })] };

    expect(mergeStates(state, state)).toEqual(state);
  });
});
