// The words of the page that compares a profile with draws, by language.

import type { Locale } from '../../match/notice.ts';
import type { CheckWords } from './check-words.ts';
import { enCheck } from './en-check.ts';
import { frCheck } from './fr-check.ts';

export const CHECK_WORDS: Record<Locale, CheckWords> = { en: enCheck, fr: frCheck };
