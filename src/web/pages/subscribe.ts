// The page on which people sign up. Pure.

import { html } from 'hono/html';
import { PATHS } from '../paths.ts';
import { type FormFaults, type RawForm, textIn } from '../profile-form.ts';
import type { View } from '../site.ts';
import { TRAP } from '../subscription-form.ts';
import { SUBSCRIBE_WORDS } from '../text/subscribe.ts';
import { CONSENT_VERSION, consentWords } from '../text/subscribe-consent.ts';
import { faultSummary, textField, tickField } from './fields.ts';
import type { Html, Page } from './frame.ts';
import { messagePage } from './message.ts';
import { about, faultsHeading, subscriptionFaults, toldFields } from './subscribe-fields.ts';

/** `refusal`: why what was sent was not taken, beside what is wrong with its fields. */
export function subscribePage(view: View, raw: RawForm, faults: FormFaults, refusal?: string): Page {
  const { title, description, lead } = SUBSCRIBE_WORDS[view.locale];
  const told = subscriptionFaults(view, faults);
  return {
    title,
    description,
    inLanguage: PATHS.subscribe,
    room: 'subscribe',
    body: html`${faultSummary(faultsHeading(view, told), told)}${
      refusal === undefined ? '' : html`<p class="fault" role="alert">${refusal}</p>\n`
    }${lead.map((line) => html`<p>${line}</p>\n`)}${signUpForm(view, raw, faults)}`,
  };
}

/** Where no mail can lead back: says so. */
export function closedPage(view: View): Page {
  const { closed } = SUBSCRIBE_WORDS[view.locale];
  return { ...messagePage(closed), inLanguage: PATHS.subscribe, room: 'subscribe' };
}

/** The same whoever the address belongs to. */
export function sentPage(view: View): Page {
  return { ...messagePage(SUBSCRIBE_WORDS[view.locale].sent), room: 'subscribe' };
}

/** Posts to the page for it, from wherever it stands. The tick for the consent is there only where it has been made. */
export function signUpForm(view: View, raw: RawForm, faults: FormFaults): Html {
  const { locale, site, to } = view;
  const { button } = SUBSCRIBE_WORDS[locale];
  return html`<form method="post" action="${to(PATHS.subscribe(locale))}">
${textField({
  ...about(view, 'email', faults),
  value: textIn(raw, 'email'),
  type: 'email',
  autocomplete: 'email',
  required: true,
})}${toldFields(view, raw, faults)}${tickField({
  ...about(view, 'consent', faults),
  label: consentWords(locale, site),
  value: CONSENT_VERSION,
  checked: textIn(raw, 'consent') === CONSENT_VERSION,
  required: true,
})}${trap(view)}<button>${button}</button>
</form>
`;
}

/** People neither see it nor come across it. */
function trap({ locale }: View): Html {
  return html`<div class="trap" aria-hidden="true"><label for="${TRAP}">${SUBSCRIBE_WORDS[locale].trap}</label>
<input id="${TRAP}" name="${TRAP}" type="text" value="" tabindex="-1" autocomplete="off"></div>
`;
}
