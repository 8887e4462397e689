// Tokens that end one reader's messages: signed, without an address in them, valid for the life of the installation.

import { createHmac, timingSafeEqual } from 'node:crypto';

/** A token for the reader with this opaque name: the name and a signature, safe in a URL and in a subject. */
export function signUnsubscribe(reader: string, secret: string): string {
  return `${reader}.${signatureOf(reader, secret)}`;
}

/**
 * The opaque name of the reader a token was made for, if one of the secrets signed it; else `null`. `text` may hold
 * more than the token: a link, or the subject of a mail.
 */
export function readUnsubscribe(text: string, secrets: readonly string[]): string | null {
  for (const [, reader, signature] of text.matchAll(/(?<![\w.-])([0-9a-f]{24})\.([\w-]{43})(?![\w-])/g)) {
    if (!reader || !signature) continue;
    const given = Buffer.from(signature);
    for (const secret of secrets) {
      if (timingSafeEqual(given, Buffer.from(signatureOf(reader, secret)))) return reader;
    }
  }
  return null;
}

/** For this one purpose: whatever else the secret signs is no token to unsubscribe with. */
function signatureOf(reader: string, secret: string): string {
  return createHmac('sha256', secret).update(`unsubscribe\n${reader}`).digest('base64url');
}
