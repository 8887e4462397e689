// One conditional GET against real servers: what comes back, and what is refused.

import { createHash } from 'node:crypto';
import { getEventListeners } from 'node:events';
import type { IncomingMessage, RequestListener } from 'node:http';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { FetchError } from '../../src/errors.ts';
import {
  type FetchDeps,
  type FetchLimits,
  type FetchRequest,
  fetchDocument,
  LIMITS,
} from '../../src/fetch/http.ts';
import { closedAddress, serve, serveSocket } from '../support/http.ts';

const NOW = '2024-05-31T16:00:00.000Z';
const BODY = '{"rounds":[{"drawNumber":"297"}]}';

function fetchFrom(
  url: string,
  request: Partial<FetchRequest> = {},
  limits: Partial<FetchLimits> = {},
  {
    pause = async () => undefined,
    signal,
  }: { pause?: FetchDeps['pause'] | 'real'; signal?: AbortSignal } = {},
) {
  const asked = { source: 'ircc', url, site: '127.0.0.1', userAgent: 'drawbell/test', ...request };
  const deps = { now: () => new Date(NOW), random: () => 0.5, signal };
  return fetchDocument(asked, pause === 'real' ? deps : { ...deps, pause }, { ...LIMITS, ...limits });
}

async function failureOf(outcome: Promise<unknown>): Promise<FetchError> {
  const error = await outcome.then(
    () => new Error('expected a FetchError, found an answer'),
    (error: unknown) => error,
  );
  if (!(error instanceof FetchError)) throw error;
  return error;
}

function text(outcome: Awaited<ReturnType<typeof fetchDocument>>): string {
  return outcome === 'unchanged' ? outcome : Buffer.from(outcome.bytes).toString('utf8');
}

/** Answers every request with the same and keeps what was asked. */
async function serveAnswer(status: number, headers: Record<string, string>, body: string | Uint8Array = '') {
  const asked: IncomingMessage[] = [];
  const origin = await serve(onTestFinished, (request, response) => {
    asked.push(request);
    response.writeHead(status, headers).end(body);
  });
  return { url: `${origin}/feed.json`, asked };
}

describe('a document that comes', () => {
  it('is kept with its bytes, their hash, the headers that matter and the time', async () => {
    const { url } = await serveAnswer(
      200,
      {
        'content-type': 'application/json; charset=utf-8',
        etag: '"abc"',
        'last-modified': 'Fri, 31 May 2024 13:00:00 GMT',
        'cache-control': 'max-age=60',
        date: 'Fri, 31 May 2024 16:00:00 GMT',
        'set-cookie': 'visitor=1',
        server: 'Test',
      },
      BODY,
    );

    const document = await fetchFrom(url);

    expect(document).toEqual({
      source: 'ircc',
      url,
      status: 200,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        etag: '"abc"',
        'last-modified': 'Fri, 31 May 2024 13:00:00 GMT',
        'cache-control': 'max-age=60',
        date: 'Fri, 31 May 2024 16:00:00 GMT',
      },
      bytes: Buffer.from(BODY),
      hash: createHash('sha256').update(BODY).digest('hex'),
      fetchedAt: NOW,
    });
  });

  it.each([
    ['gzip', gzipSync(BODY)],
    ['br', brotliCompressSync(BODY)],
    ['deflate', deflateSync(BODY)],
    ['GZIP', gzipSync(BODY)],
    ['identity', Buffer.from(BODY)],
  ])('is unpacked from %s, and its hash is of what was inside', async (encoding, bytes) => {
    const { url } = await serveAnswer(200, { 'content-encoding': encoding }, bytes);

    const document = await fetchFrom(url);

    expect(text(document)).toBe(BODY);
    expect(document).toMatchObject({ hash: createHash('sha256').update(BODY).digest('hex') });
  });

  it('is asked for by our own name, compressed, and without conditions the first time', async () => {
    const { url, asked } = await serveAnswer(200, {}, BODY);

    await fetchFrom(url, { etag: null, lastModified: null });

    expect(asked.map(({ method }) => method)).toEqual(['GET']);
    expect(asked[0]?.headers).toMatchObject({
      'user-agent': 'drawbell/test',
      'accept-encoding': 'gzip, deflate, br',
    });
    expect(asked[0]?.headers).not.toHaveProperty('if-none-match');
    expect(asked[0]?.headers).not.toHaveProperty('if-modified-since');
  });

  it('is unchanged when the server says so to what it was asked', async () => {
    const { url, asked } = await serveAnswer(304, { etag: '"abc"' });

    const outcome = await fetchFrom(url, { etag: '"abc"', lastModified: 'Fri, 31 May 2024 13:00:00 GMT' });

    expect(outcome).toBe('unchanged');
    expect(asked[0]?.headers).toMatchObject({
      'if-none-match': '"abc"',
      'if-modified-since': 'Fri, 31 May 2024 13:00:00 GMT',
    });
  });
});

