// What is kept apart, what refuses the whole document, and what passes.

import { describe, expect, it } from 'vitest';
import type { Draw } from '../../src/draw/draw.ts';
import { PageError } from '../../src/errors.ts';
import type { KnownDraw } from '../../src/event/detect.ts';
import { type HeldRound, newlyHeld, type SiftOptions, sift } from '../../src/event/quarantine.ts';
import { ircc } from '../../src/sources/ircc.ts';
import type { Reading } from '../../src/sources/source.ts';
import { shippedDraws } from '../draw/history.ts';

const HISTORY = shippedDraws();
const BEFORE = HISTORY.filter(({ date }) => date <= '2024-05-30');
const CEC_297 = HISTORY.find(({ id }) => id === 'ircc:297') as Draw;
const NOW = '2024-05-31T16:00:00.000Z';
const OPTIONS: SiftOptions = {
  document: { source: 'ircc', url: 'https://example.org/' },
  now: NOW,
  baseline: false,
  habits: ircc.habits,
  opinions: null,
};

const known = (draws: readonly Draw[] = BEFORE): KnownDraw[] => draws.map((draw) => ({ draw, revision: 1 }));
const reading = (draws: readonly Draw[], rest: Partial<Reading> = {}): Reading => ({
  draws: [...draws],
  unreadable: [],
  doubts: [],
  ...rest,
});

/** Known: everything before #297. Read: that, and #297 as it came. */
function siftNew(changes: Partial<Draw>, options: Partial<SiftOptions> = {}, earlier: HeldRound[] = []) {
  const draw = { ...CEC_297, ...changes };
  return sift(reading([...BEFORE, draw]), known(), earlier, { ...OPTIONS, ...options });
}

/** Known and read: everything before #297, some of it changed. */
function siftChanged(change: (draw: Draw) => Draw, options: Partial<SiftOptions> = {}) {
  return sift(reading(BEFORE.map(change)), known(), [], { ...OPTIONS, ...options });
}

const change =
  (ids: readonly string[], changes: Partial<Draw>) =>
  (draw: Draw): Draw =>
    ids.includes(draw.id) ? { ...draw, ...changes } : draw;

const reasons = (held: readonly HeldRound[]) => held.map(({ id, reason }) => [id, reason]);

