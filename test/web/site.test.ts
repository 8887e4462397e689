// `drawbell site`: everything that is served, as files; each link leads somewhere, and nothing private is in it.

import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Status } from '../../src/journey/status.ts';
import { makeStaticSite, type StaticSite } from '../../src/web/static-site.ts';
import { writeSite } from '../../src/web/write-site.ts';
import { jsonOf, openInstallation } from '../support/cli.ts';
import { makeFolder } from '../support/store.ts';
import { shippedArchive, TODAY } from './archive-world.ts';

const LOOKED = '2026-12-01T11:58:00.000Z';
const STATUS: Status = {
  watch: { running: true, since: LOOKED },
  sources: [
    {
      id: 'ircc',
      state: 'well',
      lastLookAt: LOOKED,
      lastSuccessAt: LOOKED,
      lastChangeAt: LOOKED,
      failures: 0,
      failingSince: null,
      reason: null,
      nextLookAt: TODAY,
      movedTo: null,
    },
  ],
  outbox: { queued: 0, held: 0, sent: 0, failed: 0, dropped: 0, oldestQueuedAt: null },
  mail: { stopped: null },
  endpoints: { well: 0, failing: 0, disabled: 0 },
  quarantine: { held: 0, dropped: 0 },
};

function makeSite(now = TODAY): Promise<StaticSite> {
  const site = {
    kind: 'static',
    origin: 'https://example.org/draws',
    sender: 'Draws of Example, 1 Example Street, Ottawa',
    operator: 'mailto:operator@example.org',
  } as const;
  return makeStaticSite({ site, archive: shippedArchive(), status: STATUS, now: new Date(now) });
}

/** Every file by the address it has where the site stands. */
let files: Map<string, string>;
let made: StaticSite;
beforeAll(async () => {
  made = await makeSite();
  files = new Map([...made.files].map(({ path: at, body }) => [decodeURI(`/draws${at}`), String(body)]));
});

function pages(): [string, string][] {
  return [...files].filter(([at]) => at.endsWith('/') || at.endsWith('.html'));
}

/** What a page leads to on its own site: without what is behind the `#`, and with it. */
function linksOf(at: string, page: string): { to: string; fragment: string }[] {
  return [...page.matchAll(/\s(?:href|src|action)="([^"]*)"/g)].flatMap(([, href = '']) => {
    const url = new URL(href.replaceAll('&amp;', '&'), `https://example.org${at}`);
    if (url.origin !== 'https://example.org') return [];
    return [{ to: decodeURI(url.pathname), fragment: decodeURIComponent(url.hash.slice(1)) }];
  });
}

describe('a site of files', () => {
  it('has every page in both languages, and nothing that needs a server', () => {
    const inLanguage = (locale: string) =>
      [...files.keys()]
        .filter((at) => at.startsWith(`/draws/${locale}/`))
        .map((at) => at.slice(10))
        .sort();

    expect(inLanguage('en')).toEqual(inLanguage('fr'));
    expect(inLanguage('en').filter((at) => at.startsWith('draws/'))).toHaveLength(427);
    expect(inLanguage('en')).toEqual(
      expect.arrayContaining(['', 'history/', 'types/', 'types/cec/', 'check/', 'about/', 'api/']),
    );
    expect([...files.keys()].filter((at) => /\/(subscribe|confirm|manage|unsubscribe)\//.test(at))).toEqual(
      [],
    );
  });

  it('has no link that leads nowhere, not even within a page', () => {
    const ids = new Map(
      pages().map(([at, page]) => [at, new Set([...page.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id))]),
    );

    const broken = pages().flatMap(([at, page]) =>
      linksOf(at, page)
        .filter(({ to, fragment }) => !files.has(to) || (fragment !== '' && !ids.get(to)?.has(fragment)))
        .map(({ to, fragment }) => `${at} -> ${to}#${fragment}`),
    );

    expect(broken.slice(0, 10)).toEqual([]);
    expect(pages().flatMap(([at, page]) => linksOf(at, page)).length).toBeGreaterThan(10_000);
  });

  it('is reached as a whole from its first page', () => {
    const seen = new Set<string>(['/draws/']);
    for (const at of seen) {
      const page = files.get(at);
      if (page !== undefined && at.endsWith('/')) for (const { to } of linksOf(at, page)) seen.add(to);
    }

    // By their addresses; a calendar of each type is read by programs.
    const unseen = pages()
      .filter(([at]) => !seen.has(at))
      .map(([at]) => at);

    expect(unseen).toEqual(['/draws/404.html']);
  });

  it('has no page of 100 KB', () => {
    const sizes = pages().map(([at, page]) => ({ at, bytes: Buffer.byteLength(page) }));

    expect(sizes.filter(({ bytes }) => bytes >= 100_000)).toEqual([]);
  });

  it('lets a page load what is its own, and a script only where the checker is', () => {
    const scripted = pages()
      .filter(([, page]) => page.includes('<script'))
      .map(([at]) => at);
    const policies = new Set(
      pages().map(([, page]) => /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1]),
    );

    expect(scripted).toEqual(['/draws/en/check/', '/draws/fr/check/']);
    expect([...policies].map((policy) => policy?.replaceAll('&#39;', "'")).sort()).toEqual([
      "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'none'; base-uri 'none'",
      "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'",
    ]);
    expect(pages().filter(([, page]) => / style="|\son\w+="|javascript:/.test(page))).toEqual([]);
  });

  it('says when the official page was last looked at, not how long ago that is', () => {
    const home = files.get('/draws/en/');

    expect(home).toContain('December 1, 2026 at 11:58:00 UTC');
    expect(home).not.toMatch(/minutes? ago/);
  });

  it('is made of the same bytes as long as nothing changes, whatever the time', async () => {
    const later = await makeSite('2026-12-03T07:00:00.000Z');

    const again = [...later.files];
    const other = again.filter(({ path: at, body }) => files.get(decodeURI(`/draws${at}`)) !== String(body));
    expect(other.map(({ path: at }) => at)).toEqual([]);
    expect(again).toHaveLength(files.size);
  });

  it('answers where no page is with links that hold at any depth', () => {
    const links = linksOf('/draws/en/some/where/', files.get('/draws/404.html') ?? '').filter(
      ({ fragment }) => fragment !== 'main',
    );

    expect(links.length).toBeGreaterThan(5);
    expect(links.filter(({ to }) => !files.has(to))).toEqual([]);
  });

  it('has a checker of less than 60 KB as it travels', () => {
    const { en, fr } = made.checkers;

    expect(Math.max(en.compressed, fr.compressed)).toBeLessThan(60_000);
  });
});

