// The contract of a source: facts, where its document is, and a pure way to read it.

import type { Draw } from '../draw/draw.ts';
import type { Fault } from '../errors.ts';

/** What was fetched, kept so that every parse can be redone. */
export interface Document {
  source: string;
  url: string;
  status: number;
  /** Lower-case names; only the headers that matter for reading and for asking again. */
  headers: Record<string, string>;
  bytes: Uint8Array;
  /** SHA-256 of the bytes, in hex. */
  hash: string;
  /** RFC 3339. */
  fetchedAt: string;
}

/** A round of the document that cannot be read with certainty, and why. */
export interface UnreadableRound {
  /** `ircc:427`; a round without a readable number is named by its place, `ircc:?1`. */
  id: string;
  faults: Fault[];
}

/** What a document says: the draws that can be read, those that cannot, and parts left unknown. */
export interface Reading {
  /** Oldest first. */
  draws: Draw[];
  unreadable: UnreadableRound[];
  /** Parts of a readable draw that were published but could not be read, left `null`. */
  doubts: Fault[];
}

/** An official publisher of draws. Declares what to fetch and how to read it; never fetches. */
export interface Source {
  id: string;
  /** Who publishes it, by the name to give in messages. */
  publisher: string;
  /** The page people read. */
  pageUrl: string;
  /** The document that holds the draws. */
  documentUrl: string;
  /** Redirects are followed only to this host or below it. */
  site: string;
  /** The file in `data/draws/` with the draws known when this version was made. */
  history: string;
  /** Throws `PageError` when the document as a whole is not what the source publishes. */
  parse(document: Document): Reading;
}