describe('a new round', () => {
  it('that is plausible is believed', () => {
    const { draws, held } = siftNew({});

    expect(held).toEqual([]);
    expect(draws).toHaveLength(BEFORE.length + 1);
  });

  it.each([
    ['future', { date: '2024-06-01' }],
    ['late', { date: '2024-05-29' }],
    ['late', { date: '2023-05-31' }],
    ['size', { invitations: 50_001 }],
    ['pool', { pool: { asOf: null, total: 224404, bands: [{ from: 0, to: 1200, candidates: 224000 }] } }],
  ] satisfies [string, Partial<Draw>][])('is kept apart as %s: %j', (reason, changes) => {
    const { draws, held } = siftNew(changes);

    expect(reasons(held)).toEqual([['ircc:297', reason]]);
    expect(draws).toHaveLength(BEFORE.length);
    expect(held[0]).toMatchObject({ since: NOW, looks: 1, status: 'held', draw: changes });
  });

  it.each([
    ['on the day of the newest one', { date: '2024-05-30' }],
    ['with as many invitations as plausible', { invitations: 50_000 }],
    [
      'whose pool is off by no more than one once was',
      { pool: { asOf: null, total: 1000, bands: [{ from: 0, to: 1200, candidates: 1180 }] } },
    ],
  ] satisfies [string, Partial<Draw>][])('%s is believed', (_, changes) => {
    expect(siftNew(changes).held).toEqual([]);
  });

  it('that was kept apart for another reason is not late when it is mended', () => {
    const earlier = siftNew({ invitations: 99_999 }).held;
    const newer = { ...CEC_297, id: 'ircc:298', number: '298', date: '2024-06-05', cutoff: 500 };
    const both = [...BEFORE, CEC_297, newer];

    const options = { ...OPTIONS, now: '2024-06-06T16:00:00.000Z' };
    const { draws, held } = sift(reading(both), known([...BEFORE, newer]), earlier, options);

    expect(held).toEqual([]);
    expect(draws).toHaveLength(both.length);
  });

  it('is believed as one of five of its day, and kept apart as one of six', () => {
    const day = (count: number) =>
      Array.from({ length: count }, (_, index) => {
        const number = String(297 + index);
        return { ...CEC_297, id: `ircc:${number}`, number, cutoff: 500 + index };
      });
    const heldOf = (count: number, options: Partial<SiftOptions> = {}) =>
      sift(reading([...BEFORE, ...day(count)]), known(), [], { ...OPTIONS, ...options }).held;

    expect(heldOf(5)).toEqual([]);
    expect(reasons(heldOf(6))).toEqual(day(6).map(({ id }) => [id, 'mass-change']));
    expect(heldOf(6, { believed: 'ircc:297' })).toHaveLength(5);
  });

  it('that stays late stays kept apart, since when it was first so', () => {
    const first = siftNew({ date: '2024-05-01' });
    const second = siftNew({ date: '2024-05-01' }, { now: '2024-05-31T17:00:00.000Z' }, first.held);

    expect(second.held).toMatchObject([{ reason: 'late', since: NOW, looks: 2 }]);
    expect(newlyHeld(second.held, first.held)).toEqual([]);
  });

  it('that the operator believes is believed', () => {
    const { draws, held } = siftNew({ date: '2024-05-01' }, { believed: 'ircc:297', again: true });

    expect(held).toEqual([]);
    expect(draws.at(-1)?.date).toBe('2024-05-01');
  });

  it('is no news when it is a round that is gone, under another number', () => {
    const renumbered = [...BEFORE, { ...CEC_297, id: 'ircc:298', number: '298' }];

    const { held } = sift(reading(renumbered), known([...BEFORE, CEC_297]), [], OPTIONS);

    expect(reasons(held)).toEqual([
      ['ircc:297', 'vanished'],
      ['ircc:298', 'renumbered'],
    ]);
  });

  it('is no news when its number was swapped with that of the round before', () => {
    const last = BEFORE.at(-1) as Draw;
    const { id, number } = last;
    const swapped = [
      ...BEFORE.slice(0, -1),
      { ...last, id: CEC_297.id, number: CEC_297.number },
      { ...CEC_297, id, number },
    ];

    const { held } = sift(reading(swapped), known(), [], OPTIONS);

    expect(reasons(held)).toEqual([
      ['ircc:296', 'renumbered'],
      ['ircc:297', 'renumbered'],
    ]);
  });

  it('is believed on a first look, whatever the order of dates', () => {
    const { held } = sift(reading([...BEFORE, { ...CEC_297, date: '2020-01-01' }]), [], [], {
      ...OPTIONS,
      baseline: true,
    });

    expect(held).toEqual([]);
  });
});

