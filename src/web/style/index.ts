// How the pages look: one small style sheet, whose name changes with what is in it, so that it can be kept for good.

import { createHash } from 'node:crypto';
import { API } from './api.ts';
import { BASE } from './base.ts';
import { CHART } from './chart.ts';
import { DRAW } from './draw.ts';
import { FORMS } from './forms.ts';
import { HOME } from './home.ts';
import { PRINT } from './print.ts';
import { TABLES } from './tables.ts';

export const STYLE = pack([BASE, HOME, TABLES, FORMS, CHART, DRAW, API, PRINT].join(''));

export const STYLE_PATH = `/style-${createHash('sha256').update(STYLE).digest('hex').slice(0, 12)}.css`;

/** A bell, in the colours of the pages. */
export const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#0b57b7"/>' +
  '<path fill="#fff" d="M16 5a2 2 0 0 1 2 2v.6a7.5 7.5 0 0 1 5.500 7.200V20l2 3v1h-19v-1l2-3v-5.200a7.500 7.500 0 0 1 5.500-7.200V7a2 2 0 0 1 2-2zm-3 20.500h6a3 3 0 0 1-6 0z"/></svg>';

/** Without the space that only people need. No text of a rule may hold a space beside one of these signs. */
function pack(style: string): string {
  return style
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};]) ?/g, '$1')
    .replace(/([:,]) /g, '$1')
    .trim();
}
