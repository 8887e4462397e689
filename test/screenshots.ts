// The pictures of the pages in docs/images/: the shipped history, as a browser shows it two minutes after a look.

import { mkdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DEFAULT_CADENCE } from '../src/cadence.ts';
import { startFromHistory } from '../src/journey.ts';
import { ircc } from '../src/sources/ircc.ts';
import { saveHealth } from '../src/store/health.ts';
import { takeLease } from '../src/store/leases.ts';
import { openStore } from '../src/store/open.ts';
import { openWebApp } from '../src/web/app.ts';
import { openWebServer } from '../src/web/server.ts';
import { openBrowser } from './support/browser.ts';

const IMAGES = fileURLToPath(new URL('../docs/images/', import.meta.url));
const PICTURES = { home: '/en/', draw: '/en/draws/ircc-297/' };
const VIEWPORT = { width: 960, height: 800 };

/** A working day soon after the newest draw that is shipped. */
const LOOKED_AT = '2026-07-13T14:00:00.000Z';
const NOW = '2026-07-13T14:02:10.000Z';
const LEASED_UNTIL = '2026-07-13T14:05:00.000Z';

const db = openStore(':memory:');
await startFromHistory(ircc, { db, now: () => new Date(LOOKED_AT), dormantDays: 180 });
await saveHealth(db, {
  source: ircc.id,
  triedAt: LOOKED_AT,
  succeededAt: LOOKED_AT,
  failures: 0,
  failing: null,
  quiet: null,
  retryAt: null,
  browserAt: null,
  unconditional: false,
  moved: null,
});
await takeLease(db, 'watch', 'screenshots', LOOKED_AT, LEASED_UNTIL);
const app = openWebApp({
  db,
  now: () => new Date(NOW),
  secrets: ['what no link of a picture is signed with'],
  publicUrl: 'https://draws.example.org',
  sender: 'Draws of Example, 1 Example Street, Ottawa, post@example.org',
  operator: 'mailto:operator@example.org',
  cadence: DEFAULT_CADENCE,
  allowPrivate: [],
  proxies: [],
  bounces: { secret: null, sesTopic: null, postmark: null, mailgun: null },
  channels: { open: () => Promise.reject(new Error('nothing is sent here')) },
  wake: () => undefined,
  warn: (message) => process.stderr.write(`${message}\n`),
});
const server = await openWebServer({ host: '127.0.0.1', port: 0 }, app);
const browser = await openBrowser();
try {
  mkdirSync(IMAGES, { recursive: true });
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await browser.newContext({ viewport: VIEWPORT, colorScheme, locale: 'en-CA' });
    const page = await context.newPage();
    for (const [name, path] of Object.entries(PICTURES)) {
      const file = `${IMAGES}${name}-${colorScheme}.png`;
      await page.goto(server.origin + path);
      await page.screenshot({ path: file });
      process.stdout.write(`${file}: ${(statSync(file).size / 1_000).toFixed(0)} KB\n`);
    }
    await context.close();
  }
} finally {
  await browser.close();
  await server.close();
  await db.destroy();
}