describe('what is sent back', () => {
  it('is the Last-Modified alone, when there was no ETag', async () => {
    const { url, asked } = await serveAnswer(304, {});

    const outcome = await fetchFrom(url, { etag: null, lastModified: 'Fri, 31 May 2024 13:00:00 GMT' });

    expect(outcome).toBe('unchanged');
    expect(asked[0]?.headers['if-modified-since']).toBe('Fri, 31 May 2024 13:00:00 GMT');
    expect(asked[0]?.headers).not.toHaveProperty('if-none-match');
  });

  it('is nothing that could not be sent: one strange ETag would fail every look from then on', async () => {
    const { url, asked } = await serveAnswer(200, {}, BODY);

    const documents = [
      await fetchFrom(url, { etag: '"caf\u00e9\ufffd"', lastModified: 'today' }),
      await fetchFrom(url, { etag: '"a"\r\nx-evil: 1' }),
    ];

    expect(documents.map(text)).toEqual([BODY, BODY]);
    expect(asked.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, undefined]);
    expect(asked.map(({ headers }) => headers['if-modified-since'])).toEqual(['today', undefined]);
    expect(asked[1]?.headers).not.toHaveProperty('x-evil');
  });

  it('makes sense of "unchanged": one that nobody asked for is no answer', async () => {
    const { url } = await serveAnswer(304, {});

    const { trouble, message } = await failureOf(fetchFrom(url));

    expect(trouble).toBe('refused');
    expect(message).toBe(`ircc: expected status 200 from ${url}, found status 304`);
  });
});

