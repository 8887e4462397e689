// outbox -> delivered, what a webhook may reach: https to a public host, or a host the operator named.

import { isIP, isIPv6 } from 'node:net';
import ipaddr from 'ipaddr.js';

/** What is expected of a host that is written as an address. */
export const PUBLIC_HOST = 'a host with a public address, or one that DRAWBELL_ALLOW_PRIVATE names';

/**
 * What is expected of an endpoint's URL, where it is something else; `null` when nothing is wrong with it. Where a
 * name leads is looked at when connecting, each time anew.
 */
export function urlProblem(url: string, allowPrivate: readonly string[]): string | null {
  const parsed = URL.parse(url);
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) return 'an https URL';
  if (parsed.username !== '' || parsed.password !== '') return 'a URL without a name or password in it';
  const host = plainHost(parsed.hostname);
  if (isAllowed(host, allowPrivate)) return null;
  if (parsed.protocol === 'http:')
    return 'an https URL (http only to a host that DRAWBELL_ALLOW_PRIVATE names)';
  return isIP(host) === 0 || isPublic(host) ? null : PUBLIC_HOST;
}

/** Whether the operator named exactly this host, however it is written: `[::1]` and `::1`, `a.lan.` and `A.LAN`. */
export function isAllowed(host: string, allowPrivate: readonly string[]): boolean {
  if (allowPrivate.length === 0) return false;
  const wanted = canonical(host);
  return wanted !== null && canonicalList(allowPrivate).has(wanted);
}

/** The list stands in the configuration, and is asked for each notice. */
const lists = new WeakMap<readonly string[], ReadonlySet<string | null>>();

function canonicalList(hosts: readonly string[]): ReadonlySet<string | null> {
  const list = lists.get(hosts) ?? new Set(hosts.map(canonical));
  lists.set(hosts, list);
  return list;
}

/** Whether an IP address is one of the public internet; what is no address is not. */
export function isPublic(address: string): boolean {
  if (isIP(address) === 0) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast') return false;
  // Of IPv6 only 2000::/3 is given out: all else leads inside, or to IPv4 by a way that hides where.
  return parsed.kind() === 'ipv4' || ((parsed.toByteArray()[0] as number) & 0xe0) === 0x20;
}

/** Without the brackets of an IPv6 address and the dot of a fully qualified name. */
export function plainHost(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1').replace(/\.+$/, '');
}

/** As a URL has it; `null` for what is no host, as one with a port. */
function canonical(host: string): string | null {
  const plain = plainHost(host);
  const isAddress = isIPv6(plain);
  if (!isAddress && /[^\p{L}\p{N}._-]/u.test(plain)) return null;
  return URL.parse(`http://${isAddress ? `[${plain}]` : plain}`)?.hostname ?? null;
}
