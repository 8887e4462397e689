// What a failed attempt means, and when to make the next one within the same look. Pure.

import { quote, type Trouble } from '../errors.ts';
import { readRetryAfter } from '../retry-after.ts';

/** Milliseconds to wait after the first and the second attempt. After the third the look has failed. */
const PAUSES = [500, 1_500];
const JITTER = 0.2;
/** Seconds. A source that asks for more is asked again after this, and may say so again. */
const LONGEST = 86_400;
/** Seconds to stay away for when we ask too often and are not told how long. */
const TOO_OFTEN = 60;

/** One attempt that came to nothing. */
export interface Setback {
  trouble: Trouble;
  /** Whether another attempt may fare better. */
  passing: boolean;
  /** Seconds the server asked to be left alone for; `null` when it did not ask. */
  retryAfter: number | null;
}

/**
 * Milliseconds until the next attempt, or `give-up`.
 * @param attempt the attempt that just failed, 1 for the first
 * @param random from 0 to below 1: spreads the pauses by up to 20 % either way
 * @param left milliseconds that are left for an answer to begin: a pause always ends before they do
 */
export function nextAttempt(
  attempt: number,
  random: number,
  { passing, retryAfter }: Pick<Setback, 'passing' | 'retryAfter'>,
  left: number,
): number | 'give-up' {
  const pause = PAUSES[attempt - 1];
  if (!passing || pause === undefined) return 'give-up';
  const jittered = pause * (1 + JITTER * (2 * random - 1));
  const asked = Math.max(jittered, (retryAfter ?? 0) * 1_000);
  return asked < left ? asked : 'give-up';
}

const PASSING_STATUSES: readonly number[] = [408, 429, 500, 502, 503, 504];

const STATUS_TROUBLES: Partial<Record<number, Trouble>> = {
  401: 'bot-wall',
  403: 'bot-wall',
  404: 'not-found',
  410: 'not-found',
};

/** Reads an error status, and what its `Retry-After` (seconds or an HTTP date) asks for. */
export function statusSetback(status: number, retryAfter: string | undefined, now: Date): Setback {
  const asked = status === 429 || status === 503 ? readRetryAfter(retryAfter, now) : null;
  const seconds = asked === null ? (status === 429 ? TOO_OFTEN : null) : Math.min(asked, LONGEST);
  return {
    trouble: seconds === null ? (STATUS_TROUBLES[status] ?? 'refused') : 'busy',
    passing: PASSING_STATUSES.includes(status),
    retryAfter: seconds,
  };
}

const CUT = { trouble: 'unreachable', passing: true, words: 'the connection was cut' } as const;
const AWAY = { ...CUT, words: 'the network is not there' } as const;
// Where we have waited already, another attempt would only wait again.
const WAITED = { trouble: 'unreachable', passing: false, words: 'no connection in time' } as const;

/** What the usual troubles of a connection mean; any other is told by its code. */
const CONNECTION_TROUBLES: Record<string, { trouble: Trouble; passing: boolean; words: string }> = {
  ECONNREFUSED: { ...CUT, words: 'the connection was refused' },
  ECONNRESET: CUT,
  EPIPE: CUT,
  UND_ERR_SOCKET: CUT,
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: CUT,
  ENOTFOUND: { ...CUT, words: 'no such host' },
  EAI_AGAIN: { ...CUT, words: 'the name could not be looked up' },
  EHOSTUNREACH: AWAY,
  ENETUNREACH: AWAY,
  ETIMEDOUT: WAITED,
  UND_ERR_CONNECT_TIMEOUT: WAITED,
  UND_ERR_BODY_TIMEOUT: { trouble: 'silent', passing: false, words: 'it stopped in the middle' },
  UND_ERR_HEADERS_OVERFLOW: { trouble: 'refused', passing: false, words: 'its headers are too large' },
};

/** Reads what the connection failed with; `words` say it in a message. */
export function connectionSetback(error: unknown): Setback & { words: string } {
  const { name, code, message } = error as { name?: string; code?: unknown; message?: string };
  const known = typeof code === 'string' ? CONNECTION_TROUBLES[code] : undefined;
  if (known) return { ...known, retryAfter: null, words: `${known.words}: ${code}` };
  // Somebody is there, but does not speak HTTP.
  const trouble = name === 'HTTPParserError' ? 'refused' : 'unreachable';
  const words = typeof code === 'string' ? code : quote(message ?? String(error));
  return { trouble, passing: false, retryAfter: null, words };
}
