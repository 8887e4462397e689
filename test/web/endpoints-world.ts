// Two teams with a key each, and the pages with a real channel to what they add.

import { onTestFinished } from 'vitest';
import { openReceiver, type Receiver } from '../../src/demo/receiver.ts';
import { openChannels } from '../../src/notify/index.ts';
import { addApiKey } from '../../src/store/api-keys.ts';
import type { WebDeps } from '../../src/web/deps.ts';
import { NOW, openWebWorld, type WebWorld } from './world.ts';

export interface Answered {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: what the tests say of it is the check
  body: any;
}

/** As the program of a team asks. */
export type Ask = (method: string, path: string, body?: unknown, init?: RequestInit) => Promise<Answered>;

export interface EndpointsWorld extends WebWorld {
  acme: Ask;
  bolt: Ask;
  /** Acme's. */
  key: string;
  receiver: Receiver;
  /** How often whoever delivers was told that something is due. */
  woken(): number;
}

export async function openEndpoints(deps: Partial<WebDeps> = {}): Promise<EndpointsWorld> {
  const receiver = await openReceiver();
  const allowPrivate = ['127.0.0.1'];
  const channels = openChannels({
    allowPrivate,
    userAgent: 'drawbell/test',
    smtpUrl: null,
    mailDir: 'nowhere',
    from: 'drawbell <bell@example.org>',
    sender: null,
    publicUrl: null,
    operator: null,
    dkim: null,
    smtpLimits: { connections: 1, perSecond: null },
    signingSecret: () => Promise.reject(new Error('no mail is sent here')),
    now: () => new Date(NOW),
    warn: () => undefined,
  });
  onTestFinished(async () => {
    await Promise.all([receiver.close(), channels.close()]);
  });
  let woken = 0;
  const wake = () => {
    woken += 1;
  };
  const world = await openWebWorld({ allowPrivate, channels, wake, ...deps });
  const [acme, bolt] = [await addApiKey(world.db, 'Acme', NOW), await addApiKey(world.db, 'Bolt', NOW)];
  return {
    ...world,
    acme: askAs(world, acme.key),
    bolt: askAs(world, bolt.key),
    key: acme.key,
    receiver,
    woken: () => woken,
  };
}

/** An answer without a body has the body `null`. */
export function askAs({ app }: Pick<WebWorld, 'app'>, key: string | null): Ask {
  return async (method, path, body, init = {}) => {
    const headers = new Headers({
      'Content-Type': 'application/json',
      ...(init.headers as Record<string, string>),
    });
    if (key !== null) headers.set('Authorization', `Bearer ${key}`);
    const sent = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
    const answer = await app.request(path, { ...init, method, headers, ...sent });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: text === '' ? null : JSON.parse(text) };
  };
}
