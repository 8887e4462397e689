// The feeds of draws, as a page names them to programs and to people. Pure.

import { html } from 'hono/html';
import type { DrawType } from '../../draw/draw-type.ts';
import type { Locale } from '../../match/notice.ts';
import { FEED_FORMATS, type FeedFormat, PATHS } from '../paths.ts';
import type { View } from '../site.ts';
import { HOME_WORDS } from '../text/home.ts';
import type { Html, Page } from './frame.ts';

export const FEEDS: Record<FeedFormat, { name: string; type: string }> = {
  atom: { name: 'Atom', type: 'application/atom+xml' },
  rss: { name: 'RSS', type: 'application/rss+xml' },
  json: { name: 'JSON Feed', type: 'application/feed+json' },
  ics: { name: 'iCalendar', type: 'text/calendar' },
};

/** Of all draws, for programs. */
export function drawFeeds(locale: Locale): NonNullable<Page['feeds']> {
  return feedsNamed(locale, HOME_WORDS[locale].feedTitle, 'draws');
}

/** Of all draws or those of a type, for programs; `name`: what each is called beside its format. */
export function feedsNamed(locale: Locale, name: string, of: DrawType | 'draws'): NonNullable<Page['feeds']> {
  return FEED_FORMATS.map((format) => ({
    title: `${name} (${FEEDS[format].name})`,
    path: PATHS.feed(locale, format, of),
    type: FEEDS[format].type,
  }));
}

/** The same for people, in one line. */
export function feedLine({ locale, to }: View, of: DrawType | 'draws'): Html {
  return html`<p>${FEED_FORMATS.map(
    (format, index) =>
      html`${index === 0 ? '' : ' · '}<a href="${to(PATHS.feed(locale, format, of))}">${FEEDS[format].name}</a>`,
  )}</p>
`;
}
