// verdict -> words: what a message to one reader about one published draw says, before it takes a shape.

import type { Draw } from '../../draw/draw.ts';
import { cut, printable } from '../../errors.ts';
import type { EventOf } from '../../event/event.ts';
import type { Outcome, Verdict } from '../../match/verdict.ts';
import type { Locale, Reader } from '../channel.ts';
import {
  byImportance,
  drawTypeName,
  publishedLabel,
  reasonSentence,
  specialSentence,
  specialWords,
} from './describe.ts';
import { LANGUAGES } from './languages.ts';
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
  const special = first ? specialWords(words, first, draw) : null;
  const answer = answerOf(words, draw, verdict, reader);
  const { labels, notKnown, notPublished } = words.mail;
  return {
    locale: reader.locale,
    outcome: verdict.outcome,
    subject: withSpecial(words.mail.subject(answer), special?.brief),
    lead: words.mail.lead(answer, special?.what ?? null),
    drawLine: words.mail.drawLine(answer),
    verdict: words.outcomes[verdict.outcome],
    numbers: [
      [labels.cutoff, answer.cutoff ?? notPublished],
      [labels.score, answer.score ?? notKnown],
      [labels.margin, answer.margin ?? notKnown],
    ],
    special: special?.what ?? null,
    sections: [
      why(words, draw, verdict, reader),
      ...missing(words, verdict),
      ...(specials.length === 0
        ? []
        : [
            {
              kind: 'lines' as const,
              heading: words.mail.headings.special,
              lines: specials.map((one) => sentence(specialSentence(words, one, draw))),
            },
          ]),
      { kind: 'rows', heading: words.mail.headings.draw, rows: factRows(words, draw) },
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

function why(words: Words, draw: Draw, verdict: Verdict, { profile }: Reader): Section {
  const lines = verdict.reasons.map((reason) => reasonSentence(words, reason, draw, profile));
  if (profile.crs !== undefined && profile.crsAsOf !== undefined) {
    lines.push(words.mail.scoreAsOf(words.number(profile.crs), words.day(profile.crsAsOf)));
  }
  lines.push(words.mail.accountDecides);
  return { kind: 'lines', heading: words.mail.headings.why, lines };
}

/** Only where it cannot be told: what would decide it, and how to give it. */
function missing(words: Words, verdict: Verdict): Section[] {
  if (verdict.outcome !== 'cannot-tell') return [];
  const fields = [...new Set(verdict.reasons.flatMap((reason) => reason.missing ?? []))];
  const lines =
    fields.length === 0
      ? [words.mail.nothingToGive]
      : [...fields.map((field) => `${words.mail.pair(field, words.fields[field])}.`), words.mail.howToGive];
  return [{ kind: 'lines', heading: words.mail.headings.missing, lines }];
}

function factRows(words: Words, draw: Draw): Row[] {
  const { labels, notPublished, yearInferred, pool } = words.mail;
  const { name } = drawTypeName(words, draw);
  const published = publishedLabel(draw);
  const count = (value: number | null) => (value === null ? notPublished : words.number(value));
  const tieBreak = draw.tieBreakAt === null ? notPublished : words.moment(draw.tieBreakAt);
  const rows: Row[] = [
    [labels.number, `#${drawNumber(draw)}`],
    [labels.date, words.day(draw.date)],
    [labels.type, name],
    // The publisher's own name carries the category version.
    [labels.published, published],
    [labels.invitations, count(draw.invitations)],
    [labels.cutoff, count(draw.cutoff)],
    [labels.tieBreak, draw.inferred?.includes('tieBreakAt') ? yearInferred(tieBreak) : tieBreak],
  ];
  if (draw.pool) {
    const asOf = draw.pool.asOf === null ? null : words.day(draw.pool.asOf);
    rows.push([labels.pool, pool(words.number(draw.pool.total), asOf)]);
  }
  return rows.filter(([label]) => label !== labels.published || published !== name);
}

/** Only a page that is sure to be the publisher's own: over https. */
function officialPage(words: Words, draw: Draw): Section[] {
  const url = draw.url === null ? null : URL.parse(draw.url);
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '') return [];
  return [{ kind: 'link', text: words.mail.officialPage, href: url.href }];
}

function about(words: Words, reader: Reader, { sender, unsubscribeAddress }: Sender): Message['about'] {
  const subject = unsubscribeSubject(reader);
  const { mail } = words;
  return {
    heading: mail.headings.about,
    lines: [
      words.consent[reader.consentHow](words.moment(reader.consentAt)),
      ...(sender === null ? [] : [mail.sentBy(printable(sender))]),
      {
        text: mail.unsubscribe(unsubscribeAddress, subject),
        href: unsubscribeLink(reader, unsubscribeAddress),
      },
      mail.notAdvice,
      mail.copyOfFigures,
    ],
  };
}

/** A `mailto:` that ends the messages. It names the reader by the opaque id, never by the address. */
export function unsubscribeLink(reader: Reader, address: string): string {
  return `mailto:${encodeURIComponent(address).replace('%40', '@')}?subject=${encodeURIComponent(unsubscribeSubject(reader))}`;
}

function unsubscribeSubject(reader: Reader): string {
  return `unsubscribe ${printable(reader.id)}`;
}

function withSpecial(subject: string, special: string | undefined): string {
  const whole = special === undefined ? subject : `${subject}, ${special}`;
  return [...whole].length <= SUBJECT ? whole : cut(subject, SUBJECT);
}

/** A part of a sentence made a whole one. */
function sentence(part: string): string {
  return `${part.charAt(0).toUpperCase()}${part.slice(1)}.`;
}

function drawNumber(draw: Draw): string {
  return cut(printable(draw.number), 12);
}
