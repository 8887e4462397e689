// The demo's story: real draws of May 2024, four readers and a team. Everything runs here, nothing leaves.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type RunReport, runOnce } from '../cli/run.ts';
import { closeSession, openSession } from '../cli/session.ts';
import { readConfig } from '../config.ts';
import type { Event } from '../event/event.ts';
import { Subscription } from '../match/profile.ts';
import { ircc } from '../sources/ircc.ts';
import { addEndpoint } from '../store/endpoints.ts';
import { listEvents } from '../store/events.ts';
import { readHistory } from '../store/history.ts';
import { listNotices, type NoticeLine } from '../store/notices.ts';
import { listSubscribers, saveSubscribers } from '../store/subscribers.ts';
import { buildFeed } from './feed.ts';
import { openMailServer, type ReceivedMail } from './mail-server.ts';
import { openOfficialSite } from './official-site.ts';
import { openReceiver, type ReceivedWebhook } from './receiver.ts';

const DAY_BEFORE = '2024-05-30';
const DAY = '2024-05-31';
/** The official page is quiet, it gains the round, and it is quiet again. */
const LOOKS = [`${DAY_BEFORE}T18:00:00Z`, `${DAY}T16:05:00Z`, `${DAY}T16:10:00Z`] as const;

/** Who asked to be told, and what each of them is in the story for. */
export const READERS: readonly { about: string; subscription: Subscription }[] = [
  {
    about: 'above the cut-off',
    subscription: Subscription.parse({
      email: 'amina@example.org',
      crs: 534,
      crsAsOf: '2024-05-01',
      profileSubmittedAt: '2024-02-12T09:30:00Z',
      programs: ['cec'],
    }),
  },
  {
    about: 'at the cut-off, submitted in time',
    subscription: Subscription.parse({
      email: 'bruno@example.org',
      locale: 'fr',
      crs: 522,
      crsAsOf: '2024-05-01',
      profileSubmittedAt: '2024-03-19T18:58:57Z',
      programs: ['cec', 'fsw'],
    }),
  },
  {
    about: 'above the cut-off, but not of this programme',
    subscription: Subscription.parse({
      email: 'chen@example.org',
      crs: 540,
      crsAsOf: '2024-05-01',
      profileSubmittedAt: '2024-01-08T22:15:00Z',
      programs: ['fsw'],
    }),
  },
  {
    about: 'at the cut-off, submitted on the day of the tie-break',
    subscription: Subscription.parse({
      email: 'dana@example.org',
      crs: 522,
      crsAsOf: '2024-05-01',
      profileSubmittedAt: '2024-03-19',
      programs: ['cec'],
    }),
  },
];

export interface Story {
  looks: { at: string; status: number; report: RunReport }[];
  /** Detected at the second look. */
  events: Event[];
  told: { about: string; email: string; outcome: NoticeLine['outcome']; mail: ReceivedMail }[];
  webhooks: ReceivedWebhook[];
}

/** Runs the story from an empty database to the third look, on real servers of its own. */
export async function tellStory(warn: (message: string) => void): Promise<Story> {
  const { draws } = await readHistory(ircc.id, ircc.history, LOOKS[0]);
  const folder = mkdtempSync(path.join(tmpdir(), 'drawbell-demo-'));
  const site = await openOfficialSite(buildFeed(draws, { asOf: DAY_BEFORE }));
  const mailServer = await openMailServer();
  const team = await openReceiver();
  let now = new Date(LOOKS[0]);
  const session = openSession(
    readConfig(
      {
        DRAWBELL_DATABASE: path.join(folder, 'drawbell.db'),
        DRAWBELL_HISTORY: 'none',
        DRAWBELL_IRCC_URL: site.feedUrl,
        DRAWBELL_IRCC_PAGE_URL: site.pageUrl,
        DRAWBELL_SMTP_URL: mailServer.url,
        DRAWBELL_MAIL_FROM: 'drawbell demo <bell@example.org>',
        DRAWBELL_SENDER: 'The drawbell demo, 1 Example Street, Ottawa ON K1A 0A0, bell@example.org',
        DRAWBELL_OPERATOR: 'mailto:bell@example.org',
        DRAWBELL_ALLOW_PRIVATE: '127.0.0.1',
      },
      [ircc],
    ),
    () => now,
    warn,
  );
  try {
    const subscriptions = READERS.map(({ subscription }) => subscription);
    await saveSubscribers(session.db, subscriptions, LOOKS[0]);
    const endpoint = await addEndpoint(
      session.db,
      { url: team.url, kind: 'standard', events: null },
      LOOKS[0],
    );
    team.trust(endpoint.secret);

    const looks: Story['looks'] = [];
    for (const at of LOOKS) {
      now = new Date(at);
      if (at === LOOKS[1]) site.publish(buildFeed(draws, { asOf: DAY }));
      const report = await runOnce(session);
      looks.push({ at, report, status: site.asked.at(-1)?.status ?? 0 });
    }

    const notices = await listNotices(session.db, { event: 'draw.published/ircc:297' });
    const subscribers = await listSubscribers(session.db);
    const told = READERS.map(({ about, subscription: { email } }) => {
      const id = subscribers.find((subscriber) => subscriber.email === email)?.id;
      const notice = notices.find(({ recipient }) => recipient === `subscriber ${id}`);
      const mail = mailServer.received.find(({ recipients }) => recipients.includes(email));
      if (!notice || !mail) throw new Error('the demo did not go as it should: somebody was not told');
      return { about, email, outcome: notice.outcome, mail };
    });
    return {
      looks,
      events: (await listEvents(session.db)).filter(({ told }) => told),
      told,
      webhooks: team.received,
    };
  } finally {
    await closeSession(session);
    await Promise.all([site.close(), mailServer.close(), team.close()]);
    rmSync(folder, { recursive: true, force: true });
  }
}
