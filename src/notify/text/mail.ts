// words -> a mail: headers and both parts, as plain values that any transport takes.

import { cut, printable } from '../../errors.ts';
import type { OperatorEvent } from '../../event/event.ts';
import type { NoticeOf } from '../../match/notice.ts';
import type { HtmlWriter } from './html.ts';
import type { Message, Sender } from './message.ts';
import { writeOperatorMessage } from './operator.ts';
import { plainText } from './plain.ts';
import { type WayOut, wayOutHeaders } from './way-out.ts';
import { writeMessage } from './write.ts';

/** Longest part of a `Feedback-ID`. */
const FEEDBACK = 40;
/** Longest name beside the address that mails are from. */
const NAME = 100;

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
  html?: string;
  /** The HTML part as it travels, in the place of `html`. */
  alternatives?: { raw: string }[];
  headers: Record<string, string>;
}

/** The mail for a reader's notice, `null` where none is written. The same notice gives the same `Message-ID` every time. */
export function writeMail(
  notice: NoticeOf<'email'>,
  letterhead: Letterhead,
  links: Omit<Sender, 'sender'>,
  writeHtml: HtmlWriter,
  date: Date,
): Mail | null {
  const { reader, event } = notice;
  const message = writeMessage(notice, { sender: letterhead.sender, ...links });
  if (message === null) return null;
  const { wayOut } = links;
  const feedback = [event.draw ?? 'none', notice.rehearsal ? 'rehearsal' : event.type, reader.locale];
  return mailOf(notice, message, letterhead, { wayOut, feedback, html: writeHtml(message) }, date);
}

/** The mail to a reader that says this. `feedback`: what the mail is, without anything of its reader. */
export function mailOf(
  { key, reader }: Pick<NoticeOf<'email' | 'letter'>, 'key' | 'reader'>,
  message: Message,
  letterhead: Letterhead,
  { wayOut, feedback, html }: { wayOut: WayOut; feedback: readonly string[]; html: string },
  date: Date,
): Mail {
  const { address, domain, replyAddress } = letterhead;
  return {
    ...envelope(key, letterhead, reader.email, date),
    ...(replyAddress === address ? {} : { replyTo: { name: '', address: replyAddress } }),
    subject: message.subject,
    text: plainText(message),
    html,
    headers: {
      'Auto-Submitted': 'auto-generated',
      'List-Id': `drawbell <drawbell.${domain}>`,
      ...wayOutHeaders(wayOut),
      'Feedback-ID': feedbackId(feedback),
    },
  };
}

/** What a mailbox provider counts complaints by: the draw and the kind of message, never the reader. */
function feedbackId(parts: readonly string[]): string {
  return [...parts, 'drawbell'].map((part) => part.replace(/[^\w-]/g, '-').slice(0, FEEDBACK)).join(':');
}

/** The mail for an operator's notice. It is no list, so there is nothing to unsubscribe from. */
export function writeOperatorMail(
  event: OperatorEvent,
  key: string,
  to: string,
  letterhead: Letterhead,
  date: Date,
): Mail {
  return {
    ...envelope(key, letterhead, to, date),
    ...writeOperatorMessage(event),
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
}

function envelope(key: string, { name, address, domain }: Letterhead, to: string, date: Date) {
  return {
    messageId: `<${key}@${domain}>`,
    date,
    from: { name, address },
    to: { name: '', address: to },
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
    name: cut(printable(from.name), NAME),
    address,
    domain,
    replyAddress: mailtoAddress(operator) ?? address,
    sender,
  };
}

/** The address in a `mailto:` URL; `null` where there is none. */
export function mailtoAddress(operator: string | null): string | null {
  const url = operator === null ? null : URL.parse(operator);
  if (url?.protocol !== 'mailto:') return null;
  const address = printable(decodeURIComponent(url.pathname));
  return /^[^\s@<>,]+@[^\s@<>,]+$/.test(address) ? address : null;
}
