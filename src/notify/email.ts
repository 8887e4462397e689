// outbox -> delivered, by e-mail to a reader.

import type { Carrier } from './carrier.ts';
import type { Channel } from './channel.ts';
import { openHtmlMails } from './html-writer.ts';
import { type LetterheadOptions, openLetterhead } from './letterhead.ts';
import { type LinkOptions, linksFor } from './links.ts';
import { writeMail } from './text/mail.ts';

export interface EmailOptions extends LetterheadOptions, LinkOptions {
  /** What the links in mails are signed with. */
  signingSecret(): Promise<string>;
}

export async function openEmail(options: EmailOptions, carrier: Carrier): Promise<Channel<'email'>> {
  const [letterhead, { writeHtml, inForm }, secret] = await Promise.all([
    openLetterhead(options),
    openHtmlMails(),
    options.signingSecret(),
  ]);
  return {
    name: 'email',
    async send(notice) {
      const links = linksFor(notice.reader.id, secret, options, letterhead);
      const mail = writeMail(notice, letterhead, links, writeHtml, options.now());
      if (mail === null)
        return { outcome: 'failed', detail: `no e-mail is written for ${notice.event.type}` };
      return carrier.carry(notice.key, inForm(mail));
    },
    // The carrier is shared, and closed by whoever opened it.
    close: async () => undefined,
  };
}
