// Signing up: what is asked, what is noted, what is refused, and that nobody learns who is known here.

import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { DEFAULT_NOTIFY } from '../../src/match/profile.ts';
import { LINK_DAYS } from '../../src/notify/tokens.ts';
import { takeSignUps } from '../../src/store/signups.ts';
import { suppress } from '../../src/store/suppressions.ts';
import { signUpForm } from '../../src/web/pages/subscribe.ts';
import { viewOf } from '../../src/web/site.ts';
import { STYLE } from '../../src/web/style/index.ts';
import { emptyToldForm } from '../../src/web/subscription-form.ts';
import { CONSENT_VERSION, consentWords } from '../../src/web/text/subscribe-consent.ts';
import { countRows } from '../support/store.ts';
import { FROM_HERE, ORIGIN, SIGN_UP, sendForm, signUp } from './forms.ts';
import { headingOf, NOW, openWebWorld } from './world.ts';

const [EN, FR] = ['/en/subscribe/', '/fr/subscribe/'];
const SENDER = 'Draws of Example, 1 Example Street, Ottawa, post@example.org';

describe('the page to sign up on', () => {
  it.each([
    [EN, 'Get told what each draw means for you', 'en'],
    [FR, 'S’abonner aux messages', 'fr'],
  ])('%s is there, for everybody, in its language', async (path, heading, locale) => {
    const { app } = await openWebWorld();

    const answer = await app.request(path);

    const page = await answer.text();
    expect(answer.status).toBe(200);
    expect(headingOf(page)).toBe(heading);
    expect(page).toContain(
      `<input id="locale-${locale === 'en' ? 1 : 2}" name="locale" type="radio" value="${locale}" checked`,
    );
    expect(answer.headers.get('cache-control')).toContain('public');
    expect(answer.headers.get('etag')).not.toBeNull();
    expect(page.length).toBeLessThan(40_000);
  });

  it('has the usual notices ticked, and never the consent', async () => {
    const { app } = await openWebWorld();

    const page = await (await app.request(EN)).text();

    const ticked = [...page.matchAll(/<input[^>]*name="(\w+)" type="checkbox" value="([\w-]+)" checked/g)];
    expect(ticked.map(([, name]) => name)).toEqual(DEFAULT_NOTIFY.map(() => 'notify'));
    expect(ticked.map(([, , value]) => value).sort()).toEqual([...DEFAULT_NOTIFY].sort());
    expect(page).toMatch(/<input id="consent" name="consent" type="checkbox" value="1" required/);
  });

  it.each([
    [EN, 'en', 'I can withdraw this at any time'],
    [FR, 'fr', 'Je peux retirer ce consentement à tout moment'],
  ] as const)('%s says who asks, for what, and how it can be withdrawn', async (path, locale, withdrawn) => {
    const { app } = await openWebWorld();

    const page = await (await app.request(path)).text();

    const label = /<label for="consent">([^<]*)</.exec(page)?.[1];
    const site = {
      kind: 'served',
      origin: ORIGIN,
      sender: SENDER,
      operator: 'mailto:operator@example.org',
    } as const;
    expect(label).toBe(consentWords(locale, site));
    expect(label).toContain(SENDER);
    expect(label).toContain('operator@example.org');
    expect(label).not.toContain('mailto:');
    expect(label).toContain(withdrawn);
  });

  it('names the address of the installation where the operator gave no name', async () => {
    const { app } = await openWebWorld({ sender: null, operator: null });

    const page = await (await app.request(EN)).text();

    expect(/<label for="consent">([^<]*)</.exec(page)?.[1]).toContain(
      `the operator of the pages at ${ORIGIN}`,
    );
  });

  it('has a field that neither people nor what reads to them come across', async () => {
    const { app } = await openWebWorld();

    const page = await (await app.request(EN)).text();

    expect(page).toContain('<div class="trap" aria-hidden="true">');
    expect(page).toMatch(/<input id="website"[^>]* value="" tabindex="-1" autocomplete="off">/);
    expect(STYLE).toMatch(/\.trap ?\{ ?position: ?absolute; ?left: ?-\d+rem/);
  });

  it('has a form that works from any other page', () => {
    const site = { kind: 'served', origin: ORIGIN, sender: null, operator: null } as const;

    const actions = ['/en/', '/en/draws/ircc-297/', EN].map(
      (at) =>
        /action="([^"]*)"/.exec(
          String(signUpForm(viewOf(site, 'en', at), emptyToldForm('en'), new Map())),
        )?.[1],
    );

    expect(actions).toEqual(['../en/subscribe/', '../../../en/subscribe/', '../../en/subscribe/']);
  });

  it.each([null, 'http://draws.example.org'])(
    'says that nobody can sign up where the address is %s',
    async (publicUrl) => {
      const { app, db } = await openWebWorld({ publicUrl });
      const before = await countRows(db);

      const page = await (await app.request(EN)).text();
      const answer = await sendForm(app, EN, SIGN_UP);

      expect(headingOf(page)).toBe('Nobody can sign up here at present');
      expect(page).not.toContain('<form');
      expect(answer.status).toBe(503);
      expect(headingOf(await answer.text())).toBe('Nobody can sign up here at present');
      expect(await countRows(db)).toEqual(before);
    },
  );
});

