// Small real servers that behave badly on purpose.

import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';
import { openHttpServer } from '../../src/demo/server.ts';
import type { Closing } from './cli.ts';

/** An HTTP server for one test; returns its `http://127.0.0.1:<port>`. */
export async function serve(closing: Closing, listener: RequestListener): Promise<string> {
  const server = await openHttpServer(listener);
  closing(() => server.close());
  return server.origin;
}

/** An HTTPS server for one test; returns its port on 127.0.0.1. */
export async function serveTls(
  closing: Closing,
  certificate: ServerOptions,
  listener: RequestListener,
): Promise<number> {
  const server = createTlsServer(certificate, listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing(async () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    await closed;
  });
  return (server.address() as AddressInfo).port;
}

/** A server that speaks, or does not speak, whatever it likes: for answers that no HTTP server would give. */
export async function serveSocket(closing: Closing, listener: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    listener(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing(async () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of sockets) socket.destroy();
    await closed;
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/**
 * An address where nobody listens. A connection of our own holds its port: a port that was only let go of is
 * soon given to a server of another test.
 */
export async function closedAddress(closing: Closing): Promise<string> {
  const origin = await serveSocket(closing, () => undefined);
  const holder = connect(Number(new URL(origin).port), '127.0.0.1');
  await once(holder, 'connect');
  closing(() => void holder.destroy());
  return `http://127.0.0.1:${holder.localPort}`;
}
