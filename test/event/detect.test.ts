// One change at a time: corrections, old and future draws, the edge of "returned".

import { describe, expect, it } from 'vitest';
import { toDate } from '../../src/draw/calendar.ts';
import type { Draw } from '../../src/draw/draw.ts';
import { type DetectOptions, detect, type KnownDraw } from '../../src/event/detect.ts';
import { EVENT_TYPES } from '../../src/event/event.ts';
import { shippedDraw, shippedDraws } from '../draw/history.ts';

const OPTIONS: DetectOptions = {
  now: '2024-05-31T18:00:00Z',
  baseline: false,
  tellCorrections: true,
  dormantDays: 180,
  newsDays: 10,
};

const draw = shippedDraw(297);

function known(...draws: Draw[]): KnownDraw[] {
  return draws.map((each) => ({ draw: each, revision: 1 }));
}

function correct(change: Partial<Draw>, options: Partial<DetectOptions> = {}) {
  return detect(known(draw), [{ ...draw, ...change }], { ...OPTIONS, ...options });
}

/** A draw of a type and version, so many days after the first of May 2020. */
function drawAfter(days: number, change: Partial<Draw> = {}): Draw {
  const date = toDate(Date.UTC(2020, 4, 1 + days));
  return { ...draw, id: `ircc:${days + 1}`, number: String(days + 1), date, issuedAt: null, ...change };
}

describe('a corrected draw', () => {
  it.each([
    ['tieBreakAt', '2024-03-20T00:00:00Z'],
    ['cutoff', 520],
    ['invitations', 3001],
    ['date', '2024-05-30'],
    ['issuedAt', '2024-05-31T13:00:00Z'],
    ['programs', ['cec', 'fsw']],
    ['tieBreakAt', null],
  ] as const)('is told with what %s was before and is now', (field, value) => {
    const { fresh, changed, events } = correct({ [field]: value });

    const changes = [{ field, before: draw[field], after: value }];
    const after = { ...draw, [field]: value };
    expect(fresh).toEqual([]);
    expect(changed).toEqual([{ before: draw, after, revision: 2, changes }]);
    expect(events).toEqual([
      {
        id: 'draw.corrected/ircc:297/2',
        type: 'draw.corrected',
        source: 'ircc',
        draw: 'ircc:297',
        at: OPTIONS.now,
        told: true,
        data: { draw: after, changes },
      },
    ]);
  });

  it('takes its type and version along when it is renamed', () => {
    const { events } = correct({ label: 'STEM occupations (Version 1)', type: 'stem', version: '1' });

    expect(events.map(({ type }) => type)).toEqual(['draw.corrected']);
    expect(events[0]?.data).toMatchObject({
      changes: [
        { field: 'label', before: 'Canadian Experience Class', after: 'STEM occupations (Version 1)' },
        { field: 'type', before: 'cec', after: 'stem' },
        { field: 'version', before: null, after: '1' },
      ],
    });
  });

  it('is no new type and no new version, whatever its new name', () => {
    const [first, second] = [drawAfter(0, { version: '2023-1' }), drawAfter(1, { version: '2023-1' })];
    const renamed = [first, second].map((each) => ({ ...each, label: 'CEC (Version 1)', version: '1' }));

    const { events } = detect(known(first, second), renamed, OPTIONS);

    expect(events.map(({ id }) => id)).toEqual(['draw.corrected/ircc:1/2', 'draw.corrected/ircc:2/2']);
  });

  it('is compared with by its new name: a fresh draw of the same version revises nothing', () => {
    const before = drawAfter(0, { type: 'trades', version: '2023-1' });
    const renamed = { ...before, label: 'Trade occupations (Version 1)', version: '1' };
    const fresh = drawAfter(1, { type: 'trades', version: '1' });

    const { events } = detect(known(before), [renamed, fresh], OPTIONS);

    expect(events.map(({ id }) => id)).toEqual(['draw.published/ircc:2', 'draw.corrected/ircc:1/2']);
  });

  it('has an id of its own for each correction', () => {
    const entry: KnownDraw = { draw, revision: 4 };

    const { events, changed } = detect([entry], [{ ...draw, cutoff: 520 }], OPTIONS);

    expect(changed[0]?.revision).toBe(5);
    expect(events.map(({ id }) => id)).toEqual(['draw.corrected/ircc:297/5']);
  });

  it('is told to nobody when the known draw came with the program', () => {
    const { events } = correct({ cutoff: 520 }, { tellCorrections: false });

    expect(events.map(({ type, told }) => [type, told])).toEqual([['draw.corrected', false]]);
  });

  it.each([
    ['the pool', { pool: null }],
    ['the link', { url: 'https://www.canada.ca/en/elsewhere.html' }],
    ['our own reading of the name', { type: 'other:cec', version: '9' }],
    ['a mark of ours', { inferred: ['tieBreakAt'] }],
  ] as const)('is kept without a word when only %s changed', (_, change) => {
    const { changed, events } = correct(change as Partial<Draw>);

    expect(changed.map(({ after, changes }) => [after.id, changes])).toEqual([['ircc:297', []]]);
    expect(events).toEqual([]);
  });
});

