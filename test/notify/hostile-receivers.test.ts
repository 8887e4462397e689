// Receivers that mean harm, or are broken as if they did: none holds up another, takes long or grows memory.

import type { LookupAddress } from 'node:dns';
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openReceiver } from '../../src/demo/receiver.ts';
import type { NoticeOf } from '../../src/match/notice.ts';
import { openWebhook, type WebhookOptions } from '../../src/notify/webhook.ts';
import { serve, serveSocket } from '../support/http.ts';
import { sampleNotice } from './sample-notices.ts';

const SECRET = `whsec_${Buffer.from('thirty-two bytes of test secret!').toString('base64')}`;
const { event } = sampleNotice();

/** Milliseconds, where it is to be up. */
const TIMEOUT = 400;
const ANSWER_TIME = 150;
/** As the program has it, and more: where something else is to end it, a pause of a busy machine must not. */
const LONG = 15_000;
/** What a busy machine may add. */
const SLACK = 3_000;
const MEGABYTE = 1024 * 1024;

function notice(url: string, id = 'ep_1'): NoticeOf<'webhook'> {
  const endpoint = { id, url, kind: 'standard', locale: 'en', secrets: [SECRET] } as const;
  return { channel: 'webhook', key: 'msg_0123456789abcdef', event, endpoint };
}

async function openChannel(options: Partial<WebhookOptions> = {}) {
  const channel = await openWebhook({
    userAgent: 'drawbell/test',
    allowPrivate: ['127.0.0.1'],
    timeout: LONG,
    answerTime: ANSWER_TIME,
    ...options,
  });
  onTestFinished(() => channel.close());
  return channel;
}

/** Says the same again and again, as fast as it is taken, or one piece in so many milliseconds. */
function pour(socket: Socket, piece: string, every?: number): void {
  if (every !== undefined) {
    const timer = setInterval(() => socket.write(piece), every);
    socket.once('close', () => clearInterval(timer));
    return;
  }
  const more = () => {
    while (!socket.destroyed && socket.write(piece));
  };
  socket.on('drain', more);
  more();
}

/** Begins once something was asked. */
const answering = (start: string, piece: string, every?: number) => (socket: Socket) => {
  socket.once('data', () => {
    if (start !== '') socket.write(start);
    if (piece !== '') pour(socket, piece, every);
  });
};

const OK = 'HTTP/1.1 200 OK\r\n';
const BLOCK = 'x'.repeat(64 * 1024);

interface Hostile {
  behave(socket: Socket): void;
  result: Record<string, unknown>;
  /** Where it is the time that ends it: `TIMEOUT`. */
  timeout?: number;
  /** Where it is not the time for the text that ends it: `LONG`. */
  answerTime?: number;
  /** Milliseconds it may take; more where it is how much comes that ends it, which takes a busy machine longer. */
  within?: number;
}

const refused = (why: string) => ({
  outcome: 'refused',
  detail: expect.stringContaining(`no answer: ${why}`),
});
const SENT = { outcome: 'sent', detail: 'answered 200', status: 200 };

