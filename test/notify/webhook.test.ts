// A team's webhook: what a real receiver gets, and what its answer means.

import type { ServerResponse } from 'node:http';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openReceiver, type Receiver } from '../../src/demo/receiver.ts';
import { SOURCE_EVENT_TYPES } from '../../src/event/event.ts';
import type { NoticeOf } from '../../src/match/notice.ts';
import { openWebhook, resultOf, webhookBody } from '../../src/notify/webhook.ts';
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

function notice(url: string): NoticeOf<'webhook'> {
  return {
    channel: 'webhook',
    key: KEY,
    event: EVENT,
    endpoint: { id: 'ep_1', url, kind: 'standard', secret: SECRET },
  };
}

async function send(url: string, options: { timeout?: number } = {}) {
  const channel = await openWebhook({ userAgent: 'drawbell/test', ...options });
  onTestFinished(() => channel.close());
  return channel.send(notice(url));
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
    expect(result).toEqual({ outcome: 'sent', detail: 'answered 204' });
    expect(Object.keys(body)).toEqual(['type', 'timestamp', 'data']);
    expect(body).toEqual({ type: 'draw.published', timestamp: EVENT.at, data: EVENT.data });
    expect(post?.body).toBe(webhookBody(EVENT));
    expect(post?.headers).toMatchObject({
      'content-type': 'application/json',
      'user-agent': 'drawbell/test',
      'webhook-id': KEY,
    });
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

    expect(await send(team.url)).toEqual({ outcome: 'sent', detail: `answered ${status}` });
  });

  it.each([400, 401, 403, 404, 408, 429, 500, 502, 503])('%i: worth another attempt', async (status) => {
    const team = await receiver(answering(status));

    expect(await send(team.url)).toEqual({ outcome: 'refused', detail: `answered ${status}` });
  });

  it.each([301, 302, 307, 308])('%i: not followed, and worth another attempt', async (status) => {
    const elsewhere = await receiver();
    const team = await receiver(answering(status, { location: elsewhere.url }));

    expect(await send(team.url)).toEqual({ outcome: 'refused', detail: `answered ${status}` });
    expect(elsewhere.received).toEqual([]);
  });

  it('410: the endpoint is gone, and so is the notice', async () => {
    const team = await receiver(answering(410));

    expect(await send(team.url)).toEqual({
      outcome: 'failed',
      detail: 'answered 410: the endpoint is gone',
    });
  });

  it('429 with Retry-After says for how long to wait', async () => {
    const team = await receiver(answering(429, { 'retry-after': '120' }));

    expect(await send(team.url)).toEqual({ outcome: 'refused', detail: 'answered 429', retryAfter: 120 });
  });

  it('counts though the connection breaks right after it', async () => {
    const team = await receiver((response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('thank y', () => response.destroy());
    });

    expect(await send(team.url)).toEqual({ outcome: 'sent', detail: 'answered 200' });
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

    expect(await send(team.url)).toEqual({ outcome: 'sent', detail: 'answered 200' });
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

    const result = await send(team.url, { timeout: 200 });

    expect(result).toEqual({ outcome: 'sent', detail: 'answered 200' });
  });

  it('because nobody listens is worth another attempt', async () => {
    const url = `${await closedAddress()}/hooks/s3cret-path`;

    expect(await send(url)).toEqual({ outcome: 'refused', detail: 'no answer: ECONNREFUSED' });
  });

  it('because the connection is closed is worth another attempt, and only one is made', async () => {
    let connections = 0;
    const url = await serveSocket(onTestFinished, (socket) => {
      connections += 1;
      socket.destroy();
    });

    const { outcome, detail } = await send(`${url}/hooks/s3cret-path`);

    expect(outcome).toBe('refused');
    expect(detail).toMatch(/^no answer: (UND_ERR_SOCKET|ECONNRESET)$/);
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
  const retryAfter = (value: string | string[] | undefined) => {
    const result = resultOf(503, value, NOW);
    return result.outcome === 'refused' ? result.retryAfter : result;
  };

  it.each([
    ['120', 120],
    [' 7 ', 7],
    ['0', 0],
    ['Fri, 31 May 2024 16:02:00 GMT', 120],
    ['Fri, 31 May 2024 15:00:00 GMT', 0],
    ['Friday, 31-May-24 16:00:30 GMT', 30],
  ])('"%s" is %i seconds', (value, seconds) => {
    expect(retryAfter(value)).toBe(seconds);
  });

  it.each([undefined, '', 'soon', 'PT5M', '1e9999'])('"%s" asks for nothing', (value) => {
    expect(retryAfter(value)).toBeUndefined();
  });

  it('given twice counts once', () => {
    expect(retryAfter(['60', '90'])).toBe(60);
  });

  it('says nothing with a success or an end', () => {
    expect(resultOf(204, '60', NOW)).not.toHaveProperty('retryAfter');
    expect(resultOf(410, '60', NOW)).not.toHaveProperty('retryAfter');
  });
});
