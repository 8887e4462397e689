// The whole life of a subscriber, in a real browser without JavaScript, against the running program.

import type { BrowserContext } from 'playwright';
import { Agent, request } from 'undici';
import { expect, it } from 'vitest';
import { buildFeed } from '../../src/demo/feed.ts';
import type { MailServer, ReceivedMail } from '../../src/demo/mail-server.ts';
import type { Draw } from '../../src/draw/draw.ts';
import { openWorld } from '../cli/world.ts';
import { shippedDraws } from '../draw/history.ts';
import { openBrowser } from '../support/browser.ts';
import { type Closing, jsonOf } from '../support/cli.ts';
import { openProxy } from './proxy.ts';

const HOST = 'draws.example.org';
const HERE = `https://${HOST}`;
const ADDRESS = 'Chen@example.org';

/** A draw of today, which nobody has heard of. */
function drawOfToday(known: readonly Draw[]): Draw {
  const last = known.at(-1) as Draw;
  const date = new Date().toISOString().slice(0, 10);
  const number = String(Number(last.number) + 1);
  return {
    ...last,
    id: `ircc:${number}`,
    number,
    date,
    issuedAt: null,
    label: 'Canadian Experience Class',
    type: 'cec',
    version: null,
    programs: ['cec'],
    invitations: 2_500,
    cutoff: 515,
    tieBreakAt: null,
    pool: null,
  };
}

function daysBefore(day: string, days: number): string {
  return new Date(Date.parse(day) - days * 86_400_000).toISOString().slice(0, 10);
}

/** The next mail to arrive from now on. */
function nextMail(mail: MailServer): Promise<ReceivedMail> {
  return new Promise((resolve) => {
    mail.decide((one) => {
      resolve(one);
      return 'take';
    });
  });
}

/** The link to this kind of page in the part that is read as text. */
function linkIn({ text = '' }: ReceivedMail, page: string): string {
  const link = new RegExp(`${HERE}/${page}/[\\w.-]+`).exec(text)?.[0];
  if (link === undefined) throw new Error(`no link to ${page} in:\n${text}`);
  return link;
}

async function openReader(closing: Closing, port: number): Promise<BrowserContext> {
  const browser = await openBrowser([`--host-resolver-rules=MAP ${HOST}:443 127.0.0.1:${port}`]);
  closing(() => browser.close());
  return browser.newContext({ javaScriptEnabled: false, ignoreHTTPSErrors: true, locale: 'en-CA' });
}

it('goes from the sign-up page to the mail that says invited, and back to nobody', async ({
  onTestFinished,
}) => {
  const history = shippedDraws();
  const news = drawOfToday(history);
  const world = await openWorld(onTestFinished, buildFeed(history));
  world.env.DRAWBELL_PUBLIC_URL = HERE;
  world.env.DRAWBELL_SENDER = 'Draws of Example, 1 Example Street, Ottawa ON K1A 0A0, post@example.org';
  await world.drawbell('run');
  const serving = world.start('serve', '--listen', '0', '--json');
  const origin = await serving.sees((stderr) => /http:\/\/127\.0\.0\.1:\d+(?=\/)/.exec(stderr)?.[0]);
  const port = await openProxy(onTestFinished, HOST, () => origin);
  const context = await openReader(onTestFinished, port);
  const page = await context.newPage();
  /** Until the answer is there, all of it. */
  const press = (name: string | RegExp) =>
    Promise.all([page.waitForNavigation(), page.getByRole('button', { name }).click()]);
  const heading = () => page.getByRole('heading', { level: 1 }).textContent();
  const who = async () => jsonOf(await world.drawbell('subscribers', 'list', '--json')).subscribers;

  // Signs up.
  await page.goto(HERE);
  await page.getByRole('link', { name: 'Get told' }).first().click();
  await page.getByLabel('E-mail address').fill(ADDRESS);
  await page.getByLabel('Your score (CRS)').fill('521');
  await page.getByLabel('The day that score was noted').fill(news.date);
  await page.getByText('More about your profile').click();
  await page.getByLabel('When your profile was first submitted').fill(daysBefore(news.date, 60));
  await page.getByLabel('Canadian Experience Class').check();
  await page.getByLabel(/I agree to get e-mails/).check();
  const arrived = nextMail(world.mail);
  await press('Sign up');
  const sent = await heading();
  const confirmation = await arrived;
  const pending = await who();

  // Confirms, from the mail.
  await page.goto(linkIn(confirmation, 'confirm'));
  const asked = await page.textContent('main');
  const stillPending = await who();
  await press(/Confirm/);
  const confirmed = await heading();
  const active = await who();

  // A draw arrives, and a mail says what it means.
  world.site.publish(buildFeed([...history, news]));
  const told = nextMail(world.mail);
  const run = await world.drawbell('run', '--json');
  const invitation = await told;

  // Another score.
  await page.goto(linkIn(invitation, 'manage'));
  await page.getByLabel('Your score (CRS)').fill('530');
  await press('Save');
  const saved = await page.getByRole('status').first().textContent();
  const changed = await who();

  // Leaves by the one click that a mail program makes.
  const list = invitation.headers.find(({ key }) => key === 'list-unsubscribe')?.value ?? '';
  const oneClick = new URL(/<(https:[^>]*)>/.exec(list)?.[1] ?? '');
  const left = await request(`https://127.0.0.1:${port}${oneClick.pathname}`, {
    method: 'POST',
    headers: { host: HOST, 'content-type': 'application/x-www-form-urlencoded' },
    body: 'List-Unsubscribe=One-Click',
    dispatcher: new Agent({ connect: { rejectUnauthorized: false } }),
  });
  await left.body.dump();
  const nobody = await who();
  await page.goto(linkIn(invitation, 'manage'));
  const gone = await page.textContent('main');

  expect(sent).toBe('Now look into your mail');
  expect(confirmation).toMatchObject({ recipients: [ADDRESS], envelopeFrom: 'bell@example.org' });
  expect(confirmation.text).toContain('1 Example Street');
  // In a link any digits may stand.
  expect(confirmation.text?.replace(/https:\S+/g, '')).not.toContain('521');
  expect(pending).toMatchObject([{ email: ADDRESS, status: 'pending', crs: 521 }]);
  expect(asked).toMatch(/Chen@example\.org.*521/s);
  expect(stillPending).toMatchObject([{ status: 'pending' }]);
  expect(confirmed).toBe('You are signed up');
  expect(active).toMatchObject([{ status: 'active', consentHow: 'sign-up' }]);
  expect(active[0].consentWords).toContain('1 Example Street');
  // What serves hands over what is due as well: it may have been the first to find the invitation.
  expect(jsonOf(run)).toMatchObject({ notices: { queued: 1, retrying: 0, failed: 0 } });
  expect(invitation.subject).toMatch(/^You would have been invited: /);
  expect(saved).toMatch(/^Saved/);
  expect(changed).toMatchObject([{ crs: 530, programs: ['cec'], status: 'active' }]);
  expect(left.statusCode).toBe(200);
  expect(nobody).toEqual([]);
  expect(gone).not.toMatch(/Chen|530/i);
  expect(await context.cookies()).toEqual([]);
  expect(world.mail.received).toHaveLength(2);
});
