// source page -> document, where its address is lost: the page people read, opened in a browser.

import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import type { Browser, BrowserContext, Page, Response } from 'playwright';
import { FetchError, quote, type Trouble } from '../errors.ts';
import { isWithinSite } from '../sources/site.ts';
import type { Document } from '../sources/source.ts';
import { makeDocument } from './document.ts';

export interface BrowserRequest {
  source: string;
  /** The page people read. */
  pageUrl: string;
  /** Only this host, those below it and the page's own are asked for anything. */
  site: string;
  userAgent: string;
  /** The browser to use, where the operator named one. */
  executable: string | null;
  /** Folders to look for a browser in, written like `PATH`. */
  searchPath?: string;
  /** Whether a response that the page loaded is the document. */
  isDocument(body: string): boolean;
}

export interface BrowserDeps {
  now(): Date;
  /** Aborted when the process is to stop. */
  signal?: AbortSignal | undefined;
}

export interface BrowserLimits {
  /** Milliseconds for all of it together. */
  total: number;
  /** Milliseconds for the page to come to rest after it answered; then it is taken as it is. */
  settle: number;
  /** Milliseconds for the browser to close by itself before it is killed. */
  close: number;
  /** Bytes of the document, or of the page. */
  bytes: number;
}

export const BROWSER_LIMITS: BrowserLimits = {
  total: 45_000,
  settle: 15_000,
  close: 5_000,
  bytes: 16 * 1024 * 1024,
};

/** `document`: as the page loaded it. `page`: there was none, so this is the page as a browser shows it. */
export interface Found {
  kind: 'document' | 'page';
  document: Document;
}