describe('writing it', () => {
  const FILES = [
    { path: '/', body: 'first' },
    { path: '/en/draws/ircc-297/', body: 'a draw' },
    { path: '/feeds/en/draws.atom', body: '<feed/>' },
  ];

  it('makes folders of paths', () => {
    const folder = path.join(makeFolder(), 'new', 'site');

    const written = writeSite(folder, FILES);

    expect(written).toEqual({ files: 3, bytes: 18, changed: 3, removed: 0 });
    expect(readFileSync(path.join(folder, 'en/draws/ircc-297/index.html'), 'utf8')).toBe('a draw');
    expect(readFileSync(path.join(folder, 'feeds/en/draws.atom'), 'utf8')).toBe('<feed/>');
  });

  it('touches only what is other than before, and removes what is no longer part of it', () => {
    const folder = makeFolder();
    writeSite(folder, FILES);
    const before = statSync(path.join(folder, 'index.html')).mtimeMs;

    const written = writeSite(folder, [
      { path: '/', body: 'first' },
      { path: '/en/', body: 'new' },
    ]);

    expect(written).toMatchObject({ files: 2, changed: 1, removed: 2 });
    expect(statSync(path.join(folder, 'index.html')).mtimeMs).toBe(before);
    expect(existsSync(path.join(folder, 'en/draws'))).toBe(false);
    expect(existsSync(path.join(folder, 'en'))).toBe(true);
  });

  it('writes anew what somebody removed or an export that was cut off left out', () => {
    const folder = makeFolder();
    writeSite(folder, FILES);
    writeFileSync(path.join(folder, '.drawbell-site.json'), '{}');

    const written = writeSite(folder, FILES);

    expect(written).toMatchObject({ changed: 3 });
  });

  it('refuses a folder of somebody else’s, and changes nothing there', () => {
    const folder = makeFolder();
    mkdirSync(path.join(folder, 'photos'));

    expect(() => writeSite(folder, FILES)).toThrow(/the site cannot be written there/);
    expect(existsSync(path.join(folder, 'index.html'))).toBe(false);
  });

  it.each([
    '/../outside',
    '/en/../../outside',
    '/en/%2e%2e/outside',
    '/a//b',
    '/a\\b',
    '/en/%2E%2E%2Foutside',
  ])('never leaves its folder, whatever a path says: %s', (at) => {
    const folder = path.join(makeFolder(), 'site');

    expect(() => writeSite(folder, [{ path: at, body: '' }])).toThrow(/no path of a site/);
  });
});

describe('drawbell site', () => {
  it('says what it wrote, and the second time that nothing changed', async ({ onTestFinished }) => {
    const { folder, drawbell } = openInstallation(onTestFinished);

    const first = jsonOf(
      await drawbell('site', '--out', 'site', '--url', 'https://example.org/draws/', '--json'),
    );
    const second = await drawbell('site', '--out', 'site', '--url', 'https://example.org/draws');

    expect(first).toMatchObject({ folder: 'site', removed: 0 });
    expect(first.files).toBe(first.changed);
    expect(second.code).toBe(0);
    expect(second.stdout).toContain(
      '\n0 of them are new or other than before; 0 that were there are gone.\n',
    );
    expect(readFileSync(path.join(folder, 'site/feeds/en/draws.atom'), 'utf8')).toContain(
      'https://example.org/draws/en/draws/ircc-426/',
    );
  });

  it.each([
    [['--out', 'photos'], 'an empty folder'],
    [['--out', 'file.txt'], 'a folder that can be written to'],
    [['--out', 'site', '--url', 'https://me:secret@example.org/'], '--url'],
  ])('%s: exit 2, and a word about it, before anything is made', async (args, word) => {
    const closing: (() => void | Promise<void>)[] = [];
    const { drawbell, write, folder } = openInstallation((close) => closing.push(close));
    write('file.txt', 'mine');
    mkdirSync(path.join(folder, 'photos/of-mine'), { recursive: true });

    const { code, stdout, stderr } = await drawbell('site', ...args);
    const opened = existsSync(path.join(folder, 'data'));
    for (const close of closing) await close();

    expect({ code, stdout, opened }).toEqual({ code: 2, stdout: '', opened: false });
    expect(stderr).toContain(word);
  });
});
