// What stands in the links of mails: signed, without an address in it, and each good for one purpose only.

import { createHmac, timingSafeEqual } from 'node:crypto';
import { DAY } from '../draw/calendar.ts';
import { CONFIRM_DAYS } from '../match/notice.ts';

/** A token for the reader with this opaque name: the name and a signature, safe in a URL and in a subject. */
export function signUnsubscribe(reader: string, secret: string): string {
  return `${reader}.${signatureOf('unsubscribe', reader, secret)}`;
}

/**
 * The opaque name of the reader a token was made for, if one of the secrets signed it; else `null`. It is valid for
 * the life of the installation. `text` may hold more than the token: a link, or the subject of a mail.
 */
export function readUnsubscribe(text: string, secrets: readonly string[]): string | null {
  for (const [, reader, signature] of text.matchAll(/(?<![\w.-])([0-9a-f]{24})\.([\w-]{43})(?![\w-])/g)) {
    if (reader && signature && isSigned('unsubscribe', reader, signature, secrets)) return reader;
  }
  return null;
}

/** What a link that expires leads to: the confirmation of a sign-up, or a reader's own page. */
export type Purpose = 'confirm' | 'manage';

/** How long such a link works, in days: a sign-up's as long as it is kept. */
export const LINK_DAYS: Record<Purpose, number> = { confirm: CONFIRM_DAYS, manage: 90 };

/** Until when such a link works, RFC 3339; `from`: since when. */
export function linkEnd(purpose: Purpose, from: Date): string {
  return new Date(Math.ceil(from.getTime() / 1_000) * 1_000 + LINK_DAYS[purpose] * DAY).toISOString();
}

/** A token for one purpose; `from`: since when it works. */
export function signLink(purpose: Purpose, reader: string, secret: string, from: Date): string {
  const until = Date.parse(linkEnd(purpose, from)) / 1_000;
  const what = `${reader}.${until.toString(36)}`;
  return `${what}.${signatureOf(purpose, what, secret)}`;
}

/**
 * The opaque name of the reader a link was made for; `expired`: its time is over, for the reader it names. `null`:
 * no secret signed it, or not for this purpose.
 */
export function readLink(
  purpose: Purpose,
  token: string,
  secrets: readonly string[],
  now: Date,
): { reader: string; expired: boolean } | null {
  const [, what = '', reader = '', until = '', signature = ''] =
    /^(([0-9a-f]{24})\.([0-9a-z]{1,8}))\.([\w-]{43})$/.exec(token) ?? [];
  if (reader === '' || !isSigned(purpose, what, signature, secrets)) return null;
  return { reader, expired: Number.parseInt(until, 36) * 1_000 <= now.getTime() };
}

/** In a time that says nothing of how much of it was right. */
function isSigned(
  purpose: Purpose | 'unsubscribe',
  what: string,
  signature: string,
  secrets: readonly string[],
): boolean {
  const given = Buffer.from(signature);
  return secrets.some((secret) => timingSafeEqual(given, Buffer.from(signatureOf(purpose, what, secret))));
}

/** For this one purpose: whatever else the secret signs is no token for it. */
function signatureOf(purpose: Purpose | 'unsubscribe', what: string, secret: string): string {
  return createHmac('sha256', secret).update(`${purpose}\n${what}`).digest('base64url');
}
