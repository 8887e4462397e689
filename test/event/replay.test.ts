// The whole shipped history, replayed: new and returning types exactly as they happened.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Draw } from '../../src/draw/draw.ts';
import { type DetectOptions, detect, type KnownDraw } from '../../src/event/detect.ts';
import type { Event, EventOf, EventType } from '../../src/event/event.ts';
import { shippedDraws } from '../draw/history.ts';

const NEW_TYPES = [
  ['ircc:1', 'general'],
  ['ircc:3', 'cec'],
  ['ircc:48', 'pnp'],
  ['ircc:64', 'fst'],
  ['ircc:240', 'fsw'],
  ['ircc:252', 'healthcare'],
  ['ircc:254', 'stem'],
  ['ircc:256', 'french'],
  ['ircc:261', 'trades'],
  ['ircc:264', 'transport'],
  ['ircc:267', 'agriculture'],
  ['ircc:344', 'education'],
  ['ircc:397', 'physicians'],
  ['ircc:402', 'senior-managers'],
];

const RETURNED_TYPES = [
  ['ircc:91a', 'fst', 210],
  ['ircc:91b', 'pnp', 210],
  ['ircc:117', 'fst', 233],
  ['ircc:139', 'pnp', 658],
  ['ircc:140', 'cec', 1858],
  ['ircc:159', 'fst', 295],
  ['ircc:226', 'general', 560],
  ['ircc:239', 'pnp', 224],
  ['ircc:296', 'pnp', 219],
  ['ircc:297', 'cec', 990],
  ['ircc:300', 'trades', 198],
  ['ircc:368', 'trades', 330],
  ['ircc:408', 'trades', 196],
];

const REVISED_CATEGORIES = [
  ['ircc:345', 'healthcare', '1', '2'],
  ['ircc:368', 'trades', '1', '2'],
  ['ircc:394', 'french', '1', '2026-2'],
  ['ircc:398', 'healthcare', '2', '2026-3'],
  ['ircc:408', 'trades', '2', '2026-3'],
];

const OPTIONS: DetectOptions = {
  now: '2026-07-11T00:00:00Z',
  baseline: true,
  tellCorrections: false,
  dormantDays: 180,
  newsDays: 10,
};

const history = shippedDraws();
const atOnce = detect([], history, OPTIONS).events;
const drawByDraw = history.flatMap(
  (draw, index) =>
    detect(known(history.slice(0, index)), history.slice(0, index + 1), {
      ...OPTIONS,
      now: `${draw.date}T20:00:00Z`,
      baseline: false,
    }).events,
);

describe.each([
  ['read at once, as a baseline', atOnce],
  ['read draw by draw, each on its day', drawByDraw],
] as const)('the history %s', (_, events) => {
  it('has exactly these new types', () => {
    expect(only(events, 'draw_type.new').map(({ draw, data }) => [draw, data.drawType])).toEqual(NEW_TYPES);
  });

  it('has exactly these types that returned, after so many days', () => {
    const returned = only(events, 'draw_type.returned');

    expect(returned.map(({ draw, data }) => [draw, data.drawType, data.dormantDays])).toEqual(RETURNED_TYPES);
  });

  it('has a new version of a category as a revision, never as a new type', () => {
    const revised = only(events, 'category.revised');

    const facts = revised.map(({ draw, data }) => [draw, data.drawType, data.previousVersion, data.version]);
    expect(facts).toEqual(REVISED_CATEGORIES);
  });

  it('publishes every draw once, in order, before what is special about it', () => {
    expect(only(events, 'draw.published').map(({ draw }) => draw)).toEqual(history.map(({ id }) => id));
    for (const [index, event] of events.entries()) {
      const publication = events.findIndex((e) => e.type === 'draw.published' && e.draw === event.draw);
      expect(publication).toBeLessThanOrEqual(index);
    }
  });

  it('corrects nothing', () => {
    expect(only(events, 'draw.corrected')).toEqual([]);
  });

  it('tells with the publication what the other events of the draw say', () => {
    for (const { draw, data } of only(events, 'draw.published')) {
      const others = events.filter((event) => event.draw === draw && event.type !== 'draw.published');
      expect(data.special.map(({ type }) => type)).toEqual(others.map(({ type }) => type));
    }
  });

  it('knows what it was like before #297, the first CEC draw in 990 days', () => {
    const event = only(events, 'draw_type.returned').find(({ draw }) => draw === 'ircc:297');

    expect(event?.id).toBe('draw_type.returned/ircc:297');
    expect(event?.data).toEqual({
      draw: history.find(({ id }) => id === 'ircc:297'),
      drawType: 'cec',
      previous: { id: 'ircc:204', date: '2021-09-14', invitations: 2000, cutoff: 462 },
      dormantDays: 990,
      drawsBetween: 92,
    });
  });

  it('takes "General" for no new type', () => {
    const first = history.find(({ label }) => label === 'General') as Draw;

    const about = events.filter(({ draw }) => draw === first.id);

    expect(about.map(({ type }) => type)).toEqual(['draw.published']);
  });

  it('has the lowest cut-off of all, 75, as a record of its type', () => {
    const record = events.find(({ id }) => id === 'record.set/ircc:176/lowest-cutoff');

    expect(record?.data).toMatchObject({
      drawType: 'cec',
      value: 75,
      previous: { id: 'ircc:154', cutoff: 431 },
    });
  });
});

