// Forms as a browser on these pages sends them, and the readers that they make.

import type { Hono } from 'hono';
import { admitSignUps } from '../../src/journey/admit.ts';
import { type Purpose, signLink } from '../../src/notify/tokens.ts';
import type { Db } from '../../src/store/schema.ts';
import { findSubscriber, type Subscriber } from '../../src/store/subscribers.ts';
import { CONSENT_VERSION } from '../../src/web/text/subscribe-consent.ts';
import { NOW, SECRET } from './world.ts';

export const ORIGIN = 'https://draws.example.org';
/** What no other site can have a browser say. */
export const FROM_HERE = { Origin: ORIGIN, 'Sec-Fetch-Site': 'same-origin' };

export type Fields = Record<string, string | readonly string[]>;

/** A sign-up with nothing wrong. */
export const SIGN_UP: Fields = {
  email: 'chen@example.org',
  crs: '522',
  crsAsOf: '2024-05-01',
  notify: ['invited', 'near-miss', 'correction'],
  nearMiss: '12',
  locale: 'en',
  website: '',
  consent: CONSENT_VERSION,
};

export function bodyOf(fields: Fields): URLSearchParams {
  return new URLSearchParams(
    Object.entries(fields).flatMap(([name, value]) =>
      [value].flat().map((one) => [name, one] as [string, string]),
    ),
  );
}

/** Sends a form from one of these pages, unless `headers` say something else. */
export async function sendForm(
  app: Hono,
  path: string,
  fields: Fields,
  headers: Record<string, string> = FROM_HERE,
): Promise<Response> {
  return app.request(path, { method: 'POST', body: bodyOf(fields), headers });
}

/** The path of the link in a letter; without `from` one of now. */
export function letterLink(purpose: Purpose, reader: string, from = NOW, secret = SECRET): string {
  return `/${purpose}/${signLink(purpose, reader, secret, new Date(from))}`;
}

/** Signs up, and what happens then: who it is, waiting to be confirmed. */
export async function signUp(db: Db, app: Hono, fields: Fields = {}): Promise<Subscriber> {
  const all = { ...SIGN_UP, ...fields };
  await sendForm(app, '/en/subscribe/', all);
  await admitSignUps({ db, now: () => new Date(NOW) });
  const reader = await findSubscriber(db, String(all.email));
  if (reader === undefined) throw new Error('nobody signed up');
  return reader;
}

/** The value of the hidden field by which a page says what it showed. */
export function seenOn(page: string): string {
  return /name="changedAt" value="([^"]*)"/.exec(page)?.[1] ?? '';
}
