// The published JSON Schema against what is really posted.

import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { describe, expect, expectTypeOf, it } from 'vitest';
import * as z from 'zod';
import { detect } from '../../src/event/detect.ts';
import { EVENT_TYPES, type Event, type EventType } from '../../src/event/event.ts';
import { exampleEvents } from '../../src/event/examples.ts';
import { bodySchema, type DATA, type PostedData, webhookSchema } from '../../src/event/schema.ts';
import { writePost } from '../../src/notify/formats/index.ts';
import { shippedDraws } from '../draw/history.ts';
import { endlessEvents, endpoint, eventsWith, TEXTS } from '../notify/formats/samples.ts';

const HISTORY = detect([], shippedDraws(), {
  now: '2026-07-11T00:00:00Z',
  baseline: true,
  tellCorrections: false,
  dormantDays: 180,
  newsDays: 10,
}).events;

function compile(schema: unknown) {
  const ajv = new Ajv2020({ strict: true, allErrors: true });
  formats.default(ajv);
  return ajv.compile(schema as object);
}

function bodyOf(event: Event) {
  return JSON.parse(writePost(event, endpoint('standard')).body);
}

const valid = compile(webhookSchema());
const byType = new Map(EVENT_TYPES.map((type) => [type, compile(webhookSchema(type))] as const));

/** What the schema of its own type and that of all say of each body that is sent. */
function faultsOf(events: readonly Event[]) {
  return events.flatMap((event) => {
    const body = bodyOf(event);
    const own = byType.get(event.type);
    return valid(body) && own?.(body) ? [] : [{ type: event.type, errors: own?.errors ?? valid.errors }];
  });
}

describe('the schema', () => {
  it('holds for one body of each type', () => {
    expect(faultsOf(exampleEvents())).toEqual([]);
  });

  it('holds for every event of the shipped history', () => {
    expect(HISTORY.length).toBeGreaterThan(426);
    expect(faultsOf(HISTORY)).toEqual([]);
  });

  it.each(Object.entries(TEXTS))('holds for bodies full of %s, also where they are cut', (_, text) => {
    expect(faultsOf([...eventsWith(text), ...endlessEvents(text)])).toEqual([]);
  });

  it('names every field that is sent', () => {
    // As output, an object takes no field that is not declared.
    const strict = EVENT_TYPES.map((type) => [type, compile(z.toJSONSchema(bodySchema(type)))] as const);

    const undeclared = [...exampleEvents(), ...HISTORY].filter(
      (event) => !new Map(strict).get(event.type)?.(bodyOf(event)),
    );

    expect(undeclared).toEqual([]);
  });

  it('holds where nothing but the day was published', () => {
    const [published] = exampleEvents();
    if (published?.type !== 'draw.published') throw new Error('expected a draw that is published');
    const nothing = {
      issuedAt: null,
      programs: null,
      invitations: null,
      cutoff: null,
      tieBreakAt: null,
      url: null,
    };
    Object.assign(published.data.draw, nothing, { version: null, pool: null });

    expect(faultsOf([published])).toEqual([]);
  });

  it('lets a field be added later', () => {
    const body = bodyOf(exampleEvents()[0] as Event);

    expect(valid({ ...body, data: { ...body.data, added: true } })).toBe(true);
  });

  it('describes every type by its name, and each of its parts once', () => {
    const { $schema, $defs } = webhookSchema() as { $schema: string; $defs: Record<string, unknown> };

    expect($schema).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(Object.keys($defs).sort()).toEqual(
      [...EVENT_TYPES, 'Change', 'Draw', 'DrawBrief', 'DrawType', 'HeldRound', 'Pool'].sort(),
    );
  });

  it('is the same whenever it is made', () => {
    expect(webhookSchema()).toEqual(webhookSchema());
  });
});

describe('a body that is wrong', () => {
  const body = () => bodyOf(exampleEvents()[0] as Event);
  type Draw = { draw: Record<string, unknown> };
  const wrongDraw = (change: Record<string, unknown>) => {
    const right = body();
    return { ...right, data: { ...right.data, draw: { ...(right.data as Draw).draw, ...change } } };
  };

  it.each([
    ['of a type that nobody sends', () => ({ ...body(), type: 'draw.nonsense' })],
    ['with the data of another type', () => ({ ...body(), type: 'mail.resumed' })],
    ['without a timestamp', () => ({ type: body().type, data: body().data })],
    ['stamped with something else', () => ({ ...body(), timestamp: 'yesterday' })],
    ['with a cut-off in words', () => wrongDraw({ cutoff: '522' })],
    ['with a cut-off left out', () => wrongDraw({ cutoff: undefined })],
    ['of a day that is none', () => wrongDraw({ date: '2024-02-30' })],
    ['of a draw type of its own', () => wrongDraw({ type: 'lottery' })],
    ['with a programme nobody has', () => wrongDraw({ programs: ['xyz'] })],
    [
      'with a special that is none',
      () => ({ ...body(), data: { ...body().data, special: [{ type: 'x' }] } }),
    ],
  ])('is refused: %s', (_, wrong) => {
    const sent = JSON.parse(JSON.stringify(wrong()));

    expect(valid(sent)).toBe(false);
  });
});

describe('the types', () => {
  it('of the schema are those of what is sent, both ways', () => {
    type Described = { [Type in EventType]: z.output<(typeof DATA)[Type]> };

    expectTypeOf<Described>().toExtend<PostedData>();
    expectTypeOf<PostedData>().toExtend<Described>();
  });
});

describe('the examples', () => {
  it('are one of each type, in their order, and nobody can take them for news', () => {
    const events = exampleEvents();

    expect(events.map(({ type }) => type)).toEqual([...EVENT_TYPES]);
    expect(events.every(({ id, type }) => id === `example/${type}`)).toBe(true);
  });

  it('tell of draws as they are in the shipped history', () => {
    const shipped = new Map(shippedDraws().map((draw) => [draw.id, draw]));

    const draws = exampleEvents().flatMap((event) => ('draw' in event.data ? [event.data.draw] : []));

    expect(draws).toEqual(draws.map(({ id }) => shipped.get(id)));
  });

  it('say of those draws what is said of the history', () => {
    const detected = new Map(HISTORY.map((event) => [`${event.type} ${event.draw}`, event.data]));
    const special = exampleEvents().filter(({ type }) =>
      ['draw.published', 'draw_type.new', 'draw_type.returned', 'category.revised', 'record.set'].includes(
        type,
      ),
    );

    expect(special).toHaveLength(5);
    expect(special.map(({ data }) => data)).toEqual(
      special.map(({ type, draw }) => detected.get(`${type} ${draw}`)),
    );
  });

  it('are new each time, so that nobody changes them for others', () => {
    const [first] = exampleEvents();
    if (first?.type === 'draw.published') first.data.draw.cutoff = 1;

    expect(exampleEvents()[0]).toMatchObject({ data: { draw: { cutoff: 522 } } });
  });
});
