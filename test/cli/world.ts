// Everything a whole run needs: the official site, a mail server, a team's receiver, and an installation.

import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { parse } from 'yaml';
import { type RunReport, runOnce } from '../../src/cli/run.ts';
import { closeSession, openSession, type Session } from '../../src/cli/session.ts';
import { readConfig } from '../../src/config.ts';
import { buildFeed } from '../../src/demo/feed.ts';
import { type MailServer, openMailServer } from '../../src/demo/mail-server.ts';
import { type OfficialSite, openOfficialSite } from '../../src/demo/official-site.ts';
import { openReceiver, type Receiver } from '../../src/demo/receiver.ts';
import { Subscription } from '../../src/match/profile.ts';
import { SOURCES } from '../../src/sources/index.ts';
import { addEndpoint } from '../../src/store/endpoints.ts';
import { saveSubscribers } from '../../src/store/subscribers.ts';
import { shippedDraws } from '../draw/history.ts';
import { type Closing, type Ended, type Installation, jsonOf, openInstallation } from '../support/cli.ts';

export const DAY_BEFORE = '2024-05-30';
/** The day of ircc:297, the first Canadian Experience Class draw in 990 days. */
export const DAY = '2024-05-31';
export const MORNING = `${DAY_BEFORE}T18:00:00Z`;
export const NEWS = `${DAY}T16:00:00Z`;
/** When nothing that was in flight at `NEWS` is held back any more. */
export const AFTER_THE_LEASE = `${DAY}T16:02:01Z`;

/** For tests of webhooks alone: mail is what takes a run the longest. */
export const NO_READERS = '[]';

/** Four readers of ircc:297: cut-off 522, tie-break 2024-03-19T18:58:58Z, Canadian Experience Class only. */
export const READERS = `
- email: amina@example.org          # invited: submitted a second before the tie-break
  crs: 522
  profileSubmittedAt: 2024-03-19T18:58:57Z
  programs: [cec]
- email: bruno@example.org          # not invited, but told that the type has returned
  locale: fr
  crs: 541
  profileSubmittedAt: 2024-01-08T22:15:00Z
  programs: [fsw]
- email: chen@example.org           # cannot tell: the day alone does not decide
  crs: 522
  profileSubmittedAt: 2024-03-19
  programs: [cec, fsw]
- email: dana@example.org           # not invited, and asked for nothing else
  crs: 517
  profileSubmittedAt: 2024-01-08T22:15:00Z
  programs: [cec]
  notify: [invited, cannot-tell]
`;

export interface World extends Installation {
  site: OfficialSite;
  mail: MailServer;
  team: Receiver;
  /** `run --json --now INSTANT` */
  run(now: string): Promise<Run>;
}

export interface Run extends Ended {
  // biome-ignore lint/suspicious/noExplicitAny: what the tests say of it is the check
  report: any;
}

/** The feed as it was on a day, from the shipped history. */
export function feedAsOf(asOf: string): string {
  return buildFeed(shippedDraws(), { asOf });
}

/** An installation without a past, that reads its feed from a small copy of the official site. */
export async function openWorld(
  closing: Closing,
  feed: string | Uint8Array = feedAsOf(DAY_BEFORE),
): Promise<World> {
  const [site, mail, team] = await Promise.all([openOfficialSite(feed), openMailServer(), openReceiver()]);
  closing(async () => {
    await Promise.all([site.close(), mail.close(), team.close()]);
  });
  const installation = openInstallation(closing, {
    DRAWBELL_HISTORY: 'none',
    DRAWBELL_IRCC_URL: site.feedUrl,
    DRAWBELL_IRCC_PAGE_URL: site.pageUrl,
    DRAWBELL_SMTP_URL: mail.url,
    DRAWBELL_MAIL_FROM: 'drawbell <bell@example.org>',
    DRAWBELL_ALLOW_PRIVATE: '127.0.0.1',
    // No browser of this machine is opened, and no time is spent on copies.
    DRAWBELL_BROWSER: '/nowhere/chromium',
    DRAWBELL_BACKUPS: '0',
  });
  async function run(now: string): Promise<Run> {
    const ended = await installation.drawbell('run', '--json', '--now', now);
    return { ...ended, report: jsonOf(ended) };
  }
  return Object.assign(installation, { site, mail, team, run });
}

