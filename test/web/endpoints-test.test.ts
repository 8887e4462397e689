// Examples that a team has sent to its endpoint: real posts, few of them, and never for long.

import { describe, expect, it, onTestFinished } from 'vitest';
import { sendExamples } from '../../src/cli/webhooks/examples.ts';
import type { StoredEndpoint } from '../../src/store/endpoints.ts';
import { listEndpoints } from '../../src/store/endpoints.ts';
import { closedAddress } from '../support/http.ts';
import { openEndpoints } from './endpoints-world.ts';
import { NOW } from './world.ts';

const ALL = '/api/endpoints';

describe('the test of an endpoint', () => {
  it('sends a signed example of each event it gets, also while it is disabled, and records nothing', async () => {
    const { acme, receiver, db } = await openEndpoints();
    const { id, secret } = (await acme('POST', ALL, { url: receiver.url, drawTypes: ['military'] })).body;
    receiver.trust(secret);
    await acme('POST', `${ALL}/${id}/disable`);

    const { status, body } = await acme('POST', `${ALL}/${id}/test`);

    expect(status).toBe(200);
    expect(body).toMatchObject({ id, notSent: [] });
    expect(body.examples).toHaveLength(7);
    expect(body.examples[0]).toEqual({
      type: 'draw.published',
      webhookId: receiver.received[0]?.headers['webhook-id'],
      outcome: 'sent',
      detail: 'answered 204',
      status: 204,
      milliseconds: expect.any(Number),
      answer: null,
    });
    expect(receiver.received.map(({ verified }) => verified)).toEqual(Array(7).fill(true));
    expect(await db.selectFrom('outbox').selectAll().execute()).toEqual([]);
    expect((await listEndpoints(db, NOW))[0]?.disabled).toMatchObject({ why: 'team' });
  });

  it('sends those that are asked for, with a body or with none at all', async () => {
    const { acme, receiver } = await openEndpoints();
    const { id } = (await acme('POST', ALL, { url: receiver.url, events: ['draw.withdrawn'] })).body;

    const asked = await acme('POST', `${ALL}/${id}/test`, { events: ['record.set', 'draw.published'] });
    const bare = await acme('POST', `${ALL}/${id}/test`, undefined, { headers: { 'Content-Type': '' } });
    const odd = await acme('POST', `${ALL}/${id}/test`, { events: [] });

    const types = [asked, bare].map(({ body }) => body.examples.map(({ type }: { type: string }) => type));
    expect(types).toEqual([['draw.published', 'record.set'], ['draw.withdrawn']]);
    expect(odd.status).toBe(422);
    expect(receiver.received).toHaveLength(3);
  });

  it('shows what is answered, made harmless, and stops where nobody answers', async () => {
    const { acme, receiver } = await openEndpoints();
    const { id } = (await acme('POST', ALL, { url: receiver.url })).body;
    const nowhere = (await acme('POST', ALL, { url: await closedAddress(onTestFinished) })).body.id;
    receiver.answerWith((response) => response.writeHead(500).end('\n\u001b[31mNo such channel\nline 7'));

    const refused = await acme('POST', `${ALL}/${id}/test`, { events: ['draw.published'] });
    const gone = await acme('POST', `${ALL}/${nowhere}/test`);

    expect(refused.body.examples).toMatchObject([
      { outcome: 'refused', status: 500, answer: '[31mNo such channel' },
    ]);
    expect(gone.body.examples).toMatchObject([{ outcome: 'refused', status: null }]);
    expect(gone.body.notSent).toHaveLength(6);
  });

  it('is to be had six times a minute by a team, over all of its endpoints, and so is a replay', async () => {
    let now = new Date(NOW);
    const { acme, bolt, receiver } = await openEndpoints({ now: () => now });
    const ids: string[] = [];
    for (const ask of [acme, acme, bolt]) ids.push((await ask('POST', ALL, { url: receiver.url })).body.id);
    const test = (ask: typeof acme, id = '') =>
      ask('POST', `${ALL}/${id}/test`, { events: ['draw.published'] });
    const replay = () => acme('POST', `${ALL}/${ids[0]}/replay`, { since: '2024-05-31' });

    const tests = [];
    for (let number = 0; number < 8; number += 1) tests.push(await test(acme, ids[number % 2]));
    const other = await test(bolt, ids[2]);
    const replays = [];
    for (let number = 0; number < 7; number += 1) replays.push(await replay());
    now = new Date(now.getTime() + 60_000);
    const later = await test(acme, ids[0]);

    expect(tests.map(({ status }) => status)).toEqual([...Array(6).fill(200), 429, 429]);
    expect(tests[7]?.headers.get('Retry-After')).toBe('60');
    expect(replays.map(({ status }) => status)).toEqual([...Array(6).fill(202), 429]);
    expect([other.status, later.status]).toEqual([200, 200]);
    expect(receiver.received).toHaveLength(8);
  });
});

describe('examples with a time for all of them', () => {
  const endpoint = { id: 'ep_1', kind: 'standard', events: null } as StoredEndpoint;

  it('end with it, though nothing is answered: what was not sent is named', async () => {
    let sent = 0;
    const channel = {
      name: 'webhook' as const,
      send: () => {
        sent += 1;
        return new Promise<never>(() => undefined);
      },
      close: async () => undefined,
    };

    const { tried, left } = await sendExamples(channel, endpoint, null, 20);

    expect(tried).toMatchObject([
      { type: 'draw.published', outcome: 'refused', detail: 'no answer: it took too long' },
    ]);
    expect(left).toHaveLength(6);
    expect(sent).toBe(1);
  });
});
