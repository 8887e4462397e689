// events -> one example of each, for whoever writes a program that receives them. Pure.

import type { Draw } from '../draw/draw.ts';
import {
  briefOf,
  type DrawBrief,
  EVENT_TYPES,
  type Event,
  type EventData,
  type EventType,
  SERVICE,
  type Special,
} from './event.ts';
import { exampleDraws } from './example-draws.ts';

const { cec297, general262, managers402, trades408 } = exampleDraws();

const CEC_204: DrawBrief = { id: 'ircc:204', date: '2021-09-14', invitations: 2000, cutoff: 462 };
const TRADES_300: DrawBrief = { id: 'ircc:300', date: '2024-07-04', invitations: 1800, cutoff: 436 };
const TRADES_368: DrawBrief = { id: 'ircc:368', date: '2025-09-18', invitations: 1250, cutoff: 505 };

const RETURNED = {
  drawType: 'cec',
  previous: CEC_204,
  dormantDays: 990,
  drawsBetween: 92,
} as const satisfies Omit<Extract<Special, { type: 'draw_type.returned' }>, 'type'>;

/** Draws as they were held; what befell the source and the telling is made up, with words drawbell uses. */
const DATA: EventData = {
  'draw.published': { draw: cec297, special: [{ type: 'draw_type.returned', ...RETURNED }] },
  'draw.corrected': {
    draw: general262,
    changes: [{ field: 'tieBreakAt', before: '2023-08-01T12:59:52Z', after: '2023-07-04T19:36:18Z' }],
  },
  'draw.withdrawn': { draw: cec297, missingSince: '2024-06-02T09:31:00Z' },
  'draw_type.new': { draw: managers402, drawType: 'senior-managers' },
  'draw_type.returned': { draw: cec297, ...RETURNED },
  'category.revised': {
    draw: trades408,
    drawType: 'trades',
    version: '2026-3',
    previousVersion: '2',
    previous: TRADES_368,
  },
  'record.set': {
    draw: trades408,
    drawType: 'trades',
    record: 'largest-round',
    value: 3000,
    previous: TRADES_300,
  },
  'source.failing': {
    source: 'ircc',
    since: '2024-05-31T15:00:00Z',
    failures: 3,
    trouble: 'not-found',
    reason: 'expected the feed, found status 404',
    lastSuccessAt: '2024-05-31T14:59:00Z',
    telling: 1,
  },
  'source.recovered': { source: 'ircc', from: 'failing', since: '2024-05-31T15:00:00Z' },
  'source.quiet': {
    source: 'ircc',
    since: '2024-07-20T00:00:10Z',
    last: briefOf(cec297),
    quietDays: 50,
    longestDays: 49,
    telling: 1,
  },
  'source.quarantined': {
    source: 'ircc',
    count: 1,
    rounds: [
      {
        id: 'ircc:298',
        reason: 'size',
        faults: [{ where: 'ircc:298 invitations', expected: 'at most 50000', found: '300000' }],
        draw: null,
        since: '2024-06-19T16:00:00Z',
        looks: 1,
      },
    ],
  },
  'source.moved': {
    source: 'ircc',
    from: 'https://www.canada.ca/rounds.json',
    to: 'https://www.canada.ca/content/rounds-2.json',
  },
  'endpoint.disabled': {
    endpoint: 'ep_example',
    reason: 'failing',
    since: '2024-05-31T17:00:00Z',
    detail: 'answered 500',
  },
  'mail.stopped': {
    since: '2024-05-31T17:00:00Z',
    cause: 'policy',
    reason: '550 at MAIL FROM: this sender is not allowed',
    retryAt: '2024-05-31T17:00:30Z',
  },
  'mail.resumed': { since: '2024-05-31T17:00:00Z' },
};

/** One realistic event of each type, in their order. Their ids begin with `example/`, so nobody takes them for news. */
export function exampleEvents(): Event[] {
  return EVENT_TYPES.map((type) => exampleEvent(type));
}

function exampleEvent(type: EventType): Event {
  const data = DATA[type];
  const draw: Draw | null = 'draw' in data ? data.draw : null;
  const event = {
    id: `example/${type}`,
    type,
    source: draw?.source ?? ('source' in data ? data.source : SERVICE),
    draw: draw?.id ?? null,
    at: draw ? `${draw.date}T17:00:00Z` : '2024-05-31T17:00:00Z',
    told: true,
    data,
  };
  // One type with its own data, which the compiler cannot follow through the table.
  return structuredClone(event) as unknown as Event;
}
