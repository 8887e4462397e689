// The API for reading: what is asked for, nothing else, and a fault for whatever there is not.

import { describe, expect, it } from 'vitest';
import type { Draw } from '../../src/draw/draw.ts';
import { explanationOf } from '../../src/match/explain.ts';
import { staticApi } from '../../src/web/api/static.ts';
import { shippedDraw, shippedDraws } from '../draw/history.ts';
import { type ArchiveWorld, openArchiveWorld, shippedArchive } from './archive-world.ts';
import { drawLike } from './history-draws.ts';
import { openWebWorld } from './world.ts';

interface ErrorBody {
  error: { message: string; faults: { where: string; expected: string; found: string }[] };
}

async function json<Body>({ app }: Pick<ArchiveWorld, 'app'>, path: string): Promise<Body> {
  const answer = await app.request(path);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('Content-Type')).toBe('application/json');
  return answer.json() as Promise<Body>;
}

const idsOf = ({ draws }: { draws: Draw[] }) => draws.map(({ id }) => id);

describe('draws', () => {
  it('are all there, newest first, as they are stored', async () => {
    const world = await openArchiveWorld();

    const { draws } = await json<{ draws: Draw[] }>(world, '/api/draws');

    expect(draws).toEqual(shippedArchive().draws);
    expect(draws[0]?.id).toBe('ircc:426');
  });

  it.each<[string, (draw: Draw) => boolean]>([
    ['type=cec', ({ type }) => type === 'cec'],
    ['since=2024-05-31', ({ date }) => date >= '2024-05-31'],
    ['until=2015-03-01', ({ date }) => date <= '2015-03-01'],
    ['source=ircc', () => true],
    ['type=pnp&since=2018-05-30&until=2018-05-30', ({ id }) => id === 'ircc:91b'],
    ['type=other:agri-food', () => false],
  ])('are filtered by %s', async (query, isAsked) => {
    const world = await openArchiveWorld();

    const answer = await json<{ draws: Draw[] }>(world, `/api/draws?${query}`);

    expect(idsOf(answer)).toEqual(
      shippedDraws()
        .filter(isAsked)
        .map(({ id }) => id)
        .reverse(),
    );
  });

  it('are limited to the newest of those asked for', async () => {
    const world = await openArchiveWorld();

    const answer = await json<{ draws: Draw[] }>(world, '/api/draws?type=general&until=2024-12-31&limit=2');

    expect(idsOf(answer)).toEqual(
      shippedDraws()
        .filter(({ type, date }) => type === 'general' && date <= '2024-12-31')
        .slice(-2)
        .map(({ id }) => id)
        .reverse(),
    );
  });

  it('that were withdrawn are in no list', async () => {
    const world = await openArchiveWorld();

    await world.take({ withdrawn: ['ircc:426'] });

    expect(idsOf(await json(world, '/api/draws?limit=1'))).toEqual(['ircc:425']);
  });

  it.each([
    ['typ=cec', { where: 'query', expected: 'one of type, since, until, source, limit', found: '"typ"' }],
    ['__proto__=1', { where: 'query', expected: expect.any(String), found: '"__proto__"' }],
    ['type=CEC', { where: 'type', expected: expect.stringContaining('one of general, cec'), found: '"CEC"' }],
    ['since=2024-02-30', { where: 'since', expected: 'a day as YYYY-MM-DD', found: '"2024-02-30"' }],
    ['until=', { where: 'until', expected: 'a day as YYYY-MM-DD', found: '""' }],
    ['source=irrc', { where: 'source', expected: 'one of ircc', found: '"irrc"' }],
    ['limit=0', { where: 'limit', expected: 'a whole number from 1 to 100000', found: '"0"' }],
    ['limit=1e3', { where: 'limit', expected: 'a whole number from 1 to 100000', found: '"1e3"' }],
    ['limit=5&limit=6', { where: 'limit', expected: 'one value', found: '2 of them' }],
  ])('asked for by %s are refused', async (query, fault) => {
    const { app } = await openArchiveWorld([]);

    const answer = await app.request(`/api/draws?${query}`);

    expect(answer.status).toBe(422);
    expect(await answer.json()).toEqual({ error: { message: 'the query cannot be used', faults: [fault] } });
  });

  it('asked for with several faults are refused with all of them', async () => {
    const { app } = await openArchiveWorld([]);

    const answer = await app.request(`/api/draws?type=x&limit=x&${'y'.repeat(300)}=%00`);

    const { error } = (await answer.json()) as ErrorBody;
    expect(error.faults.map(({ where }) => where)).toEqual(['type', 'limit', 'query']);
    expect(error.faults[2]?.found.length).toBeLessThan(50);
  });
});

