// The crash test's mail server: a real one that keeps of each mail only what the promises are about.

import type { AddressInfo } from 'node:net';
import { setTimeout as after } from 'node:timers/promises';
import { SMTPServer } from 'smtp-server';
import { openCrowd } from './crowd.ts';
import { type Ledger, nameNotice } from './ledger.ts';

export interface PostOffice {
  /** `smtp://127.0.0.1:<port>` */
  url: string;
  /** Who gets mail: what only their own mails hold. The key of whoever signs up is learnt from their first letter. */
  residents: Map<string, { key: string | null; score: number | null }>;
  /** Resolves when nobody is connected any more: what a killed process had sent has arrived by then. */
  quiet(): Promise<void>;
  close(): Promise<void>;
}

/** Every message to a reader is of the publication of a round, which its subject names, or asks to confirm a sign-up. */
const EVENT = 'draw.published';
export const LETTER = 'confirm';

/** `pause`: milliseconds that it thinks before it takes a mail. */
export async function openPostOffice(ledger: Ledger, pause = () => 0): Promise<PostOffice> {
  const residents: PostOffice['residents'] = new Map();
  const crowd = openCrowd();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    closeTimeout: 100,
    async onData(stream, session, done) {
      const chunks: Buffer[] = [];
      try {
        for await (const chunk of stream) chunks.push(chunk as Buffer);
      } catch {
        // Whoever was sending it was killed in the middle.
        return;
      }
      const recipients = session.envelope.rcptTo.map(({ address }) => address);
      note(recipients, Buffer.concat(chunks).toString('utf8'));
      const length = pause();
      if (length > 0) await after(length);
      await ledger.mayAnswer();
      done();
      ledger.answer();
    },
  });
  // Connections are cut without ceremony by a process that is killed.
  server.on('error', () => undefined);
  server.server.on('connection', crowd.join);

  function note(recipients: readonly string[], mail: string): void {
    const [to = 'nobody'] = recipients;
    const header = mail.slice(0, mail.indexOf('\r\n\r\n')).replace(/\r\n[ \t]+/g, ' ');
    const id = /^Message-ID: (.+)$/im.exec(header)?.[1] ?? 'none';
    const round = /^Subject: .*?#(\w+)/im.exec(header)?.[1];
    const fault = recipients.length === 1 ? faultOf(to, header, mail) : 'one mail to several';
    const notice =
      round === undefined ? nameNotice(to, LETTER, null) : nameNotice(to, EVENT, `ircc:${round}`);
    ledger.note({ notice, id, fault });
  }

  function faultOf(to: string, header: string, mail: string): string | null {
    const resident = residents.get(to);
    if (!resident) return 'mail to a stranger';
    const text = `${header}\n${mail.replace(/=\r\n/g, '')}`;
    const keys = text.match(/(?<![\da-z])[\da-f]{24}(?![\da-z])/g) ?? [];
    resident.key ??= keys[0] ?? null;
    const isOwn =
      new RegExp(`^To: .*\\b${to}\\b`, 'im').test(header) &&
      (resident.score === null || new RegExp(`\\b${resident.score}\\b`).test(text)) &&
      keys.length > 0 &&
      keys.every((key) => key === resident.key);
    return isOwn ? null : "another's mail";
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    residents,
    quiet: crowd.gone,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
