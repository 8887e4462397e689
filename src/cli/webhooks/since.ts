// From when on: a day or an instant that is past.

import { dayStart, instantMs } from '../../draw/calendar.ts';
import { InputError, quote } from '../../errors.ts';

/** As an instant of the same form as all others. Throws `InputError`; `where`: what it was given as. */
export function readSince(text: string, now: Date, where = '--since'): string {
  const ms = dayStart(text) ?? instantMs(text);
  if (ms !== null && ms <= now.getTime()) return new Date(ms).toISOString();
  const expected =
    ms === null
      ? 'a day such as 2024-05-31 or an instant such as 2024-05-31T16:00:00Z'
      : 'a time that is past';
  const fault = { where, expected, found: quote(text) };
  throw new InputError('it is not clear from when on', [fault]);
}
