// source page -> document -> parsed draws: the conditional request, and what is tried when it fails.

import { elapsed } from '../draw/calendar.ts';
import { sameFacts } from '../draw/draw.ts';
import { FetchError, PageError, type Trouble } from '../errors.ts';
import { type Health, isLeftAlone } from '../event/health.ts';
import { type FetchRequest, fetchDocument, LIMITS } from '../fetch/http.ts';
import type { Document, Opinion, Reading, Source, SourceAddress } from '../sources/source.ts';
import { findDocumentByHash, readDocument, saveDocument } from '../store/documents.ts';
import { knownDraws } from '../store/draws.ts';
import { saveHealth } from '../store/health.ts';
import { lastLook, saveLook } from '../store/looks.ts';
import { quarantinedDocument } from '../store/quarantine.ts';
import type { Deps } from './deps.ts';
import { healthOf } from './health.ts';

/** What a look at a source brought. */
export interface Sight {
  /** The address that was asked; conditions are sent to no other one. */
  url: string;
  /** As it came; `null` when it says what it said last time. */
  answer: Document | null;
  /** What to judge: the answer, or the one before while something of it is kept apart. */
  document: Document | null;
  reading: Reading | null;
  /** Only the page people read could be had, in a browser. */
  byBrowser: boolean;
  /** It was asked to answer only if changed, and answered in full that it is not; `null`: it is not known. */
  unconditional: boolean | null;
  /** The document was found at another address. */
  moved: { configured: string; from: string; to: string } | null;
  /** Whether the source was ever read before by this installation. */
  lookedBefore: boolean;
}

/** Troubles in which the document may be somewhere else, or be had by a browser. */
const WORTH_A_BROWSER: ReadonlySet<Trouble> = new Set(['not-found', 'shape', 'html', 'bot-wall']);
/** Milliseconds between two times that a browser is used. */
const BROWSER_PAUSE = 3_600_000;
/** The header of a document that is a page as a browser showed it. */
const RENDERED = 'x-rendered';

/** Looks at a source. Throws `FetchError` or `PageError` when it cannot be read. */
export async function lookAt(source: Source, deps: Deps): Promise<Sight> {
  const sight = await lookAnyWay(source, deps);
  for (const { where, expected, found } of (sight.answer && sight.reading?.doubts) ?? [])
    deps.warn(`${where}: expected ${expected}, found ${found}`);
  return sight;
}

/** The document that something was kept apart from, to be judged again; `null` when nothing is. */
export async function storedSight(source: Source, deps: Deps): Promise<Sight | null> {
  const document = await documentKeptApart(source, deps);
  if (!document) return null;
  return {
    url: document.url,
    answer: null,
    document,
    reading: await readDraws(source, document),
    byBrowser: false,
    unconditional: null,
    moved: null,
    lookedBefore: true,
  };
}

async function lookAnyWay(source: Source, deps: Deps): Promise<Sight> {
  const now = deps.now().toISOString();
  const address = addressOf(source, deps);
  const health = await healthOf(deps.db, source, now);
  if (isLeftAlone(health, now)) {
    const { retryAt } = health;
    const message = `${source.id}: asked to be left alone until ${retryAt}, so it was not asked`;
    throw new FetchError('busy', message, { retryAt });
  }
  const url = health.moved?.from === address.documentUrl ? health.moved.to : address.documentUrl;
  try {
    return await ask(source, url, address, deps);
  } catch (error) {
    if (!isWorthABrowser(error) || !mayOpenBrowser(health, now)) throw error;
    return await rediscover(source, url, address, health, error, deps);
  }
}

/** Parses a document of any kind that a look brings. */
function readDraws(source: Source, document: Document): Reading | Promise<Reading> {
  return document.headers[RENDERED] ? source.page.parse(document) : source.parse(document);
}

async function ask(source: Source, url: string, address: SourceAddress, deps: Deps): Promise<Sight> {
  const last = await lastLook(deps.db, source.id);
  const same = last?.url === url;
  const document = await fetchDocument(requestFor(source.id, url, address.site, last, deps), deps);
  const sight = { url, byBrowser: false, moved: null, lookedBefore: last !== undefined };
  if (document === 'unchanged' || document.hash === last?.hash) {
    const before = await documentKeptApart(source, deps);
    return {
      ...sight,
      // The same bytes under another ETag, or from another address: that is what to ask with next time.
      answer: document === 'unchanged' ? null : document,
      document: before,
      reading: before && (await readDraws(source, before)),
      unconditional: document !== 'unchanged' && same,
    };
  }
  return { ...sight, answer: document, document, reading: source.parse(document), unconditional: null };
}

