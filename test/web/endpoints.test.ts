// The endpoints of a team over the API: their whole life, and nothing of anybody else's.

import { describe, expect, it } from 'vitest';
import type { Event } from '../../src/event/event.ts';
import { exampleEvents } from '../../src/event/examples.ts';
import { countKept, disableEndpoint, enableEndpoint } from '../../src/store/endpoint-health.ts';
import { addEndpoint, listEndpoints } from '../../src/store/endpoints.ts';
import { saveEvents } from '../../src/store/events.ts';
import { enqueueForEndpoints } from '../../src/store/outbox.ts';
import type { Db } from '../../src/store/schema.ts';
import { ENDPOINT_OPERATIONS } from '../../src/web/api/endpoint-operations.ts';
import { type Answered, askAs, openEndpoints } from './endpoints-world.ts';
import { NOW } from './world.ts';

const ALL = '/api/endpoints';
const URL_OF_TEAM = 'https://team.example.org/hooks/draws';
const SLACK = 'https://hooks.slack.example.org/services/T0/B0/s3cret';

/** An event without a draw, so that none need be stored, for an endpoint that the operator had ask for it. */
async function tell(db: Db, id: string, name: string): Promise<void> {
  await db.updateTable('endpoints').set({ events: '["source.failing"]' }).where('key', '=', id).execute();
  const failing = exampleEvents().find(({ type }) => type === 'source.failing') as Event;
  const event = { ...failing, id: `source.failing/${name}`, at: NOW };
  await saveEvents(db, [event]);
  await enqueueForEndpoints(db, event, NOW);
}

