// outbox -> delivered, by e-mail to a reader.

import { type CarrierOptions, openCarrier } from './carrier.ts';
import type { Channel } from './channel.ts';
import { type LetterheadOptions, openLetterhead } from './letterhead.ts';
import { createHtmlWriter, loadMjml } from './text/html.ts';
import { writeMail } from './text/mail.ts';

export interface EmailOptions extends CarrierOptions, LetterheadOptions {
  now(): Date;
}

export async function openEmail(options: EmailOptions): Promise<Channel<'email'>> {
  const letterhead = await openLetterhead(options);
  const [render, carrier] = await Promise.all([loadMjml(), openCarrier(options)]);
  const writeHtml = createHtmlWriter(render);
  return {
    name: 'email',
    async send(notice) {
      const mail = writeMail(notice, letterhead, writeHtml, options.now());
      if (mail === null)
        return { outcome: 'failed', detail: `no e-mail is written for ${notice.event.type}` };
      return carrier.carry(notice.key, mail);
    },
    async close() {
      carrier.close();
    },
  };
}
