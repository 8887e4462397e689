// The page on which a sign-up is confirmed: what stands there, and the button. Pure.

import { html } from 'hono/html';
import { NEAR_MISS } from '../../match/preference.ts';
import type { Subscription } from '../../match/profile.ts';
import { LANGUAGES } from '../../notify/text/languages.ts';
import { PATHS } from '../paths.ts';
import type { View } from '../site.ts';
import { CONFIRM_WORDS } from '../text/confirm.ts';
import { PAGE_WORDS } from '../text/index.ts';
import { SUBSCRIBE_WORDS } from '../text/subscribe.ts';
import type { NoticeKind } from '../text/subscribe-words.ts';
import type { Text } from '../text/words.ts';
import type { Html, Page } from './frame.ts';
import { messagePage } from './message.ts';
import { profileFacts } from './profile-facts.ts';

/** The field that says which state of the sign-up a page showed. */
export const SEEN = 'changedAt';

/** `changed`: it is shown again, as it was not what had been seen. */
export function confirmPage(
  view: View,
  subscription: Subscription,
  changedAt: string,
  { changed }: { changed: boolean },
): Page {
  const words = CONFIRM_WORDS[view.locale];
  const { title, lines } = words.ask;
  return {
    title,
    inLanguage: null,
    body: html`${changed ? html`<p role="alert"><strong>${words.changed}</strong></p>\n` : ''}${lines.map(
      (line) => html`<p>${line}</p>\n`,
    )}${facts(view, subscription)}<form method="post"><input type="hidden" name="${SEEN}" value="${changedAt}"><button>${words.button}</button></form>
<p class="quiet">${words.notYou}</p>
`,
  };
}

/** `manage`: where the reader's own page is. */
export function confirmedPage(view: View, manage: string): Page {
  const { done } = CONFIRM_WORDS[view.locale];
  const link = html`<p><a href="${view.to(manage)}">${LANGUAGES[view.locale].mail.manage}</a></p>\n`;
  return messagePage(done, link);
}

/** A page that leads back to the form for signing up. */
export function againPage(view: View, text: Text): Page {
  const { again } = CONFIRM_WORDS[view.locale];
  return messagePage(text, html`<p><a href="${view.to(PATHS.subscribe(view.locale))}">${again}</a></p>\n`);
}

/** All of it: somebody else may have signed the address up, and told of themselves. */
function facts(view: View, { email, notify, locale: language, ...profile }: Subscription): Html {
  const { locale } = view;
  const { crs, crsAsOf } = profile;
  const { labels, noted, notTold } = CONFIRM_WORDS[locale];
  const { number, day } = LANGUAGES[locale];
  const score = crs === undefined ? notTold : number(crs);
  return html`<dl class="facts">
<dt>${labels.address}</dt><dd>${email}</dd>
<dt>${labels.language}</dt><dd>${PAGE_WORDS[language].frame.language}</dd>
<dt>${labels.score}</dt><dd>${crs === undefined || crsAsOf === undefined ? score : noted(score, day(crsAsOf))}</dd>
${profileFacts(view, profile)}<dt>${labels.notices}</dt><dd><ul>${notify.map((kind) => html`<li>${noticeName(locale, kind)}</li>\n`)}</ul></dd>
</dl>
`;
}

function noticeName(locale: View['locale'], kind: string): string {
  const { notices, nearMissOf } = SUBSCRIBE_WORDS[locale];
  if (kind.startsWith(NEAR_MISS)) return nearMissOf(Number(kind.slice(NEAR_MISS.length)));
  return notices[kind as NoticeKind];
}