describe('an endpoint', () => {
  it('is added, shown with its secret this once, and belongs to the team of the key', async () => {
    const { acme, db } = await openEndpoints();

    const added = await acme('POST', ALL, { url: 'https://Team.example.org/hooks/draws' });
    const list = await acme('GET', ALL);
    const one = await acme('GET', `${ALL}/${added.body.id}`);

    const { id, secret } = added.body;
    const shown = {
      id: expect.stringMatching(/^ep_[0-9a-f]{24}$/),
      url: URL_OF_TEAM,
      kind: 'standard',
      locale: 'en',
      events: null,
      sources: null,
      drawTypes: null,
      team: 'Acme',
      createdAt: NOW,
      state: 'well',
      failingSince: null,
      resumeAt: null,
      previousUntil: null,
      disabled: null,
      kept: 0,
    };
    expect(added.status).toBe(201);
    expect(added.headers.get('Location')).toBe(`./endpoints/${id}`);
    expect(added.body).toEqual({ ...shown, secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/) });
    expect([list.status, list.body]).toEqual([200, { endpoints: [shown] }]);
    expect([one.status, one.body]).toEqual([200, shown]);
    expect(JSON.stringify([list.body, one.body])).not.toContain('whsec_');
    expect((await listEndpoints(db, NOW))[0]?.secrets).toEqual([secret]);
  });

  it('gets what it asks for, each thing once', async () => {
    const { acme } = await openEndpoints();

    const { status, body } = await acme('POST', ALL, {
      url: URL_OF_TEAM,
      kind: 'standard',
      events: ['draw.published', 'draw.published', 'record.set'],
      sources: ['ircc'],
      drawTypes: ['cec', 'other:agri-food', 'cec'],
      locale: 'fr',
    });

    expect(status).toBe(201);
    expect(body).toMatchObject({
      events: ['draw.published', 'record.set'],
      sources: ['ircc'],
      drawTypes: ['cec', 'other:agri-food'],
      locale: 'fr',
    });
  });

  it('of a service gets each draw once unless all is asked for, and its URL is not shown again', async () => {
    const { acme } = await openEndpoints();

    const slack = await acme('POST', ALL, { url: SLACK, kind: 'slack' });
    const everything = await acme('POST', ALL, { url: SLACK, kind: 'discord', events: null });
    const list = await acme('GET', ALL);
    const changed = await acme('PATCH', `${ALL}/${slack.body.id}`, { locale: 'fr' });
    const rotated = await acme('POST', `${ALL}/${slack.body.id}/rotate`);

    expect(slack.body).toMatchObject({
      url: 'https://hooks.slack.example.org/…',
      secret: null,
      events: ['draw.published', 'draw.corrected', 'draw.withdrawn'],
    });
    expect(everything.body.events).toBeNull();
    expect(rotated.status).toBe(409);
    expect(JSON.stringify([slack, everything, list, changed, rotated].map(({ body }) => body))).not.toMatch(
      /s3cret|whsec/,
    );
  });

  it('changes in what is said, and stays as it is in the rest', async () => {
    const { acme } = await openEndpoints();
    const { body } = await acme('POST', ALL, {
      url: URL_OF_TEAM,
      drawTypes: ['cec'],
      events: ['draw.published'],
    });
    const { secret: _, ...before } = body;
    const path = `${ALL}/${body.id}`;

    const narrowed = await acme('PATCH', path, {
      url: 'https://example.org/b',
      drawTypes: ['french', 'french'],
    });
    const widened = await acme('PATCH', path, { drawTypes: null, events: null, locale: 'fr' });
    const nothing = await acme('PATCH', path, {});

    expect([narrowed.status, narrowed.body]).toEqual([
      200,
      { ...before, url: 'https://example.org/b', drawTypes: ['french'] },
    ]);
    expect(widened.body).toEqual({ ...narrowed.body, drawTypes: null, events: null, locale: 'fr' });
    expect([nothing.status, nothing.body.error.faults[0].found]).toEqual([422, 'nothing']);
  });

  it('is forgotten, with what was still to be sent', async () => {
    const { acme, db } = await openEndpoints();
    const { body } = await acme('POST', ALL, { url: URL_OF_TEAM });
    await tell(db, body.id, 'one');

    const removed = await acme('DELETE', `${ALL}/${body.id}`);
    const again = await acme('DELETE', `${ALL}/${body.id}`);

    expect([removed.status, removed.body, again.status]).toEqual([204, null, 404]);
    expect(await db.selectFrom('outbox').selectAll().execute()).toEqual([]);
  });

  it('gets another secret, beside which the old one signs for a day', async () => {
    const { acme, db } = await openEndpoints();
    const { body } = await acme('POST', ALL, { url: URL_OF_TEAM });

    const rotated = await acme('POST', `${ALL}/${body.id}/rotate`);

    const { secret } = rotated.body;
    expect(rotated.body).toEqual({
      id: body.id,
      secret: expect.stringMatching(/^whsec_/),
      previousUntil: '2024-06-01T16:00:00.000Z',
    });
    expect((await listEndpoints(db, NOW))[0]?.secrets).toEqual([secret, body.secret]);
  });

  it('is disabled, which keeps what waits; enabled, which says so; and told of by its health', async () => {
    const { acme, db } = await openEndpoints();
    const { id } = (await acme('POST', ALL, { url: URL_OF_TEAM })).body;
    await tell(db, id, 'one');

    const disabled = await acme('POST', `${ALL}/${id}/disable`);
    const shown = await acme('GET', `${ALL}/${id}`);
    const enabled = await acme('POST', `${ALL}/${id}/enable`);

    expect(disabled.body).toEqual({ disabled: id, kept: 1 });
    expect(shown.body).toMatchObject({ state: 'disabled', disabled: { at: NOW, why: 'team' }, kept: 1 });
    expect(enabled.body).toEqual({ enabled: id, kept: 1, keptSince: NOW });
    expect((await acme('GET', `${ALL}/${id}`)).body).toMatchObject({
      state: 'well',
      disabled: null,
      kept: 1,
    });
  });

  it('stays disabled where the operator did it, also on top of the team, until the operator takes it back', async () => {
    const { acme, db, receiver, woken } = await openEndpoints();
    const { id } = (await acme('POST', ALL, { url: receiver.url })).body;
    await acme('POST', `${ALL}/${id}/disable`);
    await disableEndpoint(db, id, 'operator', NOW);

    const refused = [
      await acme('POST', `${ALL}/${id}/enable`),
      await acme('POST', `${ALL}/${id}/replay`, { since: '2024-05-31' }),
      await acme('POST', `${ALL}/${id}/test`),
      await acme('POST', `${ALL}/${id}/disable`),
    ];

    const shown = (await acme('GET', `${ALL}/${id}`)).body;
    expect(refused.map(({ status }) => status)).toEqual([409, 409, 409, 200]);
    expect(refused[0]?.body.error.message).toContain('only they enable it again');
    expect(shown.disabled).toEqual({ at: NOW, why: 'operator' });
    expect(receiver.received).toEqual([]);
    expect(woken()).toBe(0);
    await enableEndpoint(db, id);
    expect((await acme('POST', `${ALL}/${id}/enable`)).status).toBe(200);
  });

  it('is sent again what it has not had, by whoever delivers', async () => {
    const { acme, db, woken } = await openEndpoints();
    const { id } = (await acme('POST', ALL, { url: URL_OF_TEAM })).body;
    await tell(db, id, 'one');
    await disableEndpoint(db, id, 'gone', NOW);

    const replayed = await acme('POST', `${ALL}/${id}/replay`, { since: '2024-05-31' });

    expect(replayed.status).toBe(202);
    expect(replayed.body).toEqual({
      replayed: id,
      since: '2024-05-31T00:00:00.000Z',
      enabled: true,
      resumeAt: null,
      queued: 1,
      inHand: 0,
    });
    expect(woken()).toBe(1);
    expect((await countKept(db)).size).toBe(0);
    const deliveries = await acme('GET', `${ALL}/${id}/deliveries`);
    expect(deliveries.body.deliveries).toEqual([
      {
        event: 'source.failing/one',
        status: 'queued',
        attempts: 0,
        dueAt: NOW,
        settledAt: null,
        detail: null,
      },
    ]);
  });

  it.each([
    [{}, 'since'],
    [{ since: 'yesterday' }, 'since'],
    [{ since: '2024-06-01' }, 'since'],
    [{ since: '2024-05-31', all: 'yes' }, 'all'],
    [{ since: '2024-05-31', from: 'x' }, 'from'],
  ])('is not replayed with %j, and not enabled either', async (body, where) => {
    const { acme, woken } = await openEndpoints();
    const { id } = (await acme('POST', ALL, { url: URL_OF_TEAM })).body;
    await acme('POST', `${ALL}/${id}/disable`);

    const refused = await acme('POST', `${ALL}/${id}/replay`, body);

    expect(refused.status).toBe(422);
    expect(refused.body.error.faults).toMatchObject([{ where }]);
    expect((await acme('GET', `${ALL}/${id}`)).body.state).toBe('disabled');
    expect(woken()).toBe(0);
  });
});

