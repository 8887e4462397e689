// What feeds say of themselves, in the languages that pages are in.

import type { Locale } from '../../match/notice.ts';
import { LANGUAGES } from '../../notify/text/languages.ts';
import type { FeedWords } from './feeds-words.ts';

const NB = '\u00a0';

const aboutIn = (locale: Locale) =>
  `${LANGUAGES[locale].mail.notAdvice} ${LANGUAGES[locale].mail.copyOfFigures}`;

export const FEED_WORDS: Record<Locale, FeedWords> = {
  en: {
    title: (type) => (type === null ? 'Express Entry draws' : `Express Entry draws: ${type}`),
    description: aboutIn('en'),
  },
  fr: {
    title: (type) => (type === null ? 'Rondes d’Entrée express' : `Rondes d’Entrée express${NB}: ${type}`),
    description: aboutIn('fr'),
  },
};
