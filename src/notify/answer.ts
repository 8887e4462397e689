// outbox -> delivered, what an endpoint answers to a webhook: its status, the beginning of its text, or why there is none.

import type { Readable } from 'node:stream';
import { readRetryAfter } from '../retry-after.ts';
import type { DeliveryResult } from './channel.ts';

/** Bytes of an answer that are kept. */
const LONGEST = 1_024;

const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];
const BUSY: readonly number[] = [429, 502, 503, 504];

/** 2xx is success and 410 an end; everything else, redirects too, is worth another attempt. */
export function resultOf(
  status: number,
  retryAfter: string | string[] | undefined,
  now: Date,
): DeliveryResult {
  const answered = `answered ${status}`;
  if (status >= 200 && status < 300) return { outcome: 'sent', detail: answered, status };
  if (status === 410) {
    return { outcome: 'failed', detail: `${answered}: the endpoint is gone`, status, cause: 'gone' };
  }
  const detail = REDIRECTS.includes(status) ? `${answered}: redirects are not followed` : answered;
  const seconds = readRetryAfter([retryAfter].flat()[0], now);
  return {
    outcome: 'refused',
    detail,
    status,
    ...(BUSY.includes(status) ? { cause: 'busy' } : {}),
    ...(seconds === null ? {} : { retryAfter: seconds }),
  };
}

const CUT = 'the connection was cut';

const TROUBLES: Partial<Record<string, string>> = {
  ECONNREFUSED: 'nobody listens there',
  ECONNRESET: CUT,
  EPIPE: CUT,
  UND_ERR_SOCKET: CUT,
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'the name could not be looked up',
  TOO_MUCH: 'it says too much',
  UND_ERR_HEADERS_OVERFLOW: 'its headers are too large',
};

/** Why none came: the class of the trouble only, for an error's text names the address. */
export function noAnswer(error: unknown): string {
  const { name, code } = error as { name?: string; code?: unknown };
  if (name === 'TimeoutError') return 'no answer: it took too long';
  if (typeof code !== 'string' || !/^[A-Z][A-Z0-9_]{1,60}$/.test(code)) {
    return 'no answer: the connection failed';
  }
  const words = name === 'HTTPParserError' ? 'it does not speak HTTP' : TROUBLES[code];
  return `no answer: ${words ? `${words} (${code})` : code}`;
}

/**
 * The beginning of an answer, at most 1 KB of it; `''` where none comes in time. Never throws: the status has
 * decided. What has not ended by then is broken off, and its connection with it.
 * @param time milliseconds
 */
export function readBeginning(body: Readable, time: number): Promise<string> {
  const chunks: Buffer[] = [];
  let left = LONGEST;
  return new Promise((resolve) => {
    const timer = setTimeout(end, time);
    function end(): void {
      clearTimeout(timer);
      if (!body.readableEnded) body.destroy();
      // As a stream, so that half a character at the end is left out rather than shown as broken.
      const decode = () => new TextDecoder().decode(Buffer.concat(chunks), { stream: true });
      resolve(chunks.length === 0 ? '' : decode());
    }
    body.on('data', (chunk: Buffer) => {
      chunks.push(chunk.subarray(0, left));
      left -= chunk.length;
      if (left <= 0) end();
    });
    body.once('end', end);
    body.once('close', end);
    body.on('error', end);
  });
}
