// events for the operator -> a telling, for a team that asked for them by name. English only, as all of these are.

import type { EventOf, OperatorEvent, OperatorEventType } from '../../event/event.ts';
import { en } from './en.ts';
import type { Row } from './message.ts';
import { faultLine, HOLD_WORDS, harmless, TROUBLES } from './operator-words.ts';
import type { Tone } from './telling.ts';

/** Rounds kept apart that are told one by one. */
const ROUNDS = 5;

export interface OperatorTelling {
  tone: Tone;
  summary: string;
  facts: Row[];
}

type Say = { [Type in OperatorEventType]: (data: EventOf<Type>['data']) => OperatorTelling };

const SAY: Say = {
  'source.failing': ({ trouble, reason, lastSuccessAt }) => ({
    tone: 'trouble',
    summary: `It ${TROUBLES[trouble]}. Nothing is announced from it meanwhile.`,
    facts: [
      ['Reason', harmless(reason)],
      ['Last read', lastSuccessAt === null ? 'never' : en.moment(lastSuccessAt)],
    ],
  }),
  'source.recovered': () => ({
    tone: 'well',
    summary: 'It is read as ever again.',
    facts: [],
  }),
  'source.quiet': ({ last }) => ({
    tone: 'trouble',
    summary: 'It can be read, but a pause this long may mean that its draws are published elsewhere now.',
    facts: [['Last draw', `${harmless(last.id, 40)}, ${en.day(last.date)}`]],
  }),
  'source.quarantined': ({ rounds, count }) => ({
    tone: 'trouble',
    summary: 'What is stored stays as it was. "drawbell quarantine list" shows more.',
    facts: [
      ...rounds.slice(0, ROUNDS).map(({ id, reason, faults: [fault] }): Row => {
        const shown = fault === undefined ? '' : ` (${faultLine(fault)})`;
        return [harmless(id, 40), `${HOLD_WORDS[reason]}${shown}`];
      }),
      ...(count > ROUNDS && rounds.length > ROUNDS
        ? [['And', en.count(count - ROUNDS, 'other', 'others')] as const]
        : []),
    ],
  }),
  'source.moved': ({ from, to }) => ({
    tone: 'correction',
    summary: 'It is read from there now.',
    facts: [
      ['Before', harmless(from)],
      ['Now', harmless(to)],
    ],
  }),
  'endpoint.disabled': ({ endpoint, since, detail }) => ({
    tone: 'trouble',
    summary: 'It is sent nothing more; what happens is kept for it.',
    facts: [
      ['Last attempt', harmless(detail)],
      ['To go on', `drawbell webhooks replay ${harmless(endpoint, 40)} --since ${since.slice(0, 10)}`],
    ],
  }),
  'mail.stopped': ({ cause, reason, retryAt }) => ({
    tone: 'trouble',
    summary:
      cause === 'policy'
        ? 'It refuses us or the message, not a reader. Mail to readers waits, and nothing is given up for it.'
        : 'Mail to readers waits, and nothing is given up for it.',
    facts: [
      ['Reason', harmless(reason)],
      ['Tried again', en.moment(retryAt)],
    ],
  }),
  'mail.resumed': ({ since }) => ({
    tone: 'well',
    summary: 'What waited goes out now, each notice once.',
    facts: [['Had waited since', en.moment(since)]],
  }),
};

/** What stands below the headline of an event for the operator. */
export function tellOperator(event: OperatorEvent): OperatorTelling {
  const say = SAY[event.type] as (data: OperatorEvent['data']) => OperatorTelling;
  return say(event.data);
}
