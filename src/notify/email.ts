// outbox -> delivered, by e-mail: over SMTP, or written as files where no SMTP server is set.

import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError, quote } from '../errors.ts';
import type { Channel, DeliveryResult } from './channel.ts';
import { createHtmlWriter, loadMjml } from './text/html.ts';
import { type Mail, readLetterhead, writeMail } from './text/mail.ts';
import { type SmtpError, smtpTrouble } from './text/smtp-trouble.ts';

export interface EmailOptions {
  /** `null`: each message is written as a file to `mailDir`. */
  smtpUrl: string | null;
  mailDir: string;
  /** An address, with or without a name. */
  from: string;
  /** Name, postal address and contact of whoever sends: the law wants them in each message. */
  sender: string | null;
  /** `mailto:` or `https:`. Answers and unsubscriptions go to a `mailto:`, else to `from`. */
  operator: string | null;
  now(): Date;
  /** Tells the operator one line. */
  warn(message: string): void;
}

/** Hands over one mail. `key` is the notice's: the same for a repeat. */
interface Carrier {
  carry(key: string, mail: Mail): Promise<DeliveryResult>;
  close(): void;
}

/** Of a connection, a greeting and a silence in between, in milliseconds. */
const TIMEOUT = 20_000;
/** Of one mail as a whole: a server that answers byte by byte must not outlast the lease on the notice. */
const LONGEST = 90_000;
const CONNECTIONS = 4;

export async function openEmail(options: EmailOptions): Promise<Channel<'email'>> {
  const { default: parseAddresses } = await import('nodemailer/lib/addressparser');
  const [from] = parseAddresses(options.from, { flatten: true });
  const letterhead = readLetterhead(from, options.operator, options.sender);
  if (letterhead === null) {
    const where = 'DRAWBELL_MAIL_FROM';
    const fault = {
      where,
      expected: 'an e-mail address, with or without a name',
      found: quote(options.from),
    };
    throw new InputError('mail cannot be sent', [fault]);
  }
  const [render, carrier] = await Promise.all([
    loadMjml(),
    options.smtpUrl === null ? openMailDir(options) : openSmtp(options.smtpUrl),
  ]);
  const writeHtml = createHtmlWriter(render);

  return {
    name: 'email',
    async send(notice) {
      const { event, key } = notice;
      if (event.type !== 'draw.published')
        return { outcome: 'failed', detail: `no e-mail is written for ${event.type}` };
      return carrier.carry(key, writeMail(notice, event, letterhead, writeHtml, options.now()));
    },
    async close() {
      carrier.close();
    },
  };
}

async function openSmtp(url: string): Promise<Carrier> {
  const { createTransport } = await import('nodemailer');
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: CONNECTIONS,
    // Whether and when to try again is decided by the outbox, not here.
    maxRequeues: 0,
    connectionTimeout: TIMEOUT,
    greetingTimeout: TIMEOUT,
    socketTimeout: TIMEOUT,
    dnsTimeout: TIMEOUT,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async carry(_key, mail) {
      const envelope = { from: mail.from.address, to: [mail.to.address] };
      try {
        await transport.sendMail({ ...mail, envelope, signal: AbortSignal.timeout(LONGEST) });
        return { outcome: 'sent', detail: 'taken by the mail server' };
      } catch (error) {
        return smtpTrouble(error as SmtpError);
      }
    },
    close: () => transport.close(),
  };
}

/** One `<key>.eml` a notice, readable by its owner only. A repeat overwrites it; a crash leaves no half file. */
async function openMailDir({ mailDir, warn }: EmailOptions): Promise<Carrier> {
  const { createTransport } = await import('nodemailer');
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  warn(`DRAWBELL_SMTP_URL is not set, so messages are written as .eml files to ${mailDir}/ and not sent`);
  return {
    async carry(key, mail) {
      if (!/^\w+$/.test(key)) return { outcome: 'failed', detail: 'the key of the notice is no file name' };
      const { message } = await transport.sendMail({
        ...mail,
        disableFileAccess: true,
        disableUrlAccess: true,
      });
      try {
        await mkdir(mailDir, { recursive: true, mode: 0o700 });
        await writeWhole(join(mailDir, `${key}.eml`), message as Buffer);
        return { outcome: 'sent', detail: 'written to the mail directory' };
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        return { outcome: 'refused', detail: `the mail directory cannot be written (${code ?? 'unknown'})` };
      }
    },
    close: () => transport.close(),
  };
}

async function writeWhole(path: string, bytes: Buffer): Promise<void> {
  const unfinished = `${path}.tmp`;
  const file = await open(unfinished, 'w', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(unfinished, path);
}
