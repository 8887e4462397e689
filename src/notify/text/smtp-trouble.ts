// delivered, or not: what an SMTP error means for a notice, in words that name no address.

import type { DeliveryResult } from '../channel.ts';

/** What nodemailer says of an error: its class, the step that failed and the server's answer. */
export interface SmtpError {
  code?: string;
  /** The step: `CONN`, `AUTH PLAIN`, `MAIL FROM`, `RCPT TO`, `DATA`. */
  command?: string;
  /** The server's code, such as 550. */
  responseCode?: number;
  /** The server's text. It usually repeats the address, so none of it is passed on. */
  response?: string;
  /** Node's own code, such as `ECONNREFUSED`, where nodemailer put its class in the place of it. */
  originalCode?: string;
}

/** Words for trouble before any answer. Node's own codes tell more than nodemailer's classes: they come first. */
const TROUBLE: readonly (readonly [RegExp, string])[] = [
  [/ECONNREFUSED/, 'connection refused'],
  [/ECONNRESET|EPIPE/, 'connection lost'],
  [/ENOTFOUND|EAI_AGAIN|EDNS/, 'mail server not found'],
  [/EHOSTUNREACH|ENETUNREACH/, 'mail server out of reach'],
  [/ETIMEDOUT|EABORT|AbortError/, 'no answer in time'],
  [/ETLS|CERT|SSL|TLS/, 'no safe connection'],
  [/EAUTH|ENOAUTH|EOAUTH2/, 'sign-in refused by the mail server'],
  [/ECONNECTION|ESOCKET/, 'connection lost'],
  [/EPROTOCOL/, 'not understood by the mail server'],
];

/**
 * A 5xx for the recipient ends the notice. A 4xx, trouble on the way, and a 5xx about the session, the sender
 * or a policy are worth another attempt: the operator can mend them, and the reader is not at fault.
 */
export function smtpTrouble(error: SmtpError): DeliveryResult {
  const { responseCode = 0, command = '', code = '' } = error;
  const status = /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(error.response ?? '')?.[1] ?? '';
  if (responseCode < 400 || responseCode > 599) {
    // The address itself was found unusable before anything was asked of a server.
    if (code === 'EENVELOPE') return { outcome: 'failed', detail: 'not an address mail can be sent to' };
    return { outcome: 'refused', detail: wordsFor(error) };
  }
  const answer = status === '' ? `${responseCode}` : `${responseCode} ${status}`;
  if (responseCode < 500) return { outcome: 'refused', detail: `${answer} put off by the mail server` };
  if (isAboutRecipient(command, status))
    return { outcome: 'failed', detail: `${answer} refused by the mail server` };
  const step = code === 'EAUTH' ? 'sign-in' : command === 'RCPT TO' ? 'policy' : sessionStep(command);
  return { outcome: 'refused', detail: `${answer} refused by the mail server (${step})` };
}

/** RFC 3463: x.7.z is a policy or a right to send; x.1.z and x.2.z are an address and its mailbox. */
function isAboutRecipient(command: string, status: string): boolean {
  if (command === 'RCPT TO') return !status.startsWith('5.7.');
  return command === 'DATA' && /^5\.[12]\./.test(status);
}

function sessionStep(command: string): string {
  return command === 'MAIL FROM' ? 'sender' : command === 'DATA' ? 'message' : 'session';
}

function wordsFor({ originalCode, code }: SmtpError): string {
  for (const sign of [originalCode, code]) {
    const known = TROUBLE.find(([pattern]) => sign !== undefined && pattern.test(sign));
    if (known) return known[1];
  }
  return 'not handed over';
}
