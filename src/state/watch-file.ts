// How watching and telling go <-> `watch.json`, with the number of the form that all files have. Pure.

import { type Fault, TROUBLE_KINDS, type Trouble } from '../errors.ts';
import { OPERATOR_EVENT_TYPES, type OperatorEvent } from '../event/event.ts';
import type { Spell } from '../event/health.ts';
import { type HeldRound, HOLD_REASONS } from '../event/quarantine.ts';
import { isObject } from '../is-object.ts';
import { day, drawOf, eventOf, SOURCE_ID } from './facts.ts';
import {
  anyObject,
  anyText,
  inside,
  instant,
  keyedHash,
  listOf,
  numberFrom,
  objectOf,
  oneOf,
  orNull,
  type Reader,
  someText,
  wrong,
  yesOrNo,
} from './read.ts';
import type { MailStop, SourceWatch, StateLook, Watch } from './state.ts';

/**
 * The form of the files. One more as soon as an older drawbell would not understand all of it: it refuses a newer one,
 * as it would lose what it does not know.
 */
export const FORMAT = 1;

const spell = { since: instant, told: numberFrom(0), toldAt: orNull(instant) };

const look = objectOf<StateLook>({
  asked: keyedHash,
  etag: orNull(anyText),
  lastModified: orNull(anyText),
  hash: anyText,
  changedAt: instant,
});

const health = objectOf<NonNullable<SourceWatch['health']>>({
  triedAt: instant,
  succeededAt: orNull(instant),
  failures: numberFrom(0),
  failing: orNull(
    objectOf<Spell & { trouble: Trouble; reason: string }>({
      ...spell,
      trouble: oneOf(TROUBLE_KINDS),
      reason: anyText,
    }),
  ),
  quiet: orNull(objectOf<Spell>(spell)),
  retryAt: orNull(instant),
  browserAt: orNull(instant),
  unconditional: yesOrNo,
  moved: orNull(objectOf<{ from: string; to: string }>({ from: keyedHash, to: someText })),
});

const mail = objectOf<MailStop>({
  since: instant,
  cause: oneOf(['policy', 'unreachable']),
  reason: anyText,
  pauses: numberFrom(0),
  resumeAt: instant,
  told: orNull(day),
});

const fault = objectOf<Fault>({ where: anyText, expected: anyText, found: anyText });

function sourceWatch(source: string): Reader<SourceWatch> {
  const held = objectOf<HeldRound>({
    id: someText,
    reason: oneOf(HOLD_REASONS),
    faults: listOf(fault),
    draw: orNull(drawOf(source)),
    since: instant,
    looks: numberFrom(0),
    status: oneOf(['held', 'dropped']),
  });
  return objectOf<SourceWatch>({ look: orNull(look), health: orNull(health), quarantine: listOf(held) });
}

const event = eventOf<OperatorEvent>({
  types: OPERATOR_EVENT_TYPES,
  source: someText,
  draw: (value, sheet) => (value === null ? value : wrong(sheet, 'null', value)),
  data: anyObject,
});

/** Reads the file, or what it is to be made of. */
export const watchFile: Reader<Watch & { format: number }> = objectOf<Watch & { format: number }>({
  format: (value, sheet) => (value === FORMAT ? FORMAT : wrong(sheet, `${FORMAT}`, value)),
  sources: bySource(sourceWatch),
  mail: orNull(mail),
  events: listOf(event),
});

/** In the order of their names. */
function bySource<Value>(readerOf: (source: string) => Reader<Value>): Reader<Record<string, Value>> {
  return (value, sheet) => {
    if (!isObject(value)) return wrong(sheet, 'an object', value);
    const read: Record<string, Value> = {};
    for (const source of Object.keys(value).sort()) {
      if (SOURCE_ID.test(source)) read[source] = inside(sheet, source, value[source], readerOf(source));
      else wrong(sheet, 'the id of a source', source);
    }
    return read;
  };
}
