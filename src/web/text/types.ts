// The list of languages that the pages of types are in.

import type { Locale } from '../../match/notice.ts';
import { enTypes } from './en-types.ts';
import { frTypes } from './fr-types.ts';
import type { TypesWords } from './types-words.ts';

export const TYPES_WORDS: Record<Locale, TypesWords> = { en: enTypes, fr: frTypes };
