// The page people read, opened in a real browser: what is found there, what is not asked, and what is given up.

import { createHash } from 'node:crypto';
import { chmodSync, existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { openOfficialSite } from '../../src/demo/official-site.ts';
import { FetchError } from '../../src/errors.ts';
import {
  BROWSER_LIMITS,
  type BrowserLimits,
  type BrowserRequest,
  findBrowser,
  findDocument,
} from '../../src/fetch/browser.ts';
import { chromiumPath } from '../support/chromium.ts';
import { closedAddress, serve } from '../support/http.ts';
import { makeFolder } from '../support/store.ts';

const NOW = '2024-05-31T16:00:00.000Z';
const FEED = '{"classes":"wb-tables","rounds":[{"drawNumber":"297","drawNumberURL":"297"}]}';

let executable: string;
beforeAll(async () => {
  executable = await chromiumPath();
});

function find(
  pageUrl: string,
  {
    signal,
    limits,
    ...request
  }: Partial<BrowserRequest> & { signal?: AbortSignal; limits?: Partial<BrowserLimits> } = {},
) {
  const asked = {
    source: 'ircc',
    pageUrl,
    site: '127.0.0.1',
    userAgent: 'drawbell/test (+https://example.org)',
    executable,
    isDocument: (body: string) => body.includes('"rounds"'),
    ...request,
  };
  return findDocument(asked, { now: () => new Date(NOW), signal }, { ...BROWSER_LIMITS, ...limits });
}

async function failureOf(outcome: Promise<unknown>): Promise<FetchError> {
  const error = await outcome.then(
    () => new Error('expected a FetchError, found a document'),
    (error: unknown) => error,
  );
  if (!(error instanceof FetchError)) throw error;
  return error;
}

function text({ document }: Awaited<ReturnType<typeof findDocument>>): string {
  return Buffer.from(document.bytes).toString('utf8');
}

/** A site of pages by path; keeps what it was asked for. */
async function servePages(pages: Record<string, string | RequestListener>) {
  const asked: { host: string; path: string; userAgent: string }[] = [];
  const origin = await serve(onTestFinished, (request, response) => {
    const { host = '', 'user-agent': userAgent = '' } = request.headers;
    const path = request.url ?? '';
    browserProcesses();
    asked.push({ host: host.replace(/:\d+$/, ''), path, userAgent });
    const page = pages[path];
    if (page === undefined) response.writeHead(404).end();
    else if (typeof page === 'function') page(request, response);
    else response.writeHead(200, { 'content-type': typeOf(path) }).end(page);
  });
  return {
    origin,
    url: `${origin}/`,
    asked,
    paths: () => asked.map(({ host, path }) => (host === '127.0.0.1' ? path : host + path)),
  };
}

function typeOf(path: string): string {
  if (path.endsWith('.json')) return 'application/json';
  return path.endsWith('.js') ? 'text/javascript' : 'text/html; charset=utf-8';
}

/** The sessions of the browsers seen running: a helper that outlives its browser belongs to nobody else any more. */
const sessions = new Set<number>();

/** The processes of our browsers that are alive, helpers and orphans among them. Seen on Linux only. */
function browserProcesses(): number[] {
  if (process.platform !== 'linux') return [];
  const alive = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap(readProcess);
  // Playwright starts each browser as the first process of a session.
  for (const { pid, parent, session } of alive)
    if (parent === process.pid && pid === session) sessions.add(session);
  return alive.filter(({ session }) => sessions.has(session)).map(({ pid }) => pid);
}

function readProcess(pid: string): { pid: number; parent: number; session: number }[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, parent, , session] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' ? [] : [{ pid: Number(pid), parent: Number(parent), session: Number(session) }];
  } catch {
    // It has ended.
    return [];
  }
}

/** Helpers end a moment after the browser that they belong to. */
async function expectNoProcesses(): Promise<void> {
  await vi.waitFor(() => expect(browserProcesses()).toEqual([]), { timeout: 3_000, interval: 20 });
}

