// a profile in a form -> what the draws mean for it, on the same page. Nothing is kept of it.

import type { Hono } from 'hono';
import type { Locale } from '../../match/notice.ts';
import type { WebContext } from '../context.ts';
import { readForm } from '../form.ts';
import { checkPage } from '../pages/check.ts';
import { answerForm, openForm } from '../pages/check-answer.ts';
import { PATHS } from '../paths.ts';
import { presentAt } from '../present.ts';
import { rawFormOf } from '../profile-form.ts';
import { sameSite } from '../same-site.ts';
import { sendMessage, sendPage, sendPrinted } from '../send.ts';
import { viewOf } from '../site.ts';
import { CHECK_WORDS } from '../text/check.ts';
import { LOCALES } from '../text/index.ts';

/** `GET` shows the form, with `?draw=` one draw chosen. `POST` answers it. */
export function addCheck(pages: Hono, web: WebContext): void {
  for (const locale of LOCALES) addLocale(pages, web, locale);
}

function addLocale(pages: Hono, web: WebContext, locale: Locale): void {
  const { site, shelf, deps } = web;
  const view = viewOf(site, locale, PATHS.check(locale));

  pages.get(view.at, async (c) => {
    const archive = await shelf.archive();
    const state = openForm(archive, c.req.query('draw') ?? null);
    const page = () => checkPage(view, archive, state);
    if (state.faults.size > 0) return sendPage(c, view, 404, page());
    // Of a draw that is known: of what else could be asked for there is no end.
    const name = `${view.at}?${state.raw.get('draw')?.[0] ?? ''}`;
    return sendPrinted(c, web, view, [archive], page, { name });
  });

  pages.post(view.at, sameSite(web), async (c) => {
    const form = await readForm(c.req.raw);
    if (form === 'too-large') return sendMessage(c, web, 413, (words) => words.tooLarge);
    const archive = await shelf.archive();
    if (form === 'broken') return sendPage(c, view, 400, checkPage(view, archive, openForm(archive, null)));
    const raw = rawFormOf(form);
    const wait = web.checksWait(c);
    if (wait !== null) {
      c.header('Retry-After', String(wait));
      const state = { raw, faults: new Map(), answer: null };
      return sendPage(c, view, 429, checkPage(view, archive, state, undefined, CHECK_WORDS[locale].tooMany));
    }
    const state = answerForm(raw, archive, await presentAt(deps.now()));
    return sendPage(c, view, state.answer === null ? 422 : 200, checkPage(view, archive, state));
  });
}
