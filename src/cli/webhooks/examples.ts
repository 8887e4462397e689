// An endpoint -> what it answers to an example of each event it wants.

import { randomBytes } from 'node:crypto';
import { printable } from '../../errors.ts';
import type { Event, EventType } from '../../event/event.ts';
import { exampleEvents } from '../../event/examples.ts';
import { wantsEvent } from '../../match/preference.ts';
import type { Channel, DeliveryResult } from '../../notify/channel.ts';
import { openLimit } from '../../notify/limit.ts';
import type { StoredEndpoint } from '../../store/endpoints.ts';

/** One example, and how it ended. */
export interface Tried {
  type: EventType;
  webhookId: string;
  outcome: DeliveryResult['outcome'];
  detail: string;
  status: number | null;
  milliseconds: number;
  /** The first line of it. */
  answer: string | null;
}

/**
 * Sends them one after the other, until one is not answered at all or the time is up; `left` are those that were not
 * sent. Nothing is recorded.
 * @param time milliseconds for all of them; without it each has its own
 */
export async function sendExamples(
  channel: Channel<'webhook'>,
  endpoint: StoredEndpoint,
  types: readonly EventType[] | null = endpoint.events,
  time?: number,
): Promise<{ tried: Tried[]; left: EventType[] }> {
  // An example is of one source and one draw type, and is worth seeing to whoever wants others.
  const wishes = { events: types, sources: null, drawTypes: null };
  const examples = exampleEvents().filter((event) => wantsEvent(wishes, event));
  const limit = time === undefined ? null : openLimit(time);
  const tried: Tried[] = [];
  try {
    for (const event of examples) {
      const one = await sendOne(channel, endpoint, event, limit?.passed);
      tried.push(one);
      // Whoever does not answer one does not answer seven, and each may take a quarter of a minute.
      if (one.outcome !== 'sent' && one.status === null) break;
    }
  } finally {
    limit?.close();
  }
  return { tried, left: examples.slice(tried.length).map(({ type }) => type) };
}

const TOO_LATE: DeliveryResult = { outcome: 'refused', detail: 'no answer: it took too long' };

async function sendOne(
  channel: Channel<'webhook'>,
  endpoint: StoredEndpoint,
  event: Event,
  passed: Promise<never> | undefined,
): Promise<Tried> {
  const webhookId = `msg_test_${randomBytes(12).toString('hex')}`;
  const started = performance.now();
  const sending = channel.send({ channel: 'webhook', key: webhookId, event, endpoint });
  const result = await (passed ? Promise.race([sending, passed.catch(() => TOO_LATE)]) : sending);
  const milliseconds = Math.round(performance.now() - started);
  const { outcome, detail, status = null, answer } = result;
  return { type: event.type, webhookId, outcome, detail, status, milliseconds, answer: firstLine(answer) };
}

/** Whoever answers may write anything. */
function firstLine(answer: string | undefined): string | null {
  const line = (answer ?? '').split(/[\r\n]/).find((text) => text.trim() !== '');
  return line === undefined ? null : printable(line).slice(0, 200);
}
