// a link in a mail -> a sign-up confirmed: the page that shows what is confirmed, and the one POST that does it.

import type { Context, Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { readLink, signLink } from '../../notify/tokens.ts';
import { inTransaction } from '../../store/open.ts';
import { confirmReader, findReader, type ReaderState } from '../../store/readers.ts';
import type { WebContext } from '../context.ts';
import { readForm } from '../form.ts';
import { preferredLocale } from '../language.ts';
import { againPage, confirmedPage, confirmPage, SEEN } from '../pages/confirm.ts';
import type { Page } from '../pages/frame.ts';
import { messagePage } from '../pages/message.ts';
import { rawFormOf, textIn } from '../profile-form.ts';
import { sameSite } from '../same-site.ts';
import { sendMessage, sendPage, viewHere } from '../send.ts';
import { CONFIRM_WORDS } from '../text/confirm.ts';

/** Without a token, as when a link was cut, it helps as it does with a wrong one. */
const PATHS = ['/confirm/:token?', '/confirm/'];

/** `GET` changes nothing: programs that look through mails open every link. `POST` confirms what the page showed. */
export function addConfirm(pages: Hono, web: WebContext): void {
  const { db, now, secrets } = web.deps;

  pages.on('GET', PATHS, async (c) => {
    const link = readLink('confirm', c.req.param('token') ?? '', secrets, now());
    if (link === null) return refuse(c, web, 404);
    return standsAt(c, web, link, await findReader(db, link.reader), false);
  });

  pages.on('POST', PATHS, sameSite(web), async (c) => {
    const link = readLink('confirm', c.req.param('token') ?? '', secrets, now());
    if (link === null) return refuse(c, web, 404);
    const form = await readForm(c.req.raw);
    if (form === 'too-large') return sendMessage(c, web, 413, (words) => words.tooLarge);
    const seen = form === 'broken' ? '' : textIn(rawFormOf(form), SEEN);
    const { outcome, reader } = await inTransaction(db, async (trx) => ({
      outcome: link.expired ? 'gone' : await confirmReader(trx, link.reader, seen, now().toISOString()),
      reader: await findReader(trx, link.reader),
    }));
    if (outcome === 'gone' && reader?.status === 'pending') return refuse(c, web, 410);
    if (outcome !== 'confirmed' || reader === undefined) return standsAt(c, web, link, reader, true);
    // Whoever had the link has the mail it came in: every one leads to that page.
    const [secret = ''] = secrets;
    const manage = `/manage/${signLink('manage', reader.key, secret, now())}`;
    const view = viewHere(c, web, reader.locale);
    return sendPage(c, view, 200, confirmedPage(view, manage));
  });
}

/** Where a sign-up stands; `changed`: it is not what was to be confirmed, and is asked about again. */
function standsAt(
  c: Context,
  web: WebContext,
  { expired }: { expired: boolean },
  reader: ReaderState | undefined,
  changed: boolean,
): Response {
  const isOver = reader?.status === 'suppressed' || (expired && reader?.status === 'pending');
  if (reader === undefined || isOver) return refuse(c, web, 410);
  const view = viewHere(c, web, reader.locale);
  const page = (code: ContentfulStatusCode, made: Page) => sendPage(c, view, code, made);
  if (reader.status !== 'pending') return page(200, messagePage(CONFIRM_WORDS[view.locale].already));
  const { email, locale, notify, profile, changedAt } = reader;
  return page(
    changed ? 409 : 200,
    confirmPage(view, { email, locale, notify, ...profile }, changedAt, { changed }),
  );
}

/** Nothing is said of anybody: 404 for a token that is nobody's, 410 for one whose time is over. */
function refuse(c: Context, web: WebContext, status: 404 | 410): Response {
  const view = viewHere(c, web, preferredLocale(c));
  const { over, unknownLink } = CONFIRM_WORDS[view.locale];
  return sendPage(c, view, status, againPage(view, status === 410 ? over : unknownLink));
}