describe('another attempt', () => {
  /** Answers the first requests as told, one after the other, and all later ones like the last. */
  async function serveInTurn(...answers: RequestListener[]) {
    let asked = 0;
    const origin = await serve(onTestFinished, (request, response) => {
      const answer = answers[Math.min(asked, answers.length - 1)];
      asked += 1;
      answer?.(request, response);
    });
    return { url: `${origin}/feed.json`, count: () => asked };
  }
  const status =
    (code: number, headers: Record<string, string> = {}): RequestListener =>
    (_request, response) =>
      response.writeHead(code, headers).end('<h1>Sorry</h1>');
  const cut: RequestListener = (request) => request.socket.destroy();
  const silent: RequestListener = () => undefined;
  const good: RequestListener = (_request, response) => response.writeHead(200, { etag: '"a"' }).end(BODY);
  const cutInside: RequestListener = (_request, response) => {
    response.writeHead(200, { 'content-length': String(BODY.length) });
    response.write(BODY.slice(0, 10), () => response.destroy());
  };
  function recordPauses() {
    const pauses: number[] = [];
    const pause = async (ms: number) => {
      pauses.push(Math.round(ms));
    };
    return { pauses, pause };
  }

  it.each<[string, RequestListener]>([
    ['a cut connection', cut],
    ['a transfer cut in the middle', cutInside],
    ...[408, 500, 502, 503, 504].map((code): [string, RequestListener] => [`status ${code}`, status(code)]),
  ])('is made after %s, and the third may bring the document', async (_what, failing) => {
    const { url, count } = await serveInTurn(failing, failing, good);
    const { pauses, pause } = recordPauses();

    const document = await fetchFrom(url, {}, {}, { pause });

    expect(text(document)).toBe(BODY);
    expect(count()).toBe(3);
    expect(pauses).toEqual([500, 1_500]);
  });

  it('is made after different troubles, and the last one is told', async () => {
    const { url, count } = await serveInTurn(cut, status(500), status(502));

    const { trouble, message } = await failureOf(fetchFrom(url));

    expect([trouble, count()]).toEqual(['refused', 3]);
    expect(message).toBe(`ircc: expected status 200 or 304 from ${url}, found status 502`);
  });

  it('is made where nobody listens, twice', async () => {
    const { pauses, pause } = recordPauses();

    const { trouble } = await failureOf(fetchFrom(await closedAddress(onTestFinished), {}, {}, { pause }));

    expect(trouble).toBe('unreachable');
    expect(pauses).toEqual([500, 1_500]);
  });

  it('asks the same question again, conditions and all', async () => {
    const headers: (string | undefined)[] = [];
    const origin = await serve(onTestFinished, (request, response) => {
      headers.push(request.headers['if-none-match']);
      response.writeHead(headers.length === 1 ? 503 : 304).end();
    });

    const outcome = await fetchFrom(`${origin}/`, { etag: '"a"' });

    expect(outcome).toBe('unchanged');
    expect(headers).toEqual(['"a"', '"a"']);
  });

  it.each([
    [204, 'refused'],
    [400, 'refused'],
    [401, 'bot-wall'],
    [403, 'bot-wall'],
    [404, 'not-found'],
    [410, 'not-found'],
    [451, 'refused'],
    [501, 'refused'],
  ])('is not made after status %i, which is %s', async (code, trouble) => {
    const { url, count } = await serveInTurn(status(code), good);

    const failure = await failureOf(fetchFrom(url));

    expect([failure.trouble, failure.retryAt, count()]).toEqual([trouble, null, 1]);
  });

  it('is not made after silence: a server that never answers is given up in all', async () => {
    const { url, count } = await serveInTurn(status(503, { 'retry-after': '2' }), silent);
    const began = performance.now();

    // With the real pause, of two seconds, which counts too.
    const failure = await failureOf(fetchFrom(url, {}, { answer: 4_000 }, { pause: 'real' }));

    expect([failure.trouble, count()]).toEqual(['silent', 2]);
    expect(failure.message).toBe(`ircc: expected an answer from ${url}, found none (silence for too long)`);
    expect(performance.now() - began).toBeLessThan(5_950);
  });

  it('is not made when its pause would outlast the time for an answer to begin', async () => {
    const { url, count } = await serveInTurn((request, response) => {
      // When the answer comes there is less time left than half a second, whatever this machine is doing.
      const clock = vi.spyOn(performance, 'now').mockReturnValue(performance.now() + LIMITS.answer - 450);
      onTestFinished(() => clock.mockRestore());
      status(500)(request, response);
    }, good);
    const { pauses, pause } = recordPauses();

    const { trouble } = await failureOf(fetchFrom(url, {}, {}, { pause }));

    expect([trouble, count(), pauses]).toEqual(['refused', 1, []]);
  });

  it('leaves ten seconds for everything before an answer begins', () => {
    expect(LIMITS.answer).toBeLessThan(10_000);
    expect(LIMITS.connect).toBeLessThan(LIMITS.answer);
  });

  it('is made as late as the server asks, when that is soon', async () => {
    const { url, count } = await serveInTurn(
      status(503, { 'retry-after': '2' }),
      status(429, { 'retry-after': 'Fri, 31 May 2024 16:00:03 GMT' }),
      good,
    );
    const { pauses, pause } = recordPauses();

    const document = await fetchFrom(url, {}, {}, { pause });

    expect(text(document)).toBe(BODY);
    expect(count()).toBe(3);
    expect(pauses).toEqual([2_000, 3_000]);
  });

  it.each([
    [429, { 'retry-after': '120' }, '2024-05-31T16:02:00.000Z'],
    [429, { 'retry-after': 'Fri, 31 May 2024 18:00:00 GMT' }, '2024-05-31T18:00:00.000Z'],
    [429, { 'retry-after': '99999999' }, '2024-06-01T16:00:00.000Z'],
    [429, { 'retry-after': 'soon' }, '2024-05-31T16:01:00.000Z'],
    [429, {}, '2024-05-31T16:01:00.000Z'],
    [503, { 'retry-after': '3600' }, '2024-05-31T17:00:00.000Z'],
  ])('is left to a later look when status %i asks for it with %j', async (code, headers, retryAt) => {
    const { url, count } = await serveInTurn(status(code, headers), good);

    const failure = await failureOf(fetchFrom(url));

    expect([failure.trouble, failure.retryAt, count()]).toEqual(['busy', retryAt, 1]);
    const until = 'retry-after' in headers ? `, which asks to be left alone until ${retryAt}` : '';
    expect(failure.message).toBe(
      `ircc: expected status 200 or 304 from ${url}, found status ${code}${until}`,
    );
  });

  it('is left to a later look when the server is still busy at the third', async () => {
    const { url, count } = await serveInTurn(status(429, { 'retry-after': '1' }));

    const failure = await failureOf(fetchFrom(url));

    expect([failure.trouble, failure.retryAt, count()]).toEqual(['busy', '2024-05-31T16:00:01.000Z', 3]);
  });

  it('does not wait for the words of an error that never end', async () => {
    const { url, count } = await serveInTurn((_request, response) => {
      response.writeHead(500).write('Sorry');
    }, good);

    const document = await fetchFrom(url, {}, { idle: 600_000 });

    expect(text(document)).toBe(BODY);
    expect(count()).toBe(2);
  });
});

