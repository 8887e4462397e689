// A proxy with a certificate, as stands in front of any installation: what the program says it is, it is from outside.

import { request as forward } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { selfSigned } from '../notify/certificate.ts';
import type { Closing } from '../support/cli.ts';

/** Speaks https for `host` and hands everything to `target`; returns its port on 127.0.0.1. */
export async function openProxy(closing: Closing, host: string, target: () => string): Promise<number> {
  const server = createServer(selfSigned(host), (request, response) => {
    const headers = { ...request.headers, 'x-forwarded-for': '203.0.113.7' };
    const { hostname, port } = new URL(target());
    const { url: path, method } = request;
    const onward = forward({ hostname, port, path, method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.writeHead(502).end());
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return (server.address() as AddressInfo).port;
}
