// The list of languages that the page of a draw is in.

import type { Locale } from '../../match/notice.ts';
import type { DrawPageWords } from './draw-words.ts';
import { enDraw } from './en-draw.ts';
import { frDraw } from './fr-draw.ts';

export const DRAW_WORDS: Record<Locale, DrawPageWords> = { en: enDraw, fr: frDraw };
