// Slow clients, floods, and the end: each has its limit, and none costs the others their answer.

import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { openWebServer, WEB_LIMITS } from '../../src/web/server.ts';
import { exchange, linkOf, ONE_CLICK, openSocket, openWebWorld, readToEnd, serveApp } from './world.ts';

const QUICK = { head: 60, request: 60, check: 20 };
const OURS = [globalThis.Request, globalThis.Response];
const head = (path: string, length = ONE_CLICK.length) =>
  `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${length}\r\n`;

describe('a client that is slow', () => {
  it.each([
    ['to say what it wants', (path: string) => head(path)],
    ['to send what it announced', (path: string) => `${head(path)}\r\nList-Unsub`],
  ])('%s is let go, and nothing is changed', async (_what, sent) => {
    const { app, amina, readers, warnings } = await openWebWorld();
    const origin = await serveApp(app, QUICK);

    const answer = await exchange(origin, sent(linkOf(amina)));

    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(await readers()).toHaveLength(2);
    expect(warnings).toEqual([]);
  });

  it('to end the head is let go before its time for the rest is over', async () => {
    const { app } = await openWebWorld();
    const origin = await serveApp(app, { ...QUICK, request: 60_000 });

    const answer = await exchange(origin, head('/en/'));

    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
  }, 30_000);

  it('and says nothing at all is let go', async () => {
    const { app } = await openWebWorld();
    const origin = await serveApp(app, { idle: 40 });

    const answer = await exchange(origin, '');

    expect(answer).toBe('');
  });

  it('does not keep others from their answer', async () => {
    const { app, amina } = await openWebWorld();
    const origin = await serveApp(app);
    const slow = await Promise.all(Array.from({ length: 50 }, () => openSocket(origin)));
    for (const socket of slow) socket.write(head(linkOf(amina)));

    const { status } = await fetch(origin + linkOf(amina));

    expect(status).toBe(200);
  });

  it('that goes away in the middle is no fault of ours', async () => {
    const { app, amina, readers, warnings } = await openWebWorld();
    const origin = await serveApp(app);
    const socket = await openSocket(origin);
    const gone = once(socket, 'close');

    socket.end(`${head(linkOf(amina))}\r\nList-Unsub`);
    socket.resume();
    await gone;
    const next = await fetch(origin);

    expect(next.status).toBe(200);
    expect(await readers()).toHaveLength(2);
    expect(warnings).toEqual([]);
  });
});

describe('too much', () => {
  it('of connections is closed at once, and one is taken again when another has gone', async () => {
    const { app } = await openWebWorld();
    const origin = await serveApp(app, { connections: 1 });
    const first = await openSocket(origin);
    first.write('GET /en/ HTTP/1.1\r\nHost: x\r\n\r\n');
    await once(first, 'data');

    const second = await readToEnd(await openSocket(origin));
    first.destroy();
    let third = '';
    for (let tries = 0; tries < 100 && third === ''; tries += 1)
      third = await exchange(origin, 'GET /en/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');

    expect(second).toBe('');
    expect(third).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('in the head is refused with 431', async () => {
    const { app } = await openWebWorld();
    const origin = await serveApp(app);

    const answer = await exchange(origin, `GET /${'a'.repeat(9_000)} HTTP/1.1\r\nHost: x\r\n\r\n`);

    expect(answer).toMatch(/^HTTP\/1\.1 431 /);
  });

  it('in a body that nobody reads does not keep the connection', async () => {
    const { app } = await openWebWorld();
    const origin = await serveApp(app);
    const socket = await openSocket(origin);

    const answer = readToEnd(socket);
    socket.write(`${head('/nowhere', 10_000_000)}\r\n${'a'.repeat(100_000)}`);

    expect(await answer).toMatch(/^HTTP\/1\.1 404 /);
  });
});

describe('a request', () => {
  it.each([
    ['without a Host', 'GET /en/ HTTP/1.0\r\n\r\n', 200],
    ['with a strange Host', 'GET /en/ HTTP/1.1\r\nHost: a@b/c\r\nConnection: close\r\n\r\n', 400],
    ['with a whole URL', 'GET http://x/en/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 200],
    ['for no path', 'OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 400],
    ['that is none', 'EHLO example.org\r\n\r\n', 400],
  ])('%s is answered, and the next one too', async (_what, request, status) => {
    const { app, warnings } = await openWebWorld();
    const origin = await serveApp(app);

    const answer = await exchange(origin, request);

    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect((await fetch(origin)).status).toBe(200);
    expect(warnings).toEqual([]);
  });
});

describe('the process', () => {
  it('keeps its own Request and Response, which others use', async () => {
    const { app } = await openWebWorld();

    await serveApp(app);

    expect([globalThis.Request, globalThis.Response]).toEqual(OURS);
  });
});

describe('the end', () => {
  it('waits for what is under way, and takes nothing more', async () => {
    const { app, amina, readers } = await openWebWorld();
    const limits = { ...WEB_LIMITS, closing: 20_000 };
    const server = await openWebServer({ host: '127.0.0.1', port: 0 }, app, limits);
    const idle = await openSocket(server.origin);
    idle.write('GET /en/ HTTP/1.1\r\nHost: x\r\n\r\n');
    await once(idle, 'data');
    const socket = await openSocket(server.origin);
    const answer = readToEnd(socket);
    const { port } = new URL(server.origin);
    // The server has begun with it when it says to go on.
    socket.write(`${head(linkOf(amina))}Connection: close\r\nExpect: 100-continue\r\n\r\n`);
    await once(socket, 'data');

    const closed = server.close();
    // What is under way holds the port: once it is let go of, a server of another test may have it.
    const more = fetch(`http://127.0.0.1:${port}/`);
    await expect(more).rejects.toThrow();
    socket.write(ONE_CLICK);
    await closed;

    expect(await answer).toContain('HTTP/1.1 200 OK');
    expect(await readers()).toEqual(['bruno@example.org']);
  });

  it('does not wait for ever', async () => {
    const { app, amina } = await openWebWorld();
    const limits = { ...WEB_LIMITS, request: 60_000, idle: 60_000, closing: 30 };
    const server = await openWebServer({ host: '127.0.0.1', port: 0 }, app, limits);
    const socket = await openSocket(server.origin);
    socket.write(`${head(linkOf(amina))}Expect: 100-continue\r\n\r\n`);
    await once(socket, 'data');
    const gone = once(socket, 'close');

    await server.close();

    await gone;
  }, 30_000);
});
