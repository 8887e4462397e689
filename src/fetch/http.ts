// source page -> document: one conditional GET, bounded in time, size and place.

import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { Agent, type Dispatcher, request } from 'undici';
import { FetchError, quote } from '../errors.ts';
import type { Document } from '../sources/source.ts';

export interface FetchRequest {
  source: string;
  url: string;
  /** Redirects are followed only to this host or below it. */
  site: string;
  userAgent: string;
  /** What the same address answered last time, to be asked whether it is still so. */
  etag?: string | null;
  lastModified?: string | null;
}

export interface FetchLimits {
  /** Milliseconds until a connection stands, until the answer begins, and between two pieces of it. */
  connect: number;
  answer: number;
  idle: number;
  /** Milliseconds for all of it together: a server that sends a byte now and then must not hold us. */
  total: number;
  /** Bytes, before and after decompression. */
  bytes: number;
  redirects: number;
}

/** The feed is under a megabyte and grows by a tenth a year. */
export const LIMITS: FetchLimits = {
  connect: 5_000,
  answer: 8_000,
  idle: 10_000,
  total: 60_000,
  bytes: 16 * 1024 * 1024,
  redirects: 5,
};

const KEPT_HEADERS = ['content-type', 'etag', 'last-modified', 'date', 'cache-control'];
const DECODERS: Record<string, (bytes: Uint8Array, options: { maxOutputLength: number }) => Promise<Buffer>> =
  {
    gzip: promisify(gunzip),
    deflate: promisify(inflate),
    br: promisify(brotliDecompress),
  };

/**
 * Fetches a document, or learns that it is unchanged (304).
 * Throws `FetchError` when there is no answer in time, or it is neither 200 nor 304.
 */
export async function fetchDocument(
  asked: FetchRequest,
  now: () => Date,
  limits: FetchLimits = LIMITS,
): Promise<Document | 'unchanged'> {
  const agent = new Agent({
    connect: { timeout: limits.connect },
    headersTimeout: limits.answer,
    bodyTimeout: limits.idle,
    maxHeaderSize: 64 * 1024,
  });
  try {
    const { answer, url } = await follow(asked, agent, limits, AbortSignal.timeout(limits.total));
    if (answer.statusCode === 304) {
      await answer.body.dump();
      return 'unchanged';
    }
    if (answer.statusCode !== 200) {
      throw trouble(asked, 'status 200 or 304', `status ${answer.statusCode}`);
    }
    const bytes = await readBody(asked, answer, limits);
    return {
      source: asked.source,
      url,
      status: answer.statusCode,
      headers: keptHeaders(answer.headers),
      bytes,
      hash: createHash('sha256').update(bytes).digest('hex'),
      fetchedAt: now().toISOString(),
    };
  } catch (error) {
    if (error instanceof FetchError) throw error;
    throw trouble(asked, 'an answer', `none (${reasonOf(error)})`, error);
  } finally {
    // An answer that is not wanted must not keep the process alive.
    await agent.destroy();
  }
}

async function follow(asked: FetchRequest, agent: Agent, limits: FetchLimits, signal: AbortSignal) {
  let url = asked.url;
  for (let hop = 0; hop <= limits.redirects; hop += 1) {
    const answer = await request(url, { dispatcher: agent, signal, headers: requestHeaders(asked) });
    const location = answer.headers.location;
    if (answer.statusCode < 301 || answer.statusCode > 308 || answer.statusCode === 304 || !location) {
      return { answer, url };
    }
    await answer.body.dump();
    url = redirectTarget(asked, url, String(location));
  }
  throw trouble(asked, `at most ${limits.redirects} redirects`, 'more');
}

/** Within the source's site and not from https to http; anywhere else is somebody else's page. */
function redirectTarget(asked: FetchRequest, from: string, location: string): string {
  const target = URL.parse(location, from);
  const inside = target && (target.hostname === asked.site || target.hostname.endsWith(`.${asked.site}`));
  const safe = target && (target.protocol === 'https:' || target.protocol === new URL(from).protocol);
  if (!target || !inside || !safe)
    throw trouble(asked, `redirects within ${asked.site}`, `one to ${quote(location)}`);
  return target.href;
}

function requestHeaders({ userAgent, etag, lastModified }: FetchRequest): Record<string, string> {
  return {
    accept: 'application/json, text/html;q=0.5',
    'accept-encoding': 'gzip, deflate, br',
    'user-agent': userAgent,
    ...(etag ? { 'if-none-match': etag } : {}),
    ...(lastModified ? { 'if-modified-since': lastModified } : {}),
  };
}

async function readBody(
  asked: FetchRequest,
  answer: Dispatcher.ResponseData,
  limits: FetchLimits,
): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of answer.body as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > limits.bytes) throw trouble(asked, `at most ${limits.bytes} bytes`, 'more');
    chunks.push(chunk);
  }
  const bytes = Buffer.concat(chunks, size);
  const encoding = String(answer.headers['content-encoding'] ?? 'identity').toLowerCase();
  if (encoding === 'identity' || bytes.length === 0) return bytes;
  const decode = DECODERS[encoding];
  if (!decode) throw trouble(asked, 'gzip, deflate or br', `content-encoding ${quote(encoding)}`);
  try {
    return await decode(bytes, { maxOutputLength: limits.bytes });
  } catch (cause) {
    throw trouble(
      asked,
      `${encoding} of at most ${limits.bytes} bytes`,
      'bytes that do not unpack to that',
      cause,
    );
  }
}

function keptHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of KEPT_HEADERS) {
    const value = headers[name];
    if (value !== undefined) kept[name] = String(value);
  }
  return kept;
}

function trouble(asked: FetchRequest, expected: string, found: string, cause?: unknown): FetchError {
  return new FetchError(`${asked.source}: expected ${expected} from ${asked.url}, found ${found}`, { cause });
}

/** What the usual troubles of a connection mean; any other is told by its code. */
const TROUBLES: Record<string, string> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was cut',
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'the name could not be looked up',
  UND_ERR_CONNECT_TIMEOUT: 'no connection in time',
  UND_ERR_HEADERS_TIMEOUT: 'silence for too long',
  UND_ERR_BODY_TIMEOUT: 'it stopped in the middle',
  UND_ERR_SOCKET: 'the connection was cut',
};

function reasonOf(error: unknown): string {
  const { name, code, message } = error as { name?: string; code?: string; message?: string };
  if (name === 'TimeoutError') return 'it took too long';
  if (typeof code === 'string') return TROUBLES[code] ? `${TROUBLES[code]}: ${code}` : code;
  return quote(message ?? String(error));
}
