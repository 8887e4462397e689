// A real SMTP server that takes a whole message and then answers as the test decides, or not at all.

import type { AddressInfo } from 'node:net';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import type { Closing } from '../support/cli.ts';

export interface Handed {
  recipient: string;
  messageId: string;
}

/** What the server says to a whole message; `hold` leaves whoever sent it waiting. */
export type Decision = 'take' | 'hold' | { status: number; text: string };

export interface UndecidedMailServer {
  url: string;
  /** Every message that came over the wire, also those that were not taken. */
  handed: Handed[];
  decide(decide: (mail: Handed) => Decision): void;
}

export async function openUndecidedMailServer(closing: Closing): Promise<UndecidedMailServer> {
  const handed: Handed[] = [];
  let decide: (mail: Handed) => Decision = () => 'take';
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    closeTimeout: 100,
    async onData(stream, session, done) {
      const chunks: Buffer[] = [];
      for await (const chunk of stream) chunks.push(chunk as Buffer);
      const { messageId = '' } = await PostalMime.parse(Buffer.concat(chunks));
      const mail = { recipient: session.envelope.rcptTo[0]?.address ?? '', messageId };
      handed.push(mail);
      const decision = decide(mail);
      if (decision === 'take') done();
      else if (decision !== 'hold')
        done(Object.assign(new Error(decision.text), { responseCode: decision.status }));
    },
  });
  // Those who test us are killed in the middle of a sentence.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  closing(() => new Promise((resolve) => server.close(() => resolve())));
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    handed,
    decide(next) {
      decide = next;
    },
  };
}
