// outbox -> delivered, by e-mail to a reader.

import type { Carrier } from './carrier.ts';
import type { Channel } from './channel.ts';
import { openHtmlPart } from './html-part.ts';
import { type LetterheadOptions, openLetterhead } from './letterhead.ts';
import { createHtmlWriter, loadMjml } from './text/html.ts';
import { writeMail } from './text/mail.ts';
import { wayOut } from './text/way-out.ts';
import { signUnsubscribe } from './unsubscribe.ts';

export interface EmailOptions extends LetterheadOptions {
  /** Where drawbell's own pages are; `null`: there are none, and mails are unsubscribed from by mail. */
  publicUrl: string | null;
  /** What the links in mails are signed with. */
  signingSecret(): Promise<string>;
  now(): Date;
}

export async function openEmail(options: EmailOptions, carrier: Carrier): Promise<Channel<'email'>> {
  const [letterhead, render, part, secret] = await Promise.all([
    openLetterhead(options),
    loadMjml(),
    openHtmlPart(),
    options.signingSecret(),
  ]);
  const writeHtml = createHtmlWriter(render, part.inForm);
  return {
    name: 'email',
    async send(notice) {
      const token = signUnsubscribe(notice.reader.id, secret);
      const out = wayOut(options.publicUrl, letterhead.replyAddress, token);
      const mail = writeMail(notice, letterhead, out, writeHtml, options.now());
      if (mail === null)
        return { outcome: 'failed', detail: `no e-mail is written for ${notice.event.type}` };
      const { html = '', ...rest } = mail;
      return carrier.carry(notice.key, { ...rest, alternatives: [{ raw: part.write(html) }] });
    },
    // The carrier is shared, and closed by whoever opened it.
    close: async () => undefined,
  };
}