describe('the words of the consent', () => {
  /** A new version belongs to new words: add it, and leave those before as they are. */
  const KNOWN: Record<string, string> = { 1: '6784be421f7afc9c' };

  it('have another version whenever they change', () => {
    const sites = [
      { sender: 'S', operator: 'https://o.example' },
      { sender: null, operator: null },
    ].map((site) => ({ kind: 'served', origin: 'https://d.example', ...site }) as const);
    const words = (['en', 'fr'] as const).flatMap((locale) =>
      sites.map((site) => consentWords(locale, site)),
    );

    const hash = createHash('sha256').update(words.join('\n')).digest('hex').slice(0, 16);

    expect(hash).toBe(KNOWN[CONSENT_VERSION]);
  });

  it('fit where they are kept, whatever the operator calls themselves, and are one line', () => {
    const site = {
      kind: 'served',
      origin: ORIGIN,
      sender: `${'x'.repeat(490)}\n\u202e</b>`,
      operator: `mailto:${'o'.repeat(300)}@example.org?subject=a`,
    } as const;

    const words = (['en', 'fr'] as const).map((locale) => consentWords(locale, site));

    expect(words.filter((text) => text.length > 2_000 || /[\n\u202e]/.test(text))).toEqual([]);
    expect(words.join()).not.toContain('subject');
  });
});

