// what is missing -> links to the fields of the form that would decide it. Pure.

import { html } from 'hono/html';
import type { MissingField } from '../../match/reason.ts';
import { LANGUAGES } from '../../notify/text/languages.ts';
import type { View } from '../site.ts';
import { CHECK_WORDS } from '../text/check.ts';
import { PROFILE_WORDS } from '../text/profile.ts';
import type { ProfileField } from '../text/profile-words.ts';
import type { Html } from './frame.ts';

/** Where each can be given: what it is called there, and the field of the form. A detail of work: in the first row. */
const PLACES: Record<MissingField, readonly [ProfileField, name: string]> = {
  crs: ['crs', 'crs'],
  crsAsOf: ['crsAsOf', 'crsAsOf'],
  profileSubmittedAt: ['profileSubmittedAt', 'profileSubmittedAt'],
  programs: ['programs', 'programs'],
  nominated: ['nominated', 'nominated'],
  frenchNclc7: ['frenchNclc7', 'frenchNclc7'],
  experience: ['experience', 'experience'],
  'experience.continuous': ['continuous', 'continuous-1'],
  'experience.inCanada': ['inCanada', 'inCanada-1'],
  militaryRecruit: ['militaryRecruit', 'militaryRecruit'],
};

/** `missing` is not empty. */
export function missingLinks({ locale }: View, missing: readonly MissingField[]): Html {
  const { labels } = PROFILE_WORDS[locale];
  return html`<h3>${LANGUAGES[locale].mail.headings.missing}</h3>
<p>${CHECK_WORDS[locale].give}</p>
<ul>${missing.map((field) => {
    const [label, name] = PLACES[field];
    return html`<li><a href="#${name}">${labels[label]}</a></li>\n`;
  })}</ul>
`;
}
