// verdict -> words: what a language must provide. A new reason, draw type or event fails to compile until
// every language has words for it.

import type { Program } from '../../draw/draw.ts';
import type { KnownDrawType } from '../../draw/draw-type.ts';
import type { Special, SpecialType } from '../../event/event.ts';
import type { ConsentHow, Locale } from '../../match/notice.ts';
import type { MissingField } from '../../match/reason.ts';
import type { Outcome } from '../../match/verdict.ts';
import type { ChangeWords } from './change-words.ts';
import type { DrawWords } from './draw-words.ts';
import type { Formats } from './format.ts';
import type { ReasonWords } from './reason-words.ts';

/** `short` stands in a subject, where every character counts. */
export interface TypeName {
  name: string;
  short: string;
}

export interface SpecialWords {
  /** For a subject: `first in 990 days`. */
  brief: string;
  /** What the draw was, as a part of a sentence: `the first Canadian Experience Class draw in 990 days`. */
  what: string;
  /** The facts behind it: `previous: September 14, 2021, 2,000 invitations at 462`. */
  detail: string | null;
}

/** What the first line and the subject say. `null` is not known, or not published. */
export interface Answer {
  number: string;
  type: TypeName;
  day: string;
  cutoff: string | null;
  score: string | null;
  margin: string | null;
}

export interface Words extends Formats, ReasonWords, DrawWords {
  locale: Locale;
  drawTypes: Record<KnownDrawType, TypeName>;
  /** The name of a draw type nobody taught us: the publisher's own, in quotation marks. */
  otherDrawType(label: string): string;
  programs: Record<Program, string>;
  outcomes: Record<Outcome, string>;
  specials: {
    [Type in SpecialType]: (special: Extract<Special, { type: Type }>, typeName: string) => SpecialWords;
  };
  /** What each field of a profile holds, said to somebody who is to give it. */
  fields: Record<MissingField, string>;
  /** Why somebody gets messages, and since when. */
  consent: Record<ConsentHow, (when: string) => string>;
  mail: MailWords;
  /** For what is corrected or withdrawn. */
  changes: ChangeWords;
}

/** For a message that is sent to show that messages arrive. */
export interface RehearsalWords {
  /** A subject, or the answer, marked. */
  marked(text: string): string;
  /** The first line begins with it: that nothing has happened. */
  lead: string;
  heading: string;
  lines: readonly string[];
}

export interface MailWords {
  /** `type` is left out (`null`) where it would not fit. */
  subject(outcome: string, answer: Answer, type: string | null): string;
  /** The first line: the whole answer in a sentence. */
  lead(outcome: string, answer: Answer, special: string | null): string;
  drawLine(answer: Answer): string;
  headings: Record<'why' | 'care' | 'missing' | 'standing' | 'special' | 'draw' | 'about', string>;
  /** Names of facts; those of `answer` stand under the outcome, the others in the table. */
  labels: Record<
    | 'cutoff'
    | 'score'
    | 'margin'
    | 'number'
    | 'date'
    | 'type'
    | 'published'
    | 'invitations'
    | 'tieBreak'
    | 'pool',
    string
  >;
  notPublished: string;
  notKnown: string;
  yearInferred(instant: string): string;
  pool(candidates: string, asOf: string | null): string;
  /** A name and its value on one line. */
  pair(name: string, value: string): string;
  /** Ends a list of missing fields: how to give them. */
  howToGive: string;
  /** Said instead where the reader has a page of their own: leads there. */
  giveThere: string;
  /** Leads to the reader's own page. */
  manage: string;
  /** Said instead when nothing the reader could give would decide it. */
  nothingToGive: string;
  scoreAsOf(score: string, day: string): string;
  accountDecides: string;
  officialPage: string;
  /** Leads to our own page of the draw. */
  ourPage: string;
  rehearsal: RehearsalWords;
  sentBy(sender: string): string;
  /** Leads to a page of ours. */
  unsubscribe: string;
  /** Said instead where there is no page: by a mail. */
  unsubscribeByMail(address: string, subject: string): string;
  notAdvice: string;
  copyOfFigures: string;
}
