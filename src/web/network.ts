// request -> which network it is from, as far as it can be believed.

import { isIP } from 'node:net';
import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import ipaddr from 'ipaddr.js';
import { remember } from '../remember.ts';
import type { WebDeps } from './deps.ts';
import { type Limit, openLimiter } from './limits.ts';

/** All that come from nowhere known are one network. */
const NOWHERE = 'nowhere';

/** Counts requests by where they are from; answers as `Limiter.take` does. */
export function openNetworkLimiter(
  { now, proxies }: Pick<WebDeps, 'now' | 'proxies'>,
  limit: Limit,
): (c: Context) => number | null {
  const limiter = openLimiter(limit);
  return (c) => limiter.take(networkOf(c, proxies), now());
}

/** The network of whoever sent this request; `proxies` as in `WebDeps`. */
export function networkOf(c: Context, proxies: readonly string[]): string {
  // There is no socket where a request is handed over as a value.
  const { incoming } = (c.env ?? {}) as Partial<HttpBindings>;
  return networkBehind(incoming?.socket?.remoteAddress, c.req.header('X-Forwarded-For'), proxies);
}

/**
 * `203.0.113.0/24` or `2001:db8:1::/48`: who has one address there commonly has the others too. Whoever sends a request
 * may write into `forwarded` what they like, so that it is read from its end, and only as far as each before was named
 * by a proxy that is trusted: this machine, or one of `proxies`.
 */
export function networkBehind(
  peer: string | undefined,
  forwarded: string | undefined,
  proxies: readonly string[],
): string {
  let address = readAddress(peer ?? '');
  if (address === null) return NOWHERE;
  const trusted = proxies.flatMap((proxy) => networkNamed(proxy));
  for (const entry of (forwarded ?? '').split(',').reverse()) {
    if (!isTrusted(address, trusted)) break;
    const before = readAddress(entry);
    // Whatever else stands there, nobody trusted can have vouched for what is before it.
    if (before === null) break;
    address = before;
  }
  return writeNetwork(address);
}

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** With a port or without; IPv4 that is written as IPv6 is IPv4. `null`: no address. */
function readAddress(text: string): Address | null {
  const plain = text.trim();
  const [, v4, v6] = /^(?:([\d.]+):\d+|\[([\da-f:.]+)\](?::\d+)?)$/i.exec(plain) ?? [];
  const address = v4 ?? v6 ?? plain;
  // The zone of a link says nothing beyond this machine.
  return isIP(address) === 0 ? null : ipaddr.process(address.replace(/%.*$/, ''));
}

const networkNamed = remember(256, readNetwork);

/** None for what is no network, which the configuration has refused. */
function readNetwork(text: string): [Address, number][] {
  try {
    if (text.includes('/')) return [ipaddr.parseCIDR(text)];
    const address = ipaddr.process(text);
    return [[address, address.kind() === 'ipv4' ? 32 : 128]];
  } catch {
    return [];
  }
}

function isTrusted(address: Address, trusted: readonly [Address, number][]): boolean {
  return (
    address.range() === 'loopback' ||
    trusted.some(([network, bits]) => network.kind() === address.kind() && address.match(network, bits))
  );
}

function writeNetwork(address: Address): string {
  const bytes = address.toByteArray();
  if (address.kind() === 'ipv4') return `${bytes.slice(0, 3).join('.')}.0/24`;
  return `${ipaddr.fromByteArray([...bytes.slice(0, 6), ...Array(10).fill(0)]).toString()}/48`;
}
