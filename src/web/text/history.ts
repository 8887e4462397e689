// The list of languages that the history is in.

import type { Locale } from '../../match/notice.ts';
import { enHistory } from './en-history.ts';
import { frHistory } from './fr-history.ts';
import type { HistoryWords } from './history-words.ts';

export const HISTORY_WORDS: Record<Locale, HistoryWords> = { en: enHistory, fr: frHistory };
