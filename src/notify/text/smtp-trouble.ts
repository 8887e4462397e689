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

/** What the server refuses, by the step at which it does. */
type Refused = 'recipient' | 'message' | 'sender' | 'sign-in' | 'session';

/** Words for trouble before any answer. Node's own codes tell more than nodemailer's classes: they come first. */
const TROUBLE: readonly (readonly [RegExp, string])[] = [
  [/ECONNREFUSED/, 'connection refused'],
  [/ECONNRESET|EPIPE/, 'connection lost'],
  [/ENOTFOUND|EAI_AGAIN|EDNS/, 'mail server not found'],
  [/EHOSTUNREACH|ENETUNREACH/, 'mail server out of reach'],
  [/ETIMEDOUT|EABORT|AbortError/, 'no answer in time'],
  [/ETLS|CERT|SSL|TLS/, 'no safe connection'],
  [/ECONNECTION|ESOCKET/, 'connection lost'],
  [/EPROTOCOL/, 'not understood by the mail server'],
];

/** RFC 3463: an address, its mailbox or its domain; the sender's own (5.1.7, 5.1.8) stands among them. */
const OF_ADDRESS = /^5\.(1\.(?![78]$)|2\.|4\.[14]$|6\.7$)/;
/** Says nothing, or what one large provider says of an address that it does not have. */
const VAGUE = /^5\.(0\.\d+|5\.0)$/;
/** RFC 5321, where no such status stands beside it: 554 refuses a transaction, 50x what was said, 53x a right. */
const OF_MAILBOX = new Set([521, 550, 551, 552, 553, 556]);

/**
 * A refusal of the recipient ends the notice and tells of the address. One of the message or by policy leaves it to
 * be tried again, and stops the channel; one of the session leaves the notice as it is. `handedOver`: the whole
 * message had gone out, so that without an answer it may have been taken.
 */
export function smtpTrouble(error: SmtpError, handedOver = false): DeliveryResult {
  const { responseCode: code = 0, response = '' } = error;
  if (/ETLS/.test(error.code ?? '')) return unreachable('no safe connection');
  if (code < 400 || code > 599) return withoutAnswer(error, handedOver);

  const status = /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1] ?? '';
  const answer = status === '' ? `${code}` : `${code} ${status}`;
  const refused = handedOver ? 'message' : refusedAt(error);
  const ofNotice = refused === 'recipient' || refused === 'message';
  if (code < 500) {
    const detail = `${answer} put off by the mail server`;
    // 421: it is about to close, whatever it was asked.
    if (code === 421 || !ofNotice) return { ...unreachable(detail), status: code };
    return { outcome: 'refused', detail, status: code };
  }
  const detail = `${answer} refused by the mail server`;
  if (ofNotice && isAboutAddress(refused, code, status))
    return { outcome: 'failed', detail, cause: 'address', status: code };
  const outcome = ofNotice ? 'refused' : 'stopped';
  const what = refused === 'recipient' ? 'policy' : refused;
  return { outcome, detail: `${detail} (${what})`, cause: 'policy', status: code };
}

/** After a whole message a server may have looked for the mailbox; what it does not name it means otherwise. */
function isAboutAddress(refused: 'recipient' | 'message', code: number, status: string): boolean {
  if (refused === 'message') return /^5\.[12]\./.test(status) && OF_ADDRESS.test(status);
  if (status === '' || VAGUE.test(status)) return OF_MAILBOX.has(code);
  return OF_ADDRESS.test(status);
}

function refusedAt({ code, command = '' }: SmtpError): Refused {
  if (code === 'EAUTH' || command.startsWith('AUTH')) return 'sign-in';
  if (command === 'RCPT TO') return 'recipient';
  if (command === 'DATA') return 'message';
  return command === 'MAIL FROM' ? 'sender' : 'session';
}

function withoutAnswer({ originalCode, code, command }: SmtpError, handedOver: boolean): DeliveryResult {
  // The address itself was found unusable before anything was asked of a server.
  if (code === 'EENVELOPE')
    return { outcome: 'failed', detail: 'not an address mail can be sent to', cause: 'address' };
  // No way to sign in that both sides know, or half a sign-in.
  if (/AUTH/.test(code ?? '')) return { outcome: 'stopped', detail: 'no sign-in possible', cause: 'policy' };
  // Known from what the server announced, before anything was sent.
  if (code === 'EMESSAGE' && command === 'MAIL FROM')
    return { outcome: 'refused', detail: 'larger than the mail server takes', cause: 'policy' };
  const words = wordsFor(originalCode) ?? wordsFor(code);
  if (handedOver)
    return { outcome: 'ambiguous', detail: `${words ?? 'no answer'}, after the message had gone out` };
  return words === undefined ? { outcome: 'refused', detail: 'not handed over' } : unreachable(words);
}

function unreachable(detail: string): DeliveryResult {
  return { outcome: 'stopped', detail, cause: 'unreachable' };
}

function wordsFor(sign = ''): string | undefined {
  return TROUBLE.find(([pattern]) => pattern.test(sign))?.[1];
}
