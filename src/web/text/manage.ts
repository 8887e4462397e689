// The list of languages that a reader's own page is in.

import type { Locale } from '../../match/notice.ts';
import { enManage } from './en-manage.ts';
import { frManage } from './fr-manage.ts';
import type { ManageWords } from './manage-words.ts';

export const MANAGE_WORDS: Record<Locale, ManageWords> = { en: enManage, fr: frManage };
