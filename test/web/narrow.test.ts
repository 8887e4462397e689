// Tables on a phone, in a real browser: what most people look for is in view before anything is scrolled.

import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { openArchiveWorld } from './archive-world.ts';
import { serveApp } from './world.ts';

const WIDTH = 320;

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

/** How far to the right the words of these reach, in pixels. Evaluated by the browser. */
const RIGHTMOST = (
  selector: string,
) => `Math.max(...[...document.querySelectorAll('${selector}')].map((one) => {
  const words = document.createRange();
  words.selectNodeContents(one);
  return words.getBoundingClientRect().right;
}))`;

async function rightmost(path: string, selector: string): Promise<number> {
  const { app } = await openArchiveWorld();
  const origin = await serveApp(app);
  const context = await browser.newContext({ viewport: { width: WIDTH, height: 800 } });
  try {
    const page = await context.newPage();
    await page.goto(origin + path);
    return await page.evaluate<number>(RIGHTMOST(selector));
  } finally {
    await context.close();
  }
}

it.each(['en', 'fr'])('the history shows of each draw its type and its cut-off, in %s', async (locale) => {
  const right = await rightmost(`/${locale}/history/`, '.draws td:nth-child(-n + 4)');

  expect(right).toBeGreaterThan(WIDTH / 2);
  expect(right).toBeLessThanOrEqual(WIDTH);
});

it.each(['/fr/types/', '/fr/types/healthcare/', '/en/history/'])(
  'what stands above the tables of %s is not cut',
  async (path) => {
    const right = await rightmost(path, '.scroll caption');

    expect(right).toBeGreaterThan(0);
    expect(right).toBeLessThanOrEqual(WIDTH);
  },
);