describe('a known round', () => {
  it('that did not change is never questioned, not even #247, whose pool does not add up', () => {
    const late = { ...OPTIONS, now: '2015-01-01T00:00:00.000Z' };

    expect(sift(reading(BEFORE), known(), [], late).held).toEqual([]);
  });

  it('passes when up to five change at once, and is kept apart when six do', () => {
    const ids = BEFORE.slice(-6).map(({ id }) => id);

    expect(siftChanged(change(ids.slice(1), { cutoff: 400 })).held).toEqual([]);
    expect(reasons(siftChanged(change(ids, { cutoff: 400 })).held)).toEqual(
      ids.map((id) => [id, 'mass-change']),
    );
  });

  it('passes in any number when only names, links or pools change', () => {
    const renamed = siftChanged((draw) => ({ ...draw, label: `${draw.label} `, url: null, pool: null }));

    expect(renamed.held).toEqual([]);
  });

  it('passes in any number when only what was not known is filled in', () => {
    const blank = BEFORE.map((draw) => ({ ...draw, issuedAt: null, tieBreakAt: null, programs: null }));

    expect(sift(reading(BEFORE), known(blank), [], OPTIONS).held).toEqual([]);
  });

  it('is kept apart in a mass of changed types only where the names changed too', () => {
    const ids = BEFORE.slice(-8).map(({ id }) => id);

    expect(siftChanged(change(ids, { type: 'other:x' })).held).toEqual([]);
    expect(siftChanged(change(ids, { type: 'other:x', label: 'X' })).held).toHaveLength(8);
  });

  it('is kept apart when its date moves past that of a neighbour', () => {
    expect(reasons(siftChanged(change(['ircc:290'], { date: '2023-03-13' })).held)).toEqual([
      ['ircc:290', 'date-moved'],
    ]);
  });

  it('is withdrawn at the third look at which it is gone, and comes back without a word before', () => {
    const without = reading(BEFORE.filter(({ id }) => id !== 'ircc:290'));

    const first = sift(without, known(), [], OPTIONS);
    const second = sift(without, known(), first.held, OPTIONS);
    const third = sift(without, known(), second.held, OPTIONS);
    const back = sift(reading(BEFORE), known(), second.held, OPTIONS);

    expect(reasons(first.held)).toEqual([['ircc:290', 'vanished']]);
    expect(second.held).toMatchObject([{ looks: 2 }]);
    expect(third).toMatchObject({ held: [], withdrawn: [{ id: 'ircc:290', missingSince: NOW }] });
    expect(back).toMatchObject({ held: [], withdrawn: [] });
  });

  it('that is gone from a page which says less than usual is not gone', () => {
    const said = reading([{ ...CEC_297, pool: null }], { says: { 'ircc:297': ['date', 'cutoff'] } });

    const { draws, held } = sift(said, known([...BEFORE, CEC_297]), [], OPTIONS);

    expect(held).toEqual([]);
    expect(draws).toEqual([CEC_297]);
  });

  it('that the operator dropped is not heard of again, until what is said of it changes', () => {
    const [held] = siftNew({ invitations: 99_999 }).held as [HeldRound];
    const dropped: HeldRound = { ...held, status: 'dropped' };

    const same = siftNew({ invitations: 99_999 }, {}, [dropped]).held;
    const other = siftNew({ invitations: 88_888 }, {}, [dropped]).held;

    expect(same).toMatchObject([{ status: 'dropped' }]);
    expect(newlyHeld(same, [dropped])).toEqual([]);
    expect(other).toMatchObject([{ status: 'held' }]);
    expect(newlyHeld(other, [dropped])).toHaveLength(1);
  });
});

describe('what the operator dropped', () => {
  it('stays dropped on another day, and when a newer round is known', () => {
    const [ahead] = siftNew({ date: '2024-07-30' }).held as [HeldRound];
    const dropped: HeldRound = { ...ahead, status: 'dropped' };

    const { held } = siftNew({ date: '2024-07-30' }, { now: '2024-06-01T16:00:00.000Z' }, [dropped]);

    expect(held).toMatchObject([{ reason: 'future', status: 'dropped', since: NOW }]);
  });
});

describe('a second opinion', () => {
  const opinions = [{ id: 'ircc:297', date: '2024-05-31', invitations: 3000, cutoff: 422 }];

  it('that agrees, or knows nothing of the round, holds nothing back', () => {
    expect(siftNew({}, { opinions: [{ id: 'ircc:297', cutoff: 522 }] }).held).toEqual([]);
    expect(siftNew({}, { opinions: [{ id: 'ircc:296', cutoff: 1 }] }).held).toEqual([]);
  });

  it('that disagrees holds the round back for an hour', () => {
    const first = siftNew({}, { opinions });
    const later = siftNew({}, { opinions, now: '2024-05-31T16:59:59.000Z' }, first.held);
    const after = siftNew({}, { opinions, now: '2024-05-31T17:00:00.000Z' }, later.held);

    expect(reasons(first.held)).toEqual([['ircc:297', 'second-opinion']]);
    expect(first.held[0]?.faults).toEqual([
      { where: 'ircc:297 cutoff', expected: "what the publisher's other document says, 422", found: '522' },
    ]);
    expect(reasons(later.held)).toEqual([['ircc:297', 'second-opinion']]);
    expect(after.held).toEqual([]);
  });
});

describe('a document', () => {
  it('from which more than a handful of known rounds is gone is refused', () => {
    expect(sift(reading(BEFORE.slice(0, -5)), known(), [], OPTIONS).held).toHaveLength(5);
    expect(() => sift(reading(BEFORE.slice(0, -6)), known(), [], OPTIONS)).toThrow(PageError);
    expect(() => sift(reading(BEFORE.slice(0, -6)), known(), [], OPTIONS)).toThrow(/without 6 of them/);
  });

  it('most of whose rounds cannot be believed is refused', () => {
    const swapped = BEFORE.map((draw) => ({ ...draw, date: '2030-01-01' }));

    expect(() => sift(reading(swapped), known(), [], OPTIONS)).toThrow(
      /^ircc: expected rounds that can be believed from https:\S+, found 297 of 297/,
    );
  });
});