const ARGS = [
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
/** Nothing of this can hold a number. An event stream would also keep the page from ever coming to rest. */
const UNWANTED = new Set(['image', 'media', 'font', 'texttrack', 'manifest', 'ping', 'eventsource']);
/** Milliseconds for what had arrived when the page came to rest to be read. */
const LAST_READS = 2_000;
const HOW_TO_GET_ONE =
  'Set DRAWBELL_BROWSER to an installed Chrome or Chromium, or run `npx playwright install chromium`';

/**
 * Opens the page and takes the document that it loads, or else the page itself, rendered.
 * Throws `FetchError` when there is no browser or the page cannot be had in time. Leaves no process behind.
 */
export async function findDocument(
  asked: BrowserRequest,
  { now, signal }: BrowserDeps,
  limits: BrowserLimits = BROWSER_LIMITS,
): Promise<Found> {
  const guard = openGuard(asked, limits, signal);
  let opened: Opened | undefined;
  try {
    guard.check();
    const executable = await findBrowser(asked.executable, asked.searchPath);
    if (executable === null)
      throw new FetchError(
        'browser',
        `${asked.source}: expected a browser to open ${asked.pageUrl} in, found none. ${HOW_TO_GET_ONE}`,
      );
    // Not raced against the guard: a browser that is starting has to be waited for to be closed.
    opened = await open(asked, executable, guard.left());
    guard.check();
    return await guard.race(visit(asked, opened.browser, now, limits));
  } finally {
    guard.close();
    await opened?.close(limits.close);
  }
}

/** Ends a visit early; each end is an error with its reason. */
interface Guard {
  /** Milliseconds. */
  left(): number;
  check(): void;
  race<Result>(work: Promise<Result>): Promise<Result>;
  close(): void;
}

function openGuard(asked: BrowserRequest, limits: BrowserLimits, stopping: AbortSignal | undefined): Guard {
  const began = performance.now();
  const ender = new AbortController();
  const { promise: ended, reject } = Promise.withResolvers<never>();
  // Whoever races sees it; with nobody racing it is no fault.
  ended.catch(() => undefined);
  const end = (words: string) => {
    const error = failure(asked, 'browser', 'the page', words);
    ender.abort(error);
    reject(error);
  };
  const stop = () => end('none (we are stopping)');
  if (stopping?.aborted) stop();
  stopping?.addEventListener('abort', stop, { once: true });
  const timer = setTimeout(() => end('none (it took too long)'), limits.total);
  return {
    left: () => Math.max(1, limits.total - (performance.now() - began)),
    check: () => ender.signal.throwIfAborted(),
    race(work) {
      work.catch(() => undefined);
      return Promise.race([work, ended]);
    },
    close() {
      clearTimeout(timer);
      stopping?.removeEventListener('abort', stop);
    },
  };
}

interface Opened {
  browser: Browser;
  /** Closes the browser, and kills it where it does not close within so many milliseconds. */
  close(ms: number): Promise<void>;
}

async function open(asked: BrowserRequest, executablePath: string, timeout: number): Promise<Opened> {
  const { chromium } = await import('playwright');
  // Chromium refuses to start sandboxed as root, which is who one is in most containers.
  const sandbox = !(process.platform === 'linux' && process.getuid?.() === 0);
  const options = {
    executablePath,
    timeout,
    chromiumSandbox: sandbox,
    args: [...ARGS, ...(sandbox ? [] : ['--no-sandbox']), resolverRules(asked)],
    // Whoever stops the process tells us by the signal.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  };
  const browser = await chromium.launch(options).catch((cause: Error) => {
    const told = /\[err\] (.*)/.exec(cause.message)?.[1] ?? cause.message.split('\n')[0] ?? '';
    throw new FetchError(
      'browser',
      `${asked.source}: expected ${quote(executablePath)} to start as a browser, found that it does not (${quote(told, 200)})`,
      { cause },
    );
  });
  const pid = await processOf(browser);
  return { browser, close: (ms) => closeBrowser(browser, pid, ms) };
}

/** Redirects pass by the page's routes. A name that does not resolve cannot be asked by any way. */
function resolverRules({ site, pageUrl }: BrowserRequest): string {
  const own = [site, `*.${site}`, hostOf(pageUrl)].map((host) => `EXCLUDE ${host}`);
  return `--host-resolver-rules=${['MAP * ~NOTFOUND', ...own].join(', ')}`;
}

/** The browser's own process; `null` when it does not say. */
async function processOf(browser: Browser): Promise<number | null> {
  try {
    const session = await browser.newBrowserCDPSession();
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    await session.detach();
    return processInfo.find(({ type }) => type === 'browser')?.id ?? null;
  } catch {
    return null;
  }
}

async function closeBrowser(browser: Browser, pid: number | null, ms: number): Promise<void> {
  const closing = browser.close().catch(() => undefined);
  if (await within(closing, ms)) return;
  if (pid !== null && browser.isConnected()) kill(pid);
  await within(closing, ms);
}

/** With all its helpers, which would outlive it: Playwright starts a browser as the first of a group. */
function kill(pid: number): void {
  for (const target of process.platform === 'win32' ? [pid] : [-pid, pid]) {
    try {
      process.kill(target, 'SIGKILL');
    } catch {
      // It has gone by itself in this moment.
    }
  }
}

async function within(work: Promise<unknown>, ms: number): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<false>();
  const timer = setTimeout(() => resolve(false), ms);
  const done = await Promise.race([work.then(() => true), late]);
  clearTimeout(timer);
  return done;
}

async function visit(
  asked: BrowserRequest,
  browser: Browser,
  now: () => Date,
  limits: BrowserLimits,
): Promise<Found> {
  const context = await browser.newContext({
    userAgent: asked.userAgent,
    acceptDownloads: false,
    serviceWorkers: 'block',
    locale: 'en-CA',
  });
  await fence(context, asked);
  const page = await context.newPage();
  context.on('page', (popup) => void popup.close().catch(() => undefined));

  const documents: Document[] = [];
  const reads: Promise<void>[] = [];
  page.on('response', (response) => {
    const read = readCandidate(asked, response, now, limits);
    reads.push(read.then((document) => void (document && documents.push(document))));
  });
  await goTo(page, asked);
  // A page that never comes to rest is taken as it is, and so is a response that never ends.
  await page.waitForLoadState('networkidle', { timeout: limits.settle }).catch(() => undefined);
  await within(Promise.all(reads), LAST_READS);

  // The page may load an extract as well: the longest says most.
  const [document] = documents.sort((a, b) => b.bytes.length - a.bytes.length);
  if (document) return { kind: 'document', document };
  return { kind: 'page', document: await renderedPage(asked, page, now, limits) };
}

/** Nothing is asked of anybody but the source, and of it only what can lead to the document. */
async function fence(context: BrowserContext, asked: BrowserRequest): Promise<void> {
  await context.route('**/*', async (route) => {
    const request = route.request();
    const wanted = !UNWANTED.has(request.resourceType()) && isInside(request.url(), asked);
    // The page may have been closed in between.
    await (wanted ? route.continue() : route.abort('blockedbyclient')).catch(() => undefined);
  });
  await context.routeWebSocket(/.*/, (socket) => void socket.close().catch(() => undefined));
}

function isInside(url: string, { site, pageUrl }: BrowserRequest): boolean {
  const host = hostOf(url);
  return host !== '' && (isWithinSite(host, site) || host === hostOf(pageUrl));
}

function hostOf(url: string): string {
  return URL.parse(url)?.hostname ?? '';
}

async function goTo(page: Page, asked: BrowserRequest): Promise<void> {
  // The guard says when it took too long.
  const answer = await page.goto(asked.pageUrl, { waitUntil: 'commit', timeout: 0 }).catch((cause: Error) => {
    const told = /net::(ERR_\w+)/.exec(cause.message)?.[1] ?? cause.message.split('\n')[0];
    throw failure(asked, 'browser', 'the page', `none (${quote(told, 120)})`, cause);
  });
  const status = answer?.status() ?? 0;
  if (status < 400) return;
  const trouble = status === 401 || status === 403 ? 'bot-wall' : 'browser';
  throw failure(asked, trouble, 'the page', `status ${status}`);
}

/** The response, where it is the document. Never throws: a response may be gone before it is read. */
async function readCandidate(
  asked: BrowserRequest,
  response: Response,
  now: () => Date,
  limits: BrowserLimits,
): Promise<Document | null> {
  const request = response.request();
  const headers = response.headers();
  const asJson = /\bjson\b/i.test(headers['content-type'] ?? '');
  const byScript = request.resourceType() === 'xhr' || request.resourceType() === 'fetch';
  if (request.method() !== 'GET' || response.status() !== 200 || !(asJson || byScript)) return null;
  if (!isInside(response.url(), asked) || Number(headers['content-length'] ?? 0) > limits.bytes) return null;
  const bytes = await response.body().catch(() => null);
  if (bytes === null || bytes.length > limits.bytes) return null;
  if (!asked.isDocument(new TextDecoder().decode(bytes))) return null;
  const came = { source: asked.source, url: response.url(), status: response.status(), headers, bytes };
  return makeDocument(came, now());
}

async function renderedPage(
  asked: BrowserRequest,
  page: Page,
  now: () => Date,
  limits: BrowserLimits,
): Promise<Document> {
  const html = await page.content().catch((cause: Error) => {
    throw failure(asked, 'browser', 'the page', `none (${quote(cause.message.split('\n')[0], 120)})`, cause);
  });
  const bytes = Buffer.from(html, 'utf8');
  if (bytes.length > limits.bytes)
    throw failure(asked, 'browser', `a page of at most ${limits.bytes} bytes`, 'more');
  const headers = { 'content-type': 'text/html; charset=utf-8' };
  return makeDocument({ source: asked.source, url: asked.pageUrl, status: 200, headers, bytes }, now());
}

function failure(
  asked: BrowserRequest,
  trouble: Trouble,
  expected: string,
  found: string,
  cause?: unknown,
): FetchError {
  const message = `${asked.source}: expected ${expected} from ${asked.pageUrl} in a browser, found ${found}`;
  return new FetchError(trouble, message, { cause });
}

const NAMES = [
  'google-chrome',
  'google-chrome-stable',
  'chromium',
  'chromium-browser',
  'chrome',
  'msedge',
  'microsoft-edge',
];

/** Where installers put a browser, by platform. */
const USUAL_PLACES: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  linux: [
    '/usr/bin/google-chrome-stable',
    '/usr/bin/google-chrome',
    '/opt/google/chrome/chrome',
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/lib/chromium/chromium',
    '/snap/bin/chromium',
  ],
  darwin: ['/Applications', path.join(homedir(), 'Applications')].flatMap((folder) => [
    `${folder}/Google Chrome.app/Contents/MacOS/Google Chrome`,
    `${folder}/Chromium.app/Contents/MacOS/Chromium`,
    `${folder}/Microsoft Edge.app/Contents/MacOS/Microsoft Edge`,
  ]),
  win32: ['C:\\Program Files', 'C:\\Program Files (x86)', path.join(homedir(), 'AppData', 'Local')].flatMap(
    (folder) => [
      `${folder}\\Google\\Chrome\\Application\\chrome.exe`,
      `${folder}\\Chromium\\Application\\chrome.exe`,
      `${folder}\\Microsoft\\Edge\\Application\\msedge.exe`,
    ],
  ),
};

/**
 * The browser to use: the named one, else Playwright's own, else an installed Chrome or Chromium; `null`: none.
 * `searchPath` is a list of folders like `PATH`. Throws `FetchError` when the named one is not there.
 */
export async function findBrowser(executable: string | null, searchPath = ''): Promise<string | null> {
  if (executable !== null) {
    if (await isExecutable(executable)) return executable;
    throw new FetchError(
      'browser',
      `DRAWBELL_BROWSER: expected the path of a browser, found ${quote(executable, 200)}, which is no program here`,
    );
  }
  const endings = process.platform === 'win32' ? ['.exe'] : [''];
  const onPath = searchPath
    .split(path.delimiter)
    .filter((folder) => path.isAbsolute(folder))
    .flatMap((folder) => NAMES.flatMap((name) => endings.map((ending) => path.join(folder, name + ending))));
  const places = [await ownBrowser(), ...(USUAL_PLACES[process.platform] ?? []), ...onPath];
  for (const place of places) if (await isExecutable(place)) return place;
  return null;
}

/** Where Playwright would have put its own; there is none for some platforms. */
async function ownBrowser(): Promise<string> {
  const { chromium } = await import('playwright');
  try {
    return chromium.executablePath();
  } catch {
    return '';
  }
}

async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}
