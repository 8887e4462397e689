// When the operator is told that a source fails, is quiet, or is well again.

import { describe, expect, it } from 'vitest';
import type { DrawBrief } from '../../src/event/event.ts';
import {
  type Alarm,
  afterFailure,
  afterSuccess,
  freshHealth,
  type Health,
  quietness,
} from '../../src/event/health.ts';

const ALARM: Alarm = { failures: 3, hours: 6 };
const START = '2024-05-30T12:00:00.000Z';
const FAILURE = { trouble: 'refused', message: 'ircc: status 500', retryAt: null } as const;

/** `hours` after the start. */
const at = (hours: number) => new Date(Date.parse(START) + hours * 3_600_000).toISOString();

/** Fails at each of these hours; how often it was told at each. */
function failAt(hours: readonly number[], alarm = ALARM): { health: Health; told: number[] } {
  let health = freshHealth('ircc', START);
  const told = hours.map((hour) => {
    const found = afterFailure(health, FAILURE, alarm, at(hour));
    health = found.health;
    return found.events.length;
  });
  return { health, told };
}

/** Draws so many days apart, ending on a day. */
function drawsEvery(days: number, count: number, last = '2024-05-30'): DrawBrief[] {
  return Array.from({ length: count }, (_, index) => {
    const date = new Date(Date.parse(last) - (count - 1 - index) * days * 86_400_000)
      .toISOString()
      .slice(0, 10);
    return { id: `ircc:${index + 1}`, date, invitations: 1, cutoff: 500 };
  });
}

describe('failures', () => {
  it('are told at the third in a row, not before, and then once a day', () => {
    expect(failAt([0, 0.1, 0.2, 0.3, 24.1, 24.2, 24.3, 48.2]).told).toEqual([0, 0, 1, 0, 0, 1, 0, 1]);
  });

  it('are told after the hours that the operator chose, however few', () => {
    expect(failAt([0, 5.9]).told).toEqual([0, 0]);
    expect(failAt([0, 6]).told).toEqual([0, 1]);
    expect(failAt([0], { failures: 1, hours: 6 }).told).toEqual([1]);
  });

  it('each have an event of their own id, with what the operator needs', () => {
    const { health } = failAt([0, 1]);
    const first = afterFailure(health, FAILURE, ALARM, at(2));
    const next = afterFailure(first.health, FAILURE, ALARM, at(26));

    expect(first.events).toMatchObject([
      {
        id: `source.failing/ircc/${START}/1`,
        draw: null,
        data: { since: START, failures: 3, trouble: 'refused', reason: 'ircc: status 500', telling: 1 },
      },
    ]);
    expect(next.events).toMatchObject([{ id: `source.failing/ircc/${START}/2`, data: { telling: 2 } }]);
  });

  it('do not grow while the source is left alone as it asked, but their hours do', () => {
    const first = afterFailure(freshHealth('ircc', START), { ...FAILURE, retryAt: at(8) }, ALARM, START);
    const waiting = afterFailure(first.health, { ...FAILURE, retryAt: at(8) }, ALARM, at(7));

    expect(waiting.health.failures).toBe(1);
    expect(waiting.events).toHaveLength(1);
  });
});

describe('a success', () => {
  it('ends the failures, and is told only to whoever was told of them', () => {
    const untold = afterSuccess(failAt([0, 1]).health, { byBrowser: false, recent: [] }, at(2));
    const told = afterSuccess(failAt([0, 1, 2]).health, { byBrowser: false, recent: [] }, at(3));

    expect(untold).toMatchObject({ health: { failures: 0, failing: null }, events: [] });
    expect(told.events).toMatchObject([
      { type: 'source.recovered', data: { from: 'failing', since: START } },
    ]);
  });

  it('by a browser alone does not end them', () => {
    const { health, events } = afterSuccess(failAt([0, 1, 2]).health, { byBrowser: true, recent: [] }, at(3));

    expect(health).toMatchObject({ failures: 3, succeededAt: at(3) });
    expect(events).toEqual([]);
  });
});

describe('silence', () => {
  it('is more than usual when it is longer than ever in the draws given', () => {
    const draws = drawsEvery(14, 20);

    expect(quietness(draws, '2024-06-13T23:00:00.000Z')).toBe(null);
    expect(quietness(draws, '2024-06-14T01:00:00.000Z')).toMatchObject({ quietDays: 15, longestDays: 14 });
  });

  it('is nothing to tell of a source that has hardly begun', () => {
    expect(quietness(drawsEvery(14, 9), '2025-06-14T01:00:00.000Z')).toBe(null);
    expect(quietness([], '2025-06-14T01:00:00.000Z')).toBe(null);
  });

  it('is told once, then daily, and when it ends', () => {
    const quiet = { byBrowser: false, recent: drawsEvery(1, 20, '2024-05-20') };
    let health = freshHealth('ircc', START);
    const types = [0, 1, 24, 25].map((hour) => {
      const found = afterSuccess(health, quiet, at(hour));
      health = found.health;
      return found.events.map(({ type }) => type);
    });
    const ended = afterSuccess(health, { byBrowser: false, recent: drawsEvery(1, 20, '2024-05-31') }, at(26));

    expect(types).toEqual([['source.quiet'], [], ['source.quiet'], []]);
    expect(ended.events).toMatchObject([{ type: 'source.recovered', data: { from: 'quiet' } }]);
  });
});
