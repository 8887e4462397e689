// The few error classes. The class, not the text, decides what happens: retry, quarantine, stop.

/** One thing wrong with an input: where it stands, what was expected there and what was found. */
export interface Fault {
  /** A path or a name a person can look up: `crs`, `subscribers.yaml:12 [3].crs`, `DRAWBELL_SMTP_URL`. */
  where: string;
  expected: string;
  found: string;
}

/** What can be wrong with a source as a whole. The kind decides what is tried next, never the words. */
export const TROUBLE_KINDS = [
  /** No connection, or one that was cut. */
  'unreachable',
  /** Connected, and then nothing came for too long. */
  'silent',
  /** An error status, or an answer we do not take: too large, packed strangely, redirected elsewhere. */
  'refused',
  /** We are asked to come back later. */
  'busy',
  'not-found',
  /** The server takes us for a robot it does not want. */
  'bot-wall',
  'maintenance',
  /** Some other HTML page in the place of data. */
  'html',
  /** Data that is cut off or broken. */
  'broken',
  /** Data of another form than ever. */
  'shape',
  /** A list without an entry. */
  'empty',
  /** A list from which more is gone than a publisher takes back. */
  'shrunken',
  /** Too much of it is implausible to trust the rest. */
  'implausible',
  /** No browser, or one that did not find what we were looking for. */
  'browser',
] as const;

export type Trouble = (typeof TROUBLE_KINDS)[number];

/** The document could not be had: no connection, no answer in time, or an answer that is an error. */
export class FetchError extends Error {
  override name = 'FetchError';
  readonly trouble: Trouble;
  /** RFC 3339: until when the server asked to be left alone. */
  readonly retryAt: string | null;

  constructor(
    trouble: Trouble,
    message: string,
    { cause, retryAt = null }: { cause?: unknown; retryAt?: string | null } = {},
  ) {
    super(message, { cause });
    this.trouble = trouble;
    this.retryAt = retryAt;
  }
}

/** A document came, but it is not the document the source publishes. Nothing of it may be used. */
export class PageError extends Error {
  override name = 'PageError';
  readonly trouble: Trouble;

  constructor(trouble: Trouble, message: string, { cause }: { cause?: unknown } = {}) {
    super(message, { cause });
    this.trouble = trouble;
  }
}

/** The state could not be read or written where it is shared. Nothing that it was to hold has happened. */
export class StateError extends Error {
  override name = 'StateError';
  /** `lost`: another run was quicker; `refused`: we may not write there; `unreachable`: it is not known. */
  readonly reason: 'lost' | 'refused' | 'unreachable';

  constructor(reason: StateError['reason'], message: string, { cause }: { cause?: unknown } = {}) {
    super(message, { cause });
    this.reason = reason;
  }
}

/** What the operator or a person gave us is wrong. Carries every fault found, not only the first. */
export class InputError extends Error {
  override name = 'InputError';
  readonly faults: readonly Fault[];

  constructor(what: string, faults: readonly Fault[]) {
    super(`${what}:\n${faults.map((fault) => `  ${formatFault(fault)}`).join('\n')}`);
    this.faults = faults;
  }
}

export function formatFault({ where, expected, found }: Fault): string {
  return `${where}: expected ${expected}, found ${found}`;
}

/** Quotes hostile text for a message: one line, no control characters, cut to a length one can read. */
export function quote(value: unknown, limit = 80): string {
  const text = typeof value === 'string' ? value : asJson(value);
  const line = printable(text);
  return typeof value === 'string' || line.length > limit ? `"${cut(line, limit)}"` : line;
}

function asJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    // Nested deeper than one can write: somebody means harm.
    return 'something nested too deeply to show';
  }
}

/** Text from elsewhere made harmless for a terminal, a header or a log: one line, no control or bidi characters. */
export function printable(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Cuts to at most `limit` characters, never through the middle of one. */
export function cut(text: string, limit: number): string {
  const characters = [...text];
  return characters.length <= limit ? text : `${characters.slice(0, limit - 1).join('')}…`;
}

/** What has a name that something before it in a list has, too; `first`: what had it first. */
export interface Repeated<Item> {
  item: Item;
  index: number;
  name: string;
  first: { item: Item; index: number };
}

/** Of a list in which each name may stand once, what is there again. `nameOf` gives `null` for what has none. */
export function repeated<Item>(
  items: readonly Item[],
  nameOf: (item: Item) => string | null,
): Repeated<Item>[] {
  const seen = new Map<string, number>();
  const found: Repeated<Item>[] = [];
  for (const [index, item] of items.entries()) {
    const name = nameOf(item);
    if (name === null) continue;
    const first = seen.get(name);
    if (first === undefined) seen.set(name, index);
    else found.push({ item, index, name, first: { item: items[first] as Item, index: first } });
  }
  return found;
}
