// A team's webhook: what a real receiver gets, and what its answer means.

import type { ServerResponse } from 'node:http';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openReceiver, type Receiver } from '../../src/demo/receiver.ts';
import { SOURCE_EVENT_TYPES } from '../../src/event/event.ts';
import { ENDPOINT_KINDS, type Endpoint, type NoticeOf } from '../../src/match/notice.ts';
import { resultOf } from '../../src/notify/answer.ts';
import { webhookBody } from '../../src/notify/formats/standard.ts';
import { openWebhook } from '../../src/notify/webhook.ts';
import { closedAddress, serveSocket } from '../support/http.ts';
import { DRAW, SOURCE_DATA, sampleNotice, sourceEvent } from './sample-notices.ts';

const SECRET = `whsec_${Buffer.from('thirty-two bytes of test secret!').toString('base64')}`;
const KEY = 'msg_0123456789abcdef0123456789abcdef';
const { event: EVENT } = sampleNotice();

async function receiver(answer?: (response: ServerResponse) => void): Promise<Receiver> {
  const team = await openReceiver();
  onTestFinished(() => team.close());
  team.trust(SECRET);
  if (answer) team.answerWith(answer);
  return team;
}

function notice(url: string, endpoint: Partial<Endpoint> = {}): NoticeOf<'webhook'> {
  return {
    channel: 'webhook',
    key: KEY,
    event: EVENT,
    endpoint: { id: 'ep_1', url, kind: 'standard', locale: 'en', secrets: [SECRET], ...endpoint },
  };
}

async function send(
  url: string,
  options: { timeout?: number; answerTime?: number; siteUrl?: string } = {},
  endpoint: Partial<Endpoint> = {},
) {
  const channel = await openWebhook({ userAgent: 'drawbell/test', allowPrivate: ['127.0.0.1'], ...options });
  onTestFinished(() => channel.close());
  return channel.send(notice(url, endpoint));
}

const answering =
  (status: number, headers: Record<string, string> = {}) =>
  (response: ServerResponse) => {
    response.writeHead(status, headers).end();
  };

describe('a webhook', () => {
  it('brings type, timestamp and data, and nothing else, as JSON', async () => {
    const team = await receiver();

    const result = await send(team.url);

    const [post] = team.received;
    const body = JSON.parse(post?.body ?? '');
    expect(result).toEqual({ outcome: 'sent', detail: 'answered 204', status: 204 });
    expect(Object.keys(body)).toEqual(['type', 'timestamp', 'data']);
    expect(body).toEqual({ type: 'draw.published', timestamp: EVENT.at, data: EVENT.data });
    expect(post?.body).toBe(webhookBody(EVENT));
    expect(post?.headers).toMatchObject({
      'content-type': 'application/json',
      'user-agent': 'drawbell/test',
      'webhook-id': KEY,
    });
  });

  it('leads people to our page of the draw where there are pages, and programs nowhere', async () => {
    const team = await receiver();
    const siteUrl = 'https://draws.example.github.io/drawbell';

    for (const kind of ['slack', 'standard'] as const) await send(team.url, { siteUrl }, { kind });

    const [slack, standard] = team.received.map(({ body }) => body);
    expect(slack).toContain(`<${siteUrl}/en/draws/ircc-297/|Everything about this draw>`);
    expect(standard).toBe(webhookBody(EVENT));
  });

  it('is signed so that any Standard Webhooks library verifies it, and no other secret or body does', async () => {
    const team = await receiver();

    await send(team.url);

    const [post] = team.received;
    const headers = post?.headers as Record<string, string>;
    const body = post?.body ?? '';
    const other = `whsec_${Buffer.from('another secret, also of 32 bytes').toString('base64')}`;
    expect(post?.verified).toBe(true);
    expect(new Webhook(SECRET).verify(body, headers)).toEqual(JSON.parse(body));
    expect(() => new Webhook(other).verify(body, headers)).toThrow();
    expect(() => new Webhook(SECRET).verify(body.replace('522', '422'), headers)).toThrow();
    expect(() => new Webhook(SECRET).verify(body, { ...headers, 'webhook-id': 'msg_x' })).toThrow();
  });

  it('is signed by both secrets while both are valid, and verifies under either', async () => {
    const team = await receiver();
    const before = `whsec_${Buffer.from('the secret before, 32 bytes too.').toString('base64')}`;

    await send(team.url, {}, { secrets: [SECRET, before] });

    const [post] = team.received;
    const headers = post?.headers as Record<string, string>;
    const signatures = headers['webhook-signature']?.split(' ') ?? [];
    expect(signatures).toEqual([
      expect.stringMatching(/^v1,[\w+/]{43}=$/),
      expect.stringMatching(/^v1,[\w+/]{43}=$/),
    ]);
    for (const secret of [SECRET, before])
      expect(new Webhook(secret).verify(post?.body ?? '', headers)).toMatchObject({ type: 'draw.published' });
    for (const [index, secret] of [before, SECRET].entries()) {
      const one = { ...headers, 'webhook-signature': signatures[index] as string };
      expect(() => new Webhook(secret).verify(post?.body ?? '', one)).toThrow();
    }
  });

  it('is stamped with the real time, in seconds', async () => {
    const team = await receiver();
    const before = Math.floor(Date.now() / 1_000);

    await send(team.url);

    const stamp = Number(team.received[0]?.headers['webhook-timestamp']);
    expect(stamp).toBeGreaterThanOrEqual(before);
    expect(stamp).toBeLessThanOrEqual(Date.now() / 1_000);
  });

  it.each(ENDPOINT_KINDS.filter((kind) => kind !== 'standard'))(
    'of a service with a form of its own bears no signature and no id: %s',
    async (kind) => {
      const team = await receiver();

      const result = await send(team.url, {}, { kind });

      const names = Object.keys(team.received[0]?.headers ?? {});
      expect(result.outcome).toBe('sent');
      expect(names.filter((name) => name.startsWith('webhook-'))).toEqual([]);
      expect(names).toEqual(expect.arrayContaining(['content-type', 'user-agent']));
    },
  );

  it('keeps its id and its body when it is sent again', async () => {
    const team = await receiver();

    await send(team.url);
    await send(team.url);

    expect(team.received.map(({ headers }) => headers['webhook-id'])).toEqual([KEY, KEY]);
    expect(team.received[0]?.body).toBe(team.received[1]?.body);
    expect(team.received.every(({ verified }) => verified)).toBe(true);
  });
});

