// source page -> document: a conditional GET, tried up to three times, bounded in time, size and place.

import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { Agent, type Dispatcher, request } from 'undici';
import { FetchError, quote, type Trouble } from '../errors.ts';
import { isWithinSite } from '../sources/site.ts';
import type { Document } from '../sources/source.ts';
import { makeDocument } from './document.ts';
import { connectionSetback, nextAttempt, type Setback, statusSetback } from './retry.ts';

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

export interface FetchDeps {
  /** The clock of what is stamped and of `Retry-After` dates; how long things take is measured apart from it. */
  now(): Date;
  /** From 0 to below 1. */
  random(): number;
  /** Aborted when the process is to stop. */
  signal?: AbortSignal | undefined;
  /** Waits between two attempts, in milliseconds; ends early, one way or the other, when the signal is aborted. */
  pause?(ms: number, signal?: AbortSignal): Promise<void>;
}

export interface FetchLimits {
  /** Milliseconds until a connection stands. */
  connect: number;
  /** Milliseconds until an answer begins, with all attempts, pauses and redirects before it. */
  answer: number;
  /** Milliseconds between two pieces of an answer. */
  idle: number;
  /** Milliseconds for all of it together: a slow transfer may go on, but must not hold us for ever. */
  total: number;
  /** Bytes, before and after decompression. */
  bytes: number;
  redirects: number;
}

/** A silent server is given up within ten seconds. The feed is under a megabyte and grows by a tenth a year. */
export const LIMITS: FetchLimits = {
  connect: 5_000,
  answer: 9_500,
  idle: 8_000,
  total: 300_000,
  bytes: 16 * 1024 * 1024,
  redirects: 5,
};

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
  deps: FetchDeps,
  limits: FetchLimits = LIMITS,
): Promise<Document | 'unchanged'> {
  const agent = new Agent({
    connect: { timeout: limits.connect },
    // One question needs no HTTP/2, whose many ways of being cut off have other names.
    allowH2: false,
    // Our own deadline spans attempts and redirects.
    headersTimeout: 0,
    bodyTimeout: limits.idle,
    maxHeaderSize: 64 * 1024,
  });
  const began = performance.now();
  const guard = openGuard(asked, limits, deps.signal);
  try {
    for (let attempt = 1; ; attempt += 1) {
      const left = () => limits.answer - (performance.now() - began);
      const outcome = await tryOnce(asked, deps, limits, agent, guard, left());
      if (!('error' in outcome)) return outcome.document;
      const pause = nextAttempt(attempt, deps.random(), outcome, left());
      if (pause === 'give-up') throw outcome.error;
      await guard.pause(pause, deps.pause);
    }
  } finally {
    guard.close();
    // An answer that is not wanted must not keep the process alive.
    await agent.destroy();
  }
}

type Outcome = { document: Document | 'unchanged' } | (Setback & { error: FetchError });

/** One attempt. What another one cannot mend is thrown. */
async function tryOnce(
  asked: FetchRequest,
  { now }: FetchDeps,
  limits: FetchLimits,
  agent: Agent,
  guard: Guard,
  left: number,
): Promise<Outcome> {
  try {
    const { answer, url } = await guard.within(left, () => follow(asked, agent, limits, guard.signal));
    if (answer.statusCode === 304 && isConditional(asked)) {
      await answer.body.dump();
      return { document: 'unchanged' };
    }
    if (answer.statusCode !== 200) return refusal(asked, answer, now());
    const bytes = await readBody(asked, answer, limits);
    const { statusCode: status, headers } = answer;
    return { document: makeDocument({ source: asked.source, url, status, headers, bytes }, now()) };
  } catch (error) {
    // Whatever the library made of it, this is why it was stopped.
    if (guard.signal.aborted) throw guard.signal.reason;
    if (error instanceof FetchError) throw error;
    const setback = connectionSetback(error);
    const found = `none (${setback.words})`;
    return { ...setback, error: failure(asked, setback.trouble, 'an answer', found, { cause: error }) };
  }
}

/** Holds what may end a fetch early; each end is an error with its reason. */
interface Guard {
  signal: AbortSignal;
  /** Gives an answer so many milliseconds to begin. */
  within<Result>(ms: number, work: () => Promise<Result>): Promise<Result>;
  pause(ms: number, how?: FetchDeps['pause']): Promise<void>;
  close(): void;
}

