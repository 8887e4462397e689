// a letter -> words: the mail to one person that no event is behind.

import type { Locale, NoticeOf } from '../../match/notice.ts';
import { enLetter } from './en-letter.ts';
import { frLetter } from './fr-letter.ts';
import type { HtmlWriter } from './html.ts';
import { LANGUAGES } from './languages.ts';
import type { LetterWords } from './letter-words.ts';
import { type Letterhead, type Mail, mailOf } from './mail.ts';
import type { Message, Section, Sender } from './message.ts';
import { aboutMessage, aboutReader } from './sections.ts';
import { wayOutLink } from './way-out.ts';

export const LETTER_WORDS: Record<Locale, LetterWords> = { en: enLetter, fr: frLetter };

/** Where a letter leads; `null` where there are no pages over https. Until when a link works: RFC 3339. */
export type LetterLinks = Pick<Sender, 'wayOut' | 'manage'> & {
  manageUntil: string;
  confirm: string | null;
  confirmUntil: string;
};

type Letter = Pick<NoticeOf<'letter'>, 'letter' | 'reader' | 'askedAt'>;

/** The mail for a letter; `null`: nothing can be said without a page to lead to. */
export function writeLetter(
  notice: NoticeOf<'letter'>,
  letterhead: Letterhead,
  links: LetterLinks,
  writeHtml: HtmlWriter,
  date: Date,
): Mail | null {
  const message = letterMessage(notice, letterhead.sender, links);
  if (message === null) return null;
  const feedback = ['letter', notice.letter, notice.reader.locale];
  const { wayOut } = links;
  return mailOf(notice, message, letterhead, { wayOut, feedback, html: writeHtml(message) }, date);
}

/** What a letter says. Of one that asks for a confirmation, nothing in it was typed into the form but the address. */
export function letterMessage(notice: Letter, sender: string | null, links: LetterLinks): Message | null {
  switch (notice.letter) {
    case 'confirm':
      return links.confirm === null ? null : confirmMessage(notice, sender, links, links.confirm);
    case 'manage':
      return links.manage === null ? null : manageMessage(notice, sender, links, links.manage);
    case 'renew-score':
      return renewMessage(notice, sender, links);
  }
}

function confirmMessage(letter: Letter, sender: string | null, links: LetterLinks, page: string): Message {
  const { reader } = letter;
  const words = LANGUAGES[reader.locale];
  const { confirm, notYou, asksForConsent } = LETTER_WORDS[reader.locale];
  const asked = askedOf(letter, page);
  const parts = confirm(asked, words.moment(links.confirmUntil));
  const never = { text: notYou.never, href: wayOutLink(links.wayOut) };
  return messageOf(letter, parts, {
    sections: [
      { kind: 'button', text: parts.button, href: page },
      { kind: 'lines', ...parts.what },
      { kind: 'lines', heading: notYou.heading, lines: [notYou.confirm, never] },
    ],
    // Nobody has agreed to anything yet, there is no page of theirs, and the way out is the one above.
    about: aboutMessage(words, asksForConsent(asked), sender, []),
  });
}

function manageMessage(letter: Letter, sender: string | null, links: LetterLinks, page: string): Message {
  const { reader } = letter;
  const words = LANGUAGES[reader.locale];
  const { manage, notYou } = LETTER_WORDS[reader.locale];
  const parts = manage(askedOf(letter, page), words.moment(links.manageUntil));
  return messageOf(letter, parts, {
    sections: [
      { kind: 'button', text: parts.button, href: page },
      { kind: 'lines', ...parts.what },
      { kind: 'lines', heading: notYou.heading, lines: [notYou.manage] },
    ],
    about: aboutReader(words, reader, { sender, wayOut: links.wayOut, manage: null }),
  });
}

function renewMessage(letter: Letter, sender: string | null, { wayOut, manage }: LetterLinks): Message {
  const { reader } = letter;
  const { crs, crsAsOf } = reader.profile;
  const words = LANGUAGES[reader.locale];
  const { 'renew-score': renew, answerThis } = LETTER_WORDS[reader.locale];
  const score = crs === undefined ? words.mail.notKnown : words.number(crs);
  const parts = renew(score, crsAsOf === undefined ? null : words.day(crsAsOf));
  const what = manage === null ? [answerThis, ...parts.what.lines] : parts.what.lines;
  return messageOf(letter, parts, {
    sections: [
      ...(manage === null ? [] : [{ kind: 'button', text: parts.button, href: manage } as const]),
      { kind: 'lines', heading: parts.what.heading, lines: what },
    ],
    about: aboutReader(words, reader, { sender, wayOut, manage }),
  });
}

function messageOf(
  { reader: { locale } }: Letter,
  { subject, eyebrow, title, why }: ReturnType<LetterWords['confirm']>,
  rest: { sections: Section[]; about: Message['about'] },
): Message {
  return {
    locale,
    outcome: null,
    subject,
    lead: `${title}${/[?.!]$/.test(title) ? '' : '.'} ${why}`,
    drawLine: eyebrow,
    verdict: title,
    numbers: [],
    special: why,
    ...rest,
  };
}

function askedOf({ reader: { locale }, askedAt }: Letter, page: string) {
  return { host: new URL(page).host, when: LANGUAGES[locale].moment(askedAt) };
}
