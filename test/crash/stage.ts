// Where the crash test plays: an official site, a mail server, teams, and an installation with its readers.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runOnce } from '../../src/cli/run.ts';
import { closeSession, openSession } from '../../src/cli/session.ts';
import { readConfig } from '../../src/config.ts';
import { buildFeed } from '../../src/demo/feed.ts';
import { openOfficialSite } from '../../src/demo/official-site.ts';
import { Subscription } from '../../src/match/profile.ts';
import { SOURCES } from '../../src/sources/index.ts';
import { addEndpoint } from '../../src/store/endpoints.ts';
import { inTransaction } from '../../src/store/open.ts';
import { listSubscribers, saveSubscribers } from '../../src/store/subscribers.ts';
import { seededRandom } from '../bench/latency.ts';
import { shippedDraws } from '../draw/history.ts';
import type { Closing } from '../support/cli.ts';
import { type Ledger, nameNotice, openLedger } from './ledger.ts';
import { BEFORE, type News } from './news.ts';
import { openPostOffice } from './post-office.ts';
import type { Setting } from './program.ts';
import { openTeams } from './teams.ts';

/** How large, and by which chance. */
export interface Size {
  notices: number;
  endpoints: number;
  seed: number;
}

export interface Stage extends Setting {
  ledger: Ledger;
  random: () => number;
  endpoints: number;
  database: string;
  /** Has these rounds come out; the first to look is served after `first`. */
  publish(news: News, first?: () => void): void;
  /** Of all that has come out: the notices there are to be, by the events that the database says it tells. */
  expected(told: readonly { type: string; draw: string | null }[]): Set<string>;
  /** How many notices that is for one of the news. */
  countOf(news: News): number;
  /** And for all of them together. */
  count: number;
  /** Whoever starts something has it ended with the rest. */
  closing: Closing;
  /** Resolves when everything has arrived that a process sent which is gone. */
  quiet(): Promise<void>;
}

/** Readers and teams for so many notices of all of `news`, and a first look taken. */
export async function openStage(closing: Closing, size: Size, news: readonly News[]): Promise<Stage> {
  const random = seededRandom(size.seed);
  const ledger = openLedger();
  const draws = shippedDraws();
  const feedOf = ({ day }: { day: string }) => buildFeed(draws, { asOf: day });
  const [site, postOffice, teams] = await Promise.all([
    openOfficialSite(feedOf(BEFORE)),
    openPostOffice(ledger),
    openTeams(ledger, random),
  ]);
  const folder = mkdtempSync(join(tmpdir(), 'drawbell-crash-'));
  closing(async () => {
    await Promise.all([site.close(), postOffice.close(), teams.close()]);
    rmSync(folder, { recursive: true, force: true });
  });
  const database = join(folder, 'data', 'drawbell.db');
  const env = {
    DRAWBELL_DATABASE: database,
    DRAWBELL_HISTORY: 'none',
    DRAWBELL_IRCC_URL: site.feedUrl,
    DRAWBELL_IRCC_PAGE_URL: site.pageUrl,
    DRAWBELL_SMTP_URL: postOffice.url,
    DRAWBELL_MAIL_FROM: 'drawbell <bell@example.org>',
    DRAWBELL_ALLOW_PRIVATE: '127.0.0.1',
    DRAWBELL_BROWSER: '/nowhere/chromium',
    DRAWBELL_BACKUPS: '0',
  };
  const events = news.reduce((sum, one) => sum + one.events, 0);
  const rounds = news.flatMap((one) => one.rounds);
  const readers = Math.ceil(Math.max(1, (size.notices - size.endpoints * events) / rounds.length));
  const countOf = (one: News) => readers * one.rounds.length + size.endpoints * one.events;
  await settleIn();
  const out = new Set<string>();

  async function settleIn(): Promise<void> {
    const now = new Date(BEFORE.at);
    const session = openSession(readConfig(env, SOURCES), () => now, fail);
    const wanted = Array.from({ length: readers }, (_, index) =>
      // A score by which each knows their mail, of three figures: longer ones are written in groups.
      Subscription.parse({
        email: `reader-${index}@example.org`,
        crs: 100 + (index % 900),
        notify: ['every-draw'],
      }),
    );
    try {
      await inTransaction(session.db, (trx) => saveSubscribers(trx, wanted, BEFORE.at));
      for (const { email, key, profile } of await listSubscribers(session.db))
        postOffice.residents.set(email, { key, score: profile.crs ?? 0 });
      for (let team = 1; team <= size.endpoints; team += 1) {
        const path = `/teams/${team}`;
        const wishes = { url: teams.origin + path, kind: 'standard', events: null } as const;
        teams.secrets.set(path, (await addEndpoint(session.db, wishes, BEFORE.at)).secret);
      }
      const { sources } = await runOnce(session);
      if (sources[0]?.status !== 'changed') fail(`the first look: ${JSON.stringify(sources)}`);
    } finally {
      await closeSession(session);
    }
  }

  return {
    folder,
    env,
    closing,
    ledger,
    random,
    endpoints: size.endpoints,
    database,
    publish(one, first) {
      const feed = feedOf(one);
      for (const round of one.rounds) out.add(`ircc:${round}`);
      site.publish(feed);
      if (!first) return;
      site.answerWith((response) => {
        first();
        site.publish(feed);
        response.writeHead(200, { 'content-type': 'application/json' }).end(feed);
      });
    },
    expected(told) {
      const toTeams = told.flatMap(({ type, draw }) =>
        [...teams.secrets.keys()].map((path) => nameNotice(path, type, draw)),
      );
      const toReaders = [...out].flatMap((draw) =>
        [...postOffice.residents.keys()].map((email) => nameNotice(email, 'draw.published', draw)),
      );
      return new Set([...toTeams, ...toReaders]);
    },
    countOf,
    count: news.map(countOf).reduce((sum, count) => sum + count, 0),
    async quiet() {
      await Promise.all([postOffice.quiet(), teams.quiet()]);
    },
  };
}

function fail(message: string): never {
  throw new Error(message);
}
