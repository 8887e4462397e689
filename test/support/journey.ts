// A whole installation for tests: real servers, a real database, a clock that stands still.

import { onTestFinished } from 'vitest';
import { buildFeed } from '../../src/demo/feed.ts';
import { type MailServer, openMailServer } from '../../src/demo/mail-server.ts';
import { type OfficialSite, openOfficialSite } from '../../src/demo/official-site.ts';
import { openReceiver, type Receiver } from '../../src/demo/receiver.ts';
import type { Draw } from '../../src/draw/draw.ts';
import type { Deps } from '../../src/journey.ts';
import { Subscription } from '../../src/match/profile.ts';
import { openChannels } from '../../src/notify/index.ts';
import { addEndpoint } from '../../src/store/endpoints.ts';
import type { Db } from '../../src/store/schema.ts';
import { saveSubscribers } from '../../src/store/subscribers.ts';
import { openTestStore } from './store.ts';

export interface Installation extends Deps {
  site: OfficialSite;
  mailServer: MailServer;
  team: Receiver;
  warnings: string[];
  setClock(instant: string): void;
}

/** Everything is closed when the test is done; the channels have `more` instead of what is usual here. */
export async function openInstallation(
  draws: readonly Draw[],
  instant: string,
  file?: string,
  more: Partial<Parameters<typeof openChannels>[0]> = {},
): Promise<Installation> {
  const site = await openOfficialSite(buildFeed(draws));
  const mailServer = await openMailServer();
  const team = await openReceiver();
  const warnings: string[] = [];
  let now = new Date(instant);
  const clock = () => now;
  const channels = openChannels({
    smtpUrl: mailServer.url,
    mailDir: '',
    from: 'drawbell <bell@example.org>',
    sender: 'A list, 1 Example Street, Ottawa',
    operator: 'mailto:operator@example.org',
    userAgent: 'drawbell/test',
    smtpLimits: { connections: 4, perSecond: null },
    dkim: null,
    publicUrl: null,
    signingSecret: async () => 'a secret of the tests',
    allowPrivate: ['127.0.0.1'],
    now: clock,
    warn: (message) => warnings.push(message),
    ...more,
  });
  onTestFinished(async () => {
    await channels.close();
    await Promise.all([site.close(), mailServer.close(), team.close()]);
  });
  return {
    db: openTestStore(file),
    channels,
    now: clock,
    random: () => 0.5,
    addresses: {
      ircc: { documentUrl: site.feedUrl, pageUrl: site.pageUrl, opinionUrl: null, site: '127.0.0.1' },
    },
    userAgent: 'drawbell/test',
    dormantDays: 180,
    alarm: { failures: 3, hours: 6 },
    // No browser, unless a test brings one.
    browser: { executable: '/nowhere/chromium', searchPath: '' },
    operatorMail: true,
    mailsAtATime: 4,
    warn: (message) => warnings.push(message),
    site,
    mailServer,
    team,
    warnings,
    setClock(next) {
      now = new Date(next);
    },
  };
}

/** Somebody who wants to hear of everything; `facts` is the rest of the subscription. */
export async function subscribe(db: Db, email: string, facts: Record<string, unknown> = {}): Promise<void> {
  const subscription = Subscription.parse({ email, notify: ['every-draw'], ...facts });
  await saveSubscribers(db, [subscription], '2024-05-01T00:00:00Z');
}

export async function addTeam({ db, team }: Installation): Promise<string> {
  const endpoint = await addEndpoint(
    db,
    { url: team.url, kind: 'standard', events: null },
    '2024-05-01T00:00:00Z',
  );
  team.trust(endpoint.secret);
  return endpoint.id;
}