/** While something is kept apart, each look judges it anew: time passes, and the other document may agree. */
async function documentKeptApart(source: Source, { db }: Deps): Promise<Document | null> {
  const id = await quarantinedDocument(db, source.id);
  return id === undefined ? null : ((await readDocument(db, id)) ?? null);
}

function requestFor(
  key: string,
  url: string,
  site: string,
  last: Awaited<ReturnType<typeof lastLook>>,
  { userAgent }: Deps,
): FetchRequest {
  const conditions = last?.url === url ? { etag: last.etag, lastModified: last.lastModified } : {};
  return { source: key, url, site, userAgent, ...conditions };
}

function isWorthABrowser(error: unknown): error is FetchError | PageError {
  return (error instanceof FetchError || error instanceof PageError) && WORTH_A_BROWSER.has(error.trouble);
}

function mayOpenBrowser({ browserAt }: Health, now: string): boolean {
  return browserAt === null || elapsed(browserAt, now) >= BROWSER_PAUSE;
}

/** Opens the page people read, and takes the document that it loads, or else what it shows. */
async function rediscover(
  source: Source,
  failed: string,
  address: SourceAddress,
  health: Health,
  failure: FetchError | PageError,
  deps: Deps,
): Promise<Sight> {
  await saveHealth(deps.db, { ...health, browserAt: deps.now().toISOString() });
  try {
    const { findDocument } = await import('../fetch/browser.ts');
    const asked = {
      source: source.id,
      pageUrl: address.pageUrl,
      site: address.site,
      userAgent: deps.userAgent,
      executable: deps.browser.executable,
      searchPath: deps.browser.searchPath,
      isDocument: source.page.isDocument,
    };
    const found = await findDocument(asked, deps);
    const rendered = found.kind === 'page';
    const document = rendered
      ? { ...found.document, headers: { ...found.document.headers, [RENDERED]: 'true' } }
      : found.document;
    const reading = await readDraws(source, document);
    const elsewhere = !rendered && document.url !== failed;
    deps.warn(`${failure.message}. It was read in a browser instead`);
    return {
      url: rendered ? failed : document.url,
      answer: document,
      document,
      reading,
      byBrowser: !elsewhere,
      unconditional: null,
      moved: elsewhere ? { configured: address.documentUrl, from: failed, to: document.url } : null,
      lookedBefore: (await lastLook(deps.db, source.id)) !== undefined,
    };
  } catch (cause) {
    if (!(cause instanceof FetchError) && !(cause instanceof PageError)) throw cause;
    const message = `${failure.message}. A browser did not help: ${cause.message}`;
    if (failure instanceof PageError) throw new PageError(failure.trouble, message, { cause });
    throw new FetchError(failure.trouble, message, { cause, retryAt: failure.retryAt });
  }
}

/** Whether a document is a page as a browser showed it: that is nothing to ask for conditionally. */
export function isRendered(document: Document): boolean {
  return document.headers[RENDERED] !== undefined;
}

/**
 * What the publisher's second document says, asked only when the first one has news. `null` when there is
 * none, or it cannot be had: that holds nothing back.
 */
export async function secondOpinion(source: Source, sight: Sight, deps: Deps): Promise<Opinion[] | null> {
  const { opinionUrl: url } = addressOf(source, deps);
  if (!source.secondOpinion || url === null || !(await isNews(source, sight, deps))) return null;
  const key = `${source.id}/second-opinion`;
  try {
    const last = await lastLook(deps.db, key);
    const request = requestFor(key, url, new URL(url).hostname, last, deps);
    const answer = await fetchDocument(request, deps, { ...LIMITS, answer: 5_000, total: 20_000 });
    if (answer !== 'unchanged') {
      const opinions = source.secondOpinion.parse(answer);
      await saveDocument(deps.db, answer);
      await saveLook(deps.db, answer, url, deps.now().toISOString(), true);
      return opinions;
    }
    const document = last && (await findDocumentByHash(deps.db, key, last.hash));
    return document ? source.secondOpinion.parse(document) : null;
  } catch (error) {
    if (!(error instanceof FetchError) && !(error instanceof PageError)) throw error;
    deps.warn(`${error.message}. It is only a second opinion, so nothing waits for it.`);
    return null;
  }
}

async function isNews(source: Source, { reading }: Sight, { db }: Deps): Promise<boolean> {
  if (!reading) return false;
  const known = new Map((await knownDraws(db, source.id)).map(({ draw }) => [draw.id, draw]));
  return known.size > 0 && reading.draws.some((draw) => !sameFacts(known.get(draw.id), draw));
}

/** The configured address, else the official one. */
function addressOf(source: Source, { addresses }: Deps): SourceAddress {
  const { documentUrl, pageUrl, site, secondOpinion: second } = source;
  return addresses[source.id] ?? { documentUrl, pageUrl, site, opinionUrl: second?.documentUrl ?? null };
}
