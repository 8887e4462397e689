// What people try who mean harm: forms from elsewhere, hostile fields and paths, floods. Nothing of it changes anything.

import { load } from 'cheerio';
import type { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { findReader } from '../../src/store/readers.ts';
import { takeSignUps } from '../../src/store/signups.ts';
import { countRows } from '../support/store.ts';
import {
  bodyOf,
  type Fields,
  FROM_HERE,
  letterLink,
  ORIGIN,
  SIGN_UP,
  seenOn,
  sendForm,
  signUp,
} from './forms.ts';
import { exchange, linkOf, NOW, openWebWorld, serveApp, type WebWorld } from './world.ts';

const EN = '/en/subscribe/';

/** Every form that changes something, filled in so that it would. */
async function openForms() {
  const world = await openWebWorld();
  const { key } = await signUp(world.db, world.app, { email: 'pending@example.org' });
  const manage = letterLink('manage', world.amina);
  const own = { locale: 'en', notify: 'invited', crs: '500' };
  const forms: [path: string, fields: Fields][] = [
    [EN, SIGN_UP],
    ['/fr/subscribe/', SIGN_UP],
    [letterLink('confirm', key), { changedAt: NOW }],
    [manage, { ...own, action: 'save' }],
    [manage, { action: 'pause' }],
    [manage, { action: 'leave', sure: 'yes' }],
    [letterLink('manage', world.amina, '2024-01-01T00:00:00Z'), { action: 'send-another' }],
    ['/en/check/', { crs: '500' }],
    ['/fr/check/', { crs: '500' }],
  ];
  const state = async () =>
    JSON.stringify([
      await countRows(world.db),
      await world.db.selectFrom('subscribers').selectAll().orderBy('id').execute(),
    ]);
  return { ...world, forms, state };
}

describe('a form from elsewhere', () => {
  it.each<[string, Record<string, string>]>([
    ['another site', { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' }],
    ['another site, by a browser that says little', { Origin: 'https://evil.example' }],
    ['a site that is called alike', { Origin: `${ORIGIN}.evil.example` }],
    ['the same site without a lock', { Origin: 'http://draws.example.org' }],
    ['another port', { Origin: `${ORIGIN}:8443` }],
    ['a neighbour', { Origin: 'https://other.example.org', 'Sec-Fetch-Site': 'same-site' }],
    ['a frame without an origin', { Origin: 'null' }],
    ['nowhere', {}],
    [
      'a site that claims to be ours by a referrer',
      { Referer: `${ORIGIN}/en/`, 'X-Forwarded-Host': 'draws.example.org' },
    ],
    ['a site that claims both', { Origin: `https://evil.example, ${ORIGIN}` }],
  ])('is refused with 403 and changes nothing: %s', async (_what, headers) => {
    const { app, forms, state } = await openForms();
    const before = await state();

    const answers: Response[] = [];
    for (const [path, fields] of forms) answers.push(await sendForm(app, path, fields, headers));

    expect(answers.map(({ status }) => status)).toEqual(forms.map(() => 403));
    for (const answer of answers)
      expect(await answer.text()).toMatch(
        /This form came from another site|Ce formulaire vient d’un autre site/,
      );
    expect(await state()).toBe(before);
  });

  it.each([
    'text/plain',
    'multipart/form-data; boundary=x',
    'application/x-www-form-urlencoded;charset=utf-8',
    '',
  ])('is refused in whatever form a page can have it sent: %j', async (type) => {
    const { app, forms, state } = await openForms();
    const before = await state();
    const headers = { Origin: 'https://evil.example', ...(type === '' ? {} : { 'Content-Type': type }) };

    const statuses: number[] = [];
    for (const [path, fields] of forms) {
      const body = Buffer.from(bodyOf(fields).toString());
      statuses.push((await app.request(path, { method: 'POST', body, headers })).status);
    }

    expect(statuses).toEqual(forms.map(() => 403));
    expect(await state()).toBe(before);
  });

  it('is what the test for it says: the same forms from here do all they say', async () => {
    const { app, forms } = await openForms();

    const statuses: number[] = [];
    for (const [path, fields] of forms) statuses.push((await sendForm(app, path, fields)).status);

    expect(statuses).toEqual([202, 202, 200, 200, 200, 200, 202, 200, 200]);
  });
});

describe('a hostile field', () => {
  const PAYLOADS = [
    `"><script>alert(1)</script>`,
    `' autofocus onfocus='alert(1)`,
    '</textarea></select></form><img src=x onerror=alert(1)>',
    '&lt;script&gt;&quot;',
    'chen@example.org\r\nBcc: victim@example.org',
    'chen@example.org%0d%0aBcc: victim@example.org',
    '\u0000chen@example.org',
    '\u202egro.elpmaxe@nehc',
    '😀'.repeat(50),
    '#{7*7}{{7*7}}<%= 7*7 %>',
    "'; DROP TABLE subscribers; --",
    '\ud800',
    'x'.repeat(9_000),
    '__proto__',
  ];
  const NAMES = [
    'email',
    'locale',
    'notify',
    'nearMiss',
    'consent',
    'crs',
    'crsAsOf',
    'profileSubmittedAt',
    'programs',
    'nominated',
    'frenchNclc7',
    'experience',
    'militaryRecruit',
    'noc-1',
    'months-1',
    'continuous-1',
    'inCanada-1',
  ];

  function faultsOf(page: string): string[] {
    const $ = load(page);
    const faults: string[] = [];
    if ($('script, img:not(.brand img), iframe, object, base, style').length > 0)
      faults.push('an element of theirs');
    for (const element of $('*').toArray())
      for (const [name, value] of Object.entries('attribs' in element ? element.attribs : {})) {
        if (/^on|^style$|^autofocus$/.test(name)) faults.push(name);
        if (/^(href|src|action)$/.test(name) && !/^(#|[\w./-]*$)/.test(value))
          faults.push(`${name}=${value}`);
      }
    return faults;
  }

  it.each(PAYLOADS)(
    'is never more than text on the page, in a header or in what is kept: %j',
    async (payload) => {
      const { app, forms, db, warnings } = await openForms();
      const paths = [EN, '/fr/subscribe/', '/en/check/', forms[3]?.[0] ?? ''];
      const before = await countRows(db);

      for (const path of paths) {
        for (const name of NAMES) {
          const answer = await sendForm(app, path, {
            ...SIGN_UP,
            email: 'no address',
            action: 'save',
            [name]: payload,
          });
          const page = await answer.text();
          expect([200, 400, 422, 429]).toContain(answer.status);
          expect(JSON.stringify([...answer.headers])).not.toMatch(/victim|script|alert/);
          expect(faultsOf(page)).toEqual([]);
        }
      }

      expect(await countRows(db)).toEqual(before);
      expect(warnings).toEqual([]);
    },
  );

  it('comes back as it was written', async () => {
    const { app } = await openWebWorld();
    const crs = `"><b>'&lt;\u202e😀${'{{7*7}}'}`;

    const answer = await sendForm(app, EN, { ...SIGN_UP, crs });

    expect(load(await answer.text())('#crs').val()).toBe(crs);
  });

  it.each(PAYLOADS)('never becomes part of an address: %j', async (payload) => {
    const { app, db } = await openWebWorld();

    const statuses: number[] = [];
    for (const email of [payload, `chen@example.org${payload}`, `${payload}@example.org`])
      statuses.push((await sendForm(app, EN, { ...SIGN_UP, email })).status);

    expect(statuses).toEqual(payload === '__proto__' ? [422, 422, 202] : [422, 422, 422]);
    for (const { subscription } of await takeSignUps(db, 10)) expect(subscription.email).toMatch(/^[\w@.]+$/);
  });

  it('of a name that means something in JavaScript is a field like any other', async () => {
    const { app, db } = await openWebWorld();
    const names = [
      '__proto__',
      'constructor',
      'toString',
      '__proto__[crs]',
      'crs[]',
      'notify.0',
      'consent[toString]',
    ];
    const odd = Object.fromEntries(names.map((name) => [name, '1']));

    const { status } = await sendForm(app, EN, { ...SIGN_UP, ...odd, ['__proto__']: 'polluted' });

    const [signup] = await takeSignUps(db, 1);
    expect(status).toBe(202);
    expect(Object.keys(signup?.subscription ?? {})).toEqual(['email', 'locale', 'notify', 'crs', 'crsAsOf']);
    expect(({} as Record<string, unknown>).crs).toBeUndefined();
  });

  it('that comes twice is no answer, whichever it is', async () => {
    const { app, db } = await openWebWorld();

    const statuses: number[] = [];
    for (const name of Object.keys(SIGN_UP).filter((one) => one !== 'notify' && one !== 'website'))
      statuses.push(
        (await sendForm(app, EN, { ...SIGN_UP, [name]: [SIGN_UP[name] ?? '', 'x'].flat() })).status,
      );

    expect(statuses).toEqual(statuses.map(() => 422));
    expect(await takeSignUps(db, 1)).toEqual([]);
  });

  it('that is a file is no answer', async () => {
    const { app, db } = await openWebWorld();
    const body = new FormData();
    for (const [name, value] of Object.entries(SIGN_UP))
      body.append(
        name,
        name === 'email' ? new File(['chen@example.org'], '../../etc/passwd') : String(value),
      );

    const answer = await app.request(EN, { method: 'POST', body, headers: FROM_HERE });

    expect(answer.status).toBe(422);
    expect(await answer.text()).not.toContain('passwd');
    expect(await takeSignUps(db, 1)).toEqual([]);
  });

  it('among ten thousand is answered at once', async () => {
    const { app } = await openWebWorld();
    const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`noc-${index}`, '1']));

    const answer = await sendForm(app, EN, { ...SIGN_UP, ...many, notify: Array(1_000).fill('invited') });

    expect([413, 422]).toContain(answer.status);
    expect((await answer.text()).length).toBeLessThan(100_000);
  });
});

describe('a body over 64 KB', () => {
  it('is refused by every form with 413, and changes nothing', async () => {
    const { app, forms, state } = await openForms();
    const before = await state();

    const statuses: number[] = [];
    for (const [path, fields] of forms)
      statuses.push((await sendForm(app, path, { ...fields, more: 'x'.repeat(64 * 1024) })).status);

    expect(statuses).toEqual(forms.map(() => 413));
    expect(await state()).toBe(before);
  });
});

describe('a hostile path', () => {
  it.each([
    '/../',
    '/../../etc/passwd',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/%2e%2e%2fetc%2fpasswd',
    '/en/../../etc/passwd',
    '/en/draws/..%2f..%2fdata',
    '/en/draws/..%5c..%5cdata',
    '/en/%2e%2e%2f',
    '/en/..%00',
    '/en/%00',
    '/en/%0d%0aSet-Cookie:a=b',
    '//evil.example',
    '//evil.example/en',
    '//evil.example/en/',
    '/%2f%2fevil.example/en',
    '/en//evil.example',
    '/en/%2f%2fevil.example',
    '/en/%5cevil.example',
    '/en/\\evil.example',
    '/en/https:evil',
    '/en/https:%2f%2fevil',
    '/en/javascript:alert(1)',
    '/en/data:a',
    '/en/@evil',
    '/en/%c0%ae',
    '/en/%ff',
    '/en/%',
    '/en/%zz',
    '/en/%25',
    '/en/a?next=//evil.example',
    '/en/a?%0d%0aX:1',
    '/en/a%23b',
    '/en/a;b',
    '/en/%ed%a0%80',
    '/en/.env',
    '/.git/config',
    '/en/subscribe/%2e%2e',
    '/style-../../x.css',
    '/manage/../unsubscribe/',
    '/confirm/%2e%2e%2fmanage',
    '/en/__proto__',
    '/en/draws/__proto__/',
    '/en/types/constructor/',
    '/feeds/en/..%2f..%2f.env.atom',
    `/en/${'a'.repeat(4_000)}`,
  ])('is never a fault of ours, never shows a file and leads to no other site: %s', async (path) => {
    const { app, warnings } = await openWebWorld();
    const origin = await serveApp(app);

    const answer = await exchange(
      origin,
      `GET ${path} HTTP/1.1\r\nHost: draws.example.org\r\nConnection: close\r\n\r\n`,
    );

    const [head = '', ...body] = answer.split('\r\n\r\n');
    expect(head).toMatch(/^HTTP\/1\.1 (200|30[128]|40[04]) /);
    expect(head).not.toMatch(/^(set-cookie|x):/im);
    expect(body.join()).not.toMatch(/root:|\[core\]|DRAWBELL_/);
    const location = /^location: (.*)$/im.exec(head)?.[1]?.trim();
    if (location !== undefined) {
      expect(new URL(location, new URL(path.replace(/^\/\/+/, '/./$&'), ORIGIN)).origin).toBe(ORIGIN);
      expect(location).not.toMatch(/^(\/|\\|\w+:)/);
    }
    expect(warnings).toEqual([]);
  });
});

describe('a flood of sign-ups', () => {
  const post = async (app: Hono, peer: string, fields: Fields, forwarded?: string) =>
    app.request(
      EN,
      {
        method: 'POST',
        body: bodyOf({ ...SIGN_UP, ...fields }),
        headers: { ...FROM_HERE, ...(forwarded === undefined ? {} : { 'X-Forwarded-For': forwarded }) },
      },
      { incoming: { socket: { remoteAddress: peer } } },
    );
  const stored = async ({ db }: WebWorld) => (await countRows(db)).signups;

  it('of ten thousand from one network stores twenty, asks for patience, and stops nobody else', async () => {
    const store = await openWebWorld();
    let statements = 0;
    const db = store.db.withPlugin({
      transformQuery({ node }) {
        statements += 1;
        return node;
      },
      transformResult: async ({ result }) => result,
    });
    const world = { ...(await openWebWorld({ db })), db: store.db };
    // Its readers took some.
    statements = 0;

    const statuses: Record<number, number> = {};
    let last: Response | undefined;
    for (let index = 0; index < 10_000; index += 1) {
      last = await post(world.app, `203.0.113.${index % 256}`, { email: `reader${index}@example.org` });
      statuses[last.status] = (statuses[last.status] ?? 0) + 1;
    }
    const other = await post(world.app, '198.51.100.1', {});

    expect(statuses).toEqual({ 202: 20, 429: 9_980 });
    expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0);
    const page = await last?.text();
    expect(page).toContain('value="reader9999@example.org"');
    expect(page).toContain('More was sent here than is taken in so short a time.');
    expect(other.status).toBe(202);
    expect(await stored(world)).toBe(21);
    // Whoever is refused takes nothing from those who watch and deliver.
    expect(statements).toBe(21);
  });

  it('is that of one network also when each pretends to be forwarded from another', async () => {
    const world = await openWebWorld();

    for (let index = 0; index < 30; index += 1)
      await post(world.app, '203.0.113.9', { email: `reader${index}@example.org` }, `198.51.${index}.1`);
    for (let index = 0; index < 30; index += 1)
      await post(world.app, '127.0.0.1', { email: `other${index}@example.org` }, `1.1.${index}.1, 192.0.2.7`);

    expect(await stored(world)).toBe(40);
  });

  it('from ever new networks is stopped at six hundred', async () => {
    const world = await openWebWorld();

    const statuses: number[] = [];
    for (let index = 0; index < 620; index += 1)
      statuses.push(
        (await post(world.app, `2001:db8:${index.toString(16)}::1`, { email: `r${index}@example.org` }))
          .status,
      );

    expect(statuses.filter((status) => status === 202)).toHaveLength(600);
    expect(await stored(world)).toBe(600);
  });

  it('with one address stores three a day, and says nothing of it', async () => {
    let now = NOW;
    const world = await openWebWorld({ now: () => new Date(now) });

    const answers = new Set<string>();
    for (let index = 0; index < 6; index += 1) {
      const email = index % 2 === 0 ? 'Chen@Example.org' : 'chen@example.org';
      const answer = await post(world.app, `203.0.${index}.1`, { email });
      answers.add(`${answer.status} ${await answer.text()}`);
    }
    const sameDay = await stored(world);
    now = '2024-06-01T16:00:00.000Z';
    await post(world.app, '203.0.113.1', {});

    expect(answers.size).toBe(1);
    expect(sameDay).toBe(3);
    expect(await stored(world)).toBe(4);
  });

  it('of a reader’s own page is stopped too, with what was written kept', async () => {
    const { app, amina, db } = await openWebWorld();
    const link = letterLink('manage', amina);
    const fields = { locale: 'en', notify: 'invited', action: 'save' };
    for (let index = 0; index < 60; index += 1) await sendForm(app, link, { ...fields, crs: '400' });

    const answer = await sendForm(app, link, { ...fields, crs: '401' });

    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await answer.text()).toContain('value="401"');
    expect((await findReader(db, amina))?.profile.crs).toBe(400);
    // Leaving is never made to wait.
    expect((await app.request(linkOf(amina), { method: 'POST' })).status).toBe(200);
  });
});

describe('a link that a program opens', () => {
  it('confirms, changes and ends nothing by GET, HEAD or OPTIONS, however it asks', async () => {
    const { app, forms, state, amina } = await openForms();
    const before = await state();

    for (const method of ['GET', 'HEAD', 'OPTIONS'])
      for (const [path, fields] of [...forms, [linkOf(amina), { 'List-Unsubscribe': 'One-Click' }] as const])
        await app.request(`${path}?${bodyOf(fields)}`, { method, headers: FROM_HERE });

    expect(await state()).toBe(before);
  });

  it('shows by its page of which state it is, and only what was shown is confirmed', async () => {
    const { app, forms } = await openForms();
    const [confirm = ''] = forms[2] ?? [];

    const page = await (await app.request(confirm)).text();

    expect(seenOn(page)).toBe(NOW);
  });
});
