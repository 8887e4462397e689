// outbox -> delivered: what an attempt means beyond its own notice, for its reader, its endpoint, its channel.

import { type EventOf, makeOperatorEvent, SERVICE, type ServiceEventType } from '../event/event.ts';
import type { ChannelName, DueNotice, Ended } from '../match/notice.ts';
import { nextTry } from '../notify/retry.ts';
import { noteAttempt, troubledEndpoints } from '../store/endpoint-health.ts';
import { saveEvents } from '../store/events.ts';
import type { DbOrTrx } from '../store/schema.ts';
import { endStop, readStop, type Stop, saveStop } from '../store/stops.ts';
import { suppress } from '../store/suppressions.ts';
import type { Deps } from './deps.ts';
import { queueNotices } from './queue.ts';

/** A mail server that is out of reach for so long is told to the operator, in milliseconds. */
const LONG = 3_600_000;

type EndedOf<Channel extends ChannelName> = Ended<Extract<DueNotice, { channel: Channel }>>;

/** Inside the transaction that settles the notices, in the order in which the attempts ended. */
export async function followUp(
  trx: DbOrTrx,
  settled: readonly Ended[],
  deps: Pick<Deps, 'random' | 'operatorMail' | 'warn'>,
): Promise<void> {
  const isOf = (channel: ChannelName) => settled.some(({ notice }) => notice.channel === channel);
  let stop = isOf('email') || isOf('letter') ? await readStop(trx, 'email') : undefined;
  // What reached an endpoint that is well changes nothing of it, and that is most of them.
  const troubled = new Set(isOf('webhook') ? await troubledEndpoints(trx) : []);
  for (const { notice, settlement } of settled) {
    if (notice.channel === 'webhook') {
      if (settlement.status === 'sent' && !troubled.has(notice.endpoint.id)) continue;
      troubled.add(notice.endpoint.id);
      await ofEndpoint(trx, { notice, settlement }, deps);
    } else if (notice.channel !== 'operator') stop = await ofMail(trx, { notice, settlement }, stop, deps);
  }
}

async function ofEndpoint(
  trx: DbOrTrx,
  { notice: { endpoint }, settlement: { cause, dueAt, delivery } }: EndedOf<'webhook'>,
  deps: Pick<Deps, 'operatorMail' | 'warn'>,
): Promise<void> {
  const { at, outcome, detail } = delivery;
  const disabled = await noteAttempt(trx, endpoint.id, {
    at,
    sent: outcome === 'sent',
    gone: cause === 'gone',
    resumeAt: cause === 'busy' ? dueAt : null,
  });
  if (!disabled) return;
  const { why: reason, since } = disabled;
  const data = { endpoint: endpoint.id, reason, since, detail };
  await tell(trx, 'endpoint.disabled', `${endpoint.id}/${at}`, data, at, deps);
  deps.warn(`endpoint ${endpoint.id} is disabled (${detail}): what happens is kept for it`);
}

/** Returns whether mail waits now. */
async function ofMail(
  trx: DbOrTrx,
  { notice: { reader }, settlement: { status, cause, delivery } }: EndedOf<'email' | 'letter'>,
  stop: Stop | undefined,
  deps: Pick<Deps, 'random' | 'operatorMail' | 'warn'>,
): Promise<Stop | undefined> {
  const { at, detail } = delivery;
  if (cause === 'address' && status === 'failed')
    await suppress(trx, reader.email, { reason: 'bounced', detail }, at);
  if (cause === 'policy' || cause === 'unreachable') return stopMail(trx, { cause, detail, at }, stop, deps);
  // What was under way when the others found out says nothing of now.
  if (!stop || at < stop.resumeAt) return stop;
  await endStop(trx, 'email');
  deps.warn('mail goes out again');
  const { since, told } = stop;
  if (told !== null) await tell(trx, 'mail.resumed', told, { since }, at, deps);
  return undefined;
}

async function stopMail(
  trx: DbOrTrx,
  { cause, detail: reason, at }: { cause: Stop['cause']; detail: string; at: string },
  before: Stop | undefined,
  deps: Pick<Deps, 'random' | 'operatorMail' | 'warn'>,
): Promise<Stop> {
  // Several were under way when the first of them found out.
  if (before && before.resumeAt > at) return before;
  const pauses = (before?.pauses ?? 0) + 1;
  const pause = nextTry(pauses, deps.random());
  const resumeAt = new Date(Date.parse(at) + pause * 1_000).toISOString();
  const since = before?.since ?? at;
  const worthTelling = cause === 'policy' || Date.parse(at) - Date.parse(since) >= LONG;
  // However often it stops and goes on again, once a day is enough.
  const told = before?.told ?? (worthTelling ? at.slice(0, 10) : null);
  const stop: Stop = { channel: 'email', since, cause, reason, pauses, resumeAt, told };
  await saveStop(trx, stop);
  deps.warn(`mail waits (${reason}): it is tried again in ${Math.round(pause)} s`);
  if (told !== null && !before?.told) {
    await tell(trx, 'mail.stopped', told, { since, cause, reason, retryAt: resumeAt }, at, deps);
  }
  return stop;
}

async function tell<Type extends ServiceEventType>(
  trx: DbOrTrx,
  type: Type,
  name: string,
  data: EventOf<Type>['data'],
  at: string,
  { operatorMail }: Pick<Deps, 'operatorMail'>,
): Promise<void> {
  const event = makeOperatorEvent(type, name, SERVICE, at, data);
  await saveEvents(trx, [event]);
  await queueNotices(trx, [event], [], operatorMail, at);
}
