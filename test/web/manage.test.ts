// A reader's own page: seen, changed, paused, exported and left by whoever has the link, and by nobody else.

import { describe, expect, it } from 'vitest';
import { Subscription } from '../../src/match/profile.ts';
import { signUnsubscribe } from '../../src/notify/tokens.ts';
import { findReader } from '../../src/store/readers.ts';
import { saveSubscribers } from '../../src/store/subscribers.ts';
import { suppress, suppressedAmong } from '../../src/store/suppressions.ts';
import { countRows } from '../support/store.ts';
import { type Fields, letterLink, sendForm, signUp } from './forms.ts';
import { headingOf, NOW, openWebWorld, SECRET } from './world.ts';

const TOO_OLD = '2024-03-02T15:59:59.000Z';
const ALMOST_TOO_OLD = '2024-03-02T16:00:01.000Z';
const TOLD = { locale: 'en', notify: 'invited', nearMiss: '10' };

/** Amina has told everything there is. */
async function openOwn(deps: Parameters<typeof openWebWorld>[0] = {}) {
  const world = await openWebWorld(deps);
  const amina = Subscription.parse({
    email: 'amina@example.org',
    locale: 'en',
    notify: ['invited', 'near-miss:7'],
    crs: 471,
    crsAsOf: '2024-05-02',
    profileSubmittedAt: '2024-03-19T18:58:58Z',
    programs: ['cec', 'fsw'],
    nominated: false,
    frenchNclc7: true,
    experience: [{ noc: '31301', months: 14, continuous: true, inCanada: true }],
  });
  await saveSubscribers(world.db, [amina], NOW);
  const link = letterLink('manage', world.amina);
  const send = async (fields: Fields, path = link) => sendForm(world.app, path, fields);
  const reader = async () => findReader(world.db, world.amina);
  return { ...world, link, send, reader };
}

describe('the page', () => {
  it('shows everything that was told, in its fields', async () => {
    const { app, link } = await openOwn();

    const answer = await app.request(link);

    const page = await answer.text();
    expect(answer.status).toBe(200);
    expect(headingOf(page)).toBe('Your subscription');
    expect(page).toContain('The messages go to amina@example.org.');
    for (const value of ['471', '2024-05-02', '2024-03-19T18:58:58Z', '31301', '14', '7'])
      expect(page).toContain(`value="${value}"`);
    expect(page).toContain('<details open>');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('x-robots-tag')).toBe('noindex');
    expect(answer.headers.get('set-cookie')).toBeNull();
    expect(page).not.toMatch(/(?:src|href|action)="(?:\w+:|\/)/);
  });

  it('saved as it is changes nothing', async () => {
    const { app, link, send, reader } = await openOwn();
    const before = await reader();
    const page = await (await app.request(link)).text();

    const { status } = await send(fieldsOf(page));

    expect(status).toBe(200);
    expect(await reader()).toEqual(before);
  });

  it.each(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'])('changes nothing by %s', async (method) => {
    const { app, db, link, reader } = await openOwn();
    const before = [await reader(), await countRows(db)];

    await app.request(`${link}?action=leave&sure=yes`, { method });
    await app.request(`${link}/export.json?action=pause`, { method });

    expect([await reader(), await countRows(db)]).toEqual(before);
  });
});

describe('saving', () => {
  it('replaces what was told, and nothing else', async () => {
    const { send, reader } = await openOwn();
    const before = await reader();

    const answer = await send({
      ...TOLD,
      action: 'save',
      crs: '480',
      crsAsOf: '2024-05-30',
      programs: 'none',
    });

    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain(
      '<p role="status"><strong>Saved. It holds from now on.</strong></p>',
    );
    expect(await reader()).toEqual({
      ...before,
      notify: ['invited'],
      profile: { crs: 480, crsAsOf: '2024-05-30', programs: [] },
    });
  });

  it('answers in the language that was just chosen', async () => {
    const { send, reader } = await openOwn();

    const answer = await send({ ...TOLD, action: 'save', locale: 'fr' });

    expect(headingOf(await answer.text())).toBe('Votre abonnement');
    expect((await reader())?.locale).toBe('fr');
  });

  it('may leave nothing to be told of', async () => {
    const { send, reader } = await openOwn();

    const { status } = await send({ ...TOLD, action: 'save', notify: [] });

    expect(status).toBe(200);
    expect((await reader())?.notify).toEqual([]);
  });

  it.each<[string, Fields, string]>([
    ['a wrong score', { crs: '9999' }, 'crs'],
    ['a wrong language', { locale: 'de' }, 'locale'],
    ['a wrong notice', { notify: 'all' }, 'notify'],
    ['wrong points', { notify: 'near-miss', nearMiss: '-1' }, 'nearMiss'],
    ['two answers to one question', { nominated: ['yes', 'no'] }, 'nominated'],
  ])('%s is refused with 422, the fields kept and nothing changed', async (_what, wrong, field) => {
    const { send, reader } = await openOwn();
    const before = await reader();

    const answer = await send({ ...TOLD, action: 'save', profileSubmittedAt: '2024-01-02', ...wrong });

    const page = await answer.text();
    expect(answer.status).toBe(422);
    expect(page).toContain(`<li><a href="#${field}">`);
    expect(page).toContain('value="2024-01-02"');
    expect(await reader()).toEqual(before);
  });

  it.each<Fields>([
    {},
    { action: 'fly' },
    { action: 'constructor' },
    { action: '__proto__' },
    { action: ['save', 'leave'] },
  ])('what no form of the page asks for is refused with 400: %j', async (fields) => {
    const { send, reader } = await openOwn();
    const before = await reader();

    const answer = await send({ ...TOLD, sure: 'yes', ...fields });

    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('is not what this page asks for');
    expect(await reader()).toEqual(before);
  });
});

