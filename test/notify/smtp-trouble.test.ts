// What goes wrong between us and a mail server, and what it means: for the notice, the address, the channel.

import type { Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openCarrier, type Patience } from '../../src/notify/carrier.ts';
import type { Mail } from '../../src/notify/text/mail.ts';
import { closedAddress } from '../support/http.ts';
import {
  type Misbehaviour,
  mailServer,
  NOW,
  OPTIONS,
  openMail,
  STEPS,
  type Step,
  strangeServer,
} from './mail-world.ts';
import { sampleNotice } from './sample-notices.ts';

const BRIEF: Patience = { greeting: 400, silence: 400, whole: 30_000 };
/** Where it is to end only after the message has gone out, which a busy machine may take a while for. */
const LONGER = 2_500;
const BEFORE = STEPS.filter((step) => step !== 'message');

const MAIL: Mail = {
  messageId: '<msg_1@lists.example.org>',
  date: NOW,
  from: { name: '', address: 'draws@lists.example.org' },
  to: { name: '', address: 'amina@example.org' },
  subject: 'long',
  text: '',
  headers: {},
};

async function sendTo(url: string, patience?: Patience) {
  const channel = await openMail({ smtpUrl: url }, patience);
  return channel.send(sampleNotice());
}

/** Behaves, but for one step: says something there, or does something. */
function at(step: Step, instead: string | ((socket: Socket) => unknown)): Misbehaviour {
  return (reached, socket) => {
    if (reached !== step) return undefined;
    if (typeof instead === 'string') return `${instead} <amina@example.org>: user amina@example.org, 530`;
    instead(socket);
    return null;
  };
}

describe('an answer', () => {
  it.each([
    // The reader's own server, or the address: tried again by the notice's own schedule.
    ['RCPT', '450 4.2.1', 'refused', undefined, '450 4.2.1 put off by the mail server'],
    ['RCPT', '452', 'refused', undefined, '452 put off by the mail server'],
    ['DATA', '451 4.3.0', 'refused', undefined, '451 4.3.0 put off by the mail server'],
    ['message', '451', 'refused', undefined, '451 put off by the mail server'],
    // The address: it gets nothing any more.
    ['RCPT', '550', 'failed', 'address', '550 refused by the mail server'],
    ['RCPT', '553', 'failed', 'address', '553 refused by the mail server'],
    ['RCPT', '550 5.1.1', 'failed', 'address', '550 5.1.1 refused by the mail server'],
    ['RCPT', '550 5.1.10', 'failed', 'address', '550 5.1.10 refused by the mail server'],
    ['RCPT', '552 5.2.2', 'failed', 'address', '552 5.2.2 refused by the mail server'],
    ['RCPT', '550 5.4.1', 'failed', 'address', '550 5.4.1 refused by the mail server'],
    ['RCPT', '550 5.5.0', 'failed', 'address', '550 5.5.0 refused by the mail server'],
    ['message', '550 5.1.1', 'failed', 'address', '550 5.1.1 refused by the mail server'],
    // Us, said only when the recipient is named, as many servers do.
    ['RCPT', '554 5.7.1', 'refused', 'policy', '554 5.7.1 refused by the mail server (policy)'],
    ['RCPT', '550 5.1.8', 'refused', 'policy', '550 5.1.8 refused by the mail server (policy)'],
    ['RCPT', '550 5.1.7', 'refused', 'policy', '550 5.1.7 refused by the mail server (policy)'],
    ['RCPT', '554', 'refused', 'policy', '554 refused by the mail server (policy)'],
    ['RCPT', '530', 'refused', 'policy', '530 refused by the mail server (policy)'],
    ['RCPT', '503 5.5.1', 'refused', 'policy', '503 5.5.1 refused by the mail server (policy)'],
    // The message.
    ['DATA', '554', 'refused', 'policy', '554 refused by the mail server (message)'],
    ['message', '552', 'refused', 'policy', '552 refused by the mail server (message)'],
    ['message', '550 5.7.1', 'refused', 'policy', '550 5.7.1 refused by the mail server (message)'],
    ['message', '550 5.1.8', 'refused', 'policy', '550 5.1.8 refused by the mail server (message)'],
    // The session: nothing of the notice changes.
    ['greeting', '554', 'stopped', 'policy', '554 refused by the mail server (session)'],
    ['MAIL', '553', 'stopped', 'policy', '553 refused by the mail server (sender)'],
    ['MAIL', '550 5.7.1', 'stopped', 'policy', '550 5.7.1 refused by the mail server (sender)'],
    ['greeting', '450', 'stopped', 'unreachable', '450 put off by the mail server'],
    ['MAIL', '451 4.3.2', 'stopped', 'unreachable', '451 4.3.2 put off by the mail server'],
    ['greeting', '421', 'stopped', 'unreachable', '421 put off by the mail server'],
    ['EHLO', '421', 'stopped', 'unreachable', '421 put off by the mail server'],
    ['MAIL', '421 4.7.0', 'stopped', 'unreachable', '421 4.7.0 put off by the mail server'],
    ['RCPT', '421', 'stopped', 'unreachable', '421 put off by the mail server'],
    ['DATA', '421', 'stopped', 'unreachable', '421 put off by the mail server'],
    ['message', '421', 'stopped', 'unreachable', '421 put off by the mail server'],
  ] as const)('to %s of %s means %s, %s', async (step, answer, outcome, cause, detail) => {
    const { url } = await strangeServer(at(step, answer));

    const result = await sendTo(url);

    const status = Number(answer.slice(0, 3));
    expect(result).toEqual({ outcome, detail, status, ...(cause === undefined ? {} : { cause }) });
  });

  it('that refuses the sign-in stops the channel', async () => {
    const { url } = await mailServer({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: (_auth, _session, done) => done(Object.assign(new Error('5.7.8 no'), { responseCode: 535 })),
    });

    const result = await sendTo(url.replace('smtp://', 'smtp://user:hunter2@'));

    const detail = '535 5.7.8 refused by the mail server (sign-in)';
    expect(result).toEqual({ outcome: 'stopped', cause: 'policy', status: 535, detail });
  });

  it('that puts the sign-in off is the same as no server', async () => {
    const { url } = await mailServer({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: (_auth, _session, done) => done(Object.assign(new Error('4.7.0 later'), { responseCode: 454 })),
    });

    const result = await sendTo(url.replace('smtp://', 'smtp://user:hunter2@'));

    const detail = '454 4.7.0 put off by the mail server';
    expect(result).toEqual({ outcome: 'stopped', cause: 'unreachable', status: 454, detail });
  });
});

