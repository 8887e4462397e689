// what a mail provider says of an address -> the list of those that get nothing.

import * as z from 'zod';
import { cut, printable } from '../../errors.ts';
import type { DbOrTrx, SuppressionReason } from '../../store/schema.ts';
import { removeSubscriber } from '../../store/subscribers.ts';
import { suppress } from '../../store/suppressions.ts';

/** One address that is to get nothing any more, and why. */
export interface Report {
  email: string;
  reason: SuppressionReason;
  /** Outlives the address, so that none may be in it. */
  detail: string | null;
}

const Email = z.email().max(254);

/** In one transaction. What is no address cannot be a reader's, and is passed over; whoever is unknown is suppressed too. */
export async function record(trx: DbOrTrx, reports: readonly Report[], at: string): Promise<void> {
  for (const { email, reason, detail } of reports) {
    const address = email.trim();
    if (!Email.safeParse(address).success) continue;
    await suppress(trx, address, { reason, detail }, at);
    // As with our own link: whoever leaves is forgotten but for the hash.
    if (reason === 'unsubscribed') await removeSubscriber(trx, address);
  }
}

/** In characters. */
const LONGEST_DETAIL = 200;

/** Free text about an address, without it and without any other. `null`: nothing is left. */
export function cleanDetail(text: string, email: string): string | null {
  // Word by word, so that no text, however long, takes longer than it takes to read it.
  const named = printable(text).replace(/\S+/g, (word) => (/@|%40|＠/i.test(word) ? '…' : word));
  // Servers also write "user jane.doe unknown".
  const name = email.split('@')[0]?.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  const clean = named.replace(new RegExp(`(?<![\\p{L}\\p{N}])${name}(?![\\p{L}\\p{N}])`, 'giu'), '…');
  return cut(clean, LONGEST_DETAIL) || null;
}

/** Who told it, and by which of their codes. */
export function toldBy(provider: string, codes: readonly unknown[]): string {
  return [`told by ${provider}`, ...codes.flatMap((code) => codeOf(code) ?? [])].join(', ');
}

/** What a provider calls something, if it looks like a word or a code of its list; never anything else that it sent. */
function codeOf(text: unknown): string | null {
  const code = typeof text === 'number' ? String(text) : text;
  return typeof code === 'string' && /^[A-Za-z0-9]{1,40}([.-][A-Za-z0-9]{1,20}){0,4}$/.test(code)
    ? code
    : null;
}
