// outbox -> delivered, by e-mail to whoever runs the installation: what is wrong with a source, never with a reader.

import { isOperatorEvent } from '../event/event.ts';
import type { Carrier } from './carrier.ts';
import type { Channel } from './channel.ts';
import { type LetterheadOptions, openLetterhead } from './letterhead.ts';
import { mailtoAddress, writeOperatorMail } from './text/mail.ts';

export interface OperatorOptions extends LetterheadOptions {
  now(): Date;
}

export async function openOperator(options: OperatorOptions, carrier: Carrier): Promise<Channel<'operator'>> {
  const letterhead = await openLetterhead(options);
  const to = mailtoAddress(options.operator);
  return {
    name: 'operator',
    async send({ event, key }) {
      if (!isOperatorEvent(event))
        return { outcome: 'failed', detail: `no mail to the operator is written for ${event.type}` };
      if (to === null) return { outcome: 'failed', detail: 'DRAWBELL_OPERATOR holds no mailto: address' };
      return carrier.carry(key, writeOperatorMail(event, key, to, letterhead, options.now()));
    },
    // The carrier is shared, and closed by whoever opened it.
    close: async () => undefined,
  };
}
