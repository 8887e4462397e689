// outbox -> delivered, by e-mail to one person: what no event is behind.

import type { Carrier } from './carrier.ts';
import type { Channel } from './channel.ts';
import type { EmailOptions } from './email.ts';
import { openHtmlMails } from './html-writer.ts';
import { openLetterhead } from './letterhead.ts';
import { linksFor } from './links.ts';
import { writeLetter } from './text/letter.ts';
import { pageLink } from './text/way-out.ts';
import { linkEnd, signLink } from './tokens.ts';

export async function openLetter(options: EmailOptions, carrier: Carrier): Promise<Channel<'letter'>> {
  const [letterhead, { writeHtml, inForm }, secret] = await Promise.all([
    openLetterhead(options),
    openHtmlMails(),
    options.signingSecret(),
  ]);
  return {
    name: 'letter',
    async send(notice) {
      const { id } = notice.reader;
      const now = options.now();
      const asked = new Date(notice.askedAt);
      const links = {
        ...linksFor(id, secret, options, letterhead),
        manageUntil: linkEnd('manage', now),
        // However long the letter is under way: what was asked for is kept no longer.
        confirm: pageLink(options.publicUrl, 'confirm', signLink('confirm', id, secret, asked)),
        confirmUntil: linkEnd('confirm', asked),
      };
      const mail = writeLetter(notice, letterhead, links, writeHtml, now);
      if (mail === null)
        return {
          outcome: 'failed',
          detail: `a letter of this kind leads to a page, and DRAWBELL_PUBLIC_URL names none over https (${notice.letter})`,
        };
      return carrier.carry(notice.key, inForm(mail));
    },
    // The carrier is shared, and closed by whoever opened it.
    close: async () => undefined,
  };
}
