// Confirming a sign-up by the link in a mail: only the POST does it, once, and of what the page showed.

import { describe, expect, it } from 'vitest';
import { signUnsubscribe } from '../../src/notify/tokens.ts';
import { findReader } from '../../src/store/readers.ts';
import { suppress, suppressedAmong, unsubscribe } from '../../src/store/suppressions.ts';
import { countRows } from '../support/store.ts';
import { type Fields, letterLink, seenOn, sendForm, signUp } from './forms.ts';
import { headingOf, NOW, openWebWorld, SECRET } from './world.ts';

const LONG_AGO = '2024-05-24T15:59:59.000Z';
const ALMOST_TOO_OLD = '2024-05-24T16:00:01.000Z';

/** Somebody signed up and has the mail. */
async function openSignedUp(fields: Fields = {}) {
  const world = await openWebWorld();
  const { key } = await signUp(world.db, world.app, fields);
  const link = letterLink('confirm', key);
  const page = async (path = link) => (await world.app.request(path)).text();
  const confirm = async (changedAt: string, path = link) => sendForm(world.app, path, { changedAt });
  const status = async () => (await findReader(world.db, key))?.status;
  return { ...world, key, link, page, confirm, status };
}

describe('the page behind the link', () => {
  it('shows what is confirmed, and a button', async () => {
    const { app, link } = await openSignedUp();

    const answer = await app.request(link);

    const page = await answer.text();
    expect(answer.status).toBe(200);
    expect(headingOf(page)).toBe('Confirm your sign-up');
    for (const part of [
      '<dd>chen@example.org</dd>',
      '<dd>English</dd>',
      '<dd>522, noted on May 1, 2024</dd>',
      '<li>draws in which you would have been invited</li>',
      '<li>near misses: draws you missed by at most 12 points</li>',
      '<li>corrections that change an answer you were given</li>',
      '<form method="post">',
    ])
      expect(page).toContain(part);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('x-robots-tag')).toBe('noindex');
  });

  it('shows all that was told of a profile, and nothing of what was not', async () => {
    const told = {
      profileSubmittedAt: '2024-03-19 18:58:58',
      programs: ['cec', 'fsw'],
      frenchNclc7: 'no',
      'noc-1': '31301',
      'months-1': '14',
      'continuous-1': 'yes',
      'inCanada-1': 'no',
    };
    const { page } = await openSignedUp(told);
    const { page: other } = await openSignedUp({ locale: 'fr', programs: ['none'], experience: 'none' });

    const [english, french] = [await page(), await other()];

    for (const part of [
      '<dd>March 19, 2024 at 18:58:58 UTC</dd>',
      '<dd>Canadian Experience Class and Federal Skilled Worker Program</dd>',
      '<dt>Is your French at NCLC 7 or better in all four abilities?</dt><dd>No</dd>',
      '<li>31301, Months: 14, At least six of them without a break? Yes, In Canada? No</li>',
    ])
      expect(english).toContain(part);
    expect(english).not.toContain('nomination');
    expect(french).toContain('<dd>Aucun de ces programmes</dd>');
    expect(french).not.toContain('NCLC');
  });

  it('is in the language that was chosen, whatever the browser asks for', async () => {
    const { app, link } = await openSignedUp({ locale: 'fr', crs: '', crsAsOf: '' });

    const answer = await app.request(link, { headers: { 'Accept-Language': 'en' } });

    const page = await answer.text();
    expect(headingOf(page)).toBe('Confirmer votre inscription');
    expect(page).toContain('<dd>non indiquée</dd>');
    expect(answer.headers.get('content-language')).toBe('fr');
  });

  it.each(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'])('changes nothing by %s', async (method) => {
    const { app, db, link, status } = await openSignedUp();
    const before = await countRows(db);

    await app.request(`${link}?changedAt=${NOW}`, { method });

    expect(await status()).toBe('pending');
    expect(await countRows(db)).toEqual(before);
  });
});