describe('the body of an event about a source', () => {
  it.each(SOURCE_EVENT_TYPES.filter((type) => type !== 'source.quarantined'))(
    'holds type, timestamp and data: %s',
    (type) => {
      const event = sourceEvent(type);

      expect(JSON.parse(webhookBody(event))).toEqual({ type, timestamp: event.at, data: SOURCE_DATA[type] });
    },
  );

  it('tells of rounds that are kept apart without what was read of them', () => {
    const { data } = JSON.parse(webhookBody(sourceEvent('source.quarantined')));

    const rounds = SOURCE_DATA['source.quarantined'].rounds.map(({ draw: _, ...round }) => round);
    expect(data).toEqual({ source: 'ircc', count: 2, rounds });
  });

  it.each([
    ['many faults', 50, 'f'],
    ['long text', 3, '\u{1f600}"\\\r\n'.repeat(10_000)],
    ['marks that turn the writing around', 8, '\u202e\u0000'.repeat(5_000)],
  ])('stays below 20 KB whatever a page says: %s', (_, count, text) => {
    const faults = Array.from({ length: count }, () => ({ where: text, expected: text, found: text }));
    const round = {
      id: `ircc:${text}`,
      reason: 'unreadable' as const,
      faults,
      draw: { ...DRAW, label: text },
    };
    const rounds = Array.from({ length: 20 }, () => ({ ...round, since: '2024-05-31T15:00:00Z', looks: 1 }));

    const body = webhookBody(sourceEvent('source.quarantined', { count: 20, rounds }));

    const { data } = JSON.parse(body);
    expect(Buffer.byteLength(body)).toBeLessThan(20_000);
    expect(data.count).toBe(20);
    expect(data.rounds.length).toBeGreaterThan(0);
    expect(body).not.toMatch(/\u202e/);
  });
});

