// Never into the inside: what a webhook's URL may say, and what is connected to.

import type { LookupAddress } from 'node:dns';
import { type AddressInfo, isIP, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import untrusted from 'smtp-server/lib/tls-options.js';
import { describe, expect, it, onTestFinished } from 'vitest';
import { isAllowed, isPublic, urlProblem } from '../../src/notify/addresses.ts';
import { type ConnectOptions, openConnector, PrivateHostError } from '../../src/notify/connect.ts';
import { serveSocket } from '../support/http.ts';

describe('a public address', () => {
  it.each([
    '1.1.1.1',
    '9.255.255.255',
    '11.0.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '126.255.255.255',
    '128.0.0.0',
    '169.253.255.255',
    '172.15.255.255',
    '172.32.0.0',
    '192.167.255.255',
    '198.17.255.255',
    '198.20.0.0',
    '223.255.255.255',
    '2001:4860:4860::8888',
    '2606:4700:4700::1111',
    '2a00:1450:4001:80b::200e',
  ])('is %s', (address) => {
    expect(isPublic(address)).toBe(true);
  });

  it.each([
    ['this network', '0.0.0.0', '0.255.255.255'],
    ['private', '10.0.0.0', '10.255.255.255'],
    ['CGNAT', '100.64.0.0', '100.127.255.255'],
    ['loopback', '127.0.0.0', '127.255.255.255'],
    ['link-local', '169.254.0.0', '169.254.169.254', '169.254.255.255'],
    ['private', '172.16.0.0', '172.31.255.255'],
    ['protocol assignments', '192.0.0.0', '192.0.0.255'],
    ['documentation', '192.0.2.1', '198.51.100.1', '203.0.113.1'],
    ['6to4 relays', '192.88.99.1'],
    ['private', '192.168.0.0', '192.168.255.255'],
    ['benchmarking', '198.18.0.0', '198.19.255.255'],
    ['multicast', '224.0.0.0', '239.255.255.255'],
    ['reserved', '240.0.0.0', '255.255.255.254'],
    ['broadcast', '255.255.255.255'],
    ['unspecified', '::'],
    ['loopback', '::1', '0:0:0:0:0:0:0:1'],
    ['IPv4-compatible', '::127.0.0.1', '::8.8.8.8', '::a00:1'],
    ['IPv4-mapped', '::ffff:10.0.0.1', '::ffff:8.8.8.8', '::ffff:7f00:1', '::ffff:0:8.8.8.8'],
    ['NAT64', '64:ff9b::8.8.8.8', '64:ff9b::a9fe:a9fe', '64:ff9b:1::1', '64:ff9b:1:ffff::1'],
    ['discard', '100::1'],
    ['Teredo', '2001::1', '2001:0:4136:e378:8000:63bf:3fff:fdd2'],
    ['benchmarking', '2001:2::1'],
    ['ORCHID', '2001:10::1', '2001:20::1'],
    ['documentation', '2001:db8::1', '3fff::1'],
    ['6to4', '2002:a00:1::1', '2002:7f00:1::'],
    ['not given out', '1::1', '200::1', '1fff:ffff::1', '4000::1', '5f00::1', '8000::1', 'e000::1'],
    ['unique local', 'fc00::1', 'fd00:ec2::254', 'fdff::1'],
    ['link-local', 'fe80::1', 'fe80::1%eth0', 'febf::1'],
    ['site-local', 'fec0::1', 'feff::1'],
    ['multicast', 'ff00::1', 'ff02::1', 'ffff::1'],
    ['no address', '', 'localhost', '8.8.8', '8.8.8.8.', '8.8.8.8/32', ' 8.8.8.8'],
  ])('is none of those that are %s: %s', (_, ...addresses) => {
    expect(addresses.filter(isPublic)).toEqual([]);
  });
});

describe('the URL of an endpoint', () => {
  it.each(['https://hooks.example.org/x', 'https://8.8.8.8:8443/', 'HTTPS://[2606:4700:4700::1111]/x?y=z'])(
    'may be %s',
    (url) => {
      expect(urlProblem(url, [])).toBeNull();
    },
  );

  it.each([
    '',
    'nonsense',
    'ftp://hooks.example.org',
    'javascript:alert(1)',
    'https://',
    'https://[fe80::1%25eth0]/',
  ])('is an https URL, which "%s" is not', (url) => {
    expect(urlProblem(url, ['hooks.example.org'])).toBe('an https URL');
  });

  it('is http only where the host is named', () => {
    const problems = [
      'http://hooks.example.org/',
      'http://hooks.lan/',
      'http://8.8.8.8/',
      'http://10.0.0.7:8080/',
    ].map((url) => urlProblem(url, ['hooks.lan', '10.0.0.7']));

    expect(problems).toEqual([
      expect.stringContaining('an https URL'),
      null,
      expect.stringContaining('an https URL'),
      null,
    ]);
  });

  it.each([
    'https://ada@hooks.example.org/',
    'https://ada:s3cret@hooks.example.org/',
    'https://:s3cret@hooks.example.org/',
    'https:\\\\ada:s3cret@hooks.example.org',
    'https:ada:s3cret@hooks.example.org',
  ])('holds no name or password, also not of a host that is named: %s', (url) => {
    const problem = urlProblem(url, ['hooks.example.org']);

    expect(problem).toBe('a URL without a name or password in it');
  });

  it.each([
    'https://127.0.0.1/',
    'https://127.1/',
    'https://127.0.0.1./',
    'https://0x7f.1/',
    'https://0x7f000001/',
    'https://0177.0.0.1/',
    'https://2130706433/',
    'https://0/',
    'https://１２７.0.0.1/',
    'https://①②⑦.⓪.⓪.①/',
    'https://127。0。0。1/',
    'https://%31%32%37.0.0.1/',
    'https:127.0.0.1',
    'https:\\\\10.0.0.7\\x',
    'https://169.254.169.254/latest/meta-data/',
    'https://2852039166/',
    'https://[::1]/',
    'https://[::]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:a9fe:a9fe]/',
    'https://[::127.0.0.1]/',
    'https://[64:ff9b::169.254.169.254]/',
    'https://[fd00:ec2::254]/',
  ])('does not lead inside, however it is written: %s', (url) => {
    expect(urlProblem(url, ['hooks.lan'])).toMatch(/^a host with a public address/);
  });

  it('is not told of in what is expected', () => {
    const problems = [
      'http://s3cret.lan/s3cret',
      'https://s3cret:s3cret@a.lan/',
      'https://10.11.12.13/s3cret',
    ].map((url) => urlProblem(url, []));

    expect(problems.join()).not.toMatch(/s3cret|10\.11/);
  });
});

describe('a host that is named', () => {
  it.each([
    ['hooks.lan', 'hooks.lan'],
    ['HOOKS.lan', 'hooks.lan'],
    ['hooks.lan.', 'hooks.lan'],
    ['hooks.lan', 'Hooks.Lan.'],
    ['::1', '[::1]'],
    ['[::1]', '::1'],
    ['[0:0::0:1]', '[::1]'],
    ['127.0.0.1', '127.1'],
  ])('%s is %s', (allowed, host) => {
    expect(isAllowed(host, ['elsewhere.lan', allowed])).toBe(true);
  });

  it.each([
    ['hooks.lan', 'a.hooks.lan'],
    ['hooks.lan', 'xhooks.lan'],
    ['hooks.lan', 'lan'],
    ['hooks.lan', 'hooks.lan.example.org'],
    ['hooks.lan:8080', 'hooks.lan'],
    ['10.0.0.7', '10.0.0.70'],
    ['::1', '::2'],
    ['.', ''],
    ['', ''],
  ])('"%s" is not %s', (allowed, host) => {
    expect(isAllowed(host, [allowed])).toBe(false);
  });
});

/** What the name leads to in turn; the last answer for ever. Only addresses of 127.0.0.1 are ever connected to. */
function answerInTurn(...answers: string[][]) {
  const asked: string[] = [];
  return {
    asked,
    async lookup(name: string): Promise<LookupAddress[]> {
      const addresses = answers[Math.min(asked.length, answers.length - 1)] as string[];
      asked.push(name);
      return addresses.map((address) => ({ address, family: isIP(address) }));
    },
  };
}

const OUTSIDE = '127.0.0.1';
const INSIDE = '127.0.0.2';

async function openServer() {
  const sockets: Socket[] = [];
  const bytes: number[] = [];
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  const url = await serveSocket(onTestFinished, (socket) => {
    sockets.push(socket);
    socket.on('data', (chunk: Buffer) => bytes.push(chunk.length));
    socket.once('close', () => resolve());
  });
  return { port: new URL(url).port, sockets, bytes, closed };
}

async function openTlsServer(options: TlsOptions): Promise<string> {
  const server = createTlsServer(options);
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => void server.close(() => resolve())));
  return String((server.address() as AddressInfo).port);
}

