// outbox -> delivered, the connection to a webhook: looked up once, looked at, and made to exactly what was looked at.

import type { LookupAddress } from 'node:dns';
import { connect as connectTcp, isIP, type LookupFunction, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { buildConnector } from 'undici';
import { isAllowed, isPublic, plainHost } from './addresses.ts';
import { openLimit } from './limit.ts';
import { askServers, askSystem } from './look-up.ts';

export interface ConnectOptions {
  /** Hosts that may be reached although they are private. */
  allowPrivate: readonly string[];
  /** Milliseconds, from the question for the name until the connection stands, TLS included. */
  timeout: number;
  /** That may come over one connection as long as it lives. */
  bytes: number;
  /** Every address of a name; by default what the name servers say, or the system of what the operator named. */
  lookup?: (name: string) => Promise<LookupAddress[]>;
  /** Which addresses may be connected to; by default those of the public internet. */
  mayReach?: (address: string) => boolean;
}

/** The host is, or may be, inside: nothing was sent to it. */
export class PrivateHostError extends Error {
  override name = 'PrivateHostError';
}

class TooMuchError extends Error {
  override name = 'TooMuchError';
  code = 'TOO_MUCH';
}

/** How undici gets its connections. None is ever made to an address that was not looked at. */
export function openConnector(options: ConnectOptions): buildConnector.connector {
  return (target, callback) => {
    const limit = openLimit(options.timeout);
    Promise.race([findAddresses(plainHost(target.hostname), options), limit.passed])
      .then((found) => connect(target, found, limit.signal))
      .finally(limit.close)
      .then(
        (socket) => {
          // Whoever talks without end is not listened to for as long as an attempt may take.
          socket.on('readable', () => {
            if (socket.bytesRead > options.bytes) socket.destroy(new TooMuchError());
          });
          callback(null, socket);
        },
        (error: Error) => callback(error, null),
      );
  };
}

interface Found {
  addresses: LookupAddress[];
  mayReach(address: string): boolean;
}

/** Of a name that leads to several addresses one private one is enough to refuse it. */
async function findAddresses(
  host: string,
  { allowPrivate, lookup, mayReach = isPublic }: ConnectOptions,
): Promise<Found> {
  const family = isIP(host);
  const allowed = isAllowed(host, allowPrivate);
  const find = lookup ?? (allowed ? askSystem : (name) => askServers(name));
  const addresses = family === 0 ? await find(host) : [{ address: host, family }];
  const found: Found = { addresses, mayReach: allowed ? () => true : mayReach };
  if (!addresses.every(({ address }) => found.mayReach(address))) throw new PrivateHostError();
  return found;
}

function connect(
  { hostname, protocol, port, servername }: buildConnector.Options,
  { addresses, mayReach }: Found,
  signal: AbortSignal,
): Promise<Socket> {
  const host = plainHost(hostname);
  const isSecure = protocol === 'https:';
  const to = { host, port: Number(port) || (isSecure ? 443 : 80), lookup: answering(addresses) };
  // A name with the dot at its end is the same name, but no certificate has it.
  const name = plainHost(servername || (isIP(host) === 0 ? host : ''));
  const socket = isSecure
    ? connectTls({ ...to, servername: name, ALPNProtocols: ['http/1.1'] })
    : connectTcp(to);
  socket.setNoDelay(true);
  const giveUp = () => socket.destroy(signal.reason);
  signal.addEventListener('abort', giveUp);
  return new Promise<Socket>((resolve, reject) => {
    socket.once('error', reject);
    // First of all: whatever was meant, this is where it leads, and nothing has been written to it, no TLS either.
    socket.prependOnceListener('connect', () => {
      if (!mayReach(socket.remoteAddress ?? '')) socket.destroy(new PrivateHostError());
    });
    socket.once(isSecure ? 'secureConnect' : 'connect', () => {
      if (!socket.destroyed) resolve(socket);
    });
  }).finally(() => signal.removeEventListener('abort', giveUp));
}

/** Gives the addresses that were looked at to whoever connects: the name is not asked for again. */
function answering(addresses: LookupAddress[]): LookupFunction {
  return (_name, { all }, callback) => {
    const [first] = addresses;
    if (first === undefined) {
      callback(Object.assign(new Error('no address'), { code: 'ENOTFOUND' }), []);
    } else if (all) callback(null, addresses);
    else callback(null, first.address, first.family);
  };
}
