// a form -> a subscription: what people write when they sign up, or on their own page. Pure.

import type { Locale } from '../match/notice.ts';
import { NEAR_MISS } from '../match/preference.ts';
import { DEFAULT_NOTIFY, type Present, Subscription } from '../match/profile.ts';
import { type FaultKind, type RawForm, readProfileForm, textIn, writeProfileForm } from './profile-form.ts';

/** What can be changed of a subscription: all but the address. */
export type Told = Omit<Subscription, 'email'>;

/** Of the box for near misses, whose points stand in the field `nearMiss`. */
export const NEAR_MISS_BOX = 'near-miss';
/** In points, where nothing else is written. */
const NEAR_MISS_POINTS = '10';
/** What people do not see, and programs that fill in everything fill in. */
export const TRAP = 'website';

/** What somebody wants and tells of their profile; of no use where there are faults, by the names of fields. */
export function readToldForm(raw: RawForm, present: Present): { told: Told; faults: Map<string, FaultKind> } {
  const { profile, faults: profileFaults } = readProfileForm(raw, present);
  const faults = new Map(profileFaults);
  const points = textIn(raw, 'nearMiss');
  const asked = raw.get('notify') ?? [];
  const wanted = asked.map((kind) => (kind === NEAR_MISS_BOX ? `${NEAR_MISS}${points}` : kind));
  const notify = Subscription.shape.notify.safeParse([...new Set(wanted)]);
  if (asked.includes(NEAR_MISS_BOX) && !/^[1-9]\d{0,2}$/.test(points)) faults.set('nearMiss', 'wrong');
  else if (!notify.success) faults.set('notify', 'wrong');
  const locale = Subscription.shape.locale.safeParse(textIn(raw, 'locale'));
  if (!locale.success) faults.set('locale', 'wrong');
  return { told: { locale: locale.data ?? 'en', notify: notify.data ?? [], ...profile }, faults };
}

/** The same with the address, and the consent to this version of its words. */
export function readSignUpForm(
  raw: RawForm,
  present: Present,
  consentVersion: string,
): { subscription: Subscription; faults: Map<string, FaultKind> } {
  const { told, faults } = readToldForm(raw, present);
  const email = Subscription.shape.email.safeParse(textIn(raw, 'email'));
  if (!email.success) faults.set('email', textIn(raw, 'email') === '' ? 'missing' : 'wrong');
  // Whoever wants nothing has no reason to sign up; on one's own page it is another way to pause.
  if (told.notify.length === 0 && !faults.has('nearMiss')) faults.set('notify', 'missing');
  if (textIn(raw, 'consent') !== consentVersion) faults.set('consent', 'missing');
  return { subscription: { email: email.data ?? '', ...told }, faults };
}

/** The form as it is before anything is written into it. */
export function emptyToldForm(locale: Locale): RawForm {
  return writeToldForm({ locale, notify: [...DEFAULT_NOTIFY] });
}

/** The form as it is filled in for this subscription. */
export function writeToldForm({ locale, notify, ...profile }: Told): RawForm {
  const nearMiss = notify.find((kind) => kind.startsWith(NEAR_MISS));
  return new Map<string, readonly string[]>([
    ['locale', [locale]],
    ['notify', notify.map((kind) => (kind === nearMiss ? NEAR_MISS_BOX : kind))],
    ['nearMiss', [nearMiss?.slice(NEAR_MISS.length) ?? NEAR_MISS_POINTS]],
    ...writeProfileForm(profile),
  ]);
}