describe('stopping', () => {
  const stopped = (url: string) => `ircc: expected an answer from ${url}, found none (we are stopping)`;

  it('ends a fetch that waits for an answer', async () => {
    const stop = new AbortController();
    const url = await serveSocket(onTestFinished, (socket) => socket.once('data', () => stop.abort()));

    const { trouble, message } = await failureOf(fetchFrom(url, {}, {}, { signal: stop.signal }));

    expect([trouble, message]).toEqual(['unreachable', stopped(url)]);
  });

  it('ends a transfer', async () => {
    const stop = new AbortController();
    const origin = await serve(onTestFinished, (_request, response) => {
      response.writeHead(200).write(BODY, () => setImmediate(() => stop.abort()));
    });

    const { message } = await failureOf(fetchFrom(origin, {}, {}, { signal: stop.signal }));

    expect(message).toBe(stopped(origin));
  });

  it('ends a pause at once, and no other attempt is made', async () => {
    const stop = new AbortController();
    let asked = 0;
    const origin = await serve(onTestFinished, (request, response) => {
      asked += 1;
      // An error with more words to come is hung up on as soon as it is understood: then the pause begins.
      request.socket.once('close', () => stop.abort());
      response.writeHead(503, { 'retry-after': '5' }).write('Sorry');
    });
    const began = performance.now();

    const pausing = fetchFrom(origin, {}, {}, { pause: 'real', signal: stop.signal });
    const { message } = await failureOf(pausing);

    expect(message).toBe(stopped(origin));
    expect(asked).toBe(1);
    expect(performance.now() - began).toBeLessThan(4_000);
  });

  it('asks nothing when it has begun already, and leaves no ear at the signal', async () => {
    const { url, asked } = await serveAnswer(200, {}, BODY);
    const stop = new AbortController();

    await fetchFrom(url, {}, {}, { signal: stop.signal });
    const ears = getEventListeners(stop.signal, 'abort');
    const { message } = await failureOf(fetchFrom(url, {}, {}, { signal: AbortSignal.abort() }));

    expect(ears).toEqual([]);
    expect(message).toBe(stopped(url));
    expect(asked).toHaveLength(1);
  });
});

describe('a slow transfer', () => {
  it('that moves is not given up, though it takes longer than an answer may take to begin', async () => {
    const limits = { answer: 1_500, idle: 1_500 };
    const origin = await serve(onTestFinished, (_request, response) => {
      response.writeHead(200).write(BODY);
      const end = performance.now() + 2 * limits.answer;
      const drip = () => {
        if (performance.now() > end) response.end();
        else response.write(' ', () => setImmediate(drip));
      };
      drip();
    });
    const began = performance.now();

    const document = await fetchFrom(origin, {}, limits);

    expect(text(document).trim()).toBe(BODY);
    expect(performance.now() - began).toBeGreaterThan(2 * limits.answer);
  });
});

