// a link in a mail -> no more mails: the page with the button, and the one POST that both it and mail programs send.

import type { Context, Hono } from 'hono';
import { readUnsubscribe } from '../../notify/tokens.ts';
import { inTransaction } from '../../store/open.ts';
import type { DbOrTrx } from '../../store/schema.ts';
import { readerLocale } from '../../store/subscribers.ts';
import { unsubscribe } from '../../store/suppressions.ts';
import type { WebContext } from '../context.ts';
import { type Form, readForm } from '../form.ts';
import { writeButton } from '../pages/message.ts';
import { sendMessage } from '../send.ts';
import type { PageWords } from '../text/words.ts';

/** Without a token, as when a link was cut, it helps as it does with a wrong one. */
const PATHS = ['/unsubscribe/:token?', '/unsubscribe/'];
/** RFC 8058: the body of the one-click POST, and what the button sends. */
const FIELD = 'List-Unsubscribe';
const VALUE = 'One-Click';

/** `GET` asks, and changes nothing; `POST` does it at once, as often as it comes. */
export function addUnsubscribe(pages: Hono, web: WebContext): void {
  const { db, now, secrets } = web.deps;
  pages.on('GET', PATHS, async (c) => {
    const reader = readerOf(c, secrets);
    if (reader === null) return refuseLink(c, web);
    return sendMessage(c, web, 200, (words) => words.unsubscribe.ask, await withButton(db, reader));
  });

  // No look at where it comes from: mail programs are no pages of ours, and RFC 8058 gives them nothing but the link.
  pages.on('POST', PATHS, async (c) => {
    const reader = readerOf(c, secrets);
    if (reader === null) return refuseLink(c, web);
    const form = await readForm(c.req.raw);
    if (form === 'too-large') return sendMessage(c, web, 413, (words) => words.tooLarge);
    if (form === 'broken' || !asksToEnd(form))
      return sendMessage(
        c,
        web,
        400,
        (words) => words.unsubscribe.notUnderstood,
        await withButton(db, reader),
      );
    const locale = await inTransaction(db, async (trx) => {
      const known = await readerLocale(trx, reader);
      await unsubscribe(trx, reader, now().toISOString());
      return known;
    });
    // Whoever is gone already cannot be told from somebody who never was: both hear the same.
    return sendMessage(c, web, 200, (words) => words.unsubscribe.done, { locale });
  });
}

/** The reader's opaque name, if the token is whole and ours. */
function readerOf(c: Context, secrets: readonly string[]): string | null {
  const token = c.req.param('token') ?? '';
  // Nothing before it, nothing behind it: here it is no subject of a mail.
  return /^\w+\.[\w-]+$/.test(token) ? readUnsubscribe(token, secrets) : null;
}

function refuseLink(c: Context, web: WebContext): Response {
  return sendMessage(c, web, 404, (words) => words.unsubscribe.unknownLink);
}

async function withButton(db: DbOrTrx, reader: string) {
  const action = (words: PageWords) => writeButton(words.unsubscribe.button, FIELD, VALUE);
  return { locale: await readerLocale(db, reader), action };
}

/** Exactly what a mail program sends, or what a bare button would. */
function asksToEnd(form: Form): boolean {
  const [field, ...more] = form;
  if (field === undefined) return true;
  const [name, value] = field;
  return more.length === 0 && name === FIELD && typeof value === 'string' && value.trim() === VALUE;
}
