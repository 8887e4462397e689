// latest draw -> every reader, as a rehearsal: what a message looks like, and whether it arrives. Nothing is recorded.

import type { Draw } from '../draw/draw.ts';
import type { EventOf, Special } from '../event/event.ts';
import { type Criteria, criteriaOf } from '../match/criteria.ts';
import type { NoticeOf } from '../match/notice.ts';
import { judge } from '../match/verdict.ts';
import { send } from '../notify/deliver.ts';
import { noticeKey } from '../store/claims.ts';
import { listDraws } from '../store/draws.ts';
import { listEvents } from '../store/events.ts';
import { readReference } from '../store/reference.ts';
import type { Db } from '../store/schema.ts';
import { listSubscribers, type Subscriber } from '../store/subscribers.ts';
import type { Deps } from './deps.ts';

export interface Rehearsed {
  /** The draw it was about; `null`: none is known, so nothing was sent. */
  draw: string | null;
  sent: number;
  failed: number;
  /** Why, each once; no address in them. */
  reasons: string[];
}

/** Reasons that are told at most. */
const REASONS = 5;

/**
 * Sends each active reader the message about the latest draw of all, judged now and marked as a rehearsal, whatever they
 * wish to be told of. It is no notice: neither outbox nor ledger hears of it, and each rehearsal has its own message ids.
 * Endpoints get nothing, as their programs would have to tell it from news; they have examples of their own
 * (`webhooks test`). One mail that fails stops no other; where nothing can be handed over to anybody, no more are begun.
 */
export async function rehearse(
  deps: Pick<Deps, 'db' | 'channels' | 'now' | 'random' | 'mailsAtATime'>,
): Promise<Rehearsed> {
  const { db, channels, now, random, mailsAtATime } = deps;
  const [draw] = await listDraws(db);
  const readers = (await listSubscribers(db)).filter(({ status }) => status === 'active');
  if (draw === undefined || readers.length === 0)
    return { draw: draw?.id ?? null, sent: 0, failed: 0, reasons: [] };

  const event = await eventOf(db, draw);
  const criteria = criteriaOf(draw, await readReference());
  const name = `rehearsal/${now().toISOString()}/${random()}`;
  const waiting = readers.map((reader) => noticeFor(reader, event, criteria, name));
  const reasons = new Set<string>();
  let sent = 0;
  let stopped = false;

  async function sendOn(): Promise<void> {
    for (let notice = waiting.shift(); notice !== undefined && !stopped; notice = waiting.shift()) {
      const { outcome, detail } = await send(notice, { channels });
      if (outcome === 'sent') sent += 1;
      else reasons.add(detail);
      stopped ||= outcome === 'stopped';
    }
  }

  await Promise.all(Array.from({ length: mailsAtATime }, sendOn));
  return { draw: draw.id, sent, failed: readers.length - sent, reasons: [...reasons].slice(0, REASONS) };
}

/** What was said of the draw when it came, of the draw as it is now. */
async function eventOf(db: Db, draw: Draw): Promise<EventOf<'draw.published'>> {
  const [known] = await listEvents(db, { type: 'draw.published', draw: draw.id });
  const special: Special[] = known?.type === 'draw.published' ? known.data.special : [];
  return {
    id: `draw.published/${draw.id}`,
    type: 'draw.published',
    source: draw.source,
    draw: draw.id,
    at: known?.at ?? `${draw.date}T00:00:00Z`,
    told: false,
    data: { draw, special },
  };
}

function noticeFor(
  { key: id, email, locale, profile, consentAt, consentHow }: Subscriber,
  event: EventOf<'draw.published'>,
  criteria: Criteria,
  rehearsal: string,
): NoticeOf<'email'> {
  return {
    channel: 'email',
    key: noticeKey(rehearsal, id),
    event,
    reader: { id, email, locale, profile, consentAt, consentHow },
    verdict: judge(criteria, profile),
    verdictBefore: null,
    rehearsal: true,
  };
}
