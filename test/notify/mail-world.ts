// What tests of mail need: the channel with a configuration to change, a mail server, and one that misbehaves.

import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SMTPServerOptions } from 'smtp-server';
import { onTestFinished } from 'vitest';
import { type MailServer, openMailServer } from '../../src/demo/mail-server.ts';
import { type CarrierOptions, openCarrier, type Patience } from '../../src/notify/carrier.ts';
import type { Channel } from '../../src/notify/channel.ts';
import { type EmailOptions, openEmail } from '../../src/notify/email.ts';

export const NOW = new Date('2024-05-31T17:05:00Z');
export const SECRET = 'a secret of the tests';

export type MailOptions = EmailOptions & CarrierOptions;

export const OPTIONS: MailOptions = {
  smtpUrl: null,
  mailDir: '/nowhere/to/write',
  smtpLimits: { connections: 4, perSecond: null },
  dkim: null,
  publicUrl: null,
  signingSecret: async () => SECRET,
  from: 'Drawbell <draws@lists.example.org>',
  sender: 'Drawbell of Example Town, 1 Main Street, Example Town ON K1A 0A0',
  operator: 'mailto:operator@example.org',
  now: () => NOW,
  warn: () => undefined,
};

/** E-mail to readers; closed when the test is over. */
export async function openMail(
  options: Partial<MailOptions> = {},
  patience?: Patience,
): Promise<Channel<'email'>> {
  const given = { ...OPTIONS, ...options };
  const carrier = await openCarrier(given, patience);
  onTestFinished(() => carrier.close());
  return openEmail(given, carrier);
}

/** Takes everything, unless told otherwise. */
export async function mailServer(options: SMTPServerOptions = {}): Promise<MailServer> {
  const server = await openMailServer(options);
  onTestFinished(server.close);
  return server;
}

export async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'drawbell-mail-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Header names and values of a raw message, unfolded. */
export function headersOf(raw: string): Map<string, string> {
  const [head = ''] = raw.split('\r\n\r\n');
  const lines = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  return new Map(lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]));
}

/** What a mail server is asked, in order; `message` is all of it, to the final dot. */
export const STEPS = ['greeting', 'EHLO', 'MAIL', 'RCPT', 'DATA', 'message'] as const;
export type Step = (typeof STEPS)[number];

/** What it says instead of what it should; `null`: it has done something else. */
export type Misbehaviour = (step: Step, socket: Socket) => string | null | undefined;

export interface StrangeServer {
  url: string;
  /** How many there have been. */
  connections(): number;
  /** How many whole messages came. */
  messages(): number;
}

const USUAL: Record<Step, string> = {
  greeting: '220 here',
  EHLO: '250 here',
  MAIL: '250 2.1.0 fine',
  RCPT: '250 2.1.5 fine',
  DATA: '354 go on',
  message: '250 2.0.0 taken',
};

/** A mail server of a few lines that can misbehave at each step, where a real one would not. */
export async function strangeServer(misbehave: Misbehaviour): Promise<StrangeServer> {
  let connections = 0;
  let messages = 0;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    const reach = (step: Step) => {
      const said = misbehave(step, socket);
      if (said !== null) socket.write(`${said ?? USUAL[step]}\r\n`);
    };
    let rest = '';
    let inMessage = false;
    socket.on('data', (chunk) => {
      rest += chunk.toString('latin1');
      for (;;) {
        const end = inMessage ? '\r\n.\r\n' : '\r\n';
        const at = rest.indexOf(end);
        if (at < 0) return;
        const line = rest.slice(0, at);
        rest = rest.slice(at + end.length);
        if (inMessage) {
          inMessage = false;
          messages += 1;
          reach('message');
        } else if (/^(RSET|QUIT)/.test(line)) socket.write('250 fine\r\n');
        else {
          const step = STEPS.find((name) => line.startsWith(name));
          if (step === undefined) socket.write('502 unknown\r\n');
          else {
            inMessage = step === 'DATA';
            reach(step);
          }
        }
      }
    });
    reach('greeting');
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((closed) => server.close(closed));
  });
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    connections: () => connections,
    messages: () => messages,
  };
}
