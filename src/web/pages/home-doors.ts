// What a visitor can do here, as the home page offers it. Pure.

import { html } from 'hono/html';
import { PATHS } from '../paths.ts';
import type { View } from '../site.ts';
import { HOME_WORDS } from '../text/home.ts';
import { feedLine } from './feed-links.ts';
import type { Html } from './frame.ts';

/** Files know nobody and send nothing, so a static site offers its feeds in the place of mails. */
export function writeDoors(view: View): Html {
  const { locale, site, to } = view;
  const { doors } = HOME_WORDS[locale];
  const served = site.kind === 'served';
  return html`<div class="cards doors">
${served ? writeMailDoor(view) : writeFeedDoor(view)}<section>
<h2>${doors.check.heading}</h2>
<p>${served ? doors.check.text : doors.check.textInBrowser}</p>
<p><a class="button second" href="${to(PATHS.check(locale))}">${doors.check.link}</a></p>
</section>
</div>
`;
}

function writeMailDoor({ locale, to }: View): Html {
  const { mail } = HOME_WORDS[locale].doors;
  return html`<section>
<h2>${mail.heading}</h2>
<p>${mail.text}</p>
<p><a class="button" href="${to(PATHS.subscribe(locale))}">${mail.link}</a></p>
</section>
`;
}

function writeFeedDoor(view: View): Html {
  const { feeds } = HOME_WORDS[view.locale].doors;
  return html`<section>
<h2>${feeds.heading}</h2>
<p>${feeds.text}</p>
${feedLine(view, 'draws')}</section>
`;
}
