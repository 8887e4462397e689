// Feeds before the strict XML parser of a browser: whatever a publisher writes, they stay well-formed.

import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { allFeeds } from '../../src/web/feeds/index.ts';
import { openBrowser } from '../support/browser.ts';
import { shippedArchive } from './archive-world.ts';
import { archiveWith, drawLike } from './history-draws.ts';

const SITE = { kind: 'served', origin: 'https://draws.example.org', sender: null, operator: null } as const;

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

it('every feed in XML is well-formed, also of labels that mean harm', async () => {
  const signs = Array.from({ length: 0x300 }, (_, code) => String.fromCharCode(code)).join('');
  const odd = [']]>', '<![CDATA[', '&', '&#0;', '<x', '"\'', '\ufffe\uffff', '\ud800', '\u2028', signs];
  const draws = odd.map((label, index) =>
    drawLike(`${500 + index}`, { label, type: `other:odd-${index}`, url: `https://example.org/?q=${label}` }),
  );
  const files = [shippedArchive(), archiveWith(draws), archiveWith([])]
    .flatMap((archive) => [...allFeeds(archive, SITE), ...allFeeds(archive, { ...SITE, origin: null })])
    .filter(({ type }) => type.includes('xml'));
  const page = await browser.newPage();

  const faults = await page.evaluate(`${JSON.stringify(files.map(({ body }) => body))}.flatMap(
    (text) =>
      new DOMParser().parseFromString(text, 'application/xml').querySelector('parsererror')?.textContent ?? [],
  )`);

  expect(files.length).toBeGreaterThan(200);
  expect(faults).toEqual([]);
});
