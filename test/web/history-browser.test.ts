// The history in a real browser without JavaScript: a type stands out by its radio button, the form works.

import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { storeDraws } from './history-draws.ts';
import { openWebWorld, serveApp } from './world.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

async function withHistory<Result>(width: number, work: (page: Page) => Promise<Result>): Promise<Result> {
  const { app, db } = await openWebWorld();
  await storeDraws(db);
  const origin = await serveApp(app);
  const context = await browser.newContext({ viewport: { width, height: 800 }, javaScriptEnabled: false });
  try {
    const page = await context.newPage();
    await page.goto(`${origin}/en/history/`);
    return await work(page);
  } finally {
    await context.close();
  }
}

/** How strongly the marks of each of these types are drawn, and whether a line joins them. */
const LOOKS = `['general', 'cec', 'french'].map((type) => {
  const series = document.querySelector('.of-' + type);
  const line = getComputedStyle(series.querySelector('.marks')).stroke;
  return [getComputedStyle(series).opacity, line === 'none' ? 'no line' : 'line'].join();
})`;

it('one type stands out by its radio button, by the keyboard too', async () => {
  const looks = await withHistory(1280, async (page) => {
    const before = await page.evaluate(LOOKS);
    await page.getByLabel('Canadian Experience Class', { exact: true }).check();
    const chosen = await page.evaluate(LOOKS);
    await page.keyboard.press('ArrowUp');
    return { before, chosen, next: await page.evaluate(LOOKS) };
  });

  expect(looks).toEqual({
    before: ['1,no line', '1,no line', '1,no line'],
    chosen: ['0.12,no line', '1,line', '0.12,no line'],
    next: ['1,line', '0.12,no line', '0.12,no line'],
  });
});

it('the form leads to the draws it asks for', async () => {
  const { path, heading, rows } = await withHistory(320, async (page) => {
    await page.getByLabel('Type', { exact: true }).selectOption('cec');
    await page.getByLabel('Year', { exact: true }).selectOption('2024');
    await page.getByLabel('Order', { exact: true }).selectOption('lowest');
    await page.getByRole('button', { name: 'Show' }).click();
    // The click waits for the first bytes of the page, not for the last of its rows.
    await page.waitForURL('**/cec/2024/lowest/');
    return {
      path: new URL(page.url()).pathname,
      heading: await page.locator('h1').textContent(),
      rows: await page.locator('table.draws tbody tr').count(),
    };
  });

  expect(path).toBe('/en/history/cec/2024/lowest/');
  expect(heading).toBe('Canadian Experience Class: draws of 2024');
  expect(rows).toBe(10);
});
