// The pages in a real browser: narrow and wide, light and dark, without JavaScript, by the keyboard.

import { type Browser, chromium, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath } from '../support/chromium.ts';
import { linkOf, openWebWorld, serveApp, type WebWorld } from './world.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: await chromiumPath(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  });
});
afterAll(() => browser.close());

interface Look {
  width?: number;
  colorScheme?: 'light' | 'dark';
  locale?: string;
}

async function withPage<Result>(
  { width = 320, colorScheme = 'light', locale = 'en-CA' }: Look,
  work: (page: Page) => Promise<Result>,
): Promise<Result> {
  const context = await browser.newContext({
    viewport: { width, height: 640 },
    colorScheme,
    locale,
    javaScriptEnabled: false,
  });
  try {
    return await work(await context.newPage());
  } finally {
    await context.close();
  }
}

/** What is wrong with how a page looks; evaluated as text, as it is the browser's and not ours. */
const FAULTS = `(() => {
  const faults = [];
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) faults.push('overflows by ' + (root.scrollWidth - root.clientWidth));
  const read = (color) => color.match(/[\\d.]+/g).map(Number);
  const paperOf = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const paper = read(getComputedStyle(at).backgroundColor);
      if (paper.length === 3 || paper[3] > 0) return paper;
    }
    return [255, 255, 255];
  };
  const luminance = (color) => {
    const [r, g, b] = color.slice(0, 3).map((part) => {
      const c = part / 255;
      return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  for (const element of document.querySelectorAll('header, h1, p, button')) {
    const pair = [luminance(read(getComputedStyle(element).color)), luminance(paperOf(element))].sort((a, b) => b - a);
    const contrast = (pair[0] + 0.05) / (pair[1] + 0.05);
    if (contrast < 4.5) faults.push(element.tagName + ' has a contrast of ' + contrast.toFixed(2));
    const box = element.getBoundingClientRect();
    if (box.left < 0 || box.right > root.clientWidth) faults.push(element.tagName + ' sticks out');
    if (element.tagName === 'BUTTON' && box.height < 44) faults.push('the button is too low for a finger');
  }
  return faults;
})()`;

/** Every kind of page, and where it is. */
const PAGES: Record<string, (world: WebWorld) => string> = {
  home: () => '/',
  'the question': ({ amina }) => linkOf(amina),
  'the question in French': ({ bruno }) => linkOf(bruno),
  'a wrong link': () => '/unsubscribe/0123456789abcdef01234567.wrong',
  'no page': () => `/${'nowhere'.repeat(30)}`,
};

describe.each(Object.entries(PAGES))('%s', (_name, pathOf) => {
  it.each([
    [320, 'light', 'en-CA'],
    [320, 'dark', 'fr-CA'],
    [1280, 'light', 'fr-CA'],
    [1280, 'dark', 'en-CA'],
  ] as const)('fits and can be read at %i px, %s, in %s', async (width, colorScheme, locale) => {
    const world = await openWebWorld();
    const origin = await serveApp(world.app);

    const seen = await withPage({ width, colorScheme, locale }, async (page) => {
      const complaints: string[] = [];
      page.on('console', (message) => {
        // That the page itself is a 404 is also said there.
        if (message.type() === 'error' && !message.text().includes('404')) complaints.push(message.text());
      });
      await page.goto(origin + pathOf(world));
      return {
        complaints,
        faults: await page.evaluate(FAULTS),
        paper: await page.evaluate('getComputedStyle(document.querySelector("main")).backgroundColor'),
        landmarks: await page.locator('header, main, footer').count(),
        headings: await page.getByRole('heading').count(),
        title: await page.title(),
      };
    });

    expect(seen).toMatchObject({ complaints: [], faults: [], landmarks: 3, headings: 1 });
    expect(seen.paper).toBe(colorScheme === 'dark' ? 'rgb(30, 35, 43)' : 'rgb(255, 255, 255)');
    expect(seen.title).toMatch(/Drawbell$/);
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
        const button = page.getByRole('button', { name: 'Ne plus m’envoyer de messages' });
        await page.keyboard.press('Tab');
        const focused = await button.evaluate('document.activeElement.tagName');
        const outline = await button.evaluate('getComputedStyle(document.activeElement).outlineWidth');
        const [answer] = await Promise.all([
          page.waitForResponse(origin + linkOf(bruno)),
          page.keyboard.press(key),
        ]);
        const heading = page.getByRole('heading', { name: 'Désabonnement effectué' });
        await heading.waitFor();
        return {
          focused,
          outline,
          method: answer.request().method(),
          status: answer.status(),
          url: page.url(),
          cookies: await page.context().cookies(),
          buttons: await page.getByRole('button').count(),
        };
      });

      expect(seen).toEqual({
        focused: 'BUTTON',
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
