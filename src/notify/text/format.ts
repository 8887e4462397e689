// verdict -> words: numbers, days and instants as each language writes them. Instants are shown in UTC.

import { dayStart } from '../../draw/calendar.ts';
import type { Locale } from '../../match/notice.ts';
import { remember } from '../../remember.ts';

/**
 * How many numbers, days and instants each language remembers the words for: the mails of an event name the same few,
 * and Intl is slow. Scores go up to 1,200.
 */
const REMEMBERED = 2_048;

export interface Formats {
  /** 2,000 and 2 000. */
  number(value: number): string;
  /** +8, 0, -12: a margin always shows its sign. */
  signed(value: number): string;
  /** May 31, 2024 and 31 mai 2024, of a `YYYY-MM-DD` day. */
  day(date: string): string;
  /** A day as above; an RFC 3339 instant with its time and the word UTC. */
  moment(text: string): string;
  /** The number with the noun in the form that goes with it: 1 point, 8 points. */
  count(value: number, one: string, other: string): string;
  /** A, B and C. */
  list(items: readonly string[]): string;
  /** A, B or C. */
  alternatives(items: readonly string[]): string;
}

interface Style {
  tag: string;
  /** Stands between a number and its noun. */
  space: string;
  time: Intl.DateTimeFormatOptions;
  joinTime(day: string, time: string): string;
  /** Mends what Intl does not know: in French the first of a month is 1er. */
  mendDay(day: string): string;
}

const STYLES: Record<Locale, Style> = {
  en: {
    tag: 'en-CA',
    space: ' ',
    time: { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
    joinTime: (day, time) => `${day} at ${time} UTC`,
    mendDay: (day) => day,
  },
  fr: {
    tag: 'fr-CA',
    space: '\u00a0',
    time: { timeStyle: 'medium', hourCycle: 'h23' },
    joinTime: (day, time) => `${day} à ${time.replace(/\s/g, '\u00a0')} UTC`,
    mendDay: (day) => day.replace(/^1(?=\s)/, '1er'),
  },
};

/** The formats of a language. Intl's formatters are slow to make, so each is made when first needed. */
export function formatsFor(locale: Locale): Formats {
  const { tag, space, time, joinTime, mendDay } = STYLES[locale];
  const formatter = {
    number: once(() => new Intl.NumberFormat(tag)),
    signed: once(() => new Intl.NumberFormat(tag, { signDisplay: 'exceptZero' })),
    day: once(() => new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeZone: 'UTC' })),
    time: once(() => new Intl.DateTimeFormat(tag, { ...time, timeZone: 'UTC' })),
    plural: once(() => new Intl.PluralRules(tag)),
    list: once(() => new Intl.ListFormat(tag, { type: 'conjunction' })),
    alternatives: once(() => new Intl.ListFormat(tag, { type: 'disjunction' })),
  };
  const dayOf = (date: Date) => mendDay(formatter.day().format(date));

  const numberOf = remember(REMEMBERED, (value: number) => formatter.number().format(value));
  const isOne = remember(REMEMBERED, (value: number) => formatter.plural().select(value) === 'one');
  return {
    number: numberOf,
    signed: remember(REMEMBERED, (value: number) => formatter.signed().format(value)),
    day: remember(REMEMBERED, (date: string) => dayOf(new Date(date))),
    moment: remember(REMEMBERED, (text: string) => {
      const at = new Date(text);
      return dayStart(text) === null ? joinTime(dayOf(at), formatter.time().format(at)) : dayOf(at);
    }),
    count(value, one, other) {
      return `${numberOf(value)}${space}${isOne(value) ? one : other}`;
    },
    list: (items) => formatter.list().format(items),
    alternatives: (items) => formatter.alternatives().format(items),
  };
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
