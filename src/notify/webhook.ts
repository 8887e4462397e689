// outbox -> delivered, over a team's webhook: one POST, signed by the Standard Webhooks specification where that is its kind.

import type { NoticeOf } from '../match/notice.ts';
import { remember } from '../remember.ts';
import { PUBLIC_HOST, urlProblem } from './addresses.ts';
import { noAnswer, readBeginning, resultOf } from './answer.ts';
import type { Channel, DeliveryResult } from './channel.ts';
import { type ConnectOptions, openConnector, PrivateHostError } from './connect.ts';
import { writePost } from './formats/index.ts';
import { openLimit } from './limit.ts';

/** Of one attempt as a whole, in milliseconds. */
const TIMEOUT = 15_000;
/** Of what comes after the status, in milliseconds: it decides nothing any more. */
const ANSWER_TIME = 1_000;
/** Bytes of an answer's headers. */
const HEADERS = 16 * 1024;
/** Notices of one connection, and bytes of all its answers: more than so many would need, whatever they are made of. */
const REQUESTS = 100;
const ANSWERS = 2 * 1024 * 1024;
/** The endpoints of one service share its host, so those that hang must leave room there for the others. */
const CONNECTIONS = 256;
/** Milliseconds: the notices of one draw share a connection, and the next draw looks the name up anew. */
const IDLE = 4_000;

/** Endpoints whose secrets and URLs are kept ready. */
const READY = 1_000;

const INSIDE = 'not sent: the host has a private address';

export interface WebhookOptions extends Omit<ConnectOptions, 'timeout' | 'bytes'> {
  userAgent: string;
  /** Where the pages about draws are; `null`, or left out: there are none. */
  siteUrl?: string | null;
  /** Milliseconds, of one attempt as a whole. */
  timeout?: number;
  /** Milliseconds to wait for the text of an answer whose status has come. */
  answerTime?: number;
}

export async function openWebhook({
  userAgent,
  siteUrl = null,
  timeout = TIMEOUT,
  answerTime = ANSWER_TIME,
  ...options
}: WebhookOptions): Promise<Channel<'webhook'>> {
  const [{ Agent, request }, { Webhook }] = await Promise.all([import('undici'), import('standardwebhooks')]);
  const agent = new Agent({
    connect: openConnector({ ...options, timeout, bytes: ANSWERS }),
    connections: CONNECTIONS,
    maxRequestsPerClient: REQUESTS,
    keepAliveTimeout: IDLE,
    keepAliveMaxTimeout: IDLE,
    // One question needs no HTTP/2, and its many streams no further limits.
    allowH2: false,
    maxHeaderSize: HEADERS,
    // The time is kept over the attempt as a whole.
    headersTimeout: 0,
    bodyTimeout: 0,
  });

  // By secret and by URL: reading either takes as long as what is done with it.
  const signerOf = remember(READY, (secret: string) => new Webhook(secret));
  const targetOf = remember(READY, (url: string) => {
    const problem = urlProblem(url, options.allowPrivate);
    return problem === null ? { url: new URL(url) } : { problem };
  });

  /** The specification's headers: a signature by each secret that is valid. */
  function sign({ key, endpoint }: NoticeOf<'webhook'>, body: string): Record<string, string> {
    // The receiver holds this stamp against its own clock, so it is the real time whatever `--now` says.
    const at = new Date();
    return {
      'webhook-id': key,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
      'webhook-signature': endpoint.secrets.map((secret) => signerOf(secret).sign(key, at, body)).join(' '),
    };
  }

  async function post(url: URL, headers: Record<string, string>, body: string): Promise<DeliveryResult> {
    const limit = openLimit(timeout);
    try {
      const asked = request(url, {
        // undici follows no redirect by itself, and a redirect is a failure here.
        method: 'POST',
        dispatcher: agent,
        signal: limit.signal,
        headers,
        body,
      });
      // Before a connection stands undici does not heed the signal.
      const answer = await Promise.race([asked, limit.passed]);
      const text = isEmpty(answer)
        ? ((await answer.body.dump()) ?? '')
        : await readBeginning(answer.body, answerTime);
      const result = resultOf(answer.statusCode, answer.headers['retry-after'], new Date());
      return text === '' ? result : { ...result, answer: text };
    } catch (error) {
      return { outcome: 'refused', detail: error instanceof PrivateHostError ? INSIDE : noAnswer(error) };
    } finally {
      limit.close();
    }
  }

  return {
    name: 'webhook',
    async send(notice) {
      const { url, body } = writePost(notice.event, notice.endpoint, siteUrl);
      const target = targetOf(url);
      if (target.url === undefined) {
        const { problem } = target;
        const detail = problem === PUBLIC_HOST ? INSIDE : `not sent: it is not ${problem}`;
        return { outcome: 'refused', detail };
      }
      const headers = { 'content-type': 'application/json', 'user-agent': userAgent };
      // To any other service the URL itself is the secret.
      const signature = notice.endpoint.kind === 'standard' ? sign(notice, body) : {};
      return post(target.url, { ...headers, ...signature }, body);
    },
    close: () => agent.destroy(),
  };
}

/** By its status or its length: such an answer has ended, and there is nothing to wait for. */
function isEmpty({ statusCode, headers }: { statusCode: number; headers: Record<string, unknown> }): boolean {
  return statusCode === 204 || headers['content-length'] === '0';
}
