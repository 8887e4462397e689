// Values of options: read strictly, refused with what is allowed.

import { InvalidArgumentError } from 'commander';
import { dayStart, instantMs } from '../draw/calendar.ts';

/** `--now INSTANT`, as a date object. */
export function instantOption(text: string): Date {
  const ms = instantMs(text);
  if (ms === null) throw new InvalidArgumentError('expected an instant such as 2024-05-31T16:00:00Z');
  return new Date(ms);
}

export function dayOption(text: string): string {
  if (dayStart(text) === null) throw new InvalidArgumentError('expected a day such as 2024-05-31');
  return text;
}

export function countOption(text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new InvalidArgumentError('expected a whole number from 1');
  return Number(text);
}

/** For an option that may be given several times; `earlier` is `false` after its `--no-`, which it takes back. */
export function collect(value: string, earlier: string[] | false = []): string[] {
  return [...(earlier || []), value];
}

export interface Address {
  host: string;
  port: number;
}

/** A port of this machine alone, or of the address in front of it. */
export function addressOption(text: string): Address {
  const match = /^(?:([\w.-]+|\[[\da-fA-F:.]+\]):)?(\d{1,5})$/.exec(text);
  const port = Number(match?.[2]);
  if (!match || port > 65_535)
    throw new InvalidArgumentError('expected a port, or an address such as 0.0.0.0:9464');
  return { host: match[1]?.replace(/^\[|\]$/g, '') ?? '127.0.0.1', port };
}
