// a reader's opaque name -> the links in a mail: out, and to the page where everything can be changed.

import type { Letterhead } from './text/mail.ts';
import type { Sender } from './text/message.ts';
import { pageLink, wayOut } from './text/way-out.ts';
import { signLink, signUnsubscribe } from './tokens.ts';

/** What links are made with beyond the reader. */
export interface LinkOptions {
  /** Where drawbell's own pages are; `null`: there are none, and mails are unsubscribed from by mail. */
  publicUrl: string | null;
  /** Where the pages about draws are, which may be files; `null`, or left out: there are none. */
  siteUrl?: string | null;
  now(): Date;
}

export function linksFor(
  reader: string,
  secret: string,
  { publicUrl, siteUrl = null, now }: LinkOptions,
  { replyAddress }: Letterhead,
): Omit<Sender, 'sender'> {
  return {
    wayOut: wayOut(publicUrl, replyAddress, signUnsubscribe(reader, secret)),
    manage: pageLink(publicUrl, 'manage', signLink('manage', reader, secret, now())),
    siteUrl,
  };
}
