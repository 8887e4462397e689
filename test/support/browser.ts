// A real browser for the tests of a file: the same for all of them.

import { type Browser, chromium } from 'playwright';
import { chromiumPath } from './chromium.ts';

/** `more`: switches beside the usual ones. Whoever opens it closes it. */
export async function openBrowser(more: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: await chromiumPath(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...more,
    ],
  });
}
