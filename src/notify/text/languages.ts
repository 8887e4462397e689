// The list of languages. A new one is one file here and one line below.

import type { Locale } from '../../match/notice.ts';
import { en } from './en.ts';
import { fr } from './fr.ts';
import type { Words } from './words.ts';

export const LANGUAGES: Record<Locale, Words> = { en, fr };
