// outbox -> delivered, over a team's webhook: a signed POST by the Standard Webhooks specification.

import type { Event, EventOf } from '../event/event.ts';
import type { Channel, DeliveryResult } from './channel.ts';
import { harmless } from './text/source-words.ts';

/** Of one attempt as a whole, in milliseconds. */
const TIMEOUT = 15_000;
/** Of a body about rounds that are kept apart, whose text nobody has believed yet. Bytes. */
const LARGEST = 20_000;
/** Faults told of one such round. */
const FAULTS = 8;

export interface WebhookOptions {
  userAgent: string;
  /** Milliseconds. */
  timeout?: number;
}

/** What a webhook's body says of an event: `{ type, timestamp, data }`, the same over all retries. */
export function webhookBody(event: Event): string {
  const data = event.type === 'source.quarantined' ? heldRounds(event) : event.data;
  return JSON.stringify({ type: event.type, timestamp: event.at, data });
}

/**
 * The rounds with what is wrong with them, cut; `count` says how many there are. What was read of a round is
 * left out: a team's program must not take for a draw what drawbell itself does not believe.
 */
function heldRounds({ data }: EventOf<'source.quarantined'>): unknown {
  let left = LARGEST - 1_000;
  const rounds: unknown[] = [];
  for (const { id, reason, faults, since, looks } of data.rounds) {
    const cutFaults = faults.slice(0, FAULTS).map(({ where, expected, found }) => ({
      where: harmless(where, 80),
      expected: harmless(expected, 120),
      found: harmless(found, 120),
    }));
    const round = { id: harmless(id, 80), reason, faults: cutFaults, since, looks };
    left -= Buffer.byteLength(JSON.stringify(round)) + 1;
    if (left < 0) break;
    rounds.push(round);
  }
  return { source: data.source, count: data.count, rounds };
}

export async function openWebhook({
  userAgent,
  timeout = TIMEOUT,
}: WebhookOptions): Promise<Channel<'webhook'>> {
  const [{ Agent, request }, { Webhook }] = await Promise.all([import('undici'), import('standardwebhooks')]);
  // The time is kept over the whole attempt, so the agent's own limits need only not be shorter.
  const agent = new Agent({ connect: { timeout }, headersTimeout: timeout, bodyTimeout: timeout });
  return {
    name: 'webhook',
    async send({ key, event, endpoint }) {
      const body = webhookBody(event);
      // The receiver holds this stamp against its own clock, so it is the real time whatever `--now` says.
      const at = new Date();
      try {
        // undici follows no redirect by itself, and a redirect is a failure here.
        const answer = await request(endpoint.url, {
          method: 'POST',
          dispatcher: agent,
          signal: AbortSignal.timeout(timeout),
          headers: {
            'content-type': 'application/json',
            'user-agent': userAgent,
            'webhook-id': key,
            'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
            'webhook-signature': new Webhook(endpoint.secret).sign(key, at, body),
          },
          body,
        });
        // The status has decided: an answer that breaks off after it does not throw here.
        await answer.body.dump({ limit: 64 * 1024 });
        return resultOf(answer.statusCode, answer.headers['retry-after'], at);
      } catch (error) {
        return { outcome: 'refused', detail: `no answer: ${reasonOf(error)}` };
      }
    },
    close: () => agent.destroy(),
  };
}

/** 2xx is success and 410 an end; everything else, redirects too, is worth another attempt. */
export function resultOf(
  status: number,
  retryAfter: string | string[] | undefined,
  now: Date,
): DeliveryResult {
  const detail = `answered ${status}`;
  if (status >= 200 && status < 300) return { outcome: 'sent', detail };
  if (status === 410) return { outcome: 'failed', detail: `${detail}: the endpoint is gone` };
  const seconds = secondsToWait(Array.isArray(retryAfter) ? retryAfter[0] : retryAfter, now);
  return { outcome: 'refused', detail, ...(seconds === null ? {} : { retryAfter: seconds }) };
}

/** `Retry-After` is a number of seconds or a date. */
function secondsToWait(retryAfter: string | undefined, now: Date): number | null {
  if (retryAfter === undefined) return null;
  if (/^\d{1,9}$/.test(retryAfter.trim())) return Number(retryAfter);
  const at = Date.parse(retryAfter);
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - now.getTime()) / 1000));
}

/** The class of the trouble only: an error's text names the address. */
function reasonOf(error: unknown): string {
  const { name, code } = error as { name?: string; code?: string };
  if (name === 'TimeoutError') return 'it took too long';
  return typeof code === 'string' && /^[A-Z_]{2,40}$/.test(code) ? code : 'the connection failed';
}
