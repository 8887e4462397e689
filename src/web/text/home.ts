// The home page's words, by language.

import type { Locale } from '../../match/notice.ts';
import { enHome } from './en-home.ts';
import { frHome } from './fr-home.ts';
import type { HomeWords } from './home-words.ts';

export const HOME_WORDS: Record<Locale, HomeWords> = { en: enHome, fr: frHome };
