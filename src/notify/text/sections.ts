// verdict -> words: the parts of a message that stand below its answer.

import type { Draw } from '../../draw/draw.ts';
import type { Special } from '../../event/event.ts';
import { drawPage } from '../../match/draw-page.ts';
import type { Reader } from '../../match/notice.ts';
import { missingFields } from '../../match/reason.ts';
import { standingOf } from '../../match/standing.ts';
import type { Verdict } from '../../match/verdict.ts';
import {
  cautionSentence,
  drawNumber,
  drawTypeName,
  publishedLabel,
  publishedNumber,
  publishedTieBreak,
  reasonSentence,
  senderName,
  specialSentence,
  standingSentences,
} from './describe.ts';
import { asSentence } from './letters.ts';
import type { Line, Message, Row, Section, Sender } from './message.ts';
import { wayOutLink } from './way-out.ts';
import type { Words } from './words.ts';

export function why(words: Words, { reasons, cautions }: Verdict, { profile }: Reader): Section {
  const lines = reasons.map((reason) => reasonSentence(words, reason));
  // The caution about the points grid says when the score was noted, and more.
  const said = cautions.some(({ code }) => code === 'points-grid-changed');
  if (profile.crs !== undefined && profile.crsAsOf !== undefined && !said) {
    lines.push(words.mail.scoreAsOf(words.number(profile.crs), words.day(profile.crsAsOf)));
  }
  lines.push(words.mail.accountDecides);
  return { kind: 'lines', heading: words.mail.headings.why, lines };
}

/** Only where there is something to be careful about. */
export function care(words: Words, { cautions }: Verdict): Section[] {
  if (cautions.length === 0) return [];
  const lines = cautions.map((caution) => cautionSentence(words, caution));
  return [{ kind: 'lines', heading: words.mail.headings.care, lines }];
}

/** Only where it cannot be told: what would decide it, and how to give it. */
export function missing(words: Words, verdict: Verdict, { manage }: Pick<Sender, 'manage'>): Section[] {
  if (verdict.outcome !== 'cannot-tell') return [];
  const fields = missingFields(verdict.reasons);
  const lines =
    fields.length === 0
      ? [words.mail.nothingToGive]
      : [
          ...fields.map((field) => `${words.mail.pair(field, words.fields[field])}.`),
          manage === null ? words.mail.howToGive : { text: words.mail.giveThere, href: manage },
        ];
  return [{ kind: 'lines', heading: words.mail.headings.missing, lines }];
}

/** Only where the reader's score and the pool are known. */
export function standing(words: Words, draw: Draw, { profile }: Reader): Section[] {
  const found = standingOf(draw, profile);
  if (found === null || profile.crs === undefined) return [];
  const lines = standingSentences(words, found, profile.crs);
  return [{ kind: 'lines', heading: words.mail.headings.standing, lines }];
}

/** All of them, the most important first. */
export function special(words: Words, specials: readonly Special[], draw: Draw): Section[] {
  if (specials.length === 0) return [];
  const lines = specials.map((one) => asSentence(specialSentence(words, one, draw)));
  return [{ kind: 'lines', heading: words.mail.headings.special, lines }];
}

export function facts(words: Words, draw: Draw): Extract<Section, { kind: 'rows' }> {
  const { labels, pool } = words.mail;
  const { name } = drawTypeName(words, draw);
  const published = publishedLabel(draw);
  const rows: Row[] = [
    [labels.number, drawNumber(draw)],
    [labels.date, words.day(draw.date)],
    [labels.type, name],
    // The publisher's own name carries the category version.
    [labels.published, published],
    [labels.invitations, publishedNumber(words, draw.invitations)],
    [labels.cutoff, publishedNumber(words, draw.cutoff)],
    [labels.tieBreak, publishedTieBreak(words, draw)],
  ];
  if (draw.pool) {
    const asOf = draw.pool.asOf === null ? null : words.day(draw.pool.asOf);
    rows.push([labels.pool, pool(words.number(draw.pool.total), asOf)]);
  }
  return {
    kind: 'rows',
    heading: words.mail.headings.draw,
    rows: rows.filter(([label]) => label !== labels.published || !name.includes(published)),
  };
}

/** Only a page that is sure to be the publisher's own: over https. */
export function officialPage(words: Words, draw: Draw, text = words.mail.officialPage): Section[] {
  const url = draw.url === null ? null : URL.parse(draw.url);
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '') return [];
  return [{ kind: 'link', text, href: url.href }];
}

/** Our own page of a draw, in the language of these words. */
export function ourPage(words: Words, draw: Draw, siteUrl: string | null): Section[] {
  const href = drawPage(siteUrl, words.locale, draw.id);
  return href === null ? [] : [{ kind: 'link', text: words.mail.ourPage, href }];
}

/** Of a message that has figures of a draw in it. */
export function about(words: Words, reader: Reader, sender: Sender): Message['about'] {
  const { heading, lines } = aboutReader(words, reader, sender);
  return { heading, lines: [...lines, words.mail.copyOfFigures] };
}

/** Of any message to somebody who agreed to get it. */
export function aboutReader(
  words: Words,
  { consentHow, consentAt }: Reader,
  { sender, wayOut, manage }: Omit<Sender, 'siteUrl'>,
): Message['about'] {
  const { mail } = words;
  return aboutMessage(words, words.consent[consentHow](words.moment(consentAt)), sender, [
    ...(manage === null ? [] : [{ text: mail.manage, href: manage }]),
    {
      text: 'page' in wayOut ? mail.unsubscribe : mail.unsubscribeByMail(wayOut.address, wayOut.subject),
      href: wayOutLink(wayOut),
    },
  ]);
}

/** `why`: why it comes; `links`: where its reader can do something about that. */
export function aboutMessage(
  { mail }: Words,
  why: string,
  sender: string | null,
  links: readonly Line[],
): Message['about'] {
  const lines = [why, ...(sender === null ? [] : [mail.sentBy(senderName(sender))]), ...links];
  return { heading: mail.headings.about, lines: [...lines, mail.notAdvice] };
}
