// outbox -> delivered, by e-mail to whoever runs the installation: what is wrong with a source, never with a reader.

import { isSourceEvent } from '../event/event.ts';
import { type CarrierOptions, openCarrier } from './carrier.ts';
import type { Channel } from './channel.ts';
import { type LetterheadOptions, openLetterhead } from './letterhead.ts';
import { mailtoAddress, writeOperatorMail } from './text/mail.ts';

export interface OperatorOptions extends CarrierOptions, LetterheadOptions {
  now(): Date;
}

export async function openOperator(options: OperatorOptions): Promise<Channel<'operator'>> {
  const letterhead = await openLetterhead(options);
  const carrier = await openCarrier(options);
  const to = mailtoAddress(options.operator);
  return {
    name: 'operator',
    async send({ event, key }) {
      if (!isSourceEvent(event))
        return { outcome: 'failed', detail: `no mail to the operator is written for ${event.type}` };
      if (to === null) return { outcome: 'failed', detail: 'DRAWBELL_OPERATOR holds no mailto: address' };
      return carrier.carry(key, writeOperatorMail(event, key, to, letterhead, options.now()));
    },
    async close() {
      carrier.close();
    },
  };
}