describe('the answer', () => {
  it.each([200, 201, 202, 204, 299])('%i: it was delivered', async (status) => {
    const team = await receiver(answering(status));

    expect(await send(team.url)).toEqual({ outcome: 'sent', detail: `answered ${status}`, status });
  });

  it.each([300, 304, 400, 401, 403, 404, 408, 500, 501])('%i: worth another attempt', async (status) => {
    const team = await receiver(answering(status));

    expect(await send(team.url)).toEqual({ outcome: 'refused', detail: `answered ${status}`, status });
  });

  it.each([429, 502, 503, 504])('%i: wants to be left alone for a while', async (status) => {
    const team = await receiver(answering(status));

    const result = await send(team.url);

    expect(result).toEqual({ outcome: 'refused', detail: `answered ${status}`, status, cause: 'busy' });
  });

  it.each([301, 302, 303, 307, 308])('%i: not followed, and worth another attempt', async (status) => {
    const elsewhere = await receiver();
    const team = await receiver(answering(status, { location: elsewhere.url }));

    expect(await send(team.url)).toEqual({
      outcome: 'refused',
      detail: `answered ${status}: redirects are not followed`,
      status,
    });
    expect(elsewhere.received).toEqual([]);
  });

  it('410: the endpoint is gone, and so is the notice', async () => {
    const team = await receiver(answering(410));

    expect(await send(team.url)).toEqual({
      outcome: 'failed',
      detail: 'answered 410: the endpoint is gone',
      status: 410,
      cause: 'gone',
    });
  });

  it.each([400, 429, 500, 503])('%i with Retry-After says for how long to wait', async (status) => {
    const team = await receiver(answering(status, { 'retry-after': '120' }));

    expect(await send(team.url)).toMatchObject({ outcome: 'refused', status, retryAfter: 120 });
  });

  it.each([200, 410, 500])('%i is kept with what it says', async (status) => {
    const team = await receiver((response) => response.writeHead(status).end('Schönen Dank\nfür nichts'));

    expect(await send(team.url)).toMatchObject({ status, answer: 'Schönen Dank\nfür nichts' });
  });

  it('is kept as far as 1,024 bytes, without half a character at the end', async () => {
    const team = await receiver((response) => response.writeHead(500).end(`x${'é'.repeat(4_000)}`));

    expect(await send(team.url)).toMatchObject({ status: 500, answer: `x${'é'.repeat(511)}` });
  });

  it('counts though the connection breaks right after it', async () => {
    const team = await receiver((response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('thank y', () => response.destroy());
    });

    expect(await send(team.url)).toMatchObject({ outcome: 'sent', status: 200, answer: 'thank y' });
  });

  it('may be of any length: what comes after the first part is not read', async () => {
    const team = await receiver((response) => {
      response.writeHead(200);
      const pour = () => {
        while (!response.destroyed && response.write('x'.repeat(64 * 1024)));
      };
      response.on('drain', pour);
      pour();
    });

    expect(await send(team.url)).toMatchObject({ outcome: 'sent', status: 200, answer: 'x'.repeat(1_024) });
  });
});

describe('no answer', () => {
  it('in time is worth another attempt', async () => {
    const team = await receiver(() => undefined);

    const result = await send(team.url, { timeout: 200 });

    expect(result).toEqual({ outcome: 'refused', detail: 'no answer: it took too long' });
  });

  it('that ends is waited for no longer than that, and its status counts', async () => {
    const team = await receiver((response) => response.writeHead(200).write('a'));

    // Time enough for the status on a busy machine; the text alone would be waited for longer than a test may take.
    const result = await send(team.url, { timeout: 2_500, answerTime: 60_000 });

    expect(result).toEqual({ outcome: 'sent', detail: 'answered 200', status: 200, answer: 'a' });
  });

  it('because nobody listens is worth another attempt', async () => {
    const url = `${await closedAddress(onTestFinished)}/hooks/s3cret-path`;

    const detail = 'no answer: nobody listens there (ECONNREFUSED)';
    expect(await send(url)).toEqual({ outcome: 'refused', detail });
  });

  it('because the connection is closed is worth another attempt, and only one is made', async () => {
    let connections = 0;
    const url = await serveSocket(onTestFinished, (socket) => {
      connections += 1;
      socket.destroy();
    });

    const { outcome, detail } = await send(`${url}/hooks/s3cret-path`);

    expect(outcome).toBe('refused');
    expect(detail).toMatch(/^no answer: the connection was cut \((UND_ERR_SOCKET|ECONNRESET)\)$/);
    expect(connections).toBe(1);
  });

  it('never names the address or the secret', async () => {
    const garbled = await serveSocket(onTestFinished, (socket) => socket.end('HTTP/9 s3cret-path\r\n\r\n'));
    const answers = [
      'http://127.0.0.1:1/s3cret-path',
      `${garbled}/s3cret-path`,
      'http://[::1/s3cret-path',
      'nonsense s3cret-path',
    ];

    for (const url of answers) {
      const { outcome, detail } = await send(url);

      expect(outcome).toBe('refused');
      expect(detail).not.toMatch(/s3cret-path|127\.0|whsec|:\/\//);
    }
  });
});

describe('Retry-After', () => {
  const NOW = new Date('2024-05-31T16:00:00Z');

  it('given twice counts once', () => {
    expect(resultOf(503, ['60', '90'], NOW)).toMatchObject({ retryAfter: 60 });
  });

  it('that cannot be read says nothing', () => {
    expect(resultOf(503, 'soon', NOW)).not.toHaveProperty('retryAfter');
  });

  it('says nothing with a success or an end', () => {
    expect(resultOf(204, '60', NOW)).not.toHaveProperty('retryAfter');
    expect(resultOf(410, '60', NOW)).not.toHaveProperty('retryAfter');
  });
});
