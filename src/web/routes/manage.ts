// a link in a mail -> a reader's own page: who may see it, and what is handed out there.

import type { Context, Hono } from 'hono';
import { readLink } from '../../notify/tokens.ts';
import { exportReader } from '../../store/readers.ts';
import type { WebContext } from '../context.ts';
import { readForm } from '../form.ts';
import { preferredLocale } from '../language.ts';
import { MINUTE } from '../limits.ts';
import { openNetworkLimiter } from '../network.ts';
import { changeOwn, findOwn, type OwnReader, sendAnother, showOwn, turnAway } from '../own-page.ts';
import { rawFormOf } from '../profile-form.ts';
import { sameSite } from '../same-site.ts';
import { sendMessage } from '../send.ts';
import { SUBSCRIBE_WORDS } from '../text/subscribe.ts';

/** Without a token, as when a link was cut, it helps as it does with a wrong one. */
const PATHS = ['/manage/:token?', '/manage/'];
const EXPORT = '/manage/:token/export.json';
const FORMS = { most: 60, per: 10 * MINUTE };

/** `GET` shows and hands out, and changes nothing; every change is a `POST` of one of the page's own forms. */
export function addManage(pages: Hono, web: WebContext): void {
  const formsWait = openNetworkLimiter(web.deps, FORMS);

  pages.on('GET', PATHS, async (c) => {
    const visit = await visitOf(c, web);
    return visit.kind === 'own' ? showOwn(c, web, visit.reader, 200) : turnAway(c, web, visit.kind);
  });

  pages.get(EXPORT, async (c) => {
    const visit = await visitOf(c, web);
    if (visit.kind !== 'own') return turnAway(c, web, visit.kind);
    const kept = await exportReader(web.deps.db, visit.reader.key);
    return c.body(`${JSON.stringify(kept, null, 2)}\n`, 200, {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Disposition': 'attachment; filename="drawbell.json"',
    });
  });

  pages.on('POST', PATHS, sameSite(web), async (c) => {
    const form = await readForm(c.req.raw);
    if (form === 'too-large') return sendMessage(c, web, 413, (words) => words.tooLarge);
    const raw = rawFormOf(form === 'broken' ? [] : form);
    const visit = await visitOf(c, web);
    if (visit.kind === 'unknown' || visit.kind === 'nobody') return turnAway(c, web, visit.kind);
    const wait = formsWait(c);
    if (wait !== null) {
      c.header('Retry-After', String(wait));
      if (visit.kind === 'expired') return turnAway(c, web, 'expired', 429);
      const refusal = SUBSCRIBE_WORDS[visit.reader.locale].tooMany(Math.ceil(wait / 60));
      return showOwn(c, web, visit.reader, 429, { refusal }, raw);
    }
    return visit.kind === 'own'
      ? changeOwn(c, web, visit.reader, raw)
      : sendAnother(c, web, visit.name, raw, preferredLocale(c));
  });
}

/** `own`: whoever holds the link may do anything there. `name`: the opaque one that an old link was made for. */
type Visit =
  | { kind: 'own'; reader: OwnReader }
  | { kind: 'expired'; name: string }
  | { kind: 'unknown' }
  | { kind: 'nobody' };

async function visitOf(c: Context, { deps: { db, secrets, now } }: WebContext): Promise<Visit> {
  const link = readLink('manage', c.req.param('token') ?? '', secrets, now());
  if (link === null) return { kind: 'unknown' };
  // Whoever finds an old link learns nothing by it, not even whether there is still somebody.
  if (link.expired) return { kind: 'expired', name: link.reader };
  const reader = await findOwn(db, link.reader);
  return reader ? { kind: 'own', reader } : { kind: 'nobody' };
}
