// A team's webhook: takes what is posted and checks its signature, for the demo and the tests.

import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { Webhook } from 'standardwebhooks';
import { openHttpServer, type SmallServer } from './server.ts';

export interface ReceivedWebhook {
  headers: IncomingHttpHeaders;
  body: string;
  /** Whether the signature is by the secret that was trusted when it came. */
  verified: boolean;
}

export interface Receiver extends SmallServer {
  url: string;
  /** In the order of arrival. */
  received: ReceivedWebhook[];
  trust(secret: string): void;
  /** Answers with something else than 204 from now on. */
  answerWith(answer: (response: ServerResponse) => void): void;
}

export async function openReceiver(): Promise<Receiver> {
  const received: ReceivedWebhook[] = [];
  let secret: string | null = null;
  let answer = (response: ServerResponse): void => {
    response.writeHead(204).end();
  };
  const server = await openHttpServer(async (request, response) => {
    const body = await readBody(request);
    received.push({ headers: request.headers, body, verified: isVerified(secret, request.headers, body) });
    answer(response);
  });
  return {
    ...server,
    url: `${server.origin}/hooks/draws`,
    received,
    trust(next) {
      secret = next;
    },
    answerWith(next) {
      answer = next;
    },
  };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function isVerified(secret: string | null, headers: IncomingHttpHeaders, body: string): boolean {
  if (secret === null) return false;
  try {
    new Webhook(secret).verify(body, headers as Record<string, string>);
    return true;
  } catch {
    return false;
  }
}
