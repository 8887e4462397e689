// outbox -> delivered, the addresses of a name.

import type { LookupAddress } from 'node:dns';
import { lookup, Resolver } from 'node:dns/promises';

/** Of one question to a name server, in milliseconds, and how often it is asked. */
const TIMEOUT = 2_000;
const TRIES = 2;

/** As the system finds them, in its file of hosts too: what the operator named may be known nowhere else. */
export function askSystem(name: string): Promise<LookupAddress[]> {
  return lookup(name, { all: true });
}

/**
 * As the name servers say. The system would answer a few questions at a time, so that names whose servers are dead
 * kept all others waiting; here each question waits for itself alone. `servers`: others than the system's.
 */
export async function askServers(name: string, servers?: readonly string[]): Promise<LookupAddress[]> {
  // RFC 6761: this is no name to ask anybody for.
  if (/(^|\.)localhost$/i.test(name)) return [{ address: '127.0.0.1', family: 4 }];
  const resolver = new Resolver({ timeout: TIMEOUT, tries: TRIES });
  if (servers) resolver.setServers(servers);
  const [v4, v6] = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
  const found = [
    ...(v4.status === 'fulfilled' ? v4.value.map((address) => ({ address, family: 4 })) : []),
    ...(v6.status === 'fulfilled' ? v6.value.map((address) => ({ address, family: 6 })) : []),
  ];
  if (found.length === 0 && v4.status === 'rejected') throw v4.reason;
  return found;
}
