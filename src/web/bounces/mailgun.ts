// Mailgun: failures for good, complaints and unsubscribing, each signed once.

import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import type { SuppressionReason } from '../../store/schema.ts';
import { MINUTE } from '../limits.ts';
import { jsonOf, malformed, NOTHING, type Reading, type ReadMessage, refuse } from './message.ts';
import { toldBy } from './report.ts';

const Signed = z.object({
  signature: z.object({
    timestamp: z.union([z.string(), z.number()]).transform(String),
    token: z.string().max(200),
    signature: z.string(),
  }),
  'event-data': z.unknown().optional(),
});

const Event = z.object({
  event: z.string(),
  recipient: z.string().optional(),
  severity: z.string().nullish(),
  reason: z.string().nullish(),
  'delivery-status': z.object({ code: z.unknown().optional() }).nullish(),
});

/** How far from now one may have been signed, in milliseconds. */
const OLDEST = 15 * MINUTE;
/** Tokens are remembered for as long; of more than so many the oldest are forgotten, and the time still holds. */
const TOKENS = 10_000;

/** These say something of us, or of that day, not of the address. */
const NOT_THE_ADDRESS: ReadonlySet<string> = new Set(['old', 'espblock']);
/** Mailgun did not even try, as its own list says why. */
const LISTED: ReadonlyMap<string, SuppressionReason> = new Map([
  ['suppress-complaint', 'complained'],
  ['suppress-unsubscribe', 'unsubscribed'],
]);

/** @param signingKey of its webhooks */
export function openMailgun(signingKey: string): ReadMessage {
  /** The oldest first. */
  const seen = new Map<string, number>();

  function remember(token: string, now: Date): void {
    for (const [old, at] of seen) {
      if (seen.size < TOKENS && now.getTime() - at <= 2 * OLDEST) break;
      seen.delete(old);
    }
    seen.set(token, now.getTime());
  }

  return (message) => {
    const { now } = message;
    const checked = Signed.safeParse(jsonOf(message));
    if (!checked.success) return malformed(false);
    const { signature, 'event-data': data } = checked.data;
    if (!isSigned(signature, signingKey)) return refuse('its signature is wrong');
    if (!(Math.abs(now.getTime() - Number(signature.timestamp) * 1_000) <= OLDEST))
      return refuse('it is too old');
    // What comes a second time has been dealt with.
    if (seen.has(signature.token)) return NOTHING;
    const reading = readEvent(data);
    return reading.refusal ? reading : { ...reading, done: () => remember(signature.token, now) };
  };
}

function isSigned(
  { timestamp, token, signature }: z.output<typeof Signed>['signature'],
  key: string,
): boolean {
  const ours = createHmac('sha256', key).update(`${timestamp}${token}`).digest();
  const theirs = /^[0-9a-f]{64}$/i.test(signature)
    ? Buffer.from(signature, 'hex')
    : Buffer.alloc(ours.length);
  return timingSafeEqual(ours, theirs);
}

function readEvent(data: unknown): Reading {
  const checked = Event.safeParse(data);
  if (!checked.success) return malformed(true);
  const reason = reasonOf(checked.data);
  if (reason === null) return NOTHING;
  const { recipient: email, reason: why, 'delivery-status': status } = checked.data;
  if (email === undefined) return malformed(true);
  return { reports: [{ email, reason, detail: toldBy('Mailgun', [why, status?.code]) }] };
}

function reasonOf({ event, severity, reason }: z.output<typeof Event>): SuppressionReason | null {
  if (event === 'complained' || event === 'unsubscribed') return event;
  if (event !== 'failed' || severity !== 'permanent' || NOT_THE_ADDRESS.has(reason ?? '')) return null;
  return LISTED.get(reason ?? '') ?? 'bounced';
}
