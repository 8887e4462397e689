// The words of the page about these pages, by language.

import type { Locale } from '../../match/notice.ts';
import type { AboutWords } from './about-words.ts';
import { enAbout } from './en-about.ts';
import { frAbout } from './fr-about.ts';

export const ABOUT_WORDS: Record<Locale, AboutWords> = { en: enAbout, fr: frAbout };
