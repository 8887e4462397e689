// The list of languages in which a sign-up is confirmed.

import type { Locale } from '../../match/notice.ts';
import type { ConfirmWords } from './confirm-words.ts';
import { enConfirm } from './en-confirm.ts';
import { frConfirm } from './fr-confirm.ts';

export const CONFIRM_WORDS: Record<Locale, ConfirmWords> = { en: enConfirm, fr: frConfirm };