describe('a pause', () => {
  it('begins and ends by a button, and each time the page offers the other', async () => {
    const { send, reader } = await openOwn();

    const paused = await (await send({ action: 'pause' })).text();
    const status = (await reader())?.status;
    const resumed = await (await send({ action: 'resume' })).text();

    expect(status).toBe('paused');
    expect(paused).toContain('It is paused: nothing is sent to you.');
    expect(paused).toContain('value="resume"');
    expect(paused).not.toContain('value="pause"');
    expect((await reader())?.status).toBe('active');
    expect(resumed).toContain('value="pause"');
    expect(resumed).not.toContain('value="resume"');
  });
});

describe('the export', () => {
  it('is everything that is kept, as a file, and kept nowhere on the way', async () => {
    const { app, link } = await openOwn();
    const page = await (await app.request(link)).text();
    const href = /href="([^"]*export\.json)"/.exec(page)?.[1] ?? '';
    const { pathname } = new URL(href, `https://draws.example.org${link}`);

    const answer = await app.request(pathname);

    const kept = await answer.json();
    expect(pathname).toBe(`${link}/export.json`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="drawbell.json"');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(kept).toMatchObject({ email: 'amina@example.org', crs: 471, notify: ['invited', 'near-miss:7'] });
    expect(JSON.stringify(kept)).not.toContain('bruno');
  });

  it.each<[string, (key: string) => string]>([
    ['expired', (key) => letterLink('manage', key, TOO_OLD)],
    ['for another purpose', (key) => letterLink('confirm', key).replace('confirm', 'manage')],
    ['of nobody', () => letterLink('manage', '0123456789abcdef01234567')],
    ['wrong', () => '/manage/wrong'],
  ])('is not given for a link that is %s', async (_what, linkOf) => {
    const { app, amina } = await openOwn();

    const answer = await app.request(`${linkOf(amina)}/export.json`);

    expect([404, 410]).toContain(answer.status);
    expect(await answer.text()).not.toMatch(/amina|471/);
  });
});

describe('leaving', () => {
  it('deletes everything but the code that keeps the address from being written to', async () => {
    const { app, send, reader, link, db } = await openOwn();

    const answer = await send({ action: 'leave', sure: 'yes' });

    expect(answer.status).toBe(200);
    expect(headingOf(await answer.text())).toBe('You are unsubscribed');
    expect(await reader()).toBeUndefined();
    expect(await suppressedAmong(db, ['amina@example.org', 'bruno@example.org'])).toEqual(
      new Set(['amina@example.org']),
    );
    expect((await app.request(link)).status).toBe(410);
    expect((await send({ ...TOLD, action: 'save' })).status).toBe(410);
  });

  it('needs the tick: without it the page says so, and nothing is changed', async () => {
    const { send, reader } = await openOwn();

    const answer = await send({ action: 'leave' });

    const page = await answer.text();
    expect(answer.status).toBe(422);
    expect(page).toContain('To leave, tick the box above the button.');
    expect(page).toContain('value="471"');
    expect((await reader())?.status).toBe('active');
  });
});