describe('a fresh draw', () => {
  const before = known(...shippedDraws().filter(({ date }) => date < draw.date));

  function told(now: string, options: Partial<DetectOptions> = {}): boolean[] {
    const { events } = detect(before, [draw], { ...OPTIONS, now, ...options });
    expect(events.map(({ at }) => at)).toEqual([now, now]);
    return events.map((event) => event.told);
  }

  it('is published, with what is special about it', () => {
    const { fresh, events } = detect(before, [draw], OPTIONS);

    expect(fresh).toEqual([draw]);
    expect(events.map(({ id }) => id)).toEqual(['draw.published/ircc:297', 'draw_type.returned/ircc:297']);
  });

  it.each([
    ['on its day', '2024-05-31T18:00:00Z'],
    ['ten days later, the last day it is news', '2024-06-10T23:59:59Z'],
  ])('is told when found %s', (_, now) => {
    expect(told(now)).toEqual([true, true]);
  });

  it.each([
    ['eleven days later', '2024-06-11T00:00:00Z'],
    ['years later', '2026-07-11T00:00:00Z'],
  ])('is listed but told to nobody when found %s', (_, now) => {
    expect(told(now)).toEqual([false, false]);
  });

  it('is news for as long as the operator says', () => {
    expect(told('2024-06-03T00:00:00Z', { newsDays: 2 })).toEqual([false, false]);
    expect(told('2024-06-02T00:00:00Z', { newsDays: 2 })).toEqual([true, true]);
  });

  it('of a baseline is listed by its own time and told to nobody', () => {
    const [published] = detect([], [draw], { ...OPTIONS, baseline: true }).events;
    const [undated] = detect([], [{ ...draw, issuedAt: null }], { ...OPTIONS, baseline: true }).events;

    expect(published).toMatchObject({ at: '2024-05-31T12:48:30Z', told: false });
    expect(undated).toMatchObject({ at: '2024-05-31T00:00:00Z', told: false });
  });
});

describe('a type', () => {
  function idsOf(earlier: Draw[], fresh: Draw, options: Partial<DetectOptions> = {}): string[] {
    const now = `${fresh.date}T18:00:00Z`;
    const { events } = detect(known(...earlier), [...earlier, fresh], { ...OPTIONS, now, ...options });
    return events.map(({ id }) => id).filter((id) => !id.startsWith('draw.published/'));
  }

  it('is new with its first draw, also when nobody taught us its name', () => {
    const unknown = drawAfter(1, { type: 'other:hospitality-occupations' });

    expect(idsOf([drawAfter(0)], unknown)).toEqual(['draw_type.new/ircc:2']);
  });

  it('has not returned after 180 days', () => {
    expect(idsOf([drawAfter(0)], drawAfter(180))).toEqual([]);
  });

  it('has returned after 181 days', () => {
    expect(idsOf([drawAfter(0)], drawAfter(181))).toEqual(['draw_type.returned/ircc:182']);
  });

  it('returns after as many days as the operator says', () => {
    expect(idsOf([drawAfter(0)], drawAfter(31), { dormantDays: 30 })).toEqual(['draw_type.returned/ircc:32']);
    expect(idsOf([drawAfter(0)], drawAfter(30), { dormantDays: 30 })).toEqual([]);
  });

  it('counts the draws of other types that came between', () => {
    const others = [50, 60, 70].map((days) => drawAfter(days, { type: 'pnp' }));

    const { events } = detect(known(drawAfter(0), ...others), [drawAfter(200)], OPTIONS);

    expect(events.at(-1)?.data).toMatchObject({ dormantDays: 200, drawsBetween: 3 });
  });

  it('can return and be revised with one draw', () => {
    const earlier = drawAfter(0, { type: 'trades', version: '2' });
    const fresh = drawAfter(200, { type: 'trades', version: '2026-3' });

    expect(idsOf([earlier], fresh)).toEqual(['draw_type.returned/ircc:201', 'category.revised/ircc:201']);
  });

  it('is not revised by a name without a version, nor by the next one with it', () => {
    const versions = ['1', null, '1'].map((version, days) => drawAfter(days, { type: 'french', version }));
    const [first, bare, again] = versions as [Draw, Draw, Draw];

    expect(idsOf([first], bare)).toEqual([]);
    expect(idsOf([first, bare], again)).toEqual([]);
  });

  it('is not revised by going back to a version it had before', () => {
    const earlier = ['1', '2'].map((version, days) => drawAfter(days, { type: 'french', version }));
    const fresh = drawAfter(2, { type: 'french', version: '1' });

    expect(idsOf(earlier, fresh)).toEqual([]);
  });

  it('is revised by a new version also after a name without one', () => {
    const earlier = [drawAfter(0, { type: 'french', version: '1' }), drawAfter(1, { type: 'french' })];
    const fresh = drawAfter(2, { type: 'french', version: '2' });

    expect(idsOf(earlier, fresh)).toEqual(['category.revised/ircc:3']);
  });

  it('sets no record with its first three draws, nor by equalling one', () => {
    const cutoffs = [500, 490, 480, 480];
    const draws = cutoffs.map((cutoff, days) => drawAfter(days, { cutoff }));

    const { events } = detect([], draws, { ...OPTIONS, baseline: true });

    expect(events.filter(({ type }) => type === 'record.set')).toEqual([]);
  });
});

it('every kind of event is listed once', () => {
  expect(new Set(EVENT_TYPES).size).toBe(EVENT_TYPES.length);
});