/**
 * Adds the four readers (or others) and the team, and takes the first look, as of the day before the news. In this process:
 * it is what most tests start from, and starting three commands takes longer than all three do.
 */
export async function settleIn(world: World, yaml = READERS): Promise<void> {
  const { team } = world;
  const readers = parse(yaml).map((entry: unknown) => Subscription.parse(entry));
  await inSession(world, MORNING, async (session) => {
    await saveSubscribers(session.db, readers, MORNING);
    const endpoint = await addEndpoint(
      session.db,
      { url: team.url, kind: 'standard', events: null },
      MORNING,
    );
    team.trust(endpoint.secret);
    const { sources } = await runOnce(session);
    if (sources[0]?.status !== 'changed') fail(`the first look: ${JSON.stringify(sources)}`);
  });
}

/** The four readers and the team, and a round whose mails the mail server has put off; it takes all of them now. */
export async function settleWithMailPutOff(world: World): Promise<void> {
  await settleIn(world);
  world.mail.decide(() => ({ status: 451, text: '4.3.0 later' }));
  world.site.publish(feedAsOf(DAY));
  await lookHere(world, NEWS);
  world.mail.decide(() => 'take');
  world.mail.received.length = 0;
}

/** What `run` does, in this process, and what it would write to standard error. */
export async function lookHere(
  world: World,
  now: string,
): Promise<{ report: RunReport; warnings: string[] }> {
  const warnings: string[] = [];
  const report = await inSession(world, now, runOnce, (message) => warnings.push(message));
  return { report, warnings };
}

/** Opens the world's installation in this process; a warning that nobody waits for fails the test. */
export async function inSession<Result>(
  { folder, env }: World,
  now: string,
  work: (session: Session) => Promise<Result>,
  warn: (message: string) => void = fail,
): Promise<Result> {
  const config = readConfig({ ...env, DRAWBELL_DATABASE: join(folder, 'data', 'drawbell.db') }, SOURCES);
  const session = openSession(config, () => new Date(now), warn);
  try {
    return await work(session);
  } finally {
    await closeSession(session);
  }
}

function fail(message: string): never {
  throw new Error(message);
}

/** Every row of every table, as text: equal before and after means that nothing was touched. */
export function dumpDatabase({ folder }: World): Record<string, string[]> {
  const database = new Sqlite(join(folder, 'data', 'drawbell.db'), { readonly: true });
  const tables = database
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    .pluck();
  const rows = (table: string) => database.prepare(`SELECT * FROM "${table}" ORDER BY rowid`).all();
  const dump = (tables.all() as string[]).map((table) => [
    table,
    rows(table).map((row) => JSON.stringify(row)),
  ]);
  database.close();
  return Object.fromEntries(dump);
}

export async function importReaders(world: World, yaml: string): Promise<void> {
  const ended = await world.drawbell('subscribers', 'import', world.write('readers.yaml', yaml));
  if (ended.code !== 0) throw new Error(`the readers were not imported: ${ended.stderr}`);
}

/** Adds the team's webhook and has the receiver trust its secret. */
export async function addTeam(world: World, url = world.team.url): Promise<{ id: string; secret: string }> {
  const added = jsonOf(await world.drawbell('webhooks', 'add', url, '--json'));
  world.team.trust(added.secret);
  return added;
}

/** Who got mail, sorted: it arrives in any order. */
export function addressees({ mail }: World): string[] {
  return mail.received.flatMap(({ recipients }) => recipients).sort();
}

/** The events the team was told of, sorted: they arrive in any order. */
export function tellings({ team }: World): string[] {
  return team.received
    .map(({ body }) => JSON.parse(body))
    .map(({ type, data }) => `${type}/${data.draw.id}`)
    .sort();
}
