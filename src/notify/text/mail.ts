// words -> a mail: headers and both parts, as plain values that any transport takes.

import { printable } from '../../errors.ts';
import type { EventOf } from '../../event/event.ts';
import type { NoticeOf } from '../../match/notice.ts';
import type { HtmlWriter } from './html.ts';
import { writeMessage } from './message.ts';
import { plainText } from './plain.ts';
import { unsubscribeLink } from './sections.ts';

/** Who a mail is from, and where answers to it go. */
export interface Letterhead {
  name: string;
  address: string;
  /** The part of the address behind the `@`: names the list and every message. */
  domain: string;
  /** Takes answers and unsubscriptions. */
  replyAddress: string;
  /** Name, postal address and contact of whoever sends. */
  sender: string | null;
}

export interface Mail {
  messageId: string;
  date: Date;
  from: { name: string; address: string };
  to: { name: string; address: string };
  replyTo?: { name: string; address: string };
  subject: string;
  text: string;
  html: string;
  headers: Record<string, string>;
}

/** The mail for a notice of a published draw. The same notice gives the same `Message-ID` every time. */
export function writeMail(
  notice: NoticeOf<'email'>,
  event: EventOf<'draw.published'>,
  letterhead: Letterhead,
  writeHtml: HtmlWriter,
  date: Date,
): Mail {
  const { reader, verdict, key } = notice;
  const { name, address, domain, replyAddress, sender } = letterhead;
  const message = writeMessage(event, verdict, reader, { sender, unsubscribeAddress: replyAddress });
  return {
    messageId: `<${key}@${domain}>`,
    date,
    from: { name, address },
    to: { name: '', address: reader.email },
    ...(replyAddress === address ? {} : { replyTo: { name: '', address: replyAddress } }),
    subject: message.subject,
    text: plainText(message),
    html: writeHtml(message),
    headers: {
      'Auto-Submitted': 'auto-generated',
      'List-Id': `drawbell <drawbell.${domain}>`,
      'List-Unsubscribe': `<${unsubscribeLink(reader, replyAddress)}>`,
    },
  };
}

/**
 * Who mails are from: the address and name of `from`, answers to the operator where there is a `mailto:`.
 * `null` when `from` holds no usable address.
 */
export function readLetterhead(
  from: { name: string; address: string } | undefined,
  operator: string | null,
  sender: string | null,
): Letterhead | null {
  const address = from?.address ?? '';
  const domain = /^[^\s@<>]+@([a-z0-9.-]+)$/i.exec(address)?.[1];
  if (!from || domain === undefined) return null;
  return {
    name: printable(from.name),
    address,
    domain,
    replyAddress: mailtoAddress(operator) ?? address,
    sender,
  };
}

function mailtoAddress(operator: string | null): string | null {
  const url = operator === null ? null : URL.parse(operator);
  if (url?.protocol !== 'mailto:') return null;
  const address = printable(decodeURIComponent(url.pathname));
  return /^[^\s@<>,]+@[^\s@<>,]+$/.test(address) ? address : null;
}
