// What has to be remembered of recipients: the lines of `recipients.ndjson`. Pure.

import { isObject } from '../is-object.ts';
import { secretName } from './ledger.ts';
import {
  hiddenText,
  inside,
  instant,
  keyedHash,
  objectOf,
  oneOf,
  orNull,
  type Reader,
  wrong,
} from './read.ts';
import type { RecipientLine } from './state.ts';

type Kind = RecipientLine['kind'];
type LineOf<Some extends Kind> = Extract<RecipientLine, { kind: Some }>;

/** A word of ours, never what somebody wrote. */
const word = hiddenText('a word', (text) => /^[a-z-]{1,30}$/.test(text));
const endpointId = hiddenText('the id of an endpoint, ep_...', (text) => /^ep_\w{1,60}$/.test(text));

const KINDS: { [Some in Kind]: Reader<LineOf<Some>> } = {
  suppressed: objectOf<LineOf<'suppressed'>>({
    kind: oneOf(['suppressed']),
    who: keyedHash,
    by: secretName,
    reason: word,
    at: instant,
  }),
  endpoint: objectOf<LineOf<'endpoint'>>({
    kind: oneOf(['endpoint']),
    who: endpointId,
    by: secretName,
    failingSince: orNull(instant),
    resumeAt: orNull(instant),
    disabled: orNull(objectOf<{ at: string; why: string }>({ at: instant, why: word })),
  }),
  reminded: objectOf<LineOf<'reminded'>>({
    kind: oneOf(['reminded']),
    who: keyedHash,
    by: secretName,
    at: instant,
  }),
};
const kind = oneOf(Object.keys(KINDS) as Kind[]);

export const recipientLine: Reader<RecipientLine> = (value, sheet) => {
  if (!isObject(value)) return wrong(sheet, 'an object', value);
  const before = sheet.notes.length;
  const read = inside(sheet, 'kind', value.kind, kind);
  return sheet.notes.length > before ? (value as RecipientLine) : KINDS[read](value, sheet);
};

/** What no two lines have in common. */
export function nameOfRecipient({ kind, who, by }: RecipientLine): string {
  return `${kind} ${by} ${who}`;
}