describe('no answer', () => {
  it('and nobody listening stops the channel', async () => {
    const url = (await closedAddress(onTestFinished)).replace('http:', 'smtp:');

    const result = await sendTo(url);

    expect(result).toEqual({ outcome: 'stopped', cause: 'unreachable', detail: 'connection refused' });
  });

  it.each(BEFORE)('and a connection lost at %s leaves the notice as it is', async (step) => {
    const server = await strangeServer(at(step, (socket) => socket.destroy()));

    const result = await sendTo(server.url);

    // What was said before the answer to DATA was awaited cannot have been a message.
    expect(result).toEqual({ outcome: 'stopped', cause: 'unreachable', detail: 'connection lost' });
    expect(server.messages()).toBe(0);
  });

  it('and a connection lost after the final dot may be a message taken', async () => {
    const server = await strangeServer(at('message', (socket) => socket.destroy()));

    const result = await sendTo(server.url);

    const detail = 'connection lost, after the message had gone out';
    expect(result).toEqual({ outcome: 'ambiguous', detail });
    expect([server.messages(), server.connections()]).toEqual([1, 1]);
  });

  it('and a connection lost in the middle of a message leaves the notice as it is', async () => {
    const server = await strangeServer(
      at('DATA', (socket) => {
        socket.write('354 go on\r\n');
        socket.once('data', () => socket.destroy());
      }),
    );
    const carrier = await openCarrier({ ...OPTIONS, smtpUrl: server.url });
    onTestFinished(() => carrier.close());

    // More than any buffer on the way holds.
    const result = await carrier.carry('msg_1', { ...MAIL, text: 'long line\n'.repeat(2_000_000) });

    expect(result).toEqual({ outcome: 'stopped', cause: 'unreachable', detail: 'connection lost' });
    expect(server.messages()).toBe(0);
  });

  it.each(BEFORE)('and silence at %s leaves the notice as it is', async (step) => {
    const server = await strangeServer(at(step, () => undefined));

    const result = await sendTo(server.url, BRIEF);

    expect(result).toEqual({ outcome: 'stopped', cause: 'unreachable', detail: 'no answer in time' });
    expect(server.messages()).toBe(0);
  });

  it('and silence after the final dot may be a message taken', async () => {
    const server = await strangeServer(at('message', () => undefined));

    const result = await sendTo(server.url, { ...BRIEF, greeting: LONGER, silence: LONGER });

    const detail = 'no answer in time, after the message had gone out';
    expect(result).toEqual({ outcome: 'ambiguous', detail });
    expect(server.messages()).toBe(1);
  });

  it.each([
    ['EHLO', 'stopped', 500],
    ['message', 'ambiguous', LONGER],
  ] as const)(
    'that comes byte by byte is waited for no longer than agreed: %s',
    async (step, outcome, whole) => {
      const trickle = (socket: Socket) => {
        const timer = setInterval(() => socket.write('250-and\r\n'), 20);
        socket.on('close', () => clearInterval(timer));
      };
      const server = await strangeServer(at(step, trickle));

      const result = await sendTo(server.url, { greeting: 30_000, silence: 30_000, whole });

      expect(result.outcome).toBe(outcome);
      expect(result.detail).toContain('no answer in time');
    },
  );

  it('on a connection that was kept open, before a byte of the message, is no trouble at all', async () => {
    let mails = 0;
    const server = await strangeServer((step, socket) => {
      if (step === 'MAIL') mails += 1;
      if (step !== 'MAIL' || mails !== 2) return undefined;
      socket.destroy();
      return null;
    });
    const channel = await openMail({ smtpUrl: server.url });

    const results = [await channel.send(sampleNotice()), await channel.send(sampleNotice())];

    expect(results.map(({ outcome }) => outcome)).toEqual(['sent', 'sent']);
    expect([server.messages(), server.connections()]).toEqual([2, 2]);
  });
});

describe('an address', () => {
  it.each(['amina@example.org\r\nRCPT TO:<victim@example.net>', 'a<b>@example.org', ''])(
    'that is none is struck off without asking a server: %j',
    async (email) => {
      const server = await mailServer();
      const channel = await openMail({ smtpUrl: server.url });
      const notice = sampleNotice();

      const result = await channel.send({ ...notice, reader: { ...notice.reader, email } });

      expect(result).toMatchObject({ outcome: 'failed', cause: 'address' });
      expect(server.received).toEqual([]);
    },
  );
});

it('is told without the address, the score or what the server wrote', async () => {
  for (const step of STEPS) {
    for (const code of ['421', '450', '550', '550 5.1.1', '554']) {
      const { url } = await strangeServer(at(step, code));
      const result = await sendTo(url);
      expect(JSON.stringify(result)).not.toMatch(/amina|example|user|127\.0|:\/\//);
    }
  }
});
