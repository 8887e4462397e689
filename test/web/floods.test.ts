// What a flood may cost the machine that also watches: little time for each request, and a bounded memory.

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { harmless } from '../../src/cli/harmless.ts';
import { cleanDetail } from '../../src/web/bounces/report.ts';
import { openPrinter } from '../../src/web/printed.ts';
import { shippedDraw } from '../draw/history.ts';
import { openArchiveWorld } from './archive-world.ts';
import { FROM_HERE } from './forms.ts';
import { openWebWorld, type WebWorld } from './world.ts';

const KB_60 = 60_000;
/** Of the processor, in milliseconds: what was slow took two thousand and more. */
const SOON = 700;

async function timeOf(act: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await act();
  return process.cpuUsage(before).user / 1_000;
}

const JSON_HEADERS = { 'Content-Type': 'application/json' };
const from = (address: string) => ({ incoming: { socket: { remoteAddress: address } } });

function askCheck({ app }: Pick<WebWorld, 'app'>, address: string, body = '{"crs":500}') {
  return app.request('/api/check', { method: 'POST', body, headers: JSON_HEADERS }, from(address));
}

describe('a body of 64 KB', () => {
  it.each([
    ['a programme', { programs: ['x'.repeat(KB_60)] }],
    ['a code', { experience: [{ noc: 'x'.repeat(KB_60), months: 1 }] }],
    ['a day', { crsAsOf: '1'.repeat(KB_60) }],
    ['an instant', { profileSubmittedAt: ' 1'.repeat(KB_60 / 2) }],
    ['a name', { ['x'.repeat(KB_60)]: 1 }],
    ['names', Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`k${index}`, 1]))],
    ['a draw', { draws: ['x'.repeat(KB_60)] }],
    ['a depth', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`],
  ])('that is one long %s is refused in no time by the API', async (_what, body) => {
    const world = await openWebWorld();
    const text = typeof body === 'string' ? body : JSON.stringify(body);

    let status = 0;
    const time = await timeOf(async () => {
      ({ status } = await askCheck(world, '203.0.113.1', text));
    });

    expect(status).toBe(422);
    expect(time).toBeLessThan(SOON);
  });

  it.each([
    ['one name twenty thousand times', 'a='.repeat(21_000).replaceAll('=a', '=&a')],
    ['ticks without end', Array(8_000).fill('notify=').join('&')],
    ['a score without end', `crs=${'1'.repeat(KB_60)}`],
    ['an address without end', `email=${'a.'.repeat(KB_60 / 2)}@a`],
  ])('that is %s is answered in no time by every form', async (_what, body) => {
    const { app } = await openWebWorld();
    const headers = { ...FROM_HERE, 'Content-Type': 'application/x-www-form-urlencoded' };

    const statuses: number[] = [];
    const time = await timeOf(async () => {
      for (const path of ['/en/check/', '/en/subscribe/'])
        statuses.push((await app.request(path, { method: 'POST', body, headers })).status);
    });

    for (const status of statuses) expect([200, 422]).toContain(status);
    expect(time).toBeLessThan(SOON);
  });

  it('of a mail server’s words is cleaned in no time', async () => {
    const time = await timeOf(() => cleanDetail('x'.repeat(KB_60), 'jane@example.org'));

    expect(time).toBeLessThan(SOON);
  });
});

describe('an error of 64 KB', () => {
  it.each(['x', 'a.', 'http://'])('is made harmless for the log in no time: %s and so on', async (part) => {
    const text = part.repeat(KB_60 / part.length);

    let line = '';
    const time = await timeOf(() => {
      line = harmless(text);
    });

    expect(line.length).toBeLessThan(3_000);
    expect(time).toBeLessThan(SOON);
  });

  it('shows no half of an address where it is cut', () => {
    const line = harmless(`${'word '.repeat(399)}jane.doe@example.org and more`);

    expect(line).toMatch(/word …$/);
  });
});

describe('profiles to compare', () => {
  it('are taken a hundred and twenty a minute from one network, by the form and the API together', async () => {
    const world = await openArchiveWorld([shippedDraw(297)], { now: () => new Date('2026-12-01T12:00:00Z') });
    const form = { method: 'POST', body: new URLSearchParams({ crs: '500' }), headers: FROM_HERE };
    const askForm = () => world.app.request('/en/check/', form, from('203.0.113.1'));

    const taken: number[] = [];
    for (let index = 0; index < 60; index += 1) {
      taken.push((await askForm()).status);
      taken.push((await askCheck(world, `203.0.113.${index}`, index % 2 ? '{"crs":500}' : '{')).status);
    }
    const refused = await askCheck(world, '203.0.113.9');
    const other = await askCheck(world, '198.51.100.1');

    expect(taken).not.toContain(429);
    expect([refused.status, (await askForm()).status, other.status]).toEqual([429, 429, 200]);
    expect(refused.headers.get('Content-Type')).toMatch(/^application\/json/);
    expect(refused.headers.get('Retry-After')).toBe('60');
    expect(refused.headers.get('Access-Control-Allow-Origin')).toBe('*');
    expect(await refused.json()).toEqual({
      error: { message: 'asked for too often: again in 60 seconds', faults: [] },
    });
  });

  it('hold at most fifty occupations, as the form does', async () => {
    const world = await openWebWorld();
    const work = (count: number) =>
      JSON.stringify({ experience: Array(count).fill({ noc: '31301', months: 1 }) });

    const [most, more] = [await askCheck(world, '', work(50)), await askCheck(world, '', work(51))];

    expect([most.status, more.status]).toEqual([200, 422]);
    expect(await more.json()).toMatchObject({
      error: { faults: [{ where: 'experience', expected: 'a list of at most 50 of { noc, months, ... }' }] },
    });
  });
});

describe('answers made for whoever asks', () => {
  it('are three hundred a minute for one network; what is the same for everybody never ends', async () => {
    const { app } = await openArchiveWorld([shippedDraw(297)], {
      now: () => new Date('2026-12-01T12:00:00Z'),
    });
    const ask = (path: string, address = '203.0.113.1') => app.request(path, {}, from(address));

    const taken: number[] = [];
    for (let index = 0; index < 100; index += 1)
      for (const path of ['/api/draws?type=cec', `/api/pool?limit=${index + 1}`, '/api/events?limit=1'])
        taken.push((await ask(path)).status);
    const refused = await ask('/api/draws?type=cec');

    expect(taken).not.toContain(429);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(0);
    for (const path of ['/api/draws', '/api/pool', '/api/events', '/api/draws/297', '/api/types', '/en/'])
      expect((await ask(path)).status).toBe(200);
    expect((await ask('/api/draws?type=cec', '198.51.100.1')).status).toBe(200);
  });
});

describe('what is printed', () => {
  function openPress(most: number) {
    const printer = openPrinter(most);
    const printed: string[] = [];
    let of: unknown[] = [];
    const app = new Hono().get('/:name/:size', (c) => {
      const { name, size } = c.req.param();
      return printer.answer(c, name, of, () => {
        printed.push(name);
        return { type: 'text/plain', body: name.repeat(Number(size)) };
      });
    });
    return {
      printed,
      ask: (path: string) => app.request(path),
      set(...things: unknown[]) {
        of = things;
      },
    };
  }

  it('is kept up to a size, and what was not asked for longest goes first', async () => {
    const { ask, printed } = openPress(100);

    for (const path of ['/a/40', '/b/40', '/a/40', '/c/40', '/a/40', '/b/40']) await ask(path);

    expect(printed).toEqual(['a', 'b', 'c', 'b']);
  });

  it('and larger than all that may be kept is answered, and not kept', async () => {
    const { ask, printed } = openPress(100);

    const answers = [await ask('/a/101'), await ask('/a/101'), await ask('/b/100'), await ask('/b/100')];

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect((await answers[1]?.text())?.length).toBe(101);
    expect(printed).toEqual(['a', 'a', 'b']);
  });

  it('takes its room once, however often it is printed anew', async () => {
    const { ask, printed, set } = openPress(100);

    for (const archive of [1, 2, 3]) {
      set(archive);
      await ask('/a/50');
      await ask('/b/50');
    }
    await ask('/a/50');

    expect(printed).toEqual(['a', 'b', 'a', 'b', 'a', 'b']);
  });

  it('does not keep what it was printed from', async () => {
    const { ask, set } = openPress(100);
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const archive = await (async () => {
      const made = { draws: Array(1_000).fill('a draw') };
      set(made);
      await ask('/a/10');
      return new WeakRef(made);
    })();

    set();
    await new Promise((resolve) => setImmediate(resolve));
    collect();

    expect(archive.deref()).toBeUndefined();
  });
});
