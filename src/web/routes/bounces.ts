// a mail provider -> the list of addresses that get nothing: one door for each, open only where it has a key.

import type { Context, Hono } from 'hono';
import { inTransaction } from '../../store/open.ts';
import { fetchText } from '../bounces/fetch-text.ts';
import { openMail } from '../bounces/mail.ts';
import { openMailgun } from '../bounces/mailgun.ts';
import type { ReadMessage, Refusal } from '../bounces/message.ts';
import { openPostmark } from '../bounces/postmark.ts';
import { record } from '../bounces/report.ts';
import { readSes } from '../bounces/ses.ts';
import { openSns } from '../bounces/sns.ts';
import type { WebContext } from '../context.ts';
import type { WebDeps } from '../deps.ts';
import { readBytes } from '../form.ts';
import { HOUR, openLimiter } from '../limits.ts';

/** The operator hears of each kind of trouble at a door once in this time: a flood must not fill the log. */
const TOLD = { most: 1, per: HOUR };

/** Whoever knocks learns whether it was let in, and nothing of any address. A door without a key is not there. */
export function addBounces(pages: Hono, { deps }: WebContext): void {
  const { db, now, warn } = deps;
  const limiter = openLimiter(TOLD);

  function turnAway(c: Context, path: string, { status, why, tell }: Refusal): Response {
    if (tell && limiter.take(`${path} ${why}`, now()) === null)
      warn(`what came to ${path} was not taken: ${why} (said once an hour)`);
    if (status === 401) c.header('WWW-Authenticate', 'Basic realm="drawbell"');
    return c.text(`${why}\n`, status);
  }

  for (const [path, read] of doors(deps)) {
    pages.post(path, async (c) => {
      const bytes = await readBytes(c.req.raw).catch(() => undefined);
      if (bytes === undefined) return c.text('the body did not come to its end\n', 400);
      if (bytes === null) return c.text('the body is larger than 64 KB\n', 413);
      const at = now();
      const reading = await read({ bytes, header: (name) => c.req.header(name), now: at });
      if (reading.refusal) return turnAway(c, path, reading.refusal);
      const { reports } = reading;
      if (reports.length > 0) await inTransaction(db, (trx) => record(trx, reports, at.toISOString()));
      reading.done?.();
      return c.text('taken\n', 200);
    });
  }
}

/** By path. */
function doors({ bounces, fetchText: fetchBy = fetchText }: WebDeps): [string, ReadMessage][] {
  const { sesTopic: topic, postmark, mailgun, secret } = bounces;
  const open: [string, ReadMessage][] = [];
  if (topic !== null) open.push(['/bounces/ses', openSns({ topic, fetchText: fetchBy, read: readSes })]);
  if (postmark !== null) open.push(['/bounces/postmark', openPostmark(postmark)]);
  if (mailgun !== null) open.push(['/bounces/mailgun', openMailgun(mailgun)]);
  if (secret !== null) open.push(['/bounces/mail', openMail(secret)]);
  return open;
}
