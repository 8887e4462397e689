// The names a notice goes by on the command line: its number, its recipient, and its status in words.

import { InvalidArgumentError } from 'commander';
import { type Fault, quote } from '../../errors.ts';
import type { NoticeStatus } from '../../match/notice.ts';
import type { NoticeLine, Recipient } from '../../store/notices.ts';

/** The number of a notice, as `drawbell deliveries` lists it. */
export function readNumber(text: string): number {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new InvalidArgumentError('expected the number of a notice.');
  return Number(text);
}

/** Several of them, each once. */
export function collectNumbers(text: string, earlier: readonly number[] = []): number[] {
  return [...new Set([...earlier, readNumber(text)])];
}

/** A recipient by the name the list shows, or a subscriber by its number alone. */
export function readRecipient(text: string): Recipient {
  if (text === 'operator') return text;
  if (/^ep_[0-9a-f]+$/.test(text)) return { endpoint: text };
  const number = /^(?:subscriber )?([1-9]\d{0,14})$/.exec(text)?.[1];
  if (number !== undefined) return { subscriber: Number(number) };
  throw new InvalidArgumentError('expected ep_..., "subscriber 12" or operator.');
}

/** The status, and what is not certain about it. */
export function describeStatus({ status, ambiguous }: NoticeLine): string {
  if (ambiguous === 0) return status;
  return `${status} (may have arrived${status === 'sent' ? ' twice' : ''})`;
}

export const COLOURS = {
  sent: 'green',
  queued: 'yellow',
  held: 'yellow',
  failed: 'red',
  dropped: 'dim',
} as const;

/** How many of something: `1 notice`, `2 notices`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en-CA')} ${number === 1 ? one : many}`;
}

/** Of numbers that were typed by hand, those that are no notice with one of these statuses. */
export function wrongNumbers(
  ids: readonly number[],
  statuses: ReadonlyMap<number, NoticeStatus>,
  allowed: readonly NoticeStatus[],
  listed: string,
): Fault[] {
  return ids.flatMap((id) => {
    const status = statuses.get(id);
    if (status !== undefined && allowed.includes(status)) return [];
    const found = status === undefined ? 'no such notice' : `one that is ${status}`;
    return [{ where: String(id), expected: `a notice that is ${listed}`, found }];
  });
}

/** What is wrong about the name of an event. */
export function noSuchEvent(event: string) {
  const expected = 'an event that "drawbell events" lists, e.g. draw.published/ircc:297';
  return { where: 'event', expected, found: quote(event) };
}