describe('a link whose time is over', () => {
  it('works until its ninetieth day is over, and not a second longer', async () => {
    const { app, amina } = await openOwn();

    const pages = [TOO_OLD, ALMOST_TOO_OLD].map((from) => app.request(letterLink('manage', amina, from)));

    const [old, young] = await Promise.all(pages);
    expect([old?.status, young?.status]).toEqual([410, 200]);
    const text = await old?.text();
    expect(text).toContain('value="send-another"');
    expect(text).not.toMatch(/amina|471/);
  });

  it.each(['save', 'pause', 'leave', ''])('does nothing of what is asked: %j', async (action) => {
    const { send, reader, amina } = await openOwn();
    const before = await reader();

    const answer = await send({ ...TOLD, action, sure: 'yes' }, letterLink('manage', amina, TOO_OLD));

    expect(answer.status).toBe(410);
    expect(await reader()).toEqual(before);
  });

  it('has another one sent to its reader, not twice in five minutes, and answers alike for nobody', async () => {
    let woken = 0;
    const { send, db, amina, app } = await openOwn({ wake: () => (woken += 1) });
    const pending = await signUp(db, app);
    const links = [amina, amina, pending.key, '0123456789abcdef01234567'].map((key) =>
      letterLink('manage', key, TOO_OLD),
    );

    const answers: string[] = [];
    for (const link of links) {
      const answer = await send({ action: 'send-another' }, link);
      answers.push(`${answer.status} ${(await answer.text()).replaceAll(link, '')}`);
    }

    const letters = await db
      .selectFrom('outbox')
      .select(['letter', 'subscriber_id'])
      .where('letter', '=', 'manage')
      .execute();
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toMatch(/^202 [\s\S]*Now look into your mail/);
    expect(letters).toEqual([{ letter: 'manage', subscriber_id: 1 }]);
    expect(woken).toBeGreaterThan(0);
  });
});

describe('nobody else', () => {
  it('sees anything: a token with any one character changed is nobody’s', async () => {
    const { app, link, send, reader } = await openOwn();
    const before = await reader();
    const start = '/manage/'.length;
    const changed = [...link.slice(start)].map((character, index) => {
      const other = character === 'a' ? 'b' : 'a';
      return link.slice(0, start + index) + other + link.slice(start + index + 1);
    });

    const statuses: number[] = [];
    for (const path of changed)
      statuses.push(
        (await app.request(path)).status,
        (await send({ action: 'leave', sure: 'yes' }, path)).status,
      );

    expect(statuses.filter((code) => code !== 404 && code !== 429)).toEqual([]);
    expect(await reader()).toEqual(before);
  });

  it.each<[string, (key: string, other: string) => string]>([
    ['for confirming', (key) => letterLink('confirm', key).replace('confirm', 'manage')],
    ['for unsubscribing', (key) => `/manage/${signUnsubscribe(key, SECRET)}`],
    ['signed with another secret', (key) => letterLink('manage', key, NOW, `${SECRET}.`)],
    [
      'with another reader’s signature',
      (key, other) =>
        letterLink('manage', key).replace(/[^.]*$/, letterLink('manage', other).split('.').at(-1) ?? ''),
    ],
    ['that is not there', () => '/manage'],
    ['that is empty', () => '/manage/'],
  ])('has a page by a token %s: 404, nothing shown, nothing changed', async (_what, linkOf) => {
    const { app, amina, bruno, send, reader } = await openOwn();
    const before = await reader();
    const link = linkOf(amina, bruno);

    const answers = [await app.request(link), await send({ action: 'leave', sure: 'yes' }, link)];

    for (const answer of answers) {
      expect(answer.status).toBe(404);
      expect(await answer.text()).not.toMatch(/amina|471/);
    }
    expect(await reader()).toEqual(before);
  });

  it('sees another’s page by their own link', async () => {
    const { app, bruno } = await openOwn();
    const link = letterLink('manage', bruno);

    const page = await (await app.request(link)).text();

    expect(page).toContain('bruno@example.org');
    // In a link any digits may stand.
    expect(page.replaceAll(link.slice(1), '')).not.toMatch(/amina|471/);
  });

  it('has one who has not confirmed, or gets nothing any more', async () => {
    const { app, db, bruno, send } = await openOwn();
    const { key } = await signUp(db, app);
    await suppress(db, 'bruno@example.org', { reason: 'bounced' }, NOW);

    const answers: number[] = [];
    for (const name of [key, bruno]) {
      const link = letterLink('manage', name);
      answers.push((await app.request(link)).status, (await send({ ...TOLD, action: 'save' }, link)).status);
    }

    expect(answers).toEqual([410, 410, 410, 410]);
    expect((await findReader(db, key))?.status).toBe('pending');
  });
});

/** The first form of a page as a browser would send it by its first button. */
function fieldsOf(page: string): Fields {
  const form = /<form[\s\S]*?<\/form>/.exec(page)?.[0] ?? '';
  const fields: Record<string, string[]> = {};
  const add = (name: string | undefined, value: string | undefined) => {
    if (name !== undefined && value !== undefined) fields[name] = [...(fields[name] ?? []), value];
  };
  for (const [tag] of form.matchAll(/<(?:input|button)[^>]*>/g)) {
    const [name, value] = ['name', 'value'].map((one) => new RegExp(`${one}="([^"]*)"`).exec(tag)?.[1]);
    if (!/type="(?:checkbox|radio)"/.test(tag) || tag.includes(' checked')) add(name, value);
  }
  for (const [, name, options = ''] of form.matchAll(/<select[^>]*name="([^"]*)"[^>]*>([\s\S]*?)<\/select>/g))
    add(name, /value="([^"]*)" selected/.exec(options)?.[1] ?? '');
  return fields;
}
