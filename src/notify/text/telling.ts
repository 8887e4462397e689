// events -> words: an event in a few lines, the same for every service it is posted to. Nothing is escaped yet.

import type { Draw } from '../../draw/draw.ts';
import {
  type DrawEvent,
  type DrawEventType,
  type Event,
  type EventOf,
  isOperatorEvent,
  type Special,
  type SpecialType,
} from '../../event/event.ts';
import type { Locale } from '../../match/notice.ts';
import { changedFacts } from './changes.ts';
import { byImportance, drawNumber, drawTypeName, specialSentence, specialWords } from './describe.ts';
import { LANGUAGES } from './languages.ts';
import { asSentence, capitalized, uncapitalized } from './letters.ts';
import type { Row, Section } from './message.ts';
import { operatorHeadline } from './operator-words.ts';
import { facts, officialPage, ourPage } from './sections.ts';
import { tellOperator } from './telling-operator.ts';
import { type DrawInBrief, TELLING_WORDS } from './telling-words.ts';
import type { Words } from './words.ts';

/** What kind of news it is, for a service that shows one by a colour. */
export type Tone = 'news' | 'correction' | 'trouble' | 'well';

export interface Link {
  text: string;
  href: string;
}

/** An event for people to read. Each text is one line, without characters that turn or break it. */
export interface Telling {
  /** The language it is written in: English for what is for the operator. */
  locale: Locale;
  tone: Tone;
  title: string;
  /** Sentences; `null` where the title says it all. */
  summary: string | null;
  /** Names and values, never empty. */
  facts: Row[];
  /** To the official page; https only, and short enough for every service. */
  link: Link | null;
  /** To our own page of the draw; as `link` is. */
  page: Link | null;
  /** What the figures are, and are not: the least of the lines. */
  notes: string[];
}

type Parts = Pick<Telling, 'tone' | 'title' | 'summary' | 'facts'> & { linkText?: string };
type Tell = { [Type in DrawEventType]: (words: Words, data: EventOf<Type>['data']) => Parts };

/** A longer address is no page of a publisher, and services refuse it. Characters. */
const LONGEST_LINK = 1_000;
/** How many changes the summary names; where there are more, all of them stand below. */
const NAMED = 2;
/** Of anything that a draw has only a few of, whatever an event says: nobody reads more. */
const MANY = 10;
/** In the place of a text with nothing in it to show. */
const NOTHING = '–';

const TELL: Tell = {
  'draw.published': (words, { draw, special }) => {
    const sentences = byImportance(special)
      .slice(0, MANY)
      .map((one) => asSentence(specialSentence(words, one, draw)));
    return {
      tone: 'news',
      title: TELLING_WORDS[words.locale].published(inBrief(words, draw)),
      summary: sentences.length === 0 ? null : sentences.join(' '),
      facts: drawFacts(words, draw),
    };
  },
  'draw.corrected': (words, { draw, changes }) => {
    const said = changedFacts(words, draw, changes.slice(0, MANY));
    const changed = new Set(said.map(([name]) => name));
    const named = said.slice(0, NAMED).map(([name, value]) => words.mail.pair(uncapitalized(name), value));
    return {
      tone: 'correction',
      title: TELLING_WORDS[words.locale].corrected(inBrief(words, draw)),
      summary: said.length === 0 ? null : words.changes.inBrief(named),
      facts:
        said.length <= NAMED
          ? drawFacts(words, draw)
          : [...said, ...drawFacts(words, draw).filter(([name]) => !changed.has(name))],
    };
  },
  'draw.withdrawn': (words, { draw, missingSince }) => ({
    tone: 'correction',
    title: TELLING_WORDS[words.locale].withdrawn(inBrief(words, draw)),
    summary: words.changes.withdrawn.since(words.moment(missingSince)),
    facts: drawFacts(words, draw),
    linkText: words.changes.withdrawn.officialPage,
  }),
  'draw_type.new': (words, data) => tellSpecial(words, 'draw_type.new', data),
  'draw_type.returned': (words, data) => tellSpecial(words, 'draw_type.returned', data),
  'category.revised': (words, data) => tellSpecial(words, 'category.revised', data),
  'record.set': (words, data) => tellSpecial(words, 'record.set', data),
};

/**
 * An event in a few lines. Pure: the same event and language give the same words. `siteUrl`: where the pages about draws
 * are.
 */
export function writeTelling(event: Event, locale: Locale, siteUrl: string | null = null): Telling {
  if (isOperatorEvent(event)) {
    const telling = { locale: 'en' as const, link: null, page: null, notes: [], ...tellOperator(event) };
    return shown({ ...telling, title: `drawbell: ${operatorHeadline(event)}` });
  }
  const words = LANGUAGES[locale];
  const { notAdvice, copyOfFigures, officialPage: linkText } = words.mail;
  // Each entry takes the data of its own type, which the compiler cannot follow through the look-up.
  const tell = TELL[event.type] as (words: Words, data: DrawEvent['data']) => Parts;
  const { linkText: ownText = linkText, ...parts } = tell(words, event.data);
  const { draw } = event.data;
  const link = linkOf(officialPage(words, draw, ownText));
  const page = linkOf(ourPage(words, draw, siteUrl));
  return shown({ locale, ...parts, link, page, notes: [notAdvice, copyOfFigures] });
}

function tellSpecial<Type extends SpecialType>(words: Words, type: Type, data: EventOf<Type>['data']): Parts {
  const { draw, ...own } = data;
  const { what, detail } = specialWords(words, { type, ...own } as unknown as Special, draw);
  const say = TELLING_WORDS[words.locale];
  const brief = inBrief(words, draw);
  const sentences = [say.figures(brief), ...(detail === null ? [] : [detail])].map(asSentence);
  return {
    tone: 'news',
    title: say.special(capitalized(what), brief),
    summary: sentences.join(' '),
    facts: drawFacts(words, draw),
  };
}

function inBrief(words: Words, draw: Draw): DrawInBrief {
  return {
    number: drawNumber(draw) || NOTHING,
    type: drawTypeName(words, draw).name,
    day: words.day(draw.date),
    invitations: draw.invitations,
    cutoff: draw.cutoff,
  };
}

/** As a message to a reader has them, without what the title says already. */
function drawFacts(words: Words, draw: Draw): Row[] {
  const { number, type } = words.mail.labels;
  return facts(words, draw).rows.filter(([name]) => name !== number && name !== type);
}

function linkOf([section]: readonly Section[]): Link | null {
  if (section?.kind !== 'link' || section.href.length > LONGEST_LINK) return null;
  return { text: section.text, href: section.href };
}

/** Halves of characters, which JSON may carry, would make a service refuse the whole. */
function shown(telling: Telling): Telling {
  return {
    ...telling,
    title: telling.title.toWellFormed(),
    summary: telling.summary?.toWellFormed() ?? null,
    facts: telling.facts.map(([name, value]) => [orNothing(name), orNothing(value)]),
  };
}

function orNothing(text: string): string {
  return text.trim() === '' ? NOTHING : text.toWellFormed();
}