function openGuard(asked: FetchRequest, limits: FetchLimits, stopping: AbortSignal | undefined): Guard {
  const ender = new AbortController();
  const end = (trouble: Trouble, words: string) =>
    ender.abort(failure(asked, trouble, 'an answer', `none (${words})`));
  const stop = () => end('unreachable', 'we are stopping');
  if (stopping?.aborted) stop();
  stopping?.addEventListener('abort', stop, { once: true });
  const total = setTimeout(() => end('silent', 'it took too long'), limits.total);
  return {
    signal: ender.signal,
    async within(ms, work) {
      const deadline = setTimeout(() => end('silent', 'silence for too long'), ms);
      try {
        return await work();
      } finally {
        clearTimeout(deadline);
      }
    },
    async pause(ms, how = (time, signal) => wait(time, undefined, { signal })) {
      try {
        await how(ms, ender.signal);
      } catch (error) {
        // A pause that was ended early is told by the attempt that does not follow.
        if (!ender.signal.aborted) throw error;
      }
    },
    close() {
      clearTimeout(total);
      stopping?.removeEventListener('abort', stop);
    },
  };
}

/** An answer that is neither the document nor "unchanged". */
function refusal(asked: FetchRequest, answer: Dispatcher.ResponseData, now: Date): Outcome {
  const { statusCode: status, headers, body } = answer;
  // Its words are of no use; closing the connection spares us waiting for them.
  body.on('error', () => undefined).destroy();
  const [asks] = [headers['retry-after'] ?? []].flat();
  const setback = statusSetback(status, asks, now);
  const { retryAfter } = setback;
  const retryAt = retryAfter === null ? null : new Date(now.getTime() + retryAfter * 1_000).toISOString();
  // One that is not modified since we never asked is no more use than an error.
  const expected = status === 304 ? 'status 200' : 'status 200 or 304';
  const found = `status ${status}${retryAt === null || asks === undefined ? '' : `, which asks to be left alone until ${retryAt}`}`;
  return { ...setback, error: failure(asked, setback.trouble, expected, found, { retryAt }) };
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
  throw failure(asked, 'refused', `at most ${limits.redirects} redirects`, 'more');
}

/** Within the source's site and not from https to http; anywhere else is somebody else's page. */
function redirectTarget(asked: FetchRequest, from: string, location: string): string {
  const target = URL.parse(location, from);
  const inside = target && isWithinSite(target.hostname, asked.site);
  const safe = target && (target.protocol === 'https:' || target.protocol === new URL(from).protocol);
  if (!target || !inside || !safe)
    throw failure(asked, 'refused', `redirects within ${asked.site}`, `one to ${quote(location)}`);
  return target.href;
}

function requestHeaders(asked: FetchRequest): Record<string, string> {
  return {
    accept: 'application/json, text/html;q=0.5',
    'accept-encoding': 'gzip, deflate, br',
    'user-agent': asked.userAgent,
    ...conditions(asked),
  };
}

/** What cannot be sent back as it came, as with letters beyond ASCII, is not sent: it would fail every look. */
function conditions({ etag, lastModified }: FetchRequest): Record<string, string> {
  const sendable = (value: string | null | undefined) => value && /^[\x20-\x7e]+$/.test(value);
  return {
    ...(sendable(etag) ? { 'if-none-match': etag as string } : {}),
    ...(sendable(lastModified) ? { 'if-modified-since': lastModified as string } : {}),
  };
}

function isConditional(asked: FetchRequest): boolean {
  return Object.keys(conditions(asked)).length > 0;
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
    if (size > limits.bytes) throw failure(asked, 'refused', `at most ${limits.bytes} bytes`, 'more');
    chunks.push(chunk);
  }
  const bytes = Buffer.concat(chunks, size);
  const encoding = String(answer.headers['content-encoding'] ?? 'identity').toLowerCase();
  if (encoding === 'identity' || bytes.length === 0) return bytes;
  const decode = DECODERS[encoding];
  if (!decode) throw failure(asked, 'refused', 'gzip, deflate or br', `content-encoding ${quote(encoding)}`);
  try {
    return await decode(bytes, { maxOutputLength: limits.bytes });
  } catch (cause) {
    throw failure(
      asked,
      'refused',
      `${encoding} of at most ${limits.bytes} bytes`,
      'bytes that do not unpack to that',
      { cause },
    );
  }
}

function failure(
  asked: FetchRequest,
  trouble: Trouble,
  expected: string,
  found: string,
  options: { cause?: unknown; retryAt?: string | null } = {},
): FetchError {
  return new FetchError(
    trouble,
    `${asked.source}: expected ${expected} from ${asked.url}, found ${found}`,
    options,
  );
}
