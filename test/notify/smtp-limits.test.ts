// How much a mail server is asked for at a time: over all connections, for readers and operator together.

import { describe, expect, it, onTestFinished } from 'vitest';
import { openChannels } from '../../src/notify/index.ts';
import { mailServer, OPTIONS } from './mail-world.ts';
import { sampleNotice, sourceEvent } from './sample-notices.ts';

interface Limits {
  connections: number;
  perSecond: number | null;
}

/** Sends so many mails to readers and as many to the operator, all at once. */
async function sendAll(smtpUrl: string, smtpLimits: Limits, each: number) {
  const channels = openChannels({
    ...OPTIONS,
    smtpUrl,
    smtpLimits,
    userAgent: 'drawbell/test',
    allowPrivate: [],
  });
  onTestFinished(() => channels.close());
  const [email, operator] = await Promise.all([channels.open('email'), channels.open('operator')]);
  const event = sourceEvent('source.failing');
  return Promise.all(
    Array.from({ length: each }, (_, index) => [
      email.send({ ...sampleNotice(), key: `msg_a${index}` }),
      operator.send({ channel: 'operator', key: `msg_b${index}`, event }),
    ]).flat(),
  );
}

describe('a mail server', () => {
  it('has no more connections than agreed at any time', async () => {
    let open = 0;
    let most = 0;
    const server = await mailServer({
      onConnect(_session, done) {
        open += 1;
        most = Math.max(most, open);
        done();
      },
      onClose() {
        open -= 1;
      },
    });

    const results = await sendAll(server.url, { connections: 2, perSecond: null }, 10);

    expect(results.every(({ outcome }) => outcome === 'sent')).toBe(true);
    expect(server.received).toHaveLength(20);
    expect(most).toBe(2);
  });

  it('is sent no more mails a second than agreed, however many connections there are', async () => {
    const times: number[] = [];
    const server = await mailServer({
      onMailFrom(_address, _session, done) {
        times.push(performance.now());
        done();
      },
    });

    const started = performance.now();
    await sendAll(server.url, { connections: 8, perSecond: 25 }, 8);

    // Each may be later than its turn, as much as it takes to connect; none may be earlier.
    expect(times).toHaveLength(16);
    for (const [index, time] of times.entries()) expect(time - started).toBeGreaterThanOrEqual(index * 40);
  });

  it('is sent nothing twice when it refuses every other recipient', async () => {
    let asked = 0;
    const server = await mailServer({
      onRcptTo(_address, _session, done) {
        asked += 1;
        done(asked % 2 === 0 ? Object.assign(new Error('5.1.1 no'), { responseCode: 550 }) : null);
      },
    });

    const results = await sendAll(server.url, { connections: 3, perSecond: null }, 6);

    const sent = results.filter(({ outcome }) => outcome === 'sent');
    expect([sent.length, asked]).toEqual([6, 12]);
    expect(new Set(server.received.map(({ messageId }) => messageId)).size).toBe(6);
  });
});