describe('the button', () => {
  it('confirms, says so, and leads to the reader’s own page', async () => {
    const { app, page, confirm, key, db } = await openSignedUp();

    const answer = await confirm(seenOn(await page()));

    const text = await answer.text();
    const reader = await findReader(db, key);
    expect(answer.status).toBe(200);
    expect(headingOf(text)).toBe('You are signed up');
    expect(reader).toMatchObject({ status: 'active', consentAt: NOW, consentHow: 'sign-up' });
    const own = /href="\.\.(\/manage\/[^"]+)"/.exec(text)?.[1] ?? '';
    expect(headingOf(await (await app.request(own)).text())).toBe('Your subscription');
  });

  it('lets whoever had unsubscribed have messages again', async () => {
    const world = await openWebWorld();
    await unsubscribe(world.db, world.amina, NOW);
    const { key } = await signUp(world.db, world.app, { email: 'amina@example.org' });
    const link = letterLink('confirm', key);

    await sendForm(world.app, link, { changedAt: seenOn(await (await world.app.request(link)).text()) });

    expect((await findReader(world.db, key))?.status).toBe('active');
    expect(await suppressedAmong(world.db, ['amina@example.org'])).toEqual(new Set());
  });

  it('says the second time that it is done, without a way in', async () => {
    const { page, confirm, status } = await openSignedUp();
    const seen = seenOn(await page());
    await confirm(seen);

    const answers = [await confirm(seen), await confirm('')];

    for (const answer of answers) {
      const text = await answer.text();
      expect(answer.status).toBe(200);
      expect(headingOf(text)).toBe('This is confirmed already');
      expect(text).not.toContain('/manage/');
      expect(text).not.toContain('chen');
    }
    expect(headingOf(await page())).toBe('This is confirmed already');
    expect(await status()).toBe('active');
  });

  it.each(['', '2024-05-31', 'now'])(
    'shows the page again with 409 where what it showed is no more what stands there: %j',
    async (seen) => {
      const { confirm, status } = await openSignedUp();

      const answer = await confirm(seen);

      const page = await answer.text();
      expect(answer.status).toBe(409);
      expect(page).toContain('signed up anew since this page was opened');
      expect(seenOn(page)).toBe(NOW);
      expect(await status()).toBe('pending');
    },
  );

  it('does not confirm what a stranger told of the address meanwhile', async () => {
    const { app, db, page, confirm, key } = await openSignedUp();
    const seen = seenOn(await page());
    await db.updateTable('subscribers').set({ changed_at: LONG_AGO }).where('key', '=', key).execute();
    await signUp(db, app, { crs: '600' });

    const answer = await confirm(LONG_AGO);

    expect(answer.status).toBe(409);
    expect(await answer.text()).toContain('600, noted on');
    expect(seen).toBe(NOW);
  });
});

describe('a link whose time is over', () => {
  it('works until its seventh day is over, and not a second longer', async () => {
    const { confirm, page, key, status } = await openSignedUp();
    const old = letterLink('confirm', key, LONG_AGO);
    const young = letterLink('confirm', key, ALMOST_TOO_OLD);

    const late = await confirm(NOW, old);
    const latePage = await page(old);
    const statusThen = await status();
    const inTime = await confirm(NOW, young);

    expect(late.status).toBe(410);
    expect(headingOf(latePage)).toBe('This link no longer works');
    expect(latePage).toContain('href="../en/subscribe/"');
    expect(latePage).not.toContain('chen');
    expect(statusThen).toBe('pending');
    expect(inTime.status).toBe(200);
  });

  it('says to whoever has confirmed that they have', async () => {
    const { confirm, page, key } = await openSignedUp();
    await confirm(seenOn(await page()));

    const text = await page(letterLink('confirm', key, LONG_AGO));

    expect(headingOf(text)).toBe('This is confirmed already');
  });

  it('is answered with 410 also where the sign-up is gone, or the address may not be written to', async () => {
    const { app, db, link, confirm, status } = await openSignedUp();
    const nobody = letterLink('confirm', '0123456789abcdef01234567');
    await suppress(db, 'chen@example.org', { reason: 'bounced' }, NOW);

    const answers = [
      await app.request(nobody),
      await confirm(NOW, nobody),
      await app.request(link),
      await confirm(NOW),
    ];

    expect(answers.map((answer) => answer.status)).toEqual([410, 410, 410, 410]);
    expect([undefined, 'suppressed']).toContain(await status());
  });
});

describe('an address that may not be written to any more', () => {
  it('is not confirmed, although its sign-up still stands', async () => {
    const { db, confirm, key, status } = await openSignedUp();
    await suppress(db, 'dara@example.org', { reason: 'complained' }, NOW);
    const dara = { email: 'dara@example.org', address: 'dara@example.org' };
    await db.updateTable('subscribers').set(dara).where('key', '=', key).execute();

    const answer = await confirm(NOW);

    expect(answer.status).toBe(410);
    expect(await answer.text()).not.toContain('dara');
    expect(await status()).toBe('pending');
  });
});

describe('a token', () => {
  it('with any one character changed is nobody’s', async () => {
    const { app, link, confirm, status } = await openSignedUp();
    const start = '/confirm/'.length;
    const changed = [...link.slice(start)].map((character, index) => {
      const other = character === 'a' ? 'b' : 'a';
      return link.slice(0, start + index) + other + link.slice(start + index + 1);
    });

    const statuses: number[] = [];
    for (const path of changed)
      statuses.push((await app.request(path)).status, (await confirm(NOW, path)).status);

    expect(statuses.length).toBeGreaterThan(140);
    expect(statuses.filter((code) => code !== 404)).toEqual([]);
    expect(await status()).toBe('pending');
  });

  it.each<[string, (key: string) => string]>([
    ['for the reader’s own page', (key) => letterLink('manage', key).replace('manage', 'confirm')],
    ['for unsubscribing', (key) => `/confirm/${signUnsubscribe(key, SECRET)}`],
    ['signed with another secret', (key) => letterLink('confirm', key, NOW, `${SECRET}.`)],
    ['that is empty', () => '/confirm/'],
    ['that is not there', () => '/confirm'],
    ['with a tail', (key) => `${letterLink('confirm', key)}%00`],
  ])('%s confirms nothing: 404, and a page that helps', async (_what, linkOf) => {
    const { app, key, confirm, status } = await openSignedUp();
    const link = linkOf(key);

    const answers = [await app.request(link), await confirm(NOW, link)];

    for (const answer of answers) {
      expect(answer.status).toBe(404);
      expect(headingOf(await answer.text())).toBe('This link does not work');
    }
    expect(await status()).toBe('pending');
  });
});
