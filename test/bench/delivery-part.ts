// A part of the delivery bench as a process: `delivery-part.ts PART ...`; answers in JSON. The two servers run until
// their standard input ends.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { closeSession, openSession, type Session, settleHistory } from '../../src/cli/session.ts';
import { readConfig } from '../../src/config.ts';
import { AT_A_TIME } from '../../src/journey/hand-over.ts';
import { deliverDue } from '../../src/journey.ts';
import type { DueNotice } from '../../src/match/notice.ts';
import { writePost } from '../../src/notify/formats/index.ts';
import { openLetterhead } from '../../src/notify/letterhead.ts';
import { type Mail, writeMail } from '../../src/notify/text/mail.ts';
import { wayOut } from '../../src/notify/text/way-out.ts';
import { signUnsubscribe } from '../../src/notify/tokens.ts';
import { SOURCES } from '../../src/sources/index.ts';
import { claim } from '../../src/store/claims.ts';
import { addEndpoint } from '../../src/store/endpoints.ts';
import { toEvent } from '../../src/store/events.ts';
import { inTransaction } from '../../src/store/open.ts';
import { enqueueForEndpoints } from '../../src/store/outbox.ts';

/** After everything was queued, and so that no claim of another part is in the way. */
const NOW = new Date('2026-07-11T01:00:00Z');
const AGENT = 'drawbell/bench';

interface Handed {
  milliseconds: number;
  count: number;
}

const [part = '', database = '', argument = ''] = process.argv.slice(2);
const PARTS: Record<string, () => Promise<unknown>> = {
  'mail-server': serveMail,
  receivers: () => serveReceivers(Number(database)),
  endpoints: () => addEndpoints(argument.split(',')),
  deliver,
  'bare-mail': bareMail,
  'bare-posts': barePosts,
};
process.stdout.write(`${JSON.stringify(await PARTS[part]?.())}\n`);

/** Everything that is due, as `run` does it; what must be loaded for it is, here as in the bare parts. */
async function deliver(): Promise<Handed> {
  return withSession(async (session) => {
    await session.channels.open(argument === '' ? 'webhook' : 'email');
    const started = performance.now();
    const { sent, queued, failed } = await deliverDue(session);
    if (queued + failed > 0) throw new Error(`${queued} waiting, ${failed} given up`);
    return { milliseconds: performance.now() - started, count: sent };
  });
}

/** As many mails as wait, through nodemailer with the same pool: a hundred of them, ready, over and over. */
async function bareMail(): Promise<Handed> {
  return withSession(async (session) => {
    const { db, config } = session;
    const count = await countQueued(session);
    const notices = await claim(db, { channel: 'email', failing: false }, 100, NOW);
    const mails = await mailsOf(session, notices);
    const { createTransport } = await import('nodemailer');
    const started = performance.now();
    const { connections } = config.smtpLimits;
    const transport = createTransport({ url: config.smtpUrl ?? '', pool: true, maxConnections: connections });
    let left = count;
    const sendOn = async () => {
      while (left > 0) {
        left -= 1;
        const mail = mails[left % mails.length] as Mail;
        const envelope = { from: mail.from.address, to: [mail.to.address] };
        await transport.sendMail({ ...mail, envelope });
      }
    };
    await Promise.all(Array.from({ length: connections }, sendOn));
    const milliseconds = performance.now() - started;
    transport.close();
    return { milliseconds, count };
  });
}

async function mailsOf({ config }: Session, notices: readonly DueNotice[]): Promise<Mail[]> {
  const { createHtmlWriter, loadMjml } = await import('../../src/notify/text/html.ts');
  const letterhead = await openLetterhead({ ...config, from: config.mailFrom });
  const writeHtml = createHtmlWriter(await loadMjml());
  return notices.flatMap((notice) => {
    if (notice.channel !== 'email') return [];
    const token = signUnsubscribe(notice.reader.id, 'a secret of the bench');
    const out = wayOut(config.publicUrl, letterhead.replyAddress, token);
    return writeMail(notice, letterhead, { wayOut: out, manage: null, siteUrl: null }, writeHtml, NOW) ?? [];
  });
}