describe('a page that loads the document', () => {
  it('gives the new address of a feed that has moved', async () => {
    const site = await openOfficialSite(FEED);
    onTestFinished(() => site.close());
    const moved = site.move();

    const found = await find(site.pageUrl);

    expect(found).toEqual({
      kind: 'document',
      document: {
        source: 'ircc',
        url: moved,
        status: 200,
        headers: {
          'content-type': 'application/json',
          etag: expect.any(String),
          date: expect.any(String),
        },
        bytes: expect.anything(),
        hash: createHash('sha256').update(FEED).digest('hex'),
        fetchedAt: NOW,
      },
    });
    expect(text(found)).toBe(FEED);
    await expectNoProcesses();
  });

  it('is asked with the honest name', async () => {
    const site = await servePages({
      '/': `<script>fetch('/feed.json')</script>`,
      '/feed.json': FEED,
    });

    await find(site.url);

    expect(site.asked.map(({ path, userAgent }) => [path, userAgent])).toEqual([
      ['/', 'drawbell/test (+https://example.org)'],
      ['/feed.json', 'drawbell/test (+https://example.org)'],
    ]);
  });

  it('gives the longest where it loads several, and none of what is something else', async () => {
    const long = FEED.replace('}]', '},{"drawNumber":"296"}]');
    const site = await servePages({
      '/': `<script>for (const name of ['menu', 'extract', 'all']) fetch('/' + name + '.json')</script>`,
      '/menu.json': JSON.stringify({ items: 'x'.repeat(10_000) }),
      '/extract.json': FEED,
      '/all.json': (_, response) => void setTimeout(() => response.end(long), 50),
    });

    const found = await find(site.url);

    expect(found.document.url).toBe(`${site.origin}/all.json`);
    expect(text(found)).toBe(long);
  });

  it('does not wait for another response that never ends', async () => {
    const site = await servePages({
      '/': `<script>for (const name of ['endless', 'feed']) fetch('/' + name + '.json')</script>`,
      '/endless.json': (_, response) =>
        void response.writeHead(200, { 'content-type': 'application/json' }).write('{'),
      '/feed.json': FEED,
    });

    const found = await find(site.url, { limits: { settle: 700 } });

    expect(found.document.url).toBe(`${site.origin}/feed.json`);
    await expectNoProcesses();
  });

  it('gives nothing that is larger than a feed can be', async () => {
    const site = await servePages({ '/': `<script>fetch('/feed.json')</script>`, '/feed.json': FEED });

    const found = await find(site.url, { limits: { bytes: 70 } }).catch((error: Error) => error.message);

    expect(found).toContain('expected a page of at most 70 bytes');
  });
});

describe('a page that loads more than it needs', () => {
  it('is not given its images, its fonts, or anything of third parties', async () => {
    const outside = await servePages({
      '/': '',
      '/track.js': `document.title = 'tracked'`,
      '/feed.json': FEED,
      '/frame.html': '<p>frame</p>',
    });
    const other = outside.origin.replace('127.0.0.1', 'localhost');
    const site = await servePages({
      '/': `<link rel="preconnect" href="${other}">
        <style>@font-face { font-family: F; src: url('/font.woff2') } body { font-family: F }</style>
        <img src="/pixel.png"><img src="${other}/pixel.png"><video src="/film.mp4" autoplay></video>
        <iframe src="${other}/frame.html"></iframe>
        <script src="${other}/track.js"></script><script src="/redirected.js"></script>
        <script>
          fetch('${other}/feed.json').catch(() => {});
          new WebSocket('${other.replace('http', 'ws')}/socket').onerror = () => {};
          navigator.sendBeacon('${other}/beacon', 'x');
        </script>
        <script src="/own.js"></script>`,
      '/own.js': `fetch('/feed.json')`,
      '/redirected.js': (_, response) =>
        void response.writeHead(302, { location: `${other}/track.js` }).end(),
      '/feed.json': FEED,
    });

    const found = await find(site.url);

    expect(found.document.url).toBe(`${site.origin}/feed.json`);
    expect(site.paths().sort()).toEqual(['/', '/feed.json', '/own.js', '/redirected.js']);
    expect(outside.paths()).toEqual([]);
  });

  it('opens no other window, downloads nothing and cannot leave for another host', async () => {
    const outside = await servePages({ '/feed.json': FEED, '/': '<p>elsewhere</p>' });
    const other = outside.origin.replace('127.0.0.1', 'localhost');
    const site = await servePages({
      '/': `<p>here</p><a id="a" href="/file.bin" download>file</a><script>
        window.open('${other}/');
        document.getElementById('a').click();
        location.href = '${other}/';
      </script>`,
      '/file.bin': 'binary',
    });

    await find(site.url).catch(() => undefined);

    expect(outside.asked).toEqual([]);
    await expectNoProcesses();
  });
});

describe('a page that loads no document', () => {
  it('is given as a browser shows it', async () => {
    const site = await servePages({
      '/': `<table></table><script>
        document.querySelector('table').insertRow().insertCell().textContent = 'filled in, é';
      </script>`,
    });

    const found = await find(site.url);

    expect(found.kind).toBe('page');
    expect(found.document).toMatchObject({
      source: 'ircc',
      url: site.url,
      status: 200,
      headers: { 'content-type': 'text/html; charset=utf-8' },
      hash: createHash('sha256').update(found.document.bytes).digest('hex'),
      fetchedAt: NOW,
    });
    expect(text(found)).toContain('<td>filled in, é</td>');
  });

  it('is given as it is when it never comes to rest', async () => {
    const site = await servePages({
      '/': `<p>here</p><script>setInterval(() => fetch('/poll.json'), 20)</script>`,
      '/poll.json': '{}',
    });

    const found = await find(site.url, { limits: { settle: 700 } });

    expect(text(found)).toContain('<p>here</p>');
  });
});