describe('one draw', () => {
  it.each(['ircc:297', 'ircc%3A297', 'ircc-297', '297', 'ircc-297.json'])('is found by %s', async (name) => {
    const world = await openArchiveWorld();
    const { records, events, draws, reference } = shippedArchive();
    const record = records.get('ircc-297');

    const answer = await json(world, `/api/draws/${name}`);

    expect(record).toBeDefined();
    expect(answer).toMatchObject({
      ...(record && explanationOf(record, events.get('ircc:297') ?? [], draws, reference).explanation),
      document: { url: 'data/draws/ircc.json' },
    });
    expect(answer).toMatchObject({
      special: [{ type: 'draw_type.returned', dormantDays: 990 }],
      daysSincePrevious: 990,
    });
  });

  it('does not say where an operator reads a copy, nor what the query of an address holds', async () => {
    const world = await openArchiveWorld();
    const read = async (url: string, cutoff: number, at: string) => {
      await world.take({ draws: [{ ...shippedDraw(297), cutoff }], at, url });
      const text = JSON.stringify(await json(world, '/api/draws/297'));
      expect(text).not.toMatch(/s3cret|10\.0\.0\.7|copy\.example|\/home\//);
      return JSON.parse(text).document.url;
    };

    const urls = [
      await read('https://www.canada.ca/feed.json?key=s3cret#s3cret', 521, '2026-12-02T12:00:00.000Z'),
      await read('http://www.canada.ca/s3cret/feed.json', 520, '2026-12-03T12:00:00.000Z'),
      await read('http://10.0.0.7:8080/feed.json', 519, '2026-12-04T12:00:00.000Z'),
      await read('https://copy.example.org/s3cret/feed.json', 518, '2026-12-05T12:00:00.000Z'),
      await read('file:///home/operator/s3cret.json', 517, '2026-12-06T12:00:00.000Z'),
      await read('https://user:s3cret@www.canada.ca/feed.json', 516, '2026-12-07T12:00:00.000Z'),
    ];

    expect(urls).toEqual([
      'https://www.canada.ca/feed.json',
      null,
      null,
      null,
      null,
      'https://www.canada.ca/feed.json',
    ]);
  });

  it('is found with its letter, as 91a and 91b are two', async () => {
    const world = await openArchiveWorld();

    const [a, b] = await Promise.all(
      ['91a', 'ircc-91b'].map((name) => json<{ draw: Draw }>(world, `/api/draws/${name}`)),
    );

    expect([a?.draw.type, b?.draw.type]).toEqual(['fst', 'pnp']);
  });

  it('is found though it was withdrawn, and says so', async () => {
    const world = await openArchiveWorld();

    await world.take({ withdrawn: ['ircc:426'], at: '2026-12-01T10:00:00.000Z' });

    expect(await json(world, '/api/draws/426')).toMatchObject({ withdrawnAt: '2026-12-01T10:00:00.000Z' });
  });

  it('says what was corrected', async () => {
    const world = await openArchiveWorld();

    await world.take({ draws: [{ ...shippedDraw(426), invitations: 777 }], at: '2026-12-01T10:00:00.000Z' });

    expect(await json(world, '/api/draws/426')).toMatchObject({
      revision: 2,
      corrections: [
        {
          at: '2026-12-01T10:00:00.000Z',
          changes: [{ field: 'invitations', before: shippedDraw(426).invitations, after: 777 }],
        },
      ],
    });
  });

  it('is not guessed where two sources have its number', async () => {
    const other = { ...drawLike('297'), id: 'other:297', source: 'other' };
    const world = await openArchiveWorld([shippedDraw(297), other]);

    const answer = await world.app.request('/api/draws/297');

    expect(answer.status).toBe(404);
    expect(await answer.json()).toEqual({
      error: {
        message: 'several draws have that number',
        faults: [{ where: 'id', expected: expect.stringMatching(/^one of .*ircc:297/), found: '"297"' }],
      },
    });
    expect(await json(world, '/api/draws/other-297')).toMatchObject({ draw: { source: 'other' } });
  });

  it.each(['ircc:9999', 'x', '%00', '..%2F..%2Fetc', '__proto__', 'a'.repeat(3_000)])(
    'that there is not is told: %s',
    async (name) => {
      const { app } = await openArchiveWorld([shippedDraw(297)]);

      const answer = await app.request(`/api/draws/${name}`);

      const { error } = (await answer.json()) as ErrorBody;
      expect(answer.status).toBe(404);
      expect(error).toMatchObject({
        message: 'that draw is not known',
        faults: [{ where: 'id', expected: 'the id of a draw such as ircc:297, or its number' }],
      });
      expect(JSON.stringify(error).length).toBeLessThan(300);
    },
  );
});

describe('types', () => {
  it('tell how often, since when, and what stands out', async () => {
    const world = await openArchiveWorld();

    const { types } = await json<{ types: { type: string }[] }>(world, '/api/types');

    const ofType = (type: string) => types.find((one) => one.type === type);
    expect(ofType('cec')).toMatchObject({
      name: { en: 'Canadian Experience Class', fr: 'Catégorie de l’expérience canadienne' },
      draws: shippedDraws().filter(({ type }) => type === 'cec').length,
      first: { id: 'ircc:3', date: '2015-02-20' },
      returned: { draw: 'ircc:297', date: '2024-05-31', dormantDays: 990 },
      records: { lowestCutoff: { id: 'ircc:176', cutoff: 75 }, largestRound: { invitations: 27332 } },
      versions: [],
    });
    expect(ofType('trades')).toMatchObject({
      returned: { draw: 'ircc:408', dormantDays: 196 },
      versions: [{ version: '2026-3', first: { id: 'ircc:408' } }, { version: '2' }, { version: '1' }],
    });
    expect(ofType('stem')).toMatchObject({ returned: null });
    expect(types.map(({ type }) => type)).toEqual([...shippedArchive().types.keys()]);
  });

  it('name the first of two draws that hold a record together', async () => {
    const twice = [
      drawLike('501', { date: '2024-06-01', cutoff: 500 }),
      drawLike('502', { date: '2024-06-02', cutoff: 500 }),
      drawLike('503', { date: '2024-06-03', cutoff: null, invitations: null }),
    ];
    const world = await openArchiveWorld(twice);

    const { types } = await json<{ types: unknown[] }>(world, '/api/types');

    expect(types).toMatchObject([
      {
        records: { lowestCutoff: { id: 'ircc:501' }, highestCutoff: { id: 'ircc:501' } },
        latest: { cutoff: null },
      },
    ]);
  });
});

describe('the pool', () => {
  it('is told as it was with each draw that had one, the latest beside them', async () => {
    const world = await openArchiveWorld();

    const answer = await json<{ latest: unknown; pools: { draw: string; pool: unknown }[] }>(
      world,
      '/api/pool?since=2024-05-31&until=2024-05-31',
    );

    const { pool, date } = shippedDraw(297);
    const latest = shippedArchive().draws.find((draw) => draw.pool !== null);
    expect(answer).toEqual({
      latest: { draw: latest?.id, date: latest?.date, pool: latest?.pool },
      pools: [{ draw: 'ircc:297', date, pool }],
    });
  });

  it('is left out where it was not published, and limited to the newest', async () => {
    const world = await openArchiveWorld();

    const all = await json<{ pools: unknown[] }>(world, '/api/pool');
    const two = await json<{ pools: unknown[] }>(world, '/api/pool?limit=2');

    expect(all.pools).toHaveLength(shippedDraws().filter(({ pool }) => pool !== null).length);
    expect(two.pools).toEqual(all.pools.slice(0, 2));
  });

  it('is null where none is known', async () => {
    const world = await openArchiveWorld([]);

    expect(await json(world, '/api/pool')).toEqual({ latest: null, pools: [] });
  });
});

describe('events', () => {
  interface Told {
    events: { id: string; type: string; draw: string; timestamp: string }[];
  }

  it('are the newest hundred unless more are asked for, and only about draws', async () => {
    const world = await openArchiveWorld();

    const { events } = await json<Told>(world, '/api/events');
    const all = await json<Told>(world, '/api/events?limit=1000');

    expect(events).toHaveLength(100);
    expect(all.events.slice(0, 100)).toEqual(events);
    expect(all.events.map(({ timestamp }) => timestamp)).toEqual(
      all.events
        .map(({ timestamp }) => timestamp)
        .toSorted()
        .reverse(),
    );
    expect(new Set(all.events.map(({ type }) => type.split('.')[0]))).toEqual(
      new Set(['draw', 'draw_type', 'category', 'record']),
    );
  });

  it('are those asked for', async () => {
    const world = await openArchiveWorld();

    const { events } = await json<Told>(
      world,
      '/api/events?type=draw_type.returned&draw=ircc:297&since=2024-05-31',
    );
    const later = await json<Told>(world, '/api/events?draw=ircc:297&since=2024-06-01');

    expect(events).toEqual([
      expect.objectContaining({
        id: 'draw_type.returned/ircc:297',
        data: expect.objectContaining({ dormantDays: 990 }),
      }),
    ]);
    expect(later.events).toEqual([]);
  });

  it('of a source or of the operator cannot be asked for', async () => {
    const { app } = await openArchiveWorld([]);

    const answer = await app.request('/api/events?type=mail.stopped');

    expect(answer.status).toBe(422);
  });
});

describe('the way it is answered', () => {
  const PATHS = [
    '/api/draws',
    '/api/draws?limit=3',
    '/api/draws/297',
    '/api/types',
    '/api/pool',
    '/api/events',
    '/api/openapi.json',
    '/api/draws.json',
  ];

  it.each(PATHS)('%s is for pages anywhere, kept a minute, and not sent twice', async (path) => {
    const { app } = await openArchiveWorld();

    const answer = await app.request(path, { headers: { Origin: 'https://elsewhere.example.org' } });
    const again = await app.request(path, { headers: { 'If-None-Match': answer.headers.get('ETag') ?? '' } });
    const head = await app.request(path, { method: 'HEAD' });

    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-expose-headers': 'ETag,Retry-After',
      'cache-control': 'public, max-age=60',
      'content-type': 'application/json',
      'cross-origin-resource-policy': 'cross-origin',
      'x-content-type-options': 'nosniff',
    });
    expect(answer.headers.has('Access-Control-Allow-Credentials')).toBe(false);
    expect([again.status, await again.text()]).toEqual([304, '']);
    expect([head.status, await head.text()]).toEqual([200, '']);
  });

  it('a browser may ask first whether it may send what it has already', async () => {
    const { app } = await openWebWorld();

    const answer = await app.request('/api/draws', {
      method: 'OPTIONS',
      headers: {
        Origin: 'https://elsewhere.example.org',
        'Access-Control-Request-Method': 'GET',
        'Access-Control-Request-Headers': 'if-none-match',
      },
    });

    expect(answer.status).toBe(204);
    expect(answer.headers.get('Access-Control-Allow-Headers')).toBe('If-None-Match');
    expect(answer.headers.get('Access-Control-Allow-Methods')).toBe('GET,HEAD');
  });

  it('another tag comes with another answer', async () => {
    const { app, take } = await openArchiveWorld();
    const tag = async () => (await app.request('/api/draws')).headers.get('ETag');

    const before = await tag();
    const same = await tag();
    await take({ withdrawn: ['ircc:426'] });

    expect(same).toBe(before);
    expect(await tag()).not.toBe(before);
  });

  it.each([
    ['GET', '/api', 404],
    ['GET', '/api/', 404],
    ['GET', '/api/nothing', 404],
    ['GET', '/api/draws/297/more', 404],
    ['POST', '/api/nothing', 404],
    ['POST', '/api/draws', 405],
    ['DELETE', '/api/draws/297', 405],
    ['GET', '/api/check', 405],
    ['PUT', '/api/types', 405],
  ])('%s %s is refused in JSON with %i', async (method, path, status) => {
    const { app } = await openArchiveWorld([shippedDraw(297)]);

    const answer = await app.request(path, { method });

    expect(answer.status).toBe(status);
    expect(answer.headers.get('Content-Type')).toBe('application/json');
    expect(answer.headers.get('Cache-Control')).toBe('no-store');
    expect(answer.headers.has('Content-Language')).toBe(false);
    expect(answer.headers.has('Allow')).toBe(status === 405);
    expect(await answer.json()).toEqual({ error: { message: expect.any(String), faults: [] } });
  });

  it('is the same below the path of the public URL', async () => {
    const { app } = await openArchiveWorld([shippedDraw(297)], { publicUrl: 'https://example.org/draws/' });

    const [here, below, missing] = await Promise.all(
      ['/api/draws', '/draws/api/draws', '/draws/api/nothing'].map((path) => app.request(path)),
    );

    expect(await below?.json()).toEqual(await here?.json());
    expect(missing?.headers.get('Content-Type')).toBe('application/json');
  });

  it('a page that there is not stays a page', async () => {
    const { app } = await openWebWorld();

    const answer = await app.request('/apiary');

    expect(answer.headers.get('Content-Type')).toBe('text/html; charset=utf-8');
  });

  it('a fault of ours says nothing of itself', async () => {
    const { app, db, warnings } = await openWebWorld();
    await db.destroy();

    const answer = await app.request('/api/draws');

    expect(answer.status).toBe(500);
    expect(await answer.json()).toEqual({
      error: { message: 'a fault here; nothing was changed', faults: [] },
    });
    expect(warnings).toHaveLength(1);
  });
});