describe('what cannot be an endpoint', () => {
  it('is told with all that is wrong, and nothing of the URL', async () => {
    const { acme, db } = await openEndpoints();

    const { status, body } = await acme('POST', ALL, {
      url: 'https://user:hunter2@example.org/s3cret',
      kind: 'pigeon',
      events: ['draw.nonsense', 'draw.published'],
      sources: ['mars'],
      drawTypes: ['cake', 'other:'],
      locale: 'de',
      team: 'Bolt',
    });

    expect(status).toBe(422);
    expect(body.error.message).toBe('the body cannot be used');
    expect(body.error.faults.map(({ where }: { where: string }) => where)).toEqual([
      'url',
      'kind',
      'events[0]',
      'sources[0]',
      'drawTypes[0]',
      'drawTypes[1]',
      'locale',
      'team',
    ]);
    expect(body.error.faults[0]).toEqual({
      where: 'url',
      expected: 'a URL without a name or password in it',
      found: 'something else',
    });
    expect(body.error.faults[2].found).toBe('"draw.nonsense"');
    expect(JSON.stringify(body)).not.toMatch(/hunter2|s3cret/);
    expect(await listEndpoints(db, NOW)).toEqual([]);
  });

  it.each([
    ['http://example.org/', 'url'],
    ['https://10.0.0.7/', 'url'],
    ['https://[::1]/', 'url'],
    ['https://169.254.169.254/latest/meta-data', 'url'],
    ['ftp://example.org/', 'url'],
    ['file:///etc/passwd', 'url'],
    ['example.org', 'url'],
    ['', 'url'],
    [`https://example.org/${'x'.repeat(2_048)}`, 'url'],
    [7, 'url'],
    [null, 'url'],
    [undefined, 'url'],
  ])('is %j', async (url, where) => {
    const { acme } = await openEndpoints();
    const { id } = (await acme('POST', ALL, { url: URL_OF_TEAM })).body;

    const added = await acme('POST', ALL, { url });
    const changed = await acme('PATCH', `${ALL}/${id}`, url === undefined ? { url: 1 } : { url });

    expect([added.status, changed.status]).toEqual([422, 422]);
    expect(added.body.error.faults).toMatchObject([{ where }]);
    expect((await acme('GET', `${ALL}/${id}`)).body.url).toBe(URL_OF_TEAM);
  });

  it('is a topic of ntfy without a topic, when it is added and when it moves', async () => {
    const { acme } = await openEndpoints();
    const { id } = (await acme('POST', ALL, { url: 'https://ntfy.example.org/topic', kind: 'ntfy' })).body;

    const added = await acme('POST', ALL, { url: 'https://ntfy.example.org/', kind: 'ntfy' });
    const moved = await acme('PATCH', `${ALL}/${id}`, { url: 'https://ntfy.example.org/' });

    expect([added.status, moved.status]).toEqual([422, 422]);
    expect(added.body.error.faults).toMatchObject([{ where: 'url' }]);
  });

  it.each(['source.failing', 'endpoint.disabled', 'mail.stopped'])(
    'is one for %s: that is for the operator, and may tell of other teams',
    async (event) => {
      const { acme } = await openEndpoints();
      const { id } = (await acme('POST', ALL, { url: URL_OF_TEAM })).body;

      const answers = [
        await acme('POST', ALL, { url: URL_OF_TEAM, events: [event] }),
        await acme('PATCH', `${ALL}/${id}`, { events: ['draw.published', event] }),
        await acme('POST', `${ALL}/${id}/test`, { events: [event] }),
      ];

      expect(answers.map(({ status }) => status)).toEqual([422, 422, 422]);
    },
  );

  it('is an empty list of wishes, or one that is no list', async () => {
    const { acme } = await openEndpoints();

    const answers = ['events', 'sources', 'drawTypes'].flatMap((field) =>
      [[], 'cec', {}, [null]].map((value) => acme('POST', ALL, { url: URL_OF_TEAM, [field]: value })),
    );

    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual(Array(12).fill(422));
  });

  it('is more than fifty of a team, whatever others have', async () => {
    const { acme, bolt, db } = await openEndpoints();
    for (let number = 0; number < 49; number += 1)
      await addEndpoint(db, { url: URL_OF_TEAM, kind: 'standard', team: 'Acme' }, NOW);

    const answers = await Promise.all([1, 2, 3].map(() => acme('POST', ALL, { url: URL_OF_TEAM })));
    const other = await bolt('POST', ALL, { url: URL_OF_TEAM });

    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect(other.status).toBe(201);
  });
});

