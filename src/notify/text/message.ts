// verdict or letter -> words: what a message to one reader holds, before it takes a shape.

import type { Locale } from '../../match/notice.ts';
import type { Outcome } from '../../match/verdict.ts';
import type { WayOut } from './way-out.ts';

/** Plain text; or text that leads somewhere: to `https:` or `mailto:`, nothing else. */
export type Line = string | { text: string; href: string };
/** A name and its value. */
export type Row = readonly [string, string];

export type Section =
  | { kind: 'lines'; heading: string; lines: Line[] }
  | { kind: 'rows'; heading: string; rows: Row[] }
  | { kind: 'link'; text: string; href: string }
  /** What a letter is there for. */
  | { kind: 'button'; text: string; href: string };

/** Everything a message says, as text: nothing is escaped yet. */
export interface Message {
  locale: Locale;
  /** `null` where nothing is judged, as in a letter. */
  outcome: Outcome | null;
  subject: string;
  /** The whole answer in one sentence: the first line. */
  lead: string;
  /** The parts of `lead`, for a layout that can set them apart. */
  drawLine: string;
  verdict: string;
  /** What the answer rests on; none where there is no answer any more. */
  numbers: Row[];
  /** What is special about the draw, or new about it. */
  special: string | null;
  sections: Section[];
  /** Why the reader gets this, who sends it, how to end it, and what it is not. */
  about: { heading: string; lines: Line[] };
}

/** Where the message comes from and how to get no more. */
export interface Sender {
  /** Name, postal address and contact, where the operator gave them. */
  sender: string | null;
  wayOut: WayOut;
  /** The reader's own page; `null` where there are no pages over https. */
  manage: string | null;
  /** Where the pages about draws are; `null` where there are none. */
  siteUrl: string | null;
}