describe('files', () => {
  it('are what the server answers to their paths', async () => {
    const { app } = await openArchiveWorld();
    const site = {
      kind: 'served',
      origin: 'https://draws.example.org',
      sender: null,
      operator: null,
    } as const;
    const wanted = [
      '/api/draws.json',
      '/api/types.json',
      '/api/pool.json',
      '/api/openapi.json',
      '/api/draws/ircc-91a.json',
    ];
    const files = [...staticApi(shippedArchive(), site)].filter(({ path }) => wanted.includes(path));

    const served = await Promise.all(
      files.map(async ({ path }) => {
        const answer = await app.request(path);
        return [answer.status, answer.headers.get('Content-Type'), await answer.json()];
      }),
    );

    expect(files).toHaveLength(wanted.length);
    expect(served).toEqual(
      files.map(({ body, type, path }) => [
        200,
        type,
        path.includes('91a') ? expect.objectContaining({ draw: shippedDraw('91a') }) : JSON.parse(body),
      ]),
    );
  });

  it('take no parameter: one that was ignored would pass for a filter', async () => {
    const { app } = await openArchiveWorld([shippedDraw(297)]);

    const answers = await Promise.all(
      ['/api/draws.json?type=cec', '/api/types?type=cec', '/api/draws/297?full=1'].map((path) =>
        app.request(path),
      ),
    );

    expect(answers.map(({ status }) => status)).toEqual([422, 422, 422]);
  });
});