describe('the two ways of reading', () => {
  it('find the same events, which differ only in when they were found and whether they were told', () => {
    const facts = ({ at, told, ...rest }: Event) => rest;

    expect(drawByDraw.map(facts)).toEqual(atOnce.map(facts));
  });

  it('tell nobody of a baseline, dated by its draws', () => {
    expect(atOnce.filter(({ told }) => told)).toEqual([]);
    expect(atOnce.filter(({ at, data }) => !('draw' in data) || at !== data.draw.issuedAt)).toEqual([]);
  });

  it('tell of every draw that is found on its day', () => {
    expect(drawByDraw.filter(({ told }) => !told)).toEqual([]);
  });
});

describe('records', () => {
  it('are set exactly by the draws that beat every earlier one of their type, of at least three', () => {
    const expected = history.flatMap((draw, index) => {
      const earlier = history.slice(0, index).filter(({ type }) => type === draw.type);
      if (earlier.length < 3) return [];
      const [cutoff, size] = [draw.cutoff as number, draw.invitations as number];
      return [
        earlier.every((other) => cutoff < (other.cutoff as number)) && 'lowest-cutoff',
        earlier.every((other) => cutoff > (other.cutoff as number)) && 'highest-cutoff',
        earlier.every((other) => size > (other.invitations as number)) && 'largest-round',
      ].flatMap((record) => (record ? [`record.set/${draw.id}/${record}`] : []));
    });

    expect(only(atOnce, 'record.set').map(({ id }) => id)).toEqual(expected);
  });
});

describe('detection', () => {
  it('gives every event an id of its own', () => {
    expect(new Set(atOnce.map(({ id }) => id)).size).toBe(atOnce.length);
  });

  it('finds the same whatever the order the draws are read in', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(history, { minLength: history.length }), (shuffled) => {
        const { fresh, events } = detect([], shuffled, OPTIONS);

        expect(fresh).toEqual(history);
        expect(events).toEqual(atOnce);
      }),
      { numRuns: 15 },
    );
  });

  it('finds nothing when applied twice, whatever the order of what is known', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(history, { minLength: history.length }), (shuffled) => {
        const again = detect(known(shuffled), history, { ...OPTIONS, baseline: false });

        expect(again).toEqual({ fresh: [], changed: [], events: [] });
      }),
      { numRuns: 15 },
    );
  });

  it('finds the same events in any two steps as in one', () => {
    const ids = new Set(atOnce.map(({ id }) => id));

    fc.assert(
      fc.property(fc.nat(history.length), (cut) => {
        const first = detect([], history.slice(0, cut), OPTIONS).events;
        const second = detect(known(history.slice(0, cut)), history, { ...OPTIONS, baseline: false }).events;

        expect(first.length + second.length).toBe(atOnce.length);
        expect(new Set([...first, ...second].map(({ id }) => id))).toEqual(ids);
      }),
      { numRuns: 15 },
    );
  });

  it('finds nothing in a page that lost any of its rounds', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(history), (left) => {
        const { events } = detect(known(history), left, { ...OPTIONS, baseline: false });

        expect(events).toEqual([]);
      }),
      { numRuns: 15 },
    );
  });

  it('leaves what it was given as it was', () => {
    const [before, read] = [known(history.slice(0, 300)), [...history].reverse()];
    const [beforeCopy, readCopy] = [structuredClone(before), structuredClone(read)];

    detect(before, read, OPTIONS);

    expect([before, read]).toEqual([beforeCopy, readCopy]);
  });
});

function known(draws: readonly Draw[]): KnownDraw[] {
  return draws.map((draw) => ({ draw, revision: 1 }));
}

function only<Type extends EventType>(events: readonly Event[], type: Type): EventOf<Type>[] {
  return events.filter((event): event is Event & EventOf<Type> => event.type === type);
}
