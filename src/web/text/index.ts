// The list of languages that pages are in.

import type { Locale } from '../../match/notice.ts';
import { en } from './en.ts';
import { fr } from './fr.ts';
import type { PageWords } from './words.ts';

export const PAGE_WORDS: Record<Locale, PageWords> = { en, fr };

export const LOCALES = Object.keys(PAGE_WORDS) as readonly Locale[];
