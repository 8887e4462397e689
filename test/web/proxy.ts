// A proxy with a certificate, as stands in front of any installation: what the program says it is, it is from outside.

import { request as forward } from 'node:http';
import { selfSigned } from '../notify/certificate.ts';
import type { Closing } from '../support/cli.ts';
import { serveTls } from '../support/http.ts';

/** Speaks https for `host` and hands everything to `target`; returns its port on 127.0.0.1. */
export async function openProxy(closing: Closing, host: string, target: () => string): Promise<number> {
  return serveTls(closing, selfSigned(host), (request, response) => {
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
}
