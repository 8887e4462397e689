// The page on which anybody can compare a profile with the draws. Pure.

import { html } from 'hono/html';
import { PATHS } from '../paths.ts';
import type { View } from '../site.ts';
import { CHECK_WORDS } from '../text/check.ts';
import type { CheckMaterial, CheckState } from './check-answer.ts';
import { CHECK_ID, checkBody } from './check-body.ts';
import { answerHeading } from './check-verdicts.ts';
import type { Page } from './frame.ts';

/**
 * `script`: what answers the form on a static site, where nobody else does; `refusal`: why what was sent was not
 * answered, where its fields are not at fault.
 */
export function checkPage(
  view: View,
  material: CheckMaterial,
  state: CheckState,
  script?: string,
  refusal?: string,
): Page {
  const { title, description, noScript } = CHECK_WORDS[view.locale];
  return {
    title,
    ...(state.answer === null ? {} : { answer: answerHeading(view, state.answer) }),
    description,
    inLanguage: PATHS.check,
    room: 'check',
    body: html`${
      script === undefined ? '' : html`<noscript><p class="notice">${noScript}</p></noscript>\n`
    }${refusal === undefined ? '' : html`<p class="notice" role="alert">${refusal}</p>\n`}<div id="${CHECK_ID}">
${checkBody(view, material, state)}</div>
`,
    ...(script === undefined ? {} : { script }),
  };
}