describe('a redirect', () => {
  /** Answers `/` with a redirect to `location`, and everything else with the document. */
  const redirecting =
    (location: string, status = 302): RequestListener =>
    (request, response) => {
      if (request.url === '/') response.writeHead(status, { location }).end();
      else response.writeHead(200).end(BODY);
    };

  it.each([301, 302, 303, 307, 308])(
    '%i within the site is followed, and the document says where it was',
    async (status) => {
      const origin = await serve(onTestFinished, redirecting('/moved.json', status));

      const document = await fetchFrom(`${origin}/`);

      expect(document).toMatchObject({ url: `${origin}/moved.json`, status: 200 });
      expect(text(document)).toBe(BODY);
    },
  );

  it('to another server of the same site is followed', async () => {
    const other = await serveAnswer(200, {}, BODY);
    const origin = await serve(onTestFinished, redirecting(other.url));

    expect(text(await fetchFrom(`${origin}/`))).toBe(BODY);
  });

  it('to a host below the site is inside it; to one that only ends alike it is not', async () => {
    const other = await serveAnswer(200, {}, BODY);
    const below = await serve(onTestFinished, redirecting(other.url));
    const alike = await serve(onTestFinished, redirecting('https://notcanada.ca/x'));

    // 127.0.0.1 as a host below 0.0.1: a name below another would have to be looked up.
    const document = await fetchFrom(`${below}/`, { site: '0.0.1' });
    const { message } = await failureOf(fetchFrom(`${alike}/`, { site: 'canada.ca' }));

    expect(text(document)).toBe(BODY);
    expect(message).toContain('expected redirects within canada.ca');
  });

  it.each([
    'http://localhost:1/moved.json',
    'https://evil.example/moved.json',
    'http://127.0.0.1.evil.example/',
    '//evil.example/moved.json',
    'ftp://127.0.0.1/moved.json',
    'file:///etc/passwd',
    'http://[broken',
  ])('to %s is refused', async (location) => {
    const origin = await serve(onTestFinished, redirecting(location));

    const { trouble, message } = await failureOf(fetchFrom(`${origin}/`));

    expect(trouble).toBe('refused');
    expect(message).toBe(
      `ircc: expected redirects within 127.0.0.1 from ${origin}/, found one to "${location}"`,
    );
  });

  it('that goes round in circles is given up', async () => {
    let asked = 0;
    const origin = await serve(onTestFinished, (_request, response) => {
      asked += 1;
      response.writeHead(302, { location: '/' }).end();
    });

    const { message } = await failureOf(fetchFrom(`${origin}/`, {}, { redirects: 3 }));

    expect(message).toBe(`ircc: expected at most 3 redirects from ${origin}/, found more`);
    expect(asked).toBe(4);
  });

  it('without an address is an error like any other status', async () => {
    const { url } = await serveAnswer(302, {});

    expect((await failureOf(fetchFrom(url))).message).toBe(
      `ircc: expected status 200 or 304 from ${url}, found status 302`,
    );
  });
});

