// The fields that a subscription is asked for with: when signing up, and on the reader's own page. Pure.

import { html, raw as unescaped } from 'hono/html';
import { NOTICE_KINDS } from '../../match/profile.ts';
import { type FormFaults, type RawForm, textIn } from '../profile-form.ts';
import type { View } from '../site.ts';
import { NEAR_MISS_BOX } from '../subscription-form.ts';
import { PAGE_WORDS } from '../text/index.ts';
import { PROFILE_WORDS } from '../text/profile.ts';
import { SUBSCRIBE_WORDS } from '../text/subscribe.ts';
import type { SubscriptionField } from '../text/subscribe-words.ts';
import { type FieldFault, fieldset, radioField, textField, tickField } from './fields.ts';
import type { Html } from './frame.ts';
import { detailFields, profileFaults, scoreFields } from './profile-fields.ts';

/** One language is right, and each says its name in itself. */
function localeField(view: View, raw: RawForm, faults: FormFaults): Html {
  return radioField({
    ...about(view, 'locale', faults),
    value: textIn(raw, 'locale'),
    options: Object.entries(PAGE_WORDS).map(([locale, { frame }]) => [locale, frame.language] as const),
  });
}

/** A box for each kind, with the points of a near miss below its own. */
function noticeFields(view: View, raw: RawForm, faults: FormFaults): Html {
  const { notices } = SUBSCRIBE_WORDS[view.locale];
  const ticked = raw.get('notify') ?? [];
  const boxes = NOTICE_KINDS.map((kind) => {
    const isNearMiss = kind === 'near-miss:N';
    const value = isNearMiss ? NEAR_MISS_BOX : kind;
    const checked = ticked.includes(value);
    const box = tickField({ name: 'notify', id: `notify-${value}`, label: notices[kind], value, checked });
    return isNearMiss ? html`${box}<div class="inset">${pointsField(view, raw, faults)}</div>\n` : box;
  });
  return fieldset(about(view, 'notify', faults), html`${boxes}`);
}

function pointsField(view: View, raw: RawForm, faults: FormFaults): Html {
  const value = textIn(raw, 'nearMiss');
  return textField({ ...about(view, 'nearMiss', faults), value, inputmode: 'numeric' });
}

/** What of a profile most people leave out; open where something is written in it, or wrong. */
function moreFields(view: View, raw: RawForm, faults: FormFaults): Html {
  const { more, moreHint } = SUBSCRIBE_WORDS[view.locale];
  const names = [...raw, ...faults].map(([name]) => name);
  const open = names.some((name) => MORE.test(name) && (faults.has(name) || textIn(raw, name) !== ''));
  return html`<details${open ? unescaped(' open') : ''}>
<summary>${more}</summary>
<p class="hint">${moreHint}</p>
${detailFields(view, raw, faults)}</details>
`;
}

const MORE =
  /^(profileSubmittedAt|programs|nominated|frenchNclc7|experience|militaryRecruit|(noc|months|continuous|inCanada)-\d+)$/;

/** All that a reader tells, but for the address and the consent. */
export function toldFields(view: View, raw: RawForm, faults: FormFaults): Html {
  return html`${scoreFields(view, raw, faults)}${moreFields(view, raw, faults)}${noticeFields(view, raw, faults)}${localeField(view, raw, faults)}`;
}

/** What is wrong with the whole form, in the order of its fields, for a summary above it. */
export function subscriptionFaults(view: View, faults: FormFaults): FieldFault[] {
  const words = SUBSCRIBE_WORDS[view.locale].faults;
  const own = (names: readonly SubscriptionField[]) =>
    names.filter((name) => faults.has(name)).map((name) => ({ name, text: words[name] }));
  return [
    ...own(['email']),
    ...profileFaults(view, faults),
    ...own(['locale', 'notify', 'nearMiss', 'consent']),
  ];
}

/** Says how many there are. */
export function faultsHeading(view: View, faults: readonly FieldFault[]): string {
  return PROFILE_WORDS[view.locale].faultsHeading(faults.length);
}

/** What each field of a subscription has. */
export function about(view: View, name: SubscriptionField, faults: FormFaults) {
  const { labels, hints, faults: words } = SUBSCRIBE_WORDS[view.locale];
  const hint = (hints as Partial<Record<SubscriptionField, string>>)[name];
  return {
    name,
    label: labels[name],
    ...(hint === undefined ? {} : { hint }),
    fault: faults.has(name) ? words[name] : undefined,
  };
}
