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
  /** `ircc:427`; a round without a readable number is named by its place, the oldest first: `ircc:?1`. */
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
  /**
   * Set where a document says less than the source's usual one (the page as people see it): by draw, the
   * fields it does say. What it does not say stays as it is known; draws it does not list are not gone.
   */
  says?: Record<string, readonly (keyof Draw)[]>;
}

/** What a second document of the same publisher says of a draw: the facts to hold against the first one. */
export type Opinion = Pick<Draw, 'id'> & Partial<Pick<Draw, 'date' | 'invitations' | 'cutoff'>>;

/** How a source has behaved as long as it has been known; what goes beyond it is implausible. */
export interface Habits {
  /** A round was never dated so many days before the newest one known when it appeared. */
  lateDays: number;
  /** By how many candidates the bands of a pool have differed from its total. */
  poolError: number;
  /** More invitations than this were never sent at once. */
  invitations: number;
}

/** Where a source is read from: its official addresses, or others that the operator named. */
export interface SourceAddress {
  documentUrl: string;
  pageUrl: string;
  /** The publisher's second document; `null`: there is none to ask. */
  opinionUrl: string | null;
  /** Redirects are followed only to this host or below it. */
  site: string;
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
  habits: Habits;
  /** Throws `PageError` when the document as a whole is not what the source publishes. */
  parse(document: Document): Reading;
  /** The way back to the draws when the document's address fails: the page people read, in a browser. */
  page: {
    /** Whether a response that the page loaded is the document with the draws. */
    isDocument(body: string): boolean;
    /** Reads the page as a browser shows it. Throws `PageError`. Loads what it needs when it is needed. */
    parse(document: Document): Promise<Reading>;
  };
  /** A second document of the same publisher that should say the same. */
  secondOpinion?: {
    documentUrl: string;
    /** Throws `PageError` when the document is none. */
    parse(document: Document): Opinion[];
  };
}