describe('what is no document', () => {
  it.each([204, 206, 400, 403, 404, 429, 500, 503])(
    'status %i is told as what was expected and found',
    async (status) => {
      const { url } = await serveAnswer(status, { 'content-type': 'text/html' });

      const { message } = await failureOf(fetchFrom(url));

      expect(message).toBe(`ircc: expected status 200 or 304 from ${url}, found status ${status}`);
    },
  );

  it('a server nobody listens at', async () => {
    const url = `${await closedAddress(onTestFinished)}/feed.json`;

    const { message, cause } = await failureOf(fetchFrom(url));

    expect(message).toBe(
      `ircc: expected an answer from ${url}, found none (the connection was refused: ECONNREFUSED)`,
    );
    expect(cause).toBeInstanceOf(Error);
  });

  it('a server that takes the question and never answers', async () => {
    const url = await serveSocket(onTestFinished, (socket) => socket.resume());

    const { trouble, message } = await failureOf(fetchFrom(url, {}, { answer: 50 }));

    expect(trouble).toBe('silent');
    expect(message).toBe(`ircc: expected an answer from ${url}, found none (silence for too long)`);
  });

  it('a server that closes at once', async () => {
    const url = await serveSocket(onTestFinished, (socket) => socket.destroy());

    const { message } = await failureOf(fetchFrom(url));

    expect(message).toMatch(
      /^ircc: expected an answer from http\S+, found none \(the connection was cut: (UND_ERR_SOCKET|ECONNRESET)\)$/,
    );
  });

  it('a body that stops in the middle and says nothing more', async () => {
    const origin = await serve(onTestFinished, (_request, response) => {
      response.writeHead(200, { 'content-length': String(BODY.length) }).write(BODY.slice(0, 10));
    });

    const { trouble, message } = await failureOf(fetchFrom(`${origin}/`, {}, { idle: 50 }));

    expect(trouble).toBe('silent');
    expect(message).toBe(
      `ircc: expected an answer from ${origin}/, found none (it stopped in the middle: UND_ERR_BODY_TIMEOUT)`,
    );
  });

  it('a body that is cut off in the middle', async () => {
    const origin = await serve(onTestFinished, (_request, response) => {
      response.writeHead(200, { 'content-length': String(BODY.length) });
      response.write(BODY.slice(0, 10), () => response.destroy());
    });

    const { message } = await failureOf(fetchFrom(`${origin}/`));

    expect(message).toMatch(/found none \(the connection was cut: (UND_ERR_SOCKET|ECONNRESET)\)$/);
  });

  it('a body that drips for longer than we have, however steadily', async () => {
    const origin = await serve(onTestFinished, (_request, response) => {
      response.writeHead(200);
      const drip = () => {
        if (!response.destroyed) response.write(' ', () => setImmediate(drip));
      };
      drip();
    });

    const limits = { total: 100, bytes: Infinity };
    const { trouble, message } = await failureOf(fetchFrom(`${origin}/`, {}, limits));

    expect(trouble).toBe('silent');
    expect(message).toBe(`ircc: expected an answer from ${origin}/, found none (it took too long)`);
  });

  it('a body larger than the limit, whether it says so or not', async () => {
    const { url } = await serveAnswer(200, {}, 'x'.repeat(1001));
    const endless = await serve(onTestFinished, (_request, response) => {
      response.writeHead(200);
      const pour = () => {
        while (!response.destroyed && response.write('x'.repeat(1000)));
      };
      response.on('drain', pour);
      pour();
    });

    const told = await failureOf(fetchFrom(url, {}, { bytes: 1000 }));
    const poured = await failureOf(fetchFrom(`${endless}/`, {}, { bytes: 1000 }));
    const justRight = await fetchFrom(url, {}, { bytes: 1001 });

    expect([told.trouble, poured.trouble]).toEqual(['refused', 'refused']);
    expect(told.message).toBe(`ircc: expected at most 1000 bytes from ${url}, found more`);
    expect(poured.message).toBe(`ircc: expected at most 1000 bytes from ${endless}/, found more`);
    expect(text(justRight)).toHaveLength(1001);
  });

  it.each([
    ['gzip', gzipSync(Buffer.alloc(5_000_000))],
    ['br', brotliCompressSync(Buffer.alloc(5_000_000))],
  ])('a %s bomb that unpacks to more than the limit', async (encoding, bytes) => {
    const { url } = await serveAnswer(200, { 'content-encoding': encoding }, bytes);

    const { message } = await failureOf(fetchFrom(url, {}, { bytes: 100_000 }));

    expect(bytes.length).toBeLessThan(100_000);
    expect(message).toBe(
      `ircc: expected ${encoding} of at most 100000 bytes from ${url}, found bytes that do not unpack to that`,
    );
  });

  it('bytes that are not packed as they say, or in a way nobody asked for', async () => {
    const plain = await serveAnswer(200, { 'content-encoding': 'gzip' }, BODY);
    const cut = await serveAnswer(200, { 'content-encoding': 'gzip' }, gzipSync(BODY).subarray(0, 20));
    const unknown = await serveAnswer(200, { 'content-encoding': 'zstd' }, BODY);

    const messages = await Promise.all(
      [plain, cut, unknown].map(async ({ url }) => (await failureOf(fetchFrom(url))).message),
    );

    expect(messages[0]).toContain('found bytes that do not unpack to that');
    expect(messages[1]).toContain('found bytes that do not unpack to that');
    expect(messages[2]).toContain('expected gzip, deflate or br');
    expect(messages[2]).toContain('found content-encoding "zstd"');
  });

  it('an answer that is not HTTP', async () => {
    const url = await serveSocket(onTestFinished, (socket) => socket.end('220 mail.example ESMTP\r\n'));

    const { trouble, message } = await failureOf(fetchFrom(url));

    expect(trouble).toBe('refused');
    expect(message).toMatch(/^ircc: expected an answer from http\S+, found none \(.+\)$/);
  });
});
