// verdict -> words: what a message to one reader about one published draw says, before it takes a shape.

import type { Draw } from '../../draw/draw.ts';
import { cut } from '../../errors.ts';
import type { EventOf } from '../../event/event.ts';
import type { Locale, Reader } from '../../match/notice.ts';
import type { Outcome, Verdict } from '../../match/verdict.ts';
import { byImportance, drawNumber, drawTypeName, specialWords } from './describe.ts';
import { LANGUAGES } from './languages.ts';
import { about, facts, missing, officialPage, special, why } from './sections.ts';
import type { Answer, Words } from './words.ts';

/** Plain text; or text that leads somewhere: to `https:` or `mailto:`, nothing else. */
export type Line = string | { text: string; href: string };
/** A name and its value. */
export type Row = readonly [string, string];

export type Section =
  | { kind: 'lines'; heading: string; lines: Line[] }
  | { kind: 'rows'; heading: string; rows: Row[] }
  | { kind: 'link'; text: string; href: string };

/** Everything a message says, as text: nothing is escaped yet. */
export interface Message {
  locale: Locale;
  outcome: Outcome;
  subject: string;
  /** The whole answer in one sentence: the first line. */
  lead: string;
  /** The parts of `lead`, for a layout that can set them apart. */
  drawLine: string;
  verdict: string;
  numbers: Row[];
  special: string | null;
  sections: Section[];
  /** Why the reader gets this, who sends it, how to end it, and what it is not. */
  about: { heading: string; lines: Line[] };
}

/** Where the message comes from and where an answer goes. */
export interface Sender {
  /** Name, postal address and contact, where the operator gave them. */
  sender: string | null;
  /** Mail to this address ends the messages. */
  unsubscribeAddress: string;
}

/** A subject longer than this is cut off by mail programs, so it goes without the special. */
const SUBJECT = 145;

export function writeMessage(
  event: EventOf<'draw.published'>,
  verdict: Verdict,
  reader: Reader,
  sender: Sender,
): Message {
  const words = LANGUAGES[reader.locale];
  const { draw } = event.data;
  const specials = byImportance(event.data.special);
  const [first] = specials;
  const headline = first ? specialWords(words, first, draw) : null;
  const answer = answerOf(words, draw, verdict, reader);
  const { labels, notKnown, notPublished } = words.mail;
  return {
    locale: reader.locale,
    outcome: verdict.outcome,
    subject: withSpecial(words.mail.subject(answer), headline?.brief),
    lead: words.mail.lead(answer, headline?.what ?? null),
    drawLine: words.mail.drawLine(answer),
    verdict: words.outcomes[verdict.outcome],
    numbers: [
      [labels.cutoff, answer.cutoff ?? notPublished],
      [labels.score, answer.score ?? notKnown],
      [labels.margin, answer.margin ?? notKnown],
    ],
    special: headline?.what ?? null,
    sections: [
      why(words, draw, verdict, reader),
      ...missing(words, verdict),
      ...special(words, specials, draw),
      facts(words, draw),
      ...officialPage(words, draw),
    ],
    about: about(words, reader, sender),
  };
}

function answerOf(words: Words, draw: Draw, verdict: Verdict, { profile }: Reader): Answer {
  return {
    outcome: verdict.outcome,
    number: drawNumber(draw),
    type: drawTypeName(words, draw),
    day: words.day(draw.date),
    cutoff: draw.cutoff === null ? null : words.number(draw.cutoff),
    score: profile.crs === undefined ? null : words.number(profile.crs),
    margin: verdict.margin === null ? null : words.signed(verdict.margin),
  };
}

function withSpecial(subject: string, special: string | undefined): string {
  const whole = special === undefined ? subject : `${subject}, ${special}`;
  return [...whole].length <= SUBJECT ? whole : cut(subject, SUBJECT);
}
