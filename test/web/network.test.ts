// Which network a request is from: what its sender writes is believed only as far as a trusted proxy vouches for it.

import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { networkBehind, networkOf } from '../../src/web/network.ts';
import { serveApp } from './world.ts';

const PROXIES = ['10.0.0.7', '172.16.0.0/12', '2001:db8:99::/48'];

describe('a network', () => {
  it.each([
    ['203.0.113.9', '203.0.113.0/24'],
    ['203.0.113.254', '203.0.113.0/24'],
    ['::ffff:203.0.113.9', '203.0.113.0/24'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1::/48'],
    ['2001:db8:1:ffff::1', '2001:db8:1::/48'],
    ['fe80::1%eth0', 'fe80::/48'],
    ['127.0.0.1', '127.0.0.0/24'],
    ['::1', '::/48'],
    [undefined, 'nowhere'],
    ['', 'nowhere'],
  ])('of the socket of %s is %s', (peer, network) => {
    expect(networkBehind(peer, undefined, [])).toBe(network);
  });

  it.each<[string, string, string | undefined, string]>([
    ['a stranger who names another', '203.0.113.9', '198.51.100.1', '203.0.113.0/24'],
    ['a proxy on this machine', '127.0.0.1', '198.51.100.1', '198.51.100.0/24'],
    ['one in IPv6', '::1', '2001:db8:5::1', '2001:db8:5::/48'],
    ['one in IPv4 written as IPv6', '::ffff:127.0.0.1', '198.51.100.1', '198.51.100.0/24'],
    ['a proxy whose visitor named another', '127.0.0.1', '1.1.1.1, 198.51.100.1', '198.51.100.0/24'],
    ['two proxies', '127.0.0.1', '198.51.100.1, 10.0.0.7', '198.51.100.0/24'],
    ['two proxies and a liar', '127.0.0.1', '1.1.1.1, 198.51.100.1, 172.31.0.1', '198.51.100.0/24'],
    ['a proxy of a trusted network', '172.20.1.1', '198.51.100.1', '198.51.100.0/24'],
    ['a proxy of a trusted IPv6 network', '2001:db8:99::5', '198.51.100.1', '198.51.100.0/24'],
    ['a neighbour of a trusted proxy', '10.0.0.8', '198.51.100.1', '10.0.0.0/24'],
    ['a proxy that names nobody', '127.0.0.1', undefined, '127.0.0.0/24'],
    ['a proxy that names nobody, emptily', '127.0.0.1', '', '127.0.0.0/24'],
    ['proxies only', '127.0.0.1', '10.0.0.7, 127.0.0.1', '10.0.0.0/24'],
    ['an address with a port', '127.0.0.1', '198.51.100.1:4711', '198.51.100.0/24'],
    ['an IPv6 address with a port', '127.0.0.1', '[2001:db8:5::1]:443', '2001:db8:5::/48'],
    ['an IPv6 address in brackets', '127.0.0.1', '[2001:db8:5::1]', '2001:db8:5::/48'],
  ])('behind %s', (_what, peer, forwarded, network) => {
    expect(networkBehind(peer, forwarded, PROXIES)).toBe(network);
  });

  it.each([
    'unknown',
    '_hidden',
    '999.1.1.1',
    '1',
    '0x7f.1',
    '127.1',
    '<script>',
    '::1::',
    ',,,',
    'a'.repeat(7_000),
  ])('is that of the proxy where it names no address: %s', (garbage) => {
    expect(networkBehind('127.0.0.1', `198.51.100.1, ${garbage}`, [])).toBe('127.0.0.0/24');
  });

  it('is found although a proxy was configured that is none', () => {
    expect(networkBehind('10.0.0.7', '198.51.100.1', ['999.0.0.1', '10.0.0.0/64', '10.0.0.7'])).toBe(
      '198.51.100.0/24',
    );
  });
});

describe('a request', () => {
  it('over a port is from the network of its socket, or of what a proxy on this machine names', async () => {
    const app = new Hono();
    app.get('/', (c) => c.text(networkOf(c, [])));
    const origin = await serveApp(app);

    const answers = [
      await fetch(origin),
      await fetch(origin, { headers: { 'X-Forwarded-For': '1.1.1.1, 198.51.100.1' } }),
    ];

    expect(await Promise.all(answers.map((answer) => answer.text()))).toEqual([
      '127.0.0.0/24',
      '198.51.100.0/24',
    ]);
  });

  it('without a socket is from nowhere, whatever it says', async () => {
    const app = new Hono();
    app.get('/', (c) => c.text(networkOf(c, ['0.0.0.0/0'])));

    const answer = await app.request('/', { headers: { 'X-Forwarded-For': '198.51.100.1' } });

    expect(await answer.text()).toBe('nowhere');
  });
});
