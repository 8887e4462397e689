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
