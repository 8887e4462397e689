// Keyed hashes: what only whoever has the secret can make, and nobody can undo.

import { createHmac } from 'node:crypto';

export interface Seal {
  /** Tells secrets apart without telling them: 8 hexadecimal digits. */
  by: string;
  /** 32 hexadecimal digits, of these words in this order and for this purpose alone. */
  of(purpose: string, ...words: string[]): string;
}

/** How many hexadecimal digits of a hash no other one begins with. */
const DIGITS = 32;

export function openSeal(secret: string): Seal {
  const of = (purpose: string, ...words: string[]) =>
    createHmac('sha256', secret)
      .update(JSON.stringify([purpose, ...words]))
      .digest('hex')
      .slice(0, DIGITS);
  return { by: of('secret').slice(0, 8), of };
}
