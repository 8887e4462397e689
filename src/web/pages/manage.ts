// A reader's own page: what is kept, and what can be done about it. Pure.

import { html } from 'hono/html';
import type { FormFaults, RawForm } from '../profile-form.ts';
import type { View } from '../site.ts';
import { PAGE_WORDS } from '../text/index.ts';
import { MANAGE_WORDS } from '../text/manage.ts';
import type { Done } from '../text/manage-words.ts';
import { faultSummary, tickField } from './fields.ts';
import type { Html, Page } from './frame.ts';
import { messagePage, writeButton } from './message.ts';
import { faultsHeading, subscriptionFaults, toldFields } from './subscribe-fields.ts';

/** The field that says which of the page's forms was sent, and what stands in it. */
export const ACTION = 'action';
export type Action = Done | 'leave' | 'send-another';
/** The box without which nobody leaves. */
export const SURE = 'sure';

/** The reader, as far as it cannot be changed in a field. */
export interface Own {
  email: string;
  paused: boolean;
}

/** What came of what was sent. */
export interface Outcome {
  done?: Done;
  faults?: FormFaults;
  /** Leaving was asked for without the tick. */
  notSure?: boolean;
  /** Why nothing was done, in a sentence. */
  refusal?: string;
}

export function managePage(view: View, { email, paused }: Own, raw: RawForm, outcome: Outcome = {}): Page {
  const words = MANAGE_WORDS[view.locale];
  const { done, faults = new Map(), notSure = false, refusal } = outcome;
  const told = [
    ...subscriptionFaults(view, faults),
    ...(notSure ? [{ name: SURE, text: words.leave.notSure }] : []),
  ];
  return {
    title: words.title,
    inLanguage: null,
    body: html`${faultSummary(faultsHeading(view, told), told)}${
      refusal === undefined ? '' : html`<p class="fault" role="alert">${refusal}</p>\n`
    }${done === undefined ? '' : html`<p role="status"><strong>${words.done[done]}</strong></p>\n`}<p>${words.goesTo(email)}${
      paused ? html` <strong>${words.paused}</strong>` : ''
    }</p>
<form method="post">
${toldFields(view, raw, faults)}<button name="${ACTION}" value="${'save' satisfies Action}">${words.save}</button>
</form>
${pauseOrResume(view, paused)}${exportLink(view)}${leaving(view, notSure)}`,
  };
}

/** The link is the reader's, but too old to show anything of them. */
export function expiredPage(view: View): Page {
  const { expired, sendAnother } = MANAGE_WORDS[view.locale];
  return messagePage(expired, writeButton(sendAnother, ACTION, 'send-another' satisfies Action));
}

function pauseOrResume({ locale }: View, paused: boolean): Html {
  const action: Action = paused ? 'resume' : 'pause';
  const { heading, text, button } = MANAGE_WORDS[locale][action];
  return html`<section>
<h2>${heading}</h2>
<p>${text}</p>
${writeButton(button, ACTION, action)}</section>
`;
}

function exportLink({ locale, at, to }: View): Html {
  const { heading, text, link } = MANAGE_WORDS[locale].export;
  return html`<section>
<h2>${heading}</h2>
<p>${text}</p>
<p><a href="${to(`${at}/export.json`)}">${link}</a></p>
</section>
`;
}

function leaving({ locale }: View, notSure: boolean): Html {
  const { heading, sure, notSure: fault, button } = MANAGE_WORDS[locale].leave;
  return html`<section>
<h2>${heading}</h2>
${PAGE_WORDS[locale].unsubscribe.ask.lines.slice(1).map((line) => html`<p>${line}</p>\n`)}<form method="post">
${tickField({
  name: SURE,
  label: sure,
  value: 'yes',
  checked: false,
  required: true,
  fault: notSure ? fault : undefined,
})}<button name="${ACTION}" value="${'leave' satisfies Action}">${button}</button>
</form>
</section>
`;
}
