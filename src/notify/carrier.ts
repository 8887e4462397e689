// outbox -> delivered, by mail: over SMTP, or written as files where no SMTP server is set.

import type { DeliveryResult } from './channel.ts';
import { openMailDir } from './mail-dir.ts';
import { openPace } from './pace.ts';
import { openSigner } from './signature.ts';
import { readSmtpUrl } from './smtp-url.ts';
import type { Mail } from './text/mail.ts';
import { type SmtpError, smtpTrouble } from './text/smtp-trouble.ts';

export interface CarrierOptions {
  /** `null`: each message is written as a file to `mailDir`. */
  smtpUrl: string | null;
  mailDir: string;
  /** Over all connections together; `perSecond: null`: as fast as the server takes them. */
  smtpLimits: { connections: number; perSecond: number | null };
  /** The file with the private key (PEM) that mails are signed with, and the name of its public half in DNS. */
  dkim: { keyFile: string; selector: string } | null;
  /** Tells the operator one line. */
  warn(message: string): void;
}

/** Hands over one mail. `key` is the notice's: the same for a repeat. */
export interface Carrier {
  carry(key: string, mail: Mail): Promise<DeliveryResult>;
  close(): void;
}

/** How long a mail server is waited for, in milliseconds. */
export interface Patience {
  /** For a connection, and for a greeting. */
  greeting: number;
  /** For the next answer: servers look at a whole message before they take it. */
  silence: number;
  /** For one mail as a whole: a server that answers byte by byte must not outlast the lease on the notice. */
  whole: number;
}

/** One address, and nothing that would begin a second one or another command. */
const ADDRESS = /^[^\s<>@,;\p{Cc}]+@[^\s<>@,;\p{Cc}]+$/u;

const PATIENCE: Patience = { greeting: 20_000, silence: 60_000, whole: 90_000 };

/** The one way out for all mail of a run: its limits hold for readers and operator together. */
export function openCarrier(options: CarrierOptions, patience: Patience = PATIENCE): Promise<Carrier> {
  const { smtpUrl, mailDir, warn } = options;
  if (smtpUrl !== null) return openSmtp(smtpUrl, options, patience);
  warn(`DRAWBELL_SMTP_URL is not set, so messages are written as .eml files to ${mailDir}/ and not sent`);
  return openMailDir(mailDir);
}

async function openSmtp(
  url: string,
  { smtpLimits, dkim }: CarrierOptions,
  { greeting, silence, whole }: Patience,
): Promise<Carrier> {
  const sign = dkim === null ? null : await openSigner(dkim);
  const { createTransport } = await import('nodemailer');
  const pace = openPace(smtpLimits.perSecond);
  const transport = createTransport({
    ...readSmtpUrl(url),
    pool: true,
    maxConnections: smtpLimits.connections,
    // Only where not a byte of the message went out: a server may end a connection it had kept open for us.
    // Whether and when to try again otherwise is decided by the outbox.
    maxRequeues: 1,
    connectionTimeout: greeting,
    greetingTimeout: greeting,
    socketTimeout: silence,
    dnsTimeout: greeting,
    disableFileAccess: true,
    disableUrlAccess: true,
  });

  /** The attempts whose message has left as a whole: from there on nobody can say that it was not taken. */
  const handedOver = new WeakSet<AbortSignal>();
  transport.use('stream', ({ message, data: { signal } }, done) => {
    const createReadStream = message.createReadStream.bind(message);
    message.createReadStream = (options) =>
      createReadStream(options).once('end', () => signal && handedOver.add(signal));
    done();
  });

  return {
    async carry(_key, mail) {
      const { from, to } = mail;
      // What the mail library would make of another is a guess at who is meant.
      if (!ADDRESS.test(to.address)) return smtpTrouble({ code: 'EENVELOPE' });
      const ending = new AbortController();
      const timer = setTimeout(() => ending.abort(), whole);
      try {
        await pace();
        await transport.sendMail({
          ...mail,
          envelope: { from: from.address, to: [to.address] },
          ...(sign === null ? {} : { dkim: sign(from.address) }),
          signal: ending.signal,
        });
        return { outcome: 'sent', detail: 'taken by the mail server' };
      } catch (error) {
        return smtpTrouble(error as SmtpError, handedOver.has(ending.signal));
      } finally {
        clearTimeout(timer);
      }
    },
    close: () => transport.close(),
  };
}