describe('a body', () => {
  it.each([
    ['{', 'application/json', 400],
    ['', 'application/json', 400],
    ['{"url":"\u0000', 'application/json; charset=utf-8', 400],
    [new Uint8Array([0x22, 0xff, 0x22]), 'application/json', 400],
    ['null', 'application/json', 422],
    ['[]', 'application/json', 422],
    ['{"__proto__":{"url":"https://example.org/"}}', 'application/json', 422],
    ['{}', 'text/plain', 415],
    ['{}', 'application/x-www-form-urlencoded', 415],
    ['{}', 'application/jsonp', 415],
    [`"${'x'.repeat(64 * 1024)}"`, 'application/json', 413],
  ])('%j as %s is answered with %i', async (body, type, status) => {
    const { app, key } = await openEndpoints();
    const headers = { Authorization: `Bearer ${key}`, 'Content-Type': type };

    const answer = await app.request(ALL, { method: 'POST', body, headers });

    expect(answer.status).toBe(status);
    expect(await answer.json()).toEqual({
      error: { message: expect.any(String), faults: expect.any(Array) },
    });
  });
});

describe('without a key', () => {
  it('nothing is said, and what is wrong with one is not told', async () => {
    const world = await openEndpoints();
    const { id } = (await world.acme('POST', ALL, { url: URL_OF_TEAM })).body;
    const last = world.key.endsWith('A') ? 'B' : 'A';
    const keys = [
      null,
      '',
      'x',
      `${world.key.slice(0, -1)}${last}`,
      `drawbell_${'0'.repeat(12)}_${'A'.repeat(43)}`,
    ];
    const requests: [string, string][] = [
      ['GET', ALL],
      ['POST', ALL],
      ['GET', `${ALL}/${id}`],
      ['PATCH', `${ALL}/${id}`],
      ['DELETE', `${ALL}/${id}`],
      ['GET', `${ALL}/${id}/deliveries`],
      ...['test', 'rotate', 'replay', 'enable', 'disable'].map((verb): [string, string] => [
        'POST',
        `${ALL}/${id}/${verb}`,
      ]),
    ];

    const answers = await Promise.all(
      keys.flatMap((key) => requests.map(([method, path]) => askAs(world, key)(method, path))),
    );

    expect(
      new Set(
        answers.map(({ status, body, headers }) =>
          JSON.stringify([status, headers.get('WWW-Authenticate'), body]),
        ),
      ),
    ).toEqual(new Set([expect.stringMatching(/^\[401,"Bearer realm=\\"drawbell\\"",/)]));
    expect((await world.acme('GET', ALL)).body.endpoints).toHaveLength(1);
  });

  it('in the form of another scheme, or beside it, it is none', async () => {
    const { app, key } = await openEndpoints();
    const ask = async (Authorization: string) =>
      (await app.request(ALL, { headers: { Authorization } })).status;

    const statuses = [`Basic ${key}`, key, `Bearer ${key} ${key}`, `Bearer  ${key}`, `bearer ${key}`].map(
      ask,
    );
    const inUrl = (await app.request(`${ALL}?access_token=${key}`)).status;

    expect(await Promise.all(statuses)).toEqual([401, 401, 401, 200, 200]);
    expect(inUrl).toBe(401);
  });
});

describe("another team's endpoint, or the operator's,", () => {
  it('is as if there were none', async () => {
    const { acme, bolt, db } = await openEndpoints();
    const theirs = (await bolt('POST', ALL, { url: URL_OF_TEAM })).body.id;
    const { id: ofNobody } = await addEndpoint(db, { url: URL_OF_TEAM, kind: 'standard' }, NOW);
    const before = await db.selectFrom('endpoints').selectAll().execute();
    const requests = (id: string): [string, string, object?][] => [
      ['GET', `${ALL}/${id}`],
      ['PATCH', `${ALL}/${id}`, { url: 'https://evil.example.org/' }],
      ['DELETE', `${ALL}/${id}`],
      ['GET', `${ALL}/${id}/deliveries`],
      ['POST', `${ALL}/${id}/test`],
      ['POST', `${ALL}/${id}/rotate`],
      ['POST', `${ALL}/${id}/replay`, { since: '2024-05-31' }],
      ['POST', `${ALL}/${id}/disable`],
      ['POST', `${ALL}/${id}/enable`],
    ];

    const answers = [];
    for (const id of [theirs, ofNobody, 'ep_000000000000000000000000', '%2e%2e%2f', 'null'])
      for (const [method, path, body] of requests(id)) answers.push(await acme(method, path, body));

    expect(new Set(answers.map(({ status, body }) => `${status} ${body.error.message}`))).toEqual(
      new Set(['404 there is no such endpoint']),
    );
    expect((await acme('GET', ALL)).body.endpoints).toEqual([]);
    expect(await db.selectFrom('endpoints').selectAll().execute()).toEqual(before);
  });
});

describe('the answers', () => {
  it('are what the document says of them, and nothing else', async () => {
    const { acme, receiver, db } = await openEndpoints();
    const added = await acme('POST', ALL, { url: receiver.url });
    const { id } = added.body;
    await tell(db, id, 'one');
    const answers = new Map<string, Answered>([['addEndpoint', added]]);
    const paths = ENDPOINT_OPERATIONS.filter(({ method }) => method !== 'delete' && method !== 'patch').slice(
      1,
    );

    for (const { id: name, method, path, body } of paths)
      answers.set(name, await acme(method.toUpperCase(), path.replace('{id}', id), body?.example));
    answers.set('changeEndpoint', await acme('PATCH', `${ALL}/${id}`, { locale: 'fr' }));
    answers.set('removeEndpoint', await acme('DELETE', `${ALL}/${id}`));

    expect(answers.size).toBe(ENDPOINT_OPERATIONS.length);
    for (const operation of ENDPOINT_OPERATIONS) {
      const { status, body } = answers.get(operation.id) as Answered;
      const said = operation.answers[status];
      expect(said, `${operation.id} ${status}`).toBeDefined();
      // What a schema does not know of it leaves out.
      expect(said?.schema ? said.schema.parse(body) : null).toEqual(body);
    }
  });

  it('are kept nowhere, and read by no page of elsewhere', async () => {
    const { acme, app } = await openEndpoints();
    const origin = { headers: { Origin: 'https://evil.example.org' } };

    const list = await acme('GET', ALL, undefined, origin);
    const preflight = await app.request(ALL, {
      method: 'OPTIONS',
      headers: {
        Origin: 'https://evil.example.org',
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': 'authorization',
      },
    });

    expect(list.headers.get('Cache-Control')).toBe('no-store');
    for (const { headers } of [list, preflight])
      expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it('are there below the path of the public URL too', async () => {
    const { acme } = await openEndpoints({ publicUrl: 'https://example.org/draws/' });

    const added = await acme('POST', `/draws${ALL}`, { url: URL_OF_TEAM });

    expect(added.status).toBe(201);
    expect((await acme('GET', `/draws${ALL}/${added.body.id}`)).status).toBe(200);
  });
});
