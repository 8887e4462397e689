// port -> request: a server with limits of its own, so that slow clients and floods do not stop the watch.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener, RequestError } from '@hono/node-server';
import type { Hono } from 'hono';
import { HEADERS } from './headers.ts';

export interface Address {
  host: string;
  /** 0 for any that is free. */
  port: number;
}

export interface WebServer {
  /** `http://127.0.0.1:<port>` */
  origin: string;
  /** Takes nothing more, and resolves when what is under way has been answered or has had its time. */
  close(): Promise<void>;
}

/** Times in milliseconds. */
export interface WebLimits {
  /** For the head of a request. */
  head: number;
  /** For a whole request. */
  request: number;
  /** For a connection on which nothing moves. */
  idle: number;
  /** How often it is looked whose time is over. */
  check: number;
  /** At a time; more are closed at once. */
  connections: number;
  /** For what is under way when the server closes. */
  closing: number;
}

export const WEB_LIMITS: WebLimits = {
  head: 5_000,
  request: 10_000,
  idle: 15_000,
  check: 1_000,
  connections: 256,
  closing: 3_000,
};
/** A link of ours has a hundred characters: whoever sends much more means harm. In bytes. */
const LARGEST_HEAD = 8 * 1024;

/** Rejects when the address cannot be had. */
export async function openWebServer(
  { host, port }: Address,
  app: Hono,
  limits: WebLimits = WEB_LIMITS,
): Promise<WebServer> {
  const listener = getRequestListener(app.fetch, {
    // Other parts of the process use them too.
    overrideGlobalObjects: false,
    // For whoever asks without a Host.
    hostname: 'localhost',
    errorHandler: (error) =>
      new Response(null, { status: error instanceof RequestError ? 400 : 500, headers: HEADERS }),
  });
  const server = createServer(
    {
      headersTimeout: limits.head,
      requestTimeout: limits.request,
      connectionsCheckingInterval: limits.check,
      maxHeaderSize: LARGEST_HEAD,
      requireHostHeader: false,
    },
    listener,
  );
  server.timeout = limits.idle;
  server.maxConnections = limits.connections;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve());
  });
  const { port: taken } = server.address() as AddressInfo;
  return {
    origin: `http://${host.includes(':') ? `[${host}]` : host}:${taken}`,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      const late = setTimeout(() => server.closeAllConnections(), limits.closing);
      await closed;
      clearTimeout(late);
    },
  };
}
