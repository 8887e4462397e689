// A real SMTP server that keeps what it gets, for the demo and the tests.

import type { AddressInfo } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export interface ReceivedMail extends Email {
  /** From the envelope, where they are those who send and get it. */
  envelopeFrom: string;
  recipients: string[];
  raw: string;
}

export interface MailServer {
  /** `smtp://127.0.0.1:<port>` */
  url: string;
  /** Every message that came over the wire, in the order of arrival, also those that were not taken. */
  received: ReceivedMail[];
  /** Refuses recipients from now on with this status and text; `null` to take them again. */
  refuseWith(refusal: { status: number; text: string } | null): void;
  /** What is said to whole messages from now on; at first every one is taken. */
  decide(decide: (mail: ReceivedMail) => Decision): void;
  close(): Promise<void>;
}

/** `hold` leaves whoever sent the message waiting. */
export type Decision = 'take' | 'hold' | { status: number; text: string };

/** Takes every message, unless told otherwise; `options` replace what it does at the other steps. */
export async function openMailServer(options: SMTPServerOptions = {}): Promise<MailServer> {
  const received: ReceivedMail[] = [];
  let refusal: { status: number; text: string } | null = null;
  let decide: (mail: ReceivedMail) => Decision = () => 'take';
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    closeTimeout: 100,
    onRcptTo(_address, _session, done) {
      done(refusal && asError(refusal));
    },
    async onData(stream, session, done) {
      const chunks: Buffer[] = [];
      for await (const chunk of stream) chunks.push(chunk as Buffer);
      const raw = Buffer.concat(chunks);
      const { mailFrom, rcptTo } = session.envelope;
      const mail = {
        ...(await PostalMime.parse(raw)),
        envelopeFrom: mailFrom ? mailFrom.address : '',
        recipients: rcptTo.map(({ address }) => address),
        raw: raw.toString('utf8'),
      };
      received.push(mail);
      const decision = decide(mail);
      if (decision === 'take') done();
      else if (decision !== 'hold') done(asError(decision));
    },
    ...options,
  });
  // Connections are cut without ceremony by those who test us.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    received,
    refuseWith(next) {
      refusal = next;
    },
    decide(next) {
      decide = next;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function asError({ status, text }: { status: number; text: string }): Error {
  return Object.assign(new Error(text), { responseCode: status });
}
