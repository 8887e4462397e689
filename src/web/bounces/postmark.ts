// Postmark: bounces, complaints and changes of its own list, by the name and password that its webhook was given.

import { createHash, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import type { SuppressionReason } from '../../store/schema.ts';
import { jsonOf, malformed, NOTHING, type Reading, type ReadMessage, refuse } from './message.ts';
import { toldBy } from './report.ts';

const Told = z.object({ RecordType: z.string() });
const Bounce = z.object({
  Type: z.string(),
  Email: z.string(),
  /** Whether Postmark sends nothing there any more. */
  Inactive: z.boolean().nullish(),
});
const Complaint = z.object({ Email: z.string() });
const Change = z.object({
  Recipient: z.string(),
  SuppressSending: z.boolean(),
  SuppressionReason: z.string().nullish(),
  Origin: z.string().nullish(),
});

/** Of a bounce: those that are for good. Any other is ignored, unless Postmark gave the address up for it. */
const BOUNCES: ReadonlyMap<string, SuppressionReason> = new Map([
  ['HardBounce', 'bounced'],
  ['BadEmailAddress', 'bounced'],
  ['ManuallyDeactivated', 'operator'],
  ['SpamComplaint', 'complained'],
  ['Unsubscribe', 'unsubscribed'],
]);

/** Of an address that was put on its list. */
const CHANGES: ReadonlyMap<string, SuppressionReason> = new Map([
  ['HardBounce', 'bounced'],
  ['SpamComplaint', 'complained'],
]);

/** @param login `name:password` */
export function openPostmark(login: string): ReadMessage {
  const expected = digestOf(login);
  return (message) => {
    const [, given = ''] = /^Basic +([\w+/=-]+) *$/i.exec(message.header('Authorization') ?? '') ?? [];
    // Digests are of one length, whatever was sent.
    if (!timingSafeEqual(digestOf(Buffer.from(given, 'base64')), expected))
      return refuse('the name or the password is wrong', 401);
    const value = jsonOf(message);
    const told = Told.safeParse(value);
    if (!told.success) return malformed(true);
    const read = Object.hasOwn(READERS, told.data.RecordType) ? READERS[told.data.RecordType] : undefined;
    return read ? read(value) : NOTHING;
  };
}

const READERS: Readonly<Record<string, (value: unknown) => Reading>> = {
  Bounce(value) {
    const bounce = Bounce.safeParse(value).data;
    if (!bounce) return malformed(true);
    const { Type, Email, Inactive } = bounce;
    const reason = BOUNCES.get(Type) ?? (Inactive === true ? 'bounced' : null);
    return reason === null ? NOTHING : report(Email, reason, Type);
  },
  SpamComplaint(value) {
    const complaint = Complaint.safeParse(value).data;
    return complaint ? report(complaint.Email, 'complained') : malformed(true);
  },
  SubscriptionChange(value) {
    const change = Change.safeParse(value).data;
    if (!change) return malformed(true);
    const { Recipient, SuppressSending, SuppressionReason: why, Origin } = change;
    // Who is taken off its list is not off ours: the operator lifts that.
    if (!SuppressSending) return NOTHING;
    const byHand = Origin === 'Recipient' ? 'unsubscribed' : 'operator';
    return report(Recipient, CHANGES.get(why ?? '') ?? byHand, why);
  },
};

function report(email: string, reason: SuppressionReason, code?: unknown): Reading {
  return { reports: [{ email, reason, detail: toldBy('Postmark', [code]) }] };
}

function digestOf(text: string | Buffer): Buffer {
  return createHash('sha256').update(text).digest();
}
