// a form -> a sign-up, noted for whoever sends the mail that asks to confirm it.

import { createHmac, randomBytes } from 'node:crypto';
import type { Context, Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Locale } from '../../match/notice.ts';
import { pageLink } from '../../notify/text/way-out.ts';
import { noteSignUp } from '../../store/signups.ts';
import { addressOf } from '../../store/suppressions.ts';
import type { WebContext } from '../context.ts';
import { readForm } from '../form.ts';
import { DAY, HOUR, MINUTE, openLimiter } from '../limits.ts';
import { openNetworkLimiter } from '../network.ts';
import type { Page } from '../pages/frame.ts';
import { closedPage, sentPage, subscribePage } from '../pages/subscribe.ts';
import { PATHS } from '../paths.ts';
import { presentAt } from '../present.ts';
import { type RawForm, rawFormOf, textIn } from '../profile-form.ts';
import { sameSite } from '../same-site.ts';
import { sendMessage, sendPage, sendPrinted } from '../send.ts';
import { viewOf } from '../site.ts';
import { emptyToldForm, readSignUpForm, TRAP } from '../subscription-form.ts';
import { LOCALES } from '../text/index.ts';
import { SUBSCRIBE_WORDS } from '../text/subscribe.ts';
import { CONSENT_VERSION, consentWords } from '../text/subscribe-consent.ts';

/** Also of forms with faults: somebody may need a few tries, and an office has many people. */
const FORMS = { most: 60, per: 10 * MINUTE };
/** Each is a mail to somebody who has not agreed to anything yet. */
const FROM_NETWORK = { most: 20, per: HOUR };
const FROM_ALL = { most: 600, per: HOUR };
const TO_ADDRESS = { most: 3, per: DAY };

const ALL = 'all';

/** `GET` shows the form. `POST` answers in the same way, after the same work, whoever the address belongs to. */
export function addSubscribe(pages: Hono, web: WebContext): void {
  const limits = openLimits(web);
  for (const locale of LOCALES) addLocale(pages, web, locale, limits);
}

function addLocale(pages: Hono, web: WebContext, locale: Locale, limits: SignUpLimits): void {
  const { site, deps } = web;
  const view = viewOf(site, locale, PATHS.subscribe(locale));
  // Without an address that mails can lead back to, nobody could confirm.
  const open = pageLink(deps.publicUrl, 'confirm', '') !== null;
  const blank = emptyToldForm(locale);

  pages.get(view.at, (c) =>
    sendPrinted(c, web, view, [], () => (open ? subscribePage(view, blank, new Map()) : closedPage(view))),
  );

  pages.post(view.at, sameSite(web), async (c) => {
    const send = (status: ContentfulStatusCode, page: Page) => sendPage(c, view, status, page);
    const form = await readForm(c.req.raw);
    if (form === 'too-large') return sendMessage(c, web, 413, (words) => words.tooLarge);
    if (!open) return send(503, closedPage(view));
    if (form === 'broken') return send(400, subscribePage(view, blank, new Map()));
    const raw = rawFormOf(form);
    const refuse = (wait: number) => {
      c.header('Retry-After', String(wait));
      const refusal = SUBSCRIBE_WORDS[locale].tooMany(Math.ceil(wait / 60));
      return send(429, subscribePage(view, raw, new Map(), refusal));
    };
    const formsWait = limits.ofForms(c);
    if (formsWait !== null) return refuse(formsWait);

    const { subscription, faults } = readSignUpForm(raw, await presentAt(deps.now()), CONSENT_VERSION);
    if (faults.size > 0) return send(422, subscribePage(view, raw, faults));
    const wait = limits.ofSignUps(c);
    if (wait !== null) return refuse(wait);

    if (isByPerson(raw) && limits.mayReach(subscription.email)) {
      const consent = { consentWords: consentWords(locale, site), consentVersion: CONSENT_VERSION };
      await noteSignUp(deps.db, { subscription, ...consent }, deps.now().toISOString()).catch((error) => {
        // Whoever tries again must not be told that a mail is under way for nothing.
        limits.wasNotReached(subscription.email);
        throw error;
      });
      deps.wake();
    }
    return send(202, sentPage(view));
  });
}

/** Programs that fill in whatever has a name give themselves away. */
function isByPerson(raw: RawForm): boolean {
  return textIn(raw, TRAP) === '';
}

interface SignUpLimits {
  /** Seconds to wait, as below. */
  ofForms(c: Context): number | null;
  ofSignUps(c: Context): number | null;
  mayReach(email: string): boolean;
  wasNotReached(email: string): void;
}

/** One set for both languages. */
function openLimits({ deps }: WebContext): SignUpLimits {
  const ofForms = openNetworkLimiter(deps, FORMS);
  const ofNetwork = openNetworkLimiter(deps, FROM_NETWORK);
  const ofAll = openLimiter(FROM_ALL);
  const ofAddress = openLimiter(TO_ADDRESS);
  // Addresses are not kept in memory either; whoever reads it finds nothing that says one.
  const key = randomBytes(32);
  const hashOf = (email: string) => createHmac('sha256', key).update(addressOf(email)).digest('base64url');
  return {
    ofForms,
    ofSignUps: (c) => ofNetwork(c) ?? ofAll.take(ALL, deps.now()),
    mayReach: (email) => ofAddress.take(hashOf(email), deps.now()) === null,
    wasNotReached: (email) => ofAddress.giveBack(hashOf(email)),
  };
}
