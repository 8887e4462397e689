// The frame of the pages and their button in a real browser: without JavaScript, by the keyboard, on paper.

import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { openArchiveWorld } from './archive-world.ts';
import { linkOf, openWebWorld, serveApp } from './world.ts';

const LEAVE = 'Ne plus m’envoyer de messages';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

interface Look {
  width?: number;
  colorScheme?: 'light' | 'dark';
}

async function withPage<Result>(
  { width = 320, colorScheme = 'light' }: Look,
  work: (page: Page) => Promise<Result>,
): Promise<Result> {
  const context = await browser.newContext({
    viewport: { width, height: 640 },
    colorScheme,
    locale: 'en-CA',
    javaScriptEnabled: false,
  });
  try {
    return await work(await context.newPage());
  } finally {
    await context.close();
  }
}

/** The words of what the keyboard is at. */
function focused(page: Page): Promise<unknown> {
  return page.evaluate('document.activeElement.textContent');
}

describe('the frame', () => {
  it('lets whoever uses the keyboard skip to the content, and see where they are', async () => {
    const { app } = await openWebWorld();
    const origin = await serveApp(app);

    const seen = await withPage({}, async (page) => {
      await page.goto(`${origin}/en/`);
      await page.keyboard.press('Tab');
      const at = await focused(page);
      const box = await page.getByRole('link', { name: 'Skip to the content' }).boundingBox();
      await page.keyboard.press('Enter');
      await page.waitForURL(/#/);
      return { at, inSight: (box?.x ?? -1) >= 0, url: page.url() };
    });

    expect(seen).toEqual({ at: 'Skip to the content', inSight: true, url: `${origin}/en/#main` });
  });

  it('leads to the same page in the other language, and back', async () => {
    const { app } = await openWebWorld();
    const origin = await serveApp(app);

    const seen = await withPage({}, async (page) => {
      await page.goto(`${origin}/en/about/`);
      await page.getByRole('link', { name: 'Français' }).click();
      await page.waitForURL('**/fr/**');
      const french = [page.url(), await page.locator('html').getAttribute('lang')];
      await page.getByRole('link', { name: 'English' }).click();
      await page.waitForURL('**/en/**');
      return [...french, page.url()];
    });

    expect(seen).toEqual([`${origin}/fr/about/`, 'fr', `${origin}/en/about/`]);
  });

  it('is left out on paper, where the figures stay', async () => {
    const { app } = await openArchiveWorld();
    const origin = await serveApp(app);

    const seen = await withPage({ width: 800, colorScheme: 'dark' }, async (page) => {
      await page.goto(`${origin}/en/`);
      await page.emulateMedia({ media: 'print' });
      return {
        navigation: await page.locator('nav').isVisible(),
        cards: await page.getByRole('heading', { name: 'Canadian Experience Class' }).isVisible(),
        paper: await page.evaluate('getComputedStyle(document.querySelector("main")).backgroundColor'),
      };
    });

    expect(seen).toEqual({ navigation: false, cards: true, paper: 'rgb(255, 255, 255)' });
  });
});

describe('the button', () => {
  it.each(['Enter', 'Space'])(
    'is reached by Tab, seen there, and pressed by %s, without JavaScript',
    async (key) => {
      const { app, bruno, readers } = await openWebWorld();
      const origin = await serveApp(app);

      const seen = await withPage({}, async (page) => {
        await page.goto(origin + linkOf(bruno));
        const button = page.getByRole('button', { name: LEAVE });
        for (let tabs = 0; tabs < 12 && (await focused(page)) !== LEAVE; tabs += 1)
          await page.keyboard.press('Tab');
        const reached = await button.evaluate('document.activeElement.tagName');
        const outline = await button.evaluate('getComputedStyle(document.activeElement).outlineWidth');
        const [answer] = await Promise.all([
          page.waitForResponse(origin + linkOf(bruno)),
          page.keyboard.press(key),
        ]);
        const heading = page.getByRole('heading', { name: 'Désabonnement effectué' });
        await heading.waitFor();
        return {
          reached,
          outline,
          method: answer.request().method(),
          status: answer.status(),
          url: page.url(),
          cookies: await page.context().cookies(),
          buttons: await page.getByRole('button').count(),
        };
      });

      expect(seen).toEqual({
        reached: 'BUTTON',
        outline: '3px',
        method: 'POST',
        status: 200,
        url: origin + linkOf(bruno),
        cookies: [],
        buttons: 0,
      });
      expect(await readers()).toEqual(['amina@example.org']);
    },
  );
});