const HOSTILE: Record<string, Hostile> = {
  'never answers': {
    behave: (socket) => void socket.resume(),
    result: refused('it took too long'),
    timeout: TIMEOUT,
  },
  'never reads': {
    behave: (socket) => void socket.pause(),
    result: refused('it took too long'),
    timeout: TIMEOUT,
  },
  'closes at once': { behave: (socket) => void socket.destroy(), result: refused('the connection was cut') },
  'closes when it was asked': {
    behave: (socket) => void socket.once('data', () => socket.end()),
    result: refused('the connection was cut'),
  },
  'breaks off within its headers': {
    behave: (socket) => void socket.once('data', () => socket.end(`${OK}content-le`)),
    result: refused(''),
  },
  'does not speak HTTP': {
    behave: (socket) => void socket.end('220 mail.example.org ESMTP\r\n'),
    result: refused(''),
  },
  'answers headers byte by byte': {
    behave: answering(`${OK}x-slow: `, 'a', 20),
    result: refused('it took too long'),
    timeout: TIMEOUT,
  },
  'answers a body byte by byte': {
    // The first byte comes with the headers: where none comes in time there is no answer.
    behave: answering(`${OK}\r\na`, 'a', 20),
    result: { ...SENT, answer: expect.stringMatching(/^a+$/) },
  },
  'promises a body and sends none': { behave: answering(`${OK}content-length: 9\r\n\r\n`, ''), result: SENT },
  'answers without an end': {
    behave: answering(`${OK}\r\n`, BLOCK),
    result: { ...SENT, answer: 'x'.repeat(1_024) },
    answerTime: LONG,
  },
  'fails without an end': {
    behave: answering('HTTP/1.1 500 No\r\n\r\n', BLOCK),
    result: { outcome: 'refused', detail: 'answered 500', status: 500, answer: 'x'.repeat(1_024) },
    answerTime: LONG,
  },
  'sends headers without an end': {
    behave: answering(OK, `x-more: ${'y'.repeat(1_000)}\r\n`),
    result: refused('its headers are too large'),
  },
  'sends one header without an end': {
    behave: answering(`${OK}x-more: `, BLOCK),
    result: refused('its headers are too large'),
  },
  'says at length how it is': {
    behave: answering('HTTP/1.1 200 ', BLOCK),
    result: refused('it says too much'),
    within: LONG + SLACK,
  },
  'hints without an end': {
    behave: answering('', 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n'.repeat(1_000)),
    result: refused('it says too much'),
    within: LONG + SLACK,
  },
  'tells of a piece and never sends it': {
    behave: answering(`${OK}transfer-encoding: chunked\r\n\r\n1;`, BLOCK),
    result: SENT,
  },
  'ends with trailers without an end': {
    behave: answering(`${OK}transfer-encoding: chunked\r\n\r\n0\r\n`, 'x-more: y\r\n'.repeat(1_000)),
    result: expect.objectContaining({ outcome: expect.stringMatching(/sent|refused/) }),
  },
  'switches to another protocol': {
    behave: answering('HTTP/1.1 101 Switching\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n', BLOCK),
    result: refused(''),
  },
};

describe('a receiver that', () => {
  it.each(Object.entries(HOSTILE))(
    '%s is done with in time',
    async (_, { behave, result, timeout = LONG, answerTime = ANSWER_TIME, within = TIMEOUT + SLACK }) => {
      const open = new Set<Socket>();
      const url = await serveSocket(onTestFinished, (socket) => {
        open.add(socket);
        socket.once('close', () => open.delete(socket));
        behave(socket);
      });
      const channel = await openChannel({ timeout, answerTime });
      const began = performance.now();

      const came = await channel.send(notice(`${url}/s3cret`));

      expect(came).toEqual(result);
      expect(came.detail).not.toMatch(/s3cret|127\.0/);
      expect(performance.now() - began).toBeLessThan(within);
      // Only who reads notices that we have left.
      for (const socket of open) socket.resume();
      await expect.poll(() => open.size, { timeout: SLACK }).toBe(0);
    },
  );

  it.each([
    ['ends never', answering(`${OK}\r\n`, 'a', 20), { timeout: 20_000 }],
    ['begins with enough and stops', answering(`${OK}\r\n${'x'.repeat(2_000)}`, ''), { answerTime: 20_000 }],
  ])('answers with a text that %s is not waited for', async (_, behave, options) => {
    const url = await serveSocket(onTestFinished, behave);
    const channel = await openChannel({ timeout: 20_000, ...options });
    const began = performance.now();

    const { status } = await channel.send(notice(url));

    expect(status).toBe(200);
    expect(performance.now() - began).toBeLessThan(SLACK);
  });

  it('says a little each time is listened to for ever', async () => {
    const url = await serveSocket(onTestFinished, (socket) => {
      let asked = '';
      socket.on('data', (chunk: Buffer) => {
        asked += chunk.toString('latin1');
        const [head = '', body = ''] = asked.split('\r\n\r\n');
        if (body.length < Number(/content-length: (\d+)/i.exec(head)?.[1])) return;
        asked = '';
        // In two pieces, so that a connection that is cut between them has lost its answer.
        socket.write(`${OK}x-padding: ${'x'.repeat(15_000)}`);
        setTimeout(() => socket.write('\r\ncontent-length: 0\r\n\r\n'), 5);
      });
    });
    const channel = await openChannel({ timeout: 10_000 });
    const details = new Set<string>();

    for (let count = 0; count < 120; count += 1) details.add((await channel.send(notice(url))).detail);

    expect([...details]).toEqual(['answered 200']);
  });

  it('answers with 10 MB of headers is left, with little of them read', async () => {
    let written = 0;
    const url = await serveSocket(onTestFinished, (socket) => {
      socket.once('data', () => {
        socket.write(OK);
        for (let line = 0; line < 10_000; line += 1) socket.write(`x-${line}: ${'y'.repeat(1_000)}\r\n`);
        socket.once('close', () => {
          written = socket.bytesWritten - socket.writableLength;
        });
      });
    });
    const channel = await openChannel({ timeout: 10_000 });
    const began = performance.now();

    const result = await channel.send(notice(url));

    expect(result).toEqual(refused('its headers are too large'));
    expect(performance.now() - began).toBeLessThan(SLACK);
    // Beside what was read there is what the two sockets hold.
    await expect.poll(() => written, { timeout: SLACK }).toBeGreaterThan(0);
    expect(written).toBeLessThan(9 * MEGABYTE);
  });
});

describe('a redirect to the inside', () => {
  it.each([301, 302, 303, 307, 308])('is a failure, and nobody goes there: %i', async (status) => {
    const looked: string[] = [];
    const url = await serve(onTestFinished, (request, response) => {
      request.resume();
      response.writeHead(status, { location: 'http://169.254.169.254/latest/meta-data/' }).end();
    });
    const channel = await openChannel({
      mayReach(address) {
        looked.push(address);
        return false;
      },
    });

    const result = await channel.send(notice(url));

    const detail = `answered ${status}: redirects are not followed`;
    expect(result).toEqual({ outcome: 'refused', detail, status });
    expect(looked).toEqual([]);
  });
});

describe('a name that leads inside', () => {
  const INSIDE = { outcome: 'refused', detail: 'not sent: the host has a private address' };

  async function openNamed(addresses: string[]) {
    let connections = 0;
    const url = await serveSocket(onTestFinished, (socket) => {
      connections += 1;
      socket.once('data', () => socket.destroy());
    });
    let asked = 0;
    const channel = await openChannel({
      async lookup(): Promise<LookupAddress[]> {
        const address = addresses[Math.min(asked, addresses.length - 1)] as string;
        asked += 1;
        return [{ address, family: 4 }];
      },
      mayReach: (address) => address === '127.0.0.1',
    });
    const named = `https://team.example:${new URL(url).port}/`;
    return { send: () => channel.send(notice(named)), count: () => ({ connections, asked }) };
  }

  it('is not sent to, and is tried again', async () => {
    const { send, count } = await openNamed(['10.0.0.7']);

    const results = [await send(), await send()];

    expect(results).toEqual([INSIDE, INSIDE]);
    expect(count()).toEqual({ connections: 0, asked: 2 });
  });

  it('only after it was looked at is still not sent to: what was looked at is what is connected to', async () => {
    const { send, count } = await openNamed(['127.0.0.1', '10.0.0.7', '127.0.0.1', '10.0.0.7']);

    const results = [await send(), await send(), await send(), await send()];

    const reached = { outcome: 'refused', detail: expect.stringMatching(/^no answer: /) };
    expect(results).toEqual([reached, INSIDE, reached, INSIDE]);
    expect(count()).toEqual({ connections: 2, asked: 4 });
  });

  it.each([
    ['https://127.0.0.2/', INSIDE.detail],
    ['https://[::ffff:169.254.169.254]/', INSIDE.detail],
    ['https://2852039166/latest/', INSIDE.detail],
    ['http://team.example/s3cret', expect.stringMatching(/^not sent: it is not an https URL/)],
    ['https://ada:s3cret@team.example/', 'not sent: it is not a URL without a name or password in it'],
  ])('or says so itself is not even asked for: %s', async (url, detail) => {
    let asked = 0;
    const channel = await openChannel({
      async lookup() {
        asked += 1;
        return [];
      },
    });

    const result = await channel.send(notice(url));

    expect(result).toEqual({ outcome: 'refused', detail });
    expect(result.detail).not.toContain('s3cret');
    expect(asked).toBe(0);
  });

  it('and never answers whoever asks for it does not hold up another', async () => {
    const team = await openReceiver();
    onTestFinished(() => team.close());
    const channel = await openChannel({ lookup: () => new Promise(() => undefined), timeout: 3_000 });
    const dead = Array.from({ length: 20 }, (_, index) => `https://dead-${index}.example/`);
    let ended = 0;
    const waiting = dead.map((url) => channel.send(notice(url)).finally(() => (ended += 1)));

    const good = await channel.send(notice(team.url));
    const endedBefore = ended;

    expect(good.outcome).toBe('sent');
    expect(endedBefore).toBe(0);
    expect(await Promise.all(waiting)).toEqual(dead.map(() => refused('it took too long')));
  });
});

describe('many of them at once', () => {
  const EACH = 7;

  it('hold up no good one, and take no memory', async () => {
    const team = await openReceiver();
    onTestFinished(() => team.close());
    team.trust(SECRET);
    const urls: string[] = [];
    for (const { behave } of Object.values(HOSTILE)) urls.push(await serveSocket(onTestFinished, behave));
    const endless = EACH * Object.values(HOSTILE).filter(({ timeout }) => timeout !== undefined).length;
    // All of them write in this process: a busy machine takes a while to hear them out.
    const channel = await openChannel({ timeout: 60_000 });
    const before = memory();
    let most = before;
    const watch = setInterval(() => {
      most = Math.max(most, memory());
    }, 20);
    onTestFinished(() => clearInterval(watch));
    let waiting = 0;
    const hostile = urls.flatMap((url) =>
      Array.from({ length: EACH }, (_, index) => {
        waiting += 1;
        return channel.send(notice(url, `ep_${index}`)).finally(() => (waiting -= 1));
      }),
    );

    const good = await Promise.all(Array.from({ length: 50 }, () => channel.send(notice(team.url))));
    const stillWaiting = waiting;

    expect(good.every(({ outcome }) => outcome === 'sent')).toBe(true);
    expect(team.received.every(({ verified }) => verified)).toBe(true);
    expect(stillWaiting).toBeGreaterThan(EACH);
    await expect.poll(() => waiting, { timeout: 60_000 }).toBe(endless);
    await channel.close();
    await Promise.all(hostile);
    // Beside ours it is that of the receivers, who write as much as is taken.
    expect(most - before).toBeLessThan(200 * MEGABYTE);
  });

  it('at the same service leave room for the others there', async () => {
    const hung: ServerResponse[] = [];
    const url = await serve(onTestFinished, (request, response) => {
      request.resume();
      if (request.url === '/good') response.writeHead(204).end();
      else hung.push(response);
    });
    const channel = await openChannel();
    let waiting = 0;
    const hanging = Array.from({ length: 200 }, (_, index) => {
      waiting += 1;
      return channel.send(notice(`${url}/hangs/${index}`)).finally(() => (waiting -= 1));
    });

    const good = await channel.send(notice(`${url}/good`));
    const stillWaiting = waiting;

    expect(good.outcome).toBe('sent');
    expect(stillWaiting).toBe(200);
    await expect.poll(() => hung.length, { timeout: SLACK }).toBe(200);
    for (const response of hung) response.writeHead(204).end();
    expect((await Promise.all(hanging)).every(({ outcome }) => outcome === 'sent')).toBe(true);
  });

  it('more than there is room for wait no longer than the others', async () => {
    // They are accepted, and then nobody speaks TLS.
    const url = await serveSocket(onTestFinished, (socket) => void socket.resume());
    const timeout = 3_000;
    const channel = await openChannel({ timeout });
    const began = performance.now();
    const asked = Array.from({ length: 270 }, () => channel.send(notice(url.replace('http:', 'https:'))));

    const results = await Promise.all(asked);

    expect(results.every(({ detail }) => detail === 'no answer: it took too long')).toBe(true);
    // One that waited for room and then for a connection would take twice as long.
    expect(performance.now() - began).toBeLessThan(timeout * 1.8);
  });
});

/** Bytes in use, in the heap and beside it. */
function memory(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
