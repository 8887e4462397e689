// One conditional GET against real servers: what comes back, and what is refused.

import { createHash } from 'node:crypto';
import type { IncomingMessage, RequestListener } from 'node:http';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { FetchError } from '../../src/errors.ts';
import { type FetchLimits, type FetchRequest, fetchDocument, LIMITS } from '../../src/fetch/http.ts';
import { closedAddress, serve, serveSocket } from '../support/http.ts';

const NOW = '2024-05-31T16:00:00.000Z';
const BODY = '{"rounds":[{"drawNumber":"297"}]}';

function fetchFrom(url: string, request: Partial<FetchRequest> = {}, limits: Partial<FetchLimits> = {}) {
  const asked = { source: 'ircc', url, site: '127.0.0.1', userAgent: 'drawbell/test', ...request };
  return fetchDocument(asked, () => new Date(NOW), { ...LIMITS, ...limits });
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

    const { message } = await failureOf(fetchFrom(`${origin}/`));

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
    const url = `${await closedAddress()}/feed.json`;

    const { message, cause } = await failureOf(fetchFrom(url));

    expect(message).toBe(
      `ircc: expected an answer from ${url}, found none (the connection was refused: ECONNREFUSED)`,
    );
    expect(cause).toBeInstanceOf(Error);
  });

  it('a server that takes the question and never answers', async () => {
    const url = await serveSocket(onTestFinished, (socket) => socket.resume());

    const { message } = await failureOf(fetchFrom(url, {}, { answer: 50 }));

    expect(message).toBe(
      `ircc: expected an answer from ${url}, found none (silence for too long: UND_ERR_HEADERS_TIMEOUT)`,
    );
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

    const { message } = await failureOf(fetchFrom(`${origin}/`, {}, { idle: 50 }));

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

    const { message } = await failureOf(fetchFrom(`${origin}/`, {}, { total: 100, bytes: Infinity }));

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

    const { message } = await failureOf(fetchFrom(url));

    expect(message).toMatch(/^ircc: expected an answer from http\S+, found none \(.+\)$/);
  });
});
