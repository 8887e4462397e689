// corrections -> words: what a publisher changed about a draw.

import { dayStart, instantMs } from '../../draw/calendar.ts';
import type { Draw, Program } from '../../draw/draw.ts';
import type { DrawType } from '../../draw/draw-type.ts';
import { cut, printable, quote } from '../../errors.ts';
import type { Change, CorrectableField } from '../../event/event.ts';
import { drawTypeName, publishedLabel } from './describe.ts';
import type { Row } from './message.ts';
import type { Words } from './words.ts';

/** A value of a field in words. It came from a page, so none is trusted to be of its kind. `label` stood beside it. */
type Say = (words: Words, value: unknown, label: string) => string | null;

/** What each field holds, in the order in which changes are told: first what may decide a verdict. */
const SAY: Record<CorrectableField, Say> = {
  withdrawn: ({ changes }, value) => changes.listed[value === true ? 'no' : 'yes'],
  cutoff: sayNumber,
  tieBreakAt: sayMoment,
  date: sayMoment,
  type: (words, value, label) =>
    typeof value === 'string' ? drawTypeName(words, { type: value as DrawType, label }).name : null,
  programs: (words, value) => {
    if (!Array.isArray(value)) return null;
    const names = value.map((program) => words.programs[program as Program] ?? quote(program));
    return names.length === 0 ? words.changes.none.programs : words.list(names);
  },
  issuedAt: sayMoment,
  version: ({ changes }, value) =>
    value === null ? changes.none.version : typeof value === 'string' ? cut(printable(value), 20) : null,
  invitations: sayNumber,
  label: (_, value) => (typeof value === 'string' ? publishedLabel({ label: value }) : null),
};
const ORDER = Object.keys(SAY) as CorrectableField[];

/** Each change as a name and a value: `Cut-off`, `522 became 520`. What may decide a verdict comes first. */
export function changedFacts(words: Words, draw: Draw, changes: readonly Change[]): Row[] {
  const renamed = changes.find(({ field }) => field === 'label')?.before;
  const labelBefore = typeof renamed === 'string' ? renamed : draw.label;
  const say = (field: CorrectableField, value: unknown, label: string) =>
    SAY[field](words, value, label) ?? (value === null ? words.mail.notPublished : quote(value));
  return [...changes]
    .sort((a, b) => ORDER.indexOf(a.field) - ORDER.indexOf(b.field))
    .map(({ field, before, after }) => [
      words.changes.fields[field],
      words.changes.became(say(field, before, labelBefore), say(field, after, draw.label)),
    ]);
}

function sayNumber(words: Words, value: unknown): string | null {
  return typeof value === 'number' ? words.number(value) : null;
}

/** A day or an instant. */
function sayMoment(words: Words, value: unknown): string | null {
  if (typeof value !== 'string') return null;
  return dayStart(value) === null && instantMs(value) === null ? null : words.moment(value);
}
