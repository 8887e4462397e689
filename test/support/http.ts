// Small real servers that behave badly on purpose.

import type { RequestListener } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
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

/** An address where nobody listens. */
export async function closedAddress(): Promise<string> {
  const server = await openHttpServer(() => undefined);
  await server.close();
  return server.origin;
}
