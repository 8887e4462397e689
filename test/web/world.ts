// The pages in front of a small database with two readers, as a value and behind a port.

import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Hono } from 'hono';
import { onTestFinished } from 'vitest';
import { DEFAULT_CADENCE } from '../../src/cadence.ts';
import { Subscription } from '../../src/match/profile.ts';
import { signUnsubscribe } from '../../src/notify/tokens.ts';
import type { Db } from '../../src/store/schema.ts';
import { listSubscribers, saveSubscribers } from '../../src/store/subscribers.ts';
import { openWebApp } from '../../src/web/app.ts';
import type { WebDeps } from '../../src/web/deps.ts';
import { openWebServer, WEB_LIMITS, type WebLimits } from '../../src/web/server.ts';
import { openTestStore } from '../support/store.ts';

export const NOW = '2024-05-31T16:00:00.000Z';
export const SECRET = 'what the links of the tests are signed with';
export const ONE_CLICK = 'List-Unsubscribe=One-Click';

export interface WebWorld {
  db: Db;
  app: Hono;
  warnings: string[];
  /** Opaque names of amina, who reads English, and bruno, who reads French. */
  amina: string;
  bruno: string;
  /** Who is still subscribed. */
  readers(): Promise<string[]>;
  /** Sends the one-click form to this path. */
  post(path: string, init?: RequestInit): Promise<Response>;
}

export async function openWebWorld(deps: Partial<WebDeps> = {}): Promise<WebWorld> {
  const db = deps.db ?? openTestStore();
  const subscriptions = [
    { email: 'amina@example.org', locale: 'en' },
    { email: 'bruno@example.org', locale: 'fr' },
  ].map((entry) => Subscription.parse(entry));
  await saveSubscribers(db, subscriptions, NOW);
  const [amina = '', bruno = ''] = (await listSubscribers(db)).map(({ key }) => key);
  const warnings: string[] = [];
  const app = openWebApp({
    db,
    now: () => new Date(NOW),
    secrets: [SECRET],
    publicUrl: 'https://draws.example.org',
    sender: 'Draws of Example, 1 Example Street, Ottawa, post@example.org',
    operator: 'mailto:operator@example.org',
    cadence: DEFAULT_CADENCE,
    allowPrivate: [],
    proxies: [],
    bounces: { secret: null, sesTopic: null, postmark: null, mailgun: null },
    channels: { open: () => Promise.reject(new Error('nothing is sent here')) },
    wake: () => undefined,
    warn: (message) => warnings.push(message),
    ...deps,
  });
  return {
    db,
    app,
    warnings,
    amina,
    bruno,
    readers: async () => (await listSubscribers(db)).map(({ email }) => email),
    post: async (path, init) =>
      app.request(path, { method: 'POST', body: new URLSearchParams(ONE_CLICK), ...init }),
  };
}

/** The path of the link in a reader's mails. */
export function linkOf(reader: string, secret = SECRET): string {
  return `/unsubscribe/${signUnsubscribe(reader, secret)}`;
}

/** Serves the pages on a free port until the test is done; returns where. */
export async function serveApp(app: Hono, limits: Partial<WebLimits> = {}): Promise<string> {
  const server = await openWebServer({ host: '127.0.0.1', port: 0 }, app, { ...WEB_LIMITS, ...limits });
  onTestFinished(() => server.close());
  return server.origin;
}

export async function openSocket(origin: string): Promise<Socket> {
  const { hostname, port } = new URL(origin);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  onTestFinished(() => {
    socket.destroy();
  });
  await once(socket, 'connect');
  return socket;
}

/** Everything that comes until the other side closes. */
export async function readToEnd(socket: Socket): Promise<string> {
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  await once(socket, 'close');
  return text;
}

/** These very bytes on a connection of their own, and what is answered. */
export async function exchange(origin: string, request: string): Promise<string> {
  const socket = await openSocket(origin);
  const answer = readToEnd(socket);
  socket.write(request);
  return answer;
}

/** The words of the one heading. */
export function headingOf(page: string): string | undefined {
  return /<h1[^>]*>(.*?)<\/h1>/.exec(page)?.[1];
}