describe('a page that cannot be had', () => {
  it.each([
    [401, 'bot-wall'],
    [403, 'bot-wall'],
    [404, 'browser'],
    [503, 'browser'],
  ])('is told with its status: %i', async (status, trouble) => {
    const site = await servePages({
      '/': (_, response) => void response.writeHead(status, { 'content-type': 'text/html' }).end('<p>no</p>'),
    });

    const error = await failureOf(find(site.url));

    expect(error.trouble).toBe(trouble);
    expect(error.message).toBe(
      `ircc: expected the page from ${site.url} in a browser, found status ${status}`,
    );
    await expectNoProcesses();
  });

  it('is told when nobody answers', async () => {
    const url = `${await closedAddress(onTestFinished)}/`;

    const error = await failureOf(find(url));

    expect(error.trouble).toBe('browser');
    expect(error.message).toBe(
      `ircc: expected the page from ${url} in a browser, found none ("ERR_CONNECTION_REFUSED")`,
    );
  });

  it('is given up in time when it never answers', async () => {
    const site = await servePages({ '/': () => undefined });
    const began = performance.now();

    // A browser that has not started by then is another trouble.
    const error = await failureOf(find(site.url, { limits: { total: 5_000 } }));

    expect(error.trouble).toBe('browser');
    expect(error.message).toBe(
      `ircc: expected the page from ${site.url} in a browser, found none (it took too long)`,
    );
    expect(performance.now() - began).toBeLessThan(5_000 + 2 * BROWSER_LIMITS.close);
    await expectNoProcesses();
  });

  it('is given up in time when its script never ends', async () => {
    const site = await servePages({ '/': `<p>here</p><script>for (;;);</script>` });

    const error = await failureOf(find(site.url, { limits: { total: 5_000, settle: 300 } }));

    expect(error.message).toContain('found none (it took too long)');
    await expectNoProcesses();
  });
});

describe('a visit that is stopped', () => {
  it('ends at once, with the browser', async () => {
    const ender = new AbortController();
    let running: number[] = [];
    const site = await servePages({
      '/': () => {
        running = browserProcesses();
        ender.abort();
      },
    });

    const error = await failureOf(find(site.url, { signal: ender.signal }));

    expect(error.message).toContain('found none (we are stopping)');
    if (process.platform === 'linux') expect(running.length).toBeGreaterThan(1);
    await expectNoProcesses();
  });

  it('does not begin when it was stopped before', async () => {
    const site = await servePages({ '/': '' });

    const error = await failureOf(find(site.url, { signal: AbortSignal.abort() }));

    expect(error.message).toContain('we are stopping');
    expect(site.asked).toEqual([]);
  });

  it.runIf(process.platform === 'linux')('kills a browser that does not react any more', async () => {
    const ender = new AbortController();
    const site = await servePages({
      '/': () => {
        for (const pid of browserProcesses()) process.kill(pid, 'SIGSTOP');
        ender.abort();
      },
    });

    const error = await failureOf(find(site.url, { signal: ender.signal, limits: { close: 500 } }));

    expect(error.message).toContain('we are stopping');
    await expectNoProcesses();
  });
});

describe('the browser', () => {
  it('is the one that was named', async () => {
    await expect(findBrowser(executable)).resolves.toBe(executable);
  });

  it('is missed by the name of the variable where the named one is not there', async () => {
    const folder = makeFolder();
    writeFileSync(join(folder, 'notes.txt'), 'no program');

    for (const path of [join(folder, 'chrome'), join(folder, 'notes.txt'), folder]) {
      const error = await failureOf(findBrowser(path));
      expect(error.trouble).toBe('browser');
      expect(error.message).toBe(
        `DRAWBELL_BROWSER: expected the path of a browser, found "${path}", which is no program here`,
      );
    }
  });

  it.skipIf(process.platform === 'win32')('is found on the search path', async () => {
    const folder = makeFolder();
    symlinkSync(executable, join(folder, 'chromium'));

    const found = await findBrowser(null, `/nowhere:relative:${folder}`);

    // A machine may have one in a usual place, which comes first.
    expect(existsSync(found ?? '')).toBe(true);
  });

  it('that is nowhere is told with how to get one', async () => {
    if ((await findBrowser(null)) !== null) return;

    const error = await failureOf(find('http://127.0.0.1:1/', { executable: null }));

    expect(error.trouble).toBe('browser');
    expect(error.message).toBe(
      'ircc: expected a browser to open http://127.0.0.1:1/ in, found none. Set DRAWBELL_BROWSER to an ' +
        'installed Chrome or Chromium, or run `npx playwright install chromium`',
    );
  });

  it.skipIf(process.platform === 'win32')('that does not start is told with its own words', async () => {
    const broken = join(makeFolder(), 'chrome');
    writeFileSync(broken, '#!/bin/sh\necho "libnss3.so: cannot open shared object file" >&2\nexit 127\n');
    chmodSync(broken, 0o755);

    const error = await failureOf(find('http://127.0.0.1:1/', { executable: broken }));

    expect(error.trouble).toBe('browser');
    expect(error.message).toBe(
      `ircc: expected "${broken}" to start as a browser, found that it does not ` +
        '("libnss3.so: cannot open shared object file")',
    );
  });
});
