// Small real servers on 127.0.0.1: what they share.

import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SmallServer {
  /** `http://127.0.0.1:<port>` */
  origin: string;
  close(): Promise<void>;
}

/** An HTTP server on a free port. */
export async function openHttpServer(listener: RequestListener): Promise<SmallServer> {
  const server = createServer(listener);
  // Who comes back after a pause does not find the connection closed under its hands.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
