// The pages on paper, in a real browser: what can only be clicked is not there, and the rest is dark on white.

import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { storeDraws } from './history-draws.ts';
import { openWebWorld, serveApp } from './world.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

/** What of these is still shown; how light the lightest text is, from 0 to 255. Evaluated by the browser. */
const PRINTED = `(() => {
  const shown = (one) => one.getClientRects().length > 0 && !one.closest('details:not([open])');
  const clickable = [...document.querySelectorAll('nav, form, .button, .skip')].filter(shown);
  const light = (color) => {
    const [red, green, blue] = color.match(/\\d+/g).map(Number);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const lights = [...document.querySelectorAll('main *, footer *')]
    .filter((one) => shown(one) && one.namespaceURI.endsWith('xhtml'))
    .map((one) => light(getComputedStyle(one).color));
  return { clickable: clickable.map((one) => one.outerHTML.slice(0, 60)), lightest: Math.max(...lights) };
})()`;

it.each(['/en/', '/en/history/', '/fr/draws/ircc-297/', '/en/types/', '/en/about/'])(
  'prints %s dark on white, also for somebody whose screen is dark, without what is to be clicked',
  async (path) => {
    const { app, db } = await openWebWorld();
    await storeDraws(db);
    const origin = await serveApp(app);
    const context = await browser.newContext({ colorScheme: 'dark' });
    try {
      const page = await context.newPage();
      await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
      await page.goto(origin + path);

      const { clickable, lightest } = await page.evaluate<{ clickable: string[]; lightest: number }>(PRINTED);

      expect(clickable).toEqual([]);
      expect(lightest).toBeLessThan(128);
    } finally {
      await context.close();
    }
  },
);
