// The golden copies as a mail program shows them: in a real Chromium, on a telephone and wider, in light and in dark.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHtmlWriter, type HtmlWriter, loadMjml } from '../../src/notify/text/html.ts';
import type { Message } from '../../src/notify/text/message.ts';
import { writeMessage } from '../../src/notify/text/write.ts';
import { openBrowser } from '../support/browser.ts';
import { DRAW, sampleNotice } from './sample-notices.ts';

const FOLDER = join(import.meta.dirname, '../../fixtures/messages');
const COPIES = readdirSync(FOLDER).filter((name) => name.endsWith('.html'));
const WIDTHS = [320, 640];
const THEMES = ['light', 'dark'] as const;

let browser: Browser;
let pages: { page: Page; view: string }[];
let writeHtml: HtmlWriter;
beforeAll(async () => {
  writeHtml = createHtmlWriter(await loadMjml());
  browser = await openBrowser();
  pages = [];
  for (const width of WIDTHS) {
    for (const colorScheme of THEMES) {
      const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
      pages.push({ page, view: `${width} ${colorScheme}` });
    }
  }
});
afterAll(() => browser?.close());

/** What is wrong with a page, in all views: each fault with what it is about. */
async function faultsOf(html: string): Promise<string[]> {
  const faults: string[] = [];
  for (const { page, view } of pages) {
    await page.setContent(html);
    faults.push(...((await page.evaluate(EXAMINE)) as string[]).map((fault) => `${view}: ${fault}`));
  }
  return faults;
}

/** What stands out of a page, and text too faint (WCAG 2, 1.4.3); evaluated as text, as it is the browser's and not ours. */
const EXAMINE = `(() => {
  const faults = [];
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) faults.push(scrollWidth + ' px of content');

  const colour = (text) => {
    const [r = 0, g = 0, b = 0, a = 1] = (text.match(/[\\d.]+/g) ?? []).map(Number);
    return [r, g, b, a];
  };
  const over = ([r, g, b, a], below) => [
    r * a + below[0] * (1 - a),
    g * a + below[1] * (1 - a),
    b * a + below[2] * (1 - a),
    1,
  ];
  // Where nothing is painted a mail program shows its own page.
  const nothing = matchMedia('(prefers-color-scheme: dark)').matches ? [0, 0, 0, 1] : [255, 255, 255, 1];
  const behind = (element) => {
    if (element === null) return nothing;
    const own = colour(getComputedStyle(element).backgroundColor);
    return own[3] === 1 ? own : over(own, behind(element.parentElement));
  };
  const luminance = (of) => {
    const [r, g, b] = of.slice(0, 3).map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  let seen = 0;
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const words = walker.currentNode.textContent.trim();
    if (words === '' || !element.checkVisibility({ opacityProperty: true })) continue;
    range.selectNodeContents(walker.currentNode);
    const box = range.getBoundingClientRect();
    // What mail programs show in their list only.
    if (box.width <= 1 || box.height <= 1 || element.getBoundingClientRect().height <= 1) continue;
    seen += 1;
    const shown = '"' + words.slice(0, 40) + '"';
    if (box.right > clientWidth + 0.5 || box.left < -0.5) faults.push(shown + ' stands out');
    const style = getComputedStyle(element);
    const paper = behind(element);
    const pair = [luminance(over(colour(style.color), paper)), luminance(paper)].sort((a, b) => b - a);
    const contrast = (pair[0] + 0.05) / (pair[1] + 0.05);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (contrast < (large ? 3 : 4.5)) faults.push(shown + ' has a contrast of ' + contrast.toFixed(2));
    if (size < 14) faults.push(shown + ' is ' + size + ' px small');
  }
  for (const element of document.body.querySelectorAll('*'))
    if (element.getBoundingClientRect().right > clientWidth + 0.5) faults.push(element.tagName + ' stands out');
  if (seen < 10) faults.push('only ' + seen + ' texts are seen');
  return faults;
})()`;

describe('every golden copy', () => {
  it('is there', () => {
    expect(COPIES.length).toBeGreaterThanOrEqual(36);
  });

  it.each(COPIES)('fits and can be read, 320 and 640 px wide, light and dark: %s', async (name) => {
    const html = readFileSync(join(FOLDER, name), 'utf8');

    const faults = await faultsOf(html);

    expect(faults).toEqual([]);
  });
});

describe('text from elsewhere', () => {
  it.each([
    ['of one endless word', 'W'.repeat(10_000)],
    ['of marks that turn the writing around', `\u202e\u2066${'evil '.repeat(2_000)}\u2069`],
    ['of HTML', `<div style="width:2000px">wide</div><table><tr><td>${'x'.repeat(10_000)}`],
    ['of line breaks', 'a\r\n\u2028\u2029b'.repeat(2_000)],
  ])('does not stand out: %s', async (_, evil) => {
    const draw = { ...DRAW, type: 'other:x' as const, label: evil, number: evil };
    const notice = sampleNotice({ draw, special: [{ type: 'draw_type.new', drawType: 'other:x' }] });
    const out = { page: `https://${'a'.repeat(60)}.example/${'b'.repeat(900)}` };
    const sender = { sender: evil.slice(0, 500), wayOut: out, manage: out.page, siteUrl: out.page };
    const message = writeMessage(notice, sender) as Message;

    const faults = await faultsOf(writeHtml(message));

    expect(faults).toEqual([]);
  });
});

it('would be told of a page that is too wide or too faint', async () => {
  const html = readFileSync(join(FOLDER, COPIES[0] as string), 'utf8');
  const broken = html.replace(
    '<body',
    '<body><p style="width:700px;color:#777;background:#888">faint</p><body',
  );

  const faults = await faultsOf(broken);

  for (const { view } of pages) {
    expect(faults).toContain(`${view}: "faint" has a contrast of 1.26`);
    expect(faults).toContain(`${view}: P stands out`);
  }
});
