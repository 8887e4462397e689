// events -> a webhook's body, as Standard Webhooks has it: `{ type, timestamp, data }`.

import type { Event, EventOf } from '../../event/event.ts';
import { harmless } from '../text/operator-words.ts';
import { shrinkUntil } from './shrink.ts';

/** A body is smaller than this, whatever text is in its event. Bytes. */
const LARGEST = 20_000;
/** Faults told of one such round. */
const FAULTS = 8;

/** Written once for all the endpoints an event goes to. */
const written = new WeakMap<Event, string>();

/** What a webhook's body says of an event: `{ type, timestamp, data }`, the same over all retries. */
export function webhookBody(event: Event): string {
  const body = written.get(event) ?? writeBody(event);
  written.set(event, body);
  return body;
}

function writeBody(event: Event): string {
  const data = event.type === 'source.quarantined' ? heldRounds(event) : event.data;
  const write = (said: unknown) => JSON.stringify({ type: event.type, timestamp: event.at, data: said });
  const fits = (body: string) => Buffer.byteLength(body) < LARGEST;
  const body = write(data);
  return fits(body) ? body : write(shrinkUntil(data, (smaller) => fits(write(smaller))));
}

/**
 * The rounds with what is wrong with them, cut; `count` says how many there are. What was read of a round is
 * left out: a team's program must not take for a draw what drawbell itself does not believe.
 */
function heldRounds({ data }: EventOf<'source.quarantined'>): unknown {
  let left = LARGEST - 1_000;
  const rounds: unknown[] = [];
  for (const { id, reason, faults, since, looks } of data.rounds) {
    const cutFaults = faults.slice(0, FAULTS).map(({ where, expected, found }) => ({
      where: harmless(where, 80),
      expected: harmless(expected, 120),
      found: harmless(found, 120),
    }));
    const round = { id: harmless(id, 80), reason, faults: cutFaults, since, looks };
    left -= Buffer.byteLength(JSON.stringify(round)) + 1;
    if (left < 0) break;
    rounds.push(round);
  }
  return { source: data.source, count: data.count, rounds };
}
