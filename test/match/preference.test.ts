// Which draws and corrections a reader wants to hear of, and which events an endpoint.

import { describe, expect, it } from 'vitest';
import { DRAW_EVENT_TYPES, EVENT_TYPES } from '../../src/event/event.ts';
import { wantsCorrection, wantsDraw, wantsEvent } from '../../src/match/preference.ts';
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

describe('wantsCorrection', () => {
  const judged = [yes, no, unknown];

  it('by default, whenever the outcome changes, and only then', () => {
    for (const before of judged) {
      for (const after of judged)
        expect(wantsCorrection(DEFAULT_NOTIFY, before, after)).toBe(before !== after);
    }
  });

  it('not when only the margin changes', () => {
    expect(wantsCorrection(['correction'], verdict('invited', 2), verdict('invited', 40))).toBe(false);
  });

  it('not when it was not asked for', () => {
    expect(wantsCorrection(['every-draw', 'invited'], no, yes)).toBe(false);
    expect(wantsCorrection([], no, yes)).toBe(false);
  });
});

describe('wantsEvent', () => {
  it('of an endpoint that named no type: every event about draws, none about a source', () => {
    expect(EVENT_TYPES.filter((type) => wantsEvent(null, type))).toEqual([...DRAW_EVENT_TYPES]);
  });

  it('of one that named types: those, also about a source', () => {
    const wanted = EVENT_TYPES.filter((type) => wantsEvent(['draw.published', 'source.failing'], type));

    expect(wanted).toEqual(['draw.published', 'source.failing']);
    expect(wantsEvent([], 'draw.published')).toBe(false);
  });
});
