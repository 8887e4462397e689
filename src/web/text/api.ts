// The page about feeds and the API, in the languages that pages are in.

import type { Locale } from '../../match/notice.ts';
import type { ApiWords } from './api-words.ts';
import { enApi } from './en-api.ts';
import { frApi } from './fr-api.ts';

export const API_WORDS: Record<Locale, ApiWords> = { en: enApi, fr: frApi };
