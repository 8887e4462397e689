// a form on a static page -> the answer in its place, by the same code as a server's. What it is of the browser comes in.

import { html } from 'hono/html';
import type { Locale } from '../../match/notice.ts';
import { answerForm } from '../pages/check-answer.ts';
import { CHECK_ID, checkBody } from '../pages/check-body.ts';
import { PATHS } from '../paths.ts';
import { rawFormOf } from '../profile-form.ts';
import { viewOf } from '../site.ts';
import { CHECK_WORDS } from '../text/check.ts';
import { CHECK_DATA_PATH, readCheckData } from './data.ts';
import type { Browser, PageElement } from './page.ts';

/** What a reader is led to: what is wrong, or else the answer. */
const LED_TO = '#faults, #answer';
const NO_DATA = 'no-data';

/** Answers the form of the page from now on. */
export function startCheck(locale: Locale, browser: Browser): void {
  const place = browser.document.querySelector(`#${CHECK_ID}`);
  if (place === null) return;
  choose(place, new URLSearchParams(browser.search).get('draw'));
  // The form is made anew with each answer: its place stays.
  place.addEventListener('submit', (event) => {
    event.preventDefault();
    void answer(locale, browser, place, [...browser.fieldsOf(event.target)]);
  });
}

async function answer(
  locale: Locale,
  browser: Browser,
  place: PageElement,
  fields: readonly (readonly [string, unknown])[],
): Promise<void> {
  const view = viewOf(
    { kind: 'static', origin: null, sender: null, operator: null },
    locale,
    PATHS.check(locale),
  );
  const data = await browser
    .load(view.to(CHECK_DATA_PATH))
    .then(readCheckData)
    .catch(() => null);
  if (data === null) return tellNoData(place, CHECK_WORDS[locale].noData);
  const state = answerForm(rawFormOf(fields), data, { now: browser.now(), occupations: data.occupations });
  place.innerHTML = String(checkBody(view, data, state));
  place.querySelector(LED_TO)?.focus();
}

/** The draw that a link asked for, where the list has it. */
function choose(place: PageElement, asked: string | null): void {
  const list = place.querySelector('select');
  if (asked === null || list === null) return;
  const before = list.value;
  list.value = asked;
  if (list.value !== asked) list.value = before;
}

/** Above the form, which stays as it is. */
function tellNoData(place: PageElement, words: string): void {
  if (place.querySelector(`#${NO_DATA}`) === null)
    place.insertAdjacentHTML(
      'afterbegin',
      String(html`<p class="notice" id="${NO_DATA}" role="alert" tabindex="-1">${words}</p>\n`),
    );
  place.querySelector(`#${NO_DATA}`)?.focus();
}