describe('a sign-up', () => {
  it('is noted with exactly the words that were agreed to, and whoever sends mails is woken', async () => {
    let woken = 0;
    const { app, db } = await openWebWorld({ wake: () => (woken += 1) });

    const answer = await sendForm(app, FR, { ...SIGN_UP, locale: 'fr', programs: 'cec', nominated: 'no' });

    const [signup, ...more] = await takeSignUps(db, 10);
    const page = await (await app.request(FR)).text();
    expect(answer.status).toBe(202);
    expect(more).toEqual([]);
    expect(signup).toEqual({
      subscription: {
        email: 'chen@example.org',
        locale: 'fr',
        notify: ['invited', 'near-miss:12', 'correction'],
        crs: 522,
        crsAsOf: '2024-05-01',
        programs: ['cec'],
        nominated: false,
      },
      consentWords: /<label for="consent">([^<]*)</.exec(page)?.[1],
      consentVersion: CONSENT_VERSION,
      at: NOW,
    });
    expect(woken).toBe(1);
  });

  it('needs no more than an address, a notice, a language and the consent', async () => {
    const { app, db } = await openWebWorld();
    const { email = '', locale = '', consent = '' } = SIGN_UP;

    const { status } = await sendForm(app, EN, {
      email: ` ${email}\t`,
      locale,
      consent,
      notify: 'every-draw',
    });

    const [signup] = await takeSignUps(db, 10);
    expect(status).toBe(202);
    expect(signup?.subscription).toEqual({ email, locale: 'en', notify: ['every-draw'] });
  });

  it('is answered with a page that promises no more than is true', async () => {
    const { app } = await openWebWorld();

    const answer = await sendForm(app, EN, SIGN_UP);

    const page = await answer.text();
    expect(headingOf(page)).toBe('Now look into your mail');
    expect(page).toContain(`The link works for ${LINK_DAYS.confirm} days.`);
    expect(page).not.toContain('chen');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('x-robots-tag')).toBe('noindex');
    expect(answer.headers.get('set-cookie')).toBeNull();
  });

  it.each<[string, Record<string, string | string[]>, string]>([
    ['no address', { email: '' }, 'email'],
    ['no mail address', { email: 'chen' }, 'email'],
    ['two addresses', { email: ['chen@example.org', 'dara@example.org'] }, 'email'],
    ['two addresses in one', { email: 'chen@example.org,dara@example.org' }, 'email'],
    ['an address with a name', { email: 'Chen <chen@example.org>' }, 'email'],
    ['an endless address', { email: `${'c'.repeat(250)}@example.org` }, 'email'],
    ['no language', { locale: '' }, 'locale'],
    ['another language', { locale: 'de' }, 'locale'],
    ['no notice', { notify: [] }, 'notify'],
    ['an unknown notice', { notify: ['invited', 'everything'] }, 'notify'],
    ['a near miss without points', { nearMiss: '' }, 'nearMiss'],
    ['a near miss of no points', { nearMiss: '0' }, 'nearMiss'],
    ['a near miss of too many points', { nearMiss: '1000' }, 'nearMiss'],
    ['no consent', { consent: '' }, 'consent'],
    ['a consent to other words', { consent: '0' }, 'consent'],
    ['a score that is too high', { crs: '1201' }, 'crs'],
    ['a day that is still to come', { crsAsOf: '2024-06-09' }, 'crsAsOf'],
    ['an occupation that does not exist', { 'noc-1': '99999', 'months-1': '12' }, 'noc-1'],
  ])(
    'with %s is shown again with 422, the fault beside its field and in the summary',
    async (_what, wrong, field) => {
      const { app, db } = await openWebWorld();
      const before = await countRows(db);

      const answer = await sendForm(app, EN, { ...SIGN_UP, ...wrong });

      const page = await answer.text();
      expect(answer.status).toBe(422);
      expect(page).toContain(`id="${field}-fault"`);
      expect(page).toContain(`<li><a href="#${field}">`);
      expect(page.match(/-fault">/g)?.length).toBeGreaterThan(0);
      expect(await countRows(db)).toEqual(before);
    },
  );

  it('that is shown again has every field as it was', async () => {
    const { app } = await openWebWorld();

    const page = await (
      await sendForm(app, EN, {
        ...SIGN_UP,
        email: 'chen@',
        crs: '12a',
        locale: 'fr',
        programs: ['cec', 'fst'],
        profileSubmittedAt: 'last year',
      })
    ).text();

    for (const value of ['chen@', '12a', '12', '2024-05-01', 'last year'])
      expect(page).toContain(`value="${value}"`);
    const ticked = [...page.matchAll(/<input id="([\w-]+)"[^>]* checked/g)].map(([, id]) => id);
    expect(ticked).toEqual([
      'programs-cec',
      'programs-fst',
      'notify-invited',
      'notify-near-miss',
      'notify-correction',
      'locale-2',
      'consent',
    ]);
    expect(page).toContain('<details open>');
  });

  it('does not ask for points where near misses are not ticked', async () => {
    const { app } = await openWebWorld();

    const { status } = await sendForm(app, EN, { ...SIGN_UP, notify: 'invited', nearMiss: 'many' });

    expect(status).toBe(202);
  });

  it('that is no form at all is shown anew with 400', async () => {
    const { app, db } = await openWebWorld();

    const answer = await app.request(EN, {
      method: 'POST',
      body: '{}',
      headers: { ...FROM_HERE, 'Content-Type': 'multipart/form-data' },
    });

    expect(answer.status).toBe(400);
    expect(await takeSignUps(db, 1)).toEqual([]);
  });

  it('that fills in what nobody sees is answered like any, and noted nowhere', async () => {
    let woken = 0;
    const { app, db } = await openWebWorld({ wake: () => (woken += 1) });
    const before = await countRows(db);

    const trapped = await sendForm(app, EN, { ...SIGN_UP, website: 'https://spam.example' });
    const after = await countRows(db);
    const honest = await sendForm(app, EN, SIGN_UP);

    expect(trapped.status).toBe(honest.status);
    expect(await trapped.text()).toBe(await honest.text());
    expect(after).toEqual(before);
    expect(woken).toBe(1);
  });
});

describe('whether an address is known', () => {
  /** One of each kind: reads messages, has a pause, has not confirmed, left, cannot be reached, and nobody. */
  async function openKnown() {
    const world = await openWebWorld();
    await signUp(world.db, world.app, { email: 'pending@example.org' });
    await suppress(world.db, 'bruno@example.org', { reason: 'bounced' }, NOW);
    await suppress(world.db, 'left@example.org', { reason: 'unsubscribed' }, NOW);
    return world;
  }
  const ADDRESSES = ['amina', 'pending', 'bruno', 'left', 'nobody'].map((name) => `${name}@example.org`);

  it('cannot be told from status, headers or text of the answer', async () => {
    const { app } = await openKnown();

    const answers: string[] = [];
    for (const email of ADDRESSES) {
      const answer = await sendForm(app, EN, { ...SIGN_UP, email });
      answers.push(JSON.stringify([answer.status, [...answer.headers], await answer.text()]));
    }

    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain('202');
  });

  it('changes nothing of what is done: one statement each, which adds one row', async () => {
    const { db } = await openKnown();
    const statements: string[] = [];
    const counting = db.withPlugin({
      transformQuery({ node }) {
        statements.push(node.kind);
        return node;
      },
      transformResult: async ({ result }) => result,
    });
    const { app } = await openWebWorld({ db: counting });

    const work: string[] = [];
    for (const email of ADDRESSES) {
      const before = await countRows(db);
      statements.length = 0;
      await sendForm(app, EN, { ...SIGN_UP, email });
      const made = [...statements];
      const after = await countRows(db);
      const grown = Object.keys(after).filter((table) => after[table] !== before[table]);
      work.push(`${made.join()} -> ${grown.join()}`);
    }

    expect(work).toEqual(ADDRESSES.map(() => 'InsertQueryNode -> signups'));
  });
});
