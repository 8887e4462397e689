// outbox -> delivered, by mail: over SMTP, or written as files where no SMTP server is set.

import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { DeliveryResult } from './channel.ts';
import type { Mail } from './text/mail.ts';
import { type SmtpError, smtpTrouble } from './text/smtp-trouble.ts';

export interface CarrierOptions {
  /** `null`: each message is written as a file to `mailDir`. */
  smtpUrl: string | null;
  mailDir: string;
  /** Tells the operator one line. */
  warn(message: string): void;
}

/** Hands over one mail. `key` is the notice's: the same for a repeat. */
export interface Carrier {
  carry(key: string, mail: Mail): Promise<DeliveryResult>;
  close(): void;
}

/** Of a connection, a greeting and a silence in between, in milliseconds. */
const TIMEOUT = 20_000;
/** Of one mail as a whole: a server that answers byte by byte must not outlast the lease on the notice. */
const LONGEST = 90_000;
const CONNECTIONS = 4;

export function openCarrier(options: CarrierOptions): Promise<Carrier> {
  return options.smtpUrl === null ? openMailDir(options) : openSmtp(options.smtpUrl);
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
async function openMailDir({ mailDir, warn }: CarrierOptions): Promise<Carrier> {
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