/** What waits for the endpoints, signed and posted by undici alone, as many at a time. */
async function barePosts(): Promise<Handed> {
  return withSession(async ({ db }) => {
    const notices: DueNotice[] = [];
    const endpoints = await db.selectFrom('endpoints').select('id').execute();
    for (const { id: endpoint } of endpoints)
      notices.push(...(await claim(db, { channel: 'webhook', endpoint, failing: false }, 10_000, NOW)));
    const [{ Agent, request }, { Webhook }] = await Promise.all([
      import('undici'),
      import('standardwebhooks'),
    ]);
    const byEndpoint = Object.values(
      Object.groupBy(notices, (notice) => (notice.channel === 'webhook' ? notice.endpoint.id : '')),
    );
    const started = performance.now();
    const agent = new Agent();
    const post = async (waiting: DueNotice[]) => {
      for (let notice = waiting.pop(); notice?.channel === 'webhook'; notice = waiting.pop()) {
        const { key, event, endpoint } = notice;
        const { url, body } = writePost(event, endpoint);
        const at = new Date();
        const answer = await request(url, {
          method: 'POST',
          dispatcher: agent,
          headers: {
            'content-type': 'application/json',
            'user-agent': AGENT,
            'webhook-id': key,
            'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
            'webhook-signature': endpoint.secrets
              .map((secret) => new Webhook(secret).sign(key, at, body))
              .join(' '),
          },
          body,
        });
        await answer.body.dump();
      }
    };
    await Promise.all(
      byEndpoint.flatMap((waiting = []) => Array.from({ length: AT_A_TIME }, () => post(waiting))),
    );
    const milliseconds = performance.now() - started;
    await agent.destroy();
    return { milliseconds, count: notices.length };
  });
}

/** Endpoints for each of which the newest events of the shipped history wait. */
async function addEndpoints(urls: readonly string[]): Promise<Handed> {
  return withSession(async (session) => {
    await settleHistory(session);
    const { db } = session;
    const rows = await db.selectFrom('events').selectAll().orderBy('seq', 'desc').limit(100).execute();
    await inTransaction(db, async (trx) => {
      for (const url of urls) await addEndpoint(trx, { url, kind: 'standard' }, NOW.toISOString());
      for (const row of rows) await enqueueForEndpoints(trx, toEvent(row), NOW.toISOString());
    });
    return { milliseconds: 0, count: urls.length * rows.length };
  });
}

async function countQueued({ db }: Session): Promise<number> {
  const { count } = await db
    .selectFrom('outbox')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('status', '=', 'queued')
    .executeTakeFirstOrThrow();
  return count;
}

async function withSession<Result>(work: (session: Session) => Promise<Result>): Promise<Result> {
  const config = readConfig(
    {
      DRAWBELL_DATABASE: database,
      DRAWBELL_SMTP_URL: argument.startsWith('smtp') ? argument : undefined,
      DRAWBELL_MAIL_FROM: 'drawbell <bell@example.org>',
      DRAWBELL_SENDER: 'The drawbell bench, 1 Example Street, Ottawa ON K1A 0A0, bell@example.org',
      DRAWBELL_OPERATOR: 'mailto:bell@example.org',
      DRAWBELL_PUBLIC_URL: 'https://draws.example.org',
      DRAWBELL_SECRET: 'a secret of the bench',
      DRAWBELL_ALLOW_PRIVATE: '127.0.0.1',
    },
    SOURCES,
  );
  const session = openSession(
    config,
    () => NOW,
    (message) => process.stderr.write(`${message}\n`),
  );
  try {
    return await work(session);
  } finally {
    await closeSession(session);
  }
}

/** Takes every mail and keeps none. */
async function serveMail(): Promise<{ url: string }> {
  const { SMTPServer } = await import('smtp-server');
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData(stream, _session, done) {
      stream.resume();
      stream.on('end', () => done());
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  endWithInput(() => server.close());
  return { url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}` };
}

/** So many receivers, each on a port of its own. */
async function serveReceivers(count: number): Promise<{ urls: string[] }> {
  const servers = Array.from({ length: count }, () =>
    createServer((incoming, response) => {
      incoming.resume();
      incoming.on('end', () => response.writeHead(204).end());
    }),
  );
  for (const server of servers)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  endWithInput(() => {
    for (const server of servers) {
      server.close();
      server.closeAllConnections();
    }
  });
  return {
    urls: servers.map((server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`),
  };
}

function endWithInput(close: () => void): void {
  process.stdin.resume();
  process.stdin.on('end', close);
}
