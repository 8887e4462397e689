// Which draws a reader wants to hear of.

import { describe, expect, it } from 'vitest';
import { wantsDraw } from '../../src/match/preference.ts';
import { DEFAULT_NOTIFY } from '../../src/match/profile.ts';
import type { Outcome, Verdict } from '../../src/match/verdict.ts';

function verdict(outcome: Outcome, margin: number | null): Verdict {
  return { draw: 'ircc:297', outcome, margin, reasons: [] };
}
const yes = verdict('invited', 0);
const no = verdict('not-invited', -40);
const unknown = verdict('cannot-tell', null);
const returned = [{ type: 'draw_type.returned' as const }];

describe('wantsDraw', () => {
  it.each([
    ['a yes', yes, true],
    ['a cannot-tell', unknown, true],
    ['a no', no, false],
  ])('by default, to %s: %s', (_, judged, expected) => {
    expect(wantsDraw(DEFAULT_NOTIFY, judged, [])).toBe(expected);
  });

  it('by default, to a no when the type is new, has returned or was revised, but not for a record', () => {
    const types = ['draw_type.new', 'draw_type.returned', 'category.revised', 'record.set'] as const;

    const wanted = types.filter((type) => wantsDraw(DEFAULT_NOTIFY, no, [{ type }]));

    expect(wanted).toEqual(['draw_type.new', 'draw_type.returned', 'category.revised']);
  });

  it('to nothing when nothing was asked for', () => {
    expect(wantsDraw([], yes, returned)).toBe(false);
    expect(wantsDraw(['correction'], yes, returned)).toBe(false);
  });

  it('to every draw when asked for', () => {
    expect([yes, no, unknown].every((judged) => wantsDraw(['every-draw'], judged, []))).toBe(true);
  });

  it.each([
    [-1, true],
    [-10, true],
    [-11, false],
    [0, false],
    [3, false],
    [null, false],
  ])('to a near miss of up to ten points, at a margin of %s: %s', (margin, expected) => {
    expect(wantsDraw(['near-miss:10'], verdict('not-invited', margin), [])).toBe(expected);
  });
});
