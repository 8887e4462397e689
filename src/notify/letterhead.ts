// The configuration -> who mails are from.

import { InputError, quote } from '../errors.ts';
import { type Letterhead, readLetterhead } from './text/mail.ts';

export interface LetterheadOptions {
  /** An address, with or without a name. */
  from: string;
  /** Name, postal address and contact of whoever sends: the law wants them in each message. */
  sender: string | null;
  /** `mailto:` or `https:`. Answers and unsubscriptions go to a `mailto:`, else to `from`. */
  operator: string | null;
}

/** Throws `InputError` when `from` holds no address mail can come from. */
export async function openLetterhead({ from, sender, operator }: LetterheadOptions): Promise<Letterhead> {
  const { default: parseAddresses } = await import('nodemailer/lib/addressparser');
  const [address] = parseAddresses(from, { flatten: true });
  const letterhead = readLetterhead(address, operator, sender);
  if (letterhead !== null) return letterhead;
  const expected = 'an e-mail address, with or without a name';
  const fault = { where: 'DRAWBELL_MAIL_FROM', expected, found: quote(from) };
  throw new InputError('mail cannot be sent', [fault]);
}