function connectTo(
  port: string,
  options: Partial<ConnectOptions>,
  hostname = 'team.example',
  protocol = 'http:',
) {
  const connect = openConnector({
    allowPrivate: [],
    timeout: 5_000,
    bytes: 1_000,
    mayReach: (address) => address === OUTSIDE,
    ...options,
  });
  return new Promise<Socket>((resolve, reject) => {
    connect({ hostname, host: `${hostname}:${port}`, protocol, port }, (error, socket) => {
      if (error) return reject(error);
      onTestFinished(() => void socket.destroy());
      resolve(socket);
    });
  });
}

describe('a connection', () => {
  it('goes to the address that was looked at: the name is asked for once, and anew for the next', async () => {
    const { port, sockets } = await openServer();
    const { asked, lookup } = answerInTurn([OUTSIDE], [INSIDE], [OUTSIDE]);

    const first = await connectTo(port, { lookup });
    const second = await connectTo(port, { lookup }).catch((error) => error);
    const third = await connectTo(port, { lookup });

    expect([first.remoteAddress, third.remoteAddress]).toEqual([OUTSIDE, OUTSIDE]);
    expect(second).toBeInstanceOf(PrivateHostError);
    expect(asked).toEqual(['team.example', 'team.example', 'team.example']);
    // Who connects may hear of it before the server does.
    await expect.poll(() => sockets.length).toBe(2);
  });

  it.each(['http:', 'https:'])(
    'to one of several addresses is not made where another is inside: %s',
    async (scheme) => {
      const { port, sockets } = await openServer();
      const { lookup } = answerInTurn([OUTSIDE, INSIDE], [INSIDE, OUTSIDE]);

      const errors = [
        await connectTo(port, { lookup }, 'team.example', scheme).catch((error) => error),
        await connectTo(port, { lookup }, 'team.example', scheme).catch((error) => error),
      ];

      expect(errors).toEqual([expect.any(PrivateHostError), expect.any(PrivateHostError)]);
      expect(sockets).toEqual([]);
    },
  );

  it.each(['http:', 'https:'])(
    'that led elsewhere after all is cut before a byte is sent: %s',
    async (scheme) => {
      const { port, bytes, closed } = await openServer();
      const { lookup } = answerInTurn([OUTSIDE]);
      let looks = 0;
      const mayReach = () => {
        looks += 1;
        return looks === 1;
      };

      const error = await connectTo(port, { lookup, mayReach }, 'team.example', scheme).catch(
        (error) => error,
      );
      await closed;

      expect(error).toBeInstanceOf(PrivateHostError);
      expect(bytes).toEqual([]);
    },
  );

  it('to an address is looked at without asking for a name', async () => {
    const { port, sockets } = await openServer();
    const { asked, lookup } = answerInTurn([OUTSIDE]);
    const options = { lookup, mayReach: isPublic };

    const errors = await Promise.all(
      ['127.0.0.1', '::1', '[::1]', '169.254.169.254'].map((host) =>
        connectTo(port, options, host).catch((error) => error),
      ),
    );
    const named = await connectTo(port, { ...options, allowPrivate: ['127.0.0.1'] }, '127.0.0.1');

    expect(errors.every((error) => error instanceof PrivateHostError)).toBe(true);
    expect(named.remoteAddress).toBe('127.0.0.1');
    expect(asked).toEqual([]);
    await expect.poll(() => sockets.length).toBe(1);
  });

  it('to a host that is named may lead inside, and to no other', async () => {
    const { port, sockets } = await openServer();
    const { lookup } = answerInTurn(['127.0.0.1']);
    const options = { lookup, mayReach: isPublic, allowPrivate: ['hooks.lan'] };

    const named = await connectTo(port, options, 'hooks.lan.');
    const other = await connectTo(port, options, 'other.lan').catch((error) => error);

    expect(named.remoteAddress).toBe('127.0.0.1');
    expect(other).toBeInstanceOf(PrivateHostError);
    await expect.poll(() => sockets.length).toBe(1);
  });

  it('asks the system where nothing else is said', async () => {
    const { port, sockets } = await openServer();

    const error = await connectTo(port, { mayReach: isPublic }, 'localhost').catch((error) => error);

    expect(error).toBeInstanceOf(PrivateHostError);
    expect(sockets).toEqual([]);
  });

  it('to a name that leads nowhere is none', async () => {
    const { lookup } = answerInTurn([]);

    await expect(connectTo('443', { lookup })).rejects.toMatchObject({ code: 'ENOTFOUND' });
  });

  it('asks for the certificate of the name, not of the address', async () => {
    const names: string[] = [];
    const port = await openTlsServer({
      SNICallback(name, callback) {
        names.push(name);
        callback(new Error('no certificate'));
      },
    });
    const { lookup } = answerInTurn([OUTSIDE]);

    const error = await connectTo(port, { lookup }, 'team.example.', 'https:').catch((error) => error);

    expect(error).toBeInstanceOf(Error);
    expect(names).toEqual(['team.example']);
  });

  it('is refused where the certificate is not trusted', async () => {
    // A certificate of its own making, which comes with the library.
    const port = await openTlsServer(untrusted());
    const { lookup } = answerInTurn([OUTSIDE]);

    const error = await connectTo(port, { lookup }, 'localhost', 'https:').catch((error) => error);

    expect(error).toMatchObject({ code: expect.stringMatching(/CERT/) });
  });

  it.each(['http:', 'https:'])('waits for a name no longer than it may: %s', async (scheme) => {
    const lookup = () => new Promise<LookupAddress[]>(() => undefined);

    const connecting = connectTo('443', { lookup, timeout: 50 }, 'team.example', scheme);

    await expect(connecting).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  it('waits for TLS no longer than it may, and then leaves', async () => {
    const { port, closed } = await openServer();
    const { lookup } = answerInTurn([OUTSIDE]);

    const connecting = connectTo(port, { lookup, timeout: 100 }, 'team.example', 'https:');

    await expect(connecting).rejects.toMatchObject({ name: 'TimeoutError' });
    await closed;
  });
});
