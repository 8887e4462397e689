// a form of a reader's own page -> what it asks for, and the page that says so.

import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { queueWithinLimits } from '../journey/admit.ts';
import type { Locale } from '../match/notice.ts';
import { inTransaction } from '../store/open.ts';
import { changeReader, findReader, pauseReader, type ReaderState } from '../store/readers.ts';
import type { DbOrTrx } from '../store/schema.ts';
import { unsubscribe } from '../store/suppressions.ts';
import type { WebContext } from './context.ts';
import { preferredLocale } from './language.ts';
import { againPage } from './pages/confirm.ts';
import { ACTION, type Action, expiredPage, managePage, type Outcome, SURE } from './pages/manage.ts';
import { messagePage } from './pages/message.ts';
import { presentAt } from './present.ts';
import { type RawForm, textIn } from './profile-form.ts';
import { sendMessage, sendPage, viewHere } from './send.ts';
import { readToldForm, writeToldForm } from './subscription-form.ts';
import { MANAGE_WORDS } from './text/manage.ts';
import type { Done } from './text/manage-words.ts';

/** A reader whose page this is: not pending, not suppressed. */
export type OwnReader = ReaderState;

/** `undefined`: there is nobody of this name whose page there could be. */
export async function findOwn(db: DbOrTrx, name: string): Promise<OwnReader | undefined> {
  const reader = await findReader(db, name);
  return reader?.status === 'active' || reader?.status === 'paused' ? reader : undefined;
}

/** The page, in the reader's language; `raw`: what was written into its fields, else what is kept. */
export function showOwn(
  c: Context,
  web: WebContext,
  reader: OwnReader,
  status: ContentfulStatusCode,
  outcome: Outcome = {},
  raw?: RawForm,
): Response {
  const { email, locale, notify, profile } = reader;
  const view = viewHere(c, web, locale);
  const own = { email, paused: reader.status === 'paused' };
  // A form for something else has none of the fields.
  const fields = raw?.has('locale') ? raw : writeToldForm({ locale, notify, ...profile });
  return sendPage(c, view, status, managePage(view, own, fields, outcome));
}

/** Says nothing of anybody: 404 for a token that is nobody's, 410 for one whose time, or whose reader, is gone. */
export function turnAway(
  c: Context,
  web: WebContext,
  why: 'unknown' | 'nobody' | 'expired',
  status: 404 | 410 | 429 = why === 'unknown' ? 404 : 410,
): Response {
  const view = viewHere(c, web, preferredLocale(c));
  const words = MANAGE_WORDS[view.locale];
  const page =
    why === 'expired'
      ? expiredPage(view)
      : why === 'nobody'
        ? againPage(view, words.nobody)
        : messagePage(words.unknownLink);
  return sendPage(c, view, status, page);
}

/** A link that is too old may have a new one sent to where it came from; the answer is the same if nobody is there. */
export async function sendAnother(
  c: Context,
  web: WebContext,
  name: string,
  raw: RawForm,
  locale: Locale,
): Promise<Response> {
  const { db, now, wake } = web.deps;
  if (textIn(raw, ACTION) !== ('send-another' satisfies Action)) return turnAway(c, web, 'expired');
  await inTransaction(db, async (trx) => {
    const reader = await findOwn(trx, name);
    if (reader) await queueWithinLimits(trx, reader.id, 'manage', now());
  });
  wake();
  return sendPage(c, viewHere(c, web, locale), 202, messagePage(MANAGE_WORDS[locale].another));
}

/** Does what the form asks for; what no form of the page asks for is refused with 400. */
export function changeOwn(
  c: Context,
  web: WebContext,
  reader: OwnReader,
  raw: RawForm,
): Response | Promise<Response> {
  switch (textIn(raw, ACTION) as Action) {
    case 'save':
      return save(c, web, reader, raw);
    case 'pause':
      return pause(c, web, reader, true);
    case 'resume':
      return pause(c, web, reader, false);
    case 'leave':
      return leave(c, web, reader, raw);
    default:
      return showOwn(c, web, reader, 400, { refusal: MANAGE_WORDS[reader.locale].notUnderstood });
  }
}

async function save(c: Context, web: WebContext, reader: OwnReader, raw: RawForm): Promise<Response> {
  const { db, now } = web.deps;
  const { told, faults } = readToldForm(raw, await presentAt(now()));
  if (faults.size > 0) return showOwn(c, web, reader, 422, { faults }, raw);
  const isDone = await changeReader(db, reader.key, told, now().toISOString());
  return showDone(c, web, reader, isDone, 'save');
}

async function pause(c: Context, web: WebContext, reader: OwnReader, wanted: boolean): Promise<Response> {
  const { db, now } = web.deps;
  const at = now().toISOString();
  const isDone = await inTransaction(db, (trx) => pauseReader(trx, reader.key, wanted, at));
  return showDone(c, web, reader, isDone, wanted ? 'pause' : 'resume');
}

async function leave(c: Context, web: WebContext, reader: OwnReader, raw: RawForm): Promise<Response> {
  const { db, now } = web.deps;
  if (textIn(raw, SURE) !== 'yes') return showOwn(c, web, reader, 422, { notSure: true });
  await inTransaction(db, (trx) => unsubscribe(trx, reader.key, now().toISOString()));
  return sendMessage(c, web, 200, (words) => words.unsubscribe.done, { locale: reader.locale });
}

/** As it is now. Meanwhile the reader may have left by another link. */
async function showDone(
  c: Context,
  web: WebContext,
  { key }: OwnReader,
  isDone: boolean,
  done: Done,
): Promise<Response> {
  const reader = isDone ? await findReader(web.deps.db, key) : undefined;
  return reader === undefined ? turnAway(c, web, 'nobody') : showOwn(c, web, reader, 200, { done });
}
