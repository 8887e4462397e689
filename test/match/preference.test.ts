// Which draws and corrections a reader wants to hear of, and which events an endpoint.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DRAW_EVENT_TYPES, EVENT_TYPES, type Event, type EventType, SERVICE } from '../../src/event/event.ts';
import {
  type EndpointWishes,
  isNearMiss,
  shortfall,
  wantsCorrection,
  wantsDraw,
  wantsEvent,
} from '../../src/match/preference.ts';
import { DEFAULT_NOTIFY, type Profile } from '../../src/match/profile.ts';
import type { Reason } from '../../src/match/reason.ts';
import type { Outcome, Verdict } from '../../src/match/verdict.ts';
import { shippedDraw } from '../draw/history.ts';
import { anyCase, anyHidden, hide, soundProfile } from './profiles.ts';
import { judgeDraw } from './reference.ts';

function verdict(outcome: Outcome, margin: number | null, ...reasons: Reason[]): Verdict {
  return { draw: 'ircc:297', outcome, margin, reasons, cautions: [] };
}
const below = (margin: number) =>
  verdict('not-invited', margin, { code: 'below-cutoff', score: 522 + margin, cutoff: 522 });
const yes = verdict('invited', 0);
const no = below(-40);
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

  it('to several kinds, to each of them', () => {
    const wanted = [yes, no, unknown].map((judged) => wantsDraw(['invited', 'cannot-tell'], judged, []));

    expect(wanted).toEqual([true, false, true]);
  });
});

describe('a near miss', () => {
  // #297: cut-off 522, tie-break 2024-03-19 18:58:58 UTC.
  const draw = shippedDraw(297);
  const late = { crs: 522, profileSubmittedAt: '2024-03-19T18:58:59Z' };

  it.each([
    [-1, true],
    [-10, true],
    [-11, false],
    [-522, false],
  ])('of up to ten points, at a margin of %s: %s', (margin, expected) => {
    expect(wantsDraw(['near-miss:10'], below(margin), [])).toBe(expected);
  });

  it.each([yes, unknown, verdict('invited', 5), verdict('cannot-tell', -3)])(
    'is no other verdict',
    (judged) => {
      expect(wantsDraw(['near-miss:999'], judged, [])).toBe(false);
    },
  );

  it.each<[who: string, facts: Partial<Profile>, near: boolean, points: number]>([
    ['nine points short', { crs: 513 }, true, 9],
    ['a point short', { crs: 521 }, true, 1],
    ['who missed the tie-break only', late, true, 0],
    ['a point short and FSW only', { crs: 521, programs: ['fsw'] }, false, 1],
    ['who missed the tie-break, and is FSW only', { ...late, programs: ['fsw'] }, false, 0],
    ['far above, but FSW only', { crs: 600, programs: ['fsw'] }, false, 0],
    ['a point short, submitted after the round', { crs: 521, profileSubmittedAt: '2024-06-03' }, false, 1],
    ['a point short, expired', { crs: 521, profileSubmittedAt: '2023-01-01' }, false, 1],
  ])('of one %s', (_, facts, near, points) => {
    const judged = judgeDraw(draw, soundProfile(draw, facts));

    expect(isNearMiss(judged)).toBe(near);
    expect(wantsDraw(['near-miss:10'], judged, [])).toBe(near);
    expect(shortfall(judged)).toBe(points);
  });

  it('of one a point short of whom nothing else is known is one', () => {
    const judged = judgeDraw(draw, { crs: 521 });

    expect(wantsDraw(['near-miss:1'], judged, [])).toBe(true);
  });

  it('is nothing that was asked for by the usual notices', () => {
    expect(wantsDraw(DEFAULT_NOTIFY, judgeDraw(draw, soundProfile(draw, late)), [])).toBe(false);
  });
});

describe('below the cut-off', () => {
  const anyBelow = fc
    .tuple(anyCase, anyHidden(), fc.integer({ min: 1, max: 40 }))
    .filter(([[draw], , points]) => draw.cutoff !== null && draw.cutoff >= points)
    .map(([[draw, full], hidden, points]) => {
      const profile = { ...hide(full, hidden), crs: (draw.cutoff as number) - points };
      return { judged: judgeDraw(draw, profile), points };
    });

  // Whoever asked for nothing else need not even be judged.
  it('no draw is wanted by who asked to hear of a yes, a doubt or a correction, nor of news where there is none', () => {
    fc.assert(
      fc.property(anyBelow, ({ judged }) => {
        const kinds = ['invited', 'cannot-tell', 'correction', 'draw-type'];

        expect(wantsDraw(kinds, judged, [])).toBe(false);
        expect(wantsDraw(kinds, judged, [{ type: 'record.set' }])).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('none is wanted by who asked for nearer misses', () => {
    fc.assert(
      fc.property(anyBelow, fc.integer({ min: 1, max: 999 }), ({ judged, points }, reach) => {
        const wanted = wantsDraw([`near-miss:${reach}`], judged, []);

        expect(wanted).toBe(isNearMiss(judged) && points <= reach);
      }),
      { numRuns: 500 },
    );
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
  const ALL = { events: null, sources: null, drawTypes: null };
  const ofType = (type: EventType) =>
    ({ type, source: 'ircc', data: { draw: shippedDraw(297) } }) as unknown as Event;
  const types = (wishes: Partial<EndpointWishes>) =>
    EVENT_TYPES.filter((type) => wantsEvent({ ...ALL, ...wishes }, ofType(type)));

  it('of an endpoint that asked for nothing in particular: every event about draws, none for the operator', () => {
    expect(types({})).toEqual([...DRAW_EVENT_TYPES]);
  });

  it('of one that named types: those, also for the operator', () => {
    expect(types({ events: ['draw.published', 'source.failing', 'mail.stopped'] })).toEqual([
      'draw.published',
      'source.failing',
      'mail.stopped',
    ]);
    expect(types({ events: [] })).toEqual([]);
  });

  it('of one that named sources: what is of those, and what is about the telling itself', () => {
    const events: EventType[] = ['draw.published', 'source.failing', 'endpoint.disabled'];
    const telling = { ...ofType('endpoint.disabled'), source: SERVICE } as Event;

    expect(types({ events, sources: ['ircc'] })).toEqual(events);
    expect(types({ events, sources: ['other'] })).toEqual([]);
    expect(wantsEvent({ ...ALL, events, sources: ['other'] }, telling)).toBe(true);
  });

  it('of one that named draw types: events about draws of those, and every other event it asked for', () => {
    const events: EventType[] = ['draw.published', 'source.failing'];

    expect(types({ drawTypes: ['cec', 'french'] })).toEqual([...DRAW_EVENT_TYPES]);
    expect(types({ events, drawTypes: ['french'] })).toEqual(['source.failing']);
  });
});
