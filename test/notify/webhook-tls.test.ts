// A webhook over https, as every one is that leaves this machine: to a receiver whose certificate is trusted, and to
// one whose is not.

import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { Webhook } from 'standardwebhooks';
import { afterEach, expect, onTestFinished, test } from 'vitest';
import type { NoticeOf } from '../../src/match/notice.ts';
import { openWebhook } from '../../src/notify/webhook.ts';
import { serveTls } from '../support/http.ts';
import { selfSigned } from './certificate.ts';
import { sampleNotice } from './sample-notices.ts';

const SECRET = `whsec_${Buffer.from('thirty-two bytes of test secret!').toString('base64')}`;
const TRUSTED = getCACertificates('default');
afterEach(() => setDefaultCACertificates(TRUSTED));

interface Received {
  headers: Record<string, string>;
  body: string;
  servername: unknown;
}

/** A receiver with a certificate for this name, and what it got. */
async function openSafeReceiver(name: string) {
  const { key, cert } = selfSigned(name);
  const received: Received[] = [];
  const port = await serveTls(onTestFinished, { key, cert }, async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { servername } = request.socket as unknown as { servername: unknown };
    received.push({ headers: request.headers as Record<string, string>, body, servername });
    response.writeHead(200, { 'content-type': 'text/plain' }).end('thank you');
  });
  return { cert, received, port };
}

async function send(url: string) {
  const channel = await openWebhook({
    userAgent: 'drawbell/test',
    allowPrivate: [],
    // The name server's answer, and for this test alone the permission to believe it.
    lookup: async () => [{ address: '127.0.0.1', family: 4 }],
    mayReach: (address) => address === '127.0.0.1',
    timeout: 5_000,
  });
  onTestFinished(() => channel.close());
  const notice: NoticeOf<'webhook'> = {
    channel: 'webhook',
    key: 'msg_0123456789abcdef0123456789abcdef',
    event: sampleNotice().event,
    endpoint: { id: 'ep_1', url, kind: 'standard', locale: 'en', secrets: [SECRET] },
  };
  return channel.send(notice);
}

test('reaches the host of its name, whose certificate is that name’s, signed as over any other way', async () => {
  const team = await openSafeReceiver('hooks.example.org');
  setDefaultCACertificates([...TRUSTED, team.cert]);

  const result = await send(`https://hooks.example.org:${team.port}/draws`);

  const [{ headers, body, servername } = { headers: {}, body: '', servername: null }] = team.received;
  expect(result).toEqual({ outcome: 'sent', detail: 'answered 200', status: 200, answer: 'thank you' });
  expect(servername).toBe('hooks.example.org');
  expect(new Webhook(SECRET).verify(body, headers)).toMatchObject({ type: 'draw.published' });
});

test('sends nothing to a host whose certificate is another’s, or made by nobody we trust', async () => {
  const [other, unknown] = await Promise.all([
    openSafeReceiver('other.example.org'),
    openSafeReceiver('hooks.example.org'),
  ]);
  setDefaultCACertificates([...TRUSTED, other.cert]);

  const results = [
    await send(`https://hooks.example.org:${other.port}/s3cret`),
    await send(`https://hooks.example.org:${unknown.port}/s3cret`),
  ];

  expect(results.map(({ outcome }) => outcome)).toEqual(['refused', 'refused']);
  expect(results.map(({ detail }) => detail).join()).not.toMatch(/s3cret|example/);
  expect([...other.received, ...unknown.received]).toEqual([]);
});
